//! Enums and unions.

use super::api::{Found, path};
use super::change::{At, Collector, Rust, Wire};
use super::operation::typed;
use super::types::{Width, in_words, is_same_in_rust, width};
use crate::model::api::{Alternative, Literal, OpenEnum, Union, Variant};

/// Compares two versions of an enum: its values by what is on the wire.
pub(super) fn compare_enums<'a>(
    (before, old_key, old): Found<'_, 'a, &'a OpenEnum>,
    (after, key, new): Found<'_, 'a, &'a OpenEnum>,
    out: &mut Collector<'_>,
) {
    let OpenEnum {
        name,
        docs,
        kind: _,
        variants,
        is_closed: _,
        derives: _,
        pointer,
    } = new;
    let path = path(key);
    let travels = before.travels(old_key).or(after.travels(key));
    let at = At::Both(&old.pointer, pointer);
    out.docs((&old.docs, docs), &format!("`{name}`"), &path, at);
    let by_wire = |one: &Variant| variants.iter().find(|other| other.wire == one.wire);
    let mut respelled: Vec<&Literal> = Vec::new();
    for variant in &old.variants {
        let namesake = variants.iter().find(|other| other.name == variant.name);
        let at = At::Old(&variant.pointer);
        match (by_wire(variant), namesake) {
            (Some(now), _) => compare_variants(&path, variant, now, out),
            (None, Some(now)) => {
                respelled.push(&now.wire);
                let message = format!(
                    "`{name}::{}` is `{}` on the wire, and was `{}`",
                    now.name, now.wire, variant.wire
                );
                let class = (Width::of(true, true).on_wire(travels), Rust::Patch);
                let at = At::Both(&variant.pointer, &now.pointer);
                let path = format!("{path}::{}", now.name);
                out.add("enum-value-respelled", &path, class, at, message);
            }
            (None, None) => {
                let message = format!("`{name}` does not list `{}` any more", variant.wire);
                let class = (Width::of(true, false).on_wire(travels), Rust::Major);
                let path = format!("{path}::{}", variant.name);
                out.add("enum-value-removed", &path, class, at, message);
            }
        }
    }
    for variant in variants {
        let is_known = old.variants.iter().any(|other| other.wire == variant.wire);
        if !is_known && !respelled.contains(&&variant.wire) {
            let message = format!("`{name}` lists `{}`", variant.wire);
            let path = format!("{path}::{}", variant.name);
            let class = (Wire::Compatible, Rust::Minor);
            out.add(
                "enum-value-added",
                &path,
                class,
                At::New(&variant.pointer),
                message,
            );
        }
    }
}

fn compare_variants(owner: &str, old: &Variant, new: &Variant, out: &mut Collector<'_>) {
    let Variant {
        name,
        docs: _,
        wire,
        pointer,
    } = new;
    if old.name != *name {
        let message = format!(
            "`{wire}` is called `{name}` in Rust, and was `{}`",
            old.name
        );
        let at = At::Both(&old.pointer, pointer);
        let path = format!("{owner}::{name}");
        out.add(
            "enum-value-renamed",
            &path,
            (Wire::Unseen, Rust::Major),
            at,
            message,
        );
    }
}

/// Compares two versions of a union: its alternatives by their names.
pub(super) fn compare_unions<'a>(
    (before, old_key, old): Found<'_, 'a, &'a Union>,
    (after, key, new): Found<'_, 'a, &'a Union>,
    out: &mut Collector<'_>,
) {
    let Union {
        name,
        docs,
        tag,
        alternatives,
        selection: _,
        derives: _,
        pointer,
    } = new;
    let path = path(key);
    let travels = before.travels(old_key).or(after.travels(key));
    let at = At::Both(&old.pointer, pointer);
    out.docs((&old.docs, docs), &format!("`{name}`"), &path, at);
    if old.tag != *tag {
        let shown = |tag: &Option<String>| {
            let tag = tag.as_ref().map(|tag| format!("`{tag}`"));
            tag.unwrap_or_else(|| "nothing but its fields".to_owned())
        };
        let message = format!(
            "{} tells the alternatives of `{name}` apart, and {} did",
            shown(tag),
            shown(&old.tag)
        );
        let class = (Width::of(true, true).on_wire(travels), Rust::Patch);
        out.add("union-tag-changed", &path, class, at, message);
    }
    for alternative in &old.alternatives {
        let path = format!("{path}::{}", alternative.name);
        let Some(now) = alternatives
            .iter()
            .find(|other| other.name == alternative.name)
        else {
            let message = format!("`{name}` is never {} any more", typed(&alternative.ty));
            let class = (Width::of(true, false).on_wire(travels), Rust::Major);
            let at = At::Old(&alternative.pointer);
            out.add("alternative-removed", &path, class, at, message);
            continue;
        };
        let Alternative {
            name: _,
            docs: _,
            ty,
            tags,
            written_tag: _,
            shape: _,
            limits,
            pointer,
        } = now;
        let at = At::Both(&alternative.pointer, pointer);
        let change = width((&alternative.ty, before), (ty, after));
        let is_same = is_same_in_rust(&alternative.ty, ty);
        if !is_same || change != Width::default() {
            let message = format!(
                "`{name}::{}` changed from {}",
                now.name,
                in_words(&alternative.ty, ty)
            );
            let rust = if is_same { Rust::Patch } else { Rust::Major };
            out.add(
                "alternative-type-changed",
                &path,
                (change.on_wire(travels), rust),
                at,
                message,
            );
        }
        let label = format!("`{name}::{}`", now.name);
        super::limits::compare(&label, &path, at, (&alternative.limits, limits), out);
        if alternative.tags != *tags {
            let message = format!(
                "`{name}::{}` goes by other tags: {}",
                now.name,
                listed(tags)
            );
            let class = (Width::of(true, true).on_wire(travels), Rust::Patch);
            out.add("alternative-tags-changed", &path, class, at, message);
        }
    }
    for alternative in alternatives {
        if !old
            .alternatives
            .iter()
            .any(|other| other.name == alternative.name)
        {
            let message = format!("`{name}` may be {}", typed(&alternative.ty));
            let class = (Width::of(false, true).on_wire(travels), Rust::Minor);
            let path = format!("{path}::{}", alternative.name);
            out.add(
                "alternative-added",
                &path,
                class,
                At::New(&alternative.pointer),
                message,
            );
        }
    }
}

fn listed(tags: &[Literal]) -> String {
    let tags: Vec<String> = tags.iter().map(ToString::to_string).collect();
    tags.join(", ")
}
