//! Two generations to a [`Report`]: what a changed description does to the programs that follow it.
//!
//! ```text
//! two Apis --api--> entries --consequence, rule, fold--> changes --report--> text, Markdown, JSON, GitHub, SARIF
//! ```
//!
//! Everything in an [`Api`](crate::model::api::Api) is compared: every pattern names every field, and what is left out says why.
//! Each change has a class on the wire and one in Rust, since one is often there without the other: a request that goes to
//! another path is no change in Rust, and a parameter that moves into the struct of `new` is none on the wire.

mod api;
mod by_status;
mod catalogue;
mod cause;
mod change;
mod code;
mod collector;
mod consequence;
mod constants;
mod constructor;
mod context;
mod contract;
mod defaults;
mod enums;
mod field;
mod fold;
mod follow;
mod follow_responses;
mod follow_servers;
mod github;
mod headers;
mod limits;
mod markdown;
mod model;
mod operation;
mod outline;
mod paging;
mod pairing;
mod param;
mod param_constants;
mod params;
mod paths;
mod rename;
mod report;
mod request_body;
mod response;
mod response_headers;
mod rule;
mod rules;
mod sarif;
mod security;
mod servers;
mod sids;
mod streaming;
mod style;
mod tags;
mod terminal;
mod traits;
mod types;
mod unions;
mod version;
mod webhooks;

pub use change::{Change, Consequence, Level, Place, Rust, Wire};
pub use code::ChangeCode;
pub use report::{Report, Summary};
pub use rule::{ReportRule, RuleAction};
pub use version::{Bump, raise};

use crate::assemble::Analysis;
use crate::base::source::Source;
use crate::model::api::Api;
use crate::model::module_path::ModulePath;
use collector::{At, Collector, Entry, Ground, Noun, Subject};
use context::Context;
use std::collections::BTreeSet;

/// One of the two that are compared, with what is needed to tell where its parts are.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    analysis: &'a Analysis,
    sources: &'a [Source],
    package: Option<&'a str>,
}

impl<'a> Side<'a> {
    /// Returns the side of an analysis that was made from these descriptions.
    #[must_use]
    pub fn new(analysis: &'a Analysis, sources: &'a [Source]) -> Self {
        Self {
            analysis,
            sources,
            package: None,
        }
    }

    /// Adds the name of the package.
    #[must_use]
    pub fn in_package(self, package: Option<&'a str>) -> Self {
        Self { package, ..self }
    }
}

/// Compares two sides.
///
/// It takes time in proportion to the two; the texts are looked through once, if anything has changed.
#[must_use]
pub fn compare(old: &Side<'_>, new: &Side<'_>) -> Report {
    compare_by(&[], old, new)
}

/// Compares two sides by the rules of a project.
#[must_use]
pub fn compare_by(rules: &[ReportRule], old: &Side<'_>, new: &Side<'_>) -> Report {
    let (before, after) = (&old.analysis.krate, &new.analysis.krate);
    let apis = before.apis().chain(after.apis());
    let modules: BTreeSet<&ModulePath> = apis.map(|(module, _)| module).collect();
    let mut changes = Vec::new();
    let mut ignored = 0;
    let mut add = |entries: Vec<Entry>, module: &ModulePath| {
        let prefix = if module.is_root() {
            String::new()
        } else {
            format!("{module}::")
        };
        let (entries, left_out) = rule::apply(rules, entries, &prefix);
        ignored += left_out;
        let grounds = (&Ground::new(old, module), &Ground::new(new, module));
        let entries = fold::fold(entries).into_iter();
        changes.extend(entries.map(|entry| fold::change(entry, &prefix, grounds)));
    };
    add(package(old.package, new.package), &ModulePath::root());
    for module in modules {
        add(entries(before.get(module), after.get(module)), module);
    }
    Report::new(changes, ignored)
}

fn entries(old: Option<&Api>, new: Option<&Api>) -> Vec<Entry> {
    let mut collector = Collector::default();
    match (old, new) {
        (Some(old), Some(new)) => {
            let ctx = Context::new(old, new);
            api::compare(&ctx, &mut collector);
            let entries = consequence::attach_all(collector.entries, &ctx);
            return fold::resources(entries, &ctx);
        }
        (Some(old), None) => api::removed(old, &mut collector),
        (None, Some(new)) => api::added(new, &mut collector),
        (None, None) => {}
    }
    collector.entries
}

/// The name of the package is in every path that callers write.
fn package(old: Option<&str>, new: Option<&str>) -> Vec<Entry> {
    let mut collector = Collector::default();
    if let (Some(old), Some(new)) = (old, new)
        && old != new
    {
        let subject = Subject {
            label: format!("package `{old}`"),
            ..Subject::item(Noun::Api, "")
        };
        let what = format!("renamed to `{new}`");
        let class = (Wire::Unseen, Rust::Major);
        collector.add(
            ChangeCode::PackageRenamed,
            &subject,
            class,
            At::New(""),
            what,
        );
    }
    collector.entries
}
