//! What tells the alternatives of a union apart: the discriminator, or a constant of the alternative itself.

use super::catalogue::{Catalogue, Item, Key, path};
use super::types::Width;
use crate::model::api::{Alternative, Constant, Literal, Selection, Type, Union};
use std::collections::BTreeSet;

/// A member, and the values that it has in an alternative.
type Tag = (String, Vec<String>);

/// What an alternative has in the member that tells it from the others.
#[derive(PartialEq, Eq)]
pub(super) enum Tags {
    /// Nothing.
    Free,
    /// This, which its type says: a change of it is one of the type.
    Pinned(Tag),
    /// This, which only the discriminator says.
    Other(Tag),
}

impl Tags {
    pub fn new(catalogue: &Catalogue<'_>, union: &Union, one: &Alternative) -> Self {
        let member = union.tag.clone().or_else(|| selected_by(&union.selection));
        let Some(member) = member.filter(|_| !one.tags.is_empty()) else {
            return Self::Free;
        };
        let constant = constant(catalogue, &one.ty, &member);
        if let Some(constant) = constant.filter(|constant| one.tags.contains(&constant.value)) {
            return Self::Pinned((member, vec![constant.value.to_string()]));
        }
        if one.written_tag.is_none() && union.tag.is_none() {
            return Self::Free;
        }
        let mut tags: Vec<String> = one.tags.iter().map(Literal::to_string).collect();
        tags.sort();
        Self::Other((member, tags))
    }

    pub fn width(&self, now: &Self) -> Width {
        match (self, now) {
            (Self::Free | Self::Pinned(_), Self::Free | Self::Pinned(_)) => Width::SAME,
            // Requests have to have it from now on; responses may no longer.
            (Self::Free, Self::Other(_)) => Width::NARROWER,
            (Self::Other(_), Self::Free) => Width::WIDER,
            (
                Self::Other((old, before)),
                Self::Other((new, after)) | Self::Pinned((new, after)),
            )
            | (Self::Pinned((old, before)), Self::Other((new, after))) => {
                let lost = before.iter().any(|tag| !after.contains(tag));
                let gained = after.iter().any(|tag| !before.contains(tag));
                match (old == new, lost, gained) {
                    (false, _, _) => Width::OTHER,
                    (true, true, gained) => Width::new(true, gained),
                    (true, false, true) => Width::EXTENDED,
                    (true, false, false) => Width::SAME,
                }
            }
        }
    }

    /// What has changed, in the same words for all alternatives where the values are the same.
    pub fn change(&self, now: &Self) -> String {
        match (self.tag(), now.tag()) {
            (Some((old, before)), Some((new, after))) if before != after => {
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
            _ => {
                format!("recognised by {}, was by {}", now.member(), self.member())
            }
        }
    }

    fn tag(&self) -> Option<&Tag> {
        match self {
            Self::Free => None,
            Self::Pinned(tag) | Self::Other(tag) => Some(tag),
        }
    }

    fn member(&self) -> String {
        match self.tag() {
            None => "its fields".to_owned(),
            Some((member, _)) => format!("`{member}`"),
        }
    }
}

/// Whether a struct is used as an alternative of unions only, each of which says that it has this value in this member.
pub(super) fn is_tagged<'a>(catalogue: &Catalogue<'a>, key: Key<'a>, constant: &Constant) -> bool {
    let tag = (constant.wire.clone(), vec![constant.value.to_string()]);
    let is_inside = |ty: &Type| {
        let mut named = ty.named().into_iter();
        named.any(|path| (&path.module, &path.name) == key)
    };
    let unions = catalogue.types.iter().filter_map(|(key, item)| match item {
        Item::Union(union) => Some((*key, *union)),
        Item::Model(_) | Item::Enum(_) | Item::Responses(_) => None,
    });
    let tagging = unions.filter(|(_, union)| {
        let mut uses = union.alternatives.iter().filter(|one| is_inside(&one.ty));
        uses.all(|one| {
            matches!(one.ty, Type::Named(_)) && Tags::new(catalogue, union, one).tag() == Some(&tag)
        })
    });
    let tagging: BTreeSet<String> = tagging.map(|(key, _)| path(key)).collect();
    let mut users = catalogue.users(key).peekable();
    users.peek().is_some() && users.all(|user| tagging.contains(user))
}

/// The constant that a type has in a member.
fn constant<'a>(catalogue: &Catalogue<'a>, ty: &Type, member: &str) -> Option<&'a Constant> {
    let Type::Named(path) = ty else {
        return None;
    };
    match catalogue.find(path)? {
        Item::Model(model) => model
            .constants
            .iter()
            .find(|constant| constant.wire == member),
        Item::Enum(_) | Item::Union(_) | Item::Responses(_) => None,
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
