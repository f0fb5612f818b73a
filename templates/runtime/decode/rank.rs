//! How variants of a union are ranked for a value.

use std::cmp::Reverse;

/// How many elements of a list decide about its shape.
pub(super) const DECISIVE: usize = 16;

/// How well a value is of a shape. What comes first counts more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    pub(super) has_all_required: bool,
    pub(super) known_members: u32,
    pub(super) mismatches: Reverse<u32>,
    pub(super) listed_values: u32,
    pub(super) formats: u32,
}

impl Rank {
    pub(super) const EXACT: Self = Self {
        has_all_required: true,
        known_members: 0,
        mismatches: Reverse(0),
        listed_values: 0,
        formats: 0,
    };

    /// A value that is not as it should be.
    pub(super) const MISMATCH: Self = Self {
        mismatches: Reverse(1),
        ..Self::EXACT
    };

    /// Returns how well a value is of two shapes.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            has_all_required: self.has_all_required && other.has_all_required,
            known_members: self.known_members + other.known_members,
            mismatches: Reverse(self.mismatches.0 + other.mismatches.0),
            listed_values: self.listed_values + other.listed_values,
            formats: self.formats + other.formats,
        }
    }
}
