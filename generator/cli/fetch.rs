//! `cratewright fetch`.

use super::args::{FetchArgs, MessageFormat};
use super::jobs::{self, Trouble};
use super::outcome::Outcome;
use super::printer::Printer;
use super::progress;
use super::remote::{LOCK_FILE, Pins};
use super::words::plural;
use crate::base::diagnostics::Diagnostics;
use serde::Serialize;

#[derive(Serialize)]
struct FetchedLine {
    kind: &'static str,
    /// The URLs whose contents are others than those that were pinned.
    changed: Vec<String>,
}

/// Pins what the URLs of the configuration have now, all of it or nothing: what cannot be generated from is not pinned.
pub(super) fn fetch(args: &FetchArgs, printer: &mut Printer) -> Result<Outcome, Trouble> {
    let jobs = jobs::configured(args.config.as_deref(), None, Pins::Update)?;
    let mut problems = Diagnostics::new();
    let mut sources = Vec::new();
    for job in &jobs {
        progress::set(format!(
            "fetching what {} is made of",
            job.crate_config.package
        ));
        // References lead to more files than the configuration names, so all of it is read.
        if let Err(trouble) = job.run() {
            problems.extend(trouble.diagnostics);
            sources.extend(trouble.sources);
        }
    }
    progress::clear();
    problems.propagate().map_err(|diagnostics| Trouble {
        diagnostics,
        sources,
    })?;
    let changed = match jobs.first() {
        Some(job) => job.reader.finish()?,
        None => Vec::new(),
    };
    match printer.format {
        MessageFormat::Json => printer.json(&FetchedLine {
            kind: "fetched",
            changed,
        }),
        MessageFormat::Human | MessageFormat::Github | MessageFormat::Sarif => {
            for url in &changed {
                printer.remark(&format!("  pinned   {url}\n"));
            }
            printer.remark(&match changed.len() {
                0 => format!("{LOCK_FILE} is up to date\n"),
                count => format!("{LOCK_FILE}: {} changed\n", plural(count, "pin")),
            });
        }
    }
    Ok(Outcome::Fine)
}
