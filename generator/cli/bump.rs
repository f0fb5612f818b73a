//! `cratewright generate --bump` and `--unreleased`: the version in cratewright.toml and Cargo.lock, and the CHANGELOG.md of the
//! crate.

use super::changelog::{self, Changelog};
use super::jobs::{Job, Trouble};
use super::regeneration::{self, Regeneration};
use super::{cargo_lock, files};
use crate::Generation;
use crate::base::diagnostics::Diagnostic;
use crate::base::source::{Source, label};
use crate::config::{self, CrateConfig};
use crate::output::FileTree;
use crate::report::diff::{Report, Summary};
use semver::Version;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What raising the version writes.
pub(super) struct Bump<'g> {
    /// The new version; none where the changes are collected under `Unreleased`.
    pub version: Option<String>,
    /// The crate with the new version.
    pub files: Cow<'g, FileTree>,
    /// The CHANGELOG.md.
    pub besides: BTreeMap<String, String>,
    /// Files outside of the crate: their paths, what they are, and what they become.
    outside: Vec<Rewrite>,
}

struct Rewrite {
    path: PathBuf,
    old: String,
    new: String,
}

/// Finds out what to write; nothing where the version says enough, or nothing changed.
pub(super) fn prepare<'g>(
    job: &Job,
    generation: &'g Generation,
    sources: &[Source],
    known: &Regeneration,
    unreleased: bool,
) -> Result<Option<Bump<'g>>, Trouble> {
    let committed;
    let known = match known {
        // What was generated without the version is compared with what is committed.
        Regeneration::Nothing if !unreleased => {
            committed = regeneration::since_commit(job, generation, sources);
            &committed
        }
        known => known,
    };
    let nothing = Report::default();
    let report = match known {
        Regeneration::Nothing => &nothing,
        Regeneration::Known(report) => report,
        Regeneration::Unknown => return Err(unknown(job).into()),
    };
    let changelog = Changelog::read(&job.crate_config.out)?;
    if unreleased {
        if report.is_empty() {
            return Ok(None);
        }
        return Ok(Some(Bump {
            version: None,
            files: Cow::Borrowed(&generation.files),
            besides: changelog.with_unreleased(report),
            outside: Vec::new(),
        }));
    }
    let Some(version) = next_version(job, report, &changelog) else {
        return Ok(None);
    };
    let Some(config) = job.config.as_ref().and_then(|config| config.path()) else {
        return Ok(None);
    };
    let source = Source::read(config)?;
    let CrateConfig { package, out, .. } = &job.crate_config;
    let mut outside = vec![Rewrite {
        path: config.to_owned(),
        new: config::with_version(&source, package, &version)?,
        old: source.text().to_owned(),
    }];
    outside.extend(
        cargo_lock::with_version(out, package, &version).map(|(path, old, new)| Rewrite {
            path,
            old,
            new,
        }),
    );
    Ok(Some(Bump {
        besides: changelog.with_version(&version, report),
        files: Cow::Owned(job.with_version(&version).run()?.0.files),
        outside,
        version: Some(version),
    }))
}

fn unknown(job: &Job) -> Diagnostic {
    let message = format!(
        "the version cannot follow from the changes: the manifest in `{}` has no record of the description before",
        label(&job.crate_config.out)
    );
    Diagnostic::failure("bump", message).help(
        "generate without `--bump` once, which writes the record, or compare two descriptions with `cratewright diff OLD NEW`",
    )
}

/// Returns the version that follows from a report, and from what the changelog collected before; none where there is enough in
/// the version that the crate has.
fn next_version(job: &Job, report: &Report, changelog: &Changelog) -> Option<String> {
    let current = &job.crate_config.version;
    let from_report = regeneration::missing_version(report, current).cloned();
    let from_changelog = changelog.unreleased_class().and_then(|class| {
        let summary = Summary {
            rust: Some(class),
            ..Summary::default()
        };
        let collected = Report {
            summary,
            ..Report::default()
        };
        let current = Version::parse(current).ok()?;
        Some(collected.from_version(&current).version?.to)
    });
    let version = from_report.into_iter().chain(from_changelog).max()?;
    Some(version.to_string())
}

impl Bump<'_> {
    /// Writes what is outside of the crate, then the rest; when that fails, what is outside is as it was.
    pub(super) fn write<T>(
        &self,
        rest: impl FnOnce() -> Result<T, Diagnostic>,
    ) -> Result<T, Diagnostic> {
        let result = self
            .outside
            .iter()
            .try_for_each(|Rewrite { path, new, .. }| files::replace(path, new))
            .and_then(|()| rest());
        result.inspect_err(|_| {
            for Rewrite { path, old, new: _ } in &self.outside {
                let _ = files::replace(path, old);
            }
        })
    }

    /// Says what is written, or would be.
    pub(super) fn summary(&self, dry_run: bool) -> String {
        let write = if dry_run { "would write" } else { "wrote" };
        match &self.version {
            Some(version) => {
                let paths = self.outside.iter().map(|rewrite| label(&rewrite.path));
                let paths: Vec<String> = paths.collect();
                format!(
                    "{write} version {version} into {}, and what changes into {}\n",
                    paths.join(" and "),
                    changelog::FILE_NAME
                )
            }
            None => format!(
                "{write} what changes under `Unreleased` into {}\n",
                changelog::FILE_NAME
            ),
        }
    }
}
