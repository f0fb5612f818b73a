//! Text to [`Document`]: the first stage. Tells YAML and JSON apart by content, reads either into one value, writes out
//! what the typed model would drop, and hands that to `openapiv3`.

use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::source::Source;
use crate::structure;
use crate::yaml;
use openapiv3::OpenAPI;
use serde_json::{Map, Value, json};

/// A description in the typed model, as read.
#[derive(Debug)]
pub struct Document {
    pub(crate) openapi: OpenAPI,
}

/// Reads a description.
///
/// # Errors
///
/// Returns why the text is neither YAML nor JSON, which version it is of when that is not OpenAPI 3.0, or what in its
/// structure OpenAPI 3.0 does not allow.
pub fn parse(source: &Source) -> Result<Document, Diagnostics> {
    let mut value = read_value(source)?;
    check_version(&value)?;
    structure::check_keys(&value)?;
    keep_reference_siblings(&mut value);
    match serde_path_to_error::deserialize(value) {
        Ok(openapi) => Ok(Document { openapi }),
        Err(error) => {
            let whole = structure::diagnostic(pointer_of(error.path()), &error.inner().to_string());
            Err(structure::explain(&read_value(source)?, whole))
        }
    }
}

fn read_value(source: &Source) -> Result<Value, Diagnostic> {
    let text = source.text();
    if text.trim_start().starts_with('{') {
        match serde_json::from_str(text) {
            Ok(value) => return Ok(value),
            // A YAML flow mapping begins with a brace as well.
            Err(error) => {
                return yaml::parse(text).map_err(|_| {
                    Diagnostic::syntax(
                        "json-syntax",
                        error.line(),
                        error.column(),
                        json_reason(&error),
                    )
                });
            }
        }
    }
    yaml::parse(text).map_err(|error| match error.position {
        Some((line, column)) => Diagnostic::syntax("yaml-syntax", line, column, error.message),
        None => Diagnostic::error("yaml-value", error.pointer, error.message),
    })
}

fn json_reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message
        .rfind(" at line ")
        .map_or(message.clone(), |end| message[..end].to_owned())
}

fn check_version(value: &Value) -> Result<(), Diagnostic> {
    let Some(document) = value.as_object() else {
        return Err(Diagnostic::error(
            "no-document",
            "",
            "a description is a map that begins with `openapi: 3.0.x`",
        ));
    };
    match document.get("openapi") {
        Some(Value::String(version)) if version.starts_with("3.0") => Ok(()),
        Some(Value::String(version)) => Err(Diagnostic::error(
            "version",
            "/openapi",
            format!("OpenAPI {version} is not supported"),
        )
        .help("convert the description to OpenAPI 3.0")),
        Some(_) => Err(
            Diagnostic::error("version", "/openapi", "the version must be text")
                .help("put it in quotes: `openapi: \"3.0.3\"`"),
        ),
        None if document.contains_key("swagger") => {
            Err(
                Diagnostic::error("version", "/swagger", "Swagger 2.0 is not supported")
                    .help("convert the description to OpenAPI 3.0"),
            )
        }
        None => Err(Diagnostic::error(
            "version",
            "",
            "the key `openapi` is missing, so this is no OpenAPI description",
        )
        .help("if it is one, say which version it is of: `openapi: 3.0.3`")),
    }
}

/// What OpenAPI 3.0 says of `$ref` (4.7.23) is that its siblings are ignored; publishers write `nullable` and
/// `description` beside it and mean them. A schema `{$ref, nullable}` becomes `{allOf: [{$ref}], nullable}`.
fn keep_reference_siblings(document: &mut Value) {
    let Some(document) = document.as_object_mut() else {
        return;
    };
    for (key, node) in document {
        match key.as_str() {
            "components" => {
                let Some(components) = node.as_object_mut() else {
                    continue;
                };
                for (section, entries) in components {
                    match section.as_str() {
                        "schemas" => each_value(entries, keep_siblings_in_schema),
                        "examples" => {}
                        _ => find_schemas(entries),
                    }
                }
            }
            "paths" => find_schemas(node),
            _ => {}
        }
    }
}

fn each_value(node: &mut Value, mut visit: impl FnMut(&mut Value)) {
    match node {
        Value::Object(entries) => entries.values_mut().for_each(&mut visit),
        Value::Array(items) => items.iter_mut().for_each(visit),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Walks to the schemas through everything that is none, past the places that hold a caller's own data.
fn find_schemas(node: &mut Value) {
    match node {
        Value::Object(entries) => {
            for (key, child) in entries {
                match key.as_str() {
                    "schema" => keep_siblings_in_schema(child),
                    "example" | "examples" => {}
                    extension if extension.starts_with("x-") => {}
                    _ => find_schemas(child),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(find_schemas),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn keep_siblings_in_schema(schema: &mut Value) {
    let Some(entries) = schema.as_object_mut() else {
        return;
    };
    for key in ["items", "additionalProperties", "not"] {
        if let Some(child) = entries.get_mut(key) {
            keep_siblings_in_schema(child);
        }
    }
    for key in ["properties", "allOf", "oneOf", "anyOf"] {
        if let Some(children) = entries.get_mut(key) {
            each_value(children, keep_siblings_in_schema);
        }
    }
    if entries.len() > 1 && entries.get("$ref").is_some_and(Value::is_string) {
        let mut siblings = Map::new();
        for (key, value) in std::mem::take(entries) {
            if key == "$ref" {
                siblings.insert("allOf".to_owned(), json!([{ "$ref": value }]));
            } else {
                siblings.insert(key, value);
            }
        }
        *entries = siblings;
    }
}

/// Returns the JSON pointer of a place.
pub(crate) fn pointer_of(path: &serde_path_to_error::Path) -> String {
    use crate::pointer::escape;
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
