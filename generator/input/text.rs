//! Text to a value: YAML and JSON, told apart by content.

use super::advice;
use crate::base::diagnostics::Diagnostic;
use crate::base::source::Source;
use crate::input::yaml::{self, Fault};
use serde_json::Value;

/// Reads a text.
///
/// # Errors
///
/// Returns where the text is neither YAML nor JSON.
pub(super) fn value(source: &Source) -> Result<Value, Diagnostic> {
    let text = source.text();
    if text.trim_start().starts_with('{') {
        match yaml::parse_json(text) {
            Ok(value) => return Ok(value),
            // A YAML flow mapping begins with a brace as well.
            Err(error) => {
                return yaml::parse(text).map_err(|_| {
                    let (line, column) = (error.line(), column(text, &error));
                    let fault =
                        Diagnostic::syntax("json-syntax", line, column, json_reason(&error));
                    match advice::of_json(text, line, column) {
                        Some(help) => fault.help(help),
                        None => fault,
                    }
                });
            }
        }
    }
    yaml::parse(text).map_err(|error| {
        let (code, help) = match error.fault {
            Fault::Syntax => ("yaml-syntax", advice::of_yaml(text, &error)),
            Fault::Value => ("yaml-value", None),
            Fault::Depth => ("too-deep", None),
            Fault::Aliases => (
                "too-large",
                Some("each `*name` is a copy of what `&name` marks: refer to a component by `$ref` instead".to_owned()),
            ),
        };
        let diagnostic = match error.position {
            Some((line, column)) => Diagnostic::syntax(code, line, column, error.message),
            None => Diagnostic::error(code, "", error.message),
        };
        match help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    })
}

/// The library counts bytes.
fn column(text: &str, error: &serde_json::Error) -> usize {
    let line = text.lines().nth(error.line().saturating_sub(1));
    let line = line.unwrap_or_default();
    let before = line.floor_char_boundary(error.column().saturating_sub(1));
    line[..before].chars().count() + 1
}

fn json_reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let end = message.rfind(" at line ").unwrap_or(message.len());
    let reason = &message[..end];
    match reason.strip_prefix("EOF while parsing ") {
        Some(what) => format!("the text ends in the middle of {what}"),
        None => reason.to_owned(),
    }
}
