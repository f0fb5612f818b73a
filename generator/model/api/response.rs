//! Responses: what they are decoded into, how they are streamed, and how lists go on.

use super::{Docs, Type};
use crate::model::names::Name;
use serde_json::Value;

/// How the body of a response is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Not at all.
    Empty,
    /// As JSON.
    Json,
    /// As text.
    Text,
    /// As bytes.
    Bytes,
    /// As a form (`application/x-www-form-urlencoded`), which only webhooks have.
    Form,
}

/// The responses of an operation, where they differ by status or by media type: an enum.
#[derive(Debug, Clone)]
pub struct Responses {
    /// The name of the enum.
    pub name: Name,
    /// The operation.
    pub operation: Name,
    /// Whether they are successes or errors.
    pub role: Role,
    /// The variants, in the order in which they are tried: single statuses before ranges.
    pub variants: Vec<ResponseVariant>,
    /// Where the description has it, as a JSON pointer into the finished document.
    pub pointer: String,
}

/// Whether a response means success.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The operation was executed.
    Success,
    /// The operation failed.
    Error,
}

/// One of the [`Responses`] of an operation.
#[derive(Debug, Clone)]
pub struct ResponseVariant {
    /// The name of the variant.
    pub name: Name,
    /// Its documentation.
    pub docs: Docs,
    /// The first and the last status that it is for.
    pub statuses: (u16, u16),
    /// The media types that it is for, where the status has several; empty where it takes any.
    pub media_types: Vec<String>,
    /// The type of its value; none where it has no content.
    pub ty: Option<Type>,
    /// How its body is read.
    pub reading: Reading,
    /// Where the description has it, as a JSON pointer into the finished document.
    pub pointer: String,
}

impl Responses {
    /// Returns the first variant of a status, which is the one of the preferred media type.
    #[must_use]
    pub fn of_status(&self, status: u16) -> Option<&ResponseVariant> {
        let mut variants = self.variants.iter();
        variants.find(|variant| (variant.statuses.0..=variant.statuses.1).contains(&status))
    }

    /// Returns whether a variant takes every status that no other takes; one for undeclared statuses is there otherwise.
    #[must_use]
    pub fn is_exhaustive(&self) -> bool {
        self.variants.iter().any(ResponseVariant::is_of_all)
    }
}

impl ResponseVariant {
    /// Returns whether it is for every status that no other is for, whatever its media type.
    #[must_use]
    pub fn is_of_all(&self) -> bool {
        is_default(self.statuses) && self.media_types.is_empty()
    }
}

/// Returns whether statuses are those of `default`.
#[must_use]
pub fn is_default((first, last): (u16, u16)) -> bool {
    last - first > 99
}

/// How a response is streamed.
#[derive(Debug, Clone)]
pub struct Streaming {
    /// How the events are separated.
    pub format: StreamFormat,
    /// The media type that is asked for.
    pub accept: String,
    /// The type of an event.
    pub event: Type,
    /// What of an event is decoded into the type.
    pub content: EventContent,
    /// The data that ends the stream, such as `[DONE]`.
    pub ends: Vec<String>,
    /// What asks for the stream, where the operation has another response as well.
    pub switch: Option<Switch>,
    /// The names of the members that lead to a list; none where the body is the list, or where there is no list.
    pub records: Vec<String>,
    /// Whether that list may be left out or null.
    pub may_be_absent: bool,
}

/// How the events of a stream are separated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StreamFormat {
    /// `text/event-stream`, by the HTML Living Standard.
    EventStream,
    /// A JSON text on each line.
    JsonLines,
    /// JSON text sequences (RFC 7464).
    JsonSequence,
    /// The records of one JSON list.
    List,
}

/// What of an event is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventContent {
    /// Its data, as JSON.
    Json,
    /// Its data, as text.
    Text,
    /// The whole event, as an object with the members `event`, `data`, `id` and `retry`, where `data` is text.
    EventOfText,
    /// The same, where `data` is JSON.
    EventOfJson,
}

/// The boolean that asks for a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Switch {
    /// A parameter of the request.
    Param(Name),
    /// A field of the parameter that is the whole JSON body.
    Field {
        /// The parameter.
        param: Name,
        /// The field of its model.
        field: Name,
    },
}

/// How a list is returned page by page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paging {
    /// The names that lead to the list of records in a page; empty where the page is the list.
    pub items: Vec<String>,
    /// Whether a page without records may leave the list out.
    pub items_may_be_absent: bool,
    /// The type of a record.
    pub item: Type,
    /// The parameter for the size of a page.
    pub size: Option<PageSize>,
    /// Where the next page is.
    pub next: NextPage,
    /// Where the parameters are.
    pub place: PagePlace,
    /// The boolean that says whether there are more pages.
    pub more: Option<More>,
    /// The names that lead to the number of all records.
    pub total: Option<Vec<String>>,
    /// The names that lead to the number of all pages.
    pub pages: Option<Vec<String>>,
}

/// Where the parameters for a page are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PagePlace {
    /// In the query.
    Query,
    /// In the JSON body, with dots between the names of one inside of another. The one for the next page is a number where the
    /// page has a number.
    Body,
    /// The same, where the one for the next page is a string.
    BodyAsString,
    /// The same, where the one for the next page is a number.
    BodyAsNumber,
}

/// The parameter for the size of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageSize {
    /// Its name.
    pub param: String,
    /// The least and the largest size that the description allows.
    pub range: (Option<i64>, Option<i64>),
}

/// Where a page says how to get the next one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NextPage {
    /// In a URL, absolute or relative, at the end of these names.
    Url(Vec<String>),
    /// In the header `Link` (RFC 8288), with the relation `next`.
    Link,
    /// In a value for a parameter, at the end of these names.
    Token {
        /// The parameter.
        param: String,
        /// The names that lead to the value.
        token: Vec<String>,
    },
    /// In a response header, whose value is one for a parameter.
    Header {
        /// The parameter.
        param: String,
        /// The header.
        header: String,
    },
    /// In the last record: a value for a parameter, at the end of these names.
    LastItem {
        /// The parameter.
        param: String,
        /// The names that lead to the value in a record.
        field: Vec<String>,
    },
    /// In the number of the page, for a parameter.
    Number {
        /// The parameter.
        param: String,
        /// The number of the first page.
        first: i64,
    },
    /// In the number of records before it, for a parameter.
    Offset {
        /// The parameter.
        param: String,
        /// The number of the first record.
        first: i64,
    },
}

impl NextPage {
    /// Returns the parameter that leads to it.
    #[must_use]
    pub fn param(&self) -> Option<&str> {
        match self {
            Self::Url(_) | Self::Link => None,
            Self::Token { param, .. }
            | Self::Header { param, .. }
            | Self::LastItem { param, .. }
            | Self::Number { param, .. }
            | Self::Offset { param, .. } => Some(param),
        }
    }
}

/// The boolean that says whether there are more pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct More {
    /// The names that lead to it.
    pub path: Vec<String>,
    /// What it is where there are more pages.
    pub value: bool,
}

/// A request that the service sends to a URL of its user.
#[derive(Debug, Clone)]
pub struct Webhook {
    /// The name of the type.
    pub name: Name,
    /// What the description calls it.
    pub id: String,
    /// The operation that it is a callback of, and the expression for its URL; none where it is a webhook.
    pub callback: Option<(Name, String)>,
    /// Its documentation.
    pub docs: Docs,
    /// Whether the description marks it as deprecated.
    pub deprecated: bool,
    /// The method.
    pub method: String,
    /// The type of its body; none where it has none.
    pub payload: Option<Type>,
    /// How its body is read.
    pub reading: Reading,
    /// Where the description has it, as a JSON pointer into the finished document.
    pub pointer: String,
}

/// An example of a response.
#[derive(Debug, Clone)]
pub struct ResponseExample {
    /// The name of its test.
    pub name: Name,
    /// The status.
    pub status: u16,
    /// The body: JSON, or text as a JSON string.
    pub body: Value,
    /// How the body is read.
    pub reading: Reading,
    /// Where the body does not match its own schema, as JSON paths; none where it cannot be decoded.
    pub deviations: Option<Vec<String>>,
}
