//! Values as text in a path, a query, a header or a form.

use super::super::model::{Base64, Duration, Field, Rfc2822, Time, date_time_text};
use super::escape::{Alphabet, Escape};
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde_json::Value;
use std::borrow::Cow;
use std::fmt::{self, Write as _};

/// A value that can be sent in the path, the query, a header or the form body of a request.
///
/// | type | text |
/// |---|---|
/// | `String`, `str`, enums | as it is, encoded for its place |
/// | `bool` | `true` or `false` |
/// | integers, `f64` | plain decimal, never an exponent; a number that is not finite is rejected |
/// | `DateTime<FixedOffset>` | RFC 3339, `Z` for UTC, with a fraction only when there is one |
/// | `NaiveDate` | `YYYY-MM-DD` |
/// | [`serde_json::Value`] | JSON text |
/// | `Vec<T>` | one value for each item: the key repeated, or joined with commas where there is no key |
/// | `Option<T>` | nothing for `None` |
/// | [`Field<T>`] | nothing, an empty value, or the value |
pub trait EncodeValue {
    /// Writes the value, once for each occurrence in the request.
    fn encode_value(&self, slot: &mut Slot<'_>);
}

/// The place in the request that an [`EncodeValue`] writes its text to.
///
/// Each call of a writing method adds one occurrence: `Key=a&Key=b` in queries and forms, `a,b` in
/// paths and headers (the styles `form` with `explode` and `simple` of OpenAPI 3.0).
pub struct Slot<'a> {
    out: &'a mut Vec<u8>,
    alphabet: &'static Alphabet,
    key: Option<&'a str>,
    before_first: &'static [u8],
    occurrences: usize,
    rejection: Option<Cow<'static, str>>,
}

impl<'a> Slot<'a> {
    /// A place for `key=value` pairs; `before_first` precedes the first pair and `&` the others.
    pub(crate) fn pairs(
        out: &'a mut Vec<u8>,
        alphabet: &'static Alphabet,
        key: &'a str,
        before_first: &'static [u8],
    ) -> Self {
        Self {
            out,
            alphabet,
            key: Some(key),
            before_first,
            occurrences: 0,
            rejection: None,
        }
    }

    /// A place for values without a key.
    pub(crate) fn bare(out: &'a mut Vec<u8>, alphabet: &'static Alphabet) -> Self {
        Self {
            out,
            alphabet,
            key: None,
            before_first: b"",
            occurrences: 0,
            rejection: None,
        }
    }

    /// Returns how many occurrences were written, or the reason why the value was rejected.
    pub(crate) fn finish(self) -> Result<usize, Cow<'static, str>> {
        match self.rejection {
            None => Ok(self.occurrences),
            Some(reason) => Err(reason),
        }
    }

    /// Adds a text.
    pub fn text(&mut self, text: &str) {
        self.open();
        self.alphabet.push(self.out, text.as_bytes());
    }

    /// Adds letters and digits, which need no encoding anywhere.
    pub(crate) fn alphanumeric(&mut self, text: &[u8]) {
        self.open();
        self.out.extend_from_slice(text);
    }

    /// Adds a formatted text, without an allocation: `slot.format(format_args!("{a}-{b}"))`.
    pub fn format(&mut self, text: fmt::Arguments<'_>) {
        self.open();
        if self.escape().write_fmt(text).is_err() {
            self.reject("cannot be written as text");
        }
    }

    /// Adds a value as JSON text, without an allocation.
    pub fn json(&mut self, value: &Value) {
        self.open();
        if let Err(error) = serde_json::to_writer(self.escape(), value) {
            self.reject(format!("cannot be written as JSON: {error}"));
        }
    }

    /// Adds an empty value: `Key=`.
    pub fn empty(&mut self) {
        self.open();
    }

    /// Rejects the value, so that the request is not built.
    ///
    /// The reason goes on after the name of the parameter, as in "is not finite", and should not
    /// repeat the value. The first rejection counts.
    pub fn reject(&mut self, reason: impl Into<Cow<'static, str>>) {
        if self.rejection.is_none() {
            self.rejection = Some(reason.into());
        }
    }

    fn open(&mut self) {
        match (self.key, self.occurrences) {
            (Some(_), 0) => self.out.extend_from_slice(self.before_first),
            (Some(_), _) => self.out.push(b'&'),
            (None, 0) => {}
            (None, _) => self.out.push(b','),
        }
        if let Some(key) = self.key {
            self.alphabet.push(self.out, key.as_bytes());
            self.out.push(b'=');
        }
        self.occurrences += 1;
    }

    fn escape(&mut self) -> Escape<'_> {
        Escape {
            out: self.out,
            alphabet: self.alphabet,
        }
    }
}

impl EncodeValue for str {
    fn encode_value(&self, slot: &mut Slot<'_>) {
        slot.text(self);
    }
}

impl EncodeValue for String {
    fn encode_value(&self, slot: &mut Slot<'_>) {
        slot.text(self);
    }
}

impl EncodeValue for bool {
    fn encode_value(&self, slot: &mut Slot<'_>) {
        slot.alphanumeric(if *self { b"true" } else { b"false" });
    }
}

macro_rules! integers {
    ($($type:ty)*) => {$(
        impl EncodeValue for $type {
            fn encode_value(&self, slot: &mut Slot<'_>) {
                slot.format(format_args!("{self}"));
            }
        }
    )*};
}

integers!(i8 i16 i32 i64 u8 u16 u32 u64);

impl EncodeValue for f64 {
    fn encode_value(&self, slot: &mut Slot<'_>) {
        if self.is_finite() {
            slot.format(format_args!("{self}"));
        } else {
            slot.reject("is not a finite number");
        }
    }
}

impl EncodeValue for DateTime<FixedOffset> {
    fn encode_value(&self, slot: &mut Slot<'_>) {
        match date_time_text(*self) {
            Some(text) => slot.text(&text),
            None => slot.reject("is a year that RFC 3339 cannot express"),
        }
    }
}

impl EncodeValue for Rfc2822 {
    fn encode_value(&self, slot: &mut Slot<'_>) {
        slot.text(&self.to_string());
    }
}

impl EncodeValue for Time {
    fn encode_value(&self, slot: &mut Slot<'_>) {
        slot.text(self.as_str());
    }
}

impl EncodeValue for Duration {
    fn encode_value(&self, slot: &mut Slot<'_>) {
        slot.text(self.as_str());
    }
}

impl EncodeValue for Base64 {
    fn encode_value(&self, slot: &mut Slot<'_>) {
        slot.text(&self.to_string());
    }
}

#[cfg(feature = "uuid")]
impl EncodeValue for uuid::Uuid {
    fn encode_value(&self, slot: &mut Slot<'_>) {
        slot.text(&self.to_string());
    }
}

impl EncodeValue for NaiveDate {
    fn encode_value(&self, slot: &mut Slot<'_>) {
        slot.format(format_args!("{self}"));
    }
}

impl EncodeValue for Value {
    fn encode_value(&self, slot: &mut Slot<'_>) {
        slot.json(self);
    }
}

impl<T: EncodeValue> EncodeValue for Vec<T> {
    fn encode_value(&self, slot: &mut Slot<'_>) {
        for item in self {
            item.encode_value(slot);
        }
    }
}

impl<T: EncodeValue> EncodeValue for Option<T> {
    fn encode_value(&self, slot: &mut Slot<'_>) {
        if let Some(value) = self {
            value.encode_value(slot);
        }
    }
}

impl<T: EncodeValue> EncodeValue for Field<T> {
    fn encode_value(&self, slot: &mut Slot<'_>) {
        match self {
            Self::Absent => {}
            Self::Null => slot.empty(),
            Self::Value(value) => value.encode_value(slot),
        }
    }
}

impl<T: EncodeValue + ?Sized> EncodeValue for &T {
    fn encode_value(&self, slot: &mut Slot<'_>) {
        (**self).encode_value(slot);
    }
}
