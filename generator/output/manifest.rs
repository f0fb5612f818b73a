//! The manifest: what cratewright wrote into a folder.

use crate::base::diagnostics::Diagnostic;
use crate::base::source::label;
use crate::output::folder::look;
use crate::output::paths::{MANIFEST, check_path};
use crate::output::record::Record;
use crate::output::tree::FileTree;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Goes up when an older cratewright must not touch the folder any more.
const FORMAT: u32 = 1;

/// Every owned file but the manifest itself, with the SHA-256 of what was written, and what they were made of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    format: u32,
    files: BTreeMap<String, String>,
    /// What the files were made of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    made_of: Option<Record>,
}

#[derive(Deserialize)]
struct Format {
    format: u32,
}

impl Manifest {
    pub(super) fn of(tree: &FileTree) -> Self {
        let files = tree.iter();
        Self {
            format: FORMAT,
            files: files
                .map(|(path, text)| (path.to_owned(), hash(text.as_bytes())))
                .collect(),
            made_of: tree.record().cloned(),
        }
    }

    /// Reads the manifest of a folder; a folder without one has an empty one, and so has, when forced, one with a broken one.
    pub(super) fn read(dir: &Path, force: bool) -> Result<Self, Diagnostic> {
        let Some(bytes) = look(dir, MANIFEST)? else {
            return Ok(Self::default());
        };
        match Self::parse(&bytes) {
            Ok(manifest) => Ok(manifest),
            Err(_) if force => Ok(Self::default()),
            Err(reason) => {
                let message = format!("`{}` cannot be used: {reason}", label(&dir.join(MANIFEST)));
                Err(Diagnostic::failure("manifest", message).help(
                    "restore it from version control, or run `generate --force`, which overwrites every generated file and \
                     writes it anew",
                ))
            }
        }
    }

    pub(super) fn parse(bytes: &[u8]) -> Result<Self, String> {
        let Format { format } = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        if format != FORMAT {
            return Err(format!(
                "it is of format {format}, and this cratewright knows format {FORMAT}"
            ));
        }
        let manifest: Self = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        for path in manifest.files.keys() {
            check_path(path).map_err(|reason| format!("it names {path:?}: {reason}"))?;
        }
        Ok(manifest)
    }

    /// Returns the text of the manifest file.
    pub(super) fn to_text(&self) -> String {
        // A map of strings always serialises.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    pub(super) fn made_of(&self) -> Option<&Record> {
        self.made_of.as_ref()
    }

    pub(super) fn hash_of(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }
}

/// Returns the SHA-256 in hexadecimal.
pub(super) fn hash(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}
