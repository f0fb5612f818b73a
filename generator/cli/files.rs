//! Files of the user's that cratewright changes.

use crate::base::diagnostics::Diagnostic;
use crate::base::source::label;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Checks that a file can be written as far as that can be told before anything else is written: that it is no folder, and is in
/// one.
pub(super) fn check(path: &Path) -> Result<(), Diagnostic> {
    if path.is_dir() {
        let message = format!("cannot write `{}`: it is a folder", label(path));
        return Err(Diagnostic::failure("io", message).help("name a file in it"));
    }
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        let reason = format!("there is no folder `{}`", label(folder));
        let message = format!("cannot write `{}`: {reason}", label(path));
        return Err(
            Diagnostic::failure("io", message).help("create the folder, or name another file")
        );
    }
    Ok(())
}

/// Puts a new text in the place of a file, all of it or nothing.
pub(super) fn replace(path: &Path, text: &str) -> Result<(), Diagnostic> {
    let cannot = |error: io::Error| {
        Diagnostic::failure("io", format!("cannot write `{}`: {error}", label(path)))
    };
    let mut draft = path.as_os_str().to_owned();
    draft.push(".cratewright.tmp");
    let draft = PathBuf::from(draft);
    let written = fs::write(&draft, text).and_then(|()| fs::rename(&draft, path));
    written.map_err(|error| {
        let _ = fs::remove_file(&draft);
        cannot(error)
    })
}
