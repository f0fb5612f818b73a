//! Values that travel as JSON text inside a form field, a query parameter or a string.

use super::encode_value::{EncodeValue, Slot};
use serde::Serialize;
use serde::de::IgnoredAny;
use serde_json::Value;

/// A value without a described type, sent as JSON text in one field.
///
/// It comes from a JSON value, from anything serialisable, or from text that is JSON already. Such
/// text is sent byte for byte, never encoded twice; when the request is built, it is checked to be
/// JSON.
///
/// ```text
/// JsonText::from(json!({"status": "closed"}))       {"status":"closed"}
/// JsonText::from(r#"{ "status": "closed" }"#)       { "status": "closed" }
/// JsonText::of(&my_struct)?                         whatever serde makes of it
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct JsonText(Repr);

#[derive(Debug, Clone, PartialEq)]
enum Repr {
    Value(Value),
    Text(String),
}

impl JsonText {
    /// Makes the JSON text of anything serialisable.
    ///
    /// # Errors
    /// Returns what `serde_json` refuses, such as a map whose keys are no strings.
    pub fn of<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<Self> {
        serde_json::to_value(value).map(Self::from)
    }
}

impl From<Value> for JsonText {
    #[inline]
    fn from(value: Value) -> Self {
        Self(Repr::Value(value))
    }
}

impl From<&Value> for JsonText {
    #[inline]
    fn from(value: &Value) -> Self {
        Self(Repr::Value(value.clone()))
    }
}

impl From<String> for JsonText {
    #[inline]
    fn from(text: String) -> Self {
        Self(Repr::Text(text))
    }
}

impl From<&str> for JsonText {
    #[inline]
    fn from(text: &str) -> Self {
        Self(Repr::Text(text.to_owned()))
    }
}

impl EncodeValue for JsonText {
    #[inline]
    fn encode_value(&self, slot: &mut Slot<'_>) {
        match &self.0 {
            Repr::Value(value) => slot.json(value),
            Repr::Text(text) => match serde_json::from_slice::<IgnoredAny>(text.as_bytes()) {
                Ok(IgnoredAny) => slot.text(text),
                Err(error) => slot.refuse(format!("is not JSON: {error}")),
            },
        }
    }
}

/// A string whose text is, by the words of the description, JSON.
///
/// Text is sent as it is and is not checked, because the description calls the field a string. The
/// conversions from JSON values and serialisable types are those of [`JsonText`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct JsonString(String);

impl JsonString {
    /// Makes the JSON text of anything serialisable.
    ///
    /// # Errors
    /// Returns what `serde_json` refuses, such as a map whose keys are no strings.
    pub fn of<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<Self> {
        serde_json::to_string(value).map(Self)
    }

    /// Returns the text.
    #[inline]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Value> for JsonString {
    #[inline]
    fn from(value: Value) -> Self {
        Self(value.to_string())
    }
}

impl From<&Value> for JsonString {
    #[inline]
    fn from(value: &Value) -> Self {
        Self(value.to_string())
    }
}

impl From<String> for JsonString {
    #[inline]
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for JsonString {
    #[inline]
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl EncodeValue for JsonString {
    #[inline]
    fn encode_value(&self, slot: &mut Slot<'_>) {
        slot.text(&self.0);
    }
}
