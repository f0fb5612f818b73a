//! What is called otherwise now: types by their place and their shape, members by their type, place, description and name.

use super::catalogue::{Catalogue, Item, Key};
use super::operation::Pairing;
use crate::model::api::{Model, OpenEnum, Responses, Type, Union};
use heck::ToSnakeCase;
use std::collections::{BTreeMap, BTreeSet};

type Renamed<'a> = BTreeMap<Key<'a>, Key<'a>>;

/// What looks for types that are called otherwise now.
struct Search<'c, 'a> {
    before: &'c Catalogue<'a>,
    after: &'c Catalogue<'a>,
    renamed: Renamed<'a>,
    /// The new keys that are taken.
    taken: BTreeSet<Key<'a>>,
    seen: BTreeSet<(Key<'a>, Key<'a>)>,
}

/// Finds the new names of types: first by where the description has them, then by what uses them, then by their own name in
/// another module. Types are not taken for each other that share less than half of their members.
pub(super) fn types<'a>(
    before: &Catalogue<'a>,
    after: &Catalogue<'a>,
    operations: &Pairing<'a>,
) -> Renamed<'a> {
    let mut search = Search {
        before,
        after,
        renamed: Renamed::new(),
        taken: BTreeSet::new(),
        seen: BTreeSet::new(),
    };
    search.by_pointer();
    for ((_, old), (_, new)) in operations.pairs() {
        for param in &old.params {
            let now = new.params.iter().find(|other| other.wire == param.wire);
            if let Some(now) = now {
                search.walk(&param.ty, &now.ty);
            }
        }
        for (old, new) in [(&old.output, &new.output), (&old.error, &new.error)] {
            if let (Some(old), Some(new)) = (old, new) {
                search.walk(old, new);
            }
        }
        if let (Some(old), Some(new)) = (&old.streaming, &new.streaming) {
            search.walk(&old.event, &new.event);
        }
    }
    search.by_name();
    search.renamed
}

impl<'a> Search<'_, 'a> {
    fn gone(&self) -> Vec<(Key<'a>, Item<'a>)> {
        let types = self.before.types.iter().map(|(key, item)| (*key, *item));
        let types = types.filter(|(key, _)| !self.after.types.contains_key(key));
        types
            .filter(|(key, _)| !self.renamed.contains_key(key))
            .collect()
    }

    fn arrived(&self) -> Vec<(Key<'a>, Item<'a>)> {
        let types = self.after.types.iter().map(|(key, item)| (*key, *item));
        let types = types.filter(|(key, _)| !self.before.types.contains_key(key));
        types.filter(|(key, _)| !self.taken.contains(key)).collect()
    }

    fn rename(&mut self, old: Key<'a>, new: Key<'a>) {
        self.renamed.insert(old, new);
        self.taken.insert(new);
    }

    fn by_pointer(&mut self) {
        let arrived = self.arrived();
        let arrived: BTreeMap<&str, (Key<'a>, Item<'a>)> = arrived
            .into_iter()
            .map(|one| (one.1.pointer(), one))
            .collect();
        for (key, item) in self.gone() {
            if let Some((to, now)) = arrived.get(item.pointer())
                && !item.pointer().is_empty()
                && item.noun() == now.noun()
            {
                self.rename(key, *to);
            }
        }
    }

    fn by_name(&mut self) {
        let arrived = self.arrived();
        for (key, item) in self.gone() {
            let mut namesakes = arrived.iter().filter(|(to, now)| {
                to.1 == key.1 && !self.taken.contains(to) && is_alike(item, *now)
            });
            if let (Some((to, _)), None) = (namesakes.next(), namesakes.next()) {
                let to = *to;
                self.rename(key, to);
            }
        }
    }

    /// Compares what is at one place on both sides, and what is inside.
    fn walk(&mut self, old: &'a Type, new: &'a Type) {
        match (old, new) {
            (Type::Named(old), Type::Named(new)) => {
                let (old, new) = ((&old.module, &old.name), (&new.module, &new.name));
                self.walk_items(old, new);
            }
            (Type::List(old), Type::List(new))
            | (Type::Map(old), Type::Map(new))
            | (Type::Nullable(old), Type::Nullable(new)) => self.walk(old, new),
            (Type::Tuple(old), Type::Tuple(new)) => {
                for (old, new) in old.iter().zip(new) {
                    self.walk(old, new);
                }
            }
            (Type::Nullable(old), new) => self.walk(old, new),
            (old, Type::Nullable(new)) => self.walk(old, new),
            _ => {}
        }
    }

    fn walk_items(&mut self, old: Key<'a>, new: Key<'a>) {
        if !self.seen.insert((old, new)) {
            return;
        }
        let (Some(item), Some(now)) = (self.before.types.get(&old), self.after.types.get(&new))
        else {
            return;
        };
        let (item, now) = (*item, *now);
        if old != new && self.renamed.get(&old) != Some(&new) {
            let is_free = !self.after.types.contains_key(&old)
                && !self.before.types.contains_key(&new)
                && !self.renamed.contains_key(&old)
                && !self.taken.contains(&new);
            if !(is_free && is_alike(item, now)) {
                return;
            }
            self.rename(old, new);
        }
        let parts = now.parts();
        for (name, ty) in item.parts() {
            if let Some((_, other)) = parts.iter().find(|(other, _)| *other == name) {
                self.walk(ty, other);
            }
        }
    }
}

/// Whether two types of one kind share at least half of their members.
fn is_alike(old: Item<'_>, new: Item<'_>) -> bool {
    if old.noun() != new.noun() {
        return false;
    }
    let (old, new) = (members(old), members(new));
    let shared = old.intersection(&new).count();
    shared * 2 >= old.len().max(new.len())
}

fn members(item: Item<'_>) -> BTreeSet<String> {
    match item {
        Item::Model(Model {
            fields, constants, ..
        }) => {
            let fields = fields.iter().map(|field| field.wire.clone());
            let constants = constants.iter().map(|constant| constant.wire.clone());
            fields.chain(constants).collect()
        }
        Item::Enum(OpenEnum { variants, .. }) => variants
            .iter()
            .map(|variant| variant.wire.to_string())
            .collect(),
        Item::Union(Union { alternatives, .. }) => alternatives
            .iter()
            .map(|alternative| alternative.name.to_string())
            .collect(),
        Item::Responses(Responses { variants, .. }) => variants
            .iter()
            .map(|one| format!("{:?} {:?}", one.statuses, one.media_types))
            .collect(),
    }
}

/// A member that was removed or added: what tells whether it only has another name.
pub(super) struct Member<'m> {
    pub wire: &'m str,
    pub docs: &'m crate::model::api::Docs,
    /// Its place among the members.
    pub index: usize,
}

/// Pairs what was removed with what was added, where it is the same under another name; `fits` tells whether the types of two,
/// by index, agree.
pub(super) fn members_renamed(
    removed: &[Member<'_>],
    added: &[Member<'_>],
    fits: impl Fn(usize, usize) -> bool,
) -> Vec<(usize, usize)> {
    let is_only = removed.len() == 1 && added.len() == 1;
    let is_same = |old: &Member<'_>, new: &Member<'_>| {
        let has_same_docs = old.docs == new.docs && !old.docs.is_empty();
        has_same_docs || shares_words(old.wire, new.wire) || (is_only && old.index == new.index)
    };
    let all: Vec<Vec<usize>> = removed
        .iter()
        .enumerate()
        .map(|(from, old)| {
            let candidates = added.iter().enumerate();
            let candidates = candidates.filter(|(to, new)| fits(from, *to) && is_same(old, new));
            candidates.map(|(to, _)| to).collect()
        })
        .collect();
    let mut pairs = Vec::new();
    for (from, to) in all.iter().enumerate() {
        let [to] = to.as_slice() else { continue };
        let rivals = all.iter().filter(|others| others.contains(to)).count();
        if rivals == 1 {
            pairs.push((from, *to));
        }
    }
    pairs
}

/// Whether two names share at least half of their words: `userSid` and `user_id`.
fn shares_words(old: &str, new: &str) -> bool {
    let words = |name: &str| -> BTreeSet<String> {
        let words = name.to_snake_case();
        words.split('_').map(str::to_owned).collect()
    };
    let (old, new) = (words(old), words(new));
    old.intersection(&new).count() * 2 >= old.len().max(new.len())
}
