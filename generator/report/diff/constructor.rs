//! How callers make values: `new`, and `Default`.

use super::change::{Rust, Wire};
use super::code::ChangeCode;
use super::collector::{At, Collector, Subject};
use super::operation::Pair;
use crate::model::api::{Constructor, Operation, Param};

/// One version of a constructor: how it takes the required values, and their names on the wire in order.
type Version<'c> = (&'c Constructor, Vec<&'c str>);

pub(super) fn of_operation(pair: &Pair<'_, '_>, out: &mut Collector) {
    let arguments =
        |operation: &'_ Operation| -> bool { operation.params.iter().all(|param| !param.required) };
    let subject = pair.subject();
    let old: Version<'_> = (&pair.old.constructor, required(&pair.old.params));
    let new: Version<'_> = (&pair.new.constructor, required(&pair.new.params));
    compare(&subject, pair.at(), (old, new), out);
    let has_default = (arguments(pair.old), arguments(pair.new));
    default_impl(&subject, pair.at(), has_default, out);
}

fn required(params: &[Param]) -> Vec<&str> {
    let required = params.iter().filter(|param| param.required);
    required.map(|param| param.wire.as_str()).collect()
}

/// Compares how `new` takes its arguments.
pub(super) fn compare(
    subject: &Subject,
    at: At<'_>,
    ((old, before), (new, after)): (Version<'_>, Version<'_>),
    out: &mut Collector,
) {
    let what = match (old, new) {
        (Constructor::Positional, Constructor::Named(params)) => {
            format!("`new` takes the struct `{params}` instead of arguments")
        }
        (Constructor::Named(params), Constructor::Positional) => {
            format!("`new` takes arguments instead of the struct `{params}`")
        }
        (Constructor::Named(old), Constructor::Named(new)) if old != new => {
            format!("the struct `{old}`, which `new` takes, was renamed to `{new}`")
        }
        (Constructor::Named(_), Constructor::Named(_)) => return,
        (Constructor::Positional, Constructor::Positional) => {
            let is_reordered = before.len() == after.len()
                && before.iter().all(|one| after.contains(one))
                && before != after;
            if !is_reordered {
                return;
            }
            format!(
                "`new` takes its arguments in another order: {}",
                after.join(", ")
            )
        }
    };
    let subject = subject.at(format!("{}::new", subject.owner));
    let class = (Wire::Unseen, Rust::Major);
    out.add(ChangeCode::ConstructorChanged, &subject, class, at, what);
}

/// A type has a default as long as nothing is required.
pub(super) fn default_impl(
    subject: &Subject,
    at: At<'_>,
    (before, after): (bool, bool),
    out: &mut Collector,
) {
    let (code, rust, what) = match (before, after) {
        (true, false) => (
            ChangeCode::DefaultImplRemoved,
            Rust::Major,
            "no longer implements `Default`",
        ),
        (false, true) => (
            ChangeCode::DefaultImplAdded,
            Rust::Minor,
            "implements `Default`",
        ),
        (true, true) | (false, false) => return,
    };
    out.add(code, subject, (Wire::Unseen, rust), at, what);
}
