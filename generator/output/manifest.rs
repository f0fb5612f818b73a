//! The manifest: what cratewright wrote into a folder.

use crate::base::diagnostics::Diagnostic;
use crate::base::source::label;
use crate::output::folder::look;
use crate::output::paths::{MANIFEST, OLD_MANIFEST, check_path};
use crate::output::record::Record;
use crate::output::tree::FileTree;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Goes up when an older cratewright must not touch the folder any more.
const FORMAT: u32 = 2;
/// The formats that are read: of the first, the record is another one, and is left out.
const READ: [u32; 2] = [1, FORMAT];

/// Every owned file but the manifest itself, with the SHA-256 of what was written, and what they were made of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    format: u32,
    /// The version of the cratewright that wrote the files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    generator: Option<String>,
    files: BTreeMap<String, String>,
    /// What the files were made of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    made_of: Option<Record>,
}

/// A manifest of the first format.
#[derive(Deserialize)]
struct First {
    files: BTreeMap<String, String>,
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
            generator: Some(env!("CARGO_PKG_VERSION").to_owned()),
            files: files
                .map(|(path, text)| (path.to_owned(), hash(text.as_bytes())))
                .collect(),
            made_of: tree.record().cloned(),
        }
    }

    /// Reads the manifest of a folder; a folder without one has an empty one, and so has, when forced, one with a broken one.
    pub(super) fn read(dir: &Path, force: bool) -> Result<Self, Diagnostic> {
        let Some(bytes) = look(dir, MANIFEST)? else {
            return match look(dir, OLD_MANIFEST)? {
                Some(_) if !force => Err(old_name(dir)),
                Some(_) | None => Ok(Self::default()),
            };
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
        if !READ.contains(&format) {
            return Err(format!(
                "it is of format {format}, and this cratewright knows format {FORMAT}"
            ));
        }
        let read = if format == FORMAT {
            serde_json::from_slice(bytes)
        } else {
            serde_json::from_slice(bytes).map(|First { files }| Self {
                files,
                ..Self::default()
            })
        };
        let manifest: Self = read.map_err(|error| error.to_string())?;
        for path in manifest.files.keys() {
            check_path(path).map_err(|reason| format!("it names {path:?}: {reason}"))?;
        }
        Ok(manifest)
    }

    /// Returns the text of the manifest file.
    ///
    /// An empty line is between any two entries, so that git merges changes to two of them that follow each other.
    pub(super) fn to_text(&self) -> String {
        // A map of strings always serialises.
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        let is_entry = |line: &str| line.starts_with("    ") && line.ends_with(',');
        let lines = text.lines().flat_map(|line| {
            let space = if is_entry(line) { "\n\n" } else { "\n" };
            [line, space]
        });
        lines.collect()
    }

    pub(super) fn generator(&self) -> Option<&str> {
        self.generator.as_deref()
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

/// Refuses a manifest that is called as cratewright was called before.
fn old_name(dir: &Path) -> Diagnostic {
    let (old, new) = (label(&dir.join(OLD_MANIFEST)), label(&dir.join(MANIFEST)));
    let message = format!("`{old}` is not read: flexgen is called cratewright now");
    Diagnostic::failure("old-name", message).help(format!("rename it: `mv {old} {new}`"))
}

/// Returns the SHA-256 in hexadecimal.
pub(crate) fn hash(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}
