//! What an operation returns: the type of its output, its pages, and how the body is decoded.

use super::by_status;
use super::catalogue::{Direction, Key, path};
use super::change::{Rust, Wire};
use super::code::ChangeCode;
use super::collector::{At, Collector, Noun, Subject};
use super::context::Context;
use super::operation::Pair;
use super::pairing::Pairing;
use super::types::{in_words, is_same_in_rust, type_change};
use crate::model::api::{Reading, ResponseVariant, Responses, Role};
use crate::report::type_name::type_name;

pub(super) fn compare(pair: &Pair<'_, '_>, out: &mut Collector) {
    output(pair, out);
    format(pair, out);
    error(pair, out);
}

fn output(pair: &Pair<'_, '_>, out: &mut Collector) {
    let (old_at, at) = (responses(&pair.old.pointer), responses(&pair.new.pointer));
    let at = At::Both(&old_at, &at);
    let subject = Subject {
        noun: Noun::Response,
        label: format!("response of {}", pair.subject().label),
        ..pair.subject()
    };
    let (class, what) = match (&pair.old.output, &pair.new.output) {
        (None, None) => return,
        (None, Some(ty)) => {
            let what = format!("was empty and is a `{}`", type_name(ty));
            ((Wire::Compatible, Rust::Major), what)
        }
        (Some(ty), None) => {
            let what = format!("was a `{}` and is empty", type_name(ty));
            ((Wire::BreaksResponses, Rust::Major), what)
        }
        (Some(old), Some(new)) => match type_change(pair.ctx, (old, new), Direction::RESPONSE) {
            Some((wire, rust)) => (
                (by_status::wire(pair, true, (old, new), wire), rust),
                in_words(old, new),
            ),
            None => return,
        },
    };
    out.add(ChangeCode::ResponseTypeChanged, &subject, class, at, what);
}

/// The type of the errors: an implementation of a trait of its own, for operations that describe one.
fn error(pair: &Pair<'_, '_>, out: &mut Collector) {
    let (old, new) = (pair.old, pair.new);
    let (old_at, at) = (responses(&old.pointer), responses(&new.pointer));
    let at = At::Both(&old_at, &at);
    let subject = Subject {
        noun: Noun::Response,
        label: format!("error of {}", pair.subject().label),
        ..pair.subject()
    };
    let (class, what) = match (&old.error, &new.error) {
        (None, None) => return,
        (None, Some(ty)) => {
            let what = format!("has the type `{}`", type_name(ty));
            ((Wire::Compatible, Rust::Minor), what)
        }
        (Some(ty), None) => {
            let what = format!("no longer has a type, was `{}`", type_name(ty));
            ((Wire::Compatible, Rust::Major), what)
        }
        (Some(before), Some(after)) => {
            match type_change(pair.ctx, (before, after), Direction::RESPONSE) {
                Some((wire, rust)) => (
                    (by_status::wire(pair, false, (before, after), wire), rust),
                    in_words(before, after),
                ),
                None if old.error_reading != new.error_reading => {
                    let what = decoded((old.error_reading, new.error_reading));
                    ((Wire::BreaksResponses, Rust::Patch), what)
                }
                None => return,
            }
        }
    };
    out.add(ChangeCode::ErrorTypeChanged, &subject, class, at, what);
}

/// Pairs the variants that are for the same responses, then those of one name: a status that changed is a change of the operation.
fn paired<'v>(
    old: &'v [ResponseVariant],
    new: &'v [ResponseVariant],
) -> Pairing<'v, ResponseVariant> {
    Pairing::new(old, new)
        .by(|old, new| old.statuses == new.statuses && old.media_types == new.media_types)
        .by(|old, new| old.name == new.name && old.media_types == new.media_types)
}

fn responses(operation: &str) -> String {
    format!("{operation}/responses")
}

/// What is requested, and how the body is decoded where its type does not show it.
fn format(pair: &Pair<'_, '_>, out: &mut Collector) {
    let (old, new) = (pair.old, pair.new);
    let (old_at, at) = (responses(&old.pointer), responses(&new.pointer));
    let at = At::Both(&old_at, &at);
    if old.accept != new.accept {
        let what = format!("`Accept` changed from `{}` to `{}`", old.accept, new.accept);
        let class = (Wire::Compatible, Rust::Patch);
        out.add(ChangeCode::AcceptChanged, &pair.subject(), class, at, what);
    }
    let is_same_output = match (&old.output, &new.output) {
        (Some(old), Some(new)) => is_same_in_rust(pair.ctx, old, new),
        (None, None) => true,
        (None, Some(_)) | (Some(_), None) => false,
    };
    if old.reading != new.reading && is_same_output {
        let what = decoded((old.reading, new.reading));
        let class = (Wire::BreaksResponses, Rust::Patch);
        out.add(
            ChangeCode::ResponseFormatChanged,
            &pair.subject(),
            class,
            at,
            what,
        );
    }
}

fn decoded((old, new): (Reading, Reading)) -> String {
    let word = |reading: Reading| match reading {
        Reading::Empty => "nothing",
        Reading::Json => "JSON",
        Reading::Text => "text",
        Reading::Bytes => "bytes",
        Reading::Form => "a form",
    };
    format!("response body changed from {} to {}", word(old), word(new))
}

/// Compares two versions of the responses that differ by status.
pub(super) fn compare_by_status(
    ctx: &Context<'_>,
    (old, new): (&Responses, &Responses),
    key: Key<'_>,
    out: &mut Collector,
) {
    let Responses {
        name: _,      // the key, or a rename
        operation: _, // compared as such
        role,
        variants,
        pointer: _, // the place
    } = new;
    let owner = path(key);
    let subject = Subject::item(Noun::Response, owner.clone());
    let Pairing {
        pairs,
        removed,
        added,
    } = paired(&old.variants, variants);
    for response in removed {
        let what = format!("removed `{}`", response.name);
        let wire = match role {
            Role::Success => Wire::BreaksResponses,
            Role::Error => Wire::Compatible,
        };
        let class = (wire, Rust::Major);
        let subject = subject.at(format!("{owner}::{}", response.name));
        let at = At::Old(&response.pointer);
        out.add(ChangeCode::ResponseRemoved, &subject, class, at, what);
    }
    for responses in pairs {
        compare_responses(ctx, responses, &owner, out);
    }
    for response in added {
        let (rust, what) = if response.is_of_all() && !old.is_exhaustive() {
            let what = format!("added `{}` in place of `Undeclared`", response.name);
            (Rust::Major, what)
        } else {
            (Rust::Minor, format!("added `{}`", response.name))
        };
        let wire = match role {
            Role::Success => Wire::ExtendsResponses,
            Role::Error => Wire::Compatible,
        };
        let class = (wire, rust);
        let subject = subject.at(format!("{owner}::{}", response.name));
        let at = At::New(&response.pointer);
        out.add(ChangeCode::ResponseAdded, &subject, class, at, what);
    }
}

fn compare_responses(
    ctx: &Context<'_>,
    (old, new): (&ResponseVariant, &ResponseVariant),
    owner: &str,
    out: &mut Collector,
) {
    let ResponseVariant {
        name,
        docs,
        statuses: _,    // what pairs them; by `contract`
        media_types: _, // what pairs them
        ty,
        reading,
        pointer,
    } = new;
    let at = At::Both(&old.pointer, pointer);
    let subject = Subject {
        owner: owner.to_owned(),
        ..Subject::item(Noun::Response, format!("{owner}::{name}"))
    };
    out.docs((&old.docs, docs), &subject, at);
    if old.name != *name {
        let what = format!("renamed from `{}`", old.name);
        let class = (Wire::Unseen, Rust::Major);
        out.add(ChangeCode::ResponseRenamed, &subject, class, at, what);
    }
    let change = match (&old.ty, ty) {
        (None, None) => None,
        (Some(old), Some(new)) => type_change(ctx, (old, new), Direction::RESPONSE)
            .map(|class| (class, in_words(old, new))),
        (None, Some(ty)) => Some((
            (Wire::Compatible, Rust::Major),
            format!("was empty and has a `{}`", type_name(ty)),
        )),
        (Some(ty), None) => Some((
            (Wire::BreaksResponses, Rust::Major),
            format!("had a `{}` and is empty", type_name(ty)),
        )),
    };
    let is_same = change.is_none();
    if let Some((class, what)) = change {
        out.add(ChangeCode::ResponseTypeChanged, &subject, class, at, what);
    }
    if old.reading != *reading && is_same {
        let what = decoded((old.reading, *reading));
        let class = (Wire::BreaksResponses, Rust::Patch);
        out.add(ChangeCode::ResponseFormatChanged, &subject, class, at, what);
    }
}
