//! What schemas are called besides their places: `$anchor` and `$id` (JSON Schema 2020-12, section 8.2), and the document itself
//! (`$self` of OpenAPI 3.2).

use super::{Bundler, DEPTH};
use crate::base::pointer::Pointer;
use serde_json::Value;
use std::collections::BTreeMap;

/// The pointers of what has an identifier: `#pet` is an anchor, anything else a URI without its fragment.
pub(super) type Identifiers = BTreeMap<String, String>;

impl Bundler {
    /// Returns the pointer of what has an identifier in a file.
    pub(super) fn identified(&mut self, file: usize, identifier: &str) -> Option<String> {
        let value = self.files.value(file)?;
        let known = self.identifiers.entry(file);
        let known = known.or_insert_with(|| {
            let mut found = Identifiers::new();
            collect(value, &Pointer::ROOT, false, DEPTH, &mut found);
            found
        });
        known.get(identifier).cloned()
    }
}

/// Keywords whose members have names of their own.
const MAPS: [&str; 5] = [
    "properties",
    "patternProperties",
    "schemas",
    "$defs",
    "definitions",
];

/// Whether the value of a keyword is data, in which nothing is an identifier.
fn is_data(key: &str) -> bool {
    matches!(key, "example" | "examples" | "enum" | "default" | "const") || key.starts_with("x-")
}

/// Collects the identifiers in a value; where it `is_map`, its keys are names.
fn collect(value: &Value, at: &Pointer<'_>, is_map: bool, depth: usize, found: &mut Identifiers) {
    let Some(depth) = depth.checked_sub(1) else {
        return;
    };
    match value {
        Value::Object(entries) => {
            for (key, child) in entries {
                let identifier = match (key.as_str(), child) {
                    (key, _) if !is_map && is_data(key) => continue,
                    ("$anchor" | "$dynamicAnchor", Value::String(name)) => format!("#{name}"),
                    ("$id" | "$self", Value::String(uri)) => {
                        uri.split('#').next().unwrap_or_default().to_owned()
                    }
                    (key, child) => {
                        let is_map = !is_map && MAPS.contains(&key);
                        collect(child, &at.key(key), is_map, depth, found);
                        continue;
                    }
                };
                found.entry(identifier).or_insert_with(|| at.to_string());
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, &at.index(index), false, depth, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
