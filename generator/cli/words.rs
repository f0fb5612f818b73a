//! How much is printed, and how numbers are.

/// How much is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verbosity {
    /// Errors only.
    Quiet,
    /// Results, errors, and a few of many warnings that are alike.
    Normal,
    /// Every warning, and every file.
    Verbose,
}

/// Returns a number with its noun.
pub(super) fn plural(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}
