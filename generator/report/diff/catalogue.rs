//! The types of an API by their path, and which of them travel where.

use crate::model::api::{Api, Model, OpenEnum, Operation, Responses, Type, TypePath, Union};
use crate::model::names::Name;
use std::collections::{BTreeMap, BTreeSet};

/// A type by its module and its name.
pub(super) type Key<'a> = (&'a Name, &'a Name);

/// A type that has a name.
#[derive(Debug, Clone, Copy)]
pub(super) enum Item<'a> {
    Model(&'a Model),
    Enum(&'a OpenEnum),
    Union(&'a Union),
    Responses(&'a Responses),
}

impl<'a> Item<'a> {
    pub(super) fn pointer(self) -> &'a str {
        match self {
            Self::Model(model) => &model.pointer,
            Self::Enum(open_enum) => &open_enum.pointer,
            Self::Union(union) => &union.pointer,
            Self::Responses(responses) => &responses.pointer,
        }
    }

    /// What it is, for a sentence.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Model(_) => "struct",
            Self::Enum(_) => "enum",
            Self::Union(_) => "union",
            Self::Responses(_) => "enum of responses",
        }
    }

    /// The types that it holds.
    fn parts(self) -> Vec<&'a Type> {
        match self {
            Self::Model(model) => {
                let fields = model.fields.iter().map(|field| &field.ty);
                fields
                    .chain(model.rest.iter().map(|rest| &rest.ty))
                    .collect()
            }
            Self::Enum(_) => Vec::new(),
            Self::Union(union) => union.alternatives.iter().map(|one| &one.ty).collect(),
            Self::Responses(responses) => {
                let variants = responses.variants.iter();
                variants.filter_map(|one| one.ty.as_ref()).collect()
            }
        }
    }
}

/// The types of an API.
pub(super) struct Catalogue<'a> {
    pub api: &'a Api,
    pub types: BTreeMap<Key<'a>, Item<'a>>,
    /// What requests are made of.
    sent: BTreeSet<Key<'a>>,
    /// What answers are read into.
    received: BTreeSet<Key<'a>>,
}

/// Where a value travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Travels {
    pub sent: bool,
    pub received: bool,
}

impl Travels {
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            sent: self.sent || other.sent,
            received: self.received || other.received,
        }
    }
}

impl<'a> Catalogue<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        let mut types = BTreeMap::new();
        for (module, resource) in &api.resources {
            for model in &resource.models {
                types.insert((module, &model.name), Item::Model(model));
            }
            for open_enum in &resource.enums {
                types.insert((module, &open_enum.name), Item::Enum(open_enum));
            }
            for union in &resource.unions {
                types.insert((module, &union.name), Item::Union(union));
            }
        }
        for (module, resource) in &api.resources {
            for responses in &resource.responses {
                types.insert((module, &responses.name), Item::Responses(responses));
            }
        }
        let operations: Vec<&Operation> = api
            .resources
            .values()
            .flat_map(|resource| &resource.operations)
            .collect();
        let params = operations
            .iter()
            .flat_map(|operation| operation.params.iter().map(|param| &param.ty));
        let outputs = operations
            .iter()
            .filter_map(|operation| operation.output.as_ref());
        Self {
            sent: reached(&types, params),
            received: reached(&types, outputs),
            api,
            types,
        }
    }

    pub(super) fn find(&self, path: &'a TypePath) -> Option<Item<'a>> {
        self.types.get(&(&path.module, &path.name)).copied()
    }

    pub(super) fn travels(&self, key: Key<'_>) -> Travels {
        Travels {
            sent: self.sent.contains(&key),
            received: self.received.contains(&key),
        }
    }
}

/// The types that values of the given ones hold.
fn reached<'a>(
    types: &BTreeMap<Key<'a>, Item<'a>>,
    from: impl Iterator<Item = &'a Type>,
) -> BTreeSet<Key<'a>> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&'a Type> = from.collect();
    while let Some(ty) = open.pop() {
        match ty {
            Type::Named(path) => {
                let key = (&path.module, &path.name);
                if found.insert(key) {
                    open.extend(types.get(&key).into_iter().flat_map(|item| item.parts()));
                }
            }
            Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => open.push(inner),
            Type::Tuple(positions) => open.extend(positions),
            Type::String
            | Type::Bool
            | Type::Integer(_)
            | Type::F64
            | Type::DateTime
            | Type::Rfc2822
            | Type::Date
            | Type::Time
            | Type::Duration
            | Type::Uuid
            | Type::Base64
            | Type::Json
            | Type::Sid(_)
            | Type::PageMeta
            | Type::File
            | Type::Bytes
            | Type::Custom(_) => {}
        }
    }
    found
}
