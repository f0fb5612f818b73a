//! Values that are written by what they are as JSON, and defaults.

use super::super::model::{Encode, Field, JsonWriter};
use super::encode_value::EncodeValue;
use super::slot::Slot;
use serde_json::Value;

/// A value that is written by what it is as JSON: an object, a list of anything, or a value of several types.
pub struct Structured<'v, T>(&'v T);

/// Writes a value in a parameter by what it is as JSON.
pub fn structured<T: Encode>(value: &T) -> Structured<'_, T> {
    Structured(value)
}

impl<T: Encode> EncodeValue for Structured<'_, T> {
    fn encode_value(&self, slot: &mut Slot<'_>) {
        if self.0.is_absent() {
            return;
        }
        let mut json = JsonWriter::for_request();
        self.0.encode(&mut json);
        match json.finish() {
            Ok(text) => slot.structure(text),
            Err(error) => slot.reject(format!("cannot be written: {error}")),
        }
    }
}

/// A value, or what the service takes where there is none.
pub struct OrElse<'v, T> {
    value: &'v Field<T>,
    default: &'static str,
}

/// Writes a value, and its default where there is none.
pub fn or_else<'v, T: EncodeValue>(value: &'v Field<T>, default: &'static str) -> OrElse<'v, T> {
    OrElse { value, default }
}

impl<T: EncodeValue> EncodeValue for OrElse<'_, T> {
    fn encode_value(&self, slot: &mut Slot<'_>) {
        if self.value.is_absent() {
            slot.text(self.default);
        } else {
            self.value.encode_value(slot);
        }
    }
}

impl EncodeValue for Value {
    fn encode_value(&self, slot: &mut Slot<'_>) {
        structured(self).encode_value(slot);
    }
}
