//! A document to the typed model.

use crate::base::diagnostics::Diagnostic;
use crate::base::pointer::escape;
use openapiv3::OpenAPI;
use serde::Deserialize;
use serde_json::Value;
use std::thread;

/// Objects within objects for which any stack is large enough.
const SHALLOW: usize = 24;
/// Bytes of stack for more; they are taken from the system only as far as they are used.
const DEEP_STACK: usize = 64 << 20;

/// Reads a document of so many objects within each other.
///
/// The typed model takes much of the stack for each of them: a document that is deep gets a stack of its own.
pub(super) fn openapi(document: &Value, depth: usize) -> Result<OpenAPI, Diagnostic> {
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

/// What has been checked cannot fail here; should it, the place is found in a second run.
fn read(document: &Value) -> Result<OpenAPI, Diagnostic> {
    OpenAPI::deserialize(document).or_else(|_| {
        serde_path_to_error::deserialize(document).map_err(|error| {
            let message = format!("this is not what OpenAPI 3.0 has here: {}", error.inner());
            Diagnostic::error("structure", pointer_of(error.path()), message)
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
