//! What a description promises and the generated crate does not show: the change report reads it, and the examples do.

use super::{Limit, Literal};

/// The promises of an operation that neither its request struct nor its output shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    /// The alternatives of which one has to be met (`security`), each with all of its requirements. An alternative without
    /// requirements needs no credentials.
    pub security: Vec<Vec<DocumentedScheme>>,
    /// Whether a request has to have a body.
    pub body_required: bool,
    /// The media types that a request body may have, in the order of the description.
    pub bodies: Vec<Content>,
    /// The responses, by status, range or `default`.
    pub responses: Vec<DocumentedResponse>,
}

/// A security scheme that a request has to meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentedScheme {
    /// The name of the scheme in the description.
    pub scheme: String,
    /// What a request has to have for it.
    pub mechanism: Mechanism,
    /// The scopes that the token has to have.
    pub scopes: Vec<String>,
}

/// What a security scheme asks of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mechanism {
    /// A key in a header, a query parameter or a cookie of this name.
    Key(KeyLocation, String),
    /// The header `Authorization` with this scheme, in lower case.
    Http(String),
    /// A token of OAuth 2.0, which any of these flows yields.
    OAuth2(Vec<Flow>),
    /// A token of `OpenID` Connect, whose provider is described at this URL.
    OpenIdConnect(String),
    /// The description does not define the scheme.
    Undefined,
}

/// Where the key of a [`Mechanism::Key`] is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyLocation {
    /// In a header.
    Header,
    /// In the query.
    Query,
    /// In a cookie.
    Cookie,
}

/// A flow of OAuth 2.0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// The name of the flow in OpenAPI, such as `clientCredentials`.
    pub kind: &'static str,
    /// Where the user is sent.
    pub authorization_url: Option<String>,
    /// Where the token is requested.
    pub token_url: Option<String>,
    /// Where the token is refreshed.
    pub refresh_url: Option<String>,
}

/// A body of one media type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// The media type, as the description has it.
    pub media_type: String,
    /// What the body looks like.
    pub schema: BodySchema,
    /// How the properties of a form are encoded, by their name (`encoding`).
    pub encoding: Vec<(String, PropertyEncoding)>,
    /// Where the description has it, as a JSON pointer into the finished document.
    pub pointer: String,
}

impl Content {
    /// Returns whether both are of one media type: neither case nor the character set of a text in UTF-8 is a difference.
    #[must_use]
    pub fn is_of_same_type(&self, other: &Self) -> bool {
        plain(&self.media_type) == plain(&other.media_type)
    }
}

fn plain(media_type: &str) -> String {
    let parts = media_type
        .split(';')
        .map(|part| part.trim().to_ascii_lowercase());
    let parts: Vec<String> = parts.filter(|part| part != "charset=utf-8").collect();
    parts.join(";")
}

/// What a body of a media type looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BodySchema {
    /// The crate sends it, or decodes it into a type.
    Typed,
    /// It is not described, or has no members.
    Any,
    /// It looks like this, and the crate has no type for it.
    Outline(OutlineUse),
}

impl BodySchema {
    /// Returns the outline, if there is one.
    #[must_use]
    pub fn outline(&self) -> Option<&OutlineUse> {
        match self {
            Self::Typed | Self::Any => None,
            Self::Outline(outline) => Some(outline),
        }
    }
}

/// How a property of a form is encoded (the Encoding Object).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PropertyEncoding {
    /// The media type of the part.
    pub content_type: Option<String>,
    /// The style, as the description spells it.
    pub style: Option<String>,
    /// Whether each item of a list is a parameter of its own.
    pub explode: bool,
    /// Whether reserved characters are sent as they are.
    pub allow_reserved: bool,
    /// The headers of the part.
    pub headers: Vec<String>,
}

/// A response as the description has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentedResponse {
    /// The status, the range such as `4XX`, or `default`.
    pub status: String,
    /// Whether it is among those that the output of the operation stands for.
    pub success: bool,
    /// The media types of the body, in the order of the description; none where there is no body.
    pub contents: Vec<Content>,
    /// The headers.
    pub headers: Vec<DocumentedHeader>,
    /// Where the description has it, as a JSON pointer into the finished document.
    pub pointer: String,
}

/// A header of a [`DocumentedResponse`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentedHeader {
    /// The name, in lower case.
    pub wire: String,
    /// Whether it is always there.
    pub required: bool,
    /// The media type of the value, in lower case, where it is not written in the style `simple`.
    pub media_type: Option<String>,
    /// What the value is; none where the description does not say it.
    pub schema: Option<OutlineUse>,
}

/// The outline of a schema that the crate has no type for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// What its values are.
    pub kind: OutlineKind,
    /// Where the description has it, as a JSON pointer into the finished document.
    pub pointer: String,
}

/// The use of an [`Outline`] in a body or in another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineUse {
    /// The key in [`Api::outlines`](super::Api::outlines).
    pub key: String,
    /// Whether the value may be null here.
    pub nullable: bool,
}

/// What the values of an [`Outline`] are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutlineKind {
    /// Any JSON value.
    Any,
    /// Values of this type and format, as in `string date-time`.
    Scalar(String),
    /// One of these values.
    Values(Vec<Literal>),
    /// A list.
    List(Option<OutlineUse>),
    /// A list with a schema for each position.
    Tuple(Vec<OutlineUse>),
    /// An object with any keys.
    Map(Option<OutlineUse>),
    /// An object with these members.
    Object(Vec<OutlineMember>),
    /// One of several.
    OneOf(Vec<OutlineUse>),
}

impl OutlineKind {
    /// Returns the outlines inside.
    pub fn inner(&self) -> impl Iterator<Item = &OutlineUse> {
        let listed: Vec<&OutlineUse> = match self {
            Self::Any | Self::Scalar(_) | Self::Values(_) => Vec::new(),
            Self::List(inner) | Self::Map(inner) => inner.iter().collect(),
            Self::Tuple(all) | Self::OneOf(all) => all.iter().collect(),
            Self::Object(members) => members.iter().map(|member| &member.value).collect(),
        };
        listed.into_iter()
    }
}

/// A member of an object in an [`Outline`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineMember {
    /// The key in JSON.
    pub wire: String,
    /// Whether it is always there.
    pub required: bool,
    /// What its values are.
    pub value: OutlineUse,
    /// Where the description has it, as a JSON pointer into the finished document.
    pub pointer: String,
}

/// A rule on values that nothing checks.
#[derive(Debug, Clone, PartialEq)]
pub enum Rule {
    /// What the text matches (`pattern`).
    Pattern(String),
    /// The format of the text, where the type does not show it.
    Format(String),
    /// The only numbers that are allowed.
    Listed(Vec<String>),
    /// What the value must not be (`not`).
    Not,
    /// An object without other properties than those that are described (`additionalProperties: false`), or than those whose
    /// names match one of these patterns (`patternProperties`).
    Closed(Vec<String>),
    /// A keyword of JSON Schema that the crate does not know, such as `contains`, with its value.
    Keyword(String, String),
    /// The limits of a value that is only received; those of others are checked before they are sent.
    Limits(Vec<Limit>),
    /// Rules on each item of a list, or on each value of a map.
    Each(Vec<Rule>),
}
