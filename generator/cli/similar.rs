//! Warnings that are alike: the same words about different names.

use super::words::plural;
use crate::base::diagnostics::{Diagnostic, Diagnostics, Severity};
use std::collections::BTreeMap;

/// Warnings of a kind that are shown.
const SHOWN: usize = 5;

/// The diagnostics to show, and a summary of those that are not.
pub(super) struct Shown {
    pub diagnostics: Diagnostics,
    pub summary: String,
}

impl Shown {
    /// Shows all of them.
    pub(super) fn all(diagnostics: Diagnostics) -> Self {
        Self {
            diagnostics,
            summary: String::new(),
        }
    }
}

/// Leaves out warnings beyond the first few that are alike.
pub(super) fn shortened(diagnostics: Diagnostics) -> Shown {
    let mut seen: BTreeMap<(&'static str, String), usize> = BTreeMap::new();
    let mut left_out: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut is_shown = |diagnostic: &Diagnostic| {
        if diagnostic.severity == Severity::Error {
            return true;
        }
        let kind = (diagnostic.code, without_names(&diagnostic.message));
        let count = seen.entry(kind).or_default();
        *count += 1;
        if *count > SHOWN {
            *left_out.entry(diagnostic.code).or_default() += 1;
        }
        *count <= SHOWN
    };
    let diagnostics: Diagnostics = diagnostics.into_iter().filter(&mut is_shown).collect();
    let total: usize = left_out.values().sum();
    let summary = if total == 0 {
        String::new()
    } else {
        let codes: Vec<String> = left_out
            .iter()
            .map(|(code, count)| format!("{code}: {count}"))
            .collect();
        format!(
            "warning: {} like these ({}); `--verbose` shows all\n",
            plural(total, "more warning"),
            codes.join(", ")
        )
    };
    Shown {
        diagnostics,
        summary,
    }
}

/// Returns a message without what is between backticks.
fn without_names(message: &str) -> String {
    let outside = message.split('`').step_by(2);
    outside.collect::<Vec<_>>().join("`")
}

#[cfg(test)]
mod tests {
    use super::shortened;
    use crate::base::diagnostics::{Diagnostic, Diagnostics};

    #[test]
    fn a_few_of_a_kind_are_shown() {
        let unknown =
            |key: usize| Diagnostic::notice("unknown-key", format!("`k{key}` is unknown"));
        let mut all: Diagnostics = (0..8).map(unknown).collect();
        all.push(Diagnostic::notice("fixed", "`a` is treated as text"));
        all.push(Diagnostic::failure("structure", "`a` is wrong"));
        let shown = shortened(all);
        assert_eq!(shown.diagnostics.len(), 7);
        assert_eq!(
            shown.summary,
            "warning: 3 more warnings like these (unknown-key: 3); `--verbose` shows all\n"
        );
    }
}
