//! Bodies and headers that the crate has no type for, by their outlines.

use super::catalogue::Direction;
use super::change::{Rust, Wire};
use super::code::ChangeCode;
use super::collector::{At, Collector, Subject};
use super::context::Context;
use super::types::{Wider, Width, renamed_key};
use crate::model::api::{
    BodySchema, Content, Literal, Outline, OutlineKind, OutlineMember, OutlineUse,
};
use std::collections::BTreeSet;

/// A difference of two outlines.
pub(super) struct Difference<'a> {
    pub width: Width,
    /// What differs, with the way to it from the body.
    pub what: String,
    pub at: At<'a>,
}

/// What walks through two outlines at once.
struct Walk<'c, 'a> {
    ctx: &'c Context<'a>,
    seen: BTreeSet<(&'a str, &'a str)>,
    found: Vec<Difference<'a>>,
}

/// Compares the outlines of a body, where both sides have one.
pub(super) fn compare(
    ctx: &Context<'_>,
    (code, direction): (ChangeCode, Direction),
    (old, new): (&Content, &Content),
    subject: &Subject,
    out: &mut Collector,
) {
    let at = At::Both(&old.pointer, &new.pointer);
    let (old, new) = match (&old.schema, &new.schema) {
        (BodySchema::Outline(old), BodySchema::Outline(new)) => (old, new),
        (BodySchema::Outline(_), BodySchema::Any) => {
            let wire = Width::WIDER.on_wire(direction);
            out.add(code, subject, (wire, Rust::None), at, "no longer described");
            return;
        }
        (BodySchema::Any, BodySchema::Outline(_)) => {
            let wire = Width::NARROWER.on_wire(direction);
            out.add(code, subject, (wire, Rust::None), at, "now described");
            return;
        }
        // What the crate has a type for is compared as such.
        (BodySchema::Typed, _) | (_, BodySchema::Typed) | (BodySchema::Any, BodySchema::Any) => {
            return;
        }
    };
    for Difference { width, what, at } in differences(ctx, old, new) {
        // What is added is visible, although it widens nothing.
        let wire = width.on_wire(direction).max(Wire::Compatible);
        out.add(code, subject, (wire, Rust::None), at, what);
    }
}

/// Returns how two outlines differ.
pub(super) fn differences<'a>(
    ctx: &Context<'a>,
    old: &OutlineUse,
    new: &OutlineUse,
) -> Vec<Difference<'a>> {
    let mut walk = Walk {
        ctx,
        seen: BTreeSet::new(),
        found: Vec::new(),
    };
    walk.uses(old, new, "");
    walk.found
}

impl<'a> Walk<'_, 'a> {
    fn uses(&mut self, old: &OutlineUse, new: &OutlineUse, way: &str) {
        let before = self.ctx.before.api.outlines.get_key_value(&old.key);
        let after = self.ctx.after.api.outlines.get_key_value(&new.key);
        let (Some((old_key, before)), Some((new_key, after))) = (before, after) else {
            return;
        };
        if old.nullable != new.nullable {
            let width = Width::new(old.nullable, new.nullable);
            let what = if new.nullable {
                "now nullable"
            } else {
                "no longer nullable"
            };
            self.add(width, way, what.to_owned(), (before, after));
        }
        // What is a type of the crate on both sides is compared as such.
        let types = (
            self.ctx.before.type_at(&before.pointer),
            self.ctx.after.type_at(&after.pointer),
        );
        let is_typed = match types {
            (Some(before), Some(after)) => renamed_key(self.ctx, before) == after,
            (None, _) | (_, None) => false,
        };
        if !is_typed && self.seen.insert((old_key, new_key)) {
            self.kinds(before, after, way);
        }
    }

    fn kinds(&mut self, before: &'a Outline, after: &'a Outline, way: &str) {
        match (&before.kind, &after.kind) {
            (OutlineKind::Any, OutlineKind::Any) => {}
            (OutlineKind::Scalar(old), OutlineKind::Scalar(new)) if old == new => {}
            (OutlineKind::Values(old), OutlineKind::Values(new)) => {
                self.values((old, new), way, (before, after));
            }
            (OutlineKind::Scalar(old), OutlineKind::Values(new)) if are_of(new, old) => {
                let what = format!("changed from {old} to listed values");
                self.add(Width::NARROWER, way, what, (before, after));
            }
            (OutlineKind::Values(old), OutlineKind::Scalar(new)) if are_of(old, new) => {
                let what = format!("changed from listed values to {new}");
                self.add(Width::EXTENDED, way, what, (before, after));
            }
            (OutlineKind::List(old), OutlineKind::List(new))
            | (OutlineKind::Map(old), OutlineKind::Map(new)) => {
                if let (Some(old), Some(new)) = (old, new) {
                    self.uses(old, new, &format!("{way}[]"));
                } else if old.is_some() != new.is_some() {
                    let width = Width::new(new.is_some(), old.is_some());
                    self.add(width, way, "values changed".to_owned(), (before, after));
                }
            }
            (OutlineKind::Tuple(old), OutlineKind::Tuple(new)) if old.len() == new.len() => {
                for (index, (old, new)) in old.iter().zip(new).enumerate() {
                    self.uses(old, new, &format!("{way}[{index}]"));
                }
            }
            (OutlineKind::Object(old), OutlineKind::Object(new)) => {
                self.members((old, new), way);
            }
            (OutlineKind::OneOf(old), OutlineKind::OneOf(new)) => {
                self.alternatives((old, new), way, (before, after));
            }
            (_, OutlineKind::Any) => {
                let what = format!("changed from {} to any value", in_words(&before.kind));
                self.add(Width::WIDER, way, what, (before, after));
            }
            (OutlineKind::Any, _) => {
                let what = format!("changed from any value to {}", in_words(&after.kind));
                self.add(Width::NARROWER, way, what, (before, after));
            }
            (
                OutlineKind::Scalar(_)
                | OutlineKind::Values(_)
                | OutlineKind::List(_)
                | OutlineKind::Map(_)
                | OutlineKind::Tuple(_)
                | OutlineKind::Object(_)
                | OutlineKind::OneOf(_),
                _,
            ) => {
                let (old, new) = (in_words(&before.kind), in_words(&after.kind));
                let what = format!("changed from {old} to {new}");
                self.add(Width::OTHER, way, what, (before, after));
            }
        }
    }

    fn values(
        &mut self,
        (old, new): (&[Literal], &[Literal]),
        way: &str,
        both: (&'a Outline, &'a Outline),
    ) {
        let missing = |these: &[Literal], others: &[Literal]| -> Vec<String> {
            let missing = these.iter().filter(|one| !others.contains(one));
            missing.map(|one| format!("`{one}`")).collect()
        };
        let (lost, gained) = (missing(old, new), missing(new, old));
        if !lost.is_empty() {
            let what = format!("removed {}", lost.join(", "));
            self.add(Width::NARROWER, way, what, both);
        }
        if !gained.is_empty() {
            let what = format!("added {}", gained.join(", "));
            self.add(Width::EXTENDED, way, what, both);
        }
    }

    fn members(&mut self, (old, new): (&'a [OutlineMember], &'a [OutlineMember]), way: &str) {
        for member in old {
            let way = step(way, &member.wire);
            let Some(now) = new.iter().find(|other| other.wire == member.wire) else {
                let at = At::Old(&member.pointer);
                let width = Width {
                    narrower: true,
                    wider: Wider::Form,
                };
                let what = format!("removed `{way}`");
                self.found.push(Difference { width, what, at });
                continue;
            };
            if member.required != now.required {
                let width = Width::new(now.required, member.required);
                let what = if now.required {
                    "now required"
                } else {
                    "now optional"
                };
                let at = At::Both(&member.pointer, &now.pointer);
                let what = format!("`{way}`: {what}");
                self.found.push(Difference { width, what, at });
            }
            self.uses(&member.value, &now.value, &way);
        }
        for member in new {
            if !old.iter().any(|other| other.wire == member.wire) {
                let what = format!("added `{}`", step(way, &member.wire));
                let at = At::New(&member.pointer);
                let width = Width {
                    narrower: member.required,
                    wider: Wider::No,
                };
                self.found.push(Difference { width, what, at });
            }
        }
    }

    /// Alternatives are the same by their schema, else by their place among those that are left.
    fn alternatives(
        &mut self,
        (old, new): (&[OutlineUse], &[OutlineUse]),
        way: &str,
        both: (&'a Outline, &'a Outline),
    ) {
        let mut left: Vec<&OutlineUse> = new.iter().collect();
        let mut gone: Vec<&OutlineUse> = Vec::new();
        for one in old {
            match left.iter().position(|other| other.key == one.key) {
                Some(index) => {
                    let now = left.remove(index);
                    self.uses(one, now, way);
                }
                None => gone.push(one),
            }
        }
        let rest = gone.len().min(left.len());
        for (one, now) in gone.drain(..rest).zip(left.drain(..rest)) {
            self.uses(one, now, way);
        }
        if !gone.is_empty() {
            let what = "removed an alternative".to_owned();
            self.add(Width::NARROWER, way, what, both);
        }
        if !left.is_empty() {
            self.add(
                Width::EXTENDED,
                way,
                "added an alternative".to_owned(),
                both,
            );
        }
    }

    fn add(&mut self, width: Width, way: &str, what: String, both: (&'a Outline, &'a Outline)) {
        let what = if way.is_empty() {
            what
        } else {
            format!("`{way}`: {what}")
        };
        let at = At::Both(&both.0.pointer, &both.1.pointer);
        self.found.push(Difference { width, what, at });
    }
}

fn step(way: &str, member: &str) -> String {
    if way.is_empty() {
        member.to_owned()
    } else {
        format!("{way}.{member}")
    }
}

/// Whether all listed values are of a scalar type, by its name.
fn are_of(values: &[Literal], scalar: &str) -> bool {
    let typ = scalar.split(' ').next().unwrap_or_default();
    values.iter().all(|value| match value {
        Literal::Text(_) => typ == "string",
        Literal::Integer(_) => matches!(typ, "integer" | "number"),
        Literal::Bool(_) => typ == "boolean",
    })
}

fn in_words(kind: &OutlineKind) -> String {
    match kind {
        OutlineKind::Any => "any value".to_owned(),
        OutlineKind::Scalar(name) => name.clone(),
        OutlineKind::Values(_) => "listed values".to_owned(),
        OutlineKind::List(_) | OutlineKind::Tuple(_) => "array".to_owned(),
        OutlineKind::Map(_) | OutlineKind::Object(_) => "object".to_owned(),
        OutlineKind::OneOf(_) => "one of several".to_owned(),
    }
}
