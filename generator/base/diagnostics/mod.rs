//! What is wrong with an input: the place, the reason and a way out.
//!
//! Stages push into [`Diagnostics`] and call [`Diagnostics::propagate`] where they end. A diagnostic names its place by JSON
//! pointer; line and column are looked up in the [`Source`] when it is rendered, and only then.

mod codes;
mod render;

pub use crate::base::span::At;
pub use codes::{CODES, Code};
pub use render::{Report, printable};

use crate::base::source::{ReadError, Source};
use std::collections::HashMap;
use std::fmt;
use std::mem;
use std::sync::Arc;

/// Whether a diagnostic stops the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// The run goes on.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// One complaint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Whether it stops the run.
    pub severity: Severity,
    /// A stable name for this kind of complaint, for machines and for looking it up.
    pub code: &'static str,
    /// The label of the source; `None` means the only one, or none at all with [`At::Nowhere`].
    pub file: Option<Arc<str>>,
    /// The place in the file.
    pub at: At,
    /// What is wrong and why, without the place.
    pub message: String,
    /// A way out.
    pub help: Option<String>,
    /// The source itself, for one that the caller did not bring: a file that was read on the way.
    pub source: Option<Arc<Source>>,
}

impl Diagnostic {
    /// Makes an error about the node at a JSON pointer.
    pub fn error(
        code: &'static str,
        pointer: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self::new(
            Severity::Error,
            code,
            At::Node(pointer.into()),
            message.into(),
        )
    }

    /// Makes a warning about the node at a JSON pointer.
    pub fn warning(
        code: &'static str,
        pointer: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self::new(
            Severity::Warning,
            code,
            At::Node(pointer.into()),
            message.into(),
        )
    }

    /// Makes an error at a line and column, both counted from 1, the column in characters.
    pub fn syntax(
        code: &'static str,
        line: usize,
        column: usize,
        message: impl Into<String>,
    ) -> Self {
        Self::new(
            Severity::Error,
            code,
            At::Position { line, column },
            message.into(),
        )
    }

    /// Makes an error that has no place in a text.
    pub fn failure(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, At::Nowhere, message.into())
    }

    /// Makes a warning that has no place in a text.
    pub fn notice(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, At::Nowhere, message.into())
    }

    fn new(severity: Severity, code: &'static str, at: At, message: String) -> Self {
        Self {
            severity,
            code,
            file: None,
            at,
            message,
            help: None,
            source: None,
        }
    }

    /// Adds a way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Names the source that the place is in.
    #[must_use]
    pub fn in_file(mut self, label: impl Into<Arc<str>>) -> Self {
        self.file = Some(label.into());
        self
    }

    /// Names a source that the caller did not bring, and keeps its text for showing the place.
    #[must_use]
    pub fn in_source(mut self, source: &Arc<Source>) -> Self {
        self.file = Some(Arc::clone(source.label()));
        self.source = Some(Arc::clone(source));
        self
    }

    /// Marks the key of the entry instead of its value.
    #[must_use]
    pub fn on_key(mut self) -> Self {
        if let At::Node(pointer) = self.at {
            self.at = At::Key(pointer);
        }
        self
    }

    /// Returns the JSON pointer of the place, if it has one.
    #[must_use]
    pub fn pointer(&self) -> Option<&str> {
        match &self.at {
            At::Node(pointer) | At::Key(pointer) => Some(pointer),
            At::Nowhere | At::Position { .. } => None,
        }
    }
}

/// The form without line numbers: what can be shown without the text of the source.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{}: ", printable(file))?;
        }
        match &self.at {
            At::Node(pointer) | At::Key(pointer) => {
                let shown = if pointer.is_empty() {
                    "the document".into()
                } else {
                    printable(pointer)
                };
                write!(f, "{shown}: ")?;
            }
            At::Position { line, column } => write!(f, "{line}:{column}: ")?,
            At::Nowhere => {}
        }
        write!(
            f,
            "{}[{}]: {}",
            self.severity,
            self.code,
            printable(&self.message)
        )?;
        match &self.help {
            Some(help) => write!(f, "; {}", printable(help)),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Diagnostic {}

/// The places that are named of warnings that say the same.
const REPEATED: usize = 3;

/// Diagnostics in the order in which they were found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Makes an empty collection.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Takes the value out of a result, or keeps what it complains of and returns `None`.
    pub fn take<T>(&mut self, result: Result<T, impl Into<Self>>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(diagnostics) => {
                self.0.extend(diagnostics.into().0);
                None
            }
        }
    }

    /// Returns the value of a result, or all that was found so far, followed by what the result complains of.
    pub fn prepend_to<T>(&mut self, result: Result<T, impl Into<Self>>) -> Result<T, Self> {
        result.map_err(|diagnostics| {
            self.0.extend(diagnostics.into().0);
            mem::take(self)
        })
    }

    /// Returns whether there is an error among them.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.0
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Ends a stage: with an error among them, all of them are the `Err`; otherwise they stay where they are.
    pub fn propagate(&mut self) -> Result<(), Self> {
        if self.has_errors() {
            Err(mem::take(self))
        } else {
            Ok(())
        }
    }

    /// Leaves out warnings beyond the first few that say the same in other places; the last one left says how many.
    #[must_use]
    pub fn counted(self) -> Self {
        let mut seen: HashMap<(&'static str, String), (usize, usize)> = HashMap::new();
        let mut kept: Vec<Diagnostic> = Vec::new();
        for diagnostic in self.0 {
            if diagnostic.severity == Severity::Warning {
                let key = (diagnostic.code, diagnostic.message.clone());
                let (count, last) = seen.entry(key).or_default();
                *count += 1;
                if *count > REPEATED {
                    continue;
                }
                *last = kept.len();
            }
            kept.push(diagnostic);
        }
        for (count, last) in seen.into_values() {
            let more = count.saturating_sub(REPEATED);
            if more > 0
                && let Some(diagnostic) = kept.get_mut(last)
            {
                let noun = if more == 1 { "place" } else { "places" };
                diagnostic
                    .message
                    .push_str(&format!(" (the same in {more} more {noun})"));
            }
        }
        Self(kept)
    }

    /// Names the source of all that do not name one yet.
    #[must_use]
    pub fn in_file(mut self, label: &Arc<str>) -> Self {
        for diagnostic in &mut self.0 {
            diagnostic.file.get_or_insert_with(|| Arc::clone(label));
        }
        self
    }

    /// Returns how many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Iterates in the order in which they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: I) {
        self.0.extend(diagnostics);
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(diagnostics: I) -> Self {
        Self(diagnostics.into_iter().collect())
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}

impl From<ReadError> for Diagnostic {
    fn from(error: ReadError) -> Self {
        let ReadError {
            code,
            message,
            help,
        } = error;
        Self {
            help,
            ..Self::failure(code, message)
        }
    }
}

impl From<ReadError> for Diagnostics {
    fn from(error: ReadError) -> Self {
        Diagnostic::from(error).into()
    }
}

/// One diagnostic a line.
impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{diagnostic}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}
