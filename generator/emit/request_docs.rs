//! The documentation of requests and of their parameters.

use super::code::{or_else_line, with_default, wrapped};
use super::example::doc_example;
use super::facts::Facts;
use super::security;
use crate::base::markdown;
use crate::model::api::{Api, Constructor, Location, Operation, Param};
use crate::model::names::Name;

/// The documentation of a parameter, with its default.
pub(super) fn param_docs(param: &Param) -> Vec<String> {
    let docs = if param.docs.is_empty() && param.wire == param.name.as_str() {
        Vec::new()
    } else {
        or_else_line(&param.docs, || {
            format!("The parameter {}.", markdown::code(&param.wire))
        })
    };
    let mut lines = with_default(docs, param.default.as_ref());
    if param.reserved {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(if param.location == Location::Path {
            "Reserved characters are sent as they are, slashes included.".to_owned()
        } else {
            "Reserved characters are sent as they are: what separates parameters has to be percent-encoded.".to_owned()
        });
    }
    lines
}

/// The documentation of the field of a parameter: as much as elsewhere, or the first paragraph where a setter says the rest.
pub(super) fn field_docs(operation: &Operation, param: &Param) -> Vec<String> {
    let docs = param_docs(param);
    if param.required && matches!(operation.constructor, Constructor::Positional) {
        return docs;
    }
    let paragraph = docs.iter().take_while(|line| !line.is_empty());
    let paragraph: Vec<String> = paragraph.cloned().collect();
    if paragraph.iter().any(|line| line.contains("```")) {
        return docs;
    }
    paragraph
}

/// The documentation of a request, with an example of it.
pub(super) fn request_docs(
    api: &Api,
    operation: &Operation,
    module: &Name,
    facts: &Facts<'_>,
) -> Vec<String> {
    let mut lines = operation.docs.lines().to_vec();
    if lines.is_empty() && operation.id != operation.name.as_str() {
        lines.push(format!("The operation {}.", markdown::code(&operation.id)));
    }
    if !lines.is_empty() {
        lines.push(String::new());
    }
    let request = format!("{} {}", operation.method, operation.path);
    lines.push(markdown::code(&request));
    lines.extend(security::lines(&operation.security));
    let headers = operation.headers.iter();
    let headers = headers.filter(|name| !facts.common_headers.contains(*name));
    let headers = headers.filter_map(|name| api.headers.get(name));
    let headers: Vec<String> = headers.map(|header| markdown::code(&header.wire)).collect();
    if !headers.is_empty() {
        lines.push(String::new());
        lines.extend(wrapped(&format!(
            "Typed response [headers](super::headers): {}.",
            headers.join(", ")
        )));
    }
    if let Some(example) = doc_example(api, operation, module, facts.root) {
        lines.extend([
            String::new(),
            "# Example".to_owned(),
            String::new(),
            "```".to_owned(),
        ]);
        lines.extend(example);
        lines.push("```".to_owned());
    }
    lines
}
