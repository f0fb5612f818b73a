//! `cratewright inspect`.

use super::args::{InspectArgs, InspectFormat, MessageFormat};
use super::jobs::{self, Trouble};
use super::outcome::Outcome;
use super::printer::Printer;
use super::ready::{Ready, run_all};
use super::remote::Pins;
use crate::report::inspect::{Inspection, inspect};
use serde_json::json;

/// Prints what each crate offers.
pub(super) fn inspect_all(args: &InspectArgs, printer: &mut Printer) -> Result<Outcome, Trouble> {
    let jobs = jobs::select(&args.selection, None, Pins::Keep)?;
    let mut separator = "";
    for Ready {
        job, generation, ..
    } in &run_all(jobs, args.selection.deny_warnings, printer)?
    {
        let apis = generation.analysis.krate.apis();
        let inspections: Vec<Inspection> = apis.map(|(module, api)| inspect(module, api)).collect();
        let package = &job.crate_config.package;
        match (printer.format, args.format, inspections.as_slice()) {
            (MessageFormat::Json, _, all) => {
                for inspection in all {
                    printer.json(
                        &json!({ "kind": "inspection", "package": package, "inspection": inspection }),
                    );
                }
            }
            (_, InspectFormat::Json, [only]) => printer.json(only),
            (_, InspectFormat::Json, several) => printer.json(&several),
            (_, InspectFormat::Table, all) => {
                for inspection in all {
                    let table = inspection.to_string();
                    printer.text(&format!("{separator}{}\n", table.trim_end()));
                    separator = "\n";
                }
            }
        }
    }
    Ok(Outcome::Fine)
}
