//! Requests and clients that cannot be built.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

/// Why a request or a client could not be built.
///
/// The message names the operation and the parameter, and does not contain the parameter's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildError {
    what: &'static str,
    reason: Cow<'static, str>,
}

impl BuildError {
    pub(crate) fn for_operation(id: &'static str, reason: impl Into<Cow<'static, str>>) -> Self {
        Self {
            what: id,
            reason: reason.into(),
        }
    }

    pub(crate) fn for_client(reason: impl Into<Cow<'static, str>>) -> Self {
        Self {
            what: "the client",
            reason: reason.into(),
        }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot build {}: {}", self.what, self.reason)
    }
}

impl StdError for BuildError {}
