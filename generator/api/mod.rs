//! What the generated crate will be, as plain data: the seam between `lower`, which decides, and `emit`, which writes.

mod limit;
mod operation;
mod types;

pub use limit::*;
pub use operation::*;
pub use types::*;

use crate::names::Name;
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
    /// The response headers that operations declare, by the name of their constant.
    pub headers: BTreeMap<Name, Header>,
    /// The example to begin with: an operation, by module and index.
    pub quickstart: Option<(Name, usize)>,
    /// The resources, by module.
    pub resources: BTreeMap<Name, Resource>,
    /// What the description asks for and the generated crate does not do.
    pub notes: Vec<Note>,
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
    /// The answers that differ by status, in the order of the requests.
    pub answers: Vec<Answers>,
    /// The requests, in the order of the description.
    pub operations: Vec<Operation>,
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
    /// What the object holds besides, where the description allows it.
    pub rest: Option<Rest>,
    /// How a caller makes one; none where it only ever comes out of a response.
    pub constructor: Option<Constructor>,
    /// Where the description has it, as a JSON pointer into the finished document.
    pub pointer: String,
}

/// The field of a [`Model`] for what the object holds besides.
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
    /// Whether the value may be absent or null.
    pub presence: Presence,
    /// What is checked of it before it is sent.
    pub limits: Vec<Limit>,
    /// The name of the method that sends it as null, where null and absent are told apart.
    pub clear: Option<Name>,
    /// Whether the value stands behind a pointer, because its type holds itself.
    pub boxed: bool,
    /// Whether the value is personal or secret, and stays out of `Debug`.
    pub sensitive: bool,
    /// Where the description has it, as a JSON pointer into the finished document.
    pub pointer: String,
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
        matches!(self.presence, Presence::Required | Presence::Nullable)
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
    /// It may be absent or null, and a caller tells one from the other.
    Tristate,
}

/// A value that is one of several types.
#[derive(Debug, Clone)]
pub struct Union {
    /// The name of the enum.
    pub name: Name,
    /// Its documentation.
    pub docs: Docs,
    /// The field that says which alternative a value is.
    pub tag: Option<String>,
    /// The alternatives, in the order of the description.
    pub alternatives: Vec<Alternative>,
    /// Where the description has it, as a JSON pointer into the finished document.
    pub pointer: String,
}

/// An alternative of a [`Union`].
#[derive(Debug, Clone)]
pub struct Alternative {
    /// The name of the variant.
    pub name: Name,
    /// Its type.
    pub ty: Type,
    /// The values of the tag that stand for it.
    pub tags: Vec<String>,
    /// What is checked of it before it is sent.
    pub limits: Vec<Limit>,
    /// Where the description has it, as a JSON pointer into the finished document.
    pub pointer: String,
}

/// An enum that also takes values the description does not list.
#[derive(Debug, Clone)]
pub struct OpenEnum {
    /// The name of the enum.
    pub name: Name,
    /// Its documentation.
    pub docs: Docs,
    /// The listed values, in the order of the description.
    pub variants: Vec<Variant>,
    /// Where the description has it, as a JSON pointer into the finished document.
    pub pointer: String,
}

/// A listed value of an [`OpenEnum`].
#[derive(Debug, Clone)]
pub struct Variant {
    /// The name in Rust.
    pub name: Name,
    /// The text on the wire.
    pub wire: String,
    /// Where the description has it, as a JSON pointer into the finished document.
    pub pointer: String,
}

/// A security scheme of the description.
#[derive(Debug, Clone)]
pub struct Scheme {
    /// What the description calls it.
    pub name: String,
    /// The credential that serves it.
    pub credential: Credential,
}

/// What a client proves with who sends a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// An account and its token, or a key of it.
    Account,
    /// A user name and a password.
    Basic,
    /// A token.
    Bearer,
    /// A key in a header of this name, in lower case.
    Header(String),
    /// A key in a query parameter of this name.
    Query(String),
    /// A key in a cookie of this name.
    Cookie(String),
    /// An OAuth 2.0 client, which gets its tokens at this URL.
    ClientCredentials(String),
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

/// Something that the description asks for and the generated crate does not do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What becomes of it.
    pub kind: NoteKind,
    /// The place in the description, as a JSON pointer.
    pub pointer: String,
    /// What it is.
    pub message: String,
}

/// What becomes of something that the generated crate does not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoteKind {
    /// A rule on values that is not checked before sending.
    NotEnforced,
    /// A construct that is read in a more general way, such as any JSON value.
    Generalised,
    /// An example that does not fit its own schema.
    Example,
}

/// Documentation in Markdown, made safe for rustdoc: one string per line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Docs(Vec<String>);

impl Docs {
    /// Wraps lines that are safe already.
    pub(crate) fn from_safe_lines(lines: Vec<String>) -> Self {
        Self(lines)
    }

    /// Returns the lines.
    #[must_use]
    pub fn lines(&self) -> &[String] {
        &self.0
    }

    /// Returns whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the first paragraph's first line, for a summary.
    #[must_use]
    pub fn first_line(&self) -> Option<&str> {
        self.0.first().map(String::as_str)
    }
}
