//! Unions: their alternatives, and what tells them apart.

use super::catalogue::{Direction, Key, path};
use super::change::{Rust, Wire};
use super::code::ChangeCode;
use super::collector::{At, Collector, Noun, Subject};
use super::context::Context;
use super::limits;
use super::pairing::Pairing;
use super::tags::Tags;
use super::types::{Width, in_words, is_same_in_rust, renamed_key, type_change};
use crate::model::api::{Alternative, Union};
use crate::report::type_name::type_name;

/// Both versions of a union.
struct Pair<'c, 'a> {
    ctx: &'c Context<'a>,
    old: &'a Union,
    new: &'a Union,
    old_path: String,
    path: String,
    direction: Direction,
}

impl Pair<'_, '_> {
    fn subject(&self) -> Subject {
        Subject::item(Noun::Union, self.path.clone())
    }
}

/// Compares two versions of a union: its alternatives by their type, then by the name of the variant.
pub(super) fn compare<'a>(
    ctx: &Context<'a>,
    old_key: Key<'a>,
    (old, new): (&'a Union, &'a Union),
    out: &mut Collector,
) {
    let Union {
        name: _, // the key, or a rename
        docs,
        tag: _, // by `tag`
        alternatives,
        selection: _, // follows from the alternatives and their tags
        derives: _,   // by `traits`
        pointer,
    } = new;
    let key = renamed_key(ctx, old_key);
    let before = ctx.before.direction(old_key);
    let pair = Pair {
        ctx,
        old,
        new,
        old_path: path(old_key),
        path: path(key),
        direction: before.or(ctx.after.direction(key)),
    };
    let at = At::Both(&old.pointer, pointer);
    out.docs((&old.docs, docs), &pair.subject(), at);
    let Pairing {
        pairs,
        removed: gone,
        added: more,
    } = Pairing::new(&old.alternatives, alternatives)
        .by(|old, new| is_same_in_rust(ctx, &old.ty, &new.ty))
        .by(|old, new| old.name == new.name);
    for (before, now) in pairs {
        compare_alternatives(&pair, before, now, out);
    }
    for one in gone {
        removed(&pair, one, out);
    }
    for one in more {
        added(&pair, one, out);
    }
}

fn removed(pair: &Pair<'_, '_>, one: &Alternative, out: &mut Collector) {
    let what = format!("removed alternative `{}`", type_name(&one.ty));
    let class = (Width::NARROWER.on_wire(pair.direction), Rust::Major);
    let subject = pair
        .subject()
        .at(format!("{}::{}", pair.old_path, one.name));
    let at = At::Old(&one.pointer);
    out.add(ChangeCode::AlternativeRemoved, &subject, class, at, what);
}

fn added(pair: &Pair<'_, '_>, one: &Alternative, out: &mut Collector) {
    let what = format!("added alternative `{}`", type_name(&one.ty));
    let class = (Width::EXTENDED.on_wire(pair.direction), Rust::Minor);
    let subject = pair.subject().at(format!("{}::{}", pair.path, one.name));
    let at = At::New(&one.pointer);
    out.add(ChangeCode::AlternativeAdded, &subject, class, at, what);
}

fn compare_alternatives(
    pair: &Pair<'_, '_>,
    old: &Alternative,
    new: &Alternative,
    out: &mut Collector,
) {
    let Alternative {
        name,
        docs,
        ty,
        tags: _,        // by `tag`
        written_tag: _, // by `tag`
        shape: _,       // follows from the type
        limits,
        pointer,
    } = new;
    let at = At::Both(&old.pointer, pointer);
    let variant = format!("{}::{name}", pair.path);
    let subject = Subject {
        noun: Noun::Alternative,
        label: format!("`{variant}`"),
        ..pair.subject().at(variant)
    };
    out.docs((&old.docs, docs), &subject, at);
    if old.name != *name {
        let what = format!("renamed from `{}`", old.name);
        let class = (Wire::Unseen, Rust::Major);
        out.add(ChangeCode::AlternativeRenamed, &subject, class, at, what);
    }
    if let Some(class) = type_change(pair.ctx, (&old.ty, ty), pair.direction) {
        let what = in_words(&old.ty, ty);
        out.add(
            ChangeCode::AlternativeTypeChanged,
            &subject,
            class,
            at,
            what,
        );
    }
    limits::compare(&subject, at, (&old.limits, limits), pair.direction, out);
    tag(pair, (old, new), &subject, out);
}

/// Compares what the member that tells the alternatives apart has in one of them. Where the type of the alternative says
/// that itself, a discriminator that says it once more changes nothing.
fn tag(
    pair: &Pair<'_, '_>,
    (old, new): (&Alternative, &Alternative),
    subject: &Subject,
    out: &mut Collector,
) {
    let before = Tags::new(&pair.ctx.before, pair.old, old);
    let after = Tags::new(&pair.ctx.after, pair.new, new);
    let width = before.width(&after);
    if width == Width::SAME {
        return;
    }
    let what = before.change(&after);
    let class = (width.on_wire(pair.direction), Rust::Patch);
    let at = At::Both(&old.pointer, &new.pointer);
    out.add(ChangeCode::DiscriminatorChanged, subject, class, at, what);
}
