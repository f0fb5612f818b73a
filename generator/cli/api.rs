//! `cratewright api`, and the file that `generate` writes the public API to.

use super::args::{ApiArgs, MessageFormat};
use super::files;
use super::jobs::{self, Trouble};
use super::outcome::Outcome;
use super::printer::Printer;
use super::ready::{Ready, run_all};
use super::remote::Pins;
use crate::base::diagnostics::Diagnostic;
use crate::output::FileTree;
use crate::report::listing::listing;
use serde::Serialize;
use std::fs;
use std::path::Path;

#[derive(Serialize)]
struct ApiLine<'a> {
    kind: &'static str,
    package: &'a str,
    api: String,
}

/// Prints the public API of each crate.
pub(super) fn print(args: &ApiArgs, printer: &mut Printer) -> Result<Outcome, Trouble> {
    let jobs = jobs::select(&args.selection, None, Pins::Keep)?;
    let mut separator = "";
    for Ready {
        job, generation, ..
    } in &run_all(jobs, args.selection.deny_warnings, printer)?
    {
        let api = text(&generation.files)?;
        match printer.format {
            MessageFormat::Json => printer.json(&ApiLine {
                kind: "api",
                package: &job.crate_config.package,
                api,
            }),
            MessageFormat::Human | MessageFormat::Github | MessageFormat::Sarif => {
                printer.text(&format!("{separator}{api}"));
                separator = "\n";
            }
        }
    }
    Ok(Outcome::Fine)
}

/// Returns the public API of a crate as text.
fn text(files: &FileTree) -> Result<String, Diagnostic> {
    listing(files).ok_or_else(|| {
        let message = "a generated file is not valid Rust";
        Diagnostic::failure("defect", message)
            .help("this is a defect of cratewright: please report it with the description")
    })
}

/// Returns whether a file has the public API of a crate.
pub(super) fn is_current(path: &Path, files: &FileTree) -> Result<bool, Diagnostic> {
    let current = text(files)?;
    Ok(fs::read_to_string(path).is_ok_and(|text| text == current))
}

/// Writes the public API of a crate to a file, where that has another text.
pub(super) fn write(path: &Path, crate_files: &FileTree) -> Result<(), Diagnostic> {
    if is_current(path, crate_files)? {
        return Ok(());
    }
    files::replace(path, &text(crate_files)?)
}
