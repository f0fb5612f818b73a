//! Next pages that cannot be fetched.

use std::borrow::Cow;
use std::fmt;

/// Why the next page of a list is not fetched: it is on another server, or its URL is not valid.
///
/// The pages before it are complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageError {
    operation: &'static str,
    reason: Cow<'static, str>,
}

impl PageError {
    pub(crate) fn new(operation: &'static str, reason: Cow<'static, str>) -> Self {
        Self { operation, reason }
    }

    /// Returns the id of the list operation.
    pub fn operation(&self) -> &'static str {
        self.operation
    }
}

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, reason } = self;
        write!(f, "cannot fetch the next page of {operation}: {reason}")
    }
}

impl std::error::Error for PageError {}
