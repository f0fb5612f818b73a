//! What an answer is read into: one type for every status, or an enum that has a variant for each.

use super::decode::json;
use super::fault::Fault;
use super::operation::Decoding;
use super::response::Deviation;
use bytes::Bytes;
use http::StatusCode;
use serde::de::DeserializeOwned;
use serde::de::value::{BytesDeserializer, StringDeserializer};
use serde_json::Value;
use std::borrow::Cow;

/// What the body of a success is read into.
///
/// Whatever can be deserialized is one already; the enums of answers that differ by status are the others.
pub trait Answer: Sized {
    /// Reads the body.
    fn read(body: Body<'_>) -> Decoded<Self>;
}

impl<T: DeserializeOwned> Answer for T {
    fn read(body: Body<'_>) -> Decoded<Self> {
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

/// The body of a success, and the status that it came with.
#[derive(Clone, Copy)]
pub struct Body<'a> {
    pub(super) bytes: &'a Bytes,
    pub(super) status: StatusCode,
    pub(super) decoding: Decoding,
}

/// What a body came to.
pub struct Decoded<T>(pub(super) Result<(T, Vec<Deviation>), Fault>);

impl Body<'_> {
    /// Returns the status.
    #[inline]
    pub fn status(self) -> u16 {
        self.status.as_u16()
    }

    /// Reads JSON: strictly, which is the fast path, or else by salvaging what can be.
    pub fn json<T: DeserializeOwned, A>(self, answer: impl FnOnce(T) -> A) -> Decoded<A> {
        Decoded(json(self.bytes).map(|(value, deviations)| (answer(value), deviations)))
    }

    /// Reads text.
    pub fn text<A>(self, answer: impl FnOnce(String) -> A) -> Decoded<A> {
        let text = |text: StringDeserializer<Fault>| serde::Deserialize::deserialize(text);
        self.text_as(|deserializer| text(deserializer).map(answer))
    }

    fn text_as<A>(
        self,
        read: impl FnOnce(StringDeserializer<Fault>) -> Result<A, Fault>,
    ) -> Decoded<A> {
        let text = String::from_utf8_lossy(self.bytes);
        let replaced = matches!(text, Cow::Owned(_)).then(|| {
            Deviation::of_body("expected UTF-8, found other bytes, which are replaced".to_owned())
        });
        let text = StringDeserializer::new(text.into_owned());
        Decoded(read(text).map(|value| (value, replaced.into_iter().collect())))
    }

    /// Takes the bytes as they are.
    pub fn bytes<A>(self, answer: impl FnOnce(Bytes) -> A) -> Decoded<A> {
        Decoded(Ok((answer(self.bytes.clone()), Vec::new())))
    }

    /// Looks at nothing: the status says it all.
    pub fn empty<A>(self, answer: A) -> Decoded<A> {
        Decoded(Ok((answer, Vec::new())))
    }

    /// Reads any JSON, and null where there is none, of a status that the description does not have.
    pub fn undeclared<A>(self, answer: impl FnOnce(Value) -> A) -> Decoded<A> {
        let value = serde_json::from_slice(self.bytes).unwrap_or_default();
        Decoded(Ok((answer(value), Vec::new())))
    }
}
