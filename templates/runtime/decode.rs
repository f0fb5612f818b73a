//! From an HTTP response to a typed one.

use super::answer::{Answer, Body, Decoded};
use super::api_error::ApiError;
use super::error::Error;
use super::fault::Fault;
use super::operation::Meta;
use super::repair::{Repaired, repair};
use super::response::{Deviation, Response};
use super::salvage::salvage;
use super::secrets::Secrets;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::{DeserializeOwned, Deserializer, Error as _, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::fmt;

/// Decodes a response.
pub(super) fn decode<T: Answer>(
    meta: &Meta,
    response: http::Response<Bytes>,
) -> Result<Response<T>, Error> {
    if !is_success(meta, response.status()) {
        return Err(ApiError::new(meta.id, response).into());
    }
    let (head, body) = response.into_parts();
    let Decoded(decoded) = T::read(Body {
        bytes: &body,
        status: head.status,
        decoding: meta.decoding,
    });
    match decoded {
        Ok((value, deviations)) => Ok(Response::new(value, deviations, head, body)),
        Err(fault) => Err(DecodeError::new(meta.id, fault, head, body).into()),
    }
}

/// Decodes JSON: strictly, which is the fast path, or else by salvaging what can be.
pub(super) fn json<T: DeserializeOwned>(body: &[u8]) -> Result<(T, Vec<Deviation>), Fault> {
    // To check all of the text at once takes less time than each string for itself.
    let refusal = match std::str::from_utf8(body).map(serde_json::from_str) {
        Ok(Ok(value)) => return Ok((value, Vec::new())),
        Ok(Err(refusal)) => Some(refusal),
        Err(_) => None,
    };
    decode_loosely(body, refusal.as_ref())
}

#[inline]
fn is_success(meta: &Meta, status: StatusCode) -> bool {
    status.is_success() || meta.accepts.contains(&status.as_u16())
}

#[cold]
fn decode_loosely<T: DeserializeOwned>(
    body: &[u8],
    refusal: Option<&serde_json::Error>,
) -> Result<(T, Vec<Deviation>), Fault> {
    if let Ok(value) = T::deserialize(NoValue) {
        return Ok((value, Vec::new()));
    }
    let (trees, mut deviations) = parse_loosely(body)?;
    let mut outcome = Err(Fault::custom("expected a body"));
    for tree in &trees {
        outcome = salvage(tree);
        if outcome.is_ok() {
            break;
        }
    }
    let (value, more) = outcome?;
    deviations.extend(more);
    if refusal.is_some_and(|refusal| refusal.to_string().starts_with("duplicate field")) {
        deviations.push(deviation(
            "found a name twice in an object, the last of which counts",
        ));
    }
    Ok((value, deviations))
}

/// Parses a body that the strict decoder refused into trees to be tried in turn: an empty body
/// stands for any empty one.
#[inline]
fn parse_loosely(body: &[u8]) -> Result<(Vec<Value>, Vec<Deviation>), Fault> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    if body.trim_ascii().is_empty() {
        let trees = vec![
            Value::Null,
            Value::Object(Map::new()),
            Value::Array(Vec::new()),
        ];
        return Ok((trees, vec![deviation("expected a body, found nothing")]));
    }
    let text = String::from_utf8_lossy(body);
    let replaced = matches!(text, Cow::Owned(_))
        .then(|| deviation("expected UTF-8, found other bytes, which are replaced"));
    let (tree, repairs) = parse(&text)?;
    let deviations = replaced
        .into_iter()
        .chain(repairs.into_iter().map(deviation));
    Ok((vec![tree], deviations.collect()))
}

#[inline]
fn parse(text: &str) -> Result<(Value, Vec<&'static str>), Fault> {
    serde_json::from_slice(text.as_bytes())
        .map(|tree| (tree, Vec::new()))
        .or_else(|error| {
            let Repaired { text, reasons } = repair(text);
            let tree = serde_json::from_slice(text.as_bytes())
                .map_err(|_| Fault::custom(format_args!("expected JSON: {error}")))?;
            Ok((tree, reasons))
        })
}

#[inline]
fn deviation(reason: &str) -> Deviation {
    Deviation::of_body(reason.to_owned())
}

/// A deserializer for types that need no value, which is `()` alone: their body, if any, does not
/// matter.
struct NoValue;

impl<'de> Deserializer<'de> for NoValue {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Fault> {
        Err(Fault::custom("expected a value"))
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// A success whose body cannot be decoded, not even in part.
///
/// The API carried out the request. `Debug` and `Display` show the operation, the status, the place
/// and the reason, no headers and no body.
#[derive(Clone)]
pub struct DecodeError {
    operation: &'static str,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    path: String,
    reason: String,
}

impl DecodeError {
    #[inline]
    fn new(
        operation: &'static str,
        fault: Fault,
        head: http::response::Parts,
        body: Bytes,
    ) -> Self {
        let (path, reason) = fault.into_parts();
        Self {
            operation,
            status: head.status,
            headers: head.headers,
            body,
            path,
            reason,
        }
    }

    /// Takes the credentials of the request out of what is shown.
    #[inline]
    pub(super) fn conceal(&mut self, secrets: &Secrets) {
        self.path = secrets.conceal(&self.path);
        self.reason = secrets.conceal(&self.reason);
    }

    /// Returns the id of the operation that was carried out.
    #[inline]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns the status of the response.
    #[inline]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers of the response.
    #[inline]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the body of the response as it came.
    #[inline]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Returns the place in the body as a JSONPath (RFC 9535).
    #[inline]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns what is wrong there.
    #[inline]
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Debug for DecodeError {
    #[inline]
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
    #[inline]
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
            "{operation} was carried out ({status}), but its answer cannot be decoded: {reason} at {path}"
        )
    }
}

impl std::error::Error for DecodeError {}
