//! A document to the typed model.

use super::{Diagnostic, escape};
use crate::parallel;
use indexmap::IndexMap;
use openapiv3::{OpenAPI, ReferenceOr};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::mem;

/// Reads a document. What has been checked cannot fail here; should it, the place is found in a second run.
pub(super) fn whole(document: &Value) -> Result<OpenAPI, Diagnostic> {
    OpenAPI::deserialize(document).or_else(|_| {
        serde_path_to_error::deserialize(document).map_err(|error| {
            let message = format!("this is not what OpenAPI 3.0 has here: {}", error.inner());
            Diagnostic::error("structure", pointer_of(error.path()), message)
        })
    })
}

/// Reads a document with its paths and its schemas, which are most of it, at once; none where anything is not as expected.
///
/// They are taken out meanwhile, and read one by one: the library copies all of a map that can have extensions, and all
/// of what can be a reference.
pub(super) fn in_parts(document: &mut Value) -> Option<OpenAPI> {
    let mut paths = Value::Object(Map::new());
    let mut schemas = paths.clone();
    swap(document, &mut paths, &mut schemas);
    let (items, rest) = parallel::both(
        || entries(&paths, "/"),
        || {
            Some((
                OpenAPI::deserialize(&*document).ok()?,
                entries(&schemas, "")?,
            ))
        },
    );
    swap(document, &mut paths, &mut schemas);
    let (mut openapi, schemas) = rest?;
    openapi.paths.paths = items?;
    if let Some(components) = &mut openapi.components {
        components.schemas = schemas;
    }
    Some(openapi)
}

fn swap(document: &mut Value, paths: &mut Value, schemas: &mut Value) {
    for (pointer, part) in [("/paths", paths), ("/components/schemas", schemas)] {
        if let Some(place) = document.pointer_mut(pointer) {
            mem::swap(place, part);
        }
    }
}

/// Reads the entries whose keys begin so.
fn entries<T: DeserializeOwned>(
    section: &Value,
    beginning: &str,
) -> Option<IndexMap<String, ReferenceOr<T>>> {
    let entries = section.as_object()?.iter();
    entries
        .filter(|(key, _)| key.starts_with(beginning))
        .map(|(key, value)| {
            let entry = match value.get("$ref") {
                Some(_) => ReferenceOr::deserialize(value),
                None => T::deserialize(value).map(ReferenceOr::Item),
            };
            Some((key.clone(), entry.ok()?))
        })
        .collect()
}

fn pointer_of(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
            Segment::Map { key } => pointer.push_str(&format!("/{}", escape(key))),
            Segment::Enum { .. } | Segment::Unknown => break,
        }
    }
    pointer
}
