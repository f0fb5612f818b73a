//! Values that a description pins.

use super::node::Node;
use super::number::integer;
use std::fmt;

/// A value that a description pins with `const` or an enum of one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constant {
    /// A string.
    Text(&'static str),
    /// An integer.
    Integer(i64),
    /// A boolean.
    Bool(bool),
}

impl Constant {
    /// Whether a value of a body is this one.
    pub fn is(self, node: Node<'_>) -> bool {
        match self {
            Self::Text(text) => node.text().is_some_and(|found| found == text),
            Self::Integer(value) => node
                .number()
                .is_some_and(|found| integer(found) == Ok(value.into())),
            Self::Bool(value) => node.bool() == Some(value),
        }
    }
}

impl From<&'static str> for Constant {
    fn from(text: &'static str) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Constant {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<bool> for Constant {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl fmt::Display for Constant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "`{text}`"),
            Self::Integer(value) => write!(f, "`{value}`"),
            Self::Bool(value) => write!(f, "`{value}`"),
        }
    }
}
