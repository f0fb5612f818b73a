//! Writing a crate into a folder, owning only what cratewright wrote there.
//!
//! The manifest `.cratewright.json` names every file that cratewright wrote, with its hash. Whatever it does not name is unmanaged, and
//! is never deleted; whatever differs from its hash was edited and is never overwritten, unless [`WriteOptions::force`] says so.
//!
//! # What an interruption leaves
//!
//! New files are first written to `.cratewright.tmp` in the folder, then a journal of what is about to move, and only then are files
//! moved to their places, by renaming, and folders that are not there yet with all that is in them. A run that fails puts everything back. A run that is killed before the journal is
//! there leaves the folder as it was, beside `.cratewright.tmp`; one that is killed among the renames leaves the journal, and the next
//! [`write()`] first puts everything back by it. The removal of the journal is the one step that makes a run count: before it the
//! folder is restored to what it was, after it the folder is complete. A file that someone changed between the kill and
//! the next run is left as it is.
//!
//! Files are not flushed to the disk one by one, so this holds for processes, not for a loss of power.

mod changes;
mod commit;
mod folder;
mod journal;
mod manifest;
mod packed;
mod paths;
mod plan;
mod record;
#[cfg(test)]
mod tests;
mod tree;
mod undo;

pub use changes::Changes;
pub use paths::MANIFEST;
pub use record::Record;
pub use tree::FileTree;

use crate::base::diagnostics::Diagnostic;
use crate::base::source::label;
use commit::WorkFolder;
use folder::cannot;
use manifest::Manifest;
#[cfg(feature = "cli")]
pub(crate) use manifest::hash;
use paths::WORK_FOLDER;
use plan::Plan;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// How to write.
#[derive(Debug, Clone, Copy, Default)]
pub struct WriteOptions {
    /// Overwrite or delete generated files that were edited, and overwrite unmanaged files that stand in the way.
    pub force: bool,
    /// Find out and refuse all the same, but write nothing.
    pub dry_run: bool,
}

/// What cratewright wrote into a folder, by the hashes in its manifest.
#[derive(Debug)]
pub struct Written(Manifest);

impl Written {
    /// Reads the manifest of a folder; none where cratewright has not written yet.
    ///
    /// Refuses one that cannot be read, unless it is to be overwritten by `force`; then it is an empty one.
    pub fn read(dir: &Path, force: bool) -> Result<Option<Self>, Diagnostic> {
        if !dir.join(MANIFEST).exists() {
            return Ok(None);
        }
        Manifest::read(dir, force).map(|manifest| Some(Self(manifest)))
    }

    /// Reads the text of a manifest; none where it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Manifest::parse(text.as_bytes()).ok().map(Self)
    }

    /// Returns the version of the cratewright that wrote the crate; none where it was one that did not say so.
    #[must_use]
    pub fn generator(&self) -> Option<&str> {
        self.0.generator()
    }

    /// Returns what the crate was made of; none where another cratewright wrote it, which kept no record.
    #[must_use]
    pub fn record(&self) -> Option<&Record> {
        self.0.made_of()
    }

    /// Returns whether the modules of the crate were these, apart from the runtime, which is the same for every description.
    #[must_use]
    pub fn is_made_of(&self, tree: &FileTree) -> bool {
        let Self(manifest) = self;
        let is_module = |path: &&str| path.starts_with("src/") && !path.starts_with("src/runtime/");
        let is_stale = |path: &&str| is_module(path) && tree.get(path).is_none();
        let is_same = |(path, text): (&str, &str)| {
            !is_module(&path) || manifest.hash_of(path) == Some(&manifest::hash(text.as_bytes()))
        };
        manifest.paths().filter(is_stale).count() == 0 && tree.iter().all(is_same)
    }
}

/// Compares a folder with the files that belong into it; writes nothing.
///
/// Refuses a folder that is none, a symbolic link or another thing that is no file in the place of a wanted file, and a manifest that cannot be read.
pub fn compare(tree: &FileTree, dir: &Path) -> Result<Changes, Diagnostic> {
    check_folder(dir, &[])?;
    Ok(Plan::new(tree, &Manifest::of(tree), dir, false)?.changes)
}

/// Makes a folder hold these files, all or nothing, as the [module](self) describes; returns what was different.
///
/// A file that is already right is not touched. Refuses what [`compare`] refuses, edited and unmanaged files unless forced, a
/// folder that another run is writing to, and what the system refuses.
pub fn write(tree: &FileTree, dir: &Path, options: &WriteOptions) -> Result<Changes, Diagnostic> {
    write_with(tree, dir, options, &BTreeMap::new())
}

/// Like [`write()`], with new texts for files of the folder that are not cratewright's: they go with the others or not at all.
pub fn write_with(
    tree: &FileTree,
    dir: &Path,
    options: &WriteOptions,
    besides: &BTreeMap<String, String>,
) -> Result<Changes, Diagnostic> {
    check_folder(dir, &[])?;
    let manifest = Manifest::of(tree);
    let plan = Plan::new(tree, &manifest, dir, options.force)?.with(besides)?;
    // What an interrupted run left must be put back before anything can be called edited.
    let unsettled = dir.join(WORK_FOLDER).exists();
    if options.dry_run && unsettled {
        return Ok(plan.changes);
    }
    if options.dry_run || plan.is_empty() && !unsettled {
        plan.refuse(options.force)?;
        return Ok(plan.changes);
    }
    let work = WorkFolder::lock(dir)?;
    let result = write_locked(&work, tree, &manifest, dir, *options, besides);
    work.release(result.is_err());
    result
}

fn write_locked(
    work: &WorkFolder,
    tree: &FileTree,
    manifest: &Manifest,
    dir: &Path,
    options: WriteOptions,
    besides: &BTreeMap<String, String>,
) -> Result<Changes, Diagnostic> {
    let interrupted = work.recover()?;
    let plan = Plan::new(tree, manifest, dir, options.force)?.with(besides)?;
    plan.refuse(options.force)?;
    work.commit(&plan)?;
    Ok(Changes {
        interrupted,
        ..plan.changes
    })
}

/// Refuses a folder that nothing should be generated into: a file, the root of the file system, or one that holds an input.
pub fn check_folder(dir: &Path, inputs: &[&Path]) -> Result<(), Diagnostic> {
    let shown = label(dir);
    if dir.as_os_str().is_empty() {
        return Err(Diagnostic::failure(
            "out-folder",
            "the name of the folder to write to is empty",
        ));
    }
    let real = real(dir)?;
    match fs::metadata(&real) {
        Ok(metadata) if !metadata.is_dir() => {
            return Err(Diagnostic::failure(
                "out-folder",
                format!("cannot write to `{shown}`: it is a file, not a folder"),
            ));
        }
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(cannot("look into", dir, &error)),
    }
    if real.parent().is_none() {
        return Err(Diagnostic::failure(
            "out-folder",
            format!("`{shown}` is the root of the file system"),
        )
        .help("name a folder that is for the generated crate alone"));
    }
    for input in inputs {
        let Ok(input_real) = input.canonicalize() else {
            continue;
        };
        if input_real.parent() == Some(&real) {
            let message = format!(
                "cannot write to `{shown}`: it is the folder that `{}` is in",
                label(input)
            );
            return Err(Diagnostic::failure("out-folder", message)
                .help("name a folder that is for the generated crate alone"));
        }
    }
    Ok(())
}

/// Refuses what [`check_folder`] refuses, and a folder where a file of the crate would take the place of an input, forced or not.
pub fn check_inputs(tree: &FileTree, dir: &Path, inputs: &[&Path]) -> Result<(), Diagnostic> {
    check_folder(dir, inputs)?;
    let real = real(dir)?;
    for input in inputs {
        let input_real = input.canonicalize().unwrap_or_default();
        let Ok(inside) = input_real.strip_prefix(&real) else {
            continue;
        };
        if tree.contains(&label(inside)) {
            let message = format!(
                "cannot write to `{}`: the crate is made from `{}`, which one of its files would replace",
                label(dir),
                label(input)
            );
            return Err(Diagnostic::failure("out-folder", message)
                .help("name a folder that is for the generated crate alone"));
        }
    }
    Ok(())
}

/// Returns where a folder is or will be: links are followed, and `..` is taken out even behind what does not exist yet.
fn real(dir: &Path) -> Result<PathBuf, Diagnostic> {
    let absolute = std::path::absolute(dir).map_err(|error| cannot("look into", dir, &error))?;
    let mut real = PathBuf::new();
    for component in absolute.components() {
        match component {
            Component::ParentDir => {
                real.pop();
            }
            Component::CurDir => {}
            Component::Normal(_) | Component::RootDir | Component::Prefix(_) => {
                real.push(component);
                real = real.canonicalize().unwrap_or(real);
            }
        }
    }
    Ok(real)
}
