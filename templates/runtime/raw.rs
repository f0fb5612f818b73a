//! Requests that no operation describes.

use super::config::Config;
use super::encoder::Encoder;
use super::error::{BuildError, Error};
use super::escape::FORM;
use super::operation::Meta;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde::Serialize;
use std::fmt;

/// The id that a raw request has in errors and traces.
const ID: &str = "a raw request";

/// A request that the description lacks, sent with a client's `send_raw`.
///
/// It names its server apart from its path, so that no path, wherever it comes from, takes the
/// credential elsewhere. A client with a base URL, an edge or a region sends it there, as it does
/// with operations.
#[derive(Clone)]
#[must_use = "a request does nothing until it is sent"]
pub struct RawRequest {
    meta: Meta,
    path_and_query: String,
    headers: HeaderMap,
    body: Result<Bytes, BuildError>,
}

impl RawRequest {
    /// Makes a request to a server, such as `https://api.example.com` or the `META.server` of an
    /// operation. The path begins with a slash and is sent as it is, with its query.
    pub fn new(method: Method, server: &'static str, path_and_query: impl Into<String>) -> Self {
        Self {
            meta: Meta::new(ID, method, server, ""),
            path_and_query: path_and_query.into(),
            headers: HeaderMap::new(),
            body: Ok(Bytes::new()),
        }
    }

    /// Sets a header.
    #[inline]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// Sets the body. Its type belongs into the header `Content-Type`.
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = Ok(body.into());
        self
    }

    /// Sets a JSON body, and its `Content-Type`.
    pub fn json<T: Serialize + ?Sized>(self, value: &T) -> Self {
        let text = serde_json::to_vec(value).map_err(|error| {
            BuildError::of_operation(ID, format!("the body cannot be written as JSON: {error}"))
        });
        self.typed_body("application/json", text)
    }

    /// Sets a form body (`application/x-www-form-urlencoded`), and its `Content-Type`.
    #[inline]
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

    #[inline]
    fn typed_body(mut self, kind: &'static str, text: Result<Vec<u8>, BuildError>) -> Self {
        self.body = text.map(Bytes::from);
        self.header(CONTENT_TYPE, HeaderValue::from_static(kind))
    }

    /// Returns the facts for the client, and the request.
    #[inline]
    pub(super) fn into_parts(self, config: &Config) -> (Meta, Result<http::Request<Bytes>, Error>) {
        let request = self.request(config);
        (self.meta, request.map_err(Error::from))
    }

    #[inline]
    fn request(&self, config: &Config) -> Result<http::Request<Bytes>, BuildError> {
        if !self.path_and_query.starts_with('/') {
            return Err(BuildError::of_operation(
                ID,
                "the path begins with no slash",
            ));
        }
        let mut encoder = Encoder::new(&self.meta, config);
        encoder.raw_target(&self.path_and_query);
        encoder.raw_headers(&self.headers);
        let mut request = encoder.finish()?;
        *request.body_mut() = self.body.clone()?;
        Ok(request)
    }
}

impl fmt::Debug for RawRequest {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawRequest")
            .field("method", &self.meta.method)
            .field("server", &self.meta.server)
            .finish_non_exhaustive()
    }
}
