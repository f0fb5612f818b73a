//! Where a description departs from the structure of OpenAPI 3.0.
//!
//! The typed model passes over keys that it cannot read, and of what it refuses it says little about where. So the keys are
//! checked first; and of a description that is refused, the parts are read one by one, to name the innermost that is wrong.

use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use openapiv3::{Header, Info, MediaType, Operation, Parameter, PathItem, RequestBody, Response};
use openapiv3::{Responses, Schema, SecurityScheme, Server, Tag};
use serde::Deserialize;
use serde_json::Value;

/// Refuses keys under which the typed model would read nothing: a path without `/`, a status that is none.
pub(crate) fn check_keys(document: &Value) -> Result<(), Diagnostics> {
    let mut found = Diagnostics::new();
    let root = Pointer::ROOT;
    let paths = root.key("paths");
    for (path, item) in entries(document.get("paths")) {
        let at = paths.key(path);
        if !path.starts_with('/') && !path.starts_with("x-") {
            let message = format!("`{path}` is no path: a path begins with `/`");
            let help = format!("write `/{path}`");
            found.push(
                Diagnostic::error("path", at.to_string(), message)
                    .on_key()
                    .help(help),
            );
        }
        for (method, operation) in entries(Some(item)) {
            let at = at.key(method);
            let at = at.key("responses");
            for (status, _) in
                entries(operation.get("responses")).filter(|(status, _)| !is_status(status))
            {
                let message = format!("`{status}` is no status of HTTP");
                let help = "a status is three digits, a class such as `2XX`, or `default`";
                let diagnostic = Diagnostic::error("status", at.key(status).to_string(), message);
                found.push(diagnostic.on_key().help(help));
            }
        }
    }
    found.propagate()
}

fn is_status(key: &str) -> bool {
    match key.as_bytes() {
        [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9'] | [b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => true,
        _ => key == "default" || key.starts_with("x-"),
    }
}

/// Names the innermost parts of a description that are wrong; `whole` is what was said of it as a whole.
pub(crate) fn explain(document: &Value, whole: Diagnostic) -> Diagnostics {
    let mut found = Diagnostics::new();
    for (part, pointer, value) in parts(Part::Document, document) {
        narrow(part, value, &Pointer::to(&pointer), &mut found);
    }
    if found.is_empty() {
        found.push(whole);
    }
    found
}

/// What the typed model says of a place, in words.
pub(crate) fn diagnostic(pointer: String, reason: &str) -> Diagnostic {
    let mut reason = reason.to_owned();
    for (rust, words) in [
        ("expected usize", "expected a whole number"),
        ("expected u64", "expected a whole number"),
        ("expected i64", "expected a whole number"),
        ("expected f64", "expected a number"),
        ("expected a sequence", "expected a list"),
        ("invalid type: sequence", "invalid type: list"),
    ] {
        reason = reason.replace(rust, words);
    }
    if let Some((before, _)) = reason.split_once("expected struct ") {
        reason = format!("{before}expected a map");
    }
    if let Some(field) = reason.strip_prefix("missing field ") {
        reason = format!("{field} is missing");
    }
    Diagnostic::error(
        "structure",
        pointer,
        format!("this is not what OpenAPI 3.0 has here: {reason}"),
    )
}

#[derive(Debug, Clone, Copy)]
enum Part {
    Document,
    Info,
    Server,
    Tag,
    SecurityScheme,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    Responses,
    Response,
    Header,
    MediaType,
    Schema,
}

/// What stands under a key.
#[derive(Debug, Clone, Copy)]
enum Count {
    One,
    Map,
    List,
}

impl Part {
    /// The keys of this part that hold other parts.
    fn keys(self) -> &'static [(&'static str, Count, Self)] {
        use Count::{List, Map, One};
        match self {
            Self::Document => &[
                ("info", One, Self::Info),
                ("servers", List, Self::Server),
                ("tags", List, Self::Tag),
                ("paths", Map, Self::PathItem),
                ("components/parameters", Map, Self::Parameter),
                ("components/requestBodies", Map, Self::RequestBody),
                ("components/responses", Map, Self::Response),
                ("components/headers", Map, Self::Header),
                ("components/schemas", Map, Self::Schema),
                ("components/securitySchemes", Map, Self::SecurityScheme),
            ],
            Self::PathItem => &[
                ("parameters", List, Self::Parameter),
                ("get", One, Self::Operation),
                ("post", One, Self::Operation),
                ("put", One, Self::Operation),
                ("patch", One, Self::Operation),
                ("delete", One, Self::Operation),
                ("head", One, Self::Operation),
                ("options", One, Self::Operation),
                ("trace", One, Self::Operation),
            ],
            Self::Operation => &[
                ("parameters", List, Self::Parameter),
                ("requestBody", One, Self::RequestBody),
                ("responses", One, Self::Responses),
            ],
            Self::Responses => &[("", Map, Self::Response)],
            Self::Response => &[
                ("headers", Map, Self::Header),
                ("content", Map, Self::MediaType),
            ],
            Self::RequestBody => &[("content", Map, Self::MediaType)],
            Self::Parameter | Self::Header => &[
                ("schema", One, Self::Schema),
                ("content", Map, Self::MediaType),
            ],
            Self::MediaType => &[("schema", One, Self::Schema)],
            Self::Schema => &[
                ("properties", Map, Self::Schema),
                ("items", One, Self::Schema),
                ("additionalProperties", One, Self::Schema),
                ("allOf", List, Self::Schema),
                ("oneOf", List, Self::Schema),
                ("anyOf", List, Self::Schema),
                ("not", One, Self::Schema),
            ],
            Self::Info | Self::Server | Self::Tag | Self::SecurityScheme => &[],
        }
    }

    /// Returns where, inside of this part, and why it cannot be read.
    fn refusal(self, value: &Value) -> Option<(String, String)> {
        if value.get("$ref").is_some_and(Value::is_string) {
            return None;
        }
        match self {
            Self::Document => None,
            Self::Info => refusal::<Info>(value),
            Self::Server => refusal::<Server>(value),
            Self::Tag => refusal::<Tag>(value),
            Self::SecurityScheme => refusal::<SecurityScheme>(value),
            Self::PathItem => refusal::<PathItem>(value),
            Self::Operation => refusal::<Operation>(value),
            Self::Parameter => refusal::<Parameter>(value),
            Self::RequestBody => refusal::<RequestBody>(value),
            Self::Responses => refusal::<Responses>(value),
            Self::Response => refusal::<Response>(value),
            Self::Header => refusal::<Header>(value),
            Self::MediaType => refusal::<MediaType>(value),
            // `additionalProperties` may also be a boolean.
            Self::Schema if value.is_boolean() => None,
            Self::Schema => refusal::<Schema>(value),
        }
    }
}

fn refusal<'v, T: Deserialize<'v>>(value: &'v Value) -> Option<(String, String)> {
    let error = serde_path_to_error::deserialize::<_, T>(value).err()?;
    Some((
        super::document::pointer_of(error.path()),
        error.inner().to_string(),
    ))
}

fn narrow(part: Part, value: &Value, at: &Pointer<'_>, found: &mut Diagnostics) {
    let Some((inside, reason)) = part.refusal(value) else {
        return;
    };
    let before = found.len();
    for (part, pointer, value) in parts(part, value) {
        narrow(part, value, &Pointer::to(&format!("{at}{pointer}")), found);
    }
    if found.len() == before {
        found.push(diagnostic(format!("{at}{inside}"), &reason));
    }
}

/// The parts inside of a part, each with the pointer from it.
fn parts(part: Part, value: &Value) -> Vec<(Part, String, &Value)> {
    let mut parts = Vec::new();
    for (key, count, part) in part.keys() {
        let pointer = if key.is_empty() {
            String::new()
        } else {
            format!("/{key}")
        };
        let Some(child) = value.pointer(&pointer) else {
            continue;
        };
        match (count, child) {
            (Count::One, _) => parts.push((*part, pointer, child)),
            (Count::List, Value::Array(items)) => {
                let items = items.iter().enumerate();
                parts
                    .extend(items.map(|(index, item)| (*part, format!("{pointer}/{index}"), item)));
            }
            (Count::Map, Value::Object(_)) => {
                let named = entries(Some(child)).filter(|(name, _)| !name.starts_with("x-"));
                parts.extend(named.map(|(name, item)| {
                    (
                        *part,
                        format!("{pointer}/{}", crate::pointer::escape(name)),
                        item,
                    )
                }));
            }
            (Count::List | Count::Map, _) => {}
        }
    }
    parts
}

fn entries(value: Option<&Value>) -> impl Iterator<Item = (&str, &Value)> {
    let entries = value.and_then(Value::as_object).into_iter().flatten();
    entries.map(|(key, value)| (key.as_str(), value))
}
