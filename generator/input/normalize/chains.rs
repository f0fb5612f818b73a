//! Components that only refer to another one.

use super::{Entries, Walk};
use crate::base::pointer::escape;
use crate::input::grammar::Kind;
use serde_json::Value;

impl Walk<'_> {
    /// Components other than schemas that only refer to another take its place.
    pub(super) fn resolve_component_chains(&mut self, document: &mut Value) {
        let Some(Value::Object(components)) = document.get_mut("components") else {
            return;
        };
        for kind in [
            Kind::Parameter,
            Kind::RequestBody,
            Kind::Response,
            Kind::Header,
            Kind::Example,
            Kind::SecurityScheme,
        ] {
            let Some(section) = kind.section() else {
                continue;
            };
            let Some(Value::Object(entries)) = components.get_mut(section) else {
                continue;
            };
            let chained: Vec<(String, String)> = entries
                .iter()
                .filter_map(|(name, entry)| {
                    Some((name.clone(), end_of_chain(entries, section, entry)?))
                })
                .collect();
            for (name, end) in chained {
                if let Some(content) = entries.get(&end).cloned() {
                    let place = |name: &str| format!("/components/{section}/{}", escape(name));
                    let origin = self.stage_map.origin(&place(&end));
                    self.stage_map.record(place(&name), origin);
                    entries.insert(name, content);
                }
            }
        }
    }
}

/// Returns the name of the component at the end of a chain of references; `None` for what is no reference or leads nowhere.
fn end_of_chain(entries: &Entries, section: &str, entry: &Value) -> Option<String> {
    let mut entry = entry;
    let mut end = None;
    for _ in 0..=entries.len() {
        let Some(reference) = entry.get("$ref").and_then(Value::as_str) else {
            return end.map(str::to_owned);
        };
        let name = reference
            .strip_prefix("#/components/")?
            .strip_prefix(section)?
            .strip_prefix('/')?;
        entry = entries.get(name)?;
        end = Some(name);
    }
    None
}
