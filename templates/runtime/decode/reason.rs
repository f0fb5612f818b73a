//! Why a value does not match its description, without the value itself.

use super::kind::Kind;
use std::borrow::Cow;
use std::fmt;

/// What was expected and what was found. It becomes text when it is shown, which most are not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reason {
    /// A value is of another type.
    Unexpected { expected: &'static str, found: Kind },
    /// The member of this name is missing.
    Missing(&'static str),
    /// Anything else.
    Other(Cow<'static, str>),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unexpected { expected, found } => write!(f, "expected {expected}, found {found}"),
            Self::Missing(name) => write!(f, "the required member `{name}` is missing"),
            Self::Other(reason) => f.write_str(reason),
        }
    }
}

impl From<&'static str> for Reason {
    fn from(reason: &'static str) -> Self {
        Self::Other(reason.into())
    }
}

impl From<Cow<'static, str>> for Reason {
    fn from(reason: Cow<'static, str>) -> Self {
        Self::Other(reason)
    }
}
