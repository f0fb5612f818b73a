//! Two generations to a [`Report`]: what a changed description does to the programs that follow it.
//!
//! Everything is compared as it reaches a Rust caller: two [`Api`](crate::api::Api)s, which are what the crates are made of. Each change has
//! a class on the wire and one in Rust, since one is often there without the other: a request that goes to another path is
//! no change in Rust, and a parameter that moves into the struct of `new` is none on the wire.
//!
//! What an `Api` does not hold reaches no caller, and is no change: examples, the answers that are errors, the names of
//! components behind types that keep their names, extensions.

mod answer;
mod api;
mod catalogue;
mod change;
mod limits;
mod markdown;
mod model;
mod operation;
mod param;
mod report;
mod terminal;
mod types;
mod values;
mod version;

pub use change::{Change, Rust, Wire};
pub use report::{Report, Summary};
pub use version::{Bump, raise};

use crate::assemble::Analysis;
use crate::base::source::Source;
use crate::model::module_path::ModulePath;
use change::Collector;
use std::collections::BTreeSet;

/// One of the two that are compared, with what is needed to tell where its parts stand.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// What the descriptions come to.
    pub analysis: &'a Analysis,
    /// The descriptions.
    pub sources: &'a [Source],
}

impl<'a> Side<'a> {
    /// Returns the side of an analysis that was made from these descriptions.
    #[must_use]
    pub fn new(analysis: &'a Analysis, sources: &'a [Source]) -> Self {
        Self { analysis, sources }
    }
}

/// Compares two sides.
///
/// It takes time in proportion to the two; the texts are looked through once, if anything has changed.
#[must_use]
pub fn compare(old: &Side<'_>, new: &Side<'_>) -> Report {
    let (before, after) = (&old.analysis.krate, &new.analysis.krate);
    let apis = before.apis().chain(after.apis());
    let modules: BTreeSet<&ModulePath> = apis.map(|(module, _)| module).collect();
    let mut changes = Vec::new();
    for module in modules {
        let mut collector = Collector::new(old, new, module);
        match (before.get(module), after.get(module)) {
            (Some(before), Some(after)) => api::compare(before, after, &mut collector),
            (Some(before), None) => api::removed(before, &mut collector),
            (None, Some(after)) => api::added(after, &mut collector),
            (None, None) => {}
        }
        changes.extend(collector.finish());
    }
    Report::new(changes)
}
