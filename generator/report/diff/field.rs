//! The fields of structs.

use super::catalogue::Direction;
use super::change::{Rust, Wire};
use super::code::ChangeCode;
use super::collector::{At, Collector, Noun, Subject};
use super::model::Pair;
use super::param::sensitivity;
use super::types::{Width, in_words, type_change};
use super::{defaults, limits, rules};
use crate::model::api::{Access, ModelField, Presence};
use crate::report::type_name::type_name;

pub(super) fn removed(pair: &Pair<'_, '_>, field: &ModelField, out: &mut Collector) {
    let subject = pair.subject();
    let subject = subject.at(format!("{}::{}", pair.old_path, field.name));
    let Direction { sent, received } = pair.direction_of(field.access);
    let class = (Wire::breaking(sent, received), Rust::Major);
    let what = format!("removed field `{}`", field.wire);
    let at = At::Old(&field.pointer);
    out.add(ChangeCode::FieldRemoved, &subject, class, at, what);
}

pub(super) fn added(pair: &Pair<'_, '_>, field: &ModelField, out: &mut Collector) {
    let is_asked_for = pair.new.constructor.is_some() && field.is_asked_for();
    let is_required = is_required(field, Direction::REQUEST) && pair.direction.sent;
    let (code, rust, word) = match (is_asked_for, is_required) {
        (true, _) => (ChangeCode::RequiredFieldAdded, Rust::Major, "required "),
        (false, true) => (ChangeCode::RequiredFieldAdded, Rust::Minor, "required "),
        (false, false) => (ChangeCode::FieldAdded, Rust::Minor, ""),
    };
    let what = format!(
        "added {word}field `{}`, `{}`",
        field.wire,
        type_name(&field.ty)
    );
    let wire = Wire::breaking(is_required, false);
    let owner = pair.subject();
    let subject = owner.at(format!("{}::{}", owner.owner, field.name));
    let at = At::New(&field.pointer);
    out.add(code, &subject, (wire, rust), at, what);
}

/// A field that is the same but for its name.
pub(super) fn renamed(
    pair: &Pair<'_, '_>,
    old: &ModelField,
    new: &ModelField,
    out: &mut Collector,
) {
    let owner = pair.subject();
    let subject = owner.at(format!("{}::{}", owner.owner, new.name));
    let Direction { sent, received } = pair.direction_of(old.access);
    let what = format!("renamed field `{}` to `{}`", old.wire, new.wire);
    let rust = if old.name == new.name {
        Rust::Patch
    } else {
        Rust::Major
    };
    let class = (Wire::breaking(sent, received), rust);
    let at = At::Both(&old.pointer, &new.pointer);
    out.add(ChangeCode::FieldRenamed, &subject, class, at, what);
}

pub(super) fn compare(
    pair: &Pair<'_, '_>,
    old: &ModelField,
    new: &ModelField,
    out: &mut Collector,
) {
    let ModelField {
        name,
        wire,
        docs,
        ty,
        alias: _,    // a spelling of its type
        presence: _, // by `presence`
        access,
        required: _,             // by `presence`
        required_in_requests: _, // by `presence`
        default,
        limits,
        rules,
        clear: _, // by `presence`
        boxed: is_boxed,
        sensitive,
        pointer,
    } = new;
    let at = At::Both(&old.pointer, pointer);
    let owner = pair.subject();
    let path = format!("{}::{name}", owner.owner);
    let subject = Subject {
        noun: Noun::Field,
        label: format!("`{path}`"),
        ..owner.at(path)
    };
    let direction = pair.direction_of(*access).or(pair.direction_of(old.access));
    out.docs((&old.docs, docs), &subject, at);
    if old.name != *name && old.wire == *wire {
        let what = format!("renamed in Rust from `{}` to `{name}`", old.name);
        let class = (Wire::Unseen, Rust::Major);
        out.add(ChangeCode::FieldRenamed, &subject, class, at, what);
    }
    if let Some(class) = type_change(pair.ctx, (&old.ty, ty), direction) {
        let what = in_words(&old.ty, ty);
        out.add(ChangeCode::FieldTypeChanged, &subject, class, at, what);
    }
    boxed((old.boxed, *is_boxed), &subject, at, out);
    access_changed(pair, (old, new), &subject, out);
    presence(pair, (old, new), &subject, out);
    sensitivity((old.sensitive, *sensitive), &subject, at, out);
    let values = (old.default.as_ref(), default.as_ref());
    defaults::compare(&subject, at, values, (direction, Rust::Patch), out);
    if pair.is_made() {
        limits::compare(&subject, at, (&old.limits, limits), direction, out);
    }
    let rules = pair.comparable_rules(&old.rules, rules);
    rules::compare(&subject, at, (&rules.0, &rules.1), direction, out);
}

fn boxed((old, new): (bool, bool), subject: &Subject, at: At<'_>, out: &mut Collector) {
    if old != new {
        let what = if new {
            "now in a `Box`"
        } else {
            "no longer in a `Box`"
        };
        let class = (Wire::Unseen, Rust::Major);
        out.add(ChangeCode::FieldBoxed, subject, class, at, what);
    }
}

/// A member that is no longer sent is lost to those who read it; one that is no longer taken, to those who send it.
fn access_changed(
    pair: &Pair<'_, '_>,
    (old, new): (&ModelField, &ModelField),
    subject: &Subject,
    out: &mut Collector,
) {
    if old.access == new.access {
        return;
    }
    let (before, after) = (pair.direction_of(old.access), pair.direction_of(new.access));
    let breaks = Wire::breaking(
        before.sent && !after.sent,
        before.received && !after.received,
    );
    let word = |access: Access| match access {
        Access::Both => "neither `readOnly` nor `writeOnly`",
        Access::ReadOnly => "`readOnly`",
        Access::WriteOnly => "`writeOnly`",
    };
    let what = match (old.access, new.access) {
        (Access::Both, now) => format!("now {}", word(now)),
        (before, Access::Both) => format!("no longer {}", word(before)),
        (before, now) => format!("{} instead of {}", word(now), word(before)),
    };
    let wire = if before == after {
        Wire::Unseen
    } else {
        breaks
    };
    let has_setter = |field: &ModelField| {
        pair.is_made() && !field.is_asked_for() && field.access != Access::ReadOnly
    };
    let rust = match (has_setter(old), has_setter(new)) {
        (true, false) => Rust::Major,
        (false, true) => Rust::Minor,
        // The documentation says it.
        (true, true) | (false, false) => Rust::Patch,
    };
    let at = At::Both(&old.pointer, &new.pointer);
    out.add(
        ChangeCode::FieldAccessChanged,
        subject,
        (wire, rust),
        at,
        what,
    );
}

/// Whether a value has to be there in a direction; `required` takes effect only where the member is sent.
fn is_required(field: &ModelField, direction: Direction) -> bool {
    let applies = match field.access {
        Access::Both => true,
        Access::ReadOnly => direction.received && !direction.sent,
        Access::WriteOnly => direction.sent && !direction.received,
    };
    field.required && applies
}

fn may_be_null(field: &ModelField) -> bool {
    match field.presence {
        Presence::Required | Presence::Optional => false,
        Presence::Nullable | Presence::OptionalNullable | Presence::NullOrAbsent => true,
    }
}

fn presence(
    pair: &Pair<'_, '_>,
    (old, new): (&ModelField, &ModelField),
    subject: &Subject,
    out: &mut Collector,
) {
    let (before, after) = (pair.direction_of(old.access), pair.direction_of(new.access));
    let both = Direction {
        sent: before.sent && after.sent,
        received: before.received && after.received,
    };
    let null = Width::new(
        may_be_null(old) && !may_be_null(new),
        may_be_null(new) && !may_be_null(old),
    );
    let absent = |direction: Direction| {
        let (before, after) = (is_required(old, direction), is_required(new, direction));
        Width::new(after && !before, before && !after)
    };
    let sent = absent(Direction::REQUEST).and(null);
    let received = absent(Direction::RESPONSE).and(null);
    // A member that requests may have from now on, and have to, is required of all of them.
    let is_new_and_required = after.sent && !before.sent && is_required(new, Direction::REQUEST);
    let requests = both.sent && sent.narrower || is_new_and_required;
    let responses =
        both.received && received != Width::SAME && received.wider != super::types::Wider::No;
    let is_seen = both.sent && sent != Width::SAME
        || both.received && received != Width::SAME
        || is_new_and_required;
    let wire = match Wire::breaking(requests, responses) {
        Wire::Compatible if !is_seen => Wire::Unseen,
        wire => wire,
    };
    let rust = presence_in_rust(pair, old, new);
    let at = At::Both(&old.pointer, &new.pointer);
    if is_seen || old.presence != new.presence || rust == Rust::Major {
        let (before, after) = (in_words_of(old), in_words_of(new));
        let what = if before == after {
            // It is the directions that it is sent in.
            format!("{} in Rust, was {}", in_rust(new), in_rust(old))
        } else {
            format!("{after}, was {before}")
        };
        let class = (wire, rust);
        out.add(ChangeCode::FieldPresenceChanged, subject, class, at, what);
    } else if pair.is_made() && old.clear != new.clear {
        let what = "the method that sends it as null was renamed";
        let class = (Wire::Unseen, Rust::Major);
        out.add(ChangeCode::ClearMethodChanged, subject, class, at, what);
    }
}

/// The type of the field, or the way in which it is set, shows whether it may be absent or null.
fn presence_in_rust(pair: &Pair<'_, '_>, old: &ModelField, new: &ModelField) -> Rust {
    let holder = |presence: Presence| match presence {
        Presence::Required => 0,
        Presence::Nullable | Presence::Optional | Presence::NullOrAbsent => 1,
        Presence::OptionalNullable => 2,
    };
    let is_set_otherwise = pair.is_made() && old.is_asked_for() != new.is_asked_for();
    if holder(old.presence) != holder(new.presence) || is_set_otherwise {
        Rust::Major
    } else {
        Rust::Patch
    }
}

fn in_rust(field: &ModelField) -> &'static str {
    match field.presence {
        Presence::Required => "always there",
        Presence::Nullable | Presence::Optional | Presence::NullOrAbsent => "an `Option`",
        Presence::OptionalNullable => "a `Field`",
    }
}

fn in_words_of(field: &ModelField) -> &'static str {
    match (field.required, may_be_null(field)) {
        (true, false) => "required",
        (true, true) => "required and nullable",
        (false, true) => "optional and nullable",
        (false, false) => "optional",
    }
}
