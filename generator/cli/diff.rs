//! `cratewright diff`.

use super::args::{DiffArgs, DiffFormat, FailOn, MessageFormat};
use super::jobs::Trouble;
use super::outcome::Outcome;
use super::printer::Printer;
use super::ready::name_source;
use super::remote::Reader;
use super::report_rules;
use super::revision;
use crate::base::diagnostics::{Diagnostic, Diagnostics};
use crate::base::parallel;
use crate::base::source::Source;
use crate::input::document;
use crate::lower::operation_ids;
use crate::model::package;
use crate::report::diff::{Report, Side, compare_by};
use crate::{Analysis, Options, analyse};
use semver::Version;
use serde::Serialize;
use std::slice;

#[derive(Serialize)]
struct DiffLine<'a> {
    kind: &'static str,
    #[serde(flatten)]
    report: &'a Report,
}

/// Compares the two descriptions of the arguments.
pub(super) fn compare(args: &DiffArgs, printer: &mut Printer) -> Result<Outcome, Trouble> {
    let version = args
        .crate_version
        .as_deref()
        .map(parse_version)
        .transpose()?;
    let mut problems = Diagnostics::new();
    let old = problems.take(revision::read(&args.old));
    let new = problems.take(revision::read(&args.new));
    let overlays: Vec<Source> = args
        .overlay
        .iter()
        .filter_map(|overlay| problems.take(Reader::new().read(overlay)))
        .collect();
    problems.propagate()?;
    let (Some(old), Some(new)) = (old, new) else {
        return Err(problems.into());
    };
    let wanted = Wanted {
        operations: &args.operations,
        overlays: &overlays,
    };
    wanted.check(&old, &new)?;
    let mut analyses = parallel::map(vec![&old, &new], |source| wanted.analyse(source)).into_iter();
    let (Some(before), Some(after)) = (analyses.next(), analyses.next()) else {
        return Err(problems.into());
    };
    let (before, after) = (before?, after?);
    let rules = report_rules::of_description(&args.new)?;
    let mut report = compare_by(
        &rules,
        &Side::new(&before, slice::from_ref(&old)),
        &Side::new(&after, slice::from_ref(&new)),
    );
    if let Some(version) = &version {
        report = report.from_version(version);
    }
    print(args, &report, printer);
    let is_found = match args.fail_on {
        None => false,
        Some(FailOn::Breaking) => report.is_breaking(),
        Some(FailOn::Any) => !report.is_empty(),
    };
    Ok(if is_found {
        Outcome::Stale
    } else {
        Outcome::Fine
    })
}

fn parse_version(version: &str) -> Result<Version, Diagnostic> {
    package::check_version(version)?;
    Version::parse(version)
        .map_err(|error| Diagnostic::failure("package-version", error.to_string()))
}

fn print(args: &DiffArgs, report: &Report, printer: &mut Printer) {
    match (printer.format, args.format) {
        (MessageFormat::Json, _) => printer.json(&DiffLine {
            kind: "diff",
            report,
        }),
        (_, DiffFormat::Json) => printer.json(report),
        (_, DiffFormat::Github) | (MessageFormat::Github, DiffFormat::Text) => {
            printer.text(&report.to_github());
        }
        (_, DiffFormat::Sarif) => printer.json(&report.to_sarif()),
        (_, DiffFormat::Markdown) => printer.text(&report.to_markdown()),
        (_, DiffFormat::Text) => {
            let text = report.to_text(printer.colour);
            printer.text(&text);
        }
    }
}

/// What is compared of the two descriptions.
struct Wanted<'a> {
    operations: &'a [String],
    overlays: &'a [Source],
}

impl Wanted<'_> {
    /// Refuses operations that neither of the descriptions has.
    fn check(&self, old: &Source, new: &Source) -> Result<(), Trouble> {
        if self.operations.is_empty() {
            return Ok(());
        }
        let mut ids = self.ids(old)?;
        ids.extend(self.ids(new)?);
        match self.operations.iter().find(|wanted| !ids.contains(wanted)) {
            None => Ok(()),
            Some(wanted) => {
                let message =
                    format!("there is no operation `{wanted}` in either of the descriptions");
                Err(Diagnostic::failure("unknown-operation", message).into())
            }
        }
    }

    fn ids(&self, source: &Source) -> Result<Vec<String>, Trouble> {
        let document =
            document::parse(source, self.overlays).map_err(|problems| trouble(problems, source))?;
        Ok(operation_ids(&document).collect())
    }

    fn analyse(&self, source: &Source) -> Result<Analysis, Trouble> {
        let operations = if self.operations.is_empty() {
            Vec::new()
        } else {
            let ids = self.ids(source)?;
            let is_there = |wanted: &&String| ids.contains(wanted);
            self.operations.iter().filter(is_there).cloned().collect()
        };
        let options = Options {
            operations,
            overlays: self.overlays.to_vec(),
            ..Options::new("compared", package::DEFAULT_VERSION)
        };
        analyse(slice::from_ref(source), &options).map_err(|problems| trouble(problems, source))
    }
}

fn trouble(problems: Diagnostics, source: &Source) -> Trouble {
    let sources = vec![source.clone()];
    Trouble {
        diagnostics: name_source(problems, &sources),
        sources,
    }
}
