//! `cratewright generate --bump`: the version in cratewright.toml, and what the CHANGELOG.md of the crate says about it.

use super::jobs::{Job, Trouble};
use super::regeneration::{self, Regeneration};
use crate::Generation;
use crate::base::diagnostics::Diagnostic;
use crate::base::source::{Source, label};
use crate::config;
use crate::report::diff::{Change, Report, Rust};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The file of the generated crate that belongs to the user; entries are put at its top.
const CHANGELOG: &str = "CHANGELOG.md";
const TITLE: &str = "# Changelog\n";

/// What raising the version writes.
pub(super) struct Bump {
    pub version: String,
    /// The crate with the new version.
    pub generation: Generation,
    /// The CHANGELOG.md.
    pub besides: BTreeMap<String, String>,
    config: PathBuf,
    old_config: String,
    new_config: String,
}

/// Finds out what to write; nothing where the version says enough.
pub(super) fn prepare(
    job: &Job,
    generation: &Generation,
    sources: &[Source],
    known: &Regeneration,
) -> Result<Option<Bump>, Trouble> {
    let committed;
    let known = match known {
        // What was generated without the version is compared with what is committed.
        Regeneration::Nothing => {
            committed = regeneration::since_commit(job, generation, sources);
            &committed
        }
        known => known,
    };
    let known = match known {
        Regeneration::Nothing => return Ok(None),
        Regeneration::Known(known) => known,
        Regeneration::Unknown => {
            let message = format!(
                "the version cannot follow from the changes: the manifest in `{}` has no record of the description before",
                label(&job.crate_config.out)
            );
            return Err(Diagnostic::failure("bump", message)
                .help("generate without `--bump` once, which writes the record, or compare two descriptions with `cratewright diff OLD NEW`")
                .into());
        }
    };
    let Some(version) = regeneration::missing_version(known, &job.crate_config.version) else {
        return Ok(None);
    };
    let version = version.to_string();
    let Some(config) = job.config_path.clone() else {
        return Ok(None);
    };
    let source = Source::read(&config)?;
    let new_config = config::with_version(&source, &job.crate_config.package, &version)?;
    let generation = job.with_version(&version).run()?.0;
    let changelog = changelog(&job.crate_config.out, &version, known)?;
    Ok(Some(Bump {
        besides: BTreeMap::from([(CHANGELOG.to_owned(), changelog)]),
        generation,
        config,
        old_config: source.text().to_owned(),
        new_config,
        version,
    }))
}

impl Bump {
    /// Writes the configuration, then the rest; when that fails, the configuration is as it was.
    pub(super) fn write<T>(
        &self,
        rest: impl FnOnce() -> Result<T, Diagnostic>,
    ) -> Result<T, Diagnostic> {
        replace(&self.config, &self.new_config)?;
        rest().inspect_err(|_| {
            let _ = replace(&self.config, &self.old_config);
        })
    }
}

/// Puts a new text in the place of a file, all of it or nothing.
fn replace(path: &Path, text: &str) -> Result<(), Diagnostic> {
    let cannot = |error: io::Error| {
        Diagnostic::failure("io", format!("cannot write `{}`: {error}", label(path)))
    };
    let mut draft = path.as_os_str().to_owned();
    draft.push(".cratewright.tmp");
    let draft = PathBuf::from(draft);
    fs::write(&draft, text).map_err(cannot)?;
    fs::rename(&draft, path).map_err(cannot)
}

fn changelog(out: &Path, version: &str, known: &Report) -> Result<String, Diagnostic> {
    let path = out.join(CHANGELOG);
    let old = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => {
            let message = format!("cannot read `{}`: {error}", label(&path));
            return Err(Diagnostic::failure("io", message));
        }
    };
    let entry = entry(version, known);
    let (head, rest) = match old.find("\n## ") {
        Some(first) => old.split_at(first + 1),
        None if old.trim().is_empty() => (TITLE, ""),
        None => (old.as_str(), ""),
    };
    Ok(format!(
        "{}\n\n{entry}{}{rest}",
        head.trim_end(),
        if rest.is_empty() { "" } else { "\n" }
    ))
}

/// What a version changes, in the form of Keep a Changelog.
fn entry(version: &str, report: &Report) -> String {
    let is_breaking = |change: &&Change| change.is_breaking();
    let is_new = |change: &&Change| !change.is_breaking() && change.rust == Rust::Minor;
    let is_rest = |change: &&Change| !change.is_breaking() && change.rust < Rust::Minor;
    let sections: [(&str, Vec<&Change>); 3] = [
        (
            "Breaking",
            report.changes.iter().filter(is_breaking).collect(),
        ),
        ("Added", report.changes.iter().filter(is_new).collect()),
        ("Changed", report.changes.iter().filter(is_rest).collect()),
    ];
    let mut text = format!("## [{version}]\n");
    for (title, changes) in sections {
        if changes.is_empty() {
            continue;
        }
        let _ = write!(text, "\n### {title}\n\n");
        for Change { message, .. } in changes {
            let _ = writeln!(text, "- {message}.");
        }
    }
    text
}
