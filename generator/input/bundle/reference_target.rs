//! What a reference leads to, beside what belongs in its place.

use super::{Kind, Spot, reference_of};
use crate::base::diagnostics::Diagnostic;
use serde_json::Value;

/// Whether what a reference leads to could be what belongs in its place: what is wrong further inside is reported there.
pub(super) fn matches_kind(spot: Spot, content: &Value) -> bool {
    let is_known = |kind: Kind, key: &String| kind.field(key).is_some() && !key.starts_with("x-");
    match (spot, content) {
        (Spot::Node(kind), Value::Object(entries)) => {
            entries.is_empty()
                || reference_of(entries).is_some()
                || entries.keys().any(|key| is_known(kind, key))
                // A schema of extensions alone takes any value.
                || kind == Kind::Schema && entries.keys().all(|key| key.starts_with("x-"))
        }
        (Spot::Node(Kind::Schema), Value::Bool(_)) => true,
        (Spot::List(kind), Value::Array(items)) => items
            .iter()
            .all(|item| matches_kind(Spot::Node(kind), item)),
        (Spot::Map(_) | Spot::Section(_), Value::Object(entries))
            if reference_of(entries).is_some() =>
        {
            true
        }
        (Spot::Map(kind) | Spot::Section(kind), Value::Object(entries)) => entries
            .iter()
            .filter(|(key, _)| !key.starts_with("x-"))
            .all(|(_, entry)| matches_kind(Spot::Node(kind), entry)),
        _ => false,
    }
}

/// Says that something else belongs in the place of a reference.
pub(super) fn wrong_target(reference: &str, spot: Spot) -> Diagnostic {
    let what = match spot {
        Spot::Node(kind) => kind.name().to_owned(),
        Spot::List(kind) => format!("a list whose entries are each {}", kind.name()),
        Spot::Map(kind) | Spot::Section(kind) => {
            format!("a map whose entries are each {}", kind.name())
        }
    };
    let message = format!("`$ref` to `{reference}` leads to something that is not {what}");
    Diagnostic::error("structure", "", message)
}
