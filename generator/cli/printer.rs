//! Standard output and standard error.

use super::args::MessageFormat;
use super::jobs::Trouble;
use crate::base::diagnostics::{Diagnostics, Report, Severity};
use crate::base::source::Source;
use serde::Serialize;
use std::env;
use std::io::{self, IsTerminal, Write};

/// Writes results to standard output, and diagnostics to standard error; both to standard output as JSON.
///
/// When the reader of standard output has gone, the rest is not written.
pub(super) struct Printer {
    pub format: MessageFormat,
    pub colour: bool,
    colour_errors: bool,
    out: io::Result<()>,
}

#[derive(Serialize)]
struct DiagnosticLine<'a> {
    kind: &'static str,
    #[serde(flatten)]
    report: Report<'a>,
}

impl Printer {
    pub(super) fn new(format: MessageFormat) -> Self {
        let wanted = env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            && env::var_os("TERM").is_none_or(|term| term != "dumb");
        Self {
            format,
            colour: wanted && io::stdout().is_terminal(),
            colour_errors: wanted && io::stderr().is_terminal(),
            out: Ok(()),
        }
    }

    /// Writes text to standard output as it is.
    pub(super) fn text(&mut self, text: &str) {
        if self.out.is_ok() {
            self.out = io::stdout().lock().write_all(text.as_bytes());
        }
    }

    /// Writes one JSON object in one line to standard output.
    pub(super) fn json(&mut self, value: &impl Serialize) {
        match serde_json::to_string(value) {
            Ok(line) => self.text(&(line + "\n")),
            Err(error) => self.out = Err(error.into()),
        }
    }

    pub(super) fn diagnostics(&mut self, diagnostics: &Diagnostics, sources: &[Source]) {
        match self.format {
            MessageFormat::Human => {
                let _ = io::stderr()
                    .lock()
                    .write_all(diagnostics.render(sources, self.colour_errors).as_bytes());
            }
            MessageFormat::Json => {
                for report in diagnostics.reports(sources) {
                    self.json(&DiagnosticLine {
                        kind: "diagnostic",
                        report,
                    });
                }
            }
        }
    }

    /// Writes what stopped a run.
    pub(super) fn trouble(&mut self, trouble: &Trouble) {
        self.diagnostics(&trouble.diagnostics, &trouble.sources);
        if self.format == MessageFormat::Human && trouble.diagnostics.len() > 1 {
            let _ = writeln!(io::stderr().lock(), "{}", count(&trouble.diagnostics));
        }
    }

    /// Flushes; returns whether everything was written that someone wanted to read.
    pub(super) fn finish(self) -> bool {
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

/// Returns a number with its noun.
pub(super) fn plural(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}
