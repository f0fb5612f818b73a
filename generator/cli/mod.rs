//! The command line: a thin caller of the library.

mod args;
mod bump;
mod check;
mod diff;
mod explain;
mod generate;
mod jobs;
mod mend;
mod printer;
mod regeneration;
mod revision;

use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::document::Places;
use crate::inspect::{Inspection, inspect};
use crate::source::Source;
use crate::{Generation, output};
use args::{Cli, Command, InspectArgs, InspectFormat, MessageFormat, Out, Selection};
use clap::Parser;
use jobs::{Job, Trouble};
use mend::Invocation;
use printer::{Printer, plural};
use serde_json::json;
use std::path::Path;
use std::process::ExitCode;

/// How a run ended; the numbers are the exit status. What is stale is also what `diff --fail-on` looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Fine = 0,
    Stale = 1,
    Failed = 2,
}

/// A crate that is ready to be written.
struct Ready {
    job: Job,
    generation: Generation,
    sources: Vec<Source>,
}

/// Runs the command line of this process and returns its exit status: 0 fine, 1 `check` found stale output, 2 an error.
#[must_use]
pub fn main() -> ExitCode {
    let invocation = Invocation::of_this_process();
    let cli = match Cli::try_parse_from(&invocation.arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(
                u8::try_from(error.exit_code()).unwrap_or(Outcome::Failed as u8),
            );
        }
    };
    let mut printer = Printer::new(cli.message_format);
    let outcome = run(&cli.command, &invocation, &mut printer).unwrap_or_else(|trouble| {
        printer.trouble(&trouble);
        Outcome::Failed
    });
    let outcome = if printer.finish() {
        outcome
    } else {
        Outcome::Failed
    };
    ExitCode::from(outcome as u8)
}

fn run(
    command: &Command,
    invocation: &Invocation,
    printer: &mut Printer,
) -> Result<Outcome, Trouble> {
    match command {
        Command::Generate(args) => {
            let ready = prepare(&args.selection, &args.out, printer)?;
            generate::write_all(&ready, args, printer)
        }
        Command::Check(args) => {
            let ready = prepare(&args.selection, &args.out, printer)?;
            check::compare_all(&ready, invocation, printer)
        }
        Command::Inspect(args) => inspect_all(args, printer),
        Command::Diff(args) => diff::compare(args, printer),
        Command::Explain(args) => explain::explain(args, printer),
    }
}

/// Generates every crate in memory, so that nothing is written unless all of them are right.
fn prepare(selection: &Selection, out: &Out, printer: &mut Printer) -> Result<Vec<Ready>, Trouble> {
    let jobs = jobs::select(selection, Some(&out.out))?;
    for job in &jobs {
        output::check_folder(&job.crate_config.out, &job.inputs())?;
    }
    let ready = run_all(jobs, selection.deny_warnings, printer)?;
    let inputs: Vec<&Path> = ready.iter().flat_map(Ready::inputs).collect();
    for Ready {
        job, generation, ..
    } in &ready
    {
        output::check_inputs(&generation.files, &job.crate_config.out, &inputs)?;
    }
    Ok(ready)
}

impl Ready {
    /// Returns every file that was read, those that references lead to included.
    fn inputs(&self) -> impl Iterator<Item = &Path> {
        let files = self.generation.places.values().flat_map(Places::files);
        let named = self.job.inputs().into_iter();
        named.chain(files.filter_map(Source::path))
    }
}

fn run_all(
    jobs: Vec<Job>,
    deny_warnings: bool,
    printer: &mut Printer,
) -> Result<Vec<Ready>, Trouble> {
    let mut ready = Vec::new();
    let mut warnings = 0;
    let mut errors = Diagnostics::new();
    let mut all_sources: Vec<Source> = Vec::new();
    for job in jobs {
        match job.run() {
            Ok((generation, sources)) => {
                printer.diagnostics(&generation.warnings, &sources);
                warnings += generation.warnings.len();
                ready.push(Ready {
                    job,
                    generation,
                    sources,
                });
            }
            Err(Trouble {
                diagnostics,
                sources,
            }) => {
                errors.extend(name_source(diagnostics, &sources));
                all_sources.extend(sources);
            }
        }
    }
    if deny_warnings && warnings > 0 {
        let message = format!(
            "there {} {}, and `--deny-warnings` allows none: nothing is written",
            if warnings == 1 { "is" } else { "are" },
            plural(warnings, "warning"),
        );
        errors.push(Diagnostic::failure("denied-warnings", message));
    }
    if errors.is_empty() {
        Ok(ready)
    } else {
        Err(Trouble {
            diagnostics: errors,
            sources: all_sources,
        })
    }
}

/// Names the source of diagnostics that leave it out because there is only one.
fn name_source(mut diagnostics: Diagnostics, sources: &[Source]) -> Diagnostics {
    if let [only] = sources {
        diagnostics.set_file(only.label());
    }
    diagnostics
}

fn inspect_all(args: &InspectArgs, printer: &mut Printer) -> Result<Outcome, Trouble> {
    let jobs = jobs::select(&args.selection, None)?;
    let mut separator = "";
    for Ready {
        job, generation, ..
    } in &run_all(jobs, args.selection.deny_warnings, printer)?
    {
        let apis = generation.apis.iter();
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
            (MessageFormat::Human, InspectFormat::Json, [only]) => printer.json(only),
            (MessageFormat::Human, InspectFormat::Json, several) => printer.json(&several),
            (MessageFormat::Human, InspectFormat::Table, all) => {
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
