//! Why a value does not fit its type, said without the value.

use super::place::Place;
use serde::de::{Error, Expected, Unexpected};
use std::fmt;

/// Why a value does not fit its type.
///
/// Unlike `serde_json`'s own error, the reason says of what kind the offending value is, not what
/// it is, so that it can be logged.
#[derive(Debug)]
pub(crate) struct Fault {
    reason: String,
    /// The innermost place that could not do without the value.
    path: Option<String>,
}

impl Fault {
    /// Sets the place, unless a place further in is known.
    pub(crate) fn or_at(mut self, place: &Place<'_>) -> Self {
        self.path.get_or_insert_with(|| place.to_string());
        self
    }

    /// Returns the reason as seen from `place`: it names the place further in where the reason is,
    /// if any.
    pub(crate) fn reason_at(self, place: &Place<'_>) -> String {
        match self.path {
            Some(path) if path != place.to_string() => format!("{} at {path}", self.reason),
            _ => self.reason,
        }
    }

    /// Takes the fault apart: the path, and the reason.
    pub(crate) fn into_parts(self) -> (String, String) {
        (
            self.path.unwrap_or_else(|| Place::Root.to_string()),
            self.reason,
        )
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Fault {}

impl Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self {
            reason: message.to_string(),
            path: None,
        }
    }

    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::custom(format_args!(
            "expected {expected}, found {}",
            kind(unexpected)
        ))
    }

    fn invalid_value(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::custom(format_args!(
            "expected {expected}, found {} that is none",
            kind(unexpected)
        ))
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self::custom("expected one of the described variants")
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self::custom("found a field that is not described")
    }
}

fn kind(unexpected: Unexpected<'_>) -> &'static str {
    match unexpected {
        Unexpected::Bool(_) => "a boolean",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) => "an integer",
        Unexpected::Float(_) => "a number",
        Unexpected::Char(_) | Unexpected::Str(_) => "a string",
        Unexpected::Unit | Unexpected::Option => "null",
        Unexpected::Seq => "an array",
        Unexpected::Map => "an object",
        _ => "something else",
    }
}
