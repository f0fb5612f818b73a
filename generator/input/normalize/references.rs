//! References to components of the wrong section.

use super::{Kind, Walk};
use crate::base::pointer::Pointer;
use serde_json::Value;
use std::collections::BTreeSet;

/// Lists the components of a document, each as `section/name`.
pub(super) fn components(document: &Value) -> BTreeSet<String> {
    let sections = document.get("components").and_then(Value::as_object);
    let names = sections.into_iter().flatten().flat_map(|(section, named)| {
        let named = named.as_object().into_iter().flatten();
        named.map(move |(name, _)| format!("{section}/{name}"))
    });
    names.collect()
}

impl Walk<'_> {
    /// Makes a reference to a component of another section one to the component of that name in the section that belongs there.
    pub(super) fn fix_section(&mut self, section: &str, reference: &mut String, at: &Pointer<'_>) {
        let target = reference.strip_prefix("#/components/");
        let Some((found, name)) = target.and_then(|target| target.split_once('/')) else {
            return;
        };
        let meant = format!("{section}/{name}");
        let is_section = Kind::Components.field(found).is_some() && !found.starts_with("x-");
        if found == section || !is_section || !self.components.contains(&meant) {
            return;
        }
        let message = format!("`$ref` to `{reference}`; treated as one to `#/components/{meant}`");
        self.fixed(&at.key("$ref"), message);
        *reference = format!("#/components/{meant}");
    }
}
