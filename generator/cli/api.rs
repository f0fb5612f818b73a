//! `cratewright api`, and the file that `generate` writes the public API to.

use super::args::{ApiArgs, MessageFormat};
use super::files;
use super::jobs::{self, Trouble};
use super::outcome::Outcome;
use super::printer::Printer;
use super::ready::{Ready, run_all};
use super::remote::Pins;
use crate::base::diagnostics::Diagnostic;
use crate::base::source::label;
use crate::output::FileTree;
use crate::report::listing::listing;
use serde::Serialize;
use std::path::Path;
use std::{fs, io};

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

/// Checks that a file may be written with the public API of a crate: that there is none, or one that has such an API.
pub(super) fn check(path: &Path) -> Result<(), Diagnostic> {
    let is_foreign = match fs::read_to_string(path) {
        Ok(text) => {
            let first = text.lines().next().unwrap_or_default();
            !(first.is_empty() || first == "crate" || first.starts_with("mod "))
        }
        Err(error) => error.kind() == io::ErrorKind::InvalidData,
    };
    if !is_foreign {
        return Ok(());
    }
    let message = format!("`{}` has no public API of a crate in it", label(path));
    Err(Diagnostic::failure("foreign-file", message)
        .help("move it away, let `api` name another file, or let `--force` overwrite it"))
}

/// Checks that a file for the public API of a crate has a place of its own, which may be in the folder of the crate.
pub(super) fn check_place(
    path: &Path,
    out: &Path,
    crate_files: &FileTree,
) -> Result<(), Diagnostic> {
    let inside = path.strip_prefix(out).ok().and_then(Path::to_str);
    if inside.is_some_and(|inside| crate_files.contains(inside)) {
        let message = format!(
            "`api` names `{}`, which is a file of the crate",
            label(path)
        );
        return Err(Diagnostic::failure("config", message).help("let it name a file of its own"));
    }
    match inside {
        Some(inside) if !inside.is_empty() && !path.is_dir() => Ok(()),
        _ => files::check(path),
    }
}

/// Writes the public API of a crate to a file, where that has another text.
pub(super) fn write(path: &Path, crate_files: &FileTree) -> Result<(), Diagnostic> {
    if is_current(path, crate_files)? {
        return Ok(());
    }
    files::replace(path, &text(crate_files)?)
}
