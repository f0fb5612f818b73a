//! How a folder differs from what it should be, and the moves that make it so.

use crate::base::diagnostics::Diagnostic;
use crate::base::source::label;
use crate::output::changes::Changes;
use crate::output::folder::look;
use crate::output::manifest::{Manifest, hash};
use crate::output::paths::{JOURNAL, MANIFEST, WORK_FOLDER, folders_of};
use crate::output::tree::FileTree;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// How many paths a message lists.
const LISTED: usize = 10;

#[derive(Debug)]
pub(super) struct Plan<'a> {
    dir: &'a Path,
    /// The manifest to be.
    pub(super) manifest: &'a Manifest,
    /// In the order in which they are made; the manifest comes last.
    pub(super) moves: Vec<Move<'a>>,
    pub(super) changes: Changes,
}

/// One file that is to change.
#[derive(Debug)]
pub(super) struct Move<'a> {
    pub(super) path: Cow<'a, str>,
    /// The text to be; `None` deletes the file.
    pub(super) text: Option<Cow<'a, str>>,
    /// Whether there is a file now.
    pub(super) replaces: bool,
}

impl<'a> Plan<'a> {
    /// Compares a folder with a tree, whose manifest comes along since it takes a while to make.
    pub(super) fn new(
        tree: &'a FileTree,
        manifest: &'a Manifest,
        dir: &'a Path,
        force: bool,
    ) -> Result<Self, Diagnostic> {
        let old = Manifest::read(dir, force)?;
        let interrupted = dir.join(WORK_FOLDER).join(JOURNAL).exists();
        let mut plan = Self {
            dir,
            manifest,
            moves: Vec::new(),
            changes: Changes {
                interrupted,
                ..Changes::default()
            },
        };
        for path in old.paths().filter(|path| !tree.contains(path)) {
            plan.unwanted(&old, path);
        }
        for (path, text) in tree.iter() {
            plan.wanted(&old, path, text)?;
        }
        plan.write_manifest(manifest.to_text())?;
        plan.changes.edited.sort();
        Ok(plan)
    }

    /// Adds new texts for files that are not cratewright's; they move before the manifest.
    pub(super) fn with(
        mut self,
        besides: &'a BTreeMap<String, String>,
    ) -> Result<Self, Diagnostic> {
        for (path, text) in besides {
            let now = look(self.dir, path)?;
            if now.as_deref() != Some(text.as_bytes()) {
                let besides = Move {
                    path: path.into(),
                    text: Some(text.into()),
                    replaces: now.is_some(),
                };
                self.moves.insert(0, besides);
            }
        }
        Ok(self)
    }

    /// Returns whether there is nothing to do.
    pub(super) fn is_empty(&self) -> bool {
        self.moves.is_empty()
    }

    /// A file that cratewright wrote once. What is no regular file any more is unmanaged.
    fn unwanted(&mut self, old: &Manifest, path: &str) {
        let Ok(Some(bytes)) = look(self.dir, path) else {
            return;
        };
        let unedited = old.hash_of(path) == Some(&hash(&bytes));
        let list = if unedited {
            &mut self.changes.stale
        } else {
            &mut self.changes.edited
        };
        list.push(path.to_owned());
        self.moves.push(Move {
            path: path.to_owned().into(),
            text: None,
            replaces: true,
        });
    }

    fn wanted(&mut self, old: &Manifest, path: &'a str, text: &'a str) -> Result<(), Diagnostic> {
        let now = look(self.dir, path)?;
        let list = match (&now, old.hash_of(path)) {
            (None, _) => &mut self.changes.added,
            (Some(bytes), _) if bytes == text.as_bytes() => &mut self.changes.unchanged,
            (Some(bytes), Some(written)) if hash(bytes) == written => &mut self.changes.changed,
            (Some(_), Some(_)) => &mut self.changes.edited,
            (Some(_), None) => &mut self.changes.foreign,
        };
        list.push(path.to_owned());
        if now.as_deref() != Some(text.as_bytes()) {
            self.moves.push(Move {
                path: path.into(),
                text: Some(text.into()),
                replaces: now.is_some(),
            });
        }
        Ok(())
    }

    fn write_manifest(&mut self, text: String) -> Result<(), Diagnostic> {
        let now = look(self.dir, MANIFEST)?;
        let list = match &now {
            None => &mut self.changes.added,
            Some(bytes) if bytes == text.as_bytes() => &mut self.changes.unchanged,
            Some(_) => &mut self.changes.changed,
        };
        list.push(MANIFEST.to_owned());
        if now.as_deref() != Some(text.as_bytes()) {
            self.moves.push(Move {
                path: MANIFEST.into(),
                text: Some(text.into()),
                replaces: now.is_some(),
            });
        }
        Ok(())
    }

    /// Refuses to overwrite or delete what is not cratewright's.
    pub(super) fn refuse(&self, force: bool) -> Result<(), Diagnostic> {
        if force {
            return Ok(());
        }
        let Changes {
            edited, foreign, ..
        } = &self.changes;
        if !edited.is_empty() {
            let (was, it) = if edited.len() == 1 {
                ("was", "it")
            } else {
                ("were", "them")
            };
            let message = format!(
                "{} {was} edited since cratewright wrote {it}",
                self.list(edited)
            );
            return Err(Diagnostic::failure("edited-file", message).help(
                "keep what you need of the edits outside the generated files, then let `--force` overwrite them",
            ));
        }
        if !foreign.is_empty() {
            let (was, is) = if foreign.len() == 1 {
                ("was", "is")
            } else {
                ("were", "are")
            };
            let message = format!(
                "{} {was} not written by cratewright and {is} in the way",
                self.list(foreign)
            );
            return Err(Diagnostic::failure("foreign-file", message)
                .help("move it away, name another folder, or let `--force` overwrite it"));
        }
        Ok(())
    }

    fn list(&self, paths: &[String]) -> String {
        let mut listed: Vec<String> = paths
            .iter()
            .take(LISTED)
            .map(|path| format!("`{}`", label(&self.dir.join(path))))
            .collect();
        if paths.len() > LISTED {
            listed.push(format!("and {} more", paths.len() - LISTED));
        }
        listed.join(", ")
    }

    /// Returns the folders that the moves need, parents first.
    pub(super) fn folders(&self) -> BTreeSet<&str> {
        let written = self.moves.iter().filter(|file| file.text.is_some());
        written.flat_map(|file| folders_of(&file.path)).collect()
    }

    /// Returns those of the folders that are not there yet.
    pub(super) fn missing_folders(&self) -> Vec<String> {
        let folders = self.folders().into_iter();
        folders
            .filter(|folder| !self.dir.join(folder).exists())
            .map(str::to_owned)
            .collect()
    }
}
