//! Writing JSON.

use super::super::decode::Constant;
use super::super::decode::bytes::special;
use serde::Serialize;
use std::fmt;

/// A type that is written as JSON.
pub trait Encode {
    /// Writes the value.
    fn encode(&self, json: &mut JsonWriter);

    /// Whether there is no value, so that an optional member is left out.
    #[inline]
    fn is_absent(&self) -> bool {
        false
    }
}

/// A text of JSON that is being written.
#[derive(Debug, Default)]
pub struct JsonWriter {
    pub(super) text: Vec<u8>,
    /// Whether members that only responses have are left out.
    is_request: bool,
    /// The tags that the next value writes, if it is an object.
    pub(super) tags: Vec<(&'static str, Constant)>,
    error: Option<EncodeError>,
}

/// Why a value cannot be written as JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodeError(String);

impl JsonWriter {
    /// Starts a text.
    pub fn new() -> Self {
        Self::default()
    }

    /// Starts the text of a request, from which members that only responses have are left out.
    pub fn for_request() -> Self {
        Self {
            is_request: true,
            ..Self::default()
        }
    }

    /// Returns the text.
    ///
    /// # Errors
    /// Returns an error for a value that JSON does not have, such as a number that is not finite.
    pub fn finish(self) -> Result<Vec<u8>, EncodeError> {
        match self.error {
            None => Ok(self.text),
            Some(error) => Err(error),
        }
    }

    /// Rejects a value. The reason should not contain the value; only the first one is kept.
    #[cold]
    pub fn reject(&mut self, reason: impl Into<String>) {
        if self.error.is_none() {
            self.error = Some(EncodeError(reason.into()));
        }
    }

    pub(super) fn is_request(&self) -> bool {
        self.is_request
    }

    /// Adds a piece of JSON as it is.
    #[inline]
    pub(super) fn push(&mut self, json: &[u8]) {
        self.text.extend_from_slice(json);
    }

    /// Writes null.
    #[inline]
    pub fn null(&mut self) {
        self.push(b"null");
    }

    /// Writes a boolean.
    #[inline]
    pub fn bool(&mut self, value: bool) {
        self.push(if value { b"true" } else { b"false" });
    }

    /// Writes a string.
    #[inline]
    pub fn text(&mut self, text: &str) {
        if special(text.as_bytes(), 0) == text.len() {
            self.text.reserve(text.len() + 2);
            self.text.push(b'"');
            self.text.extend_from_slice(text.as_bytes());
            self.text.push(b'"');
        } else {
            self.serialize(text);
        }
    }

    /// Writes a string of anything that can be formatted.
    pub fn display(&mut self, value: impl fmt::Display) {
        self.text(&value.to_string());
    }

    /// Writes an integer.
    pub fn integer(&mut self, value: i64) {
        self.serialize(&value);
    }

    /// Writes a number; one that is not finite is rejected.
    ///
    /// A whole number is written without a fraction, as long as every integer of its size is one.
    pub fn number(&mut self, value: f64) {
        /// Up to here, every integer is an `f64`: 2^53.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if !value.is_finite() {
            self.reject("a number is not finite, which JSON cannot express");
            return self.null();
        }
        self.serialize(&value);
        let is_negative_zero = value == 0.0 && value.is_sign_negative();
        if value.abs() < EXACT && !is_negative_zero && self.text.ends_with(b".0") {
            self.text.truncate(self.text.len() - 2);
        }
    }

    /// Writes what serde can serialize.
    pub(crate) fn serialize<T: Serialize + ?Sized>(&mut self, value: &T) {
        if let Err(error) = serde_json::to_writer(&mut self.text, value) {
            self.reject(error.to_string());
        }
    }

    /// Writes a constant.
    pub fn constant(&mut self, value: Constant) {
        match value {
            Constant::Text(text) => self.text(text),
            Constant::Integer(value) => self.integer(value),
            Constant::Bool(value) => self.bool(value),
        }
    }

    /// Writes a list.
    pub fn list<'v, T: Encode + 'v>(&mut self, items: impl IntoIterator<Item = &'v T>) {
        let mut list = self.elements();
        for item in items {
            list.element(item);
        }
        list.end();
    }

    /// Starts a list, whose elements may be of several types.
    #[inline]
    pub fn elements(&mut self) -> ListWriter<'_> {
        self.tags.clear();
        self.text.push(b'[');
        ListWriter {
            json: self,
            is_empty: true,
        }
    }

    /// Writes a variant of a union that does not have the union's tag itself.
    ///
    /// The tag is the first member of the object, and takes the place of a member of its name.
    pub fn tagged<T: Encode>(&mut self, name: &'static str, tag: impl Into<Constant>, value: &T) {
        self.tags.push((name, tag.into()));
        value.encode(self);
        self.tags.clear();
    }
}

/// A list that is being written.
#[derive(Debug)]
#[must_use = "the list has to be ended"]
pub struct ListWriter<'w> {
    json: &'w mut JsonWriter,
    is_empty: bool,
}

impl ListWriter<'_> {
    /// Writes an element.
    #[inline]
    pub fn element<T: Encode + ?Sized>(&mut self, value: &T) {
        if !self.is_empty {
            self.json.push(b",");
        }
        self.is_empty = false;
        value.encode(self.json);
    }

    /// Ends the list.
    #[inline]
    pub fn end(self) {
        self.json.push(b"]");
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for EncodeError {}
