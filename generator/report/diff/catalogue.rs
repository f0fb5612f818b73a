//! The types of an API by their path, what uses them, and in which direction their values are sent.

use super::collector::Noun;
use crate::model::api::{
    Alternative, Api, Hashable, Model, ModelField, OpenEnum, Operation, OutlineUse, Param,
    ResponseVariant, Responses, Rest, Streaming, Type, TypePath, Union, Webhook,
};
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
    pub fn pointer(self) -> &'a str {
        match self {
            Self::Model(model) => &model.pointer,
            Self::Enum(open_enum) => &open_enum.pointer,
            Self::Union(union) => &union.pointer,
            Self::Responses(responses) => &responses.pointer,
        }
    }

    pub fn noun(self) -> Noun {
        match self {
            Self::Model(_) => Noun::Struct,
            Self::Enum(_) => Noun::Enum,
            Self::Union(_) => Noun::Union,
            Self::Responses(_) => Noun::Response,
        }
    }

    /// What it is, for a sentence.
    pub fn word(self) -> &'static str {
        match self {
            Self::Model(_) => "struct",
            Self::Enum(_) => "enum",
            Self::Union(_) => "union",
            Self::Responses(_) => "enum of responses",
        }
    }

    /// The types that it has inside, with the parts that have them.
    pub fn parts(self) -> Vec<(&'a str, &'a Type)> {
        match self {
            Self::Model(model) => {
                let fields = model.fields.iter();
                let fields = fields.map(|ModelField { name, ty, .. }| (name.as_str(), ty));
                let rest = model.rest.iter();
                fields
                    .chain(rest.map(|Rest { name, ty, .. }| (name.as_str(), ty)))
                    .collect()
            }
            Self::Enum(_) => Vec::new(),
            Self::Union(union) => {
                let alternatives = union.alternatives.iter();
                alternatives
                    .map(|Alternative { name, ty, .. }| (name.as_str(), ty))
                    .collect()
            }
            Self::Responses(responses) => {
                let variants = responses.variants.iter();
                variants
                    .filter_map(|ResponseVariant { name, ty, .. }| {
                        Some((name.as_str(), ty.as_ref()?))
                    })
                    .collect()
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
    /// What responses are read into.
    received: BTreeSet<Key<'a>>,
    /// The operations and types that use a type, by their paths.
    users: BTreeMap<Key<'a>, BTreeSet<String>>,
    /// The types that are `Eq` and `Hash`.
    pub hashable: Hashable<'a>,
    /// The types by where their schemas are.
    pointers: BTreeMap<&'a str, Key<'a>>,
}

/// The directions in which a value is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Direction {
    pub sent: bool,
    pub received: bool,
}

impl Direction {
    pub const NONE: Self = Self {
        sent: false,
        received: false,
    };
    pub const REQUEST: Self = Self {
        sent: true,
        received: false,
    };
    pub const RESPONSE: Self = Self {
        sent: false,
        received: true,
    };

    pub fn or(self, other: Self) -> Self {
        Self {
            sent: self.sent || other.sent,
            received: self.received || other.received,
        }
    }
}

impl<'a> Catalogue<'a> {
    pub fn new(api: &'a Api) -> Self {
        let types = types_of(api);
        let operations = || operations(api).map(|(_, operation)| operation);
        let params = operations().flat_map(|one| one.params.iter().map(|param| &param.ty));
        let outputs = operations().flat_map(results);
        let webhooks = api
            .resources
            .values()
            .flat_map(|resource| &resource.webhooks);
        let payloads = webhooks.filter_map(|webhook| webhook.payload.as_ref());
        let outputs = outputs.chain(payloads);
        let mut sent = reached(&types, params);
        let mut received = reached(&types, outputs);
        let bodies = operations().flat_map(|one| &one.contract.bodies);
        let bodies = bodies.filter_map(|body| body.schema.outline());
        sent.extend(outlined(api, &types, bodies));
        let responses = || operations().flat_map(|one| &one.contract.responses);
        let bodies = responses().flat_map(|response| &response.contents);
        let bodies = bodies.filter_map(|body| body.schema.outline());
        let headers = responses().flat_map(|response| &response.headers);
        let headers = headers.filter_map(|header| header.schema.as_ref());
        received.extend(outlined(api, &types, bodies.chain(headers)));
        let pointers = types.iter().map(|(key, item)| (item.pointer(), *key));
        Self {
            sent,
            received,
            users: users(api, &types),
            hashable: Hashable::new(api),
            pointers: pointers.filter(|(at, _)| !at.is_empty()).collect(),
            api,
            types,
        }
    }

    /// Returns the type of the crate that is made of the schema at this place.
    pub fn type_at(&self, pointer: &str) -> Option<Key<'a>> {
        self.pointers.get(pointer).copied()
    }

    pub fn find(&self, path: &TypePath) -> Option<Item<'a>> {
        self.types.get(&(&path.module, &path.name)).copied()
    }

    pub fn direction(&self, key: Key<'_>) -> Direction {
        Direction {
            sent: self.sent.contains(&key),
            received: self.received.contains(&key),
        }
    }

    /// Returns the operations and types that use a type.
    pub fn users(&self, key: Key<'a>) -> impl Iterator<Item = &str> {
        let users = self.users.get(&key);
        users.into_iter().flatten().map(String::as_str)
    }
}

/// Returns the operations of an API with their modules.
pub(super) fn operations(api: &Api) -> impl Iterator<Item = (&Name, &Operation)> {
    let resources = api.resources.iter();
    resources
        .flat_map(|(module, resource)| resource.operations.iter().map(move |one| (module, one)))
}

/// The types of what an operation returns: its success, its errors, and the events of its stream.
fn results(operation: &Operation) -> impl Iterator<Item = &Type> {
    let events = operation
        .streaming
        .iter()
        .map(|Streaming { event, .. }| event);
    let results = operation.output.iter().chain(&operation.error);
    results.chain(events)
}

pub(super) fn path((module, name): Key<'_>) -> String {
    format!("{module}::{name}")
}

fn types_of(api: &Api) -> BTreeMap<Key<'_>, Item<'_>> {
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
        for responses in &resource.responses {
            types.insert((module, &responses.name), Item::Responses(responses));
        }
    }
    types
}

fn users<'a>(
    api: &'a Api,
    types: &BTreeMap<Key<'a>, Item<'a>>,
) -> BTreeMap<Key<'a>, BTreeSet<String>> {
    let mut users: BTreeMap<Key<'a>, BTreeSet<String>> = BTreeMap::new();
    let mut add = |ty: &'a Type, user: &str| {
        for path in ty.named() {
            let users = users.entry((&path.module, &path.name)).or_default();
            users.insert(user.to_owned());
        }
    };
    for (module, operation) in operations(api) {
        let user = path((module, &operation.name));
        let params = operation.params.iter().map(|Param { ty, .. }| ty);
        for ty in params.chain(results(operation)) {
            add(ty, &user);
        }
    }
    for (module, resource) in &api.resources {
        for Webhook { name, payload, .. } in &resource.webhooks {
            if let Some(ty) = payload {
                add(ty, &path((module, name)));
            }
        }
    }
    for (key, item) in types {
        for (_, ty) in item.parts() {
            add(ty, &path(*key));
        }
    }
    users
}

/// The types that values of the given ones have inside.
fn reached<'a>(
    types: &BTreeMap<Key<'a>, Item<'a>>,
    from: impl Iterator<Item = &'a Type>,
) -> BTreeSet<Key<'a>> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&'a Type> = from.collect();
    while let Some(ty) = open.pop() {
        for path in ty.named() {
            let key = (&path.module, &path.name);
            if found.insert(key) {
                let item = types.get(&key).into_iter();
                open.extend(item.flat_map(|item| item.parts()).map(|(_, ty)| ty));
            }
        }
    }
    found
}

/// The types whose schemas are in bodies and headers that the crate has no type for.
fn outlined<'a>(
    api: &'a Api,
    types: &BTreeMap<Key<'a>, Item<'a>>,
    outlines: impl Iterator<Item = &'a OutlineUse>,
) -> BTreeSet<Key<'a>> {
    let mut open: Vec<&str> = outlines.map(|outline| outline.key.as_str()).collect();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut pointers: BTreeSet<&str> = BTreeSet::new();
    while let Some(key) = open.pop() {
        if let (true, Some(outline)) = (seen.insert(key), api.outlines.get(key)) {
            pointers.insert(&outline.pointer);
            open.extend(outline.kind.inner().map(|inner| inner.key.as_str()));
        }
    }
    let types = types.iter();
    types
        .filter(|(_, item)| pointers.contains(item.pointer()))
        .map(|(key, _)| *key)
        .collect()
}
