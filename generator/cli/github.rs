//! Diagnostics as workflow commands of GitHub Actions, which annotate the files of a pull request.

use crate::base::diagnostics::{Report, Severity, printable};
use std::fmt::Write as _;

/// Returns the command for a diagnostic, with its line break.
pub(super) fn command(report: &Report<'_>) -> String {
    let Report {
        severity,
        code,
        file,
        line,
        column,
        end_line,
        end_column,
        pointer,
        message,
        help,
    } = report;
    let mut command = match severity {
        Severity::Error => String::from("::error "),
        Severity::Warning => String::from("::warning "),
    };
    let mut properties = Vec::new();
    if let Some(file) = file {
        properties.push(("file", (*file).to_owned()));
    }
    let numbers = [
        ("line", line),
        ("col", column),
        ("endLine", end_line),
        ("endColumn", end_column),
    ];
    for (name, number) in numbers {
        properties.extend(number.map(|number| (name, number.to_string())));
    }
    properties.push(("title", format!("cratewright: {code}")));
    let properties: Vec<String> = properties
        .into_iter()
        .map(|(name, value)| format!("{name}={}", property(&value)))
        .collect();
    command.push_str(&properties.join(","));
    let mut text = (*message).to_owned();
    if let Some(pointer) = pointer.filter(|pointer| !pointer.is_empty()) {
        let _ = write!(text, "\nat: {pointer}");
    }
    if let Some(help) = help {
        let _ = write!(text, "\nhelp: {help}");
    }
    let _ = writeln!(command, "::{}", data(&text));
    command
}

/// Escapes what would end the text of a command.
fn data(text: &str) -> String {
    printable(text)
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes what would end a property of a command as well.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::command;
    use crate::base::diagnostics::{Report, Severity};

    #[test]
    fn what_would_end_a_command_is_escaped() {
        let report = Report {
            severity: Severity::Warning,
            code: "fixed",
            file: Some("a,b:c.yaml"),
            line: Some(3),
            column: Some(5),
            end_line: Some(3),
            end_column: Some(9),
            pointer: Some("/info"),
            message: "100% wrong\n::error::no",
            help: Some("see below"),
        };
        assert_eq!(
            command(&report),
            "::warning file=a%2Cb%3Ac.yaml,line=3,col=5,endLine=3,endColumn=9,title=cratewright%3A fixed::100%25 wrong%0A\
             ::error::no%0Aat: /info%0Ahelp: see below\n"
        );
    }
}
