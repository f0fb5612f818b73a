//! Changes to the text of a configuration.

use super::table::File;
use crate::base::diagnostics::Diagnostic;
use crate::base::source::Source;
use std::ops::Range;

/// Returns the text of a configuration in which a crate has another version, and everything else stays as it is.
pub(crate) fn with_version(
    source: &Source,
    package: &str,
    version: &str,
) -> Result<String, Diagnostic> {
    let text = source.text();
    let changed =
        || Diagnostic::failure("config", format!("`{}` changed meanwhile", source.label()));
    let file: File = toml::from_str(text).map_err(|_| changed())?;
    let mut entries = file.crates.into_iter();
    let entry = entries.find(|entry| entry.package.as_ref() == package);
    let entry = entry.ok_or_else(changed)?;
    Ok(match entry.version {
        Some(known) => {
            let Range { start, end } = known.span();
            format!("{}\"{version}\"{}", &text[..start], &text[end..])
        }
        None => {
            let end = entry.package.span().end;
            let line_end = text[end..]
                .find('\n')
                .map_or(text.len(), |newline| end + newline);
            format!(
                "{}\nversion = \"{version}\"{}",
                &text[..line_end],
                &text[line_end..]
            )
        }
    })
}
