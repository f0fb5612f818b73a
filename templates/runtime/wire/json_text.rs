//! Values that are sent as JSON text inside a form field, a query parameter or a string.

use super::super::validate::{Measured, Scale};
use super::encode_value::{EncodeValue, Slot};
use serde::Serialize;
use serde::de::IgnoredAny;
use serde_json::Value;

/// A value without a described type, sent as JSON text in one field.
///
/// It is made from a JSON value, from any serializable value, or from JSON text. Text is sent byte for byte, and is checked
/// to be JSON when the request is built.
///
/// ```text
/// JsonText::from(json!({"status": "closed"}))       {"status":"closed"}
/// JsonText::from(r#"{ "status": "closed" }"#)       { "status": "closed" }
/// JsonText::from_serialize(&my_struct)?             the JSON of the struct
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct JsonText(Repr);

#[derive(Debug, Clone, PartialEq)]
enum Repr {
    Value(Value),
    Text(String),
}

impl JsonText {
    /// Returns the JSON text of a serializable value.
    ///
    /// # Errors
    /// Returns an error of `serde_json`, such as for a map whose keys are not strings.
    pub fn from_serialize<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<Self> {
        serde_json::to_value(value).map(Self::from)
    }
}

impl From<Value> for JsonText {
    fn from(value: Value) -> Self {
        Self(Repr::Value(value))
    }
}

impl From<&Value> for JsonText {
    fn from(value: &Value) -> Self {
        Self(Repr::Value(value.clone()))
    }
}

impl From<String> for JsonText {
    fn from(text: String) -> Self {
        Self(Repr::Text(text))
    }
}

impl From<&str> for JsonText {
    fn from(text: &str) -> Self {
        Self(Repr::Text(text.to_owned()))
    }
}

impl EncodeValue for JsonText {
    fn encode_value(&self, slot: &mut Slot<'_>) {
        match &self.0 {
            Repr::Value(value) => slot.json(value),
            Repr::Text(text) => match serde_json::from_slice::<IgnoredAny>(text.as_bytes()) {
                Ok(IgnoredAny) => slot.text(text),
                Err(error) => slot.reject(format!("is not JSON: {error}")),
            },
        }
    }
}

/// A string that contains JSON, according to its documentation.
///
/// Text is sent as it is and is not checked, because the description declares a string. The conversions from JSON values
/// and serializable types are those of [`JsonText`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct JsonString(String);

impl JsonString {
    /// Returns the JSON text of a serializable value.
    ///
    /// # Errors
    /// Returns an error of `serde_json`, such as for a map whose keys are not strings.
    pub fn from_serialize<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<Self> {
        serde_json::to_string(value).map(Self)
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Value> for JsonString {
    fn from(value: Value) -> Self {
        Self(value.to_string())
    }
}

impl From<&Value> for JsonString {
    fn from(value: &Value) -> Self {
        Self(value.to_string())
    }
}

impl From<String> for JsonString {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for JsonString {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl EncodeValue for JsonString {
    fn encode_value(&self, slot: &mut Slot<'_>) {
        slot.text(&self.0);
    }
}
impl Measured for JsonString {
    fn measure(&self, scale: &mut Scale) {
        scale.length(self.as_str().chars().count());
    }
}
