//! What documentation says of a value or a type.

use super::shape::Shape;
use crate::base::markdown;
use crate::model::api::Docs;

const DEPRECATED: &str = "The description marks this as deprecated.";

/// What is said of a value, with what no type says: the numbers that are listed for it, and that it is deprecated.
pub(super) fn described(said: &str, shape: &Shape<'_>) -> String {
    let listed = match shape.typ {
        Some("integer" | "number") => shape.listed_others(),
        _ => Vec::new(),
    };
    let listed = (!listed.is_empty()).then(|| format!("One of {}.", listed.join(", ")));
    let said = match (said.trim(), listed) {
        (_, None) => said.to_owned(),
        ("", Some(listed)) => listed,
        (_, Some(listed)) => format!("{said}\n\n{listed}"),
    };
    if shape.data.deprecated {
        deprecated(&said)
    } else {
        said
    }
}

/// The documentation of a type.
pub(super) fn docs_of(shape: &Shape<'_>) -> Docs {
    let said = shape.data.description.as_deref().unwrap_or_default();
    markdown::docs(&described(said, shape))
}

/// What is said of a value that is deprecated, once.
pub(super) fn deprecated(said: &str) -> String {
    if said.ends_with(DEPRECATED) {
        said.to_owned()
    } else {
        format!("{said}\n\n{DEPRECATED}").trim_start().to_owned()
    }
}
