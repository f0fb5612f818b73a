//! The requests that the service sends: webhooks and callbacks.

use super::catalogue::{Direction, path};
use super::change::{Rust, Wire};
use super::code::ChangeCode;
use super::collector::{At, Collector, Noun, Subject};
use super::context::Context;
use super::types::{in_words, type_change};
use crate::model::api::{Api, Webhook};
use crate::model::names::Name;
use crate::report::type_name::type_name;

/// A webhook, and the module that it is in.
type Placed<'a> = (&'a Name, &'a Webhook);

fn all(api: &Api) -> Vec<Placed<'_>> {
    let resources = api.resources.iter();
    resources
        .flat_map(|(module, resource)| resource.webhooks.iter().map(move |one| (module, one)))
        .collect()
}

fn subject((module, webhook): Placed<'_>) -> Subject {
    Subject::item(Noun::Webhook, path((module, &webhook.name)))
}

/// Compares the webhooks of two APIs: by what the description calls them, and the operation whose callbacks they are.
pub(super) fn compare_all(ctx: &Context<'_>, out: &mut Collector) {
    let (old, mut new) = (all(ctx.before.api), all(ctx.after.api));
    for before in old {
        let same = new.iter().position(|(_, other)| is_same(before.1, other));
        match same.map(|index| new.remove(index)) {
            Some(now) => compare(ctx, before, now, out),
            None => {
                let class = (Wire::BreaksResponses, Rust::Major);
                let at = At::Old(&before.1.pointer);
                out.add(
                    ChangeCode::WebhookRemoved,
                    &subject(before),
                    class,
                    at,
                    "removed",
                );
            }
        }
    }
    for now in new {
        let class = (Wire::Compatible, Rust::Minor);
        let at = At::New(&now.1.pointer);
        out.add(ChangeCode::WebhookAdded, &subject(now), class, at, "added");
    }
}

fn is_same(old: &Webhook, new: &Webhook) -> bool {
    let operation = |webhook: &Webhook| webhook.callback.as_ref().map(|(name, _)| name.clone());
    old.id == new.id && old.method == new.method && operation(old) == operation(new)
}

fn compare(ctx: &Context<'_>, old: Placed<'_>, new: Placed<'_>, out: &mut Collector) {
    let Webhook {
        name,
        id: _, // what pairs them
        callback,
        docs,
        deprecated,
        method: _, // what pairs them
        payload,
        reading,
        pointer,
    } = new.1;
    let (before, subject) = (old.1, subject(new));
    let at = At::Both(&before.pointer, pointer);
    if old.0 != new.0 || before.name != *name {
        let what = format!("renamed from `{}`", path((old.0, &before.name)));
        let class = (Wire::Unseen, Rust::Major);
        out.add(ChangeCode::WebhookRenamed, &subject, class, at, what);
    }
    out.docs((&before.docs, docs), &subject, at);
    if before.deprecated != *deprecated {
        let (code, what) = if *deprecated {
            (ChangeCode::OperationDeprecated, "deprecated")
        } else {
            (ChangeCode::OperationUndeprecated, "no longer deprecated")
        };
        out.add(code, &subject, (Wire::Unseen, Rust::Patch), at, what);
    }
    let expression = |callback: &Option<(Name, String)>| {
        callback.as_ref().map(|(_, expression)| expression.clone())
    };
    let change = match (&before.payload, payload) {
        (None, None) => None,
        (Some(old), Some(new)) => type_change(ctx, (old, new), Direction::RESPONSE)
            .map(|class| (class, format!("payload: {}", in_words(old, new)))),
        (None, Some(ty)) => Some((
            (Wire::Compatible, Rust::Major),
            format!("payload was empty and is a `{}`", type_name(ty)),
        )),
        (Some(ty), None) => Some((
            (Wire::BreaksResponses, Rust::Major),
            format!("payload was a `{}` and is empty", type_name(ty)),
        )),
    };
    let is_same_type = change.is_none();
    if let Some((class, what)) = change {
        out.add(ChangeCode::WebhookChanged, &subject, class, at, what);
    }
    if before.reading != *reading && is_same_type {
        let class = (Wire::BreaksResponses, Rust::Patch);
        let what = "payload is sent in another form";
        out.add(ChangeCode::WebhookChanged, &subject, class, at, what);
    }
    if expression(&before.callback) != expression(callback) {
        let class = (Wire::BreaksResponses, Rust::Patch);
        let what = "sent to another URL of the request";
        out.add(ChangeCode::WebhookChanged, &subject, class, at, what);
    }
}
