//! The client of the generated crate: what it sends, and what it makes of responses.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod decoding;
mod encoding;
mod hostile;
mod hostile_bytes;
mod identity;
mod layers;
mod limits;
mod load;
mod mock;
mod paging;
mod prism;
mod raw;
mod replies;
mod retries;
mod secrets;
mod support;
mod tokens;
mod tracing;
mod wire;
