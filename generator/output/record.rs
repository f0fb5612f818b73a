//! What a crate was made of, packed into its manifest, so that the next run can say what changes for callers.
//!
//! The description that a crate was made of has often been replaced since, and a folder may be copied away from the
//! repository that knew it. The record needs neither the old file nor git. It holds each description in its finished form, as
//! `document::normalise` returns it: the same for YAML and JSON, and without the names of files.

use crate::base::source::Source;
use crate::model::module_path::ModulePath;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};

/// Bytes that a description may unpack to: a record is a file that anyone can have edited.
const LARGEST: u64 = 1 << 30;

/// The descriptions that a crate was made of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The operations that were asked for; empty for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    operations: Vec<String>,
    /// The descriptions by where their APIs stand: JSON in zlib in base64.
    descriptions: BTreeMap<String, String>,
}

impl Record {
    /// Packs finished descriptions, and the operations that were asked for.
    pub(crate) fn new<'d>(
        operations: &[String],
        descriptions: impl IntoIterator<Item = (&'d ModulePath, &'d Value)>,
    ) -> Self {
        let descriptions = descriptions.into_iter();
        Self {
            operations: operations.to_vec(),
            descriptions: descriptions
                .map(|(module, description)| (module.to_string(), pack(description)))
                .collect(),
        }
    }

    /// Returns the operations that were asked for; empty for all.
    #[must_use]
    pub fn operations(&self) -> &[String] {
        &self.operations
    }

    /// Returns the descriptions, called by `label` in messages, by the modules of their APIs; none where the record is broken.
    #[must_use]
    pub fn sources(&self, label: &str) -> Option<BTreeMap<ModulePath, Source>> {
        let descriptions = self.descriptions.iter();
        descriptions
            .map(|(module, packed)| {
                let module = match module.as_str() {
                    "" => ModulePath::root(),
                    module => ModulePath::parse(module).ok()?,
                };
                Some((module, Source::new(label, unpack(packed)?)))
            })
            .collect()
    }
}

fn pack(description: &Value) -> String {
    // A JSON value is always written, and a vector takes everything.
    let text = serde_json::to_vec(description).unwrap_or_default();
    // All at once: each call has its price, and JSON is written in scraps of a few bytes.
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    let written = encoder.write_all(&text);
    let packed = written.and_then(|()| encoder.finish());
    BASE64_STANDARD.encode(packed.unwrap_or_default())
}

fn unpack(packed: &str) -> Option<String> {
    let bytes = BASE64_STANDARD.decode(packed).ok()?;
    let mut text = String::new();
    let mut decoder = ZlibDecoder::new(bytes.as_slice()).take(LARGEST);
    decoder.read_to_string(&mut text).ok()?;
    Some(text)
}
