//! What schemas are called besides their places: `$anchor` and `$id` (JSON Schema 2020-12, section 8.2), and the document itself
//! (`$self` of OpenAPI 3.2).

use super::{Bundler, DEPTH};
use crate::base::pointer::Pointer;
use crate::base::source::join_url;
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

    /// Returns the pointer of what a URI means that is relative to the identifier of the schema around it.
    pub(super) fn identified_from(&mut self, file: usize, at: &str, uri: &str) -> Option<String> {
        let (_, base) = self.resource(file, at)?;
        let uri = join_url(base, uri);
        self.identified(file, &uri)
    }

    /// Returns the pointer of what is at a fragment of the schema around it that has an identifier (JSON Schema 2020-12,
    /// section 9.3).
    pub(super) fn in_resource(&self, file: usize, at: &str, fragment: &str) -> Option<String> {
        let (resource, _) = self.resource(file, at)?;
        let pointer = format!("{resource}{fragment}");
        self.files.value(file)?.pointer(&pointer)?;
        Some(pointer)
    }

    /// Returns the pointer and the `$id` of the innermost schema around a place that has one.
    fn resource<'s>(&'s self, file: usize, at: &'s str) -> Option<(&'s str, &'s str)> {
        let value = self.files.value(file)?;
        let mut pointer = at;
        loop {
            let identifier = value.pointer(pointer).and_then(|here| here.get("$id"));
            match identifier.and_then(Value::as_str) {
                Some(uri) if !uri.is_empty() && !uri.starts_with('#') => {
                    return Some((pointer, uri));
                }
                _ => pointer = &pointer[..pointer.rfind('/')?],
            }
        }
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
