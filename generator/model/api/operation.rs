//! Requests: what they take, how they travel, and what comes back.

use super::{Body, ConstantParam, Docs, BodyFormats, Location, OperationServer, Param, Security, Type};
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
    /// The server.
    pub server: OperationServer,
    /// The path template, as the description has it.
    pub path: String,
    /// The path template as it is sent: escaped, without a fragment, and with the query that the description fixes.
    pub target: String,
    /// Its documentation.
    pub docs: Docs,
    /// Whether the description marks it as deprecated.
    pub deprecated: bool,
    /// The credentials that are sent.
    pub security: Security,
    /// Statuses outside 2xx that the description documents as the expected answer.
    pub accepts: Vec<u16>,
    /// The parameters: path, query, header, cookie, body, in this order.
    pub params: Vec<Param>,
    /// What is sent without being asked for.
    pub constants: Vec<ConstantParam>,
    /// How the required parameters reach `new`.
    pub constructor: Constructor,
    /// How the body is written.
    pub body: Body,
    /// Other media types that the same body can be written in.
    pub formats: Option<BodyFormats>,
    /// The media type that tells it from the other requests of the same operation.
    pub variant: Option<String>,
    /// The type of the answer; none where it has no content. It may be one of [`Answers`].
    pub output: Option<Type>,
    /// How its answers are read, where that is the same for every status.
    pub reading: Reading,
    /// The media types that are asked for, as the header `Accept` has them.
    pub accept: String,
    /// How its answer goes on, where it is a list.
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
        self.security == Security::Client
            && !self.server.is_own
            && self.accepts.is_empty()
            && self.accept == "application/json"
            && matches!(self.reading, Reading::Empty | Reading::Json)
    }
}

/// How the body of an answer is read.
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
}

/// The answers of an operation, where they differ by status: an enum that also takes statuses the description does not
/// list.
#[derive(Debug, Clone)]
pub struct Answers {
    /// The name of the enum.
    pub name: Name,
    /// The operation.
    pub operation: Name,
    /// The answers, in the order of their statuses.
    pub answers: Vec<Answer>,
    /// Where the description has it, as a JSON pointer into the finished document.
    pub pointer: String,
}

/// One of the [`Answers`] of an operation.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The name of the variant.
    pub name: Name,
    /// Its documentation.
    pub docs: Docs,
    /// The first and the last status that it stands for.
    pub statuses: (u16, u16),
    /// What it holds; none where it has no content.
    pub ty: Option<Type>,
    /// How its body is read.
    pub reading: Reading,
    /// Where the description has it, as a JSON pointer into the finished document.
    pub pointer: String,
}

impl Answers {
    /// Returns the answer of a status, where it is declared.
    #[must_use]
    pub fn of_status(&self, status: u16) -> Option<&Answer> {
        let mut answers = self.answers.iter();
        answers.find(|answer| (answer.statuses.0..=answer.statuses.1).contains(&status))
    }
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

/// An example of a request, with every value in the type of its parameter.
#[derive(Debug, Clone)]
pub struct RequestExample {
    /// The name of the function that makes it, in the tests.
    pub name: Name,
    /// What the description calls it; none where it is made up.
    pub key: Option<String>,
    /// The values, by index into [`Operation::params`]; values that the description does not give are made up.
    pub values: Vec<(usize, Value)>,
    /// The path with the values, and the query.
    pub target: String,
    /// The form.
    pub form: String,
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
    /// The body: JSON, or text as a JSON string.
    pub body: Value,
    /// How the body is read.
    pub reading: Reading,
    /// Where the body departs from its own schema, as JSON paths.
    pub deviations: Vec<String>,
}
