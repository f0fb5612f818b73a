//! What a rule of the caller decides about.

use super::super::transport::SendError;
use http::{HeaderMap, StatusCode};
use std::fmt;
use std::sync::Arc;

/// Decides whether a request is sent again.
pub(crate) type RetryRule = Arc<dyn Fn(&Attempt<'_>) -> bool + Send + Sync>;

/// An attempt to send a request, for a rule that decides whether there is another one.
#[derive(Clone, Copy)]
pub struct Attempt<'a> {
    pub(super) number: u32,
    pub(super) is_idempotent: bool,
    pub(super) is_retried: bool,
    pub(super) result: Result<(StatusCode, &'a HeaderMap), &'a SendError>,
}

impl<'a> Attempt<'a> {
    /// Returns the number of the attempt, which is 1 for the first one.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Whether the request has the same effect when it is executed twice.
    pub fn is_idempotent(&self) -> bool {
        self.is_idempotent
    }

    /// Whether the request would be sent again without a rule; see [`Retry`](super::super::Retry).
    pub fn is_retried(&self) -> bool {
        self.is_retried
    }

    /// Returns the status of the response, if there is one.
    pub fn status(&self) -> Option<StatusCode> {
        self.result.ok().map(|(status, _)| status)
    }

    /// Returns the headers of the response, if there is one.
    pub fn headers(&self) -> Option<&'a HeaderMap> {
        self.result.ok().map(|(_, headers)| headers)
    }

    /// Returns why there is no response, if so.
    pub fn error(&self) -> Option<&'a SendError> {
        self.result.err()
    }
}

impl fmt::Debug for Attempt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("number", &self.number)
            .field("is_idempotent", &self.is_idempotent)
            .field("is_retried", &self.is_retried)
            .field("result", &self.result.map(|(status, _)| status))
            .finish()
    }
}
