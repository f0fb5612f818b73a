//! cratewright.lock: the hash of what each URL had when it was pinned.

use crate::base::diagnostics::Diagnostic;
use crate::base::source::label;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

/// The name of the file.
pub(in crate::cli) const FILE_NAME: &str = "cratewright.lock";

const HEADER: &str = "\
# The descriptions that cratewright.toml names by URL, by their SHA-256. Written by cratewright; commit it.
";

/// The pins of a configuration.
#[derive(Debug, Default)]
pub(super) struct Lock {
    pins: BTreeMap<String, String>,
    /// The URLs that were asked for.
    used: BTreeSet<String>,
    /// What is in the file.
    written: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    description: Vec<Pin>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pin {
    url: String,
    sha256: String,
}

impl Lock {
    /// Reads a lock file; one that is not there has no pins.
    pub(super) fn read(path: &Path) -> Result<Self, Diagnostic> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => {
                let message = format!("cannot read `{}`: {error}", label(path));
                return Err(Diagnostic::failure("io", message));
            }
        };
        let File { description } = toml::from_str(&text).map_err(|error| {
            let message = format!("`{}` cannot be used: {}", label(path), error.message());
            Diagnostic::failure("lock-file", message)
                .help("restore it from version control, or delete it and run `cratewright fetch`")
        })?;
        let pins: BTreeMap<String, String> = description
            .into_iter()
            .map(|Pin { url, sha256 }| (url, sha256))
            .collect();
        Ok(Self {
            written: pins.clone(),
            pins,
            used: BTreeSet::new(),
        })
    }

    /// Returns the hash of a URL that is asked for.
    pub(super) fn pinned(&mut self, url: &str) -> Option<String> {
        self.used.insert(url.to_owned());
        self.pins.get(url).cloned()
    }

    pub(super) fn pin(&mut self, url: &str, sha256: String) {
        self.pins.insert(url.to_owned(), sha256);
    }

    /// Forgets what was not asked for.
    pub(super) fn drop_unused(&mut self) {
        let used = &self.used;
        self.pins.retain(|url, _| used.contains(url));
    }

    /// Writes the file, if it changed, and returns the URLs whose pins did.
    pub(super) fn write(&self, path: &Path) -> Result<Vec<String>, Diagnostic> {
        let Self {
            pins,
            used: _,
            written,
        } = self;
        if pins == written {
            return Ok(Vec::new());
        }
        let mut text = HEADER.to_owned();
        for (url, sha256) in pins {
            let _ = write!(
                text,
                "\n[[description]]\nurl = {}\nsha256 = \"{sha256}\"\n",
                toml::Value::from(url.as_str())
            );
        }
        crate::cli::files::replace(path, &text)?;
        let urls: BTreeSet<&String> = pins.keys().chain(written.keys()).collect();
        let changed = |url: &&String| pins.get(*url) != written.get(*url);
        Ok(urls.into_iter().filter(changed).cloned().collect())
    }
}
