//! Types that come and go because of something else: with an operation, or with a field.

use super::catalogue::{Catalogue, Key, path};
use super::code::ChangeCode;
use super::collector::Entry;
use super::context::Context;
use super::fold::{attach, new_paths};
use super::follow;
use super::traits;
use std::collections::{BTreeMap, BTreeSet};

/// Makes what only follows from other differences a part of them.
pub(super) fn attach_all(entries: Vec<Entry>, ctx: &Context<'_>) -> Vec<Entry> {
    let paths = new_paths(ctx);
    let to_new = |path: &str| paths.get(path).cloned().unwrap_or_else(|| path.to_owned());
    let entries = types(entries, ChangeCode::TypeRemoved, &ctx.before, &to_new);
    let entries = types(entries, ChangeCode::TypeAdded, &ctx.after, &str::to_owned);
    let entries = traits::attach_all(entries, ctx, &paths);
    follow::attach_all(entries, ctx)
}

/// Attaches the types that came or went to what made them come or go.
fn types(
    entries: Vec<Entry>,
    code: ChangeCode,
    catalogue: &Catalogue<'_>,
    to_new: &dyn Fn(&str) -> String,
) -> Vec<Entry> {
    let (dependent, mut others): (Vec<Entry>, Vec<Entry>) =
        entries.into_iter().partition(|entry| entry.code == code);
    let keys: BTreeMap<String, Key<'_>> = catalogue
        .types
        .keys()
        .map(|key| (path(*key), *key))
        .collect();
    let mut by_owner: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, entry) in others.iter().enumerate() {
        if is_structural(entry.code) {
            by_owner.entry(&entry.owner).or_default().push(index);
        }
    }
    let search = Search {
        catalogue,
        keys: &keys,
        dependent: dependent.iter().map(|entry| entry.owner.as_str()).collect(),
        by_owner: &by_owner,
        entries: &others,
        to_new,
    };
    let causes: Vec<Option<usize>> = dependent
        .iter()
        .map(|entry| search.cause(&entry.owner))
        .collect();
    let mut left = Vec::new();
    for (entry, cause) in dependent.into_iter().zip(causes) {
        match cause.and_then(|cause| others.get_mut(cause)) {
            Some(cause) => attach(cause, entry),
            None => left.push(entry),
        }
    }
    others.extend(left);
    others
}

/// What looks for the difference that made a type come or go.
struct Search<'s> {
    catalogue: &'s Catalogue<'s>,
    keys: &'s BTreeMap<String, Key<'s>>,
    /// The types that came or went, by their paths.
    dependent: BTreeSet<&'s str>,
    /// The differences that may be causes, by operation or type.
    by_owner: &'s BTreeMap<&'s str, Vec<usize>>,
    entries: &'s [Entry],
    to_new: &'s dyn Fn(&str) -> String,
}

impl Search<'_> {
    /// Returns the first difference of an operation or a type that uses this one, by way of others that came or went with it.
    fn cause(&self, of: &str) -> Option<usize> {
        let mut seen = BTreeSet::from([of.to_owned()]);
        let mut open = vec![of.to_owned()];
        let mut found: Vec<usize> = Vec::new();
        while let Some(path) = open.pop() {
            let Some(key) = self.keys.get(&path) else {
                continue;
            };
            for user in self.catalogue.users(*key) {
                if self.dependent.contains(user) {
                    if seen.insert(user.to_owned()) {
                        open.push(user.to_owned());
                    }
                } else {
                    found.extend(self.of_user(user, &path));
                }
            }
        }
        // What comes or goes as a whole explains more than what only changed.
        let weight = |index: &usize| {
            let code = self.entries.get(*index).map(|entry| entry.code);
            let is_whole = matches!(
                code,
                Some(
                    ChangeCode::OperationAdded
                        | ChangeCode::OperationRemoved
                        | ChangeCode::WebhookAdded
                        | ChangeCode::WebhookRemoved
                )
            );
            (!is_whole, *index)
        };
        found.into_iter().min_by_key(weight)
    }

    /// The difference of a user: the one of the part that has the type, or the first of any.
    fn of_user(&self, user: &str, path: &str) -> Option<usize> {
        let owner = (self.to_new)(user);
        let candidates = self.by_owner.get(owner.as_str());
        let candidates = candidates.or_else(|| self.by_owner.get(user))?;
        let parts = self
            .keys
            .get(user)
            .and_then(|key| self.catalogue.types.get(key));
        let parts = parts.into_iter().flat_map(|item| item.parts());
        let parts = parts.filter(|(_, ty)| {
            let mut inside = ty.named().into_iter();
            inside.any(|inside| format!("{}::{}", inside.module, inside.name) == path)
        });
        let parts: Vec<&str> = parts.map(|(name, _)| name).collect();
        let is_of_part = |index: &&usize| {
            let spots = self.entries.get(**index).map(|entry| entry.spots.iter());
            spots.into_iter().flatten().any(|spot| {
                let last = spot.path.rsplit("::").next();
                last.is_some_and(|last| parts.contains(&last))
            })
        };
        let of_part = candidates.iter().find(is_of_part);
        of_part.or_else(|| candidates.first()).copied()
    }
}

/// Whether a difference can bring types, or take them away.
pub(super) fn is_structural(code: ChangeCode) -> bool {
    matches!(
        code,
        ChangeCode::OperationAdded
            | ChangeCode::OperationRemoved
            | ChangeCode::ParameterAdded
            | ChangeCode::RequiredParameterAdded
            | ChangeCode::ParameterRemoved
            | ChangeCode::ParameterTypeChanged
            | ChangeCode::BodyFormChanged
            | ChangeCode::ResponseTypeChanged
            | ChangeCode::ErrorTypeChanged
            | ChangeCode::StreamAdded
            | ChangeCode::StreamRemoved
            | ChangeCode::StreamEventChanged
            | ChangeCode::WebhookAdded
            | ChangeCode::WebhookRemoved
            | ChangeCode::WebhookChanged
            | ChangeCode::ResponseAdded
            | ChangeCode::ResponseRemoved
            | ChangeCode::TypeKindChanged
            | ChangeCode::FieldAdded
            | ChangeCode::RequiredFieldAdded
            | ChangeCode::FieldRemoved
            | ChangeCode::FieldTypeChanged
            | ChangeCode::ConstantAdded
            | ChangeCode::ConstantRemoved
            | ChangeCode::AdditionalPropertiesAdded
            | ChangeCode::AdditionalPropertiesRemoved
            | ChangeCode::AlternativeAdded
            | ChangeCode::AlternativeRemoved
            | ChangeCode::AlternativeTypeChanged
    )
}
