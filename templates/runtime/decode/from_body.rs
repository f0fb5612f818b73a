//! What a response is decoded into: one type for every status, or an enum with a variant for each.

use super::Decode;
use super::body::{Decoded, decode};
use super::charset::{Text, charset, essence};
use super::deviation::Deviation;
use super::mismatch::Undecodable;
use bytes::Bytes;
use http::StatusCode;
use serde_json::Value;

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
    /// As a form (`application/x-www-form-urlencoded`).
    #[cfg(feature = "webhooks")]
    Form,
}

/// A type that the body of a response is decoded into.
///
/// It is implemented for every type that JSON is decoded into, and for the enums of responses that differ by status or media
/// type.
pub trait FromBody: Sized {
    /// Decodes the body.
    ///
    /// # Errors
    /// Returns an error for a body that the type cannot be made of.
    fn from_body(body: Body<'_>) -> Result<Decoded<Self>, Undecodable>;
}

impl<T: Decode> FromBody for T {
    fn from_body(body: Body<'_>) -> Result<Decoded<Self>, Undecodable> {
        let decoded = body.decode_json(body.to_json())?;
        #[cfg(feature = "webhooks")]
        if body.decoding == Decoding::Form {
            // What a form has is text, which is no deviation.
            return Ok(Decoded::plain(decoded.value));
        }
        Ok(decoded)
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
    /// The header `Content-Type`.
    pub(crate) media_type: Option<&'a str>,
    pub(crate) decoding: Decoding,
}

impl Body<'_> {
    /// Returns the status.
    pub fn status(self) -> u16 {
        self.status.as_u16()
    }

    /// Returns whether the body has one of these media types, such as `text/csv` or `image/*`.
    pub fn is_of(self, media_types: &[&str]) -> bool {
        let essence = essence(self.media_type.unwrap_or_default());
        media_types.iter().any(|one| match one.strip_suffix('*') {
            Some("*/" | "") => true,
            Some(family) => essence
                .get(..family.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(family)),
            None => essence.eq_ignore_ascii_case(one),
        })
    }

    /// Decodes JSON.
    ///
    /// # Errors
    /// Returns an error for a body that the type cannot be made of.
    pub fn json<T: Decode, R>(
        self,
        response: impl FnOnce(T) -> R,
    ) -> Result<Decoded<R>, Undecodable> {
        let decoded = self.decode_json(self.in_utf_8())?;
        Ok(decoded.map(response))
    }

    /// Decodes what a body is as JSON, or else the body as text without quotes.
    fn decode_json<T: Decode>(
        self,
        (json, deviation): (Bytes, Option<Deviation>),
    ) -> Result<Decoded<T>, Undecodable> {
        match decode(&json) {
            Ok(mut decoded) => {
                decoded.deviations.extend(deviation);
                Ok(decoded)
            }
            Err(error) => self.decode_unquoted().ok_or(error),
        }
    }

    /// Decodes text that was sent where JSON is described.
    #[cold]
    fn decode_unquoted<T: Decode>(self) -> Option<Decoded<T>> {
        let (json, deviation) = self.unquoted()?;
        let mut decoded = decode(&json).ok()?;
        decoded.deviations.push(deviation);
        Some(decoded)
    }

    /// Returns text without quotes as a JSON string: the body of a text, or of JSON that begins as none does.
    fn unquoted(self) -> Option<(Bytes, Deviation)> {
        let essence = essence(self.media_type.unwrap_or_default());
        let may_be_text = match self.bytes.trim_ascii_start().first() {
            None | Some(b'"' | b'{' | b'[' | b'<') => false,
            Some(_) => true,
        };
        let is_html = essence.eq_ignore_ascii_case("text/html");
        if self.decoding != Decoding::Json || is_html || !may_be_text {
            return None;
        }
        let (text, problem) = self.read_text();
        let is_text = !text.chars().any(|c| c.is_control() && !c.is_whitespace());
        if problem.is_some() || !is_text {
            return None;
        }
        let reason = "expected JSON, found text without quotes; treated as a string";
        let deviation = Deviation::root(reason, self.bytes.clone());
        Some((Value::from(text).to_string().into(), deviation))
    }

    /// Decodes text.
    ///
    /// # Errors
    /// There are none.
    pub fn text<R>(self, response: impl FnOnce(String) -> R) -> Result<Decoded<R>, Undecodable> {
        let (text, deviation) = self.read_text();
        Ok(Decoded {
            value: response(text),
            deviations: deviation.into_iter().collect(),
        })
    }

    /// Reads the text in the charset that its media type names.
    fn read_text(self) -> (String, Option<Deviation>) {
        let Text { text, problem } = Text::read(self.bytes, charset(self.media_type));
        let deviation = problem.map(|problem| Deviation::root(problem, self.bytes.clone()));
        (text, deviation)
    }

    /// Returns JSON as it is, or in UTF-8 where a byte order mark or the media type says that it is in another encoding and it
    /// is no UTF-8; JSON is sent in nothing else (RFC 8259, section 8.1).
    fn in_utf_8(self) -> (Bytes, Option<Deviation>) {
        let charset = charset(self.media_type);
        let has_mark = matches!(self.bytes.first(), Some(0xFE | 0xFF));
        let is_utf_8 = charset.is_none_or(|charset| charset.eq_ignore_ascii_case("utf-8"));
        if is_utf_8 && !has_mark {
            return (self.bytes.clone(), None);
        }
        let start = charset.and_then(|charset| charset.get(..6));
        let is_utf_16 = start.is_some_and(|start| start.eq_ignore_ascii_case("utf-16"));
        // Text in UTF-16 may happen to be UTF-8 as well, with a zero in nearly every pair of bytes.
        let is_other =
            (is_utf_16 && self.bytes.contains(&0)) || std::str::from_utf8(self.bytes).is_err();
        if is_other {
            let Text { text, problem } = Text::read(self.bytes, charset);
            if problem.is_none() {
                let reason = "expected UTF-8, found another encoding; converted";
                return (
                    text.into(),
                    Some(Deviation::root(reason, self.bytes.clone())),
                );
            }
        }
        (self.bytes.clone(), None)
    }

    /// Returns the body as JSON: text as a string, a form as an object.
    fn to_json(self) -> (Bytes, Option<Deviation>) {
        match self.decoding {
            Decoding::Json => self.in_utf_8(),
            Decoding::Empty => (Bytes::from_static(b"null"), None),
            Decoding::Text | Decoding::Bytes => {
                let (text, deviation) = self.read_text();
                (Value::from(text).to_string().into(), deviation)
            }
            #[cfg(feature = "webhooks")]
            Decoding::Form => (super::form::object(self.bytes).into(), None),
        }
    }

    /// Decodes a form as the object that its fields make up.
    ///
    /// # Errors
    /// Returns an error for a body that the type cannot be made of.
    #[cfg(feature = "webhooks")]
    pub fn form<T: Decode, R>(
        self,
        response: impl FnOnce(T) -> R,
    ) -> Result<Decoded<R>, Undecodable> {
        let object = super::form::object(self.bytes);
        // What a form has is text, which is no deviation.
        decode(&Bytes::from(object)).map(|decoded| Decoded::plain(response(decoded.value)))
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
