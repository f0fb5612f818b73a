//! What a regeneration changes for callers.
//!
//! The crate that is there was made from a description that has been replaced since, and nothing in the crate is a second
//! copy of it: the manifest has the hashes of what was written, and git has the descriptions. Of the committed descriptions,
//! the last one first, the one is taken that makes just the files that the manifest names. So what is said of the old
//! crate is proven or not said at all, a fresh clone is enough, and no record has to be kept, merged or reviewed.

use super::jobs::Job;
use super::revision::{self, Revision};
use crate::Generation;
use crate::diagnostics::Diagnostic;
use crate::diff::{Report, Side, compare};
use crate::output::Written;
use crate::source::Source;
use semver::Version;
use serde::Serialize;
use std::fs;
use std::path::Path;

/// How many revisions of the descriptions are tried.
const TRIES: usize = 16;
/// Lines of a report that are shown beside the files.
const LINES: usize = 60;

/// What is known about the crate that was there.
pub(super) enum Regeneration {
    /// There was none, or it is just what it should be.
    Nothing,
    /// The changes, and the revision whose description made the crate.
    Known(Box<Known>),
    /// No committed description makes the crate.
    Unknown,
}

/// The changes since the crate that was there.
#[derive(Serialize)]
pub(super) struct Known {
    /// The revision whose description made the crate.
    pub revision: String,
    #[serde(flatten)]
    pub report: Report,
}

/// Compares a generation with the crate in the folder that it belongs into.
pub(super) fn of(
    job: &Job,
    generation: &Generation,
    sources: &[Source],
) -> Result<Regeneration, Diagnostic> {
    let out = &job.crate_config.out;
    let Some(written) = Written::read(out)? else {
        return Ok(Regeneration::Nothing);
    };
    if written.is_made_of(&generation.files) {
        return Ok(Regeneration::Nothing);
    }
    Ok(since(job, &written, version_in(out), generation, sources))
}

/// Compares a generation with the crate as it was committed last.
pub(super) fn since_commit(
    job: &Job,
    generation: &Generation,
    sources: &[Source],
) -> Result<Regeneration, Diagnostic> {
    let out = &job.crate_config.out;
    let head = Revision::head(out)?;
    let Ok(manifest) = head.read_here(&out.join(crate::output::MANIFEST)) else {
        return Ok(Regeneration::Unknown);
    };
    let Some(written) = Written::parse(manifest.text()) else {
        return Ok(Regeneration::Unknown);
    };
    if written.is_made_of(&generation.files) {
        return Ok(Regeneration::Nothing);
    }
    let cargo = head.read_here(&out.join("Cargo.toml")).ok();
    let version = cargo.and_then(|source| version_of(source.text()));
    Ok(since(job, &written, version, generation, sources))
}

fn since(
    job: &Job,
    written: &Written,
    version: Option<Version>,
    generation: &Generation,
    sources: &[Source],
) -> Regeneration {
    let specs = job.crate_config.specs.iter();
    let specs: Vec<&Path> = specs.map(|spec| spec.path.as_path()).collect();
    let revisions = revision::history(&specs, TRIES);
    let found = revisions.into_iter().find_map(|revision| {
        let read = |path: &Path| revision.read_here(path).or_else(|_| Source::read(path));
        let (before, texts) = job.run_with(&read).ok()?;
        written
            .is_made_of(&before.files)
            .then_some((revision, before, texts))
    });
    let Some((revision, before, texts)) = found else {
        return Regeneration::Unknown;
    };
    let report = compare(&Side::of(&before, &texts), &Side::of(generation, sources));
    let report = match version {
        Some(version) => report.from_version(&version),
        None => report,
    };
    Regeneration::Known(Box::new(Known {
        revision: revision.name().to_owned(),
        report,
    }))
}

fn version_in(out: &Path) -> Option<Version> {
    version_of(&fs::read_to_string(out.join("Cargo.toml")).ok()?)
}

fn version_of(manifest: &str) -> Option<Version> {
    let manifest: toml::Table = manifest.parse().ok()?;
    let version = manifest.get("package")?.get("version")?.as_str()?;
    Version::parse(version).ok()
}

impl Regeneration {
    /// Returns the changes, if they are known and there are any.
    pub(super) fn known(&self) -> Option<&Known> {
        match self {
            Self::Known(known) => Some(known),
            Self::Nothing | Self::Unknown => None,
        }
    }

    /// Says what changes for callers, and which version follows where the crate has another one.
    pub(super) fn to_text(&self, version: &str, colour: bool) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Unknown => {
                "What that changes for callers is not known: no committed description makes the crate that was there.\n\
                 `flexgen diff OLD NEW` compares two descriptions.\n"
                    .to_owned()
            }
            Self::Known(known) => {
                let Known { revision, report } = known.as_ref();
                let whole = report.to_text(colour);
                let mut text: String = whole
                    .split_inclusive('\n')
                    .take(LINES)
                    .collect();
                let more = whole.lines().count().saturating_sub(LINES);
                if more > 0 {
                    text += &format!("… {more} more lines: `flexgen diff` shows all of them\n");
                }
                text += &format!("\nCompared with the description at {revision}.");
                if let Some(next) = known.missing_version(version) {
                    text += &format!(
                        " The version in flexgen.toml is {version} and should be {next}: `flexgen generate --bump` writes it."
                    );
                }
                text + "\n"
            }
        }
    }
}

impl Known {
    /// Returns the version that the crate should have, when that which it has says too little.
    pub(super) fn missing_version(&self, version: &str) -> Option<&Version> {
        let to = &self.report.version.as_ref()?.to;
        let version = Version::parse(version).ok()?;
        (version < *to).then_some(to)
    }
}
