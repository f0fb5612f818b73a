//! Which of the operations that are asked for each description has.

use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::document::Document;
use crate::lower::{nearest, operation_ids};
use crate::source::Source;
use std::collections::BTreeSet;

/// A description that something is asked of.
pub(crate) struct Selected<'s> {
    pub source: &'s Source,
    pub document: Document,
    /// The operations to generate, by operationId; empty for all.
    pub operations: Vec<String>,
}

impl AsRef<Source> for Selected<'_> {
    fn as_ref(&self) -> &Source {
        self.source
    }
}

/// Returns the descriptions that have one of the operations that are asked for, all of them where none is named.
///
/// # Errors
///
/// Returns the operations that no description has. A single description is asked for every one: it has a place for what it
/// lacks.
pub(crate) fn select<'s>(
    sources: &'s [Source],
    documents: Vec<Document>,
    asked: &[String],
) -> Result<Vec<Selected<'s>>, Diagnostics> {
    let there: Vec<BTreeSet<String>> = documents
        .iter()
        .map(|document| operation_ids(document).collect())
        .collect();
    let is_single = documents.len() == 1;
    let is_there = |id: &String| there.iter().any(|ids| ids.contains(id));
    let unknown = asked.iter().filter(|id| !is_single && !is_there(id));
    let mut problems: Diagnostics = unknown.map(|id| unknown_operation(id, &there)).collect();
    problems.propagate()?;
    let described = sources.iter().zip(documents).zip(&there);
    let selected = described.map(|((source, document), ids)| Selected {
        source,
        document,
        operations: asked
            .iter()
            .filter(|id| is_single || ids.contains(*id))
            .cloned()
            .collect(),
    });
    let is_wanted = |one: &Selected<'_>| asked.is_empty() || !one.operations.is_empty();
    Ok(selected.filter(is_wanted).collect())
}

fn unknown_operation(id: &str, there: &[BTreeSet<String>]) -> Diagnostic {
    let message = format!("there is no operation `{id}` in any of the descriptions");
    let help = match nearest(id, there.iter().flatten().map(String::as_str)) {
        Some(other) => format!("did you mean `{other}`?"),
        None => "`cratewright inspect` lists the operations".to_owned(),
    };
    Diagnostic::failure("unknown-operation", message).help(help)
}
