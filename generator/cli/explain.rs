//! `cratewright explain`.

use super::args::{ExplainArgs, MessageFormat};
use super::jobs::Trouble;
use super::outcome::Outcome;
use super::printer::Printer;
use crate::base::diagnostics::{CODES, Code, Diagnostic};
use crate::base::suggestions::nearest;
use serde::Serialize;

#[derive(Serialize)]
struct ExplanationLine {
    kind: &'static str,
    code: &'static str,
    summary: String,
    explanation: &'static str,
}

/// Explains one code, or lists all.
pub(super) fn explain(args: &ExplainArgs, printer: &mut Printer) -> Result<Outcome, Trouble> {
    let wanted = match &args.code {
        Some(name) => vec![find(name)?],
        None => CODES.iter().collect(),
    };
    let width = wanted.iter().map(|code| code.name.len()).max();
    for code in wanted {
        match (printer.format, &args.code) {
            (MessageFormat::Json, _) => printer.json(&ExplanationLine {
                kind: "explanation",
                code: code.name,
                summary: code.summary(),
                explanation: code.explanation,
            }),
            (_, Some(_)) => printer.text(code.explanation),
            (_, None) => {
                let width = width.unwrap_or_default();
                printer.text(&format!("{:<width$}  {}\n", code.name, code.summary()));
            }
        }
    }
    Ok(Outcome::Fine)
}

/// Takes a code as it stands in a message, brackets and all.
fn find(written: &str) -> Result<&'static Code, Diagnostic> {
    let name = written
        .trim_start_matches("error")
        .trim_start_matches("warning");
    let name = name.trim_matches(|c: char| matches!(c, '[' | ']' | ':'));
    Code::find(name).ok_or_else(|| {
        let help = match nearest(name, CODES.iter().map(|code| code.name)) {
            Some(other) => format!("did you mean `{other}`?"),
            None => "`cratewright explain` lists all codes".to_owned(),
        };
        Diagnostic::failure("unknown-code", format!("there is no code `{name}`")).help(help)
    })
}
