//! The places in a value where its schema says plainly what has to be there.

use crate::instance::resolve;
use serde_json::{Map, Value};

/// A member of an object, an element of a list or a value of a map.
pub struct Place<'d> {
    /// A JSON pointer into the value.
    pub pointer: String,
    /// The same as a JSONPath (RFC 9535).
    pub path: String,
    /// The path of the object or list that it is in.
    pub parent: String,
    pub schema: &'d Map<String, Value>,
    pub is_nullable: bool,
    /// Whether it is a member that has to be there.
    pub is_required: bool,
}

/// Returns the places of a value. What is inside of alternatives is none, since a fault there may select another one.
pub fn places<'d>(description: &'d Value, schema: &'d Value, value: &Value) -> Vec<Place<'d>> {
    let mut found = Vec::new();
    let root = Spot {
        pointer: String::new(),
        path: "$".to_owned(),
    };
    collect(description, schema, value, &root, &mut found);
    found
}

#[derive(Clone)]
struct Spot {
    pointer: String,
    path: String,
}

/// Writes the name of a member as a JSONPath has it.
pub fn step(name: &str) -> String {
    let is_plain = name
        .chars()
        .all(|character| character == '_' || character.is_ascii_alphanumeric())
        && !name.starts_with(|first: char| first.is_ascii_digit())
        && !name.is_empty();
    if is_plain {
        format!(".{name}")
    } else {
        format!("['{}']", name.replace('\\', "\\\\").replace('\'', "\\'"))
    }
}

impl Spot {
    fn member(&self, name: &str) -> Self {
        let escaped = name.replace('~', "~0").replace('/', "~1");
        let step = step(name);
        Self {
            pointer: format!("{}/{escaped}", self.pointer),
            path: format!("{}{step}", self.path),
        }
    }

    fn element(&self, index: usize) -> Self {
        Self {
            pointer: format!("{}/{index}", self.pointer),
            path: format!("{}[{index}]", self.path),
        }
    }
}

fn collect<'d>(
    description: &'d Value,
    schema: &'d Value,
    value: &Value,
    at: &Spot,
    found: &mut Vec<Place<'d>>,
) {
    let Some(parts) = parts(description, schema) else {
        return;
    };
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let spot = at.member(name);
                let Some((schema, is_required)) = property(&parts, name) else {
                    continue;
                };
                push(description, schema, &spot, at, is_required, found);
                collect(description, schema, member, &spot, found);
            }
        }
        Value::Array(elements) => {
            let items = parts.iter().find_map(|part| part.get("items"));
            let is_tuple = parts.iter().any(|part| part.contains_key("prefixItems"));
            for (index, element) in elements.iter().enumerate().filter(|_| !is_tuple) {
                if let Some(items) = items {
                    let spot = at.element(index);
                    push(description, items, &spot, at, false, found);
                    collect(description, items, element, &spot, found);
                }
            }
        }
        _ => {}
    }
}

fn push<'d>(
    description: &'d Value,
    schema: &'d Value,
    at: &Spot,
    parent: &Spot,
    is_required: bool,
    found: &mut Vec<Place<'d>>,
) {
    let is_nullable = allows_null(description, schema);
    let Some(parts) = parts(description, schema) else {
        return;
    };
    if let [schema] = parts.as_slice() {
        found.push(Place {
            pointer: at.pointer.clone(),
            path: at.path.clone(),
            parent: parent.path.clone(),
            schema,
            is_nullable,
            is_required,
        });
    }
}

/// Returns the schema of a member, where one part alone says what it is, and whether it is required.
fn property<'d>(parts: &[&'d Map<String, Value>], name: &str) -> Option<(&'d Value, bool)> {
    let of_part = |part: &&'d Map<String, Value>| part.get("properties")?.get(name);
    let mut schemas = parts.iter().filter_map(of_part);
    let is_required = parts.iter().any(|part| {
        let required = part.get("required").and_then(Value::as_array);
        required.is_some_and(|required| required.iter().any(|one| one == name))
    });
    match (schemas.next(), schemas.next(), parts) {
        (Some(schema), None, _) => Some((schema, is_required)),
        // The value of a map.
        (None, None, [part]) if !part.contains_key("properties") => {
            let values = part.get("additionalProperties")?;
            values.is_object().then_some((values, false))
        }
        _ => None,
    }
}

/// Returns the schemas that all have to hold; none where one of them has alternatives, but for null.
fn parts<'d>(description: &'d Value, schema: &'d Value) -> Option<Vec<&'d Map<String, Value>>> {
    /// What makes it unclear which schema counts.
    const UNCLEAR: [&str; 7] = [
        "not",
        "if",
        "discriminator",
        "patternProperties",
        "dependentSchemas",
        "dependentRequired",
        "unevaluatedProperties",
    ];
    if has_more_than_reference(schema) {
        return None;
    }
    let entries = resolve(description, schema)?.as_object()?;
    if UNCLEAR.iter().any(|key| entries.contains_key(*key)) {
        return None;
    }
    for key in ["oneOf", "anyOf"] {
        match entries.get(key).and_then(Value::as_array) {
            None => {}
            Some(branches) => {
                let mut branches = branches.iter().filter(|branch| !is_null(branch));
                return match (
                    branches.next(),
                    branches.next(),
                    entries.contains_key("properties"),
                ) {
                    (Some(only), None, false) => parts(description, only),
                    _ => None,
                };
            }
        }
    }
    let Some(all_of) = entries.get("allOf").and_then(Value::as_array) else {
        return Some(vec![entries]);
    };
    let mut whole = Vec::new();
    if entries.contains_key("properties") || entries.contains_key("required") {
        whole.push(entries);
    }
    for part in all_of {
        whole.extend(parts(description, part)?);
    }
    Some(whole)
}

/// Whether something that counts is beside a reference.
fn has_more_than_reference(schema: &Value) -> bool {
    /// What says nothing of values.
    const DESCRIBES: [&str; 5] = ["$ref", "description", "summary", "title", "deprecated"];
    schema.as_object().is_some_and(|entries| {
        entries.contains_key("$ref") && entries.keys().any(|key| !DESCRIBES.contains(&key.as_str()))
    })
}

fn is_null(branch: &Value) -> bool {
    branch["type"] == "null"
}

fn allows_null(description: &Value, schema: &Value) -> bool {
    let Some(entries) = resolve(description, schema).and_then(Value::as_object) else {
        return true;
    };
    if entries.get("nullable") == Some(&Value::Bool(true)) {
        return true;
    }
    let alternatives = ["oneOf", "anyOf", "allOf"].map(|key| entries.get(key));
    let mut alternatives = alternatives
        .into_iter()
        .flatten()
        .filter_map(Value::as_array);
    let of_values = |key: &str| {
        let values = entries.get(key).and_then(Value::as_array);
        values.is_some_and(|values| values.contains(&Value::Null))
    };
    let of_type = match entries.get("type") {
        _ if of_values("enum") => true,
        None => !entries.contains_key("enum") && !entries.contains_key("properties"),
        Some(Value::Array(types)) => types.iter().any(|one| one == "null"),
        Some(typ) => typ == "null",
    };
    let has_alternatives = ["oneOf", "anyOf", "allOf"]
        .iter()
        .any(|key| entries.contains_key(*key));
    if has_alternatives {
        alternatives.any(|all| all.iter().any(|one| allows_null(description, one)))
    } else {
        of_type || entries.contains_key("const") && entries["const"].is_null()
    }
}
