//! Settings from environment variables.

use super::super::wire::BuildError;
use std::env::{self, VarError};

/// The value of an environment variable.
pub(crate) struct Variable {
    name: String,
    /// Its text; `None` when it is not set or empty.
    pub(crate) value: Option<String>,
}

impl Variable {
    /// Returns the text, or an error with the name of the variable.
    pub(crate) fn required(self) -> Result<String, BuildError> {
        let Self { name, value } = self;
        value.ok_or_else(|| {
            BuildError::for_client(format!("the environment variable `{name}` is not set"))
        })
    }
}

/// Reads an environment variable.
pub(crate) fn variable(name: &str) -> Result<Variable, BuildError> {
    let value = match env::var(name) {
        Ok(text) => Some(text).filter(|text| !text.is_empty()),
        Err(VarError::NotPresent) => None,
        Err(VarError::NotUnicode(_)) => {
            return Err(BuildError::for_client(format!(
                "the environment variable `{name}` is not valid Unicode"
            )));
        }
    };
    Ok(Variable {
        name: name.to_owned(),
        value,
    })
}
