//! A description in a manifest: each path and each component on a line of its own, so that changes to different ones are merged
//! by git as any other text.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::io::{Read as _, Write as _};

/// Bytes that a part may unpack to: a manifest is a file that anyone can have edited.
const LARGEST: u64 = 1 << 30;
/// Where the parts are, by the pointers of the objects whose entries they are.
const PARTED: [&str; 2] = ["/paths", "/components/schemas"];

/// The parts of a description by their pointers: JSON, deflated, in base64. The rest is at the empty pointer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Packed(IndexMap<String, String>);

impl Packed {
    /// Packs a description.
    pub(super) fn new(description: &Value) -> Self {
        let mut rest = description.clone();
        let mut parts = IndexMap::new();
        for place in PARTED {
            let Some(Value::Object(entries)) = rest.pointer_mut(place) else {
                continue;
            };
            for (key, part) in std::mem::take(entries) {
                parts.insert(format!("{place} {key}"), pack(&part));
            }
        }
        let mut packed = IndexMap::from([(String::new(), pack(&rest))]);
        packed.extend(parts);
        Self(packed)
    }

    /// Returns the description as text; none where a part is broken.
    pub(super) fn unpack(&self) -> Option<String> {
        let Self(parts) = self;
        let mut description = unpack(parts.get("")?)?;
        for (name, part) in parts.iter().filter(|(name, _)| !name.is_empty()) {
            let (place, key) = name.split_once(' ')?;
            if !PARTED.contains(&place) {
                return None;
            }
            let entries: &mut Map<String, Value> =
                description.pointer_mut(place)?.as_object_mut()?;
            entries.insert(key.to_owned(), unpack(part)?);
        }
        serde_json::to_string(&description).ok()
    }
}

fn pack(part: &Value) -> String {
    // A JSON value is always written, and a vector takes everything.
    let text = serde_json::to_vec(part).unwrap_or_default();
    // All at once: each call has its price, and JSON is written in scraps of a few bytes.
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    let written = encoder.write_all(&text);
    let packed = written.and_then(|()| encoder.finish());
    BASE64_STANDARD.encode(packed.unwrap_or_default())
}

fn unpack(packed: &str) -> Option<Value> {
    let bytes = BASE64_STANDARD.decode(packed).ok()?;
    let mut text = Vec::new();
    let mut decoder = DeflateDecoder::new(bytes.as_slice()).take(LARGEST);
    decoder.read_to_end(&mut text).ok()?;
    serde_json::from_slice(&text).ok()
}

#[cfg(test)]
mod tests {
    use super::Packed;
    use serde_json::json;

    #[test]
    fn what_is_packed_comes_back_in_its_order() {
        let description = json!({
            "openapi": "3.0.3",
            "paths": { "/b c": { "get": {} }, "/a": {} },
            "components": { "schemas": { "Z": { "type": "string" }, "A": {} }, "headers": {} },
        });
        let packed = Packed::new(&description);
        assert_eq!(packed.0.len(), 5);
        assert_eq!(packed.unpack(), Some(description.to_string()));
        let empty = json!({ "paths": {} });
        assert_eq!(Packed::new(&empty).unpack(), Some(empty.to_string()));
    }
}
