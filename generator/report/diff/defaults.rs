//! The values that a service takes where there is none.

use super::catalogue::Direction;
use super::change::{Rust, Wire};
use super::code::ChangeCode;
use super::collector::{At, Collector, Subject};
use serde_json::Value;

/// Compares the default of a value. A request without the value means something else where there was a default
/// before. `rust` is what it changes in the crate.
pub(super) fn compare(
    subject: &Subject,
    at: At<'_>,
    (old, new): (Option<&Value>, Option<&Value>),
    (direction, rust): (Direction, Rust),
    out: &mut Collector,
) {
    let what = match (old, new) {
        (old, new) if old == new => return,
        (Some(old), Some(new)) => format!("default changed from `{old}` to `{new}`"),
        (Some(old), None) => format!("default `{old}` removed"),
        (None, Some(new)) => format!("default `{new}` added"),
        (None, None) => return,
    };
    let wire = if direction == Direction::NONE {
        Wire::Unseen
    } else {
        Wire::breaking(direction.sent && old.is_some(), false)
    };
    let class = (wire, rust);
    out.add(ChangeCode::DefaultValueChanged, subject, class, at, what);
}
