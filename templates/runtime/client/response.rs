//! Decoded responses.

use super::super::decode::{Body, Deviation, FromBody};
use super::super::error::{ApiError, DecodeError, Error};
use super::super::wire::{Header, HeaderError, Meta};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::fmt;
use std::str::FromStr;

/// The headers in which servers send the id of a request.
#[cfg(not(feature = "twilio"))]
const REQUEST_ID: &[&str] = &["x-request-id", "request-id", "x-amzn-requestid"];

/// The headers in which servers send the id of a request.
#[cfg(feature = "twilio")]
const REQUEST_ID: &[&str] = &["twilio-request-id", "x-request-id"];

/// A success: the decoded data, the status, the headers and the body.
///
/// A body that does not match the description is not an error, because the API executed the request: what cannot be
/// decoded is left out of the data and listed in [`deviations`](Self::deviations).
#[derive(Clone)]
pub struct Response<T> {
    /// The decoded body.
    pub data: T,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    deviations: Vec<Deviation>,
}

impl<T> Response<T> {
    /// Creates a response with the status and the headers of `head` and an empty body; for tests of code that handles
    /// responses.
    pub fn new(data: T, head: http::Response<()>) -> Self {
        let (head, ()) = head.into_parts();
        Self {
            data,
            status: head.status,
            headers: head.headers,
            body: Bytes::new(),
            deviations: Vec::new(),
        }
    }

    /// Returns the data.
    pub fn into_data(self) -> T {
        self.data
    }

    /// Returns the data, and the response without it.
    pub fn into_parts(self) -> (T, Response<()>) {
        let Self {
            data,
            status,
            headers,
            body,
            deviations,
        } = self;
        let rest = Response {
            data: (),
            status,
            headers,
            body,
            deviations,
        };
        (data, rest)
    }

    /// Returns the status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns all headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns a header that the description declares, as its type; `None` if it is missing.
    ///
    /// # Errors
    /// Returns an error when the header's text is not a value of that type.
    pub fn header<H: FromStr>(&self, header: Header<H>) -> Result<Option<H>, HeaderError> {
        header.read(&self.headers)
    }

    /// Returns the id that the server gave the request, from headers such as `X-Request-Id`.
    pub fn request_id(&self) -> Option<&str> {
        let mut ids = REQUEST_ID.iter().filter_map(|name| self.headers.get(*name));
        ids.find_map(|id| id.to_str().ok())
    }

    /// Returns the unmodified body.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Returns the places where the body does not match the description.
    pub fn deviations(&self) -> &[Deviation] {
        &self.deviations
    }
}

/// Decodes a response.
pub(super) fn decode<T: FromBody>(
    meta: &Meta,
    response: http::Response<Bytes>,
) -> Result<Response<T>, Error> {
    if !is_success(meta, response.status()) {
        return Err(ApiError::new(meta.id, response).into());
    }
    let (head, body) = response.into_parts();
    let decoded = T::from_body(Body {
        bytes: &body,
        status: head.status,
        decoding: meta.decoding,
    });
    match decoded {
        Ok(decoded) => Ok(Response {
            data: decoded.value,
            status: head.status,
            headers: head.headers,
            body,
            deviations: decoded.deviations,
        }),
        Err(undecodable) => Err(DecodeError::new(meta.id, undecodable, head, body).into()),
    }
}

fn is_success(meta: &Meta, status: StatusCode) -> bool {
    status.is_success() || meta.accepts.contains(&status.as_u16())
}

/// Shows the data, the status and the places of the deviations, but neither headers nor the body.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("data", &self.data)
            .field("status", &self.status)
            .field("deviations", &self.deviations)
            .finish_non_exhaustive()
    }
}
