//! `cratewright generate`.

use super::api;
use super::args::{GenerateArgs, MessageFormat};
use super::bump::{self, Bump};
use super::files;
use super::folded::folded;
use super::jobs::{Job, Trouble};
use super::outcome::Outcome;
use super::printer::Printer;
use super::ready::Ready;
use super::regeneration::{self, Regeneration};
use super::words::{Verbosity, plural};
use crate::Generation;
use crate::base::diagnostics::{Diagnostic, Diagnostics};
use crate::base::source::label;
use crate::output::{self, Changes, WriteOptions};
use crate::report::diff::Report;
use serde::Serialize;
use std::fmt::Write as _;
use std::path::Path;

#[derive(Serialize)]
struct GeneratedLine<'a> {
    kind: &'static str,
    package: &'a str,
    out: String,
    dry_run: bool,
    #[serde(flatten)]
    changes: &'a Changes,
    /// The version that `--bump` wrote.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
    /// What is different for callers.
    #[serde(skip_serializing_if = "Option::is_none")]
    api: Option<&'a Report>,
}

/// Writes the crates one after the other; the first that is refused ends the run.
pub(super) fn write_all(
    ready: &[Ready],
    args: &GenerateArgs,
    printer: &mut Printer,
) -> Result<Outcome, Trouble> {
    if !args.dry_run {
        for Ready { job, .. } in ready {
            job.reader.finish()?;
        }
    }
    if let Some(path) = &args.report {
        files::check(path)?;
    }
    let mut markdown = Vec::new();
    for Ready {
        job,
        generation,
        sources,
    } in ready
    {
        let (package, out) = (&job.crate_config.package, job.crate_config.out.as_path());
        let regeneration = regeneration::of(job, generation, sources, args.force)?;
        let bump = match (args.bump, args.unreleased) {
            (false, false) => None,
            (_, unreleased) => bump::prepare(job, generation, sources, &regeneration, unreleased)?,
        };
        let changes = write(job, generation, bump.as_ref(), args)?;
        if args.report.is_some() {
            markdown.push((package.as_str(), regeneration.to_markdown(package)));
        }
        if changes.interrupted {
            printer.diagnostics(&interrupted(out, args.dry_run), &[]);
        }
        let written = Written {
            job,
            regeneration: &regeneration,
            bump: bump.as_ref(),
            changes: &changes,
            dry_run: args.dry_run,
        };
        written.print(printer);
    }
    if let Some(path) = &args.report {
        files::replace(path, &sections(&markdown))?;
    }
    Ok(Outcome::Fine)
}

/// Writes a crate, with what `--bump` changes, and the listing of its API.
fn write(
    job: &Job,
    generation: &Generation,
    bump: Option<&Bump<'_>>,
    args: &GenerateArgs,
) -> Result<Changes, Trouble> {
    let options = WriteOptions {
        force: args.force,
        dry_run: args.dry_run,
    };
    let out = job.crate_config.out.as_path();
    let api = job.crate_config.api.as_deref();
    if let Some(api) = api {
        api::check_place(api, out, &generation.files)?;
        if !args.force {
            api::check(api)?;
        }
    }
    let changes = match bump {
        Some(bump) if !args.dry_run => {
            bump.write(|| output::write_with(&bump.files, out, &options, &bump.besides))?
        }
        Some(bump) => output::write_with(&bump.files, out, &options, &bump.besides)?,
        None => output::write(&generation.files, out, &options)?,
    };
    if let (Some(api), false) = (api, args.dry_run) {
        let files = bump.map_or(&generation.files, |bump| &bump.files);
        api::write(api, files)?;
    }
    Ok(changes)
}

/// A crate that was written, or would be.
struct Written<'a> {
    job: &'a Job,
    regeneration: &'a Regeneration,
    bump: Option<&'a Bump<'a>>,
    changes: &'a Changes,
    dry_run: bool,
}

impl Written<'_> {
    fn print(self, printer: &mut Printer) {
        let Self {
            job,
            regeneration,
            bump,
            changes,
            dry_run,
        } = self;
        let (package, out) = (&job.crate_config.package, job.crate_config.out.as_path());
        let version = bump.and_then(|bump| bump.version.as_deref());
        match printer.format {
            MessageFormat::Human | MessageFormat::Github | MessageFormat::Sarif => {
                printer.remark(&summary(package, out, changes, dry_run, printer.verbosity));
                let current = version.unwrap_or(&job.crate_config.version);
                let text = regeneration.to_text(job, current, printer.colour);
                if !text.is_empty() {
                    printer.remark(&format!("\n{text}"));
                }
                if let Some(bump) = bump {
                    printer.remark(&bump.summary(dry_run));
                }
            }
            MessageFormat::Json => printer.json(&GeneratedLine {
                kind: "generated",
                package,
                out: label(out),
                dry_run,
                changes,
                version,
                api: regeneration.known(),
            }),
        }
    }
}

/// Joins the reports on crates; with several, each has the name of its package above it.
fn sections(reports: &[(&str, String)]) -> String {
    match reports {
        [(_, report)] => report.clone(),
        _ => {
            let sections = reports.iter();
            let sections = sections.map(|(package, report)| format!("## `{package}`\n\n{report}"));
            sections.collect::<Vec<_>>().join("\n")
        }
    }
}

fn interrupted(out: &Path, dry_run: bool) -> Diagnostics {
    let shown = label(out);
    let message = if dry_run {
        format!(
            "an earlier run was killed while it wrote to `{shown}`; `generate` puts back first what that one moved"
        )
    } else {
        format!(
            "an earlier run was killed while it wrote to `{shown}`; what it moved was put back first"
        )
    };
    Diagnostic::notice("interrupted", message).into()
}

fn summary(
    package: &str,
    out: &Path,
    changes: &Changes,
    dry_run: bool,
    verbosity: Verbosity,
) -> String {
    let Changes {
        added,
        changed,
        stale,
        edited,
        foreign,
        unchanged,
        interrupted: _,
    } = changes;
    let out = label(out);
    let written = added.len() + changed.len() + edited.len() + foreign.len();
    if written + stale.len() == 0 {
        return format!(
            "{package}: {out} is up to date ({})\n",
            plural(unchanged.len(), "file")
        );
    }
    let (write, delete) = if dry_run {
        ("would write", "would delete")
    } else {
        ("wrote", "deleted")
    };
    let mut text = format!("{package}: {write} {} in {out}", plural(written, "file"));
    if !stale.is_empty() {
        let _ = write!(text, ", {delete} {}", stale.len());
    }
    if !unchanged.is_empty() {
        let _ = write!(text, ", {} unchanged", unchanged.len());
    }
    text.push('\n');
    if dry_run || verbosity == Verbosity::Verbose {
        let lists = [
            ("added", added),
            ("changed", changed),
            ("edited", edited),
            ("foreign", foreign),
            ("stale", stale),
        ];
        for (what, paths) in lists {
            let lines = folded(paths, verbosity).into_iter();
            text.extend(lines.map(|line| format!("  {what:<8} {line}\n")));
        }
    }
    text
}
