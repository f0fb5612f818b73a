//! Files of the user's that cratewright changes.

use crate::base::diagnostics::Diagnostic;
use crate::base::source::label;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Puts a new text in the place of a file, all of it or nothing.
pub(super) fn replace(path: &Path, text: &str) -> Result<(), Diagnostic> {
    let cannot = |error: io::Error| {
        Diagnostic::failure("io", format!("cannot write `{}`: {error}", label(path)))
    };
    let mut draft = path.as_os_str().to_owned();
    draft.push(".cratewright.tmp");
    let draft = PathBuf::from(draft);
    fs::write(&draft, text).map_err(cannot)?;
    fs::rename(&draft, path).map_err(cannot)
}
