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
    if let Some(schemas) = description.pointer_mut("/components/schemas") {
        let schemas = schemas.as_object_mut().into_iter();
        schemas
            .flat_map(|all| all.values_mut())
            .for_each(|schema| translate(schema, is_modern));
    }
    for key in ["paths", "components"] {
        if let Some(part) = description.get_mut(key) {
            in_place(part, is_modern);
        }
    }
    description
}

/// Translates the schemas of bodies and parameters, wherever they are.
fn in_place(part: &mut Value, is_modern: bool) {
    match part {
        Value::Object(entries) => {
            for (key, value) in entries {
                match key.as_str() {
                    "schema" => translate(value, is_modern),
                    "schemas" | "example" | "examples" => {}
                    _ => in_place(value, is_modern),
                }
            }
        }
        Value::Array(parts) => parts.iter_mut().for_each(|part| in_place(part, is_modern)),
        _ => {}
    }
}

fn translate(schema: &mut Value, is_modern: bool) {
    if !is_modern {
        modernise(schema);
    }
    limits_as_numbers(schema);
    for_responses(schema);
}

/// Writes a boolean `exclusiveMinimum` as the limit, which descriptions of OpenAPI 3.1 have as well.
fn limits_as_numbers(schema: &mut Value) {
    let entries = match schema {
        Value::Array(parts) => return parts.iter_mut().for_each(limits_as_numbers),
        Value::Object(entries) => entries,
        _ => return,
    };
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
    entries.values_mut().for_each(limits_as_numbers);
}

/// Takes what responses do not have out of what is required (OpenAPI 3.0.3, section 4.7.24.2).
fn for_responses(schema: &mut Value) {
    match schema {
        Value::Array(parts) => parts.iter_mut().for_each(for_responses),
        Value::Object(entries) => {
            let write_only = |properties: &Value, name: &Value| {
                let name = name.as_str().unwrap_or_default();
                properties[name]["writeOnly"] == Value::Bool(true)
            };
            if let (Some(properties), Some(Value::Array(required))) = (
                entries.get("properties").cloned(),
                entries.get_mut("required"),
            ) {
                required.retain(|name| !write_only(&properties, name));
            }
            entries.values_mut().for_each(for_responses);
        }
        _ => {}
    }
}

fn modernise(schema: &mut Value) {
    let Some(entries) = schema.as_object_mut() else {
        return;
    };
    // In 3.0, nothing counts beside a reference; `nullable` is there, and tools mean it.
    if let Some(reference) = entries.get("$ref").cloned() {
        let is_nullable = entries.get("nullable") == Some(&Value::Bool(true));
        entries.clear();
        if is_nullable {
            entries.insert(
                "anyOf".to_owned(),
                json!([{ "$ref": reference }, { "type": "null" }]),
            );
        } else {
            entries.insert("$ref".to_owned(), reference);
        }
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
    allow_null(entries);
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
    } else if ["allOf", "oneOf", "anyOf"]
        .iter()
        .any(|key| entries.contains_key(*key))
    {
        // What is beside the alternatives of a component is meant for it.
        let whole = Value::Object(std::mem::take(entries));
        entries.insert("anyOf".to_owned(), json!([whole, {"type": "null"}]));
    }
}
