//! Which operations of each description are generated.

use super::module::id_of;
use crate::base::diagnostics::{Diagnostic, Diagnostics};
use crate::base::suggestions::nearest;
use crate::input::document::{Described, Document};
use crate::model::module_path::ModulePath;
use crate::model::settings::{Key, Matchers, Settings, matches_path};

/// What an operation is picked by.
#[derive(Debug)]
pub(super) struct Candidate<'d> {
    /// The operationId, or what stands for it.
    pub id: String,
    pub operation_id: Option<&'d str>,
    pub method: &'d str,
    pub path: &'d str,
    pub tags: &'d [String],
}

impl<'d> Candidate<'d> {
    pub(super) fn new(described: &Described<'d>) -> Self {
        let Described {
            path,
            method,
            item: _,
            operation,
            pointer: _,
        } = *described;
        Self {
            id: id_of(operation, method, path),
            operation_id: operation.operation_id.as_deref(),
            method,
            path,
            tags: &operation.tags,
        }
    }

    /// Returns whether a name is that of the operation: its operationId, or its method and path.
    pub(super) fn is_called(&self, name: &str) -> bool {
        let is_request = |(method, path): (&str, &str)| {
            self.method.eq_ignore_ascii_case(method) && self.path == path.trim()
        };
        self.id == name
            || self.operation_id == Some(name)
            || name.split_once(' ').is_some_and(is_request)
    }

    fn is_picked(&self, matchers: &Matchers) -> bool {
        let Matchers {
            operations,
            tags,
            paths,
        } = matchers;
        operations.iter().any(|key| self.is_called(&key.text))
            || tags.iter().any(|key| self.tags.contains(&key.text))
            || paths.iter().any(|key| matches_path(&key.text, self.path))
    }
}

/// The operations that are asked for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'s> {
    /// Operations by operationId or by `METHOD /path`, besides those of the settings.
    pub operations: &'s [String],
    /// What else is decided about the crate.
    pub settings: &'s Settings,
}

impl<'s> Wanted<'s> {
    /// Asks for every operation that the settings select.
    #[must_use]
    pub fn new(settings: &'s Settings) -> Self {
        Self {
            operations: &[],
            settings,
        }
    }
}

impl Wanted<'_> {
    /// Returns whether an operation is asked for.
    pub(super) fn has(&self, operation: &Candidate<'_>) -> bool {
        let selection = &self.settings.selection;
        let is_all = self.operations.is_empty() && selection.include.is_empty();
        let is_named = |name: &String| operation.is_called(name);
        let is_included = is_all
            || self.operations.iter().any(is_named)
            || operation.is_picked(&selection.include);
        is_included && !operation.is_picked(&selection.exclude)
    }

    /// Returns whether nothing in particular is asked for.
    pub(super) fn takes_all(&self) -> bool {
        self.operations.is_empty() && self.settings.selection.include.is_empty()
    }
}

/// Returns the operations of a description.
pub(super) fn operations(document: &Document) -> impl Iterator<Item = Candidate<'_>> {
    document
        .operations()
        .map(|described| Candidate::new(&described))
}

/// Returns the ids of the operations of a description.
pub fn operation_ids(document: &Document) -> impl Iterator<Item = String> {
    operations(document).map(|operation| operation.id)
}

/// Returns the descriptions that have one of the operations that are asked for, all of them where none is named.
///
/// # Errors
///
/// Returns the operations, tags, paths and media types that no description has.
pub fn select(
    documents: Vec<(ModulePath, Document)>,
    wanted: Wanted<'_>,
) -> Result<Vec<(ModulePath, Document)>, Diagnostics> {
    check(&documents, wanted)?;
    let documents = super::preferred::media_types(documents, wanted.settings)?;
    let is_wanted = |(_, document): &(ModulePath, Document)| {
        wanted.takes_all() || operations(document).any(|operation| wanted.has(&operation))
    };
    Ok(documents.into_iter().filter(is_wanted).collect())
}

fn check(documents: &[(ModulePath, Document)], wanted: Wanted<'_>) -> Result<(), Diagnostics> {
    let all: Vec<Candidate<'_>> = documents
        .iter()
        .flat_map(|(_, document)| operations(document))
        .collect();
    let mut problems = Diagnostics::new();
    let is_there = |name: &str| all.iter().any(|operation| operation.is_called(name));
    for name in wanted.operations.iter().filter(|name| !is_there(name)) {
        let fault = match documents {
            [_] => Diagnostic::error(
                "unknown-operation",
                "/paths",
                unknown(name, documents.len()),
            ),
            _ => Diagnostic::failure("unknown-operation", unknown(name, documents.len())),
        };
        let fault = fault.help(other_operation(name, &all));
        match documents {
            [(_, document)] => problems.extend(document.place(fault.into())),
            _ => problems.push(fault),
        }
    }
    let selection = &wanted.settings.selection;
    for Matchers {
        operations,
        tags,
        paths,
    } in [&selection.include, &selection.exclude]
    {
        for key in operations.iter().filter(|key| !is_there(&key.text)) {
            let fault = wanted
                .settings
                .fault(key, unknown(&key.text, documents.len()));
            problems.push(fault.help(other_operation(&key.text, &all)));
        }
        problems.extend(missing_tags(tags, &all, wanted.settings));
        problems.extend(missing_paths(paths, &all, wanted.settings));
    }
    problems.propagate()
}

/// Says that no description has an operation.
pub(super) fn missing_operation(
    settings: &Settings,
    key: &Key,
    operations: &[Candidate<'_>],
) -> Option<Diagnostic> {
    if operations.iter().any(|one| one.is_called(&key.text)) {
        return None;
    }
    let fault = settings.fault(key, format!("there is no operation `{}`", key.text));
    Some(fault.help(other_operation(&key.text, operations)))
}

fn unknown(name: &str, descriptions: usize) -> String {
    let place = if descriptions == 1 {
        "the description"
    } else {
        "any of the descriptions"
    };
    format!("there is no operation `{name}` in {place}")
}

/// Names the operation that was meant, or says where all are listed.
pub(super) fn other_operation(name: &str, all: &[Candidate<'_>]) -> String {
    match nearest(name, all.iter().map(|operation| operation.id.as_str())) {
        Some(other) => format!("did you mean `{other}`?"),
        None => "`cratewright inspect --spec FILE` lists the operations".to_owned(),
    }
}

fn missing_tags<'k>(
    tags: &'k [Key],
    all: &'k [Candidate<'_>],
    settings: &'k Settings,
) -> impl Iterator<Item = Diagnostic> + use<'k> {
    let known = || all.iter().flat_map(|operation| operation.tags);
    let missing = tags
        .iter()
        .filter(move |key| !known().any(|tag| *tag == key.text));
    missing.map(move |key| {
        let fault = settings.fault(key, format!("no operation has the tag `{}`", key.text));
        match nearest(&key.text, known().map(String::as_str)) {
            Some(other) => fault.help(format!("did you mean `{other}`?")),
            None => fault,
        }
    })
}

fn missing_paths<'k>(
    paths: &'k [Key],
    all: &'k [Candidate<'_>],
    settings: &'k Settings,
) -> impl Iterator<Item = Diagnostic> + use<'k> {
    let is_there = |pattern: &str| {
        all.iter()
            .any(|operation| matches_path(pattern, operation.path))
    };
    let missing = paths.iter().filter(move |key| !is_there(&key.text));
    missing.map(move |key| {
        settings
            .fault(key, format!("no path matches `{}`", key.text))
            .help("`*` matches within a segment, `**` across segments: `/v1/ships/**`")
    })
}
