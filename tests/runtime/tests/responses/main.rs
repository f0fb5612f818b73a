//! Responses over a loopback server, with both clients: errors, streams, pages, large bodies.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod bodies;
mod errors;
mod events;
mod media_types;
mod pages;
mod server;
mod webhooks;
