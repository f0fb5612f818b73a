//! Where the configuration is: in the current directory, or in one that it is in, as cargo looks for Cargo.toml.

use crate::base::diagnostics::Diagnostic;
use crate::base::source::label;
use std::path::{Path, PathBuf};

/// The name that is looked for.
pub(crate) const FILE_NAME: &str = "cratewright.toml";
/// What it was called before cratewright had its name.
const OLD_NAME: &str = "flexgen.toml";

/// Returns the path of the configuration, relative to `here`.
///
/// # Errors
///
/// Returns that there is none, or that there is one of the old name.
pub(crate) fn find(here: &Path) -> Result<PathBuf, Diagnostic> {
    let mut up = PathBuf::new();
    for folder in here.ancestors() {
        if folder.join(FILE_NAME).is_file() {
            return Ok(up.join(FILE_NAME));
        }
        if folder.join(OLD_NAME).is_file() {
            let (old, new) = (label(&up.join(OLD_NAME)), label(&up.join(FILE_NAME)));
            let message = format!("`{old}` is not read: flexgen is called cratewright now");
            return Err(Diagnostic::failure("old-name", message)
                .help(format!("rename it: `mv {old} {new}`")));
        }
        up.push("..");
    }
    let message = format!("no {FILE_NAME} in the current directory or any parent directory");
    Err(Diagnostic::failure("arguments", message).help(
        "`cratewright init` writes one; `--spec FILE --out DIR` does without, `--config FILE` names another",
    ))
}
