//! Serde's traits for generated types, by way of their JSON.

use super::super::decode::{Decode, decode, decode_of_either_direction};
use super::json_writer::{Encode, JsonWriter};
use ::serde::de::Error as _;
use ::serde::ser::Error as _;
use ::serde::{Deserialize, Deserializer, Serialize, Serializer};
use bytes::Bytes;
use serde_json::Value;

/// Serializes a value as its JSON.
///
/// # Errors
/// Returns an error for a value that JSON does not have, and the serializer's.
pub fn serialize<T: Encode, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    to_value(value)
        .map_err(S::Error::custom)?
        .serialize(serializer)
}

fn to_value<T: Encode>(value: &T) -> Result<Value, String> {
    let mut json = JsonWriter::new();
    value.encode(&mut json);
    let text = json.finish().map_err(|error| error.to_string())?;
    match decode(&text.into()) {
        Ok(decoded) => Ok(decoded.value),
        Err(error) => Err(error.to_string()),
    }
}

/// Deserializes a value from its JSON, which may be a part of a request or of a response.
///
/// # Errors
/// Returns an error for JSON that does not match the description, and the deserializer's.
pub fn deserialize<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    from_value(&value).map_err(D::Error::custom)
}

fn from_value<T: Decode>(value: &Value) -> Result<T, String> {
    let mut json = JsonWriter::new();
    value.encode(&mut json);
    let text = json.finish().map_err(|error| error.to_string())?;
    let decoded =
        decode_of_either_direction(&Bytes::from(text)).map_err(|error| error.to_string())?;
    match decoded.deviations.first() {
        None => Ok(decoded.value),
        Some(deviation) => Err(deviation.to_string()),
    }
}

/// Implements serde's traits for generated types.
#[cfg(feature = "serde-impls")]
macro_rules! serde_impls {
    ($($name:ident),+ $(,)?) => {$(
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                runtime::model::serialize(self, serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                runtime::model::deserialize(deserializer)
            }
        }
    )+};
}
#[cfg(feature = "serde-impls")]
pub(crate) use serde_impls;
