//! Decoded responses.

use super::super::decode::{Body, Decoded, Decoding, Deviation, FromBody, Undecodable};
use super::super::error::{ApiError, DecodeError, Error, request_id};
use super::super::wire::{FromHeader, Header, HeaderError, Meta};
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::response::Parts;
use http::{HeaderMap, StatusCode};
use std::fmt;

/// A response: the decoded data, the status, the headers and the body.
///
/// A body that almost fits the description is not an error, because the API executed the request: what cannot be decoded and may
/// be absent is left out of the data and listed in [`deviations`](Self::deviations).
#[derive(Clone)]
pub struct Response<T> {
    /// The decoded body.
    pub data: T,
    received: Received,
}

/// What was received, and what of it does not match the description.
#[derive(Clone)]
struct Received {
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
            received: Received::new(head, Bytes::new(), Vec::new()),
        }
    }

    /// Returns the data.
    pub fn into_data(self) -> T {
        self.data
    }

    /// Returns the data, and the response without it.
    pub fn into_parts(self) -> (T, Response<()>) {
        let Self { data, received } = self;
        (data, Response { data: (), received })
    }

    /// Returns the status.
    pub fn status(&self) -> StatusCode {
        self.received.status
    }

    /// Returns all headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.received.headers
    }

    /// Returns a header that the description declares, as its type; `None` if it is missing.
    ///
    /// # Errors
    /// Returns an error when the header's text is not a value of that type.
    pub fn header<H: FromHeader>(&self, header: Header<H>) -> Result<Option<H>, HeaderError> {
        header.read(self.headers())
    }

    /// Returns the id that the server gave the request, from headers such as `X-Request-Id`.
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.headers())
    }

    /// Returns the unmodified body.
    pub fn body(&self) -> &Bytes {
        &self.received.body
    }

    /// Returns the places where the body does not match the description.
    pub fn deviations(&self) -> &[Deviation] {
        &self.received.deviations
    }
}

impl Received {
    fn new(head: Parts, body: Bytes, deviations: Vec<Deviation>) -> Self {
        Self {
            status: head.status,
            headers: head.headers,
            body,
            deviations,
        }
    }
}

/// Decodes a response.
pub(super) fn decode<T: FromBody>(
    meta: &Meta,
    response: http::Response<Bytes>,
) -> Result<Response<T>, Error> {
    let response = check_status(meta, response)?;
    Ok(decode_as(meta.id, meta.decoding, response)?)
}

/// Returns an error for a response that is not a success.
pub(crate) fn check_status(
    meta: &Meta,
    response: http::Response<Bytes>,
) -> Result<http::Response<Bytes>, Error> {
    if is_success(meta, response.status()) {
        return Ok(response);
    }
    Err(ApiError::new(meta.id, response).into())
}

/// Decodes a response of any status.
pub(super) fn decode_as<T: FromBody>(
    operation: &'static str,
    decoding: Decoding,
    response: http::Response<Bytes>,
) -> Result<Response<T>, DecodeError> {
    decode_with(operation, response, |body| {
        T::from_body(Body { decoding, ..body })
    })
}

/// Decodes a response with a function.
pub(crate) fn decode_with<T>(
    operation: &'static str,
    response: http::Response<Bytes>,
    decode: impl FnOnce(Body<'_>) -> Result<Decoded<T>, Undecodable>,
) -> Result<Response<T>, DecodeError> {
    let (head, body) = response.into_parts();
    match decode(body_of(&head, &body)) {
        Ok(Decoded { value, deviations }) => Ok(Response {
            data: value,
            received: Received::new(head, body, deviations),
        }),
        Err(undecodable) => Err(DecodeError::new(operation, undecodable, head, body)),
    }
}

fn body_of<'a>(head: &'a Parts, bytes: &'a Bytes) -> Body<'a> {
    let media_type = head.headers.get(CONTENT_TYPE);
    Body {
        bytes,
        status: head.status,
        media_type: media_type.and_then(|media_type| media_type.to_str().ok()),
        decoding: Decoding::Json,
    }
}

pub(crate) fn is_success(meta: &Meta, status: StatusCode) -> bool {
    status.is_success() || meta.accepts.contains(&status.as_u16())
}

/// Shows the data, the status and the places of the deviations, but neither headers nor the body.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("data", &self.data)
            .field("status", &self.status())
            .field("deviations", &self.deviations())
            .finish_non_exhaustive()
    }
}
