//! What the generated crate will be, as plain data: the seam between `lower`, which decides, and `emit`, which writes.

mod body;
mod contract;
mod hashable;
mod limit;
mod operation;
mod param;
mod pattern;
mod response;
mod security;
mod server;
mod types;
mod union;

pub use crate::base::markdown::Docs;
pub use crate::base::note::{Note, NoteKind};
pub use body::*;
pub use contract::*;
pub use hashable::Hashable;
pub use limit::*;
pub use operation::*;
pub use param::*;
pub use pattern::Pattern;
pub use response::*;
pub use security::*;
pub use server::*;
pub use types::*;
pub use union::*;

use crate::model::names::Name;
use crate::model::settings::RustPath;
use std::collections::BTreeMap;

/// A whole client crate.
#[derive(Debug, Clone)]
pub struct Api {
    /// The title of the description.
    pub title: String,
    /// What the description says about the whole API.
    pub docs: Docs,
    /// Whether the API follows the conventions of Twilio's: SIDs, accounts, edges and regions.
    pub is_twilio: bool,
    /// The kinds of SID, by the name of their marker type.
    pub sids: BTreeMap<Name, SidKind>,
    /// The aliases of SIDs: the resource's own name for its `sid`.
    pub sid_aliases: BTreeMap<Name, SidAlias>,
    /// The ways to prove who sends a request, in the order of the description.
    pub schemes: Vec<Scheme>,
    /// The servers that a client can choose, in the order of the description.
    pub servers: Vec<Server>,
    /// The patterns that texts are checked with, by the name of their constant.
    pub patterns: BTreeMap<Name, Pattern>,
    /// The response headers that operations declare, by the name of their constant.
    pub headers: BTreeMap<Name, Header>,
    /// The example to begin with: an operation, by module and index.
    pub quickstart: Option<(Name, usize)>,
    /// The resources, by module.
    pub resources: BTreeMap<Name, Resource>,
    /// The schemas of bodies that the crate has no type for, by a key of their own.
    pub outlines: BTreeMap<String, Outline>,
    /// What the description asks for and the generated crate does not do.
    pub notes: Vec<Note>,
    /// How many types are within each other, at most.
    pub nesting: usize,
}

impl Api {
    /// Returns the relative server of the first operation that has none with a scheme and a host, so that a client needs a
    /// base URL; it is empty where the description names no server.
    #[must_use]
    pub fn relative_server(&self) -> Option<&str> {
        let mut operations = self
            .resources
            .values()
            .flat_map(|resource| &resource.operations);
        let relative = operations.find(|operation| !operation.server.is_absolute())?;
        Some(&relative.server.url)
    }

    /// Returns every type that is used for a field, a parameter, a variant or a response.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        self.resources.values().flat_map(Resource::types)
    }

    /// Returns whether a response is streamed.
    #[must_use]
    pub fn has_streams(&self) -> bool {
        let mut resources = self.resources.values();
        resources.any(|resource| {
            resource
                .operations
                .iter()
                .any(|one| one.streaming.is_some())
        })
    }

    /// Returns whether requests are sent in either direction.
    #[must_use]
    pub fn has_operations(&self) -> bool {
        let mut resources = self.resources.values();
        self.has_webhooks() || resources.any(|resource| !resource.operations.is_empty())
    }

    /// Returns whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let is_empty = |resource: &Resource| {
            resource.models.is_empty() && resource.enums.is_empty() && resource.unions.is_empty()
        };
        !self.has_operations() && self.resources.values().all(is_empty)
    }

    /// Returns whether the service sends requests to a URL of its user.
    #[must_use]
    pub fn has_webhooks(&self) -> bool {
        let mut resources = self.resources.values();
        resources.any(|resource| !resource.webhooks.is_empty())
    }
}

impl Resource {
    /// Returns its structs, enums and unions, each with the types that are used for its fields or variants.
    pub fn types_by_name(&self) -> impl Iterator<Item = (&Name, Vec<&Type>)> {
        let models = self.models.iter();
        let models = models.map(|one| (&one.name, one.types().collect()));
        let enums = self.enums.iter().map(|one| (&one.name, Vec::new()));
        let unions = self.unions.iter();
        let unions = unions.map(|one| (&one.name, one.types().collect()));
        models.chain(enums).chain(unions)
    }

    /// Returns every type that is used for a field, a parameter, a variant or a response.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        let own = self.types_by_name().flat_map(|(_, types)| types);
        let responses = self.responses.iter();
        let responses = responses.flat_map(|one| &one.variants);
        let responses = responses.filter_map(|variant| variant.ty.as_ref());
        let webhooks = self.webhooks.iter();
        let webhooks = webhooks.filter_map(|webhook| webhook.payload.as_ref());
        let operations = self.operations.iter().flat_map(|operation| {
            let params = operation.params.iter().map(|param| &param.ty);
            let event = operation.streaming.iter().map(|one| &one.event);
            let item = operation.paging.iter().map(|one| &one.item);
            let results = operation.output.iter().chain(&operation.error);
            params.chain(results).chain(event).chain(item)
        });
        own.chain(responses).chain(webhooks).chain(operations)
    }
}

/// One module: the models, enums and requests of a resource.
#[derive(Debug, Clone)]
pub struct Resource {
    /// What the description says about the resource.
    pub docs: Docs,
    /// The structs that responses are decoded into, in the order of the description.
    pub models: Vec<Model>,
    /// The enums, in the order of the description.
    pub enums: Vec<OpenEnum>,
    /// The values that are one of several types, in the order of the description.
    pub unions: Vec<Union>,
    /// The responses that differ by status or media type, in the order of the requests.
    pub responses: Vec<Responses>,
    /// The requests that the service sends, in the order of the description.
    pub webhooks: Vec<Webhook>,
    /// The requests, in the order of the description.
    pub operations: Vec<Operation>,
    /// The feature that turns the module on; none for one that is always there.
    pub feature: Option<String>,
}

/// A struct that JSON is decoded into.
#[derive(Debug, Clone)]
pub struct Model {
    /// The name of the struct.
    pub name: Name,
    /// Its documentation.
    pub docs: Docs,
    /// Its fields, in the order of the description.
    pub fields: Vec<ModelField>,
    /// The required members that have one possible value: no fields, but written and compared.
    pub constants: Vec<Constant>,
    /// What the object holds besides, where the description allows it.
    pub rest: Option<Rest>,
    /// The least and the most members that are sent.
    pub members: Option<(usize, usize)>,
    /// How a caller makes one; none where it only ever comes out of a response.
    pub constructor: Option<Constructor>,
    /// The derives that the user wants besides.
    pub derives: Vec<RustPath>,
    /// The rules on whole objects that nothing checks before they are sent.
    pub rules: Vec<Rule>,
    /// Where the description has it, as a JSON pointer into the finished document.
    pub pointer: String,
}

/// A required member of a [`Model`] that has one possible value.
#[derive(Debug, Clone)]
pub struct Constant {
    /// What code calls it.
    pub name: Name,
    /// The key in JSON.
    pub wire: String,
    /// The value.
    pub value: Literal,
    /// Where the description has it, as a JSON pointer into the finished document.
    pub pointer: String,
}

/// Which direction a member of an object is for (`readOnly`, `writeOnly`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Access {
    /// Requests and responses.
    #[default]
    Both,
    /// Responses only: it is neither set nor sent.
    ReadOnly,
    /// Requests only: no response has it.
    WriteOnly,
}

/// The field of a [`Model`] for additional properties.
#[derive(Debug, Clone)]
pub struct Rest {
    /// The name of the field.
    pub name: Name,
    /// The type of each value.
    pub ty: Type,
    /// What is checked of all of them before they are sent.
    pub limits: Vec<Limit>,
}

/// A field of a [`Model`].
#[derive(Debug, Clone)]
pub struct ModelField {
    /// The name in Rust.
    pub name: Name,
    /// The key in JSON.
    pub wire: String,
    /// Its documentation.
    pub docs: Docs,
    /// The type of a value that is there.
    pub ty: Type,
    /// The name of an alias for the type, where it would be too long to read.
    pub alias: Option<Name>,
    /// Whether the value may be absent or null.
    pub presence: Presence,
    /// Whether it is for requests, responses or both.
    pub access: Access,
    /// Whether it has to be there, in the direction that it is for.
    pub required: bool,
    /// Whether a caller who makes the object has to give a value, although it may be absent in a response.
    pub required_in_requests: bool,
    /// The value that the service takes where there is none.
    pub default: Option<serde_json::Value>,
    /// What is checked of it before it is sent.
    pub limits: Vec<Limit>,
    /// The rules on it that nothing checks.
    pub rules: Vec<Rule>,
    /// The name of the method that sends it as null, where null and absent are told apart.
    pub clear: Option<Name>,
    /// Whether the value stands behind a pointer, because its type holds itself.
    pub boxed: bool,
    /// Whether the value is personal or secret, and stays out of `Debug`.
    pub sensitive: bool,
    /// Where the description has it, as a JSON pointer into the finished document.
    pub pointer: String,
}

impl Model {
    /// Returns the types of its fields and of its additional properties.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        let fields = self.fields.iter().map(|field| &field.ty);
        fields.chain(self.rest.iter().map(|rest| &rest.ty))
    }
}

impl ModelField {
    /// Returns whether a body decodes without a value here.
    #[must_use]
    pub fn is_optional(&self) -> bool {
        self.presence != Presence::Required
    }

    /// Returns whether a caller who makes the object has to give a value.
    #[must_use]
    pub fn is_asked_for(&self) -> bool {
        self.required_in_requests
            || matches!(self.presence, Presence::Required | Presence::Nullable)
    }
}

/// Whether a field of a [`Model`] may be absent or null.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It is always there, and never null.
    Required,
    /// It is always there, and may be null.
    Nullable,
    /// It may be absent; null is read as absent.
    Optional,
    /// It may be absent or null, and one is told from the other.
    OptionalNullable,
    /// It may be absent or null, which mean the same.
    NullOrAbsent,
}

/// An enum that also takes values the description does not list.
#[derive(Debug, Clone)]
pub struct OpenEnum {
    /// The name of the enum.
    pub name: Name,
    /// Its documentation.
    pub docs: Docs,
    /// Whether its values are strings or integers.
    pub kind: NamedKind,
    /// The listed values, in the order of the description.
    pub variants: Vec<Variant>,
    /// Whether values that are not listed do not match.
    pub is_closed: bool,
    /// The derives that the user wants besides.
    pub derives: Vec<RustPath>,
    /// Where the description has it, as a JSON pointer into the finished document.
    pub pointer: String,
}

/// A listed value of an [`OpenEnum`].
#[derive(Debug, Clone)]
pub struct Variant {
    /// The name in Rust.
    pub name: Name,
    /// What the description says about the value.
    pub docs: Docs,
    /// The value in JSON.
    pub wire: Literal,
    /// Where the description has it, as a JSON pointer into the finished document.
    pub pointer: String,
}

/// A response header that the description declares.
#[derive(Debug, Clone)]
pub struct Header {
    /// The name on the wire, in lower case.
    pub wire: String,
    /// Its documentation.
    pub docs: Docs,
    /// Its type: text, a boolean or a number.
    pub ty: Type,
    /// Where the description has it, as a JSON pointer into the finished document.
    pub pointer: String,
}
