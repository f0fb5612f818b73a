//! Text to a value: YAML and JSON, told apart by content.

use crate::diagnostics::Diagnostic;
use crate::source::Source;
use crate::yaml;
use serde_json::Value;

/// Reads a text.
///
/// # Errors
///
/// Returns where the text is neither YAML nor JSON.
pub(super) fn value(source: &Source) -> Result<Value, Diagnostic> {
    let text = source.text();
    if text.trim_start().starts_with('{') {
        match serde_json::from_str(text) {
            Ok(value) => return Ok(value),
            // A YAML flow mapping begins with a brace as well.
            Err(error) => {
                return yaml::parse(text).map_err(|_| {
                    Diagnostic::syntax(
                        "json-syntax",
                        error.line(),
                        column(text, &error),
                        json_reason(&error),
                    )
                });
            }
        }
    }
    yaml::parse(text).map_err(|error| {
        let code = if error.is_value {
            "yaml-value"
        } else {
            "yaml-syntax"
        };
        match error.position {
            Some((line, column)) => Diagnostic::syntax(code, line, column, error.message),
            None => Diagnostic::error(code, "", error.message),
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
    message
        .rfind(" at line ")
        .map_or(message.clone(), |end| message[..end].to_owned())
}
