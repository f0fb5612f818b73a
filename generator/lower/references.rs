//! References to components.

use super::Lowering;
use crate::base::diagnostics::Diagnostic;
use crate::base::pointer::{Pointer, escape};
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
        reference: &'d str,
        section: &Section<'d, T>,
        at: &Pointer<'_>,
    ) -> Option<&'d T> {
        let Section { key, what, items } = *section;
        let mut seen: Vec<&str> = Vec::new();
        let mut reference = reference;
        let mut pointer = at.key("$ref").to_string();
        loop {
            let name = name_in(key, reference);
            match name.and_then(|name| items?.get(name)) {
                Some(ReferenceOr::Item(item)) => return Some(item),
                Some(ReferenceOr::Reference { reference: next }) => {
                    if seen.contains(&next.as_str()) {
                        let message = format!("`$ref` to `{reference}` leads back to itself");
                        let help = format!("describe the {what} at the end of the references");
                        self.diagnostics
                            .push(Diagnostic::error("circular-ref", pointer, message).help(help));
                        return None;
                    }
                    seen.push(next);
                    let name = escape(name.unwrap_or_default());
                    pointer = format!("/components/{key}/{name}/$ref");
                    reference = next;
                }
                None => {
                    let names = items.into_iter().flat_map(|items| items.keys());
                    let near = name.and_then(|name| nearest(name, names.map(String::as_str)));
                    let help = near.map(|other| format!("did you mean `{other}`?"));
                    let help =
                        help.unwrap_or_else(|| format!("add the {what}, or correct the reference"));
                    let message =
                        format!("`$ref` to `{reference}`, which is no {what} of this file");
                    self.diagnostics
                        .push(Diagnostic::error("dangling-ref", pointer, message).help(help));
                    return None;
                }
            }
        }
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

/// The name in a reference to a section of the components.
fn name_in<'r>(section: &str, reference: &'r str) -> Option<&'r str> {
    let rest = reference.strip_prefix("#/components/")?;
    rest.strip_prefix(section)?.strip_prefix('/')
}
