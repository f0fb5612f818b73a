//! Requests of small descriptions, byte for byte.
//!
//! Each description in descriptions/ is of a kind that clients get wrong. The right values come from the specifications that
//! the tests name, not from what the generated crates did.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod bodies;
mod credentials;
mod judge;
mod limits;
mod paths;
mod servers;
mod style_table;
mod styles;
mod support;
