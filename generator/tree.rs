//! The files of a generated crate.

use crate::diagnostics::Diagnostic;
use crate::record::Record;
use std::collections::btree_map::{BTreeMap, Iter};

/// Names that Windows gives to devices, in any folder and with any extension.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

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

    /// Adds a file.
    ///
    /// Refuses a path that is empty or absolute, has a `.`, `..` or empty part, a backslash, a character or name that
    /// Windows does not allow, is one of cratewright's own (see [`crate::output`]), is already there in any spelling of upper and lower case, or
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

/// Says why a path cannot be a generated file's, on this system or another.
pub(crate) fn check_path(path: &str) -> Result<(), String> {
    if path.is_empty() {
        return Err("it is empty".to_owned());
    }
    let first = path.split('/').next().unwrap_or_default();
    if crate::output::RESERVED
        .iter()
        .any(|reserved| first.eq_ignore_ascii_case(reserved))
    {
        return Err("cratewright keeps that name for itself".to_owned());
    }
    path.split('/').try_for_each(check_part)
}

fn check_part(part: &str) -> Result<(), String> {
    if matches!(part, "" | "." | "..") {
        return Err("it is absolute, or has an empty, `.` or `..` part".to_owned());
    }
    if let Some(bad) = part
        .chars()
        .find(|&c| c.is_control() || "\\:*?\"<>|".contains(c))
    {
        return Err(format!("it has the character {bad:?}"));
    }
    if part.ends_with(['.', ' ']) {
        return Err("a part of it ends in a dot or a space".to_owned());
    }
    let stem = part
        .split('.')
        .next()
        .unwrap_or_default()
        .trim_end()
        .to_ascii_lowercase();
    if DEVICES.contains(&stem.as_str()) {
        return Err(format!("`{stem}` is the name of a device on Windows"));
    }
    Ok(())
}

fn refusal(path: &str, reason: &str) -> Diagnostic {
    Diagnostic::failure(
        "file-path",
        format!("{path:?} cannot be the path of a generated file: {reason}"),
    )
}
