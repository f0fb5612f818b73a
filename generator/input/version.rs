//! Which version of OpenAPI a description is of.

use super::advice;
use crate::base::diagnostics::Diagnostic;
use serde_json::{Map, Value};

/// A version of OpenAPI that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// Swagger 2.0.
    V20,
    V30,
    /// OpenAPI 3.1, and 3.2, which adds to it.
    V31,
}

/// Returns the version, or what else the description is.
pub(super) fn version(value: &Value) -> Result<Version, Diagnostic> {
    let Some(document) = value.as_object() else {
        let message = "a description is a map that begins with `openapi: 3.0.x`";
        let fault = Diagnostic::error("no-document", "", message);
        return Err(match value.as_str().and_then(advice::of_markup) {
            Some(help) => fault.help(help),
            None => fault,
        });
    };
    let written = match document.get("openapi") {
        Some(Value::String(version)) => version.clone(),
        // Without quotes, YAML takes `3.0` for a number; that is warned of with everything else.
        Some(Value::Number(version)) => version.to_string(),
        Some(_) => {
            return Err(
                Diagnostic::error("version", "/openapi", "the version must be text")
                    .help("put it in quotes: `openapi: \"3.0.3\"`"),
            );
        }
        None if document.contains_key("swagger") => return swagger_version(document),
        None => return Err(no_version(document)),
    };
    let mut parts = written.trim().trim_start_matches('v').split(['.', '-']);
    match (parts.next(), parts.next()) {
        (Some("3"), None | Some("0")) => Ok(Version::V30),
        (Some("3"), Some("1" | "2")) => Ok(Version::V31),
        _ => Err(Diagnostic::error(
            "version",
            "/openapi",
            format!("OpenAPI {written} is not supported"),
        )
        .help("convert the description to OpenAPI 3.0, 3.1 or 3.2")),
    }
}

/// Swagger has one version, 2.0, that descriptions are still written in.
fn swagger_version(document: &Map<String, Value>) -> Result<Version, Diagnostic> {
    let written = match document.get("swagger") {
        Some(Value::String(version)) => version.trim().to_owned(),
        Some(Value::Number(version)) => version.to_string(),
        Some(_) | None => String::new(),
    };
    if matches!(written.as_str(), "2" | "2.0") {
        return Ok(Version::V20);
    }
    let message = format!("Swagger {written} is not supported");
    let help = "convert the description to Swagger 2.0 or OpenAPI 3";
    Err(Diagnostic::error("version", "/swagger", message).help(help))
}

/// Other descriptions look like this one, until someone looks for what they are of.
fn no_version(document: &Map<String, Value>) -> Diagnostic {
    let message = "the key `openapi` is missing, so this is no OpenAPI description";
    let fault = Diagnostic::error("version", "", message);
    let is_collection = |info: &Value| info.get("_postman_id").is_some();
    let misspelt = document
        .keys()
        .find(|key| key.eq_ignore_ascii_case("openapi"));
    if let Some(key) = misspelt {
        fault.help(format!("write `openapi` in place of `{key}`"))
    } else if document.contains_key("asyncapi") {
        fault.help("this is an AsyncAPI description: it is of messages, and cratewright makes clients of HTTP APIs")
    } else if document.get("info").is_some_and(is_collection) {
        fault.help("this is a collection of Postman's: convert it to OpenAPI 3.0 first")
    } else {
        fault.help("if it is one, say which version it is of: `openapi: 3.0.3`")
    }
}
