//! Puts differences with one cause together.

use super::catalogue::{Catalogue, path};
use super::change::{Change, Consequence, Level, Place};
use super::code::ChangeCode;
use super::collector::{Entry, Ground, Noun, Spot};
use super::context::Context;
use std::collections::BTreeMap;

/// Puts differences together that read the same, and headers with the responses that have them.
pub(super) fn fold(entries: Vec<Entry>) -> Vec<Entry> {
    let mut folded: Vec<Entry> = Vec::new();
    let mut known: BTreeMap<(ChangeCode, String), Vec<usize>> = BTreeMap::new();
    for entry in entries {
        let same = known.entry((entry.code, entry.cause.clone())).or_default();
        let first = same.iter().copied().find(|index| {
            folded
                .get(*index)
                .is_some_and(|other| entry.code.folds() && is_same(other, &entry))
        });
        match first.and_then(|index| folded.get_mut(index)) {
            Some(first) => merge(first, entry),
            None => {
                same.push(folded.len());
                folded.push(entry);
            }
        }
    }
    headers(&mut folded);
    folded
}

fn is_same(one: &Entry, other: &Entry) -> bool {
    (one.wire, one.rust, one.noun, one.level) == (other.wire, other.rust, other.noun, other.level)
}

fn merge(first: &mut Entry, entry: Entry) {
    for label in entry.labels {
        if !first.labels.contains(&label) {
            first.labels.push(label);
        }
    }
    first.spots.extend(entry.spots);
    first.consequences.extend(entry.consequences);
}

/// The constant of a header comes and goes with the responses that have the header.
fn headers(entries: &mut Vec<Entry>) {
    for (of_header, of_responses) in [
        (ChangeCode::HeaderAdded, ChangeCode::ResponseHeaderAdded),
        (ChangeCode::HeaderRemoved, ChangeCode::ResponseHeaderRemoved),
    ] {
        let mut at = 0;
        while let Some(entry) = entries.get(at) {
            let cause = entries.iter().position(|other| {
                other.code == of_responses
                    && entry.code == of_header
                    && entry.what.contains(quoted(&other.what))
            });
            match cause {
                Some(cause) => {
                    let entry = entries.remove(at);
                    let cause = if cause > at { cause - 1 } else { cause };
                    if let Some(cause) = entries.get_mut(cause) {
                        attach(cause, entry);
                    }
                }
                None => at += 1,
            }
        }
    }
}

/// The name in a sentence, with its quotes.
fn quoted(what: &str) -> &str {
    what.find('`').map_or(what, |at| &what[at..])
}

/// Makes an entry a consequence of another one, which weighs as much as both.
pub(super) fn attach(cause: &mut Entry, entry: Entry) {
    cause.wire = cause.wire.and(entry.wire);
    cause.rust = cause.rust.max(entry.rust);
    let spots = entry.spots.into_iter();
    cause
        .consequences
        .extend(spots.map(|spot| (entry.code, spot)));
    cause.consequences.extend(entry.consequences);
}

/// Puts the operations of a resource together that was added or removed with all of them.
pub(super) fn resources(entries: Vec<Entry>, ctx: &Context<'_>) -> Vec<Entry> {
    let gone = whole_modules(&ctx.before, &ctx.after);
    let arrived = whole_modules(&ctx.after, &ctx.before);
    let mut kept: Vec<Entry> = Vec::new();
    let mut by_module: BTreeMap<(ChangeCode, String), Vec<Entry>> = BTreeMap::new();
    for entry in entries {
        let module = entry
            .owner
            .split("::")
            .next()
            .unwrap_or_default()
            .to_owned();
        let whole = match entry.code {
            ChangeCode::OperationRemoved if gone.contains(&module) => ChangeCode::ResourceRemoved,
            ChangeCode::OperationAdded if arrived.contains(&module) => ChangeCode::ResourceAdded,
            _ => {
                kept.push(entry);
                continue;
            }
        };
        by_module.entry((whole, module)).or_default().push(entry);
    }
    for ((code, module), operations) in by_module {
        kept.extend(resource(code, module, operations));
    }
    kept
}

/// The modules with operations of one side of which the other side has none.
fn whole_modules(side: &Catalogue<'_>, other: &Catalogue<'_>) -> Vec<String> {
    let modules = side.api.resources.iter();
    let modules = modules.filter(|(module, resource)| {
        let others = other.api.resources.get(*module);
        !resource.operations.is_empty() && others.is_none_or(|other| other.operations.is_empty())
    });
    modules.map(|(module, _)| module.to_string()).collect()
}

fn resource(code: ChangeCode, module: String, operations: Vec<Entry>) -> Vec<Entry> {
    let [first, _, ..] = operations.as_slice() else {
        return operations;
    };
    let verb = if code == ChangeCode::ResourceAdded {
        "added"
    } else {
        "removed"
    };
    let what = format!("{verb}, with {} operations", operations.len());
    let mut whole = Entry {
        code,
        noun: Noun::Resource,
        labels: vec![format!("resource `{module}`")],
        cause: what.clone(),
        what,
        spots: vec![Spot {
            path: module.clone(),
            ..first.spots.first().cloned().unwrap_or_default()
        }],
        owner: module,
        consequences: Vec::new(),
        ..first.clone()
    };
    for operation in operations {
        attach(&mut whole, operation);
    }
    vec![whole]
}

/// Makes a change of an entry.
pub(super) fn change(entry: Entry, prefix: &str, (old, new): (&Ground<'_>, &Ground<'_>)) -> Change {
    let Entry {
        code,
        wire,
        rust,
        level,
        noun,
        labels,
        owner: _,
        what,
        cause: _,
        spots,
        consequences,
    } = entry;
    let place = |spot: Spot| {
        let Spot {
            path,
            old: before,
            new: after,
        } = spot;
        let resource = path.split("::").next().unwrap_or_default();
        Place {
            resource: format!("{prefix}{resource}"),
            rust_path: format!("{prefix}{path}"),
            around: match (&before, &after) {
                (Some(pointer), None) => new.around(pointer),
                (_, Some(_)) | (None, None) => None,
            },
            old: before.and_then(|pointer| old.locate(&pointer)),
            new: after.and_then(|pointer| new.locate(&pointer)),
        }
    };
    let count = spots.len();
    let mut places: Vec<Place> = spots.into_iter().map(place).collect();
    let more = places.split_off(1.min(places.len()));
    let consequences = consequences.into_iter();
    Change {
        message: format!("{}: {what}", subjects(&labels, noun)),
        level: level.unwrap_or(Level::from_classes(wire, rust)),
        code,
        wire,
        rust,
        count,
        place: places.pop().unwrap_or_else(|| place(Spot::default())),
        more,
        consequences: consequences
            .map(|(code, spot)| Consequence {
                code,
                place: place(spot),
            })
            .collect(),
    }
}

fn subjects(labels: &[String], noun: Noun) -> String {
    match labels {
        [] => String::new(),
        [only] => only.clone(),
        [one, other] => format!("{one} and {other}"),
        [first, others @ ..] => format!("{first} and {} more {}", others.len(), noun.plural()),
    }
}

/// The path of a type or an operation in the new crate, by its path in the old one.
pub(super) fn new_paths(ctx: &Context<'_>) -> BTreeMap<String, String> {
    let types = ctx.renamed.iter();
    let types = types.map(|(old, new)| (path(*old), path(*new)));
    let operations = ctx.operations.pairs();
    let operations = operations.map(|((old_module, old), (module, new))| {
        (path((old_module, &old.name)), path((module, &new.name)))
    });
    types.chain(operations).collect()
}
