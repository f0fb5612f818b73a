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
            collect(value, &Pointer::ROOT, DEPTH, &mut found);
            found
        });
        known.get(identifier).cloned()
    }
}

fn collect(value: &Value, at: &Pointer<'_>, depth: usize, found: &mut Identifiers) {
    let Some(depth) = depth.checked_sub(1) else {
        return;
    };
    match value {
        Value::Object(entries) => {
            for (key, child) in entries {
                let identifier = match (key.as_str(), child) {
                    ("$anchor" | "$dynamicAnchor", Value::String(name)) => format!("#{name}"),
                    ("$id" | "$self", Value::String(uri)) => {
                        uri.split('#').next().unwrap_or_default().to_owned()
                    }
                    _ => {
                        collect(child, &at.key(key), depth, found);
                        continue;
                    }
                };
                found.entry(identifier).or_insert_with(|| at.to_string());
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, &at.index(index), depth, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
