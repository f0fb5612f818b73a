//! The crates of a command, generated in memory.

use super::args::{Out, Selection};
use super::jobs::{self, Job, Trouble};
use super::printer::Printer;
use super::progress;
use super::remote::Pins;
use super::words::plural;
use crate::base::diagnostics::{Diagnostic, Diagnostics};
use crate::base::source::Source;
use crate::input::document::Places;
use crate::{Generation, output};
use std::path::Path;

/// A crate that is ready to be written.
pub(super) struct Ready {
    pub job: Job,
    pub generation: Generation,
    pub sources: Vec<Source>,
}

/// Generates every crate in memory, so that nothing is written unless all of them are right.
pub(super) fn prepare(
    selection: &Selection,
    out: &Out,
    pins: Pins,
    printer: &mut Printer,
) -> Result<Vec<Ready>, Trouble> {
    let jobs = jobs::select(selection, Some(&out.out), pins)?;
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
        let files = self
            .generation
            .analysis
            .places
            .values()
            .flat_map(Places::files);
        let named = self.job.inputs().into_iter();
        named.chain(files.filter_map(Source::path))
    }
}

/// Generates every crate; their warnings are printed.
pub(super) fn run_all(
    jobs: Vec<Job>,
    deny_warnings: bool,
    printer: &mut Printer,
) -> Result<Vec<Ready>, Trouble> {
    let mut ready = Vec::new();
    let mut warnings = 0;
    let mut errors = Diagnostics::new();
    let mut all_sources: Vec<Source> = Vec::new();
    for job in jobs {
        progress::set(format!("generating {}", job.crate_config.package));
        let outcome = job.run();
        progress::clear();
        match outcome {
            Ok((generation, sources)) => {
                let found = &generation.analysis.warnings;
                printer.diagnostics(found, &sources);
                warnings += found.len();
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
pub(super) fn name_source(diagnostics: Diagnostics, sources: &[Source]) -> Diagnostics {
    match sources {
        [only] => diagnostics.in_file(only.label()),
        _ => diagnostics,
    }
}
