//! Which of the operations that are asked for each description has.

use super::identity::operation_ids;
use crate::base::diagnostics::{Diagnostic, Diagnostics};
use crate::base::suggestions::nearest;
use crate::input::document::Document;
use crate::model::module_path::ModulePath;
use std::collections::BTreeSet;

/// A description that something is asked of.
#[derive(Debug)]
pub struct Selected {
    /// Where its API is in the crate.
    pub module: ModulePath,
    /// The description.
    pub document: Document,
    /// The operations to generate, by operationId; empty for all.
    pub operations: Vec<String>,
}

/// Returns the descriptions that have one of the operations that are asked for, all of them where none is named.
///
/// # Errors
///
/// Returns the operations that no description has. A single description is asked for every one: it has a place for what it
/// lacks.
pub fn select(
    documents: Vec<(ModulePath, Document)>,
    asked: &[String],
) -> Result<Vec<Selected>, Diagnostics> {
    let there: Vec<BTreeSet<String>> = documents
        .iter()
        .map(|(_, document)| operation_ids(document).collect())
        .collect();
    let is_single = documents.len() == 1;
    let is_there = |id: &String| there.iter().any(|ids| ids.contains(id));
    let unknown = asked.iter().filter(|id| !is_single && !is_there(id));
    let mut problems: Diagnostics = unknown.map(|id| unknown_operation(id, &there)).collect();
    problems.propagate()?;
    let described = documents.into_iter().zip(&there);
    let selected = described.map(|((module, document), ids)| Selected {
        module,
        document,
        operations: asked
            .iter()
            .filter(|id| is_single || ids.contains(*id))
            .cloned()
            .collect(),
    });
    let is_wanted = |one: &Selected| asked.is_empty() || !one.operations.is_empty();
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
