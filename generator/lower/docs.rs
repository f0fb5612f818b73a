//! What documentation says of a value or a type.

use super::schemas::Facts;
use crate::base::markdown;
use crate::model::api::Docs;
use openapiv3::Operation;

const DEPRECATED: &str = "The description marks this as deprecated.";

/// The documentation of a value, with what no type says: the numbers that are listed for it, and that it is deprecated.
pub(super) fn described(text: &str, facts: &Facts<'_>) -> String {
    let is_number = matches!(facts.typ, Some("number"));
    let listed: Vec<String> = facts
        .values
        .iter()
        .filter(|_| is_number)
        .map(|listed| listed.value.to_string())
        .collect();
    let listed = (!listed.is_empty()).then(|| format!("One of {}.", listed.join(", ")));
    let text = match (text.trim(), listed) {
        (_, None) => text.to_owned(),
        ("", Some(listed)) => listed,
        (_, Some(listed)) => format!("{text}\n\n{listed}"),
    };
    if facts.deprecated {
        deprecated(&text)
    } else {
        text
    }
}

/// The documentation of a type.
pub(super) fn docs_of(facts: &Facts<'_>) -> Docs {
    let text = facts.description.unwrap_or_default();
    markdown::docs(&described(text, facts))
}

/// The documentation of a value that is deprecated, once.
pub(super) fn deprecated(text: &str) -> String {
    if text.ends_with(DEPRECATED) {
        text.to_owned()
    } else {
        format!("{text}\n\n{DEPRECATED}").trim_start().to_owned()
    }
}

/// The summary of an operation first, then what its description says beyond it, then conditions in words.
pub(super) fn operation_docs(operation: &Operation, conditions: &[String]) -> Docs {
    let summary = operation.summary.as_deref().unwrap_or_default();
    let description = operation.description.as_deref().unwrap_or_default();
    let beyond = if description.trim() == summary.trim() {
        ""
    } else {
        description
    };
    // A URL is one word; what has line breaks could begin a block of its own.
    let url = |url: &str| url.split_whitespace().collect::<Vec<_>>().join("%20");
    let external = operation.external_docs.as_ref();
    let link = external.map(|docs| format!("See <{}>.", url(&docs.url)));
    let conditions = conditions.iter().map(String::as_str);
    let paragraphs = [summary, beyond].into_iter().chain(conditions);
    markdown::paragraphs(paragraphs.chain(link.as_deref()))
}
