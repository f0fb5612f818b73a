//! The journal of a commit, and putting everything back by it.

use super::MANIFEST;
use super::cannot;
use super::commit::{Step, WorkFolder};
use super::manifest::hash;
use super::plan::{Plan, folders_of, look, resolve};
use crate::diagnostics::Diagnostic;
use crate::tree::check_path;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// What a commit is about to do.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Journal {
    /// Folders that are not there yet, parents first.
    folders: Vec<String>,
    files: Vec<Entry>,
}

/// What happens to one file.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) path: String,
    /// Whether there was a file before.
    replaces: bool,
    /// The hash of the text to be; `None` when the file is deleted.
    new: Option<String>,
}

impl Journal {
    pub(super) fn of(plan: &Plan<'_>) -> Self {
        let entry = |file: &super::plan::Move<'_>| Entry {
            path: file.path.clone().into_owned(),
            replaces: file.replaces,
            new: file
                .text
                .as_ref()
                .map(|text| match plan.manifest.hash_of(&file.path) {
                    Some(hash) => hash.to_owned(),
                    // The manifest does not name itself.
                    None => hash(text.as_bytes()),
                }),
        };
        Self {
            folders: plan.missing_folders(),
            files: plan.moves.iter().map(entry).collect(),
        }
    }

    /// Reads a journal; refuses one that speaks of anything outside the folder.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, String> {
        let journal: Self = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        let files = journal
            .files
            .iter()
            .map(|entry| &entry.path)
            .filter(|path| *path != MANIFEST);
        for path in journal.folders.iter().chain(files) {
            check_path(path).map_err(|reason| format!("it names {path:?}: {reason}"))?;
        }
        Ok(journal)
    }

    pub(super) fn to_text(&self) -> String {
        // Strings and booleans always serialise.
        serde_json::to_string(self).unwrap_or_default()
    }

    pub(super) fn entry(&self, index: usize) -> Option<&Entry> {
        self.files.get(index)
    }

    pub(super) fn path(&self, index: usize) -> &str {
        self.entry(index).map_or("", |entry| &entry.path)
    }

    /// Returns the steps of the commit, in order. What is in a folder that is not there yet comes with the folder.
    pub(super) fn steps(&self) -> impl Iterator<Item = Step<'_>> {
        let missing: BTreeSet<&str> = self.folders.iter().map(String::as_str).collect();
        let comes_along = move |path: &str| folders_of(path).any(|folder| missing.contains(folder));
        let is_in_another = comes_along.clone();
        let folders = self.folders.iter().map(String::as_str);
        let folders = folders
            .filter(move |folder| !is_in_another(folder))
            .map(Step::PlaceFolder);
        let files = self.files.iter().enumerate();
        let files = files.flat_map(move |(index, entry)| {
            let is_placed = entry.new.is_some() && !comes_along(&entry.path);
            let set_aside = entry.replaces.then_some(Step::SetAside(index));
            [set_aside, is_placed.then_some(Step::Place(index))]
        });
        folders.chain(files.flatten())
    }
}

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
