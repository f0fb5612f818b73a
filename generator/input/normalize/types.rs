//! The keyword `type`: lists of types, `null`, and types that other notations have.

use super::schemas::brief;
use super::{Entries, Walk};
use crate::base::pointer::Pointer;
use serde_json::{Value, json};

/// The format of Kubernetes for what is an integer or text, whatever the type says.
pub(super) const INT_OR_STRING: &str = "int-or-string";

const TYPES: [&str; 6] = ["string", "number", "integer", "boolean", "array", "object"];

impl Walk<'_> {
    /// Looks at a `type` that is not one of the six of OpenAPI 3.0.
    pub(super) fn lower_type(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        obey_kubernetes(entries);
        if entries
            .get("format")
            .is_some_and(|format| format == INT_OR_STRING)
            && entries.get("type").is_none_or(|typ| typ == "string")
        {
            entries.shift_remove("format");
            self.split(entries, &["integer", "string"], at);
            return;
        }
        let at_type = at.key("type");
        match entries.get("type") {
            Some(Value::Array(types)) => {
                let types = types.clone();
                self.modern(&at_type, "a list of types");
                self.lower_types(entries, &types, at);
            }
            Some(Value::String(typ)) if typ == "null" => {
                self.modern(&at_type, "the type `null`");
                nothing_but_null(entries);
            }
            Some(Value::Null) if self.is_modern => nothing_but_null(entries),
            Some(Value::String(typ)) if known_type(typ).is_some() => {}
            Some(Value::String(typ)) => {
                let typ = typ.clone();
                self.foreign_type(entries, &typ, at);
            }
            Some(Value::Null) => {
                self.left_out(&at_type);
                entries.shift_remove("type");
            }
            Some(found @ (Value::Bool(_) | Value::Number(_) | Value::Object(_))) => {
                let message = format!(
                    "{} is not a type of JSON Schema; treated as any value",
                    brief(found)
                );
                self.fixed(&at_type, message);
                entries.shift_remove("type");
            }
            None => {}
        }
    }

    fn lower_types(&mut self, entries: &mut Entries, types: &[Value], at: &Pointer<'_>) {
        let mut kept: Vec<&'static str> = Vec::new();
        let mut nullable = false;
        for (index, typ) in types.iter().enumerate() {
            let name = typ.as_str().unwrap_or("null");
            if name == "null" && (typ.is_string() || typ.is_null()) {
                nullable = true;
            } else if let Some(known) = typ.as_str().and_then(known_type) {
                if !kept.contains(&known) {
                    kept.push(known);
                }
            } else {
                let at = at.key("type");
                let message = format!("{} is no type of a schema", brief(typ));
                self.wrong(&at.index(index), message);
            }
        }
        if kept.contains(&"number") {
            kept.retain(|typ| *typ != "integer");
        }
        if nullable {
            entries.insert("nullable".to_owned(), Value::Bool(true));
        }
        match kept.as_slice() {
            [] if nullable => nothing_but_null(entries),
            [only] => {
                entries.insert("type".to_owned(), json!(only));
            }
            [] => {
                entries.shift_remove("type");
            }
            // Any value, or any that is not null; without `type`, keywords of one type would exclude the others.
            [_, _, _, _, _, ..] => {
                entries.retain(|key, _| {
                    concerns(key).is_none() && !matches!(key.as_str(), "type" | "format")
                });
            }
            several => self.split(entries, several, at),
        }
    }

    /// `type: [string, integer]` becomes an `anyOf` of both, each with the keywords that are about it.
    fn split(&mut self, entries: &mut Entries, types: &[&'static str], at: &Pointer<'_>) {
        let mut alternatives: Vec<Value> = Vec::new();
        let enumeration = entries.shift_remove("enum");
        entries.shift_remove("type");
        let list = if entries.contains_key("anyOf") {
            "allOf"
        } else {
            "anyOf"
        };
        for typ in types {
            let mut alternative = Entries::new();
            alternative.insert("type".to_owned(), json!(typ));
            for key in entries.keys().filter(|key| is_about(key, typ, entries)) {
                if let Some(value) = entries.get(key) {
                    alternative.insert(key.clone(), value.clone());
                }
            }
            if let Some(Value::Array(values)) = &enumeration {
                let of_type: Vec<&Value> =
                    values.iter().filter(|value| is_of(value, typ)).collect();
                if of_type.is_empty() {
                    continue;
                }
                alternative.insert("enum".to_owned(), json!(of_type));
            }
            if list == "anyOf" {
                let to = at.key(list);
                let to = to.index(alternatives.len());
                for key in alternative.keys() {
                    let origin = self.stage_map.origin(&at.key(key).to_string());
                    self.stage_map.record(to.key(key).to_string(), origin);
                }
            }
            alternatives.push(Value::Object(alternative));
        }
        entries.retain(|key, _| {
            !types.iter().any(|typ| concerns(key) == Some(family(typ))) && key != "format"
        });
        let mut only = match alternatives.as_mut_slice() {
            [Value::Object(only)] => std::mem::take(only),
            _ => Entries::new(),
        };
        if !only.is_empty() {
            entries.append(&mut only);
        } else if list == "anyOf" {
            entries.insert("anyOf".to_owned(), Value::Array(alternatives));
        } else if let Value::Array(parts) = entries.entry("allOf").or_insert_with(|| json!([])) {
            parts.push(json!({ "anyOf": alternatives }));
        }
    }

    /// A type that other notations have, or none.
    fn foreign_type(&mut self, entries: &mut Entries, typ: &str, at: &Pointer<'_>) {
        let at = at.key("type");
        let lower = typ.to_ascii_lowercase();
        let meant: Option<(&str, Option<&str>)> = match lower.as_str() {
            known @ ("string" | "number" | "integer" | "boolean" | "array" | "object") => TYPES
                .into_iter()
                .find(|name| *name == known)
                .map(|name| (name, None)),
            "file" | "binary" => Some(("string", Some("binary"))),
            "int" => Some(("integer", None)),
            "int32" => Some(("integer", Some("int32"))),
            "long" | "int64" => Some(("integer", Some("int64"))),
            "float" => Some(("number", Some("float"))),
            "double" => Some(("number", Some("double"))),
            "decimal" => Some(("number", None)),
            "bool" => Some(("boolean", None)),
            "date" => Some(("string", Some("date"))),
            "datetime" | "date-time" | "timestamp" => Some(("string", Some("date-time"))),
            "uuid" => Some(("string", Some("uuid"))),
            "uri" | "url" => Some(("string", Some("uri"))),
            "text" | "str" | "enum" | "char" => Some(("string", None)),
            "list" => Some(("array", None)),
            "map" | "dict" | "hash" => Some(("object", None)),
            _ => None,
        };
        if let Some((meant, format)) = meant {
            let with =
                format.map_or_else(String::new, |format| format!(" with `format: {format}`"));
            self.fixed(
                &at,
                format!("`{typ}` is not a type of JSON Schema; treated as `{meant}`{with}"),
            );
            entries.insert("type".to_owned(), json!(meant));
            if let Some(format) = format {
                entries.entry("format").or_insert_with(|| json!(format));
            }
        } else {
            let shown = brief(&Value::String(typ.to_owned()));
            self.fixed(
                &at,
                format!("{shown} is not a type of JSON Schema; treated as any value"),
            );
            entries.shift_remove("type");
        }
    }
}

/// What the extensions of Kubernetes say, as keywords.
fn obey_kubernetes(entries: &mut Entries) {
    let is_true = |key: &str| entries.get(key) == Some(&Value::Bool(true));
    let (keeps_unknown, is_int_or_string) = (
        is_true("x-kubernetes-preserve-unknown-fields"),
        is_true("x-kubernetes-int-or-string"),
    );
    if keeps_unknown && entries.contains_key("properties") {
        entries
            .entry("additionalProperties")
            .or_insert(Value::Bool(true));
    }
    let says_types = ["type", "anyOf", "oneOf", "allOf", "enum"]
        .iter()
        .any(|key| entries.contains_key(*key));
    if is_int_or_string && !says_types {
        entries.insert("format".to_owned(), json!(INT_OR_STRING));
    }
}

/// What is null and nothing else is any value that may be null; OpenAPI 3.0 cannot say more.
fn nothing_but_null(entries: &mut Entries) {
    entries.shift_remove("type");
    entries.insert("nullable".to_owned(), Value::Bool(true));
}

fn known_type(name: &str) -> Option<&'static str> {
    TYPES.into_iter().find(|known| *known == name)
}

/// The type that an enum's value is of.
pub(super) fn is_of(value: &Value, typ: &str) -> bool {
    match typ {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}

fn family(typ: &str) -> &str {
    if typ == "integer" { "number" } else { typ }
}

/// The type whose values a keyword is about.
fn concerns(key: &str) -> Option<&'static str> {
    Some(match key {
        "minLength" | "maxLength" | "pattern" | "contentEncoding" | "contentMediaType" => "string",
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => "number",
        "items" | "minItems" | "maxItems" | "uniqueItems" => "array",
        "properties" | "required" | "additionalProperties" | "minProperties" | "maxProperties" => {
            "object"
        }
        _ => return None,
    })
}

fn is_about(key: &str, typ: &str, entries: &Entries) -> bool {
    if key == "format" {
        let numeric = matches!(
            entries.get("format").and_then(Value::as_str),
            Some("int32" | "int64" | "float" | "double")
        );
        return if numeric {
            family(typ) == "number"
        } else {
            typ == "string"
        };
    }
    concerns(key) == Some(family(typ))
}
