//! One API and what became of it.

use super::catalogue::{Item, Key, path};
use super::change::{Rust, Wire};
use super::code::ChangeCode;
use super::collector::{At, Collector, Noun, Subject};
use super::context::Context;
use super::types::{Width, renamed_key};
use super::{
    enums, headers, model, operation, response, security, servers, sids, traits, unions, webhooks,
};
use crate::model::api::{Api, Resource};
use crate::model::names::Name;
use std::collections::{BTreeMap, BTreeSet};

/// The API as a whole, as a subject.
fn whole(api: &Api) -> Subject {
    Subject {
        label: format!("the API `{}`", api.title),
        ..Subject::item(Noun::Api, "")
    }
}

/// An API whose description is no longer among those of the crate.
pub(super) fn removed(api: &Api, out: &mut Collector) {
    let class = (Wire::BreaksRequests, Rust::Major);
    let what = "removed, with its feature";
    out.add(
        ChangeCode::ApiRemoved,
        &whole(api),
        class,
        At::Old(""),
        what,
    );
}

/// An API that joins the crate.
pub(super) fn added(api: &Api, out: &mut Collector) {
    let class = (Wire::Compatible, Rust::Minor);
    let what = "added, behind a feature of its own";
    out.add(ChangeCode::ApiAdded, &whole(api), class, At::New(""), what);
}

/// Compares two versions of an API.
pub(super) fn compare(ctx: &Context<'_>, out: &mut Collector) {
    let (old, new) = (ctx.before.api, ctx.after.api);
    let Api {
        title,
        docs,
        is_twilio: _, // what follows from it is compared: types, parameters, schemes
        sids,
        sid_aliases,
        schemes: _,  // by `security`, with what operations require
        servers: _,  // by `servers`
        patterns: _, // by the values that they apply to
        headers,
        quickstart: _, // documentation of the crate, which reaches no caller
        resources,
        outlines: _, // by the bodies that use them
        notes: _,    // what the crate does not do, which `inspect` lists
        nesting: _,  // follows from the types
    } = new;
    let subject = whole(new);
    if old.title != *title {
        let what = format!("title changed from `{}`", old.title);
        let at = At::Both("/info/title", "/info/title");
        let class = (Wire::Unseen, Rust::Patch);
        out.add(ChangeCode::TitleChanged, &subject, class, at, what);
    }
    let at = At::Both("/info/description", "/info/description");
    out.docs((&old.docs, docs), &subject, at);
    operation::compare_all(ctx, out);
    webhooks::compare_all(ctx, out);
    security::unused_schemes(old, new, out);
    security::docs_of_schemes(old, new, out);
    servers::compare_all(ctx, out);
    types(ctx, out);
    compare_resources(&old.resources, resources, out);
    sids::kinds(&old.sids, sids, out);
    sids::aliases(&old.sid_aliases, sid_aliases, out);
    headers::compare(ctx, (&old.headers, headers), out);
}

fn compare_resources(
    old: &BTreeMap<Name, Resource>,
    new: &BTreeMap<Name, Resource>,
    out: &mut Collector,
) {
    for (module, resource) in new {
        let Resource {
            docs,
            models: _,    // by `types`
            enums: _,     // by `types`
            unions: _,    // by `types`
            responses: _, // by `types`
            webhooks: _,  // by `webhooks`
            operations,
            feature,
        } = resource;
        if let (Some(before), Some(first)) = (old.get(module), operations.first()) {
            let at = first.pointer.rsplit_once('/').map_or("", |(item, _)| item);
            let subject = Subject::item(Noun::Resource, module.to_string());
            out.docs((&before.docs, docs), &subject, At::New(at));
            if !before.operations.is_empty() && before.feature != *feature {
                let what = match (&before.feature, feature) {
                    (None, Some(_)) => "now behind a feature of its own".to_owned(),
                    (_, None) => "no longer behind a feature of its own".to_owned(),
                    (Some(old), Some(new)) => {
                        format!("behind the feature `{new}` instead of `{old}`")
                    }
                };
                let class = (Wire::Unseen, Rust::Major);
                out.add(
                    ChangeCode::FeatureChanged,
                    &subject,
                    class,
                    At::New(at),
                    what,
                );
            }
        }
    }
}

/// Compares the types by their path, and those that are called otherwise now.
fn types(ctx: &Context<'_>, out: &mut Collector) {
    for (key, item) in &ctx.before.types {
        let to = renamed_key(ctx, *key);
        let Some(now) = ctx.after.types.get(&to) else {
            let subject = Subject::item(item.noun(), path(*key));
            let class = (Wire::Unseen, Rust::Major);
            let at = At::Old(item.pointer());
            out.add(ChangeCode::TypeRemoved, &subject, class, at, "removed");
            continue;
        };
        if to != *key {
            let subject = Subject {
                label: format!("{} `{}`", item.word(), path(*key)),
                ..Subject::item(item.noun(), path(to))
            };
            let what = if key.1 == to.1 {
                format!("moved to the module `{}`", to.0)
            } else {
                format!("renamed to `{}`", path(to))
            };
            let at = At::Both(item.pointer(), now.pointer());
            let class = (Wire::Unseen, Rust::Major);
            out.add(ChangeCode::TypeRenamed, &subject, class, at, what);
        }
        both(ctx, (*key, *item), (to, *now), out);
    }
    let renamed: BTreeSet<Key<'_>> = ctx.renamed.values().copied().collect();
    for (key, item) in &ctx.after.types {
        if !ctx.before.types.contains_key(key) && !renamed.contains(key) {
            let subject = Subject::item(item.noun(), path(*key));
            let class = (Wire::Unseen, Rust::Minor);
            let at = At::New(item.pointer());
            out.add(ChangeCode::TypeAdded, &subject, class, at, "added");
        }
    }
}

fn both<'a>(
    ctx: &Context<'a>,
    (old_key, old): (Key<'a>, Item<'a>),
    (key, new): (Key<'a>, Item<'a>),
    out: &mut Collector,
) {
    if old.noun() == new.noun() {
        traits::of_type(ctx, (old_key, old), (key, new), out);
    }
    match (old, new) {
        (Item::Model(old), Item::Model(new)) => {
            model::compare(&model::Pair::new(ctx, old_key, old, new), out);
        }
        (Item::Enum(old), Item::Enum(new)) => enums::compare(ctx, old_key, (old, new), out),
        (Item::Union(old), Item::Union(new)) => unions::compare(ctx, old_key, (old, new), out),
        (Item::Responses(old), Item::Responses(new)) => {
            response::compare_by_status(ctx, (old, new), key, out);
        }
        (Item::Model(_) | Item::Enum(_) | Item::Union(_) | Item::Responses(_), _) => {
            let subject = Subject::item(Noun::Type, path(key));
            let what = format!("changed from {} to {}", old.word(), new.word());
            let before = ctx.before.direction(old_key);
            let direction = before.or(ctx.after.direction(key));
            let class = (Width::OTHER.on_wire(direction), Rust::Major);
            let at = At::Both(old.pointer(), new.pointer());
            out.add(ChangeCode::TypeKindChanged, &subject, class, at, what);
        }
    }
}
