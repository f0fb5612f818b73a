//! A document to the typed model.

use crate::base::diagnostics::Diagnostic;
use crate::base::pointer::escape;
use indexmap::IndexMap;
use openapiv3::{OpenAPI, Operation, PathItem};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::thread;

/// Objects within objects for which any stack is large enough.
const SHALLOW: usize = 24;
/// Bytes of stack for more; they are taken from the system only as far as they are used.
const DEEP_STACK: usize = 64 << 20;

/// A document in the typed model, which is of OpenAPI 3.0, and what later versions have beside that.
#[derive(Debug)]
pub(super) struct Typed {
    pub openapi: OpenAPI,
    /// The operations of other methods than those of OpenAPI 3.0, by path.
    pub operations: IndexMap<String, Vec<OtherOperation>>,
    pub webhooks: IndexMap<String, PathItem>,
}

/// An operation of a method that OpenAPI 3.0 does not have.
#[derive(Debug)]
pub(super) struct OtherOperation {
    /// The method as it is sent.
    pub method: String,
    /// Where it is in its path item, as a JSON pointer.
    pub pointer: String,
    pub operation: Operation,
}

/// Reads a document of so many objects within each other.
///
/// The typed model takes much of the stack for each of them: a document that is deep gets a stack of its own.
pub(super) fn openapi(document: &Value, depth: usize) -> Result<Typed, Diagnostic> {
    if depth <= SHALLOW {
        return read(document);
    }
    thread::scope(|scope| {
        let worker = thread::Builder::new()
            .stack_size(DEEP_STACK)
            .spawn_scoped(scope, || read(document));
        match worker.map(thread::ScopedJoinHandle::join) {
            Ok(Ok(result)) => result,
            Ok(Err(_)) | Err(_) => {
                let message = "this is nested too deeply";
                Err(Diagnostic::error("too-deep", "", message))
            }
        }
    })
}

fn read(document: &Value) -> Result<Typed, Diagnostic> {
    let mut operations = IndexMap::new();
    let paths = document.get("paths").and_then(Value::as_object);
    let items = paths.into_iter().flatten();
    for (path, item) in items.filter(|(path, _)| path.starts_with('/')) {
        let at = format!("/paths/{}", escape(path));
        let found = other_operations(item, &at)?;
        if !found.is_empty() {
            operations.insert(path.clone(), found);
        }
    }
    let mut webhooks = IndexMap::new();
    let items = document.get("webhooks").and_then(Value::as_object);
    for (name, item) in items.into_iter().flatten() {
        let at = format!("/webhooks/{}", escape(name));
        webhooks.insert(name.clone(), typed(item, &at)?);
    }
    Ok(Typed {
        openapi: typed(document, "")?,
        operations,
        webhooks,
    })
}

/// Reads the operations of a path item that OpenAPI 3.2 added: `query`, and those of any other method.
fn other_operations(item: &Value, at: &str) -> Result<Vec<OtherOperation>, Diagnostic> {
    let query = item
        .get("query")
        .map(|query| ("QUERY", "/query".to_owned(), query));
    let others = item.get("additionalOperations").and_then(Value::as_object);
    let others = others.into_iter().flatten().map(|(method, operation)| {
        let pointer = format!("/additionalOperations/{}", escape(method));
        (method.as_str(), pointer, operation)
    });
    let mut operations = Vec::new();
    for (method, pointer, operation) in query.into_iter().chain(others) {
        let at = format!("{at}{pointer}");
        if !is_token(method) {
            let message = format!("`{method}` is not a valid method");
            let help = "a method is a token, such as `COPY` (RFC 9110, section 9.1)";
            return Err(Diagnostic::error("structure", at, message)
                .on_key()
                .help(help));
        }
        operations.push(OtherOperation {
            method: method.to_owned(),
            operation: typed(operation, &at)?,
            pointer,
        });
    }
    Ok(operations)
}

/// Whether a text is a token (RFC 9110, section 5.6.2).
fn is_token(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(allowed)
}

/// What has been checked cannot fail here; should it, the place is found in a second run.
fn typed<T: DeserializeOwned>(value: &Value, at: &str) -> Result<T, Diagnostic> {
    T::deserialize(value).or_else(|_| {
        serde_path_to_error::deserialize(value).map_err(|error| {
            let message = format!("this is not what OpenAPI has here: {}", error.inner());
            let pointer = format!("{at}{}", pointer_of(error.path()));
            Diagnostic::error("structure", pointer, message)
        })
    })
}

fn pointer_of(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
            Segment::Map { key } => pointer.push_str(&format!("/{}", escape(key))),
            Segment::Enum { .. } | Segment::Unknown => break,
        }
    }
    pointer
}
