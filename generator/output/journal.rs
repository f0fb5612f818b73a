//! The journal of a commit: what is about to move.

use crate::output::manifest::hash;
use crate::output::paths::{MANIFEST, check_path, folders_of};
use crate::output::plan::{Move, Plan};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One step of a commit; a run can be killed between any two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step<'a> {
    /// A folder that is not there yet, with all that will be in it.
    PlaceFolder(&'a str),
    SetAside(usize),
    Place(usize),
}

/// What a commit is about to do.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Journal {
    /// Folders that are not there yet, parents first.
    pub(super) folders: Vec<String>,
    pub(super) files: Vec<Entry>,
}

/// What happens to one file.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) path: String,
    /// Whether there was a file before.
    pub(super) replaces: bool,
    /// The hash of the text to be; `None` when the file is deleted.
    pub(super) new: Option<String>,
}

impl Journal {
    pub(super) fn of(plan: &Plan<'_>) -> Self {
        let entry = |file: &Move<'_>| Entry {
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
