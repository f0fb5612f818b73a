//! What comes back: the type of the answer, its pages and its headers.

use super::api::{Found, path};
use super::catalogue::Catalogue;
use super::change::{At, Collector, Rust, Wire};
use super::operation::Pair;
use super::types::{Width, in_words, is_same_in_rust, width};
use crate::model::api::{Operation, Paging, ResponseVariant, Responses};
use crate::model::names::Name;
use crate::report::inspect::type_name;

pub(super) fn output(pair: &Pair<'_, '_>, out: &mut Collector<'_>) {
    let (old_at, at) = (answers(pair.old), answers(pair.new));
    let at = At::Both(&old_at, &at);
    let path = format!("{}::Output", pair.path);
    let name = &pair.new.name;
    let mut add = |wire, rust, message| out.add("output-changed", &path, (wire, rust), at, message);
    match (&pair.old.output, &pair.new.output) {
        (None, None) => {}
        (None, Some(ty)) => {
            let message = format!(
                "the answer of `{name}` is a `{}`, and had no content",
                type_name(ty)
            );
            add(Wire::Compatible, Rust::Major, message);
        }
        (Some(ty), None) => {
            let message = format!(
                "the answer of `{name}` has no content, and was a `{}`",
                type_name(ty)
            );
            add(Wire::BreaksResponses, Rust::Major, message);
        }
        (Some(old), Some(new)) => {
            let change = width((old, pair.before), (new, pair.after));
            let rust = if is_same_in_rust(old, new) {
                Rust::Patch
            } else {
                Rust::Major
            };
            if rust == Rust::Major || change != Width::default() {
                let message = format!("the answer of `{name}` changed from {}", in_words(old, new));
                let wire = match change {
                    Width {
                        narrower: false,
                        wider: false,
                    } => Wire::Unseen,
                    Width { narrower: _, wider } => Wire::breaking(false, wider),
                };
                add(wire, rust, message);
            }
        }
    }
}

fn answers(operation: &Operation) -> String {
    format!("{}/responses", operation.pointer)
}

pub(super) fn paging(pair: &Pair<'_, '_>, out: &mut Collector<'_>) {
    let name = &pair.new.name;
    let at = At::Both(&pair.old.pointer, &pair.new.pointer);
    let mut add =
        |code, rust, message| out.add(code, &pair.path, (Wire::Unseen, rust), at, message);
    match (&pair.old.paging, &pair.new.paging) {
        (None, None) => {}
        (None, Some(_)) => {
            add(
                "paging-added",
                Rust::Minor,
                format!("`{name}` can be followed page by page"),
            );
        }
        (Some(_), None) => {
            let message = format!("`{name}` can no longer be followed page by page");
            add("paging-removed", Rust::Major, message);
        }
        (Some(old), Some(new)) => {
            if !is_same_in_rust(&old.item, &new.item) {
                let message = format!(
                    "the records of `{name}` changed from {}",
                    in_words(&old.item, &new.item)
                );
                add("paging-item-changed", Rust::Major, message);
            }
            let with_item = |paging: &Paging| Paging {
                item: new.item.clone(),
                ..paging.clone()
            };
            if with_item(old) != *new {
                let message = format!("the pages of `{name}` are asked for in another way");
                add("paging-changed", Rust::Patch, message);
            }
        }
    }
}

pub(super) fn headers(pair: &Pair<'_, '_>, out: &mut Collector<'_>) {
    let (old_at, at) = (answers(pair.old), answers(pair.new));
    let at = At::Both(&old_at, &at);
    let name = &pair.new.name;
    let lost = missing(&pair.old.headers, &pair.new.headers, pair.before);
    if !lost.is_empty() {
        let message = format!("the answer of `{name}` lacks headers: {lost}");
        let class = (Wire::BreaksResponses, Rust::Patch);
        out.add("answer-headers-removed", &pair.path, class, at, message);
    }
    let gained = missing(&pair.new.headers, &pair.old.headers, pair.after);
    if !gained.is_empty() {
        let message = format!("the answer of `{name}` has more headers: {gained}");
        let class = (Wire::Compatible, Rust::Patch);
        out.add("answer-headers-added", &pair.path, class, at, message);
    }
}

/// What is asked for, and how the body is read where its type does not say so.
pub(super) fn form(pair: &Pair<'_, '_>, out: &mut Collector<'_>) {
    let (old, new) = (pair.old, pair.new);
    let (old_at, at) = (answers(old), answers(new));
    let at = At::Both(&old_at, &at);
    let name = &new.name;
    if old.accept != new.accept {
        let message = format!(
            "`{name}` asks for `{}`, and did for `{}`",
            new.accept, old.accept
        );
        let class = (Wire::Compatible, Rust::Patch);
        out.add("accept-changed", &pair.path, class, at, message);
    }
    if old.reading != new.reading && old.output == new.output {
        let message = format!("the answer of `{name}` is read in another way");
        let class = (Wire::BreaksResponses, Rust::Patch);
        out.add("answer-form-changed", &pair.path, class, at, message);
    }
}

/// Compares two versions of the answers that differ by status.
pub(super) fn compare_by_status<'a>(
    (before, old): (&Catalogue<'a>, &'a Responses),
    (after, key, new): Found<'_, 'a, &'a Responses>,
    out: &mut Collector<'_>,
) {
    let Responses {
        name,
        // It is compared as such.
        operation: _,
        role: _,
        variants,
        pointer: _,
    } = new;
    let path = path(key);
    for answer in &old.variants {
        let same = variants.iter().find(|other| is_for_the_same(other, answer));
        let path = format!("{path}::{}", answer.name);
        if let Some(now) = same {
            compare_answers((&path, name), (before, answer), (after, now), out);
        } else {
            let message = format!("`{name}` has no `{}` any more", answer.name);
            let class = (Wire::BreaksResponses, Rust::Major);
            let at = At::Old(&answer.pointer);
            out.add("answer-removed", &path, class, at, message);
        }
    }
    for answer in variants {
        if !old
            .variants
            .iter()
            .any(|other| is_for_the_same(other, answer))
        {
            let message = format!("`{name}` may be `{}`", answer.name);
            let class = (Wire::BreaksResponses, Rust::Minor);
            let path = format!("{path}::{}", answer.name);
            let at = At::New(&answer.pointer);
            out.add("answer-added", &path, class, at, message);
        }
    }
}

/// Whether two variants are for the same responses.
fn is_for_the_same(one: &ResponseVariant, other: &ResponseVariant) -> bool {
    one.statuses == other.statuses && one.media_types == other.media_types
}

fn compare_answers<'a>(
    (path, owner): (&str, &Name),
    (before, old): (&Catalogue<'a>, &'a ResponseVariant),
    (after, new): (&Catalogue<'a>, &'a ResponseVariant),
    out: &mut Collector<'_>,
) {
    let ResponseVariant {
        name,
        docs,
        statuses: _,
        media_types: _,
        ty,
        reading,
        pointer,
    } = new;
    let at = At::Both(&old.pointer, pointer);
    let what = format!("`{owner}::{name}`");
    out.docs((&old.docs, docs), &what, path, at);
    let mut add =
        |code, wire, rust, message: String| out.add(code, path, (wire, rust), at, message);
    if old.name != *name {
        let message = format!("`{owner}::{}` is called `{name}` now", old.name);
        add("answer-renamed", Wire::Unseen, Rust::Major, message);
    }
    let change = match (&old.ty, ty) {
        (None, None) => Width::default(),
        (Some(old), Some(new)) => width((old, before), (new, after)),
        (None, Some(_)) | (Some(_), None) => Width::of(true, true),
    };
    let is_same = match (&old.ty, ty) {
        (Some(old), Some(new)) => is_same_in_rust(old, new),
        (None, None) => true,
        (None, Some(_)) | (Some(_), None) => false,
    };
    if !is_same || change != Width::default() || old.reading != *reading {
        let message = format!("`{owner}::{name}` holds something else");
        let rust = if is_same { Rust::Patch } else { Rust::Major };
        let breaks = change.wider || old.reading != *reading;
        add(
            "answer-type-changed",
            Wire::breaking(false, breaks),
            rust,
            message,
        );
    }
}

/// The headers that are in one list and not in the other, for a sentence.
fn missing(these: &[Name], others: &[Name], catalogue: &Catalogue<'_>) -> String {
    let missing = these.iter().filter(|header| !others.contains(header));
    let shown: Vec<String> = missing
        .map(|header| format!("`{}`", shown(catalogue, header)))
        .collect();
    shown.join(", ")
}

fn shown<'n>(catalogue: &'n Catalogue<'_>, header: &'n Name) -> &'n str {
    let known = catalogue.api.headers.get(header);
    known.map_or(header.as_str(), |header| header.wire.as_str())
}
