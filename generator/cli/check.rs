//! `cratewright check`.

use super::api;
use super::args::MessageFormat;
use super::fix::Invocation;
use super::folded::folded;
use super::jobs::Trouble;
use super::outcome::Outcome;
use super::printer::Printer;
use super::ready::Ready;
use super::regeneration;
use super::words::{Verbosity, plural};
use crate::base::diagnostics::{Diagnostic, Diagnostics, printable};
use crate::base::source::label;
use crate::output::{self, Changes, FileTree, MANIFEST, Written};
use crate::report::diff::Report;
use serde::Serialize;
use similar::TextDiff;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Duration;

/// Lines of a diff that are shown of one file, and of all files of a crate.
const FILE_LINES: usize = 40;
const CRATE_LINES: usize = 400;
/// After this, a diff of two texts that have little in common is settled for, though it may be longer than need be.
const DIFF_TIME: Duration = Duration::from_millis(500);

#[derive(Serialize)]
struct CheckedLine<'a> {
    kind: &'static str,
    package: &'a str,
    out: String,
    clean: bool,
    #[serde(flatten)]
    changes: &'a Changes,
    /// The file with the public API, where it has another text.
    #[serde(skip_serializing_if = "Option::is_none")]
    stale_listing: Option<&'a str>,
    /// What a regeneration would change for callers.
    #[serde(skip_serializing_if = "Option::is_none")]
    api: Option<&'a Report>,
    /// The command that fixes it.
    fix: Option<&'a str>,
}

/// A crate, compared with its folder.
struct Compared<'r> {
    ready: &'r Ready,
    changes: Changes,
    /// The file with the public API, where it has another text.
    stale_listing: Option<String>,
}

impl Compared<'_> {
    fn is_clean(&self) -> bool {
        self.changes.is_clean() && self.stale_listing.is_none()
    }
}

fn compare(ready: &Ready) -> Result<Compared<'_>, Diagnostic> {
    let config = &ready.job.crate_config;
    let files = &ready.generation.files;
    let mut stale_listing = None;
    if let Some(path) = &config.api
        && !api::is_current(path, files)?
    {
        stale_listing = Some(label(path));
    }
    Ok(Compared {
        ready,
        changes: output::compare(files, &config.out)?,
        stale_listing,
    })
}

/// Compares every crate with its folder.
pub(super) fn compare_all(
    ready: &[Ready],
    invocation: &Invocation,
    printer: &mut Printer,
) -> Result<Outcome, Trouble> {
    let all = ready.iter().map(compare).collect::<Result<Vec<_>, _>>()?;
    let is_clean = all.iter().all(Compared::is_clean);
    let force = all
        .iter()
        .any(|Compared { changes, .. }| !changes.edited.is_empty() || !changes.foreign.is_empty());
    let fix = (!is_clean).then(|| invocation.generate(force));
    for compared in &all {
        print(compared, fix.as_deref(), printer)?;
    }
    if let Some(fix) = fix {
        match printer.format {
            MessageFormat::Human => {
                let cost = if force { ", losing the edits" } else { "" };
                printer.remark(&format!("to fix it{cost}: {fix}\n"));
            }
            MessageFormat::Github | MessageFormat::Sarif => {
                printer.diagnostics(&stale(&all, &fix), &[]);
            }
            MessageFormat::Json => {}
        }
    }
    Ok(if is_clean {
        Outcome::Fine
    } else {
        Outcome::Stale
    })
}

/// Prints how a crate differs from its folder.
fn print(compared: &Compared, fix: Option<&str>, printer: &mut Printer) -> Result<(), Trouble> {
    let Compared {
        ready: Ready {
            job,
            generation,
            sources,
        },
        changes,
        stale_listing,
    } = compared;
    let (package, out) = (&job.crate_config.package, job.crate_config.out.as_path());
    if changes.interrupted {
        let message = format!(
            "an earlier run was killed while it wrote to `{}`, or another is writing to it now",
            label(out)
        );
        printer.diagnostics(&Diagnostic::notice("interrupted", message).into(), &[]);
    }
    let regeneration = regeneration::of(job, generation, sources, false)?;
    if printer.format == MessageFormat::Json {
        printer.json(&CheckedLine {
            kind: "checked",
            package,
            out: label(out),
            clean: compared.is_clean(),
            changes,
            stale_listing: stale_listing.as_deref(),
            api: regeneration.known(),
            fix: fix.filter(|_| !compared.is_clean()),
        });
        return Ok(());
    }
    let look = (printer.colour, printer.verbosity);
    printer.remark(&report(package, out, &generation.files, changes, look));
    if let Some(path) = stale_listing {
        printer.remark(&format!("{path} is not the public API of {package}\n"));
    }
    if let Some(other) = other_version(out, changes)? {
        printer.remark(&other);
    }
    let text = regeneration.to_text(job, &job.crate_config.version, printer.colour);
    if !text.is_empty() {
        printer.remark(&format!("{text}\n"));
    }
    Ok(())
}

/// Says in the formats of other tools that crates are stale.
fn stale(all: &[Compared], fix: &str) -> Diagnostics {
    let stale = all.iter().filter(|compared| !compared.is_clean());
    let described = stale.map(|compared| {
        let config = &compared.ready.job.crate_config;
        let (shown, place) = match &compared.stale_listing {
            Some(listing) if compared.changes.is_clean() => (listing.clone(), listing.clone()),
            _ => (label(&config.out), label(&config.out.join(MANIFEST))),
        };
        let message = format!(
            "{}: `{shown}` is not what the description makes",
            config.package
        );
        Diagnostic::failure("stale", message)
            .in_file(place)
            .help(format!("run `{fix}`"))
    });
    described.collect()
}

/// Says that another cratewright wrote the crate, which may be why files differ.
fn other_version(out: &Path, changes: &Changes) -> Result<Option<String>, Diagnostic> {
    let written = Written::read(out, false)?.filter(|_| !changes.is_clean());
    let own = env!("CARGO_PKG_VERSION");
    Ok(written.and_then(|written| {
        let other = match written.generator() {
            Some(version) if version == own => return None,
            Some(version) => format!("cratewright {version}"),
            None => "an earlier cratewright".to_owned(),
        };
        Some(format!(
            "It was written by {other}, and this is cratewright {own}: files can differ for that reason alone.\n\n"
        ))
    }))
}

fn report(
    package: &str,
    out: &Path,
    files: &FileTree,
    changes: &Changes,
    (colour, verbosity): (bool, Verbosity),
) -> String {
    let shown = label(out);
    let Changes {
        added,
        changed,
        stale,
        edited,
        foreign,
        unchanged,
        interrupted: _,
    } = changes;
    if changes.is_clean() {
        return format!(
            "{package}: {shown} is up to date ({})\n",
            plural(unchanged.len(), "file")
        );
    }
    let mut text = format!("{package}: {shown} is not what cratewright writes\n");
    let lists = [
        ("added", added, "(not there yet)"),
        ("changed", changed, ""),
        ("stale", stale, "(no longer generated)"),
        ("edited", edited, "(changed since cratewright wrote it)"),
        ("foreign", foreign, "(not written by cratewright)"),
    ];
    for (what, paths, remark) in lists {
        for path in folded(paths, verbosity) {
            let line = format!("  {what:<8} {path}  {remark}");
            text += line.trim_end();
            text.push('\n');
        }
    }
    let mut budget = CRATE_LINES;
    for path in changed.iter().chain(edited).chain(foreign) {
        if let Some(new) = files.get(path) {
            text += &diff(&out.join(path), new, &mut budget, colour);
        }
    }
    text.push('\n');
    text
}

/// Returns what to change in a file, shortened; `budget` is how many lines there is room for.
fn diff(path: &Path, new: &str, budget: &mut usize, colour: bool) -> String {
    if *budget == 0 {
        return String::new();
    }
    let shown = label(path);
    let bytes = fs::read(path).unwrap_or_default();
    let old = String::from_utf8_lossy(&bytes);
    let text_diff = TextDiff::configure()
        .timeout(DIFF_TIME)
        .diff_lines(&*old, new);
    let unified = text_diff
        .unified_diff()
        .context_radius(2)
        .header(&shown, &format!("{shown} (generated)"))
        .to_string();
    let total = unified.lines().count();
    let room = FILE_LINES.min(*budget);
    let mut text = String::from("\n");
    for line in unified.lines().take(room) {
        let pieces: Vec<_> = line.split('\t').map(printable).collect();
        text += &painted(&pieces.join("\t"), colour);
        text.push('\n');
    }
    if total > room {
        let _ = writeln!(text, "… {}", plural(total - room, "more line"));
    }
    *budget -= room.min(total);
    text
}

fn painted(line: &str, colour: bool) -> String {
    let code = match line.as_bytes().first() {
        Some(b'+') if colour => "32",
        Some(b'-') if colour => "31",
        Some(b'@') if colour => "36",
        _ => return line.to_owned(),
    };
    format!("\x1b[{code}m{line}\x1b[0m")
}
