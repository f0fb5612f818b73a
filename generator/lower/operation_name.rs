//! The operations of the description, and what each is called.

use super::Lowering;
use super::module::{id_of, module_of, renamed_module, spelling_of};
use super::selection::Candidate;
use crate::base::diagnostics::Diagnostic;
use crate::base::pointer::Pointer;
use crate::input::document::Described;
use crate::model::names::{Kind, Name};
use openapiv3::ReferenceOr;
use std::collections::{BTreeMap, BTreeSet};

/// An operation of the description, with the name it will have.
pub(super) struct Found<'d> {
    pub described: Described<'d>,
    pub id: String,
    /// What its name is made of.
    pub spelling: String,
    pub module: Name,
    pub name: Option<Name>,
}

impl<'d> Found<'d> {
    pub fn candidate(&self) -> Candidate<'d> {
        Candidate {
            id: self.id.clone(),
            ..Candidate::new(&self.described)
        }
    }
}

impl<'d> Lowering<'d> {
    /// Returns all operations of the description, each with a name if there is one left for it.
    pub(super) fn named_operations(&mut self) -> Vec<Found<'d>> {
        let mut found = self.find();
        self.distinguish(&mut found);
        self.name(&mut found);
        found
    }

    fn find(&mut self) -> Vec<Found<'d>> {
        for (path, item) in &self.openapi.paths.paths {
            if let ReferenceOr::Reference { reference } = item {
                let at = Pointer::ROOT;
                let (at, message) = (
                    at.key("paths"),
                    format!("a path item by `$ref` (`{reference}`) is not supported"),
                );
                self.error("unsupported-ref", &at.key(path), message);
            }
        }
        let described = self.document.operations();
        described
            .map(|described| {
                let Described {
                    path,
                    method,
                    item,
                    operation,
                    pointer: _,
                } = described;
                let id = id_of(operation, method, path);
                Found {
                    module: renamed_module(self.settings, module_of(operation, item, &id, path)),
                    spelling: id.clone(),
                    id,
                    name: None,
                    described,
                }
            })
            .collect()
    }

    /// Gives an operation whose operationId another one has before it an id of its own: its method and its path.
    ///
    /// Its name is still made of the operationId where the two are in different modules.
    fn distinguish(&mut self, found: &mut [Found<'d>]) {
        let mut first: BTreeMap<String, String> = BTreeMap::new();
        let mut spelled: BTreeSet<(Name, String)> = BTreeSet::new();
        for one in found {
            let is_free = spelled.insert((one.module.clone(), one.id.clone()));
            let Described { path, method, .. } = &one.described;
            let Some(other) = first.get(&one.id) else {
                first.insert(one.id.clone(), format!("{method} {path}"));
                continue;
            };
            let id = format!("{} {path}", method.to_ascii_lowercase());
            let message = format!(
                "operationId `{}` is already used by `{other}`; identified as `{id}`",
                one.id
            );
            let pointer = format!("{}/operationId", one.described.pointer);
            let diagnostic = Diagnostic::warning("duplicate-operation-id", pointer, message);
            self.diagnostics.push(
                diagnostic
                    .help("give each operation an operationId of its own (OpenAPI 3.0, 4.7.10.1)"),
            );
            if !is_free {
                id.clone_into(&mut one.spelling);
            }
            one.id = id;
        }
    }

    /// Claims the name of every operation, asked for or not, so that a selection renames nothing.
    fn name(&mut self, found: &mut [Found<'d>]) {
        let mut by_module: BTreeMap<Name, Vec<usize>> = BTreeMap::new();
        for (index, one) in found.iter_mut().enumerate() {
            let chosen = self.renamed_operation(&one.candidate());
            let scope = self.scope(&one.module);
            one.name = chosen.and_then(|name| scope.claim_chosen(Kind::Type, name));
            if one.name.is_none() {
                by_module.entry(one.module.clone()).or_default().push(index);
            }
        }
        for (module, members) in by_module {
            self.name_in(&module, &members, found);
        }
    }

    /// Claims the names of operations of a module: each the short one, where no other has the same.
    fn name_in(&mut self, module: &Name, members: &[usize], found: &mut [Found<'d>]) {
        let scope = self.scope(module);
        let short = |index: &usize| {
            let one = &found[*index];
            let Described {
                path,
                method,
                operation,
                ..
            } = &one.described;
            spelling_of(operation, module, (method, path), &one.spelling)
        };
        let mut wanted: BTreeMap<String, usize> = BTreeMap::new();
        for spelling in members.iter().map(short) {
            *wanted.entry(spelling).or_default() += 1;
        }
        let spelled: Vec<(String, &str)> = members
            .iter()
            .map(|index| {
                let Found { id, spelling, .. } = &found[*index];
                let short = short(index);
                let is_free = wanted[&short] == 1 && !scope.has(Kind::Type, &short);
                let spelling = if is_free {
                    short
                } else if scope.has(Kind::Type, spelling) {
                    format!("{spelling}_request")
                } else {
                    spelling.clone()
                };
                (spelling, id.as_str())
            })
            .collect();
        let names = scope.claim_each(
            Kind::Type,
            spelled
                .iter()
                .map(|(spelling, id)| (spelling.as_str(), *id)),
        );
        for (index, name) in members.iter().zip(names) {
            found[*index].name = Some(name);
        }
    }
}
