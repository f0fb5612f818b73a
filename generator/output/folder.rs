//! The files of a folder as they are, with no link followed on the way to them.

use crate::base::diagnostics::Diagnostic;
use crate::base::source::label;
use crate::output::paths::folders_of;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Returns the full path of a generated file, or why it cannot be one: links on the way are never followed.
pub(super) fn resolve(dir: &Path, path: &str) -> Result<PathBuf, Diagnostic> {
    has_folders(dir, path)?;
    Ok(dir.join(path))
}

/// Returns whether the folders that a file is in are there.
fn has_folders(dir: &Path, path: &str) -> Result<bool, Diagnostic> {
    for folder in folders_of(path) {
        let full = dir.join(folder);
        match fs::symlink_metadata(&full) {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(metadata) => return Err(in_the_way(&full, &metadata, "a folder")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(cannot("look at", &full, &error)),
        }
    }
    Ok(true)
}

/// Reads a file of the folder; `None` when it is not there.
pub(super) fn look(dir: &Path, path: &str) -> Result<Option<Vec<u8>>, Diagnostic> {
    if !has_folders(dir, path)? {
        return Ok(None);
    }
    let full = dir.join(path);
    match fs::symlink_metadata(&full) {
        Ok(metadata) if metadata.is_file() => fs::read(&full)
            .map(Some)
            .map_err(|error| cannot("read", &full, &error)),
        Ok(metadata) => Err(in_the_way(&full, &metadata, "a file")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(cannot("look at", &full, &error)),
    }
}

fn in_the_way(full: &Path, metadata: &fs::Metadata, wanted: &str) -> Diagnostic {
    let what = if metadata.is_symlink() {
        "a symbolic link"
    } else if metadata.is_dir() {
        "a folder"
    } else if metadata.is_file() {
        "a file"
    } else {
        "no regular file"
    };
    let message = format!(
        "`{}` is {what} where {wanted} of the generated crate belongs",
        label(full)
    );
    Diagnostic::failure("in-the-way", message).help("move it away, or name another folder")
}

/// Says what the system did not allow.
pub(super) fn cannot(what: &str, path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::failure("io", format!("cannot {what} `{}`: {error}", label(path)))
}
