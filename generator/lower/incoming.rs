//! The requests that the service sends: what the description has of them.

use crate::base::pointer::escape;
use crate::input::document::{Document, methods};
use indexmap::IndexMap;
use openapiv3::{Callback, Operation, PathItem};

/// A request that the service sends.
pub(super) struct Sent<'d> {
    /// What the description calls it.
    pub id: String,
    /// The expression for the URL of a callback.
    pub expression: Option<&'d str>,
    pub method: &'static str,
    pub operation: &'d Operation,
    pub pointer: String,
}

/// Returns the webhooks of a description.
pub(super) fn webhooks_of(document: &Document) -> Vec<Sent<'_>> {
    let webhooks = document.webhooks().iter();
    webhooks
        .flat_map(|(name, item)| {
            let at = format!("/webhooks/{}", escape(name));
            of_item(name, None, item, &at)
        })
        .collect()
}

/// Returns the callbacks of an operation, which is at `pointer`.
pub(super) fn callbacks_of<'d>(operation: &'d Operation, pointer: &str) -> Vec<Sent<'d>> {
    of_callbacks(&operation.callbacks, pointer)
}

/// Returns the callbacks among those of an operation, which is at `pointer`.
pub(super) fn of_callbacks<'d>(
    callbacks: &'d IndexMap<String, Callback>,
    pointer: &str,
) -> Vec<Sent<'d>> {
    let each = callbacks.iter().flat_map(|(name, callback)| {
        let at = format!("{pointer}/callbacks/{}", escape(name));
        let expressions = callback.iter();
        let expressions = expressions.filter(|(expression, _)| !expression.starts_with("x-"));
        expressions.flat_map(move |(expression, item)| {
            let at = format!("{at}/{}", escape(expression));
            of_item(name, Some(expression), item, &at)
        })
    });
    each.collect()
}

fn of_item<'d>(
    name: &str,
    expression: Option<&'d str>,
    item: &'d PathItem,
    at: &str,
) -> Vec<Sent<'d>> {
    let is_single = methods(item).count() == 1;
    methods(item)
        .map(|(method, operation)| Sent {
            id: if is_single {
                name.to_owned()
            } else {
                format!("{name} {}", method.to_ascii_lowercase())
            },
            expression,
            method,
            operation,
            pointer: format!("{at}/{}", method.to_ascii_lowercase()),
        })
        .collect()
}
