//! How a run ended.

/// How a run ended; the numbers are the exit status. What is stale is also what `diff --fail-on` looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Fine = 0,
    Stale = 1,
    Failed = 2,
}
