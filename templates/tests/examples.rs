//! The examples of the description: requests are encoded, responses decoded.

#[path = "examples/support.rs"]
mod support;
