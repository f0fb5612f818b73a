//! Responses of small descriptions: what the generated clients make of them.
//!
//! Each description in descriptions/ is of a kind that clients get wrong. The right values come from the specifications and
//! the published descriptions that the tests name.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod errors;
mod media_types;
mod paging;
mod streams;
mod support;
mod unions;
mod versions;
mod webhooks;
