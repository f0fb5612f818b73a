//! A decoded response and what it cost to decode it.

use super::header::{Header, HeaderError};
use super::place::Place;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::Value;
use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

/// A success: the typed value, which it dereferences to, beside everything that came with it.
///
/// An answer that deviates from the description is no error, because the API carried out the
/// request: what does not fit is left out of the value and listed in
/// [`deviations`](Self::deviations), and the bytes stay in [`body`](Self::body).
#[derive(Clone)]
pub struct Response<T> {
    value: T,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    deviations: Vec<Deviation>,
}

impl<T> Response<T> {
    pub(super) fn new(
        value: T,
        deviations: Vec<Deviation>,
        head: http::response::Parts,
        body: Bytes,
    ) -> Self {
        Self {
            value,
            status: head.status,
            headers: head.headers,
            body,
            deviations,
        }
    }

    /// Returns the value alone.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// Returns the value, and the response without it.
    pub fn into_parts(self) -> (T, Response<()>) {
        let Self {
            value,
            status,
            headers,
            body,
            deviations,
        } = self;
        (
            value,
            Response {
                value: (),
                status,
                headers,
                body,
                deviations,
            },
        )
    }

    /// Returns the status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns all headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns a header that the description declares, as its type; `None` when the response has
    /// none.
    ///
    /// # Errors
    /// Returns an error when the header's text is not of that type.
    pub fn header<H: FromStr>(&self, header: Header<H>) -> Result<Option<H>, HeaderError> {
        header.read(&self.headers)
    }

    /// Returns the body as it came.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Returns where the body deviates from the description; nothing, as a rule.
    pub fn deviations(&self) -> &[Deviation] {
        &self.deviations
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// Shows the value, the status and the places of the deviations; no headers, no body.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("value", &self.value)
            .field("status", &self.status)
            .field("deviations", &self.deviations)
            .finish_non_exhaustive()
    }
}

/// A place where a response deviates from the description.
///
/// `Debug` and `Display` show the place and the reason, not the value.
#[derive(Clone, PartialEq)]
pub struct Deviation {
    path: String,
    value: Value,
    reason: String,
}

impl Deviation {
    #[inline]
    pub(super) fn new(path: String, value: Value, reason: String) -> Self {
        Self {
            path,
            value,
            reason,
        }
    }

    /// A deviation of the body as a whole.
    #[inline]
    pub(super) fn of_body(reason: String) -> Self {
        Self::new(Place::Root.to_string(), Value::Null, reason)
    }

    /// Returns the place in the body as a normalised JSONPath (RFC 9535): `$.records[3].status`.
    ///
    /// Names that are no plain words are quoted: `$.links['a b']`.
    #[inline]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns what stands at that place.
    #[inline]
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// Returns how it deviates.
    #[inline]
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Debug for Deviation {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deviation")
            .field("path", &self.path)
            .field("reason", &self.reason)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for Deviation {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.reason)
    }
}
