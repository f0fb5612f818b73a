//! What a response is decoded into: one type for every status, or an enum with a variant for each.

use super::deviation::Deviation;
use super::fault::Fault;
use super::json::decode_json;
use bytes::Bytes;
use http::StatusCode;
use serde::de::DeserializeOwned;
use serde::de::value::{BytesDeserializer, StringDeserializer};
use serde_json::Value;
use std::borrow::Cow;

/// How the body of a success is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Decoding {
    /// As JSON.
    Json,
    /// As text.
    Text,
    /// As it is.
    Bytes,
}

/// A type that the body of a success is decoded into.
///
/// It is implemented for every type that can be deserialized, and for the enums of responses that differ by status.
pub trait FromBody: Sized {
    /// Decodes the body.
    fn from_body(body: Body<'_>) -> Decoded<Self>;
}

impl<T: DeserializeOwned> FromBody for T {
    fn from_body(body: Body<'_>) -> Decoded<Self> {
        match body.decoding {
            Decoding::Json => body.json(|value| value),
            Decoding::Text => body.text_as(T::deserialize),
            Decoding::Bytes => {
                let bytes = BytesDeserializer::<Fault>::new(body.bytes);
                Decoded(T::deserialize(bytes).map(|value| (value, Vec::new())))
            }
        }
    }
}

/// The body of a success, with its status.
#[derive(Clone, Copy)]
pub struct Body<'a> {
    pub(crate) bytes: &'a Bytes,
    pub(crate) status: StatusCode,
    pub(crate) decoding: Decoding,
}

/// The result of decoding a body.
pub struct Decoded<T>(pub(crate) Result<(T, Vec<Deviation>), Fault>);

impl Body<'_> {
    /// Returns the status.
    pub fn status(self) -> u16 {
        self.status.as_u16()
    }

    /// Decodes JSON.
    pub fn json<T: DeserializeOwned, R>(self, response: impl FnOnce(T) -> R) -> Decoded<R> {
        Decoded(decode_json(self.bytes).map(|(value, deviations)| (response(value), deviations)))
    }

    /// Decodes text.
    pub fn text<R>(self, response: impl FnOnce(String) -> R) -> Decoded<R> {
        let text = |text: StringDeserializer<Fault>| serde::Deserialize::deserialize(text);
        self.text_as(|deserializer| text(deserializer).map(response))
    }

    fn text_as<R>(
        self,
        decode: impl FnOnce(StringDeserializer<Fault>) -> Result<R, Fault>,
    ) -> Decoded<R> {
        let text = String::from_utf8_lossy(self.bytes);
        let replaced = matches!(text, Cow::Owned(_))
            .then(|| Deviation::in_body("expected UTF-8, found other bytes; replaced by U+FFFD"));
        let text = StringDeserializer::new(text.into_owned());
        Decoded(decode(text).map(|value| (value, replaced.into_iter().collect())))
    }

    /// Takes the bytes as they are.
    pub fn bytes<R>(self, response: impl FnOnce(Bytes) -> R) -> Decoded<R> {
        Decoded(Ok((response(self.bytes.clone()), Vec::new())))
    }

    /// Ignores the body.
    pub fn empty<R>(self, response: R) -> Decoded<R> {
        Decoded(Ok((response, Vec::new())))
    }

    /// Decodes any JSON, or null where there is none, for a status that the description does not list.
    pub fn undeclared<R>(self, response: impl FnOnce(Value) -> R) -> Decoded<R> {
        let value = serde_json::from_slice(self.bytes).unwrap_or_default();
        Decoded(Ok((response(value), Vec::new())))
    }
}
