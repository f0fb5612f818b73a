//! UUIDs of the `uuid` crate.

use super::super::decode::{Decode, Mismatch, Node};
use super::json_writer::{Encode, JsonWriter};
use ::uuid::Uuid;

/// A UUID that is not written with hyphens is a deviation.
impl Decode for Uuid {
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        let (uuid, is_hyphenated) = node.parse(|text| {
            let uuid =
                Uuid::try_parse(text).map_err(|_| "expected a UUID, found another string")?;
            Ok::<_, &str>((uuid, super::format::uuid(text)))
        })?;
        if !is_hyphenated {
            node.note(
                "expected a UUID with hyphens, found another form of it",
                "decoded",
            );
        }
        Ok(uuid)
    }
}

impl Encode for Uuid {
    fn encode(&self, json: &mut JsonWriter) {
        json.text(self.hyphenated().encode_lower(&mut Uuid::encode_buffer()));
    }
}
