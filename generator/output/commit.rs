//! Making the moves of a plan: staged, journalled, then renamed into place.

use crate::base::diagnostics::Diagnostic;
use crate::base::source::label;
use crate::output::folder::{cannot, resolve};
use crate::output::journal::{Journal, Step};
use crate::output::paths::{JOURNAL, WORK_FOLDER, folders_of};
use crate::output::plan::Plan;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// The journal while it is written.
const JOURNAL_DRAFT: &str = "journal.new";
/// Held, by the system's file locking, while a run writes; a lock ends with its process.
const LOCK: &str = "lock";
/// Texts to be, in folders as they will be.
const STAGED: &str = "new";
/// Files that were replaced or deleted, named by their position in the journal.
const SET_ASIDE: &str = "old";
/// How often to try again when another run removes the lock file at the same moment.
const ATTEMPTS: usize = 100;

/// The folder `.cratewright.tmp`, held by this run alone.
#[derive(Debug)]
pub(super) struct WorkFolder {
    pub(super) dir: PathBuf,
    path: PathBuf,
    /// Folders that this run made to have a place to write to, outermost first.
    created: Vec<PathBuf>,
    _lock: File,
}

impl WorkFolder {
    /// Takes hold of a folder, which is made if it is not there.
    pub(super) fn lock(dir: &Path) -> Result<Self, Diagnostic> {
        let path = dir.join(WORK_FOLDER);
        let mut created = Vec::new();
        for _ in 0..ATTEMPTS {
            make_folders(dir, &mut created)?;
            match fs::create_dir(&path) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                    return Err(cannot("write to", dir, &error));
                }
                _ => {}
            }
            if !fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_dir()) {
                let message = format!("`{}` is no folder of cratewright's", label(&path));
                return Err(Diagnostic::failure("in-the-way", message).help("move it away"));
            }
            if let Some(lock) = try_lock(&path.join(LOCK), dir)? {
                return Ok(Self {
                    dir: dir.to_owned(),
                    path,
                    created,
                    _lock: lock,
                });
            }
        }
        Err(locked(dir))
    }

    /// Puts back what an interrupted run moved; returns whether there was one.
    pub(super) fn recover(&self) -> Result<bool, Diagnostic> {
        let journal = self.journal();
        let interrupted = match fs::read(&journal) {
            Ok(bytes) => {
                let parsed = Journal::parse(&bytes).map_err(|reason| {
                    let message = format!("`{}` cannot be used: {reason}", label(&journal));
                    Diagnostic::failure("journal", message).help(format!(
                        "compare the folder with version control, then delete `{}`",
                        label(&self.path)
                    ))
                })?;
                self.undo(&parsed)?;
                true
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) => return Err(cannot("read", &journal, &error)),
        };
        self.clear()
            .map_err(|error| cannot("clear", &self.path, &error))?;
        Ok(interrupted)
    }

    /// Makes the moves of a plan, or none of them.
    pub(super) fn commit(&self, plan: &Plan<'_>) -> Result<(), Diagnostic> {
        let journal = self.stage(plan)?;
        for step in journal.steps() {
            if let Err(error) = self.run(&journal, step) {
                return Err(match self.undo(&journal) {
                    Ok(()) => error.help("the folder is as it was"),
                    Err(undo) => error.help(format!(
                        "the folder could not be put back yet ({}); the next run will try again",
                        undo.message
                    )),
                });
            }
        }
        fs::remove_file(self.journal())
            .map_err(|error| cannot("remove", &self.journal(), &error))?;
        self.prune(plan);
        Ok(())
    }

    /// Writes everything that is to be moved, and the journal.
    pub(super) fn stage(&self, plan: &Plan<'_>) -> Result<Journal, Diagnostic> {
        let make =
            |path: PathBuf| fs::create_dir(&path).map_err(|error| cannot("make", &path, &error));
        let write = |path: &Path, text: &str| {
            fs::write(path, text).map_err(|error| cannot("write", path, &error))
        };
        make(self.path.join(STAGED))?;
        make(self.path.join(SET_ASIDE))?;
        for folder in plan.folders() {
            make(self.staged(folder))?;
        }
        for file in &plan.moves {
            if let Some(text) = &file.text {
                write(&self.staged(&file.path), text)?;
            }
        }
        let journal = Journal::of(plan);
        let draft = self.path.join(JOURNAL_DRAFT);
        write(&draft, &journal.to_text())?;
        fs::rename(&draft, self.journal()).map_err(|error| cannot("rename", &draft, &error))?;
        Ok(journal)
    }

    pub(super) fn run(&self, journal: &Journal, step: Step<'_>) -> Result<(), Diagnostic> {
        match step {
            Step::PlaceFolder(folder) => {
                let full = resolve(&self.dir, folder)?;
                fs::rename(self.staged(folder), &full)
                    .map_err(|error| cannot("make", &full, &error))
            }
            Step::SetAside(index) => {
                let target = resolve(&self.dir, journal.path(index))?;
                // Nothing is lost when the file is gone by now.
                gone(fs::rename(&target, self.set_aside(index)))
                    .map_err(|error| cannot("replace", &target, &error))
            }
            Step::Place(index) => {
                let path = journal.path(index);
                let target = resolve(&self.dir, path)?;
                fs::rename(self.staged(path), &target)
                    .map_err(|error| cannot("write", &target, &error))
            }
        }
    }

    pub(super) fn journal(&self) -> PathBuf {
        self.path.join(JOURNAL)
    }

    /// Returns where a file or a folder is until it is placed.
    pub(super) fn staged(&self, path: &str) -> PathBuf {
        self.path.join(STAGED).join(path)
    }

    pub(super) fn set_aside(&self, index: usize) -> PathBuf {
        self.path.join(SET_ASIDE).join(index.to_string())
    }

    /// Removes folders that are empty now that the stale files in them are gone.
    fn prune(&self, plan: &Plan<'_>) {
        for file in plan.moves.iter().filter(|file| file.text.is_none()) {
            for folder in folders_of(&file.path).rev() {
                if fs::remove_dir(self.dir.join(folder)).is_err() {
                    break;
                }
            }
        }
    }

    /// Removes the journal, then what it speaks of.
    fn clear(&self) -> io::Result<()> {
        gone(fs::remove_file(self.journal()))?;
        gone(fs::remove_file(self.path.join(JOURNAL_DRAFT)))?;
        gone(fs::remove_dir_all(self.path.join(STAGED)))?;
        gone(fs::remove_dir_all(self.path.join(SET_ASIDE)))
    }

    /// Lets go of the folder and removes `.cratewright.tmp`; after a failure also the folders that were made for this run.
    ///
    /// A journal is left where it is: it is there only when what it speaks of could not be put back. What cannot be removed now is
    /// removed by the next run.
    pub(super) fn release(self, failed: bool) {
        if self.journal().exists() {
            return;
        }
        if self.clear().is_ok()
            && fs::remove_file(self.path.join(LOCK)).is_ok()
            && fs::remove_dir(&self.path).is_ok()
            && failed
        {
            for folder in self.created.iter().rev() {
                if fs::remove_dir(folder).is_err() {
                    break;
                }
            }
        }
    }
}

/// Makes a folder and those it is in, and lists which were missing.
fn make_folders(dir: &Path, created: &mut Vec<PathBuf>) -> Result<(), Diagnostic> {
    let mut missing: Vec<&Path> = dir
        .ancestors()
        .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
        .collect();
    missing.reverse();
    for folder in missing {
        match fs::create_dir(folder) {
            Ok(()) => created.push(folder.to_owned()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(cannot("make", folder, &error)),
        }
    }
    Ok(())
}

/// Locks the file; `None` when another run has just removed it, and with it what the lock means.
fn try_lock(path: &Path, dir: &Path) -> Result<Option<File>, Diagnostic> {
    if path.is_symlink() {
        let message = format!("`{}` is a symbolic link", label(path));
        return Err(Diagnostic::failure("in-the-way", message).help("remove it"));
    }
    let file = match OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
    {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(cannot("write", path, &error)),
    };
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(locked(dir)),
        // A file system without locks: two runs at once are then the user's to avoid.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
        Err(TryLockError::Error(error)) => return Err(cannot("lock", path, &error)),
    }
    Ok(is_at(&file, path).then_some(file))
}

/// Returns whether the open file is still the one at the path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    let here = file.metadata().map(identity);
    let there = fs::symlink_metadata(path).map(identity);
    matches!((here, there), (Ok(here), Ok(there)) if here == there)
}

#[cfg(not(unix))]
fn is_at(_file: &File, path: &Path) -> bool {
    path.exists()
}

fn locked(dir: &Path) -> Diagnostic {
    Diagnostic::failure("locked", format!("another cratewright is writing to `{}`", label(dir)))
        .help("wait for it to end; the lock ends with the process that holds it, so there is nothing to delete")
}

fn gone(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}
