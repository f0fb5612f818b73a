//! Where the nodes of the finished document came from: other files, overlays, or another place of the description.

use crate::base::diagnostics::{At, Diagnostic, Diagnostics};
use crate::base::source::{Place, Source};
use crate::input::yaml;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The file of the description itself.
pub(super) const ROOT: usize = 0;

/// What one stage moved: from the pointer in its result to the place before it.
#[derive(Debug, Default)]
pub(super) struct StageMap(BTreeMap<String, Origin>);

/// A place before a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Origin {
    pub file: usize,
    pub pointer: String,
}

impl Origin {
    pub(super) fn root(pointer: impl Into<String>) -> Self {
        Self {
            file: ROOT,
            pointer: pointer.into(),
        }
    }
}

impl StageMap {
    pub(super) fn record(&mut self, to: String, from: Origin) {
        self.0.insert(to, from);
    }

    /// Returns the place before the stage: that of the node itself, or found by the nearest parent that was moved.
    pub(super) fn origin(&self, pointer: &str) -> Origin {
        if self.0.is_empty() {
            return Origin::root(pointer);
        }
        let mut end = pointer.len();
        loop {
            if let Some(Origin { file, pointer: to }) = self.0.get(&pointer[..end]) {
                return Origin {
                    file: *file,
                    pointer: format!("{to}{}", &pointer[end..]),
                };
            }
            match pointer[..end].rfind('/') {
                Some(parent) => end = parent,
                None => return Origin::root(pointer),
            }
        }
    }

    /// Forgets a node and everything in it.
    pub(super) fn forget(&mut self, pointer: &str) {
        for key in self.within(pointer) {
            self.0.remove(&key);
        }
    }

    /// Renames a node, with everything in it.
    pub(super) fn rename(&mut self, from: &str, to: &str) {
        let origin = self.origin(from);
        let moved: Vec<(String, Origin)> = self
            .within(from)
            .into_iter()
            .filter_map(|key| self.0.remove_entry(&key))
            .collect();
        for (key, value) in moved {
            self.0.insert(format!("{to}{}", &key[from.len()..]), value);
        }
        self.0.insert(to.to_owned(), origin);
    }

    fn within(&self, pointer: &str) -> Vec<String> {
        let inside = |key: &str| {
            key.strip_prefix(pointer)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.0
            .range(pointer.to_owned()..)
            .map(|(key, _)| key)
            .take_while(|key| key.starts_with(pointer))
            .filter(|key| inside(key))
            .cloned()
            .collect()
    }
}

/// Where the parts of a document came from, for those who have a pointer into it and ask later.
#[derive(Debug, Clone)]
pub struct Places {
    root: Arc<str>,
    source_map: Arc<SourceMap>,
}

/// A place in one of the files that a document was made of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Located {
    /// What messages call the file.
    pub file: String,
    /// The line, counted from 1; 0 where the text has no node at all or is not known.
    pub line: usize,
    /// The column, counted from 1, in characters.
    pub column: usize,
    /// The JSON pointer in the file.
    pub pointer: String,
}

impl Places {
    pub(super) fn new(root: &Arc<str>, source_map: &Arc<SourceMap>) -> Self {
        Self {
            root: Arc::clone(root),
            source_map: Arc::clone(source_map),
        }
    }

    /// Returns the files besides the description: overlays, then what references lead to.
    pub fn files(&self) -> impl Iterator<Item = &Source> {
        self.source_map.others.iter().map(AsRef::as_ref)
    }

    /// Returns where a node of the finished document stands; `sources` holds the description, whose text is looked through once.
    #[must_use]
    pub fn locate(&self, pointer: &str, sources: &[Source]) -> Located {
        let Origin { file, pointer } = self.source_map.trace(pointer);
        let source = match self.source_map.other(file) {
            Some(source) => Some(source.as_ref()),
            None => sources.iter().find(|source| *source.label() == self.root),
        };
        let place = source.and_then(|source| source.locate(&pointer));
        Located {
            file: source.map_or(&self.root, Source::label).to_string(),
            line: place.as_ref().map_or(0, |place| place.line),
            column: place.map_or(0, |place| place.column),
            pointer,
        }
    }
}

/// The files that a document was made of, and what each stage moved.
#[derive(Debug, Default)]
pub(super) struct SourceMap {
    /// The files besides the description; the first has number 1.
    pub others: Vec<Arc<Source>>,
    /// In the order of the stages.
    pub stages: Vec<StageMap>,
    /// What references begin with in the description, and in the document that was made of it.
    pub references: &'static [(&'static str, &'static str)],
}

impl SourceMap {
    /// Follows a pointer of the finished document back to a file and a pointer in it.
    pub(super) fn trace(&self, pointer: &str) -> Origin {
        let mut origin = Origin::root(pointer);
        for stage_map in self.stages.iter().rev() {
            if origin.file != ROOT {
                break;
            }
            origin = stage_map.origin(&origin.pointer);
        }
        origin
    }

    /// Returns a file besides the description.
    pub(super) fn other(&self, file: usize) -> Option<&Arc<Source>> {
        self.others.get(file.checked_sub(1)?)
    }

    /// Gives diagnostics the file and the pointer that they are about; those that name a file have them already.
    pub(super) fn place(&self, root: &Arc<str>, diagnostics: Diagnostics) -> Diagnostics {
        let placed = diagnostics.into_iter();
        placed
            .map(|diagnostic| self.place_one(root, diagnostic))
            .collect()
    }

    fn place_one(&self, root: &Arc<str>, mut diagnostic: Diagnostic) -> Diagnostic {
        if diagnostic.file.is_some() {
            return diagnostic;
        }
        let mut file = ROOT;
        if let At::Node(pointer) | At::Key(pointer) = &mut diagnostic.at {
            let origin = self.trace(pointer);
            file = origin.file;
            *pointer = origin.pointer;
        }
        for (written, meant) in self.references {
            diagnostic.message = diagnostic.message.replace(meant, written);
        }
        match self.other(file) {
            Some(source) => diagnostic.in_source(source),
            None => diagnostic.in_file(Arc::clone(root)),
        }
    }
}

/// The texts that the nodes of a document were written as.
#[derive(Clone, Copy)]
pub(super) struct SourceTexts<'s> {
    pub root: &'s Source,
    pub source_map: &'s SourceMap,
}

impl SourceTexts<'_> {
    /// Returns what a boolean or a number is written as, such as `1.10` for 1.1, where its text is known to mean it.
    pub(super) fn of_scalar(&self, pointer: &str, value: &Value) -> Option<&str> {
        let Origin { file, pointer } = self.source_map.trace(pointer);
        let source = match self.source_map.other(file) {
            Some(source) => source.as_ref(),
            None => self.root,
        };
        let Place { span, .. } = source.locate(&pointer)?;
        let text = source.text().get(span)?.trim();
        (yaml::parse(text).ok()? == *value).then_some(text)
    }
}
