//! Encoding a request: its URL, headers and body.

use super::super::validate::{Check, check};
use super::build_error::BuildError;
use super::encode_value::EncodeValue;
use super::escape::{COOKIE, FORM, HEADER, URL};
use super::meta::Meta;
use super::slot::{Place, Slot};
use super::styles::Style;
use bytes::Bytes;
use http::header::{self, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use std::borrow::Cow;

/// The room that is reserved for the values of a request, in bytes.
const ROOM_FOR_VALUES: usize = 512;

/// Why there is no account in a path.
#[cfg(feature = "twilio")]
const NO_ACCOUNT: &str = "is not set, and the client has no account of its own: set it with `Credentials::with_account_sid`";

/// The address of a request, and what the client adds to its URL.
pub(crate) struct Target<'a> {
    /// The scheme, the host and the base path, without a trailing slash.
    pub(crate) server: Cow<'a, str>,
    /// The credentials that are query parameters, encoded.
    pub(crate) query_credentials: Vec<&'a str>,
    #[cfg(feature = "twilio")]
    pub(crate) account_sid: Option<&'a str>,
}

/// An encoded request, without the headers that the client adds.
pub(crate) struct Encoded {
    pub(crate) uri: http::Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) is_form: bool,
}

/// Writes the parameters and the body of one request, in this order: path, query, body. Headers can be written at any
/// time.
///
/// The first error is kept and returned when the request is finished, so that the calls can be chained.
pub struct Encoder<'a> {
    meta: &'a Meta,
    target: &'a Target<'a>,
    /// The part of the path template that is not written yet.
    template: &'static str,
    stage: Stage,
    /// The URL, followed by the body.
    buffer: Vec<u8>,
    url_length: usize,
    headers: HeaderMap,
    /// The cookies, as one header.
    cookies: Vec<u8>,
    is_form: bool,
    error: Option<BuildError>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Path,
    Query,
    Body,
}

impl<'a> Encoder<'a> {
    pub(crate) fn new(meta: &'a Meta, target: &'a Target<'a>) -> Self {
        let server = target.server.as_bytes();
        let mut buffer = Vec::with_capacity(server.len() + meta.path.len() + ROOM_FOR_VALUES);
        buffer.extend_from_slice(server);
        Self {
            meta,
            target,
            template: meta.path,
            stage: Stage::Path,
            buffer,
            url_length: 0,
            headers: HeaderMap::new(),
            cookies: Vec::new(),
            is_form: false,
            error: None,
        }
    }

    /// Writes the next parameter of the path template, as one percent-encoded segment (RFC 3986, section 3.3).
    ///
    /// Values that would change the path are rejected: the empty text, `.` and `..`.
    pub fn path(&mut self, value: &dyn EncodeValue) -> &mut Self {
        self.segment(Style::SIMPLE, value, None)
    }

    /// Writes the next parameter of the path template in a style.
    pub fn path_styled(&mut self, style: Style, value: &dyn EncodeValue) -> &mut Self {
        self.segment(style, value, None)
    }

    /// Writes the next parameter of the path template, which is the client's own account unless `value` has another.
    #[cfg(feature = "twilio")]
    pub fn account(&mut self, value: &dyn EncodeValue) -> &mut Self {
        self.segment(
            Style::SIMPLE,
            value,
            Some(self.target.account_sid.ok_or(NO_ACCOUNT)),
        )
    }

    fn segment(
        &mut self,
        style: Style,
        value: &dyn EncodeValue,
        default: Option<Result<&str, &'static str>>,
    ) -> &mut Self {
        let Some((before, name, after)) = next_parameter(self.template) else {
            return self.misuse("more path parameters than the path template has");
        };
        if self.stage != Stage::Path {
            return self.misuse("a path parameter after the query or the body");
        }
        self.buffer.extend_from_slice(before.as_bytes());
        self.template = after;
        let start = self.buffer.len();
        let mut slot = Slot::new(&mut self.buffer, &URL, (Place::Path, style), name);
        value.encode_value(&mut slot);
        let written = match (slot.finish(), default) {
            (Ok(0), Some(Ok(own))) => {
                URL.push(&mut self.buffer, own.as_bytes());
                Ok(())
            }
            (Ok(0), Some(Err(reason))) => Err(reason.into()),
            (written, _) => written.map(drop),
        };
        let segment = self.buffer.get(start..).unwrap_or_default();
        let result = written.and_then(|()| {
            if style.is_reserved {
                segment
                    .split(|byte| *byte == b'/')
                    .try_for_each(check_segment)
            } else {
                check_segment(segment)
            }
        });
        self.record("path parameter", name, result)
    }

    /// Adds a query parameter, percent-encoded; nothing when the value is absent.
    pub fn query(&mut self, name: &str, value: &dyn EncodeValue) -> &mut Self {
        self.query_styled(name, Style::FORM_EXPLODED, value)
    }

    /// Adds a query parameter in a style; nothing when the value is absent.
    pub fn query_styled(&mut self, name: &str, style: Style, value: &dyn EncodeValue) -> &mut Self {
        if self.stage == Stage::Body {
            return self.misuse("a query parameter after the body");
        }
        self.finish_path();
        let before = if self.stage == Stage::Path { "?" } else { "&" };
        let mut slot = Slot::new(&mut self.buffer, &URL, (Place::Pairs(before), style), name);
        value.encode_value(&mut slot);
        let result = slot.finish();
        if matches!(result, Ok(1..)) {
            self.stage = Stage::Query;
        }
        self.record("query parameter", name, result.map(drop))
    }

    /// Sets a header; nothing when the value is absent.
    pub fn header(&mut self, name: &str, value: &dyn EncodeValue) -> &mut Self {
        self.header_styled(name, Style::SIMPLE, value)
    }

    /// Sets a header in a style; nothing when the value is absent.
    pub fn header_styled(
        &mut self,
        name: &str,
        style: Style,
        value: &dyn EncodeValue,
    ) -> &mut Self {
        let mut text = Vec::new();
        let mut slot = Slot::new(&mut text, &HEADER, (Place::Header, style), name);
        value.encode_value(&mut slot);
        let result = slot.finish().and_then(|occurrences| {
            if occurrences > 0 {
                let (name, value) = header(name, &text)?;
                self.headers.insert(name, value);
            }
            Ok(())
        });
        self.record("header", name, result)
    }

    /// Adds a cookie; nothing when the value is absent.
    ///
    /// What a cookie cannot contain is percent-encoded.
    pub fn cookie(&mut self, name: &str, value: &dyn EncodeValue) -> &mut Self {
        self.cookie_styled(name, Style::FORM_EXPLODED, value)
    }

    /// Adds a cookie in a style; nothing when the value is absent.
    pub fn cookie_styled(
        &mut self,
        name: &str,
        style: Style,
        value: &dyn EncodeValue,
    ) -> &mut Self {
        let before = if self.cookies.is_empty() { "" } else { "; " };
        let mut slot = Slot::new(
            &mut self.cookies,
            &COOKIE,
            (Place::Cookies(before), style),
            name,
        );
        value.encode_value(&mut slot);
        let result = slot.finish().map(drop);
        self.record("cookie", name, result)
    }

    /// Checks the limits of a parameter before it is written.
    pub fn check_param(&mut self, name: &str, value: &dyn Check) -> &mut Self {
        self.record("parameter", name, check(value))
    }

    /// Writes a path and a query as they are.
    pub(crate) fn raw_target(&mut self, path_and_query: &str) {
        self.buffer.extend_from_slice(path_and_query.as_bytes());
        if path_and_query.contains('?') {
            self.stage = Stage::Query;
        }
    }

    /// Sets all headers of the operation.
    pub(crate) fn raw_headers(&mut self, headers: &HeaderMap) {
        self.headers.clone_from(headers);
    }

    pub(super) fn begin_form(&mut self) {
        self.finish_url();
        self.is_form = true;
    }

    pub(super) fn form_field(&mut self, name: &str, style: Style, value: &dyn EncodeValue) {
        let is_first = self.buffer.len() == self.url_length;
        let before = if is_first { "" } else { "&" };
        let mut slot = Slot::new(&mut self.buffer, &FORM, (Place::Pairs(before), style), name);
        value.encode_value(&mut slot);
        let result = slot.finish().map(drop);
        self.record("form field", name, result);
    }

    /// Writes a body of bytes.
    pub fn bytes(&mut self, content_type: &str, body: &[u8]) -> &mut Self {
        self.finish_url();
        self.is_form = false;
        self.buffer.extend_from_slice(body);
        match media_type_value(content_type) {
            Ok(value) => {
                self.headers.insert(CONTENT_TYPE, value);
            }
            Err(reason) => self.reject("body", content_type, reason),
        }
        self
    }

    pub(super) fn reject(&mut self, kind: &str, name: &str, reason: Cow<'static, str>) {
        self.record(kind, name, Err(reason));
    }

    fn finish_path(&mut self) {
        if next_parameter(self.template).is_some() {
            self.misuse("fewer path parameters than the path template has");
        }
        self.buffer.extend_from_slice(self.template.as_bytes());
        self.template = "";
        if self.stage == Stage::Path && self.meta.path.contains('?') {
            self.stage = Stage::Query;
        }
    }

    fn finish_url(&mut self) {
        if self.stage == Stage::Body {
            self.misuse("two bodies");
            return;
        }
        self.finish_path();
        for pair in &self.target.query_credentials {
            let has_query = self.stage == Stage::Query;
            self.buffer.push(if has_query { b'&' } else { b'?' });
            self.buffer.extend_from_slice(pair.as_bytes());
            self.stage = Stage::Query;
        }
        self.stage = Stage::Body;
        self.url_length = self.buffer.len();
    }

    /// Returns the encoded request, or the first error.
    pub(crate) fn finish(mut self) -> Result<Encoded, BuildError> {
        if self.stage != Stage::Body {
            self.finish_url();
        }
        if !self.cookies.is_empty() {
            self.finish_cookies();
        }
        if let Some(error) = self.error {
            return Err(error);
        }
        let mut url = Bytes::from(self.buffer);
        let body = url.split_off(self.url_length);
        let uri = http::Uri::from_maybe_shared(url).map_err(|error| {
            BuildError::for_operation(self.meta.id, format!("the URL is not valid: {error}"))
        })?;
        Ok(Encoded {
            uri,
            headers: self.headers,
            body,
            is_form: self.is_form,
        })
    }

    /// Adds the cookies to those of a header parameter, in one header (RFC 6265, section 5.4).
    fn finish_cookies(&mut self) {
        let mut cookies = std::mem::take(&mut self.cookies);
        let given = self.headers.get(header::COOKIE);
        if let Some(given) = given.filter(|given| !given.is_empty()) {
            cookies = [given.as_bytes(), b"; ", &cookies].concat();
        }
        let result = HeaderValue::from_bytes(&cookies).map(|value| {
            self.headers.insert(header::COOKIE, value);
        });
        let reason = |_| "has characters that are not allowed in a header".into();
        self.record("header", "Cookie", result.map_err(reason));
    }

    pub(super) fn record(
        &mut self,
        kind: &str,
        name: &str,
        result: Result<(), Cow<'static, str>>,
    ) -> &mut Self {
        if let Err(reason) = result {
            self.fail(format!("the {kind} `{name}` {reason}"));
        }
        self
    }

    fn misuse(&mut self, what: &str) -> &mut Self {
        self.fail(format!("`encode` writes {what}"));
        self
    }

    fn fail(&mut self, reason: String) {
        let id = self.meta.id;
        self.error
            .get_or_insert_with(|| BuildError::for_operation(id, reason));
    }
}

/// Returns a media type as the value of a header.
fn media_type_value(media_type: &str) -> Result<HeaderValue, Cow<'static, str>> {
    if media_type == "application/json" {
        return Ok(HeaderValue::from_static("application/json"));
    }
    let has_type = media_type.split_once('/').is_some_and(|(family, rest)| {
        !family.is_empty() && !rest.is_empty() && !media_type.contains('*')
    });
    match HeaderValue::from_str(media_type) {
        Ok(value) if has_type => Ok(value),
        _ => Err("is not a media type".into()),
    }
}

/// Splits a template at its first parameter: the text before it, its name, and the text after it.
fn next_parameter(template: &'static str) -> Option<(&'static str, &'static str, &'static str)> {
    let (before, from) = template.split_once('{')?;
    let (name, after) = from.split_once('}')?;
    Some((before, name, after))
}

/// Rejects the segments that would be removed from the path (RFC 3986, section 5.2.4).
fn check_segment(segment: &[u8]) -> Result<(), Cow<'static, str>> {
    match segment {
        [] => Err("is empty".into()),
        b"." | b".." => Err("is `.` or `..`, which would change the path".into()),
        _ => Ok(()),
    }
}

/// Returns a media type as the value of a header, without an allocation.
pub(crate) fn media_type_header(
    media_type: &'static str,
) -> Result<HeaderValue, Cow<'static, str>> {
    HeaderValue::from_maybe_shared(Bytes::from_static(media_type.as_bytes()))
        .map_err(|_| "is not a media type".into())
}

fn header(name: &str, text: &[u8]) -> Result<(HeaderName, HeaderValue), Cow<'static, str>> {
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| "is not a header name")?;
    let visible = text
        .iter()
        .all(|&byte| byte == b'\t' || (b' '..=b'~').contains(&byte));
    match HeaderValue::from_bytes(text) {
        Ok(value) if visible => Ok((name, value)),
        _ => Err("has characters that are not allowed in a header (RFC 9110, section 5.5)".into()),
    }
}

#[cfg(test)]
#[path = "../../../tests/runtime/unit/encoder.rs"]
mod tests;
