//! How two types differ: for the compiler, and on the wire.

use super::catalogue::{Catalogue, Item, Travels};
use super::change::Wire;
use crate::model::api::{Digits, Literal, NamedKind, Prefixes, SidKind, Type};
use crate::report::inspect::type_name;

/// Whether a change lets fewer values through, or more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Width {
    pub narrower: bool,
    pub wider: bool,
}

impl Width {
    const SAME: Self = Self {
        narrower: false,
        wider: false,
    };
    const NARROWER: Self = Self {
        narrower: true,
        wider: false,
    };
    const WIDER: Self = Self {
        narrower: false,
        wider: true,
    };
    const OTHER: Self = Self {
        narrower: true,
        wider: true,
    };

    pub(super) fn of(narrower: bool, wider: bool) -> Self {
        Self { narrower, wider }
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self {
            narrower: self.narrower || other.narrower,
            wider: self.wider || other.wider,
        }
    }

    /// What is sent must fit what is asked for now; what is read must fit what was read before.
    pub(super) fn on_wire(self, travels: Travels) -> Wire {
        if self == Self::SAME {
            return Wire::Unseen;
        }
        Wire::breaking(
            self.narrower && travels.sent,
            self.wider && travels.received,
        )
    }
}

/// Whether the compiler sees the same type; an alias of a SID is a spelling only, and so are the texts of instants.
pub(super) fn is_same_in_rust(old: &Type, new: &Type) -> bool {
    match (old, new) {
        (Type::DateTime | Type::Rfc2822, Type::DateTime | Type::Rfc2822) => true,
        (Type::List(old), Type::List(new)) | (Type::Map(old), Type::Map(new)) => {
            is_same_in_rust(old, new)
        }
        _ => old == new,
    }
}

/// How a change of type reads: the names, or the forms where the names are the same.
pub(super) fn in_words(old: &Type, new: &Type) -> String {
    let (before, after) = (type_name(old), type_name(new));
    if before != after {
        return format!("`{before}` to `{after}`");
    }
    match (innermost(old), innermost(new)) {
        (Type::DateTime, Type::Rfc2822) => "an instant of RFC 3339 to one of RFC 2822".to_owned(),
        (Type::Rfc2822, Type::DateTime) => "an instant of RFC 2822 to one of RFC 3339".to_owned(),
        (Type::Sid(before), Type::Sid(after)) => {
            format!("`Sid<{}>` to `Sid<{}>`", before.kind, after.kind)
        }
        _ => format!("`{before}` to another `{after}`"),
    }
}

fn innermost(ty: &Type) -> &Type {
    match ty {
        Type::List(inner) | Type::Map(inner) => innermost(inner),
        _ => ty,
    }
}

/// What a change of type does to the values that travel.
pub(super) fn width<'a>(
    (old, before): (&'a Type, &Catalogue<'a>),
    (new, after): (&'a Type, &Catalogue<'a>),
) -> Width {
    match (old, new) {
        _ if old == new => Width::SAME,
        (Type::List(old), Type::List(new)) | (Type::Map(old), Type::Map(new)) => {
            width((old, before), (new, after))
        }
        (Type::Sid(one), Type::Sid(other)) => {
            match (
                before.api.sids.get(&one.kind),
                after.api.sids.get(&other.kind),
            ) {
                (Some(one), Some(other)) => Width::of(!holds(other, one), !holds(one, other)),
                _ => Width::OTHER,
            }
        }
        (Type::Named(one), Type::Named(other)) => match (before.find(one), after.find(other)) {
            (Some(one), Some(other)) => of_items(one, other),
            _ => Width::OTHER,
        },
        (Type::Json, Type::Json) => Width::SAME,
        (Type::Nullable(old), Type::Nullable(new)) => width((old, before), (new, after)),
        (old, Type::Nullable(new)) => width((old, before), (new, after)).and(Width::WIDER),
        (Type::Nullable(old), new) => width((old, before), (new, after)).and(Width::NARROWER),
        (Type::Integer(old), Type::Integer(new)) => {
            let ((old_min, old_max), (min, max)) = (old.range(), new.range());
            Width::of(
                old_min < min || old_max > max,
                min < old_min || max > old_max,
            )
        }
        (_, Type::Json) | (Type::Integer(_), Type::F64) => Width::WIDER,
        (Type::Json, _) | (Type::F64, Type::Integer(_)) => Width::NARROWER,
        _ if is_any_text(old) && is_any_text(new) => Width::SAME,
        _ if is_some_text(old) && is_any_text(new) => Width::WIDER,
        _ if is_any_text(old) && is_some_text(new) => Width::NARROWER,
        _ => Width::OTHER,
    }
}

fn is_any_text(ty: &Type) -> bool {
    matches!(ty, Type::String)
}

fn is_some_text(ty: &Type) -> bool {
    match ty {
        Type::Named(path) => path.kind == NamedKind::TextEnum,
        _ => ty.is_text() && !is_any_text(ty),
    }
}

/// Types of different names: what they hold at first sight tells whether one only took the place of the other.
fn of_items(old: Item<'_>, new: Item<'_>) -> Width {
    match (old, new) {
        (Item::Enum(old), Item::Enum(new)) => {
            let lists = |one: &crate::model::api::OpenEnum, wire: &Literal| {
                one.variants.iter().any(|variant| variant.wire == *wire)
            };
            let lost = old.variants.iter().any(|one| !lists(new, &one.wire));
            // Reading takes any value.
            Width::of(lost, false)
        }
        (Item::Model(old), Item::Model(new)) => {
            let mut width = Width::SAME;
            for field in &old.fields {
                let kept = new.fields.iter().any(|other| other.wire == field.wire);
                width = width.and(Width::of(false, !kept));
            }
            for field in new.fields.iter().filter(|field| field.is_asked_for()) {
                let known = old.fields.iter().any(|other| other.wire == field.wire);
                width = width.and(Width::of(!known, false));
            }
            width
        }
        (Item::Union(old), Item::Union(new))
            if old.alternatives.len() == new.alternatives.len() =>
        {
            Width::SAME
        }
        _ => Width::OTHER,
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
