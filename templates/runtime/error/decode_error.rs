//! Responses that cannot be decoded.

use super::super::auth::Secrets;
use super::super::decode::Undecodable;
use super::request_id::request_id;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::fmt;

/// A success whose body cannot be decoded, not even in part.
///
/// The API executed the request. `Debug` and `Display` show the operation, the status, the place and the reason, but
/// neither headers nor the body.
#[derive(Clone)]
pub struct DecodeError {
    operation: &'static str,
    status: StatusCode,
    /// Boxed, so that results with the error stay small.
    headers: Box<HeaderMap>,
    body: Bytes,
    path: String,
    reason: String,
}

impl DecodeError {
    pub(crate) fn new(
        operation: &'static str,
        undecodable: Undecodable,
        head: http::response::Parts,
        body: Bytes,
    ) -> Self {
        let (path, reason) = undecodable.into_parts();
        Self {
            operation,
            status: head.status,
            headers: Box::new(head.headers),
            body,
            path,
            reason,
        }
    }

    /// The body as a whole is something else.
    pub(crate) fn of_body(
        operation: &'static str,
        reason: &str,
        head: http::response::Parts,
        body: Bytes,
    ) -> Self {
        Self {
            operation,
            status: head.status,
            headers: Box::new(head.headers),
            body,
            path: "$".to_owned(),
            reason: reason.to_owned(),
        }
    }

    /// Removes the credentials of the request from the message.
    pub(crate) fn redact(&mut self, secrets: &Secrets) {
        self.path = secrets.redact(&self.path);
        self.reason = secrets.redact(&self.reason);
    }

    /// Returns the id of the operation.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns the status of the response.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the id that the server gave the request, from headers such as `X-Request-Id`.
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// Returns the unmodified body of the response.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Returns the place in the body as a JSONPath (RFC 9535).
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the reason.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("operation", &self.operation)
            .field("status", &self.status)
            .field("path", &self.path)
            .field("reason", &self.reason)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operation,
            status,
            path,
            reason,
            ..
        } = self;
        write!(
            f,
            "{operation} was executed ({status}), but its response cannot be decoded: {reason} at {path}"
        )
    }
}

impl std::error::Error for DecodeError {}
