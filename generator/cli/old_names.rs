//! Names from before cratewright had its name.

use crate::base::diagnostics::{Diagnostic, Diagnostics};
use std::env;

const OLD: &str = "FLEXGEN_";
const NEW: &str = "CRATEWRIGHT_";

/// Warns of variables of the environment that are not read any more.
pub(super) fn variables() -> Diagnostics {
    let variables = env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    warnings(variables)
}

fn warnings(variables: impl Iterator<Item = String>) -> Diagnostics {
    let warning = |name: String| {
        let new = format!("{NEW}{}", name.strip_prefix(OLD)?);
        let message =
            format!("the variable `{name}` is not read: flexgen is called cratewright now");
        Some(Diagnostic::notice("old-name", message).help(format!("rename it to `{new}`")))
    };
    variables.filter_map(warning).collect()
}

#[cfg(test)]
mod tests {
    use super::warnings;

    #[test]
    fn variables_of_the_old_name_are_renamed() {
        let variables = ["FLEXGEN_CORPUS", "CRATEWRIGHT_CACHE", "PATH"];
        let warnings = warnings(variables.into_iter().map(str::to_owned));
        assert_eq!(
            warnings.to_string(),
            "warning[old-name]: the variable `FLEXGEN_CORPUS` is not read: flexgen is called cratewright now; rename it to \
             `CRATEWRIGHT_CORPUS`"
        );
    }
}
