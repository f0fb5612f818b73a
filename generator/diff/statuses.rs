//! Answers that differ by status.

use super::api::{Found, path};
use super::change::{At, Collector, Rust, Wire};
use super::types::{in_words, is_same_in_rust, width};
use crate::api::{Answer, Answers, Type};
use crate::inspect::type_name;

/// Compares two versions of the answers of an operation: by their names, which the statuses make.
pub(super) fn compare<'a>(
    (before, _, old): Found<'_, 'a, &'a Answers>,
    (after, key, new): Found<'_, 'a, &'a Answers>,
    out: &mut Collector<'_>,
) {
    let Answers {
        name,
        operation: _,
        answers,
        pointer: _,
    } = new;
    let path = path(key);
    for answer in &old.answers {
        let path = format!("{path}::{}", answer.name);
        let Some(now) = answers.iter().find(|other| other.name == answer.name) else {
            let message = format!("`{name}` has no `{}` any more", answer.name);
            let class = (Wire::Compatible, Rust::Major);
            out.add(
                "answer-removed",
                &path,
                class,
                At::Old(&answer.pointer),
                message,
            );
            continue;
        };
        let Answer {
            name: variant,
            docs: _,
            statuses: _,
            ty,
            reading: _,
            pointer,
        } = now;
        let at = At::Both(&answer.pointer, pointer);
        let mut add = |wire, rust, message| {
            out.add("answer-type-changed", &path, (wire, rust), at, message);
        };
        match (&answer.ty, ty) {
            (None, None) => {}
            (Some(old), Some(new)) => {
                let change = width((old, before), (new, after));
                let is_same = is_same_in_rust(old, new);
                if !is_same || change.wider || change.narrower {
                    let changed = in_words(old, new);
                    let message = format!("`{name}::{variant}` changed from {changed}");
                    let rust = if is_same { Rust::Patch } else { Rust::Major };
                    add(Wire::breaking(false, change.wider), rust, message);
                }
            }
            (old, new) => {
                let message = format!(
                    "`{name}::{variant}` holds {}, and held {}",
                    held(new.as_ref()),
                    held(old.as_ref())
                );
                let wire = Wire::breaking(false, new.is_none());
                add(wire, Rust::Major, message);
            }
        }
    }
    for answer in answers {
        if !old.answers.iter().any(|other| other.name == answer.name) {
            let message = format!("`{name}` may be `{}`", answer.name);
            let path = format!("{path}::{}", answer.name);
            let class = (Wire::Compatible, Rust::Minor);
            out.add(
                "answer-added",
                &path,
                class,
                At::New(&answer.pointer),
                message,
            );
        }
    }
}

fn held(ty: Option<&Type>) -> String {
    ty.map_or_else(
        || "nothing".to_owned(),
        |ty| format!("a `{}`", type_name(ty)),
    )
}
