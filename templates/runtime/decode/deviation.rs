//! Where a body does not match its description.

use bytes::Bytes;
use std::fmt;

/// A place where a response does not match its description, although it could be decoded.
///
/// `Debug` and `Display` show the place and the reason, never the value.
#[derive(Clone, PartialEq, Eq)]
pub struct Deviation {
    path: String,
    reason: String,
    raw: Bytes,
}

impl Deviation {
    pub(crate) fn new(path: String, reason: String, raw: Bytes) -> Self {
        Self { path, reason, raw }
    }

    /// A deviation of the body as a whole.
    pub(crate) fn root(reason: impl Into<String>, raw: Bytes) -> Self {
        Self::new("$".to_owned(), reason.into(), raw)
    }

    /// Returns the place in the body as a normalized JSONPath (RFC 9535): `$.records[3].status`.
    ///
    /// Names that are not plain words are quoted: `$.links['a b']`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns what was expected, what was found, and what became of it.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Returns the value at that place, or the object that lacks a member, as it is in the body.
    pub fn raw(&self) -> &Bytes {
        &self.raw
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
