//! What is told about a crate: what it offers, and what a changed description does to its callers.

pub mod diff;
pub mod inspect;
pub mod listing;
