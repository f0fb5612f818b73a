//! How two types differ: for the compiler, and on the wire.

use super::catalogue::{Direction, Item, Key};
use super::change::{Rust, Wire};
use super::context::Context;
use crate::model::api::{
    Custom, Digits, Literal, Model, NamedKind, OpenEnum, Prefixes, SidKind, Type, TypePath, Union,
};
use crate::report::type_name::type_name;

/// Whether a change lets fewer values through, or more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Width {
    pub narrower: bool,
    pub wider: Wider,
}

/// What more values are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Wider {
    #[default]
    No,
    /// Values beside those that are listed: of an enum or of a union.
    Values,
    /// Values of another form.
    Form,
}

impl Width {
    pub const SAME: Self = Self {
        narrower: false,
        wider: Wider::No,
    };
    pub const NARROWER: Self = Self {
        narrower: true,
        wider: Wider::No,
    };
    pub const WIDER: Self = Self {
        narrower: false,
        wider: Wider::Form,
    };
    pub const EXTENDED: Self = Self {
        narrower: false,
        wider: Wider::Values,
    };
    pub const OTHER: Self = Self {
        narrower: true,
        wider: Wider::Form,
    };

    pub fn new(narrower: bool, wider: bool) -> Self {
        let wider = if wider { Wider::Form } else { Wider::No };
        Self { narrower, wider }
    }

    pub fn and(self, other: Self) -> Self {
        Self {
            narrower: self.narrower || other.narrower,
            wider: self.wider.max(other.wider),
        }
    }

    /// What is sent must fit what is asked for now; what is read must fit what was read before.
    pub fn on_wire(self, direction: Direction) -> Wire {
        if self == Self::SAME {
            return Wire::Unseen;
        }
        let requests = self.narrower && direction.sent;
        let responses = self.wider == Wider::Form && direction.received;
        match Wire::breaking(requests, responses) {
            Wire::Compatible if self.wider == Wider::Values && direction.received => {
                Wire::ExtendsResponses
            }
            wire => wire,
        }
    }
}

/// What a change of type means; none where nothing has changed.
pub(super) fn type_change(
    ctx: &Context<'_>,
    (old, new): (&Type, &Type),
    direction: Direction,
) -> Option<(Wire, Rust)> {
    let width = width(ctx, old, new);
    let is_same = is_same_in_rust(ctx, old, new);
    if is_same && width == Width::SAME {
        return None;
    }
    let rust = if is_same { Rust::Patch } else { Rust::Major };
    Some((width.on_wire(direction), rust))
}

/// Whether the compiler sees the same type; an alias of a SID is a spelling only. A type that was renamed is reported as such.
pub(super) fn is_same_in_rust(ctx: &Context<'_>, old: &Type, new: &Type) -> bool {
    match (old, new) {
        (Type::List(old), Type::List(new))
        | (Type::Map(old), Type::Map(new))
        | (Type::Nullable(old), Type::Nullable(new)) => is_same_in_rust(ctx, old, new),
        (Type::Tuple(old), Type::Tuple(new)) => {
            old.len() == new.len()
                && old
                    .iter()
                    .zip(new)
                    .all(|(old, new)| is_same_in_rust(ctx, old, new))
        }
        (Type::Named(old), Type::Named(new)) => is_same_item(ctx, old, new),
        (Type::Custom(old), Type::Custom(new)) => is_same_custom(old, new),
        _ => old == new,
    }
}

fn is_same_custom(old: &Custom, new: &Custom) -> bool {
    let Custom {
        path,
        form,
        sample: _, // examples reach no caller
    } = new;
    (&old.path, &old.form) == (path, form)
}

/// Whether both name one type, which may be called otherwise now.
pub(super) fn is_same_item(ctx: &Context<'_>, old: &TypePath, new: &TypePath) -> bool {
    let key = (&old.module, &old.name);
    match ctx.renamed.get(&key) {
        Some(renamed) => *renamed == (&new.module, &new.name),
        None => old.module == new.module && old.name == new.name,
    }
}

/// How a change of type reads: the names, or the forms where the names are the same.
pub(super) fn in_words(old: &Type, new: &Type) -> String {
    let (before, after) = (type_name(old), type_name(new));
    if before != after {
        return format!("type changed from `{before}` to `{after}`");
    }
    match (innermost(old), innermost(new)) {
        (Type::Sid(before), Type::Sid(after)) => format!(
            "type changed from `Sid<{}>` to `Sid<{}>`",
            before.kind, after.kind
        ),
        _ => format!("type changed from `{before}` to another `{after}`"),
    }
}

fn innermost(ty: &Type) -> &Type {
    match ty {
        Type::List(inner) | Type::Map(inner) => innermost(inner),
        _ => ty,
    }
}

/// What a change of type does to the values that are sent.
pub(super) fn width(ctx: &Context<'_>, old: &Type, new: &Type) -> Width {
    match (old, new) {
        _ if old == new => Width::SAME,
        (Type::List(old), Type::List(new))
        | (Type::Map(old), Type::Map(new))
        | (Type::Nullable(old), Type::Nullable(new)) => width(ctx, old, new),
        (Type::Tuple(old), Type::Tuple(new)) if old.len() == new.len() => {
            let positions = old.iter().zip(new);
            positions.fold(Width::SAME, |so_far, (old, new)| {
                so_far.and(width(ctx, old, new))
            })
        }
        (Type::Sid(one), Type::Sid(other)) => {
            let before = ctx.before.api.sids.get(&one.kind);
            match (before, ctx.after.api.sids.get(&other.kind)) {
                (Some(one), Some(other)) => Width::new(!holds(other, one), !holds(one, other)),
                _ => Width::OTHER,
            }
        }
        (Type::Named(one), Type::Named(other)) if is_same_item(ctx, one, other) => Width::SAME,
        (Type::Named(one), Type::Named(other)) => {
            match (ctx.before.find(one), ctx.after.find(other)) {
                (Some(one), Some(other)) => of_items(ctx, (one, old), (other, new)),
                _ => Width::OTHER,
            }
        }
        (Type::Custom(one), Type::Custom(other)) if one.form == other.form => Width::SAME,
        (Type::Json, Type::Json) => Width::SAME,
        (old, Type::Nullable(new)) => width(ctx, old, new).and(Width::WIDER),
        (Type::Nullable(old), new) => width(ctx, old, new).and(Width::NARROWER),
        (Type::Integer(old), Type::Integer(new)) => {
            let ((old_min, old_max), (min, max)) = (old.range(), new.range());
            Width::new(
                old_min < min || old_max > max,
                min < old_min || max > old_max,
            )
        }
        (_, Type::Json) | (Type::Integer(_), Type::F64) => Width::WIDER,
        (Type::Json, _) | (Type::F64, Type::Integer(_)) => Width::NARROWER,
        _ if is_any_text(old) && is_any_text(new) => Width::SAME,
        _ if is_text_enum(old) && is_any_text(new) => Width::EXTENDED,
        _ if is_some_text(old) && is_any_text(new) => Width::WIDER,
        _ if is_any_text(old) && is_some_text(new) => Width::NARROWER,
        (old, Type::Named(path)) => {
            with_union(ctx.after.find(path), |one| is_same_in_rust(ctx, old, one))
                .map_or(Width::OTHER, |()| Width::EXTENDED)
        }
        (Type::Named(path), new) => {
            with_union(ctx.before.find(path), |one| is_same_in_rust(ctx, one, new))
                .map_or(Width::OTHER, |()| Width::NARROWER)
        }
        _ => Width::OTHER,
    }
}

fn is_any_text(ty: &Type) -> bool {
    matches!(ty, Type::String)
}

fn is_text_enum(ty: &Type) -> bool {
    matches!(ty, Type::Named(path) if path.kind == NamedKind::TextEnum)
}

fn is_some_text(ty: &Type) -> bool {
    ty.is_text() && !is_any_text(ty)
}

/// Whether an item is a union with such an alternative, or an enum of responses with such a variant.
fn with_union(item: Option<Item<'_>>, such: impl Fn(&Type) -> bool) -> Option<()> {
    match item? {
        Item::Union(union) => union
            .alternatives
            .iter()
            .any(|one| such(&one.ty))
            .then_some(()),
        Item::Responses(responses) => {
            let mut types = responses.variants.iter().filter_map(|one| one.ty.as_ref());
            types.any(such).then_some(())
        }
        Item::Model(_) | Item::Enum(_) => None,
    }
}

/// Types of different names: what they have inside at first sight tells whether one only took the place of the other.
fn of_items(
    ctx: &Context<'_>,
    (old_item, old): (Item<'_>, &Type),
    (new_item, new): (Item<'_>, &Type),
) -> Width {
    match (old_item, new_item) {
        (Item::Enum(old), Item::Enum(new)) => of_enums(old, new),
        (Item::Model(old), Item::Model(new)) => of_models(old, new),
        (Item::Union(old), Item::Union(new)) => of_unions(ctx, old, new),
        (_, Item::Union(_) | Item::Responses(_)) => {
            with_union(Some(new_item), |one| is_same_in_rust(ctx, old, one))
                .map_or(Width::OTHER, |()| Width::EXTENDED)
        }
        (Item::Union(_) | Item::Responses(_), _) => {
            with_union(Some(old_item), |one| is_same_in_rust(ctx, one, new))
                .map_or(Width::OTHER, |()| Width::NARROWER)
        }
        (Item::Model(_) | Item::Enum(_), _) => Width::OTHER,
    }
}

fn of_enums(old: &OpenEnum, new: &OpenEnum) -> Width {
    let lists =
        |one: &OpenEnum, wire: &Literal| one.variants.iter().any(|other| other.wire == *wire);
    let lost = old.variants.iter().any(|one| !lists(new, &one.wire));
    let gained = new.variants.iter().any(|one| !lists(old, &one.wire));
    Width {
        narrower: lost,
        wider: if gained { Wider::Values } else { Wider::No },
    }
}

fn of_models(old: &Model, new: &Model) -> Width {
    let has = |model: &Model, wire: &str| {
        model.fields.iter().any(|field| field.wire == wire)
            || model.constants.iter().any(|constant| constant.wire == wire)
    };
    let lost = old.fields.iter().any(|field| !has(new, &field.wire));
    let mut asked = new.fields.iter().filter(|field| field.is_asked_for());
    Width::new(asked.any(|field| !has(old, &field.wire)), lost)
}

fn of_unions(ctx: &Context<'_>, old: &Union, new: &Union) -> Width {
    let lost = old.alternatives.iter().any(|one| {
        let mut others = new.alternatives.iter();
        !others.any(|other| is_same_in_rust(ctx, &one.ty, &other.ty))
    });
    let gained = new.alternatives.iter().any(|one| {
        let mut others = old.alternatives.iter();
        !others.any(|other| is_same_in_rust(ctx, &other.ty, &one.ty))
    });
    Width {
        narrower: lost,
        wider: if gained { Wider::Values } else { Wider::No },
    }
}

/// Whether every SID of one kind is also one of the other.
fn holds(outer: &SidKind, inner: &SidKind) -> bool {
    let prefixes = match (&outer.prefixes, &inner.prefixes) {
        (Prefixes::AnyLetters, _) | (Prefixes::AnyUpper, Prefixes::AnyUpper) => true,
        (Prefixes::AnyUpper, Prefixes::Listed(inner)) => inner
            .iter()
            .all(|prefix| prefix.bytes().all(|byte| byte.is_ascii_uppercase())),
        (Prefixes::Listed(outer), Prefixes::Listed(inner)) => {
            inner.iter().all(|prefix| outer.contains(prefix))
        }
        (Prefixes::Listed(_), Prefixes::AnyUpper | Prefixes::AnyLetters)
        | (Prefixes::AnyUpper, Prefixes::AnyLetters) => false,
    };
    let digits = match (outer.digits, inner.digits) {
        (Digits::Alphanumeric, _) | (Digits::Hex, Digits::Hex | Digits::LowerHex) => true,
        (Digits::LowerHex, other) => other == Digits::LowerHex,
        (Digits::Hex, Digits::Alphanumeric) => false,
    };
    prefixes && digits
}

/// The item that a key names, on the new side.
pub(super) fn renamed_key<'a>(ctx: &Context<'a>, key: Key<'a>) -> Key<'a> {
    ctx.renamed.get(&key).copied().unwrap_or(key)
}
