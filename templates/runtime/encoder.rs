//! Writing a request: URL, headers and body.

use super::check::{self, Check};
use super::config::Config;
use super::credentials::Proof;
use super::encode_value::{EncodeValue, Slot};
use super::error::BuildError;
use super::escape::{FORM, HEADER, URL};
use super::multipart::Multipart;
use super::operation::{Auth, Meta};
use super::usual_headers::USUAL_ACCEPT;
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;
use std::borrow::Cow;

/// Room for the values of a usual request beside its URL, in bytes.
const ROOM_FOR_VALUES: usize = 512;

/// Writes the parameters and the body of one request, in this order: path, query, then the body.
/// Headers fit anywhere.
///
/// URL and body share one buffer. The first problem is kept and returned when the request is
/// finished, so that the calls chain.
pub struct Encoder<'a> {
    meta: &'a Meta,
    config: &'a Config,
    /// The part of the path template that is not written yet.
    template: &'static str,
    stage: Stage,
    /// The URL and, behind it, the body.
    buffer: Vec<u8>,
    url_length: usize,
    /// The headers that the operation sets itself.
    headers: HeaderMap,
    is_form: bool,
    problem: Option<BuildError>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Path,
    Query,
    Body,
}

impl<'a> Encoder<'a> {
    #[inline]
    pub(super) fn new(meta: &'a Meta, config: &'a Config) -> Self {
        let server = config.server(meta);
        let mut buffer = Vec::with_capacity(server.len() + meta.path.len() + ROOM_FOR_VALUES);
        buffer.extend_from_slice(server.as_bytes());
        Self {
            meta,
            config,
            template: meta.path,
            stage: Stage::Path,
            buffer,
            url_length: 0,
            headers: HeaderMap::new(),
            is_form: false,
            problem: None,
        }
    }

    /// Writes the next parameter of the path template, as one percent-encoded segment (RFC 3986,
    /// section 3.3).
    ///
    /// Values that would change the path are refused: nothing at all, `.` and `..`.
    #[inline]
    pub fn path(&mut self, value: &dyn EncodeValue) -> &mut Self {
        self.segment(value, None)
    }

    /// Writes the next parameter of the path template, which is the client's own account unless
    /// `value` holds another.
    #[inline]
    pub fn account(&mut self, value: &dyn EncodeValue) -> &mut Self {
        self.segment(value, self.config.credentials().account_sid())
    }

    #[inline]
    fn segment(&mut self, value: &dyn EncodeValue, default: Option<&str>) -> &mut Self {
        let Some((before, name, after)) = next_parameter(self.template) else {
            return self.misuse("more path parameters than the path template has");
        };
        if self.stage != Stage::Path {
            return self.misuse("a path parameter after the query or the body");
        }
        self.buffer.extend_from_slice(before.as_bytes());
        self.template = after;
        let start = self.buffer.len();
        let mut slot = Slot::bare(&mut self.buffer, &URL);
        value.encode_value(&mut slot);
        let outcome = match (slot.finish(), default) {
            (Ok(0), Some(default)) => {
                URL.push(&mut self.buffer, default.as_bytes());
                Ok(())
            }
            (outcome, _) => outcome.map(drop),
        };
        let outcome =
            outcome.and_then(|()| check_segment(self.buffer.get(start..).unwrap_or_default()));
        self.settle("path parameter", name, outcome)
    }

    /// Adds a query parameter, percent-encoded; nothing when the value is unset.
    #[inline]
    pub fn query(&mut self, name: &str, value: &dyn EncodeValue) -> &mut Self {
        let before_first: &[u8] = match self.stage {
            Stage::Path => b"?",
            Stage::Query => b"&",
            Stage::Body => return self.misuse("a query parameter after the body"),
        };
        self.finish_path();
        let mut slot = Slot::pairs(&mut self.buffer, &URL, name, before_first);
        value.encode_value(&mut slot);
        let outcome = slot.finish();
        if matches!(outcome, Ok(1..)) {
            self.stage = Stage::Query;
        }
        self.settle("query parameter", name, outcome.map(drop))
    }

    /// Sets a header; nothing when the value is unset.
    ///
    /// `Authorization` takes the place of the client's credential.
    #[inline]
    pub fn header(&mut self, name: &str, value: &dyn EncodeValue) -> &mut Self {
        let mut text = Vec::new();
        let mut slot = Slot::bare(&mut text, &HEADER);
        value.encode_value(&mut slot);
        let outcome = slot.finish().and_then(|occurrences| {
            if occurrences > 0 {
                let (name, value) = header(name, &text)?;
                self.headers.insert(name, value);
            }
            Ok(())
        });
        self.settle("header", name, outcome)
    }

    /// Writes a path and a query as they are.
    #[inline]
    pub(super) fn raw_target(&mut self, path_and_query: &str) {
        self.buffer.extend_from_slice(path_and_query.as_bytes());
        if path_and_query.contains('?') {
            self.stage = Stage::Query;
        }
    }

    /// Sets the headers, as an operation sets its own.
    #[inline]
    pub(super) fn raw_headers(&mut self, headers: &HeaderMap) {
        self.headers.clone_from(headers);
    }

    /// Begins a form body (`application/x-www-form-urlencoded`), which may stay empty.
    #[inline]
    pub fn form(&mut self) -> Form<'_, 'a> {
        self.finish_url();
        self.is_form = true;
        Form { request: self }
    }

    /// Checks the limits inside of a body, before it is written.
    #[inline]
    pub fn check(&mut self, body: &dyn Check) -> &mut Self {
        self.settle("body", "application/json", check::outcome(body))
    }

    /// Writes a JSON body.
    pub fn json<T: Serialize + ?Sized>(&mut self, value: &T) -> &mut Self {
        self.json_as("application/json", value)
    }

    /// Writes a JSON body of a media type of its own, such as `application/merge-patch+json`.
    pub fn json_as<T: Serialize + ?Sized>(
        &mut self,
        media_type: &'static str,
        value: &T,
    ) -> &mut Self {
        self.begin_body(media_type);
        let outcome = serde_json::to_writer(&mut self.buffer, value);
        let outcome =
            outcome.map_err(|error| Cow::Owned(format!("cannot be written as JSON: {error}")));
        self.settle("body", media_type, outcome)
    }

    /// Writes a body of bytes, of a media type.
    #[inline]
    pub fn bytes(&mut self, content_type: &str, body: &[u8]) -> &mut Self {
        self.finish_url();
        self.is_form = false;
        self.buffer.extend_from_slice(body);
        match HeaderValue::from_str(content_type) {
            Ok(value) => {
                self.headers.insert(CONTENT_TYPE, value);
            }
            Err(_) => self.refuse("body", content_type, "is no media type".into()),
        }
        self
    }

    /// Begins a body of several parts (`multipart/form-data`), which ends when the value is dropped.
    #[inline]
    pub fn multipart(&mut self) -> Multipart<'_, 'a> {
        Multipart::new(self)
    }

    #[inline]
    pub(super) fn refuse(&mut self, kind: &str, name: &str, reason: Cow<'static, str>) {
        self.settle(kind, name, Err(reason));
    }

    #[inline]
    fn begin_body(&mut self, content_type: &'static str) {
        self.finish_url();
        self.is_form = false;
        match media_type_header(content_type) {
            Ok(value) => {
                self.headers.insert(CONTENT_TYPE, value);
            }
            Err(reason) => self.refuse("body", content_type, reason),
        }
    }

    #[inline]
    fn finish_path(&mut self) {
        if next_parameter(self.template).is_some() {
            self.misuse("fewer path parameters than the path template has");
        }
        self.buffer.extend_from_slice(self.template.as_bytes());
        self.template = "";
    }

    #[inline]
    fn finish_url(&mut self) {
        if self.stage == Stage::Body {
            self.misuse("two bodies");
            return;
        }
        self.finish_path();
        if let (Auth::Client, Ok(Proof::Query(_, pair))) =
            (self.meta.auth, self.config.credentials().proof())
        {
            let before = if self.stage == Stage::Query {
                b'&'
            } else {
                b'?'
            };
            self.buffer.push(before);
            self.buffer.extend_from_slice(pair.as_bytes());
        }
        self.stage = Stage::Body;
        self.url_length = self.buffer.len();
    }

    /// Returns the request, or the first problem.
    #[inline]
    pub(super) fn finish(mut self) -> Result<http::Request<Bytes>, BuildError> {
        if self.stage != Stage::Body {
            self.finish_url();
        }
        let headers = self.all_headers();
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        let mut url = Bytes::from(self.buffer);
        let body = url.split_off(self.url_length);
        let uri = http::Uri::from_maybe_shared(url).map_err(|error| {
            BuildError::of_operation(self.meta.id, format!("the URL is not valid: {error}"))
        })?;
        let mut request = http::Request::new(body);
        *request.method_mut() = self.meta.method.clone();
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        Ok(request)
    }

    /// Returns the headers that the operation sets, and those that all requests have.
    #[inline]
    fn all_headers(&mut self) -> HeaderMap {
        let config = self.config;
        let usual = config.usual_headers(self.meta.auth, self.is_form);
        let mut headers = usual.clone();
        if self.meta.accept != USUAL_ACCEPT && !config.headers().contains_key(ACCEPT) {
            match media_type_header(self.meta.accept) {
                Ok(accept) => {
                    headers.insert(ACCEPT, accept);
                }
                Err(reason) => self.refuse("header", "Accept", reason),
            }
        }
        if !self.headers.is_empty() {
            if self.is_form {
                self.headers.remove(CONTENT_TYPE);
            }
            for (name, value) in &self.headers {
                headers.insert(name, value.clone());
            }
            if let Some(authorization) = headers.get_mut(AUTHORIZATION) {
                authorization.set_sensitive(true);
            }
        }
        match (self.meta.auth, config.credentials().proof()) {
            (Auth::Client, Err(reason)) if !headers.contains_key(AUTHORIZATION) => {
                self.note(BuildError::of_operation(self.meta.id, reason));
            }
            (Auth::Client | Auth::None, _) => {}
        }
        headers
    }

    #[inline]
    fn settle(
        &mut self,
        kind: &str,
        name: &str,
        outcome: Result<(), Cow<'static, str>>,
    ) -> &mut Self {
        if let Err(reason) = outcome {
            self.note(BuildError::of_operation(
                self.meta.id,
                format!("the {kind} `{name}` {reason}"),
            ));
        }
        self
    }

    #[inline]
    fn misuse(&mut self, what: &'static str) -> &mut Self {
        self.note(BuildError::of_operation(
            self.meta.id,
            format!("`encode` writes {what}"),
        ));
        self
    }

    #[inline]
    fn note(&mut self, problem: BuildError) {
        self.problem.get_or_insert(problem);
    }
}

/// Writes the fields of a form body, in the order of the calls.
pub struct Form<'r, 'a> {
    request: &'r mut Encoder<'a>,
}

impl Form<'_, '_> {
    /// Adds a field; nothing when the value is unset, `name=` when it is cleared.
    ///
    /// The text is encoded as the WHATWG URL standard says for `application/x-www-form-urlencoded`:
    /// UTF-8, a space as `+`.
    #[inline]
    pub fn field(&mut self, name: &str, value: &dyn EncodeValue) -> &mut Self {
        let request = &mut *self.request;
        let before_first: &[u8] = if request.buffer.len() > request.url_length {
            b"&"
        } else {
            b""
        };
        let mut slot = Slot::pairs(&mut request.buffer, &FORM, name, before_first);
        value.encode_value(&mut slot);
        let outcome = slot.finish().map(drop);
        request.settle("form field", name, outcome);
        self
    }
}

/// Splits a template before its first parameter: the text before it, its name, and the rest.
#[inline]
fn next_parameter(template: &'static str) -> Option<(&'static str, &'static str, &'static str)> {
    let (before, from) = template.split_once('{')?;
    let (name, after) = from.split_once('}')?;
    Some((before, name, after))
}

/// Refuses the segments that RFC 3986, section 5.2.4, or a server's own tidying would take out of
/// the path.
#[inline]
fn check_segment(segment: &[u8]) -> Result<(), Cow<'static, str>> {
    match segment {
        [] => Err("is empty".into()),
        b"." | b".." => Err("is `.` or `..`, which would change the path".into()),
        _ => Ok(()),
    }
}

/// Returns a media type as the value of a header, without an allocation.
#[inline]
fn media_type_header(media_type: &'static str) -> Result<HeaderValue, Cow<'static, str>> {
    HeaderValue::from_maybe_shared(Bytes::from_static(media_type.as_bytes()))
        .map_err(|_| "is no media type".into())
}

#[inline]
fn header(name: &str, text: &[u8]) -> Result<(HeaderName, HeaderValue), Cow<'static, str>> {
    let name =
        HeaderName::from_bytes(name.as_bytes()).map_err(|_| "is not the name of a header")?;
    let visible = text
        .iter()
        .all(|&byte| byte == b'\t' || (b' '..=b'~').contains(&byte));
    match HeaderValue::from_bytes(text) {
        Ok(value) if visible => Ok((name, value)),
        _ => Err("has characters that a header cannot carry (RFC 9110, section 5.5)".into()),
    }
}
