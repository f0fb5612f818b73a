//! The generator as a library: what becomes of descriptions, and what is reported.
//!
//! The input and the snapshots of a module are in the folder of tests/ that has its name.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod build;
mod changes;
mod codes;
mod completeness;
mod corpus;
mod determinism;
mod document;
mod edits;
mod entangled;
mod fixtures;
mod fuzzing;
mod generated;
mod injection;
mod keywords;
mod layers;
mod locate;
mod many;
mod mistakes;
mod mutations;
mod names_stay;
mod output;
mod paging;
mod readme;
mod record;
mod report_fields;
mod report_paths;
mod selections;
mod small_diffs;
mod support;
mod type_names;
