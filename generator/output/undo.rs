//! Putting everything back by the journal of a commit.

use crate::base::diagnostics::Diagnostic;
use crate::output::commit::WorkFolder;
use crate::output::folder::{cannot, look, resolve};
use crate::output::journal::{Entry, Journal};
use crate::output::manifest::hash;
use std::fs;
use std::path::Path;

impl WorkFolder {
    /// Puts back whatever steps of a commit were taken; may itself be interrupted and done again.
    ///
    /// What cannot be put back keeps the journal for the next run and does not keep the rest from being put back.
    pub(super) fn undo(&self, journal: &Journal) -> Result<(), Diagnostic> {
        let files = journal.files.iter().enumerate().rev();
        let undone: Vec<_> = files
            .map(|(index, entry)| self.undo_file(index, entry))
            .collect();
        for folder in journal.folders.iter().rev() {
            // A folder that is not empty holds what someone else has put there since.
            let _ = resolve(&self.dir, folder).map(fs::remove_dir);
        }
        undone.into_iter().collect::<Result<(), _>>()?;
        let path = self.journal();
        fs::remove_file(&path).map_err(|error| cannot("remove", &path, &error))
    }

    pub(super) fn undo_file(&self, index: usize, entry: &Entry) -> Result<(), Diagnostic> {
        let set_aside = self.set_aside(index);
        let was_set_aside = set_aside.exists();
        let was_placed = entry.new.is_some() && !self.staged(&entry.path).exists();
        if !was_set_aside && !was_placed {
            return Ok(());
        }
        let target = resolve(&self.dir, &entry.path)?;
        let now = look(&self.dir, &entry.path)?;
        let is_ours = match &now {
            None => true,
            Some(bytes) => was_placed && entry.new.as_deref() == Some(&hash(bytes)),
        };
        if !is_ours {
            return Ok(());
        }
        if was_set_aside {
            restore(&set_aside, &target)
        } else if was_placed && now.is_some() {
            fs::remove_file(&target).map_err(|error| cannot("remove", &target, &error))
        } else {
            Ok(())
        }
    }
}

fn restore(from: &Path, to: &Path) -> Result<(), Diagnostic> {
    fs::rename(from, to).map_err(|error| cannot("restore", to, &error))
}
