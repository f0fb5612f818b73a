//! Why a value cannot be decoded.

use super::reason::Reason;
use std::fmt;

/// Why a value cannot be decoded: what was expected, what was found, and where.
///
/// The reason never repeats the value, so that it can be logged.
#[derive(Clone)]
pub struct Mismatch(Box<Inner>);

#[derive(Clone)]
struct Inner {
    /// The position of the token.
    token: u32,
    reason: Reason,
}

impl Mismatch {
    #[cold]
    pub(super) fn new(token: u32, reason: Reason) -> Self {
        Self(Box::new(Inner { token, reason }))
    }

    /// Returns the position of the token, and the reason.
    pub(super) fn into_parts(self) -> (u32, Reason) {
        let Inner { token, reason } = *self.0;
        (token, reason)
    }
}

impl fmt::Debug for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mismatch({})", self.0.reason)
    }
}

/// Writes what was expected and what was found.
impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.reason.fmt(f)
    }
}

impl std::error::Error for Mismatch {}

/// Why a body cannot be decoded as a type: the reason, and the place as a JSONPath (RFC 9535).
///
/// Neither repeats a value of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undecodable {
    path: String,
    reason: String,
}

impl Undecodable {
    pub(super) fn new(path: String, reason: String) -> Self {
        Self { path, reason }
    }

    /// A body that is undecodable as a whole.
    pub(super) fn root(reason: String) -> Self {
        Self::new("$".to_owned(), reason)
    }

    /// Returns the place of the value that cannot be decoded.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns what was expected and what was found.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Returns the path and the reason.
    pub fn into_parts(self) -> (String, String) {
        (self.path, self.reason)
    }
}

impl fmt::Display for Undecodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.reason, self.path)
    }
}

impl std::error::Error for Undecodable {}
