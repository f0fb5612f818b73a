//! What a regeneration changes for callers.
//!
//! The crate that is there was made from a description that has been replaced since; its manifest has the record of it. So
//! the report needs no git, and is right after the folder was copied, the branch was changed, or cratewright was updated. Where
//! git has the same description as the record, the report names its lines, too.

use super::jobs::Job;
use super::revision::Revision;
use crate::base::diagnostics::Diagnostic;
use crate::base::source::{Source, label};
use crate::output::{MANIFEST, Record, Written};
use crate::report::diff::{Report, Side, compare_by};
use crate::{Analysis, Generation, Input, Options, analyse};
use semver::Version;
use std::fs;
use std::path::Path;

/// Lines of a report that are shown beside the files.
const LINES: usize = 60;

/// What is known about the crate that was there.
pub(super) enum Regeneration {
    /// There was none, or it is just what it should be.
    Nothing,
    /// The changes since the crate that was there.
    Known(Box<Report>),
    /// The manifest has no record of the description.
    Unknown,
}

/// Compares a generation with the crate in the folder that it belongs into; a manifest that cannot be read is refused, unless
/// it is to be overwritten by `force`.
pub(super) fn of(
    job: &Job,
    generation: &Generation,
    sources: &[Source],
    force: bool,
) -> Result<Regeneration, Diagnostic> {
    let out = &job.crate_config.out;
    let Some(written) = Written::read(out, force)? else {
        return Ok(Regeneration::Nothing);
    };
    if written.is_made_of(&generation.files) {
        return Ok(Regeneration::Nothing);
    }
    let package = package_in(out);
    Ok(since(job, &written, package, generation, sources))
}

/// Compares a generation with the crate as it was committed last; without git there is nothing to compare with.
pub(super) fn since_commit(job: &Job, generation: &Generation, sources: &[Source]) -> Regeneration {
    let out = &job.crate_config.out;
    let Ok(head) = Revision::head(out) else {
        return Regeneration::Nothing;
    };
    let Ok(manifest) = head.read_here(&out.join(MANIFEST)) else {
        return Regeneration::Unknown;
    };
    let Some(written) = Written::parse(manifest.text()) else {
        return Regeneration::Unknown;
    };
    if written.is_made_of(&generation.files) {
        return Regeneration::Nothing;
    }
    let cargo = head.read_here(&out.join("Cargo.toml")).ok();
    let package = cargo.and_then(|source| package_of(source.text()));
    since(job, &written, package, generation, sources)
}

fn since(
    job: &Job,
    written: &Written,
    package: Option<Package>,
    generation: &Generation,
    sources: &[Source],
) -> Regeneration {
    let Some(before) = written.record().and_then(|record| before(job, record)) else {
        return Regeneration::Unknown;
    };
    let name = package.as_ref().map(|package| package.name.as_str());
    let report = compare_by(
        &job.crate_config.report,
        &Side::new(&before.analysis, &before.sources).in_package(name),
        &Side::new(&generation.analysis, sources).in_package(Some(&job.crate_config.package)),
    );
    Regeneration::Known(Box::new(match package {
        Some(package) => report.from_version(&package.version),
        None => report,
    }))
}

/// What the crate which is there was made of.
struct Before {
    analysis: Analysis,
    /// The descriptions, where their text is known.
    sources: Vec<Source>,
}

fn before(job: &Job, record: &Record) -> Option<Before> {
    let committed =
        committed(job).filter(|(generation, _)| generation.files.record() == Some(record));
    if let Some((Generation { analysis, files: _ }, sources)) = committed {
        return Some(Before { analysis, sources });
    }
    let recorded = record.sources(&label(&job.crate_config.out.join(MANIFEST)))?;
    let options = Options {
        operations: record.operations().to_vec(),
        settings: record.settings().clone(),
        ..Options::new(&job.crate_config.package, &job.crate_config.version)
    };
    let inputs = recorded.iter();
    let inputs = inputs.map(|(module, source)| Input::new(source).in_module(module.clone()));
    Some(Before {
        analysis: analyse(inputs, &options).ok()?,
        sources: Vec::new(),
    })
}

/// Generates from the description as it was committed last, which has lines to name.
fn committed(job: &Job) -> Option<(Generation, Vec<Source>)> {
    let spec = job.crate_config.specs.first()?;
    let head = Revision::head(spec.input.path.parent()?).ok()?;
    let read = |path: &Path| head.read_here(path).or_else(|_| job.reader.read(path));
    job.run_with(&read).ok()
}

/// What the crate that is there is called.
struct Package {
    name: String,
    version: Version,
}

fn package_in(out: &Path) -> Option<Package> {
    package_of(&fs::read_to_string(out.join("Cargo.toml")).ok()?)
}

fn package_of(manifest: &str) -> Option<Package> {
    let manifest: toml::Table = manifest.parse().ok()?;
    let package = manifest.get("package")?;
    Some(Package {
        name: package.get("name")?.as_str()?.to_owned(),
        version: Version::parse(package.get("version")?.as_str()?).ok()?,
    })
}

impl Regeneration {
    /// Returns the changes, if they are known and there are any.
    pub(super) fn known(&self) -> Option<&Report> {
        match self {
            Self::Known(report) => Some(report),
            Self::Nothing | Self::Unknown => None,
        }
    }

    /// Returns what changes for callers of a crate as Markdown.
    pub(super) fn to_markdown(&self, package: &str) -> String {
        match self {
            Self::Nothing => format!("Nothing changes for callers of `{package}`.\n"),
            Self::Unknown => format!(
                "What changes for callers of `{package}` is not known: the manifest has no record of the description before.\n"
            ),
            Self::Known(report) => report.to_markdown(),
        }
    }

    /// Says what changes for callers, and which version follows where the crate has another one.
    pub(super) fn to_text(&self, job: &Job, version: &str, colour: bool) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Unknown => {
                "What that changes for callers is not known: the manifest has no record of the description before.\n\
                 `cratewright diff OLD NEW` compares two descriptions.\n"
                    .to_owned()
            }
            Self::Known(report) => {
                let mut text = report.to_text_within(colour, LINES);
                if let Some(next) = missing_version(report, version) {
                    text += &match job.config {
                        Some(_) => format!(
                            "\nThe version in cratewright.toml is {version} and should be {next}: `cratewright generate --bump` writes it.\n"
                        ),
                        None => format!(
                            "\nThe version is {version} and should be {next}: `--crate-version {next}` sets it.\n"
                        ),
                    };
                }
                text
            }
        }
    }
}

/// Returns the version that the crate should have, when that which it has says too little.
pub(super) fn missing_version<'r>(report: &'r Report, version: &str) -> Option<&'r Version> {
    let to = &report.version.as_ref()?.to;
    let version = Version::parse(version).ok()?;
    (version < *to).then_some(to)
}
