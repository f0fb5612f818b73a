//! `cratewright dependencies`.

use super::args::DependenciesArgs;
use super::jobs::{self, Trouble};
use super::outcome::Outcome;
use super::printer::Printer;
use super::ready::{Ready, run_all};
use super::remote::Pins;
use crate::build;

/// Prints what a crate needs that includes the generated code.
pub(super) fn print(args: &DependenciesArgs, printer: &mut Printer) -> Result<Outcome, Trouble> {
    let jobs = jobs::select(&args.selection, None, Pins::Keep)?;
    for Ready { generation, .. } in &run_all(jobs, args.selection.deny_warnings, printer)? {
        let files = &generation.files;
        let features = build::enabled(files, args.features.as_deref());
        printer.text(&build::dependencies(files, &features));
    }
    Ok(Outcome::Fine)
}
