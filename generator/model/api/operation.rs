//! Requests: what they take, how they are sent, and what their responses are.

use super::{Docs, Limit, Paging, Reading, ResponseExample, Streaming, Type};
use crate::model::names::Name;
use serde_json::Value;

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
    /// Statuses outside 2xx that the description documents as successes.
    pub accepts: Vec<u16>,
    /// The parameters: path, query, header, body, in this order.
    pub params: Vec<Param>,
    /// How the required parameters reach `new`.
    pub constructor: Constructor,
    /// The form of the body.
    pub body: Body,
    /// The type of a success; none where it has no content. It may be one of [`Responses`](super::Responses).
    pub output: Option<Type>,
    /// How its successes are read, where that is the same for all of them.
    pub reading: Reading,
    /// The media types that are asked for, as the header `Accept` has them.
    pub accept: String,
    /// The type of a documented error; none where none has a body. It may be one of [`Responses`](super::Responses).
    pub error: Option<Type>,
    /// How its errors are read, where that is the same for all of them.
    pub error_reading: Reading,
    /// How the response is streamed, where the description offers that.
    pub streaming: Option<Streaming>,
    /// How the list goes on, where the response is a page of one.
    pub paging: Option<Paging>,
    /// The constants of the response headers that it declares.
    pub headers: Vec<Name>,
    /// The examples of the request.
    pub request_examples: Vec<RequestExample>,
    /// The examples of the response.
    pub response_examples: Vec<ResponseExample>,
    /// Where the description has it, as a JSON pointer into the finished document.
    pub pointer: String,
}

impl Operation {
    /// Returns whether it sends the client's credential and is answered in JSON with a 2xx, as most are.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.authenticated
            && self.accepts.is_empty()
            && self.accept == "application/json"
            && matches!(self.reading, Reading::Empty | Reading::Json)
    }
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
    /// JSON of this media type: the one parameter in [`Location::Body`].
    Json(String),
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
    /// What is checked of it before it is sent.
    pub limits: Vec<Limit>,
    /// Whether the value is personal or secret, and stays out of `Debug`.
    pub sensitive: bool,
    /// Where the description has it, as a JSON pointer into the finished document.
    pub pointer: String,
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
    /// What the description calls it; none where it is made up.
    pub key: Option<String>,
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
