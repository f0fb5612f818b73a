//! A description as text, and where in it the node of a JSON pointer stands.

mod index;
mod read_error;
mod url;

pub use crate::base::span::Place;
pub use read_error::ReadError;
#[cfg(feature = "cli")]
pub(crate) use url::origin as origin_of_url;
pub(crate) use url::{is_url, join as join_url};

use crate::base::span::At;
use index::Index;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// A file of the input: its label in messages, and its text without a byte order mark.
///
/// Looking up places costs nothing until the first one is asked for; that one scans the whole text.
#[derive(Debug, Clone)]
pub struct Source {
    label: Arc<str>,
    text: String,
    path: Option<PathBuf>,
    neighbours: Option<Neighbours>,
    index: OnceLock<Index>,
}

/// What reads the files that the references of a description lead to, where these are not in the file system.
#[derive(Clone)]
pub(crate) struct Neighbours(Arc<ReadNeighbour>);

type ReadNeighbour = dyn Fn(&Path) -> Result<Source, ReadError> + Send + Sync;

impl Neighbours {
    /// Reads the file of that path.
    pub(crate) fn read(&self, path: &Path) -> Result<Source, ReadError> {
        let Self(read) = self;
        read(path)
    }
}

impl fmt::Debug for Neighbours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Neighbours")
    }
}

/// The place of what is in a text without any node.
const TOP: Place = Place {
    line: 1,
    column: 1,
    span: 0..0,
};

/// The same name and the same text.
impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        self.label == other.label && self.text == other.text
    }
}

impl Eq for Source {}

impl AsRef<Self> for Source {
    fn as_ref(&self) -> &Self {
        self
    }
}

impl Source {
    /// Makes a source of a text that is already in memory.
    pub fn new(label: impl Into<Arc<str>>, text: impl Into<String>) -> Self {
        let mut text = text.into();
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        Self {
            label: label.into(),
            text,
            path: None,
            neighbours: None,
            index: OnceLock::new(),
        }
    }

    /// Reads a file; its path, as given, is the label.
    ///
    /// Refuses, with a reason, what is not there, what is a folder, what is not UTF-8 and what is empty.
    pub fn read(path: &Path) -> Result<Self, ReadError> {
        let label = label(path);
        let bytes = fs::read(path).map_err(|error| unreadable(path, &label, &error))?;
        let mut source = Self::from_bytes(label, bytes)?;
        source.path = Some(path.to_owned());
        Ok(source)
    }

    /// Makes a source of the bytes of a file.
    ///
    /// Refuses, with a reason, what is not UTF-8 and what is empty.
    pub fn from_bytes(label: impl Into<Arc<str>>, bytes: Vec<u8>) -> Result<Self, ReadError> {
        let label = label.into();
        let text = String::from_utf8(bytes).map_err(|error| not_utf8(&label, &error))?;
        let source = Self::new(label, text);
        if source.text.trim().is_empty() {
            return Err(ReadError::new(
                "file-empty",
                format!("`{}` is empty", source.label),
            ));
        }
        Ok(source)
    }

    /// Says where the text comes from, and what reads the files that its references lead to; paths are relative to `path`.
    #[must_use]
    pub fn among(
        self,
        path: impl Into<PathBuf>,
        read: impl Fn(&Path) -> Result<Self, ReadError> + Send + Sync + 'static,
    ) -> Self {
        Self {
            path: Some(path.into()),
            neighbours: Some(Neighbours(Arc::new(read))),
            ..self
        }
    }

    /// Returns what reads the files that references lead to, where these are not in the file system.
    pub(crate) fn neighbours(&self) -> Option<&Neighbours> {
        self.neighbours.as_ref()
    }

    /// Returns the path of the file that it was read from, which the references in it are relative to.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Returns the name that messages call this source by.
    #[must_use]
    pub fn label(&self) -> &Arc<str> {
        &self.label
    }

    /// Returns the text, without a byte order mark.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Finds the node of a JSON pointer, in YAML and in JSON.
    ///
    /// The place of a scalar or of a flow collection (`{`, `[`) is its own; the place of a block collection is its key. A node
    /// that does not exist has the place of the nearest parent that does. Returns `None` only for a text without any node.
    #[must_use]
    pub fn locate(&self, pointer: &str) -> Option<Place> {
        self.index().value(&self.text, pointer)
    }

    /// Finds the key of the mapping entry that a JSON pointer names; for anything but an entry it is as [`Self::locate`].
    #[must_use]
    pub fn locate_key(&self, pointer: &str) -> Option<Place> {
        self.index().key(&self.text, pointer)
    }

    /// Finds the place of a diagnostic about this source.
    #[must_use]
    pub fn place(&self, at: &At) -> Option<Place> {
        match at {
            At::Nowhere => None,
            At::Position { line, column } => Some(self.position(*line, *column)),
            At::Node(pointer) => self.locate(pointer).or(Some(TOP)),
            At::Key(pointer) => self.locate_key(pointer).or(Some(TOP)),
        }
    }

    /// Returns the line and the column, in characters, of a byte offset; an offset past the end counts as the end.
    #[must_use]
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        line_column(&self.text, offset)
    }

    fn position(&self, line: usize, column: usize) -> Place {
        let mut lines = self.text.split_inclusive('\n');
        let Some(text) = lines.nth(line.saturating_sub(1)) else {
            // A reader may count the end of the text as a line of its own.
            let end = self.text.trim_end().len();
            let (line, column) = self.line_column(end);
            return Place {
                line,
                column,
                span: end..end,
            };
        };
        let line_start = text.as_ptr().addr() - self.text.as_ptr().addr();
        let before: usize = text
            .chars()
            .take(column.saturating_sub(1))
            .map(char::len_utf8)
            .sum();
        let start = line_start + before;
        Place {
            line,
            column,
            span: start..start,
        }
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(&self.text))
    }
}

/// Returns the line and the column, in characters, of a byte offset.
fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(offset)];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (
        before.matches('\n').count() + 1,
        before[line_start..].chars().count() + 1,
    )
}

/// Returns a path as messages show it, with `/` on every system.
pub(crate) fn label(path: &Path) -> String {
    let label = path.display().to_string();
    if cfg!(windows) {
        label.replace('\\', "/")
    } else {
        label
    }
}

fn unreadable(path: &Path, label: &str, error: &io::Error) -> ReadError {
    if path.is_dir() {
        return ReadError::new("file-is-folder", format!("`{label}` is a folder"))
            .help("name the file in it that holds the description");
    }
    match error.kind() {
        io::ErrorKind::NotFound => {
            let fault = ReadError::new("file-not-found", format!("`{label}` does not exist"));
            if label.contains("://") {
                fault.help("it is taken for a file: only `https://` URLs are got")
            } else {
                fault
            }
        }
        _ => ReadError::new("file-unreadable", format!("cannot read `{label}`: {error}")),
    }
}

fn not_utf8(label: &str, error: &std::string::FromUtf8Error) -> ReadError {
    let offset = error.utf8_error().valid_up_to();
    let message =
        format!("`{label}` is not UTF-8: byte {offset} (counted from 0) begins no character");
    let fault = ReadError::new("file-not-utf8", message);
    match error.as_bytes() {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => fault.help("it looks like UTF-16; save it as UTF-8"),
        _ => fault.help("save it as UTF-8"),
    }
}
