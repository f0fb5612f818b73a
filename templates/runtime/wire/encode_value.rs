//! Values as text in a path, a query, a header or a form.

use super::super::model::{Base64, Duration, Field, Rfc2822, Time, date_time_text};
use super::slot::Slot;
use chrono::{DateTime, FixedOffset, NaiveDate};

/// A value that can be sent in the path, the query, a header or the form body of a request.
///
/// | type | text |
/// |---|---|
/// | `String`, `str`, enums | as it is, encoded for its place |
/// | `bool` | `true` or `false` |
/// | integers, `f64` | plain decimal, never an exponent; a number that is not finite is rejected |
/// | `DateTime<FixedOffset>` | RFC 3339, `Z` for UTC, with a fraction only when there is one |
/// | `NaiveDate` | `YYYY-MM-DD` |
/// | [`serde_json::Value`] | a string as it is; other values in the style of the parameter |
/// | `Vec<T>` | one value for each item: the key repeated, or joined with commas where there is no key |
/// | `Option<T>` | nothing for `None` |
/// | [`Field<T>`] | nothing, an empty value, or the value |
pub trait EncodeValue {
    /// Writes the value, once for each occurrence in the request.
    fn encode_value(&self, slot: &mut Slot<'_>);
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
            #[inline]
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
