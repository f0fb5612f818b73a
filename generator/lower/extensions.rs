//! What is stated about responses beyond OpenAPI, by the user or in extensions: how lists are paged, what ends a stream.

use super::Lowering;
use super::paging::{Rule, Scope, Stated};
use super::selection::Candidate;
use crate::base::diagnostics::Diagnostic;
use crate::base::pointer::Pointer;
use crate::model::settings::{EVERY, Key, entry};
use indexmap::IndexMap;
use serde_json::Value;
use std::collections::BTreeMap;

impl<'d> Lowering<'d> {
    /// Remembers how an operation is stated to be paged; `extensions` are those around it, the innermost first.
    pub(super) fn paging_rule(
        &mut self,
        operation: &Candidate<'_>,
        extensions: [&'d IndexMap<String, Value>; 3],
        pointer: &Pointer<'_>,
    ) {
        let chosen = of_operation(&self.settings.paging, operation);
        let own = extensions
            .into_iter()
            .zip([Scope::Operation, Scope::Several, Scope::Several]);
        let mut own = own.filter_map(|(extensions, scope)| Some((Rule::at(extensions)?, scope)));
        let every = || Some((entry(&self.settings.paging, EVERY)?, Scope::Several));
        let chosen = chosen.map(|(key, rule)| (rule, Scope::Chosen(key)));
        let Some((rule, scope)) = chosen.or_else(|| own.next()).or_else(every) else {
            return;
        };
        match Rule::read(rule) {
            Ok(rule) => {
                let stated = Stated { rule, scope };
                self.paging_rules.insert(pointer.to_string(), stated);
            }
            Err(reason) => {
                let message = format!("`x-cratewright-paging` is not valid: {reason}");
                let diagnostic = Diagnostic::error("paging-rule", pointer.to_string(), message);
                self.diagnostics.push(diagnostic.help(Rule::HELP));
            }
        }
    }

    /// Says that a rule does not fit the operation that it is stated for.
    pub(super) fn mismatch(&mut self, id: &str, pointer: &str, reason: &str) {
        let Some(stated) = self.paging_rules.get(pointer) else {
            return;
        };
        let message = format!("the list of `{id}` is not as stated: {reason}");
        self.diagnostics.push(match stated.scope {
            Scope::Chosen(key) => self.settings.fault(key, message),
            Scope::Operation | Scope::Several => Diagnostic::error("paging-rule", pointer, message),
        });
    }

    /// Returns what ends the stream of an operation, where the user says it.
    pub(super) fn stated_ends(&self, operation: &Candidate<'_>) -> Option<Vec<String>> {
        let ends = &self.settings.stream_ends;
        let chosen = of_operation(ends, operation).map(|(_, ends)| ends);
        chosen.or_else(|| entry(ends, EVERY)).cloned()
    }
}

fn of_operation<'d, T>(
    map: &'d BTreeMap<Key, T>,
    operation: &Candidate<'_>,
) -> Option<(&'d Key, &'d T)> {
    map.iter().find(|(key, _)| operation.is_called(&key.text))
}
