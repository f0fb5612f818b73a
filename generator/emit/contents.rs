//! What is in the files of a module: all of it, or what some of the enabled modules need.

use super::branch::condition;
use super::code::import_line;
use super::users::{Group, Users};
use crate::model::api::{
    Model, OpenEnum, Operation, Resource, Responses, Type, TypePath, Union, Webhook,
};
use crate::model::names::Name;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// What is in a file, or in several that are one module.
#[derive(Debug, Default)]
pub(super) struct Contents<'r> {
    pub models: Vec<&'r Model>,
    pub enums: Vec<&'r OpenEnum>,
    pub unions: Vec<&'r Union>,
    pub responses: &'r [Responses],
    pub webhooks: &'r [Webhook],
    pub operations: &'r [Operation],
}

/// The contents of a module.
#[derive(Debug)]
pub(super) struct Divided<'r> {
    /// What is there whenever the module is.
    pub always: Contents<'r>,
    /// The types that are there for some of the enabled modules.
    pub groups: Vec<(&'r Group, Contents<'r>)>,
}

impl<'r> Divided<'r> {
    /// Divides the types of a module by their users.
    pub fn new(module: &Name, resource: &'r Resource, users: &'r Users<'_>) -> Self {
        let Resource {
            docs: _,
            models,
            enums,
            unions,
            responses,
            webhooks,
            operations,
            feature: _,
        } = resource;
        let mut all: BTreeMap<Option<usize>, Contents<'r>> = BTreeMap::new();
        let group_of = |name: &Name| users.group_of(module, name);
        for one in models {
            let contents = all.entry(group_of(&one.name)).or_default();
            contents.models.push(one);
        }
        for one in enums {
            let contents = all.entry(group_of(&one.name)).or_default();
            contents.enums.push(one);
        }
        for one in unions {
            let contents = all.entry(group_of(&one.name)).or_default();
            contents.unions.push(one);
        }
        let types = all.remove(&None).unwrap_or_default();
        let groups = users.groups().iter().enumerate();
        let groups = groups.filter_map(|(index, group)| Some((group, all.remove(&Some(index))?)));
        Self {
            always: Contents {
                responses,
                webhooks,
                operations,
                ..types
            },
            groups: groups.collect(),
        }
    }

    /// Returns the lines that declare the files of the groups.
    pub fn declarations(&self) -> String {
        let mut text = String::new();
        for (group, _) in &self.groups {
            let (name, condition) = (&group.name, condition(&group.features));
            let _ = write!(
                text,
                "\n#[cfg({condition})]\nmod {name};\n#[cfg({condition})]\npub use self::{name}::*;\n"
            );
        }
        text
    }
}

impl Contents<'_> {
    /// Returns the import of the types of the same module that are in other files.
    pub fn import_of_others(&self, module: &Name) -> String {
        let models = self.models.iter().flat_map(|model| model.types());
        let unions = self.unions.iter().flat_map(|union| union.types());
        let types = models.chain(unions).flat_map(Type::named);
        let own: BTreeSet<&Name> = self.names().collect();
        let others = types.filter(
            |TypePath {
                 module: of, name, ..
             }| { of == module && !own.contains(name) },
        );
        let others: BTreeSet<&str> = others.map(|path| path.name.as_str()).collect();
        let others: Vec<&str> = others.into_iter().collect();
        if others.is_empty() {
            return String::new();
        }
        import_line("use super", &others) + "\n"
    }

    fn names(&self) -> impl Iterator<Item = &Name> {
        let models = self.models.iter().map(|one| &one.name);
        let enums = self.enums.iter().map(|one| &one.name);
        let unions = self.unions.iter().map(|one| &one.name);
        models.chain(enums).chain(unions)
    }
}
