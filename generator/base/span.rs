//! Places in a text.

use std::ops::Range;

/// Where something stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted from 1, in characters.
    pub column: usize,
    /// The bytes to mark; empty when only the start is known.
    pub span: Range<usize>,
}

/// How a place in a file is named before anyone has looked for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum At {
    /// No place in a text: a wrong argument, a file that cannot be read.
    Nowhere,
    /// A line and a column, both counted from 1, the column in characters: text that does not parse.
    Position {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
    },
    /// A node, named by its JSON pointer (RFC 6901).
    Node(String),
    /// The key of a mapping entry, named by the JSON pointer of the entry.
    Key(String),
}
