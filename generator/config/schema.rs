//! The JSON schema of cratewright.toml, for editors.

use super::keys::{FILE, Key, SPEC, Shape};
use serde_json::{Map, Value, json};

/// Returns the schema as text.
pub(crate) fn schema() -> String {
    let mut schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "cratewright.toml",
    });
    if let (Value::Object(schema), Value::Object(table)) = (&mut schema, table(FILE)) {
        schema.extend(table);
    }
    let text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text + "\n"
}

fn table(keys: &[Key]) -> Value {
    let properties: Map<String, Value> = keys
        .iter()
        .map(|key| (key.name.to_owned(), described(key)))
        .collect();
    let required: Vec<&str> = keys
        .iter()
        .filter(|key| key.required)
        .map(|key| key.name)
        .collect();
    let mut table = json!({
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        table["required"] = json!(required);
    }
    table
}

fn described(key: &Key) -> Value {
    let mut schema = of_shape(key.value);
    schema["description"] = json!(key.docs);
    schema
}

fn of_shape(shape: Shape) -> Value {
    match shape {
        Shape::Text => json!({ "type": "string" }),
        Shape::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        Shape::Word(words) => json!({ "enum": words }),
        Shape::Specs => {
            let one = [json!({ "type": "string" }), table(SPEC)];
            let list = json!({ "type": "array", "items": { "anyOf": one } });
            json!({ "anyOf": [one[0], one[1], list] })
        }
        Shape::Table(keys) => table(keys),
        Shape::Tables(keys) => json!({ "type": "array", "items": table(keys) }),
        Shape::Map(inner) => {
            json!({ "type": "object", "additionalProperties": of_shape(*inner) })
        }
        Shape::Any => json!({}),
    }
}
