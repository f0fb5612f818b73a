//! Requests that are not in the description.

use super::super::error::Error;
use super::super::wire::{BuildError, FORM, Meta};
use super::config::Config;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde::Serialize;
use std::fmt;

/// The id that a raw request has in errors and traces.
const ID: &str = "a raw request";

/// A request that is not in the description, sent with `send_raw` of a client.
///
/// The server is separate from the path, so that no path can send the credential to another server. A base URL of the
/// client replaces the server, as for operations.
#[derive(Clone)]
#[must_use = "a request does nothing until it is sent"]
pub struct RawRequest {
    meta: Meta,
    method: Method,
    path_and_query: String,
    headers: HeaderMap,
    body: Result<Bytes, BuildError>,
}

impl RawRequest {
    /// Creates a request to a server, such as `https://api.example.com` or the `META.server` of an operation. The path
    /// begins with a slash; it is sent as it is, with its query.
    pub fn new(method: Method, server: &'static str, path_and_query: impl Into<String>) -> Self {
        Self {
            meta: Meta::new(ID, "GET", server, ""),
            method,
            path_and_query: path_and_query.into(),
            headers: HeaderMap::new(),
            body: Ok(Bytes::new()),
        }
    }

    /// Sets a header.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// Sets the body, whose media type is set with the header `Content-Type`.
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = Ok(body.into());
        self
    }

    /// Sets a JSON body, and its `Content-Type`.
    pub fn json<T: Serialize + ?Sized>(self, value: &T) -> Self {
        let text = serde_json::to_vec(value).map_err(|error| {
            BuildError::for_operation(ID, format!("the body cannot be written as JSON: {error}"))
        });
        self.typed_body("application/json", text)
    }

    /// Sets a form body (`application/x-www-form-urlencoded`), and its `Content-Type`.
    pub fn form(self, fields: &[(&str, &str)]) -> Self {
        let mut text = Vec::new();
        for (name, value) in fields {
            if !text.is_empty() {
                text.push(b'&');
            }
            FORM.push(&mut text, name.as_bytes());
            text.push(b'=');
            FORM.push(&mut text, value.as_bytes());
        }
        self.typed_body("application/x-www-form-urlencoded", Ok(text))
    }

    fn typed_body(mut self, kind: &'static str, text: Result<Vec<u8>, BuildError>) -> Self {
        self.body = text.map(Bytes::from);
        self.header(CONTENT_TYPE, HeaderValue::from_static(kind))
    }

    /// Returns the metadata for the client, and the request.
    pub(super) fn into_parts(self, config: &Config) -> (Meta, Result<http::Request<Bytes>, Error>) {
        let request = self.request(config);
        (self.meta, request.map_err(Error::from))
    }

    fn request(&self, config: &Config) -> Result<http::Request<Bytes>, BuildError> {
        if !self.path_and_query.starts_with('/') {
            return Err(BuildError::for_operation(
                ID,
                "the path does not begin with a slash",
            ));
        }
        let mut request = config.encode(&self.meta, &mut |encoder| {
            encoder.raw_target(&self.path_and_query);
            encoder.raw_headers(&self.headers);
        })?;
        *request.method_mut() = self.method.clone();
        *request.body_mut() = self.body.clone()?;
        Ok(request)
    }
}

impl fmt::Debug for RawRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawRequest")
            .field("method", &self.method)
            .field("server", &self.meta.server)
            .finish_non_exhaustive()
    }
}
