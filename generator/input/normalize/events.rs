//! Event streams: what OpenAPI 3.2 says of the `data` of an event is in the `contentSchema` of a string, because an event
//! stream has text only. A client decodes it, so it takes the place of the string.

use super::super::source_map::StageMap;
use crate::base::pointer::escape;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// How deep content is looked for.
const DEPTH: usize = 64;

/// Puts the schema of what the `data` of an event contains in the place of the string that has it.
pub(super) fn decode_data(document: &mut Value, stage_map: &mut StageMap) {
    let mut open = Vec::new();
    find(document, "", DEPTH, &mut open);
    let mut seen = BTreeSet::new();
    while let Some(pointer) = open.pop() {
        if !seen.insert(pointer.clone()) {
            continue;
        }
        let Some(Value::Object(schema)) = document.pointer_mut(&pointer) else {
            continue;
        };
        if let Some(Value::String(reference)) = schema.get("$ref")
            && let Some(name) = reference.strip_prefix("#/components/schemas/")
        {
            open.push(format!("/components/schemas/{}", escape(name)));
        }
        for keyword in ["allOf", "oneOf", "anyOf"] {
            let count = schema
                .get(keyword)
                .and_then(Value::as_array)
                .map_or(0, Vec::len);
            open.extend((0..count).map(|index| format!("{pointer}/{keyword}/{index}")));
        }
        if let Some(Value::Object(data)) = schema
            .get_mut("properties")
            .and_then(|properties| properties.get_mut("data"))
            && hoist(data)
        {
            let data = format!("{pointer}/properties/data");
            let origin = stage_map.origin(&format!("{data}/contentSchema"));
            stage_map.record(data, origin);
        }
    }
}

/// Makes a string the value that its text contains; the documentation of the string stays.
fn hoist(data: &mut Map<String, Value>) -> bool {
    let Some(Value::Object(mut content)) = data.shift_remove("contentSchema") else {
        return false;
    };
    for key in ["description", "title", "deprecated"] {
        if let (Some(value), false) = (data.shift_remove(key), content.contains_key("$ref")) {
            content.entry(key).or_insert(value);
        }
    }
    *data = content;
    true
}

/// Finds the schemas of the events of every event stream.
fn find(value: &Value, at: &str, depth: usize, found: &mut Vec<String>) {
    let Some(depth) = depth.checked_sub(1) else {
        return;
    };
    match value {
        Value::Object(entries) => {
            for (key, child) in entries {
                let at = format!("{at}/{}", escape(key));
                if key.split(';').next() == Some("text/event-stream") {
                    let schemas = ["itemSchema", "schema"].into_iter();
                    let schemas = schemas.filter(|key| child.get(key).is_some());
                    found.extend(schemas.map(|key| format!("{at}/{key}")));
                }
                if !matches!(key.as_str(), "schemas" | "example" | "examples" | "schema") {
                    find(child, &at, depth, found);
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                find(item, &format!("{at}/{index}"), depth, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
