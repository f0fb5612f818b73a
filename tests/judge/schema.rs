//! The schemas of a description as JSON Schema 2020-12, for a validator that knows nothing of this project.
//!
//! OpenAPI 3.1 has JSON Schema as it is. What 3.0 has in another form (`nullable`, boolean `exclusiveMinimum`) is written
//! in the newer one.

use serde_json::{Map, Value, json};

/// Returns the description with every schema as JSON Schema has it.
pub fn as_json_schema(description: &Value) -> Value {
    let is_modern = description["openapi"]
        .as_str()
        .is_some_and(|version| version.starts_with("3.1"));
    let mut description = description.clone();
    if !is_modern && let Some(schemas) = description.pointer_mut("/components/schemas") {
        for schema in schemas
            .as_object_mut()
            .into_iter()
            .flat_map(|all| all.values_mut())
        {
            modernise(schema);
        }
    }
    description
}

fn modernise(schema: &mut Value) {
    let Some(entries) = schema.as_object_mut() else {
        return;
    };
    // In 3.0, nothing counts beside a reference.
    if entries.contains_key("$ref") {
        entries.retain(|key, _| key == "$ref");
        return;
    }
    for key in ["allOf", "anyOf", "oneOf"] {
        for part in entries
            .get_mut(key)
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
        {
            modernise(part);
        }
    }
    for key in ["items", "additionalProperties", "not"] {
        if let Some(inner) = entries.get_mut(key) {
            modernise(inner);
        }
    }
    if let Some(Value::Object(properties)) = entries.get_mut("properties") {
        properties.values_mut().for_each(modernise);
    }
    for (exclusive, limit) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        match entries.get(exclusive) {
            Some(Value::Bool(true)) => {
                if let Some(value) = entries.remove(limit) {
                    entries.insert(exclusive.to_owned(), value);
                } else {
                    entries.remove(exclusive);
                }
            }
            Some(Value::Bool(false)) => {
                entries.remove(exclusive);
            }
            _ => {}
        }
    }
    allow_null(entries);
    // `example` may be anything, also what is no schema.
    entries.remove("example");
}

/// `nullable: true` adds null to the type beside it (OpenAPI 3.0.3, section 4.7.24.1).
fn allow_null(entries: &mut Map<String, Value>) {
    if entries.remove("nullable") != Some(Value::Bool(true)) {
        return;
    }
    if let Some(Value::String(typ)) = entries.get("type") {
        let typ = typ.clone();
        entries.insert("type".to_owned(), json!([typ, "null"]));
    } else if entries
        .keys()
        .all(|key| ["description", "title"].contains(&key.as_str()))
    {
        // As a branch alone, it is what some tools write for null.
        entries.insert("type".to_owned(), json!("null"));
    }
}
