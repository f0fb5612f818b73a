//! Types of other crates and of the user's, decoded and written by way of serde.

use super::super::decode::{Mismatch, Node};
use super::super::model::JsonWriter;
use super::encode_value::EncodeValue;
use super::slot::Slot;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::any::type_name;

/// Decodes a value with its `Deserialize`.
///
/// # Errors
/// Returns an error for a value that the type does not take; its reason does not repeat the value.
pub fn decode_custom<T: DeserializeOwned>(node: Node<'_>) -> Result<T, Mismatch> {
    T::deserialize(node.to_value()).map_err(|_| {
        let expected = type_name::<T>();
        node.mismatch(format!(
            "expected a value of `{expected}`, found another one"
        ))
    })
}

/// Writes a value as JSON with its `Serialize`.
pub fn encode_custom<T: Serialize>(value: &T, json: &mut JsonWriter) {
    json.serialize(value);
}

/// Writes a value into a request with its `Serialize`, as any JSON value is written there.
pub fn encode_custom_value<T: Serialize>(value: &T, slot: &mut Slot<'_>) {
    match serde_json::to_value(value) {
        Ok(value) => value.encode_value(slot),
        Err(_) => slot.reject("cannot be written by its `Serialize`"),
    }
}

/// Makes types usable as fields, parameters and bodies.
macro_rules! custom_types {
    ($($name:ty),+ $(,)?) => {$(
        impl runtime::decode::Decode for $name {
            #[inline]
            fn decode(
                node: runtime::decode::Node<'_>,
            ) -> ::std::result::Result<Self, runtime::decode::Mismatch> {
                runtime::decode_custom(node)
            }
        }

        impl runtime::model::Encode for $name {
            #[inline]
            fn encode(&self, json: &mut runtime::model::JsonWriter) {
                runtime::encode_custom(self, json);
            }
        }

        impl runtime::EncodeValue for $name {
            #[inline]
            fn encode_value(&self, slot: &mut runtime::Slot<'_>) {
                runtime::encode_custom_value(self, slot);
            }
        }
    )+};
}
pub(crate) use custom_types;
