//! From the bytes of a body to a value of a type.

use super::Decode;
use super::deviation::Deviation;
use super::document::Document;
use super::mismatch::{Mismatch, Undecodable};
use super::node::Node;
use bytes::Bytes;
use serde_json::Value;
use std::borrow::Cow;

/// The values that an empty body is decoded as, in this order.
const EMPTY: [&str; 3] = ["null", "{}", "[]"];

/// What is wrong with an empty body.
const NOTHING: &str = "expected a body, found nothing";

/// Decodes a value and keeps it. What is done with bodies of all types is compiled once with it.
type Visit<'a> = dyn FnMut(Node<'_>) -> Result<(), Mismatch> + 'a;

/// A decoded body, and where it does not match its description.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoded<T> {
    /// The value.
    pub value: T,
    /// The deviations, in the order of the body.
    pub deviations: Vec<Deviation>,
}

impl<T> Decoded<T> {
    /// A value without deviations.
    pub(crate) fn plain(value: T) -> Self {
        Self {
            value,
            deviations: Vec::new(),
        }
    }

    /// Changes the value.
    pub fn map<R>(self, change: impl FnOnce(T) -> R) -> Decoded<R> {
        Decoded {
            value: change(self.value),
            deviations: self.deviations,
        }
    }
}

/// Decodes a JSON body.
///
/// A byte order mark is skipped, bytes that are not UTF-8 are replaced, and an empty body is decoded as null, an empty
/// object or an empty list; the latter two are deviations.
///
/// # Errors
/// Returns an error for a body that is not JSON, or that the type cannot be made of.
pub fn decode<T: Decode>(body: &Bytes) -> Result<Decoded<T>, Undecodable> {
    decode_with(body, T::decode)
}

/// Decodes JSON that may be a part of a request, which does not have what only responses have.
///
/// # Errors
/// Returns an error for what is not JSON, or the type cannot be made of.
pub fn decode_of_either_direction<T: Decode>(body: &Bytes) -> Result<Decoded<T>, Undecodable> {
    let source = Source {
        is_request: true,
        ..Source::new(body)
    };
    source.decode(T::decode)
}

/// Decodes a JSON body with a function.
///
/// # Errors
/// Returns an error for a body that is not JSON, and the function's.
pub fn decode_with<T>(
    body: &Bytes,
    decode: impl Fn(Node<'_>) -> Result<T, Mismatch>,
) -> Result<Decoded<T>, Undecodable> {
    Source::new(body).decode(decode)
}

/// Decodes a JSON body of any type; what is not JSON becomes null.
pub(super) fn decode_value(body: &Bytes) -> Value {
    decode(body).map_or(Value::Null, |decoded| decoded.value)
}

impl Deviation {
    /// Returns the value at that place, or the object that lacks a member.
    pub fn value(&self) -> Value {
        decode_value(self.raw())
    }
}

#[cold]
fn undecodable(document: &Document<'_>, mismatch: Mismatch) -> Undecodable {
    let (token, reason) = mismatch.into_parts();
    Undecodable::new(document.path(token), reason.to_string())
}

#[cold]
fn nothing() -> Undecodable {
    Undecodable::root(NOTHING.to_owned())
}

/// A body and its text.
struct Source<'b> {
    body: &'b Bytes,
    /// Without a byte order mark.
    text: Cow<'b, str>,
    is_request: bool,
}

impl<'b> Source<'b> {
    fn new(body: &'b Bytes) -> Self {
        let bytes = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => String::from_utf8_lossy(bytes),
        };
        Self {
            body,
            text,
            is_request: false,
        }
    }

    fn decode<T>(
        &self,
        decode: impl Fn(Node<'_>) -> Result<T, Mismatch>,
    ) -> Result<Decoded<T>, Undecodable> {
        let mut value = None;
        let deviations = self.visit(&mut |node| {
            value = Some(decode(node)?);
            Ok(())
        })?;
        let value = value.ok_or_else(nothing)?;
        Ok(Decoded { value, deviations })
    }

    /// Decodes the body with a function that keeps the value, and returns the deviations.
    fn visit(&self, decode: &mut Visit<'_>) -> Result<Vec<Deviation>, Undecodable> {
        if self.is_empty() {
            return self.visit_empty(decode);
        }
        let document = self.document()?;
        match decode(document.root()) {
            Ok(()) => Ok(self.deviations(document)),
            Err(mismatch) => Err(undecodable(&document, mismatch)),
        }
    }

    fn is_empty(&self) -> bool {
        self.text.bytes().all(|byte| byte.is_ascii_whitespace())
    }

    fn document(&self) -> Result<Document<'_>, Undecodable> {
        let mut document = Document::new(&self.text).map_err(|malformed| {
            let reason = malformed.reason(self.text.as_bytes());
            Undecodable::root(format!("{reason}; the body is not JSON"))
        })?;
        document.is_request = self.is_request;
        Ok(document)
    }

    /// Makes deviations of what was noted.
    fn deviations(&self, document: Document<'_>) -> Vec<Deviation> {
        if matches!(self.text, Cow::Borrowed(_)) && document.notes().mark() == 0 {
            return Vec::new();
        }
        self.located_deviations(document)
    }

    #[cold]
    fn located_deviations(&self, document: Document<'_>) -> Vec<Deviation> {
        let (text, replaced) = match &self.text {
            Cow::Borrowed(text) => (self.body.slice(self.body.len() - text.len()..), None),
            Cow::Owned(text) => {
                let replaced = "expected UTF-8, found other bytes; replaced by U+FFFD";
                let text = Bytes::copy_from_slice(text.as_bytes());
                (text, Some(Deviation::root(replaced, self.body.clone())))
            }
        };
        let located = document.into_deviations().into_iter();
        let located =
            located.map(|one| Deviation::new(one.path, one.reason, text.slice(one.range)));
        replaced.into_iter().chain(located).collect()
    }

    /// Decodes an empty body.
    #[cold]
    fn visit_empty(&self, decode: &mut Visit<'_>) -> Result<Vec<Deviation>, Undecodable> {
        let is_decoded = EMPTY
            .iter()
            .any(|text| Document::new(text).is_ok_and(|document| decode(document.root()).is_ok()));
        if is_decoded {
            Ok(vec![Deviation::root(NOTHING, self.body.clone())])
        } else {
            Err(nothing())
        }
    }
}
