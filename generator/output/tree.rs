//! The files of a generated crate.

use crate::base::diagnostics::{Diagnostic, Diagnostics};
use crate::output::paths::check_path;
use crate::output::record::Record;
use std::collections::btree_map::{BTreeMap, Iter};

/// Files in memory: relative paths with `/`, sorted, each with its text.
///
/// A path can only come in through [`FileTree::insert`], which refuses what would leave the folder or not exist as a file of
/// its own on every system.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileTree {
    files: BTreeMap<String, String>,
    /// Every file and folder in lower case, with the spelling it was first seen in.
    taken: BTreeMap<String, (String, Kind)>,
    record: Option<Record>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
}

impl FileTree {
    /// Makes an empty tree.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes a tree of files, paths first.
    ///
    /// # Errors
    ///
    /// Returns every path that [`FileTree::insert`] refuses.
    pub fn from_files(
        files: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, Diagnostics> {
        let mut tree = Self::new();
        let mut problems = Diagnostics::new();
        for (path, text) in files {
            problems.take(tree.insert(path, text));
        }
        problems.propagate()?;
        Ok(tree)
    }

    /// Adds a file.
    ///
    /// Refuses a path that is empty or absolute, has a `.`, `..` or empty part, a backslash, a character or name that
    /// Windows does not allow, is one of cratewright's own, is already there in any spelling of upper and lower case, or
    /// would make a file of what is a folder.
    pub fn insert(
        &mut self,
        path: impl Into<String>,
        text: impl Into<String>,
    ) -> Result<(), Diagnostic> {
        let path = path.into();
        check_path(&path).map_err(|reason| refusal(&path, &reason))?;
        for (slash, _) in path.match_indices('/') {
            self.claim(&path, &path[..slash], Kind::Folder)?;
        }
        self.claim(&path, &path, Kind::File)?;
        self.files.insert(path, text.into());
        Ok(())
    }

    /// Says what the files are made of, for the manifest.
    #[must_use]
    pub(crate) fn made_of(self, record: Record) -> Self {
        Self {
            record: Some(record),
            ..self
        }
    }

    /// Returns what the files are made of.
    #[must_use]
    pub fn record(&self) -> Option<&Record> {
        self.record.as_ref()
    }

    fn claim(&mut self, path: &str, part: &str, kind: Kind) -> Result<(), Diagnostic> {
        let folded = part.to_lowercase();
        match self.taken.get(&folded) {
            None => {
                self.taken.insert(folded, (part.to_owned(), kind));
                Ok(())
            }
            Some((taken, Kind::Folder)) if taken == part && kind == Kind::Folder => Ok(()),
            Some((taken, _)) if taken == part => Err(refusal(
                path,
                &format!("there is already something at `{taken}`"),
            )),
            Some((taken, _)) => Err(refusal(
                path,
                &format!(
                    "`{part}` and `{taken}` are the same where upper and lower case are not told apart"
                ),
            )),
        }
    }

    /// Returns the text of a file.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Returns whether there is such a file.
    #[must_use]
    pub fn contains(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// Returns how many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Returns whether there is no file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Iterates over paths and texts, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.into_iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }
}

impl<'a> IntoIterator for &'a FileTree {
    type Item = (&'a String, &'a String);
    type IntoIter = Iter<'a, String, String>;

    fn into_iter(self) -> Self::IntoIter {
        self.files.iter()
    }
}

fn refusal(path: &str, reason: &str) -> Diagnostic {
    Diagnostic::failure(
        "file-path",
        format!("{path:?} cannot be the path of a generated file: {reason}"),
    )
}
