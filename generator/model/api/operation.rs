//! Requests: what they take, how they are sent, and what their responses are.

use super::{
    Body, BodyFormats, ConstantParam, Contract, Docs, Location, OperationServer, Paging, Param,
    Reading, ResponseExample, Security, Streaming, Type,
};
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
    /// Statuses outside 2xx that the description documents as successes.
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
    /// What it promises beyond all that.
    pub contract: Contract,
    /// The examples of the request.
    pub request_examples: Vec<RequestExample>,
    /// The examples of the response.
    pub response_examples: Vec<ResponseExample>,
    /// Where the description has it, as a JSON pointer into the finished document.
    pub pointer: String,
}

impl Operation {
    /// Returns whether it sends the client's credential and has a response in JSON with a 2xx, as most are.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.security == Security::Client
            && !self.server.is_own
            && self.accepts.is_empty()
            && self.accept == "application/json"
            && matches!(self.reading, Reading::Empty | Reading::Json)
    }

    /// Returns whether callers never name one of its parameters: it is an argument of `new`, and what a path template calls it
    /// means nothing. Its field is private, so that another name breaks nobody.
    #[must_use]
    pub fn is_unnamed(&self, param: &Param) -> bool {
        param.required
            && param.location == Location::Path
            && matches!(self.constructor, Constructor::Positional)
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
