//! What a response is decoded into: one type for every status, or an enum with a variant for each.

use super::Decode;
use super::body::{Decoded, decode};
use super::deviation::Deviation;
use super::mismatch::Undecodable;
use bytes::Bytes;
use http::StatusCode;
use serde_json::Value;
use std::borrow::Cow;

/// How the body of a success is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Decoding {
    /// Not at all.
    Empty,
    /// As JSON.
    Json,
    /// As text.
    Text,
    /// As it is.
    Bytes,
}

/// A type that the body of a success is decoded into.
///
/// It is implemented for every type that JSON is decoded into, and for the enums of responses that differ by status.
pub trait FromBody: Sized {
    /// Decodes the body.
    ///
    /// # Errors
    /// Returns an error for a body that the type cannot be made of.
    fn from_body(body: Body<'_>) -> Result<Decoded<Self>, Undecodable>;
}

impl<T: Decode> FromBody for T {
    fn from_body(body: Body<'_>) -> Result<Decoded<Self>, Undecodable> {
        match body.decoding {
            Decoding::Json => decode(body.bytes),
            Decoding::Empty => decode(&Bytes::from_static(b"null")),
            Decoding::Text | Decoding::Bytes => body.text_as(),
        }
    }
}

/// Takes any body.
impl FromBody for () {
    fn from_body(body: Body<'_>) -> Result<Decoded<Self>, Undecodable> {
        body.empty(())
    }
}

impl FromBody for Bytes {
    fn from_body(body: Body<'_>) -> Result<Decoded<Self>, Undecodable> {
        body.bytes(|bytes| bytes)
    }
}

/// The body of a success, with its status.
#[derive(Debug, Clone, Copy)]
pub struct Body<'a> {
    pub(crate) bytes: &'a Bytes,
    pub(crate) status: StatusCode,
    pub(crate) decoding: Decoding,
}

impl Body<'_> {
    /// Returns the status.
    pub fn status(self) -> u16 {
        self.status.as_u16()
    }

    /// Decodes JSON.
    ///
    /// # Errors
    /// Returns an error for a body that the type cannot be made of.
    pub fn json<T: Decode, R>(
        self,
        response: impl FnOnce(T) -> R,
    ) -> Result<Decoded<R>, Undecodable> {
        decode(self.bytes).map(|decoded| decoded.map(response))
    }

    /// Decodes text.
    ///
    /// # Errors
    /// There are none.
    pub fn text<R>(self, response: impl FnOnce(String) -> R) -> Result<Decoded<R>, Undecodable> {
        self.text_as().map(|decoded| decoded.map(response))
    }

    /// Decodes text as what a JSON string of it would be.
    fn text_as<T: Decode>(self) -> Result<Decoded<T>, Undecodable> {
        let text = String::from_utf8_lossy(self.bytes);
        let replaced = matches!(text, Cow::Owned(_)).then(|| {
            let reason = "expected UTF-8, found other bytes; replaced by U+FFFD";
            Deviation::root(reason, self.bytes.clone())
        });
        let mut decoded = decode::<T>(&Bytes::from(Value::from(text.into_owned()).to_string()))?;
        decoded.deviations.extend(replaced);
        Ok(decoded)
    }

    /// Takes the bytes as they are.
    ///
    /// # Errors
    /// There are none.
    pub fn bytes<R>(self, response: impl FnOnce(Bytes) -> R) -> Result<Decoded<R>, Undecodable> {
        Ok(Decoded::plain(response(self.bytes.clone())))
    }

    /// Ignores the body.
    ///
    /// # Errors
    /// There are none.
    pub fn empty<R>(self, response: R) -> Result<Decoded<R>, Undecodable> {
        Ok(Decoded::plain(response))
    }

    /// Decodes any JSON, or null where there is none, for a status that the description does not list.
    ///
    /// # Errors
    /// There are none.
    pub fn undeclared<R>(
        self,
        response: impl FnOnce(Value) -> R,
    ) -> Result<Decoded<R>, Undecodable> {
        Ok(Decoded::plain(response(super::body::decode_value(
            self.bytes,
        ))))
    }
}
