//! References to components.

use super::Lowering;
use crate::base::diagnostics::Diagnostic;
use crate::base::pointer::Pointer;
use crate::base::suggestions::nearest;
use indexmap::IndexMap;
use openapiv3::ReferenceOr;

/// A section of the components.
pub(super) struct Section<'d, T> {
    pub key: &'static str,
    /// What is in it, in words.
    pub what: &'static str,
    pub items: Option<&'d IndexMap<String, ReferenceOr<T>>>,
}

impl<'d> Lowering<'d> {
    /// Finds what a reference to another section of the components names, or says that there is none.
    pub(super) fn component<T>(
        &mut self,
        reference: &str,
        section: &Section<'d, T>,
        at: &Pointer<'_>,
    ) -> Option<&'d T> {
        let Section { key, what, items } = *section;
        let name = reference
            .strip_prefix("#/components/")
            .and_then(|rest| rest.strip_prefix(key)?.strip_prefix('/'));
        let found = name.and_then(|name| items?.get(name)?.as_item());
        if found.is_none() {
            let names = items.into_iter().flat_map(|items| items.keys());
            let near = name.and_then(|name| nearest(name, names.map(String::as_str)));
            let help = near.map(|other| format!("did you mean `{other}`?"));
            let help = help.unwrap_or_else(|| format!("add the {what}, or correct the reference"));
            let message = format!("`$ref` to `{reference}`, which is no {what} of this file");
            let pointer = at.key("$ref").to_string();
            self.diagnostics
                .push(Diagnostic::error("dangling-ref", pointer, message).help(help));
        }
        found
    }

    /// Reports a reference that leads to no schema.
    pub(super) fn dangling(&mut self, reference: &str, at: &str) {
        let pointer = format!("{at}/$ref");
        let Some(name) = reference.strip_prefix("#/components/schemas/") else {
            let message =
                format!("`$ref` to `{reference}`, which is no schema of `components/schemas`");
            let help = "move the schema to `components/schemas` of this file";
            self.diagnostics
                .push(Diagnostic::error("dangling-ref", pointer, message).help(help));
            return;
        };
        let help = match nearest(name, self.schemas.names()) {
            Some(other) => format!("did you mean `{other}`?"),
            None => "add the schema, or correct the reference".to_owned(),
        };
        let message = format!("`$ref` to `{reference}`, which does not exist");
        self.diagnostics
            .push(Diagnostic::error("dangling-ref", pointer, message).help(help));
    }
}
