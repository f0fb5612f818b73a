//! Where a body does not match the description.

use super::place::Place;
use serde_json::Value;
use std::fmt;

/// A place where a response does not match the description.
///
/// `Debug` and `Display` show the place and the reason, not the value.
#[derive(Clone, PartialEq)]
pub struct Deviation {
    path: String,
    value: Value,
    reason: String,
}

impl Deviation {
    pub(crate) fn new(path: String, value: Value, reason: String) -> Self {
        Self {
            path,
            value,
            reason,
        }
    }

    /// Returns a deviation of the whole body.
    pub(crate) fn in_body(reason: &str) -> Self {
        Self::new(Place::Root.to_string(), Value::Null, reason.to_owned())
    }

    /// Returns the place in the body as a normalized JSONPath (RFC 9535): `$.records[3].status`.
    ///
    /// Names other than plain words are quoted: `$.links['a b']`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the value at that place.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// Returns how it does not match.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Debug for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deviation")
            .field("path", &self.path)
            .field("reason", &self.reason)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.reason)
    }
}
