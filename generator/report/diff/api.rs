//! One API and what became of it.

use super::catalogue::{Catalogue, Item, Key};
use super::change::{At, Collector, Rust, Wire};
use super::types::{Width, in_words, is_same_in_rust};
use super::{answer, model, operation, values};
use crate::model::api::{Api, Header, Resource, SidAlias, SidKind};
use crate::model::names::Name;
use crate::report::inspect::type_name;
use std::collections::{BTreeMap, BTreeSet};

/// An API whose description is no longer among those of the crate.
pub(super) fn removed(api: &Api, out: &mut Collector<'_>) {
    let class = (Wire::BreaksRequests, Rust::Major);
    let message = format!("the API `{}` and its feature are gone", api.title);
    out.add("api-removed", "", class, At::Old(""), message);
}

/// An API that joins the crate.
pub(super) fn added(api: &Api, out: &mut Collector<'_>) {
    let message = format!(
        "the API `{}` is new, behind a feature of its own",
        api.title
    );
    let class = (Wire::Compatible, Rust::Minor);
    out.add("api-added", "", class, At::New(""), message);
}

/// Compares two versions of an API.
pub(super) fn compare(old: &Api, new: &Api, out: &mut Collector<'_>) {
    let Api {
        title,
        docs,
        // What follows from it is compared: types, parameters, schemes.
        is_twilio: _,
        sids,
        sid_aliases,
        // What a scheme is served by is documentation; an operation says whether it needs credentials.
        schemes: _,
        // Which servers can be chosen is compared by the operations.
        servers: _,
        // Patterns are compared where they apply.
        patterns: _,
        headers,
        // The example to begin with, and the notes for those who generate, reach no caller.
        quickstart: _,
        resources,
        notes: _,
    } = new;
    let (before, after) = (Catalogue::new(old), Catalogue::new(new));
    if old.title != *title {
        let message = format!("the title is `{title}`, and was `{}`", old.title);
        let at = At::Both("/info/title", "/info/title");
        out.add(
            "title-changed",
            "",
            (Wire::Unseen, Rust::Patch),
            at,
            message,
        );
    }
    let at = At::Both("/info/description", "/info/description");
    out.docs((&old.docs, docs), "the API", "", at);
    operation::compare_all(&before, &after, out);
    types(&before, &after, out);
    resource_docs(&old.resources, resources, out);
    kinds(&old.sids, sids, out);
    aliases(&old.sid_aliases, sid_aliases, out);
    compare_headers(&old.headers, headers, out);
}

fn resource_docs(
    old: &BTreeMap<Name, Resource>,
    new: &BTreeMap<Name, Resource>,
    out: &mut Collector<'_>,
) {
    for (module, resource) in new {
        let Resource {
            docs,
            // These are compared by name, wherever they stand.
            models: _,
            enums: _,
            unions: _,
            responses: _,
            webhooks: _,
            operations,
            feature: _,
        } = resource;
        if let (Some(before), Some(first)) = (old.get(module), operations.first()) {
            let what = format!("the resource `{module}`");
            let at = first.pointer.rsplit_once('/').map_or("", |(item, _)| item);
            out.docs((&before.docs, docs), &what, module.as_str(), At::New(at));
        }
    }
}

/// Compares the types by their path; what is gone and what is new is paired by its place in the description.
fn types<'a>(before: &Catalogue<'a>, after: &Catalogue<'a>, out: &mut Collector<'_>) {
    let mut arrivals: BTreeMap<&str, (Key<'a>, Item<'a>)> = BTreeMap::new();
    for (key, item) in &after.types {
        if !before.types.contains_key(key) {
            arrivals.insert(item.pointer(), (*key, *item));
        }
    }
    let mut renamed: BTreeSet<Key<'a>> = BTreeSet::new();
    for (key, item) in &before.types {
        if let Some(now) = after.types.get(key) {
            item_changed((before, *key, *item), (after, *key, *now), out);
        } else if let Some((to, now)) = arrivals.get(item.pointer()).copied()
            && !item.pointer().is_empty()
            && item.noun() == now.noun()
        {
            renamed.insert(to);
            let message = format!(
                "the {} `{}` is called `{}` now",
                item.noun(),
                path(*key),
                path(to)
            );
            let at = At::Both(item.pointer(), now.pointer());
            let class = (Wire::Unseen, Rust::Major);
            out.add("type-renamed", &path(to), class, at, message);
            item_changed((before, *key, *item), (after, to, now), out);
        } else {
            let message = format!("the {} `{}` is gone", item.noun(), path(*key));
            let class = (Wire::Unseen, Rust::Major);
            let at = At::Old(item.pointer());
            out.add("type-removed", &path(*key), class, at, message);
        }
    }
    for (key, item) in after
        .types
        .iter()
        .filter(|(key, _)| !renamed.contains(*key))
    {
        if !before.types.contains_key(key) {
            let message = format!("the {} `{}` is new", item.noun(), path(*key));
            let class = (Wire::Unseen, Rust::Minor);
            let at = At::New(item.pointer());
            out.add("type-added", &path(*key), class, at, message);
        }
    }
}

pub(super) fn path((module, name): Key<'_>) -> String {
    format!("{module}::{name}")
}

/// A type in one of the two APIs.
pub(super) type Found<'c, 'a, T> = (&'c Catalogue<'a>, Key<'a>, T);

fn item_changed<'a>(
    (before, old_key, old): Found<'_, 'a, Item<'a>>,
    (after, key, new): Found<'_, 'a, Item<'a>>,
    out: &mut Collector<'_>,
) {
    match (old, new) {
        (Item::Model(old), Item::Model(new)) => {
            model::compare((before, old_key, old), (after, key, new), out);
        }
        (Item::Enum(old), Item::Enum(new)) => {
            values::compare_enums((before, old_key, old), (after, key, new), out);
        }
        (Item::Union(old), Item::Union(new)) => {
            values::compare_unions((before, old_key, old), (after, key, new), out);
        }
        (Item::Responses(old), Item::Responses(new)) => {
            answer::compare_by_status((before, old), (after, key, new), out);
        }
        (old, new) => {
            let message = format!(
                "`{}` was a {}, and is a {} now",
                path(key),
                old.noun(),
                new.noun()
            );
            let travels = before.travels(old_key).or(after.travels(key));
            let class = (Width::of(true, true).on_wire(travels), Rust::Major);
            let at = At::Both(old.pointer(), new.pointer());
            out.add("type-kind-changed", &path(key), class, at, message);
        }
    }
}

fn kinds(old: &BTreeMap<Name, SidKind>, new: &BTreeMap<Name, SidKind>, out: &mut Collector<'_>) {
    for (name, kind) in old {
        let path = format!("sids::{name}");
        let Some(now) = new.get(name) else {
            let message = format!("no SID is a `Sid<{name}>` any more: the kind is gone");
            let class = (Wire::Unseen, Rust::Major);
            out.add(
                "sid-kind-removed",
                &path,
                class,
                At::Old(&kind.pointer),
                message,
            );
            continue;
        };
        // The name says which prefixes and digits there are; their order and spelling are left.
        let SidKind {
            pattern,
            prefixes,
            digits,
            pointer,
        } = now;
        if kind.pattern != *pattern || kind.prefixes != *prefixes || kind.digits != *digits {
            let message = format!(
                "the pattern of `Sid<{name}>` is written `{pattern}`, and was `{}`",
                kind.pattern
            );
            let class = (Wire::Unseen, Rust::Patch);
            let at = At::Both(&kind.pointer, pointer);
            out.add("sid-pattern-respelled", &path, class, at, message);
        }
    }
    for (name, kind) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
        let message = format!("there is a new kind of SID, `Sid<{name}>`");
        let class = (Wire::Unseen, Rust::Minor);
        let path = format!("sids::{name}");
        out.add(
            "sid-kind-added",
            &path,
            class,
            At::New(&kind.pointer),
            message,
        );
    }
}

fn aliases(
    old: &BTreeMap<Name, SidAlias>,
    new: &BTreeMap<Name, SidAlias>,
    out: &mut Collector<'_>,
) {
    for (name, alias) in old {
        let path = format!("sids::{name}");
        let Some(now) = new.get(name) else {
            let message = format!("the alias `{name}` of `Sid<{}>` is gone", alias.kind);
            let class = (Wire::Unseen, Rust::Major);
            out.add(
                "sid-alias-removed",
                &path,
                class,
                At::Old(&alias.pointer),
                message,
            );
            continue;
        };
        let SidAlias {
            kind,
            model,
            pointer,
        } = now;
        let at = At::Both(&alias.pointer, pointer);
        if alias.kind != *kind {
            let message = format!("`{name}` is `Sid<{kind}>`, and was `Sid<{}>`", alias.kind);
            let class = (Wire::Unseen, Rust::Major);
            out.add("sid-alias-changed", &path, class, at, message);
        } else if alias.model != *model {
            let message = format!("`{name}` is documented as that of another struct");
            let class = (Wire::Unseen, Rust::Patch);
            out.add("docs-changed", &path, class, at, message);
        }
    }
    for (name, alias) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
        let message = format!("`Sid<{}>` has the new alias `{name}`", alias.kind);
        let class = (Wire::Unseen, Rust::Minor);
        let path = format!("sids::{name}");
        out.add(
            "sid-alias-added",
            &path,
            class,
            At::New(&alias.pointer),
            message,
        );
    }
}

fn compare_headers(
    old: &BTreeMap<Name, Header>,
    new: &BTreeMap<Name, Header>,
    out: &mut Collector<'_>,
) {
    for (name, header) in old {
        let path = format!("headers::{name}");
        let Some(now) = new.get(name) else {
            let message = format!(
                "no operation answers with the header `{}` any more",
                header.wire
            );
            let class = (Wire::BreaksResponses, Rust::Major);
            out.add(
                "header-removed",
                &path,
                class,
                At::Old(&header.pointer),
                message,
            );
            continue;
        };
        let Header {
            wire,
            docs,
            ty,
            pointer,
        } = now;
        let at = At::Both(&header.pointer, pointer);
        if !is_same_in_rust(&header.ty, ty) {
            let message = format!(
                "the header `{wire}` changed from {}",
                in_words(&header.ty, ty)
            );
            let class = (Wire::BreaksResponses, Rust::Major);
            out.add("header-type-changed", &path, class, at, message);
        }
        if header.wire != *wire {
            let message = format!("the header `{}` is called `{wire}` now", header.wire);
            let class = (Wire::BreaksResponses, Rust::Patch);
            out.add("header-renamed", &path, class, at, message);
        }
        let what = format!("the header `{wire}`");
        out.docs((&header.docs, docs), &what, &path, at);
    }
    for (name, header) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
        let message = format!(
            "operations answer with the header `{}`, a `{}`",
            header.wire,
            type_name(&header.ty)
        );
        let class = (Wire::Compatible, Rust::Minor);
        let path = format!("headers::{name}");
        out.add(
            "header-added",
            &path,
            class,
            At::New(&header.pointer),
            message,
        );
    }
}
