//! What the generated crate will be, as plain data: the seam between `lower`, which decides, and `emit`, which writes.

use crate::names::Name;
use serde_json::Value;
use std::collections::BTreeMap;

/// A whole client crate.
#[derive(Debug, Clone)]
pub struct Api {
    /// The title of the description.
    pub title: String,
    /// What the description says about the whole API.
    pub docs: Docs,
    /// The kinds of SID, by the name of their marker type.
    pub sids: BTreeMap<Name, SidKind>,
    /// The aliases of SIDs: the resource's own name for its `sid`.
    pub sid_aliases: BTreeMap<Name, SidAlias>,
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
    /// The field for what the object holds besides, and the type of these values.
    pub rest: Option<(Name, Type)>,
    /// How a caller makes one; none where it only ever comes out of a response.
    pub constructor: Option<Constructor>,
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
    /// The name of the method that sends it as null, where null and absent are told apart.
    pub clear: Option<Name>,
    /// Whether the value stands behind a pointer, because its type holds itself.
    pub boxed: bool,
    /// Whether the value is personal or secret, and stays out of `Debug`.
    pub sensitive: bool,
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
}

/// A listed value of an [`OpenEnum`].
#[derive(Debug, Clone)]
pub struct Variant {
    /// The name in Rust.
    pub name: Name,
    /// The text on the wire.
    pub wire: String,
}

/// The type of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// Text.
    String,
    /// `true` or `false`.
    Bool,
    /// `format: int32`.
    I32,
    /// Any other integer.
    I64,
    /// Any other number.
    F64,
    /// An instant in RFC 3339.
    DateTime,
    /// An instant in the form of e-mail headers, RFC 2822.
    Rfc2822,
    /// A calendar date, ISO 8601.
    Date,
    /// Any JSON value.
    Json,
    /// Any JSON value that travels as text in one field of a form, a query or a header.
    JsonText,
    /// A string that holds JSON by convention; the caller's text goes out as it is.
    JsonString,
    /// A SID.
    Sid(SidUse),
    /// A model or an enum of this crate.
    Named(TypePath),
    /// A list.
    List(Box<Type>),
    /// A map with text keys.
    Map(Box<Type>),
    /// The paging fields of a list, the same for every resource.
    PageMeta,
    /// A file in a body of several parts.
    File,
    /// A body of bytes.
    Bytes,
}

/// A model or an enum, by where it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypePath {
    /// The module.
    pub module: Name,
    /// The name in it.
    pub name: Name,
    /// Whether it is an [`OpenEnum`].
    pub is_enum: bool,
}

/// A SID as a field has it.
#[derive(Debug, Clone)]
pub struct SidUse {
    /// The marker type.
    pub kind: Name,
    /// The alias to write instead of `Sid<Kind>`.
    pub alias: Option<Name>,
}

/// The alias is a spelling: two SIDs of one kind are of one type.
impl PartialEq for SidUse {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl Eq for SidUse {}

/// A kind of SID: what its text looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SidKind {
    /// The pattern, as the description has it.
    pub pattern: String,
    /// What the text begins with.
    pub prefixes: Prefixes,
    /// What follows, 32 characters of it.
    pub digits: Digits,
}

/// What the text of a SID may begin with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Prefixes {
    /// One of these pairs of letters.
    Listed(Vec<String>),
    /// Any two upper-case letters.
    AnyUpper,
    /// Any two letters.
    AnyLetters,
}

/// The alphabet of the 32 characters after the prefix of a SID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Digits {
    /// `0-9a-fA-F`.
    Hex,
    /// `0-9a-f`.
    LowerHex,
    /// `0-9a-zA-Z`.
    Alphanumeric,
}

/// The name that a resource gives to its own SID.
#[derive(Debug, Clone)]
pub struct SidAlias {
    /// The marker type.
    pub kind: Name,
    /// The model whose `sid` it is.
    pub model: TypePath,
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
}

/// A request.
#[derive(Debug, Clone)]
pub struct Operation {
    /// The name of the struct.
    pub name: Name,
    /// The `operationId`, or the method and the path where there is none.
    pub id: String,
    /// The method, in upper case.
    pub method: String,
    /// The scheme, host and base path, without a trailing slash.
    pub server: String,
    /// The path template.
    pub path: String,
    /// Its documentation.
    pub docs: Docs,
    /// Whether the description marks it as deprecated.
    pub deprecated: bool,
    /// Whether the client's credentials are sent.
    pub authenticated: bool,
    /// Statuses outside 2xx that the description documents as the expected answer.
    pub accepts: Vec<u16>,
    /// The parameters: path, query, header, body, in this order.
    pub params: Vec<Param>,
    /// How the required parameters reach `new`.
    pub constructor: Constructor,
    /// The form of the body.
    pub body: Body,
    /// The type of the answer; none where it has no content.
    pub output: Option<Type>,
    /// How its answer goes on, where it is a list.
    pub paging: Option<Paging>,
    /// The constants of the response headers that it declares.
    pub headers: Vec<Name>,
    /// The examples of the request.
    pub request_examples: Vec<RequestExample>,
    /// The examples of the response.
    pub response_examples: Vec<ResponseExample>,
}

/// How a list comes page by page.
#[derive(Debug, Clone)]
pub struct Paging {
    /// The field of the page that holds the records.
    pub items: Member,
    /// The type of a record.
    pub item: Type,
    /// The parameter for the size of a page, with the sizes that are allowed.
    pub page_size: Option<(Name, i64, i64)>,
    /// Where the next page is.
    pub next: NextPage,
}

/// Where a page says how to get the next one.
#[derive(Debug, Clone)]
pub enum NextPage {
    /// In a URL, absolute or relative: the fields that lead to it.
    Url(Vec<Member>),
    /// In a token for a query parameter: the name of that, and the fields that lead to the token.
    Token(String, Vec<Member>),
    /// In an index for a query parameter: the name of that, and the field with the number of all records.
    Index(String, Member),
    /// Nowhere: there is one page.
    Nowhere,
}

/// A field on the way into a page.
#[derive(Debug, Clone)]
pub struct Member {
    /// The field.
    pub name: Name,
    /// Whether it may be absent.
    pub optional: bool,
}

/// How the required parameters of a request reach `new`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Constructor {
    /// One by one: no two of them could be swapped unnoticed.
    Positional,
    /// By name, in one struct.
    Named(Name),
}

/// The form of a request body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// No body.
    None,
    /// `application/x-www-form-urlencoded`, made of the parameters in [`Location::Body`].
    Form,
    /// JSON: the one parameter in [`Location::Body`].
    Json,
    /// `multipart/form-data`, made of the parameters in [`Location::Body`].
    Multipart,
    /// Text of this media type: the one parameter in [`Location::Body`].
    Text(String),
    /// Bytes of this media type: the one parameter in [`Location::Body`].
    Bytes(String),
}

/// A parameter of a request.
#[derive(Debug, Clone)]
pub struct Param {
    /// The name of the field and the setter.
    pub name: Name,
    /// The name of the method that sends it empty, where its own type has no empty value.
    pub clear: Option<Name>,
    /// The name on the wire.
    pub wire: String,
    /// Where it travels.
    pub location: Location,
    /// Its documentation.
    pub docs: Docs,
    /// Its type.
    pub ty: Type,
    /// Whether the request cannot be made without it.
    pub required: bool,
    /// How it is written.
    pub style: Style,
    /// What is checked before it is sent.
    pub limits: Vec<Limit>,
    /// Whether the value is personal or secret, and stays out of `Debug`.
    pub sensitive: bool,
}

/// How the value of a parameter is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Style {
    /// As it is; a list repeats the name.
    Plain,
    /// A list as one value, with this between its items.
    Joined(&'static str),
    /// Each entry of a map as a parameter of its own: `filter[key]=value`.
    DeepObject,
    /// Each entry of a map as a parameter of its own: `Prefix.key=value`.
    Prefixed(String),
    /// Each entry of a map as a parameter of its own: `key=value`.
    Exploded,
}

/// A rule on the value of a parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Limit {
    /// The number of characters of a text.
    Length(usize, usize),
    /// The size of a number, both ends included.
    Range(f64, f64),
    /// The number of items of a list.
    Items(usize, usize),
}

impl Limit {
    /// Returns whether a value keeps the limit; one that it does not apply to does.
    #[must_use]
    pub fn is_kept_by(&self, value: &Value) -> bool {
        match *self {
            Self::Length(min, max) => value
                .as_str()
                .is_none_or(|text| (min..=max).contains(&text.chars().count())),
            Self::Range(min, max) => value
                .as_f64()
                .is_none_or(|number| (min..=max).contains(&number)),
            Self::Items(min, max) => value
                .as_array()
                .is_none_or(|items| (min..=max).contains(&items.len())),
        }
    }
}

/// Where a parameter travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Location {
    /// In the path; required.
    Path,
    /// `{AccountSid}` in the path, which defaults to the client's account.
    Account,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
    /// In the body.
    Body,
}

/// An example of a request, with every value in the type of its parameter.
#[derive(Debug, Clone)]
pub struct RequestExample {
    /// The name of the function that makes it, in the tests.
    pub name: Name,
    /// The values, by index into [`Operation::params`]; values that the description does not give are made up.
    pub values: Vec<(usize, Value)>,
    /// The path that the values lead to.
    pub path: String,
    /// The pairs of the query.
    pub query: Vec<(String, String)>,
    /// The pairs of the form.
    pub form: Vec<(String, String)>,
    /// The body, where it is JSON.
    pub json: Value,
}

impl RequestExample {
    /// Returns whether a field of the form is a list.
    #[must_use]
    pub fn has_form_list(&self, params: &[Param]) -> bool {
        self.values
            .iter()
            .filter_map(|(index, _)| params.get(*index))
            .any(|param| {
                param.location == Location::Body
                    && matches!(param.ty, Type::List(_))
                    && !self.form.is_empty()
            })
    }
}

/// An example of a response.
#[derive(Debug, Clone)]
pub struct ResponseExample {
    /// The name of its test.
    pub name: Name,
    /// The status.
    pub status: u16,
    /// The body.
    pub body: Value,
    /// Where the body departs from its own schema, as JSON paths.
    pub deviations: Vec<String>,
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
