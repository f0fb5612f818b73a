//! Structs and their fields.

use super::api::{Found, path};
use super::catalogue::{Catalogue, Travels};
use super::change::{At, Collector, Rust, Wire};
use super::limits;
use super::operation::{default_change, typed};
use super::types::{Width, in_words, is_same_in_rust, width};
use crate::model::api::{Constructor, Model, ModelField, Presence, Rest};

/// Both versions of a struct, with what their types mean.
struct Pair<'c, 'a> {
    before: &'c Catalogue<'a>,
    after: &'c Catalogue<'a>,
    old: &'a Model,
    new: &'a Model,
    path: String,
    travels: Travels,
}

/// Compares two versions of a struct.
pub(super) fn compare<'a>(
    (before, old_key, old): Found<'_, 'a, &'a Model>,
    (after, key, new): Found<'_, 'a, &'a Model>,
    out: &mut Collector<'_>,
) {
    let Model {
        name,
        docs,
        fields,
        constants: _,
        rest: _,
        members: _,
        constructor: _,
        derives: _,
        pointer,
    } = new;
    let pair = Pair {
        before,
        after,
        old,
        new,
        path: path(key),
        travels: before.travels(old_key).or(after.travels(key)),
    };
    let at = At::Both(&old.pointer, pointer);
    out.docs((&old.docs, docs), &format!("`{name}`"), &pair.path, at);
    for field in &old.fields {
        match fields.iter().find(|other| other.wire == field.wire) {
            Some(other) => compare_fields(&pair, field, other, out),
            None => removed(&pair, field, out),
        }
    }
    for field in fields {
        if !old.fields.iter().any(|other| other.wire == field.wire) {
            added(&pair, field, out);
        }
    }
    rest(&pair, out);
    constructor(&pair, out);
    let has_default = |model: &Model| model.fields.iter().all(ModelField::is_optional);
    if let Some((code, rust, what)) = default_change(has_default(old), has_default(new)) {
        let message = format!("`{name}` {what} `Default`");
        out.add(code, &pair.path, (Wire::Unseen, rust), at, message);
    }
}

fn removed(pair: &Pair<'_, '_>, field: &ModelField, out: &mut Collector<'_>) {
    let message = format!("`{}` has no `{}` any more", pair.new.name, field.wire);
    let wire = Wire::breaking(pair.travels.sent, pair.travels.received);
    let path = format!("{}::{}", pair.path, field.name);
    let at = At::Old(&field.pointer);
    out.add("field-removed", &path, (wire, Rust::Major), at, message);
}

fn added(pair: &Pair<'_, '_>, field: &ModelField, out: &mut Collector<'_>) {
    let is_asked_for = pair.new.constructor.is_some() && field.is_asked_for();
    let (code, rust, what) = if is_asked_for {
        ("required-field-added", Rust::Major, "requires")
    } else {
        ("field-added", Rust::Minor, "has")
    };
    let message = format!(
        "`{}` {what} `{}`, {}",
        pair.new.name,
        field.wire,
        typed(&field.ty)
    );
    let wire = Wire::breaking(is_asked_for && pair.travels.sent, false);
    let path = format!("{}::{}", pair.path, field.name);
    let at = At::New(&field.pointer);
    out.add(code, &path, (wire, rust), at, message);
}

fn compare_fields(
    pair: &Pair<'_, '_>,
    old: &ModelField,
    new: &ModelField,
    out: &mut Collector<'_>,
) {
    let ModelField {
        name,
        wire,
        docs,
        ty,
        alias: _,
        presence,
        access: _,
        required_in_requests: _,
        default: _,
        limits,
        clear: _,
        boxed,
        sensitive,
        pointer,
    } = new;
    let at = At::Both(&old.pointer, pointer);
    let owner = &pair.new.name;
    let path = format!("{}::{name}", pair.path);
    let what = format!("`{wire}` of `{owner}`");
    out.docs((&old.docs, docs), &what, &path, at);
    let mut add =
        |code, wire, rust, message: String| out.add(code, &path, (wire, rust), at, message);
    if old.name != *name {
        let message = format!(
            "`{wire}` of `{owner}` is called `{name}` in Rust, and was `{}`",
            old.name
        );
        add("field-renamed", Wire::Unseen, Rust::Major, message);
    }
    let change = width((&old.ty, pair.before), (ty, pair.after));
    let is_same = is_same_in_rust(&old.ty, ty);
    if !is_same || change != Width::default() {
        let message = format!(
            "`{wire}` of `{owner}` changed from {}",
            in_words(&old.ty, ty)
        );
        let rust = if is_same { Rust::Patch } else { Rust::Major };
        add(
            "field-type-changed",
            change.on_wire(pair.travels),
            rust,
            message,
        );
    }
    if old.boxed != *boxed {
        let what = if *boxed {
            "behind a pointer now"
        } else {
            "no longer behind a pointer"
        };
        let message = format!("`{wire}` of `{owner}` is {what}");
        add("field-boxed", Wire::Unseen, Rust::Major, message);
    }
    if old.presence != *presence {
        let wire_class = presence_width(old.presence, *presence).on_wire(pair.travels);
        let message = format!(
            "`{wire}` of `{owner}` {}, and {} before",
            in_words_of(*presence),
            in_words_of(old.presence)
        );
        let rust = presence_in_rust(pair, old, new);
        add("field-presence-changed", wire_class, rust, message);
    } else if pair.old.constructor.is_some()
        && pair.new.constructor.is_some()
        && old.clear != new.clear
    {
        let message =
            format!("the method that sends `{wire}` of `{owner}` as null has another name");
        add("clear-method-renamed", Wire::Unseen, Rust::Major, message);
    }
    if old.sensitive != *sensitive {
        let what = if *sensitive {
            "is kept out of"
        } else {
            "is shown by"
        };
        let message = format!("`{wire}` of `{owner}` {what} `Debug` now");
        add("sensitivity-changed", Wire::Unseen, Rust::Patch, message);
    }
    // What is only received is not checked.
    if pair.old.constructor.is_some() && pair.new.constructor.is_some() {
        let name = format!("`{wire}` of `{owner}`");
        limits::compare(&name, &path, at, (&old.limits, limits), out);
    }
}

/// The type of the field, or the way in which it is set, says whether it may be absent or null.
fn presence_in_rust(pair: &Pair<'_, '_>, old: &ModelField, new: &ModelField) -> Rust {
    let holder = |presence: Presence| match presence {
        Presence::Required => 0,
        Presence::Nullable | Presence::Optional | Presence::NullOrAbsent => 1,
        Presence::OptionalNullable => 2,
    };
    let is_made = pair.old.constructor.is_some() && pair.new.constructor.is_some();
    let is_set_otherwise = is_made && old.is_asked_for() != new.is_asked_for();
    if holder(old.presence) != holder(new.presence) || is_set_otherwise {
        Rust::Major
    } else {
        Rust::Patch
    }
}

fn presence_width(old: Presence, new: Presence) -> Width {
    let (old_absent, old_null) = may_be(old);
    let (absent, null) = may_be(new);
    Width::of(
        old_absent && !absent || old_null && !null,
        absent && !old_absent || null && !old_null,
    )
}

/// Whether a value may be absent, and whether it may be null.
fn may_be(presence: Presence) -> (bool, bool) {
    match presence {
        Presence::Required => (false, false),
        Presence::Nullable => (false, true),
        Presence::Optional => (true, false),
        Presence::NullOrAbsent | Presence::OptionalNullable => (true, true),
    }
}

fn in_words_of(presence: Presence) -> &'static str {
    match presence {
        Presence::Required => "is always there",
        Presence::Nullable => "may be null",
        Presence::Optional => "may be absent",
        Presence::NullOrAbsent | Presence::OptionalNullable => "may be absent or null",
    }
}

fn rest(pair: &Pair<'_, '_>, out: &mut Collector<'_>) {
    let (old, new) = (pair.old, pair.new);
    let at = At::Both(&old.pointer, &new.pointer);
    let owner = &new.name;
    let mut add = |name: &dyn std::fmt::Display, code, wire, rust, message: String| {
        out.add(
            code,
            &format!("{}::{name}", pair.path),
            (wire, rust),
            at,
            message,
        );
    };
    match (&old.rest, &new.rest) {
        (None, None) => {}
        (
            None,
            Some(Rest {
                name,
                ty,
                limits: _,
            }),
        ) => {
            let message = format!(
                "`{owner}` keeps what it holds besides in `{name}`, each {}",
                typed(ty)
            );
            add(name, "rest-added", Wire::Compatible, Rust::Minor, message);
        }
        (Some(Rest { name, .. }), None) => {
            let message =
                format!("`{owner}` has nothing besides its fields any more: `{name}` is gone");
            let wire = Wire::breaking(pair.travels.sent, pair.travels.received);
            add(name, "rest-removed", wire, Rust::Major, message);
        }
        (Some(old), Some(new)) => {
            let Rest { name, ty, limits } = new;
            let (old_name, old_ty) = (&old.name, &old.ty);
            if old_name != name {
                let message = format!("`{old_name}` of `{owner}` is called `{name}` now");
                add(name, "field-renamed", Wire::Unseen, Rust::Major, message);
            }
            let change = width((old_ty, pair.before), (ty, pair.after));
            let is_same = is_same_in_rust(old_ty, ty);
            if !is_same || change != Width::default() {
                let rust = if is_same { Rust::Patch } else { Rust::Major };
                let message = format!(
                    "`{name}` of `{owner}` changed from {}",
                    in_words(old_ty, ty)
                );
                add(
                    name,
                    "field-type-changed",
                    change.on_wire(pair.travels),
                    rust,
                    message,
                );
            }
            let label = format!("`{name}` of `{owner}`");
            let path = format!("{}::{name}", pair.path);
            limits::compare(&label, &path, at, (&old.limits, limits), out);
        }
    }
}

fn constructor(pair: &Pair<'_, '_>, out: &mut Collector<'_>) {
    let (old, new) = (pair.old, pair.new);
    let owner = &new.name;
    let at = At::Both(&old.pointer, &new.pointer);
    let mut add = |code, rust, message: String| {
        out.add(code, &pair.path, (Wire::Unseen, rust), at, message);
    };
    match (&old.constructor, &new.constructor) {
        (None, None) => {}
        (None, Some(_)) => {
            let message = format!("`{owner}` can be made with `new`, since a request holds it");
            add("constructor-added", Rust::Minor, message);
        }
        (Some(_), None) => {
            let message = format!(
                "`{owner}` has no `new` and no setters any more, since no request holds it"
            );
            add("constructor-removed", Rust::Major, message);
        }
        (Some(Constructor::Positional), Some(Constructor::Named(params))) => {
            let message =
                format!("`{owner}::new` takes the struct `{params}` instead of arguments");
            add("constructor-changed", Rust::Major, message);
        }
        (Some(Constructor::Named(params)), Some(Constructor::Positional)) => {
            let message =
                format!("`{owner}::new` takes arguments instead of the struct `{params}`");
            add("constructor-changed", Rust::Major, message);
        }
        (Some(Constructor::Named(before)), Some(Constructor::Named(after))) => {
            if before != after {
                let message = format!("the struct `{before}` is called `{after}` now");
                add("constructor-changed", Rust::Major, message);
            }
        }
        (Some(Constructor::Positional), Some(Constructor::Positional)) => {
            let (before, after) = (arguments(old), arguments(new));
            let is_reordered = before.len() == after.len()
                && before.iter().all(|one| after.contains(one))
                && before != after;
            if is_reordered {
                let message = format!(
                    "`{owner}::new` takes its arguments in another order: {}",
                    after.join(", ")
                );
                add("constructor-changed", Rust::Major, message);
            }
        }
    }
}

fn arguments(model: &Model) -> Vec<&str> {
    let asked = model.fields.iter().filter(|field| field.is_asked_for());
    asked.map(|field| field.wire.as_str()).collect()
}
