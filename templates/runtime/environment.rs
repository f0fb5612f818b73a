//! Settings from environment variables.

use super::error::BuildError;
use std::env::{self, VarError};

/// An environment variable that was looked up.
pub(super) struct Variable {
    name: String,
    /// Its text; none when it is not set or empty.
    pub(super) value: Option<String>,
}

impl Variable {
    /// Returns the text, or an error that names the variable.
    #[inline]
    pub(super) fn required(self) -> Result<String, BuildError> {
        let Self { name, value } = self;
        value.ok_or_else(|| {
            BuildError::of_client(format!("the environment variable `{name}` is not set"))
        })
    }
}

/// Looks an environment variable up.
#[inline]
pub(super) fn variable(name: &str) -> Result<Variable, BuildError> {
    let value = match env::var(name) {
        Ok(text) => Some(text).filter(|text| !text.is_empty()),
        Err(VarError::NotPresent) => None,
        Err(VarError::NotUnicode(_)) => {
            return Err(BuildError::of_client(format!(
                "the environment variable `{name}` is no Unicode"
            )));
        }
    };
    Ok(Variable {
        name: name.to_owned(),
        value,
    })
}
