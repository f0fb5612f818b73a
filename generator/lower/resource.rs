//! Which module an operation belongs to, and what it is called.

use super::Lowering;
use crate::model::api::{Docs, Resource};
use crate::model::names::Name;
use heck::ToSnakeCase;
use openapiv3::{Operation, PathItem};

/// Verbs that an operationId of the form `FetchInteractionChannel` begins with.
const VERBS: &[&str] = &[
    "create", "fetch", "list", "update", "delete", "patch", "get", "put", "post", "add", "remove",
];

impl Lowering<'_> {
    /// Returns the module of that name, made when it is first asked for.
    pub(super) fn resource(&mut self, module: &Name) -> &mut Resource {
        self.resources
            .entry(module.clone())
            .or_insert_with(|| Resource {
                docs: Docs::default(),
                models: Vec::new(),
                enums: Vec::new(),
                unions: Vec::new(),
                answers: Vec::new(),
                operations: Vec::new(),
            })
    }
}

/// Returns the operationId, or what stands for it: the method and the path.
pub(super) fn id_of(operation: &Operation, method: &str, path: &str) -> String {
    match operation.operation_id.as_deref() {
        Some(id) if !id.trim().is_empty() => id.to_owned(),
        _ => format!("{} {path}", method.to_lowercase()),
    }
}

/// Returns the module that an operation belongs to.
///
/// Where the path says how the official libraries arrange it (`x-twilio`), that is the operationId without its verb, as
/// it is for operations without a tag; elsewhere it is the first tag.
pub(super) fn module_of(operation: &Operation, item: &PathItem, id: &str, path: &str) -> Name {
    let tag = operation.tags.first().filter(|tag| !tag.trim().is_empty());
    match tag {
        Some(tag) if !item.extensions.contains_key("x-twilio") => Name::module(tag),
        _ => Name::module(&noun_of(id, path)),
    }
}

fn noun_of(id: &str, path: &str) -> String {
    let words = id.to_snake_case();
    match words.split_once('_') {
        Some((verb, noun)) if VERBS.contains(&verb) && !id.contains('/') => noun.to_owned(),
        _ => path
            .rsplit('/')
            .find(|segment| !segment.is_empty() && !segment.contains('{'))
            .map_or_else(
                || "root".to_owned(),
                |segment| segment.trim_end_matches(".json").to_owned(),
            ),
    }
}
