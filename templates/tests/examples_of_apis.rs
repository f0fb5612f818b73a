//! The examples of the descriptions: requests are encoded, responses decoded.

#![allow(dead_code, reason = "what is used depends on the features")]

#[path = "examples/support.rs"]
mod support;
