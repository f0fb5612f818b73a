//! Parameters: the values that a request takes, and how each is written.

use super::{Docs, Limit, Literal, Rule, Type};
use crate::model::names::Name;
use serde_json::Value;

/// A parameter of a request: a parameter of the operation, or a part of its body.
#[derive(Debug, Clone)]
pub struct Param {
    /// The name of the field and the setter.
    pub name: Name,
    /// The name of the method that sends it empty, or as null in a JSON body.
    pub clear: Option<Name>,
    /// The name in the request.
    pub wire: String,
    /// Where it is sent.
    pub location: Location,
    /// Its documentation.
    pub docs: Docs,
    /// Its type.
    pub ty: Type,
    /// Whether the request cannot be made without it.
    pub required: bool,
    /// The value where the caller gives none.
    pub default: Option<Value>,
    /// Whether the default is sent, because the service requires a value.
    pub sends_default: bool,
    /// How it is written.
    pub style: Style,
    /// Whether reserved characters are not escaped (`allowReserved`).
    pub reserved: bool,
    /// How it is written as a part of a multipart body.
    pub part: Option<Part>,
    /// What is checked of it before it is sent.
    pub limits: Vec<Limit>,
    /// The rules on it that nothing checks.
    pub rules: Vec<Rule>,
    /// Whether the value is personal or secret, and left out of `Debug`.
    pub sensitive: bool,
    /// Where the description has it, as a JSON pointer into the finished document.
    pub pointer: String,
}

impl Param {
    /// Returns whether the value is written by what it is as JSON, and not by its type: objects, unions, any value, and
    /// lists of them.
    #[must_use]
    pub fn is_structured(&self) -> bool {
        let is_indexed = self.style == Style::DeepObject && matches!(self.ty, Type::List(_));
        self.style.is_json() || is_indexed || is_structured(&self.ty)
    }
}

fn is_structured(ty: &Type) -> bool {
    match ty {
        Type::List(items) => !items.is_scalar(),
        Type::Nullable(inner) => is_structured(inner),
        Type::Named(path) => !path.kind.is_enum(),
        Type::Map(_) | Type::Tuple(_) | Type::Json | Type::PageMeta => true,
        Type::Custom(_) => !ty.is_scalar(),
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
        | Type::Sid(_)
        | Type::File
        | Type::Bytes => false,
    }
}

/// A parameter that has one possible value: no field of the request, but sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConstantParam {
    /// The name in the request.
    pub wire: String,
    /// Where it is sent.
    pub location: Location,
    /// The value.
    pub value: Literal,
    /// Where the description has it, as a JSON pointer into the finished document.
    pub pointer: String,
}

/// How the value of a parameter is written (OpenAPI 3.0, 4.7.12.3, Style Values).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Style {
    /// `a,b`; `k,v` or, exploded, `k=v`: in paths and headers.
    Simple {
        /// `explode`.
        explode: bool,
    },
    /// `.a.b`, in paths.
    Label {
        /// `explode`.
        explode: bool,
    },
    /// `;name=a,b` or, exploded, `;name=a;name=b`, in paths.
    Matrix {
        /// `explode`.
        explode: bool,
    },
    /// `name=a,b` or, exploded, `name=a&name=b` and `k=v`.
    Form {
        /// `explode`.
        explode: bool,
    },
    /// `name=a%20b`.
    SpaceDelimited,
    /// `name=a|b`.
    PipeDelimited,
    /// `name[k]=v`.
    DeepObject,
    /// `Prefix.k=v`, for the maps of Twilio.
    Prefixed(String),
    /// JSON text (`content: {application/json: …}`).
    Json,
    /// JSON text, except that a string is sent as it is: values without a type in Twilio's forms.
    TextOrJson,
    /// The same for each item of a list.
    EachTextOrJson,
}

impl Style {
    /// Returns the style of single values and exploded lists in a query or a form.
    #[must_use]
    pub fn form() -> Self {
        Self::Form { explode: true }
    }

    /// Returns the style of single values and lists in a path or a header.
    #[must_use]
    pub fn simple() -> Self {
        Self::Simple { explode: false }
    }

    /// Returns whether the value is written as JSON text.
    #[must_use]
    pub fn is_json(&self) -> bool {
        matches!(self, Self::Json | Self::TextOrJson | Self::EachTextOrJson)
    }
}

/// Where a parameter is sent.
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

/// How a value is written as a part of a multipart body (OpenAPI 3.0, 4.7.15, Encoding Object).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What the part is.
    pub kind: PartKind,
    /// The media type; none where it is the default of the kind.
    pub content_type: Option<String>,
    /// Whether it has headers of its own, which the caller gives.
    pub has_headers: bool,
}

/// What a part of a multipart body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    /// A file, or a part for each of several.
    File,
    /// Text, or a part for each of several.
    Text,
    /// A list as one text, separated by commas.
    Joined,
    /// JSON, or a part for each item of a list.
    Json,
    /// A value of several types by what it is: text, JSON, or a part for each item of a list.
    Value,
    /// Each entry of a map is a part of its own, which is a file.
    Files,
}
