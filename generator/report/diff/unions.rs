//! Unions: their alternatives, and what tells them apart.

use super::catalogue::{Direction, Item, Key, path};
use super::change::{Rust, Wire};
use super::code::ChangeCode;
use super::collector::{At, Collector, Noun, Subject};
use super::context::Context;
use super::limits;
use super::pairing::Pairing;
use super::types::{Width, in_words, is_same_in_rust, renamed_key, type_change};
use crate::model::api::{Alternative, Literal, Selection, Type, Union};
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
        derives: _,   // no caller names one
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
    limits::compare(&subject, at, (&old.limits, limits), out);
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
    let before = Tags::new(pair.old, old, |ty| item(ty, &pair.ctx.before));
    let after = Tags::new(pair.new, new, |ty| item(ty, &pair.ctx.after));
    if before == after {
        return;
    }
    let width = before.width(&after);
    let what = before.change(&after);
    let class = (width.on_wire(pair.direction), Rust::Patch);
    let at = At::Both(&old.pointer, &new.pointer);
    out.add(ChangeCode::DiscriminatorChanged, subject, class, at, what);
}

/// What an alternative has in the member that tells it from the others.
#[derive(PartialEq, Eq)]
enum Tags {
    /// Nothing that its type does not say.
    Free,
    /// These values in this member, which only the discriminator says.
    Other((String, Vec<String>)),
}

impl Tags {
    fn new<'a>(
        union: &'a Union,
        one: &'a Alternative,
        item: impl Fn(&'a Type) -> Option<Item<'a>>,
    ) -> Self {
        let member = union.tag.clone().or_else(|| selected_by(&union.selection));
        let Some(member) = member.filter(|_| !one.tags.is_empty()) else {
            return Self::Free;
        };
        let pinned = match item(&one.ty) {
            Some(Item::Model(model)) => model
                .constants
                .iter()
                .any(|constant| constant.wire == member && one.tags.contains(&constant.value)),
            Some(Item::Enum(_) | Item::Union(_) | Item::Responses(_)) | None => false,
        };
        if pinned || one.written_tag.is_none() && union.tag.is_none() {
            return Self::Free;
        }
        let mut tags: Vec<String> = one.tags.iter().map(Literal::to_string).collect();
        tags.sort();
        Self::Other((member, tags))
    }

    fn width(&self, now: &Self) -> Width {
        match (self, now) {
            (Self::Free, Self::Free) => Width::SAME,
            // Requests have to have it from now on; responses may no longer.
            (Self::Free, Self::Other(_)) => Width::NARROWER,
            (Self::Other(_), Self::Free) => Width::WIDER,
            (Self::Other((old, before)), Self::Other((new, after))) => {
                let lost = before.iter().any(|tag| !after.contains(tag));
                let gained = after.iter().any(|tag| !before.contains(tag));
                match (old == new, lost) {
                    (false, _) => Width::OTHER,
                    (true, true) => Width::new(true, gained),
                    (true, false) => Width::EXTENDED,
                }
            }
        }
    }

    /// What has changed, in the same words for all alternatives where the values are the same.
    fn change(&self, now: &Self) -> String {
        match (self, now) {
            (Self::Other((old, before)), Self::Other((new, after))) if before != after => {
                let values = |tags: &[String]| {
                    let tags: Vec<String> = tags.iter().map(|tag| format!("`{tag}`")).collect();
                    tags.join(" or ")
                };
                format!(
                    "recognised by {} in `{new}`, was by {} in `{old}`",
                    values(after),
                    values(before)
                )
            }
            (before, after) => {
                format!(
                    "recognised by {}, was by {}",
                    after.member(),
                    before.member()
                )
            }
        }
    }

    fn member(&self) -> String {
        match self {
            Self::Free => "its fields".to_owned(),
            Self::Other((member, _)) => format!("`{member}`"),
        }
    }
}

fn item<'a>(ty: &'a Type, catalogue: &super::catalogue::Catalogue<'a>) -> Option<Item<'a>> {
    match ty {
        Type::Named(path) => catalogue.find(path),
        _ => None,
    }
}

/// The member that the alternatives are selected by, where it is one of the object itself.
fn selected_by(selection: &Selection) -> Option<String> {
    match selection {
        Selection::Tag { path, .. } => match path.as_slice() {
            [member] => Some(member.clone()),
            _ => None,
        },
        Selection::Kind(arms) => arms.iter().find_map(|(_, inner)| selected_by(inner)),
        Selection::Alternative(_) | Selection::Shape(_) => None,
    }
}
