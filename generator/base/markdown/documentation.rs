//! Documentation, as the code that is written carries it.

/// Documentation in Markdown, made safe for rustdoc: one string per line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Docs(Vec<String>);

impl Docs {
    /// Wraps lines that are safe already.
    pub(super) fn from_safe_lines(lines: Vec<String>) -> Self {
        Self(lines)
    }

    /// Returns the lines.
    #[must_use]
    pub fn lines(&self) -> &[String] {
        &self.0
    }

    /// Returns whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the first paragraph's first line, for a summary.
    #[must_use]
    pub fn first_line(&self) -> Option<&str> {
        self.0.first().map(String::as_str)
    }
}
