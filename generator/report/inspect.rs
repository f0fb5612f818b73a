//! What an [`Api`] holds, as a table for people and as JSON for machines.

use super::type_name::type_name;
use crate::model::api::{
    Api, Constructor, Location, NextPage, NoteKind, Operation, PagePlace, Paging, Param, SidKind,
    StreamFormat, Streaming, Type,
};
use crate::model::module_path::ModulePath;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// What a description comes to.
#[derive(Debug, Clone, Serialize)]
pub struct Inspection {
    /// Where the API stands among others, such as `flex::v1`; empty where it has the crate to itself.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub module: String,
    /// The title of the description.
    pub title: String,
    /// How much of everything there is.
    pub totals: Totals,
    /// The operations, by Rust path.
    pub operations: Vec<InspectedOperation>,
    /// The kinds of SID.
    pub sids: Vec<InspectedSid>,
    /// What the description asks for and the generated crate does not do.
    pub notes: Vec<InspectedNote>,
}

/// How much of everything there is.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Totals {
    /// Modules.
    pub resources: usize,
    /// Requests.
    pub operations: usize,
    /// Structs that responses are decoded into.
    pub models: usize,
    /// Enums.
    pub enums: usize,
    /// Kinds of SID.
    pub sids: usize,
    /// Examples of requests and responses that the generated tests replay.
    pub examples: usize,
    /// Rules on values that nothing checks before sending.
    pub not_enforced: usize,
    /// Constructs that are read in a more general way.
    pub generalised: usize,
    /// Examples of the description that contradict their own schema.
    pub examples_at_odds: usize,
}

/// One operation.
#[derive(Debug, Clone, Serialize)]
pub struct InspectedOperation {
    /// The operationId.
    pub id: String,
    /// The method.
    pub method: String,
    /// The path template.
    pub path: String,
    /// The path of the request in Rust.
    pub rust: String,
    /// How `new` takes the required parameters.
    pub constructor: &'static str,
    /// The required parameters.
    pub required: Vec<String>,
    /// The optional parameters.
    pub optional: Vec<String>,
    /// What a success is decoded into.
    pub output: String,
    /// What an error is decoded into; empty where the description has no type for it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub error: String,
    /// How the response is streamed; empty where it is not.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub stream: String,
    /// How the list goes on; empty where the response is no page of one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub pages: String,
    /// The SIDs among the parameters.
    pub sids: Vec<String>,
}

/// One kind of SID.
#[derive(Debug, Clone, Serialize)]
pub struct InspectedSid {
    /// The type in Rust.
    pub rust: String,
    /// The pattern.
    pub pattern: String,
    /// The aliases.
    pub aliases: Vec<String>,
}

/// Something that the description asks for and the generated crate does not do.
#[derive(Debug, Clone, Serialize)]
pub struct InspectedNote {
    /// What becomes of it.
    pub kind: &'static str,
    /// The place, as a JSON pointer.
    pub pointer: String,
    /// What it is.
    pub message: String,
}

/// Describes an API, which stands in `module`.
#[must_use]
pub fn inspect(module: &ModulePath, api: &Api) -> Inspection {
    let prefix = if module.is_root() {
        String::new()
    } else {
        format!("{module}::")
    };
    let mut aliases: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (alias, target) in &api.sid_aliases {
        aliases
            .entry(target.kind.as_str())
            .or_default()
            .push(alias.to_string());
    }
    let operations: Vec<InspectedOperation> = api
        .resources
        .iter()
        .flat_map(|(module, resource)| {
            let module = format!("{prefix}{module}");
            let operations = resource.operations.iter();
            operations.map(move |operation| inspect_operation(&module, operation))
        })
        .collect();
    let sids = api
        .sids
        .iter()
        .map(
            |(
                name,
                SidKind {
                    pattern,
                    prefixes: _,
                    digits: _,
                    pointer: _,
                },
            )| InspectedSid {
                rust: format!("Sid<{name}>"),
                pattern: pattern.clone(),
                aliases: aliases.remove(name.as_str()).unwrap_or_default(),
            },
        )
        .collect();
    let notes = api
        .notes
        .iter()
        .map(|note| InspectedNote {
            kind: word(note.kind),
            pointer: note.pointer.clone(),
            message: note.message.clone(),
        })
        .collect();
    Inspection {
        module: module.to_string(),
        title: api.title.clone(),
        totals: totals(api),
        operations,
        sids,
        notes,
    }
}

fn totals(api: &Api) -> Totals {
    let count = |kind: NoteKind| api.notes.iter().filter(|note| note.kind == kind).count();
    let mut totals = Totals {
        resources: api.resources.len(),
        sids: api.sids.len(),
        not_enforced: count(NoteKind::NotEnforced),
        generalised: count(NoteKind::Generalised),
        examples_at_odds: count(NoteKind::Example),
        ..Totals::default()
    };
    for resource in api.resources.values() {
        totals.operations += resource.operations.len();
        totals.models += resource.models.len();
        totals.enums += resource.enums.len();
        for operation in &resource.operations {
            totals.examples += operation.request_examples.len() + operation.response_examples.len();
            totals.examples_at_odds += operation
                .response_examples
                .iter()
                .filter(|example| example.deviations != Some(Vec::new()))
                .count();
        }
    }
    totals
}

fn inspect_operation(module: &str, operation: &Operation) -> InspectedOperation {
    let named = |required: bool| -> Vec<String> {
        let wanted = |param: &&Param| param.required == required;
        operation
            .params
            .iter()
            .filter(wanted)
            .map(|param| param.wire.clone())
            .collect()
    };
    InspectedOperation {
        id: operation.id.clone(),
        method: operation.method.clone(),
        path: operation.path.clone(),
        rust: format!("{module}::{}", operation.name),
        constructor: match operation.constructor {
            Constructor::Positional => "positional",
            Constructor::Named(_) => "named",
        },
        required: named(true),
        optional: named(false),
        output: operation
            .output
            .as_ref()
            .map_or_else(|| "()".to_owned(), type_name),
        error: operation.error.as_ref().map(type_name).unwrap_or_default(),
        stream: operation.streaming.as_ref().map(stream).unwrap_or_default(),
        pages: operation.paging.as_ref().map(pages).unwrap_or_default(),
        sids: operation
            .params
            .iter()
            .filter(|param| {
                param.location == Location::Path
                    || param.location == Location::Account
                    || param.location == Location::Body
            })
            .filter(|param| matches!(param.ty, Type::Sid(_)))
            .map(|param| format!("{}: {}", param.wire, type_name(&param.ty)))
            .collect(),
    }
}

/// How a response is streamed, in words.
fn stream(streaming: &Streaming) -> String {
    let format = match streaming.format {
        StreamFormat::EventStream => "event stream",
        StreamFormat::JsonLines => "JSON lines",
        StreamFormat::JsonSequence => "JSON text sequence",
        StreamFormat::List => "list",
    };
    format!("{format} of {}", type_name(&streaming.event))
}

/// How a list goes on, in words.
fn pages(paging: &Paging) -> String {
    let way = |names: &[String]| names.join(".");
    let next = match &paging.next {
        NextPage::Url(path) => format!("URL {}", way(path)),
        NextPage::Link => "Link header".to_owned(),
        NextPage::Token { param, token } => format!("{param}={}", way(token)),
        NextPage::Header { param, header } => format!("{param}=header {header}"),
        NextPage::LastItem { param, field } => format!("{param}=last {}", way(field)),
        NextPage::Number { param, first: _ } => format!("{param}+1"),
        NextPage::Offset { param, first: _ } => format!("{param}+records"),
    };
    match paging.place {
        PagePlace::Query => next,
        PagePlace::Body | PagePlace::BodyAsString | PagePlace::BodyAsNumber => {
            format!("body {next}")
        }
    }
}

fn word(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::NotEnforced => "not enforced",
        NoteKind::Generalised => "generalised",
        NoteKind::Example => "example",
    }
}

impl fmt::Display for Inspection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            module,
            title,
            totals,
            operations,
            sids,
            notes,
        } = self;
        let separator = if module.is_empty() { "" } else { ": " };
        writeln!(f, "{module}{separator}{title}")?;
        writeln!(
            f,
            "{} operations in {} resources, {} models, {} enums, {} kinds of SID, {} examples\n",
            totals.operations,
            totals.resources,
            totals.models,
            totals.enums,
            totals.sids,
            totals.examples
        )?;
        let rows = operations.iter().map(|operation| {
            [
                operation.id.clone(),
                format!("{} {}", operation.method, operation.path),
                operation.rust.clone(),
                operation.output.clone(),
                operation.error.clone(),
                going_on(&operation.pages, &operation.stream),
                operation.sids.join(", "),
            ]
        });
        let heading = [
            "OPERATION",
            "REQUEST",
            "RUST",
            "OUTPUT",
            "ERROR",
            "PAGES",
            "SIDS",
        ];
        table(f, heading, rows)?;
        let rows = sids.iter().map(|sid| {
            [
                sid.rust.clone(),
                sid.pattern.clone(),
                sid.aliases.join(", "),
            ]
        });
        table(f, ["SID", "PATTERN", "ALIASES"], rows)?;
        writeln!(
            f,
            "{} rules not enforced, {} constructs generalised, {} examples that do not match their schema",
            totals.not_enforced, totals.generalised, totals.examples_at_odds
        )?;
        for note in notes {
            writeln!(f, "  {}: {} ({})", note.kind, note.message, note.pointer)?;
        }
        Ok(())
    }
}

/// How a response goes on, in one column.
fn going_on(pages: &str, stream: &str) -> String {
    let separator = if pages.is_empty() || stream.is_empty() {
        ""
    } else {
        "; "
    };
    [pages, separator, stream].concat()
}

/// Writes rows under a heading, each column as wide as its widest cell; nothing where there is no row.
fn table<const N: usize>(
    f: &mut fmt::Formatter<'_>,
    heading: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> fmt::Result {
    let mut lines = vec![heading.map(str::to_owned)];
    lines.extend(rows);
    if lines.len() == 1 {
        return Ok(());
    }
    let width = |column: usize| {
        lines
            .iter()
            .map(|line| line[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..N).map(width).collect();
    for line in &lines {
        let mut text = String::new();
        for (cell, &width) in line.iter().zip(&widths) {
            text.push_str(&format!("{cell:width$}  "));
        }
        writeln!(f, "{}", text.trim_end())?;
    }
    writeln!(f)
}
