//! Reports for people and machines: what a description comes to, and what a changed one changes.

pub mod diff;
pub mod inspect;
pub mod listing;
mod type_name;
