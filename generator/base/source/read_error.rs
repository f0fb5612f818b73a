//! Why a file cannot be read.

use std::fmt;

/// Why a file cannot be read, or is no text to make a [`Source`](super::Source) of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    /// The code of the diagnostic that it becomes.
    pub code: &'static str,
    /// What is wrong and why.
    pub message: String,
    /// A way out.
    pub help: Option<String>,
}

impl ReadError {
    /// Makes an error without a way out.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            help: None,
        }
    }

    /// Adds a way out.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self {
            help: Some(help.into()),
            ..self
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            code,
            message,
            help,
        } = self;
        write!(f, "error[{code}]: {message}")?;
        match help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ReadError {}
