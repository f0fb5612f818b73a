//! Whether a description has no reference to bundle.

use super::{is_inlined, reference_of};
use serde_json::Value;

/// Whether every `$ref` leads to a component by its plain name.
pub(super) fn is_bundled(value: &Value) -> bool {
    match value {
        Value::Object(entries) => entries.iter().all(|(key, child)| match child {
            Value::String(text) if key == "$ref" => is_plain(text),
            Value::Object(headers) if key == "headers" => {
                !headers.values().any(leads_to_parameter) && is_bundled(child)
            }
            _ => is_bundled(child),
        }),
        Value::Array(items) => items.iter().all(is_bundled),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}

/// Whether a header is a reference to a parameter, which becomes a header of its own.
fn leads_to_parameter(header: &Value) -> bool {
    let reference = header.as_object().and_then(reference_of);
    reference.is_some_and(|reference| reference.starts_with("#/components/parameters/"))
}

fn is_plain(reference: &str) -> bool {
    reference
        .strip_prefix("#/components/")
        .and_then(|rest| rest.split_once('/'))
        .is_some_and(|(section, name)| {
            !is_inlined(section) && !name.is_empty() && !name.contains(['/', '%', '~'])
        })
}
