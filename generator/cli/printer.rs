//! Standard output and standard error.

use super::args::{Color, MessageFormat, OutputArgs};
use super::github;
use super::jobs::Trouble;
use super::sarif::Sarif;
use super::similar::{self, Shown};
use super::words::{Verbosity, plural};
use crate::base::diagnostics::{Diagnostic, Diagnostics, Report, Severity};
use crate::base::source::Source;
use serde::Serialize;
use std::env;
use std::io::{self, IsTerminal, Write};

/// Writes results to standard output, and diagnostics to standard error; both to standard output for machines.
///
/// When the reader of standard output has gone, the rest is not written.
pub(super) struct Printer {
    pub format: MessageFormat,
    pub verbosity: Verbosity,
    pub colour: bool,
    colour_errors: bool,
    sarif: Sarif,
    out: io::Result<()>,
}

#[derive(Serialize)]
struct DiagnosticLine<'a> {
    kind: &'static str,
    #[serde(flatten)]
    report: Report<'a>,
}

impl Printer {
    pub(super) fn new(args: &OutputArgs) -> Self {
        let OutputArgs {
            message_format,
            quiet,
            verbose,
            color,
        } = args;
        let wanted = env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            && env::var_os("TERM").is_none_or(|term| term != "dumb");
        let colour = |is_terminal: bool| match color {
            Color::Auto => wanted && is_terminal,
            Color::Always => true,
            Color::Never => false,
        };
        Self {
            format: *message_format,
            verbosity: match (quiet, verbose) {
                (true, _) => Verbosity::Quiet,
                (false, true) => Verbosity::Verbose,
                (false, false) => Verbosity::Normal,
            },
            colour: colour(io::stdout().is_terminal()),
            colour_errors: colour(io::stderr().is_terminal()),
            sarif: Sarif::default(),
            out: Ok(()),
        }
    }

    /// Writes text that was asked for to standard output as it is.
    pub(super) fn text(&mut self, text: &str) {
        if self.out.is_ok() {
            self.out = io::stdout().lock().write_all(text.as_bytes());
        }
    }

    /// Writes what a run says about itself to standard output, unless it is to be quiet.
    pub(super) fn remark(&mut self, text: &str) {
        match (self.verbosity, self.format) {
            (Verbosity::Quiet, _) | (_, MessageFormat::Sarif) => {}
            (Verbosity::Normal | Verbosity::Verbose, _) => self.text(text),
        }
    }

    /// Writes one JSON object in one line to standard output.
    pub(super) fn json(&mut self, value: &impl Serialize) {
        match serde_json::to_string(value) {
            Ok(line) => self.text(&(line + "\n")),
            Err(error) => self.out = Err(error.into()),
        }
    }

    /// Writes diagnostics; of warnings, those that the verbosity asks for.
    pub(super) fn diagnostics(&mut self, diagnostics: &Diagnostics, sources: &[Source]) {
        let is_wanted = |diagnostic: &&Diagnostic| {
            self.verbosity > Verbosity::Quiet || diagnostic.severity == Severity::Error
        };
        let wanted: Diagnostics = diagnostics.iter().filter(is_wanted).cloned().collect();
        match self.format {
            MessageFormat::Human => self.for_people(wanted, sources),
            MessageFormat::Json => {
                for report in wanted.reports(sources) {
                    self.json(&DiagnosticLine {
                        kind: "diagnostic",
                        report,
                    });
                }
            }
            MessageFormat::Github => {
                for report in wanted.reports(sources) {
                    self.text(&github::command(&report));
                }
            }
            MessageFormat::Sarif => {
                for report in wanted.reports(sources) {
                    self.sarif.add(&report);
                }
            }
        }
    }

    fn for_people(&self, diagnostics: Diagnostics, sources: &[Source]) {
        let Shown {
            diagnostics,
            summary,
        } = match self.verbosity {
            Verbosity::Quiet | Verbosity::Verbose => Shown::all(diagnostics),
            Verbosity::Normal => similar::shortened(diagnostics),
        };
        let mut text = diagnostics.render(sources, self.colour_errors);
        text.push_str(&summary);
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    /// Writes what stopped a run.
    pub(super) fn trouble(&mut self, trouble: &Trouble) {
        self.diagnostics(&trouble.diagnostics, &trouble.sources);
        if self.format == MessageFormat::Human && trouble.diagnostics.len() > 1 {
            let _ = writeln!(io::stderr().lock(), "{}", count(&trouble.diagnostics));
        }
    }

    /// Flushes; returns whether everything was written that someone wanted to read.
    pub(super) fn finish(mut self) -> bool {
        if self.format == MessageFormat::Sarif {
            let document = std::mem::take(&mut self.sarif).into_document();
            self.json(&document);
        }
        match self.out.and_then(|()| io::stdout().flush()) {
            Ok(()) => true,
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => true,
            Err(error) => {
                let _ = writeln!(
                    io::stderr().lock(),
                    "error[io]: cannot write to standard output: {error}"
                );
                false
            }
        }
    }
}

fn count(diagnostics: &Diagnostics) -> String {
    let errors = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .count();
    let warnings = diagnostics.len() - errors;
    match warnings {
        0 => plural(errors, "error"),
        _ => format!(
            "{}, {}",
            plural(errors, "error"),
            plural(warnings, "warning")
        ),
    }
}
