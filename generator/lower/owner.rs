//! Who owns the types of responses, and what the responses come to.

use crate::model::api::{Reading, ResponseExample, Streaming, Type};
use crate::model::names::Name;

/// What the responses of an operation come to.
#[derive(Debug, Clone)]
pub(super) struct Outputs {
    pub output: Option<Type>,
    pub reading: Reading,
    pub accept: String,
    pub accepts: Vec<u16>,
    pub error: Option<Type>,
    pub error_reading: Reading,
    pub streaming: Option<Streaming>,
    /// The media types that a caller may choose from, where there are several.
    pub choices: Vec<String>,
    pub headers: Vec<Name>,
    pub examples: Vec<ResponseExample>,
}

/// Where an operation is, and who owns the types of its responses.
#[derive(Clone, Copy)]
pub(super) struct Owner<'o> {
    pub module: &'o Name,
    pub operation: &'o Name,
    pub method: &'o str,
    /// Whether the request has a precondition that a response may fail with 304.
    pub is_conditional: bool,
}
