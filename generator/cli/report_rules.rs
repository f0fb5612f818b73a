//! The rules of cratewright.toml for the report of changes.

use super::jobs::Trouble;
use crate::base::source::Source;
use crate::config::{self, CrateConfig, FILE_NAME};
use crate::report::diff::ReportRule;
use std::path::Path;

/// Returns the rules of the crate in the current directory that is made of this description, which may be named at a revision.
pub(super) fn of_description(argument: &Path) -> Result<Vec<ReportRule>, Trouble> {
    let path = Path::new(FILE_NAME);
    if !path.exists() {
        return Ok(Vec::new());
    }
    let source = Source::read(path)?;
    let crates = config::read(&source, path).map_err(|diagnostics| Trouble {
        diagnostics,
        sources: vec![source],
    })?;
    let text = argument.to_str().unwrap_or_default();
    let file = match text.split_once(':') {
        Some((_, file)) if !argument.exists() => Path::new(file),
        _ => argument,
    };
    let is_of = |config: &CrateConfig| config.specs.iter().any(|spec| spec.input.path == file);
    let config = crates.into_iter().find(is_of);
    Ok(config.map(|config| config.report).unwrap_or_default())
}
