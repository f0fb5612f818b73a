//! What is different between a folder and the files that belong into it.

use serde::Serialize;

/// What is different between a folder and the files that belong into it; paths are relative to the folder, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// Not in the folder yet.
    pub added: Vec<String>,
    /// In the folder as cratewright wrote it, with another text than now.
    pub changed: Vec<String>,
    /// Written by cratewright, not edited, and no longer wanted.
    pub stale: Vec<String>,
    /// Written by cratewright and then changed by someone, to another text than the one that is wanted.
    pub edited: Vec<String>,
    /// Not written by cratewright, and in the way of a file that is wanted.
    pub foreign: Vec<String>,
    /// Just as wanted.
    pub unchanged: Vec<String>,
    /// An earlier run was killed while it moved files; the next one that writes puts them back first.
    pub interrupted: bool,
}

impl Changes {
    /// Returns whether the folder is just what it should be.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        let Self {
            added,
            changed,
            stale,
            edited,
            foreign,
            unchanged: _,
            interrupted,
        } = self;
        [added, changed, stale, edited, foreign]
            .iter()
            .all(|paths| paths.is_empty())
            && !interrupted
    }
}
