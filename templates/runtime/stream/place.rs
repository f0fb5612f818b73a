//! Where a list is in a response.

/// Where a list is in a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// The names of the members that lead to it; none where the response is the list.
    pub(super) names: &'static [&'static str],
    /// Whether the list, or what leads to it, may be left out or null.
    pub(super) may_be_absent: bool,
}
