//! The traits that types implement beside those that all of their kind have: `Eq` and `Hash`, which a floating-point number
//! anywhere inside rules out, and those that the configuration derives.

use super::catalogue::{Catalogue, Item, Key, operations, path};
use super::cause::attach_where;
use super::change::{Rust, Wire};
use super::code::ChangeCode;
use super::collector::{At, Collector, Entry, Noun, Subject};
use super::context::Context;
use super::operation::Pair;
use crate::model::api::{Constructor, Operation, Type};
use crate::model::settings::RustPath;
use std::collections::{BTreeMap, BTreeSet};

/// Compares the traits of a type.
pub(super) fn of_type<'a>(
    ctx: &Context<'a>,
    (old_key, old): (Key<'a>, Item<'a>),
    (key, new): (Key<'a>, Item<'a>),
    out: &mut Collector,
) {
    let before = of_item(&ctx.before, old_key, old);
    let after = of_item(&ctx.after, key, new);
    let subject = Subject::item(new.noun(), path(key));
    let at = At::Both(old.pointer(), new.pointer());
    compare(&subject, at, (&before, &after), out);
}

/// Compares the traits of a request, and of the struct of its required parameters.
pub(super) fn of_operation(pair: &Pair<'_, '_>, out: &mut Collector) {
    let of = |catalogue: &Catalogue<'_>, operation: &Operation, required: bool| {
        let mut params = operation.params.iter();
        let is_hashable = params
            .all(|param| required && !param.required || catalogue.hashable.contains_param(param));
        hash(is_hashable)
    };
    let (before, after) = (&pair.ctx.before, &pair.ctx.after);
    let traits = (of(before, pair.old, false), of(after, pair.new, false));
    let subject = pair.subject();
    compare(&subject, pair.at(), (&traits.0, &traits.1), out);
    if let (Constructor::Named(_), Constructor::Named(params)) =
        (&pair.old.constructor, &pair.new.constructor)
    {
        let traits = (of(before, pair.old, true), of(after, pair.new, true));
        let subject = Subject {
            owner: subject.owner,
            ..Subject::item(Noun::Operation, path((pair.module, params)))
        };
        compare(&subject, pair.at(), (&traits.0, &traits.1), out);
    }
}

fn hash(is_hashable: bool) -> Vec<String> {
    let traits: &[&str] = if is_hashable { &["Eq", "Hash"] } else { &[] };
    traits.iter().map(|one| (*one).to_owned()).collect()
}

fn of_item(catalogue: &Catalogue<'_>, key: Key<'_>, item: Item<'_>) -> Vec<String> {
    let (mut traits, derives): (Vec<String>, &[RustPath]) = match item {
        Item::Model(model) => (hash(catalogue.hashable.has(key.0, key.1)), &model.derives),
        Item::Union(union) => (hash(catalogue.hashable.has(key.0, key.1)), &union.derives),
        Item::Enum(one) => (Vec::new(), &one.derives),
        Item::Responses(_) => (Vec::new(), &[]),
    };
    let own: &[&str] = match item {
        Item::Enum(_) => &[
            "Debug",
            "Clone",
            "PartialEq",
            "Eq",
            "PartialOrd",
            "Ord",
            "Hash",
        ],
        Item::Model(_) | Item::Union(_) | Item::Responses(_) => {
            &["Debug", "Clone", "PartialEq", "Default"]
        }
    };
    for derive in derives.iter().filter(|derive| !derive.is_one_of(own)) {
        let derive = derive.as_str().to_owned();
        if !traits.contains(&derive) {
            traits.push(derive);
        }
    }
    traits
}

fn compare(subject: &Subject, at: At<'_>, (old, new): (&[String], &[String]), out: &mut Collector) {
    let missing = |these: &[String], others: &[String]| -> Option<String> {
        let missing = these.iter().filter(|one| !others.contains(one));
        let missing: Vec<String> = missing.map(|one| format!("`{one}`")).collect();
        (!missing.is_empty()).then(|| missing.join(" and "))
    };
    if let Some(traits) = missing(old, new) {
        let class = (Wire::Unseen, Rust::Major);
        let what = format!("no longer implements {traits}");
        out.add(ChangeCode::TraitsRemoved, subject, class, at, what);
    }
    if let Some(traits) = missing(new, old) {
        let class = (Wire::Unseen, Rust::Minor);
        let what = format!("implements {traits}");
        out.add(ChangeCode::TraitsAdded, subject, class, at, what);
    }
}

/// Makes traits that come and go with what is inside a part of the difference that it comes or goes with.
pub(super) fn attach_all(
    entries: Vec<Entry>,
    ctx: &Context<'_>,
    new_paths: &BTreeMap<String, String>,
) -> Vec<Entry> {
    let is_of_traits = |entry: &Entry| {
        matches!(
            entry.code,
            ChangeCode::TraitsAdded | ChangeCode::TraitsRemoved
        )
    };
    if !entries.iter().any(is_of_traits) {
        return entries;
    }
    let old_paths: BTreeMap<&str, &str> = new_paths
        .iter()
        .map(|(old, new)| (new.as_str(), old.as_str()))
        .collect();
    let (before, after) = (parts(&ctx.before), parts(&ctx.after));
    attach_where(entries, |entries, _, entry| match entry.code {
        ChangeCode::TraitsRemoved => {
            let to_new = |path: &str| path.to_owned();
            cause(entries, (&ctx.after, &after), &entry.owner, &to_new)
        }
        ChangeCode::TraitsAdded => {
            let to_new = |path: &str| {
                let renamed = new_paths.get(path);
                renamed.cloned().unwrap_or_else(|| path.to_owned())
            };
            let old = old_paths.get(entry.owner.as_str()).copied();
            let old = old.unwrap_or(&entry.owner);
            cause(entries, (&ctx.before, &before), old, &to_new)
        }
        _ => None,
    })
}

/// What is inside each type and each operation, by their paths.
type Parts<'a> = BTreeMap<String, Vec<(&'a str, &'a Type)>>;

fn parts<'a>(catalogue: &Catalogue<'a>) -> Parts<'a> {
    let types = catalogue.types.iter();
    let types = types.map(|(key, item)| (path(*key), item.parts()));
    let operations = operations(catalogue.api).map(|(module, operation)| {
        let params = operation.params.iter();
        let params = params.map(|param| (param.name.as_str(), &param.ty));
        (path((module, &operation.name)), params.collect())
    });
    types.chain(operations).collect()
}

/// Finds the difference of the part that rules `Eq` and `Hash` out, in the type or in one of those inside.
fn cause(
    entries: &[Entry],
    (catalogue, parts): (&Catalogue<'_>, &Parts<'_>),
    start: &str,
    to_new: &dyn Fn(&str) -> String,
) -> Option<usize> {
    let mut seen = BTreeSet::from([start.to_owned()]);
    let mut open = vec![start.to_owned()];
    while let Some(owner) = open.pop() {
        let Some(parts) = parts.get(&owner) else {
            continue;
        };
        let owner = to_new(&owner);
        for (name, ty) in parts {
            if catalogue.hashable.contains(ty) {
                continue;
            }
            let found = entries.iter().position(|entry| {
                entry.owner == owner && is_of_part(entry.code) && has_part(entry, name)
            });
            if found.is_some() {
                return found;
            }
            for inside in ty.named() {
                let inside = path((&inside.module, &inside.name));
                if seen.insert(inside.clone()) {
                    open.push(inside);
                }
            }
        }
    }
    None
}

/// Whether a difference is about a part of this name, or about an argument of `new`.
fn has_part(entry: &Entry, name: &str) -> bool {
    entry.spots.iter().any(|spot| {
        let last = spot.path.rsplit("::").next();
        last.is_some_and(|last| last == name || last == "new")
    })
}

fn is_of_part(code: ChangeCode) -> bool {
    matches!(
        code,
        ChangeCode::FieldAdded
            | ChangeCode::RequiredFieldAdded
            | ChangeCode::FieldRemoved
            | ChangeCode::FieldTypeChanged
            | ChangeCode::ConstantRemoved
            | ChangeCode::AdditionalPropertiesAdded
            | ChangeCode::AdditionalPropertiesRemoved
            | ChangeCode::AlternativeAdded
            | ChangeCode::AlternativeRemoved
            | ChangeCode::AlternativeTypeChanged
            | ChangeCode::ParameterAdded
            | ChangeCode::RequiredParameterAdded
            | ChangeCode::ParameterRemoved
            | ChangeCode::ParameterTypeChanged
    )
}
