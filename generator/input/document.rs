//! Text to [`Document`]: the first stage.
//!
//! ```text
//! text --read--> value --overlay--> --bundle--> one file --normalize--> OpenAPI 3.0 --> the typed model
//! ```
//!
//! Everything before the last step works on the JSON value, where each node still has its place: `overlay` applies what
//! the user corrects, `bundle` brings in what stands in other files, `normalize` checks every node, reads what
//! publishers mean where they deviate, and lowers OpenAPI 3.1. What moved on the way is remembered by `source_map`, so that a
//! later stage can name a place in the document and its reader gets the file and the line that it came from.

pub use super::overlay::assign as assign_overlays;
pub use super::source_map::{Located, Places};

use super::source_map::{SourceMap, SourceTexts};
use super::typed::{OtherOperation, Typed};
use super::version::{Version, version};
use super::{bundle, normalize, overlay, swagger, text, typed};
use crate::base::diagnostics::Diagnostics;
use crate::base::note::Note;
use crate::base::pointer::escape;
use crate::base::source::Source;
use indexmap::IndexMap;
use openapiv3::{Content, OpenAPI, Operation, PathItem, ReferenceOr, Responses};
use serde_json::Value;
use std::sync::Arc;

/// A description in the typed model of OpenAPI 3.0: overlays applied, other files brought in, other versions converted.
#[derive(Debug)]
pub struct Document {
    openapi: OpenAPI,
    operations: IndexMap<String, Vec<OtherOperation>>,
    webhooks: IndexMap<String, PathItem>,
    value: Value,
    label: Arc<str>,
    source_map: Arc<SourceMap>,
    notes: Vec<Note>,
    warnings: Diagnostics,
}

/// An operation of a description, and where it is.
#[derive(Debug, Clone)]
pub(crate) struct Described<'d> {
    pub path: &'d str,
    /// The method as it is sent.
    pub method: &'d str,
    pub item: &'d PathItem,
    pub operation: &'d Operation,
    /// A JSON pointer into the finished document.
    pub pointer: String,
}

/// Reads a description, with overlays applied in their order.
///
/// # Errors
///
/// Returns every problem of the first stage that could not go on: text that is neither YAML nor JSON; an overlay that is
/// none, or an action of one that matches nothing; a version that is not supported; references that lead nowhere; and
/// each node that is not what OpenAPI has in its place.
pub fn parse(source: &Source, overlays: &[Source]) -> Result<Document, Diagnostics> {
    let Normal {
        value,
        source_map,
        notes,
        warnings,
        depth,
    } = normal(source, overlays).map_err(|problems| problems.in_file(source.label()))?;
    let Typed {
        openapi,
        operations,
        webhooks,
    } = typed::openapi(&value, depth)
        .map_err(|fault| source_map.place(source.label(), fault.into()))?;
    Ok(Document {
        openapi,
        operations,
        webhooks,
        value,
        label: Arc::clone(source.label()),
        source_map: Arc::new(source_map),
        notes,
        warnings,
    })
}

impl Document {
    /// Returns what messages call the description.
    #[must_use]
    pub fn label(&self) -> &Arc<str> {
        &self.label
    }

    /// Returns what the description has in a form of its own, and is read as it is meant.
    #[must_use]
    pub fn warnings(&self) -> &Diagnostics {
        &self.warnings
    }

    /// Returns the title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.openapi.info.title
    }

    /// Returns the description as one JSON value, as [`normalise`] does.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.value
    }

    pub(crate) fn openapi(&self) -> &OpenAPI {
        &self.openapi
    }

    /// Returns the requests that the service sends to a URL of its user, by name.
    pub(crate) fn webhooks(&self) -> &IndexMap<String, PathItem> {
        &self.webhooks
    }

    /// Returns the operations of all paths, in the order of the description.
    pub(crate) fn operations(&self) -> impl Iterator<Item = Described<'_>> {
        let items = self.openapi.paths.paths.iter();
        let items = items.filter_map(|(path, item)| Some((path, item.as_item()?)));
        items.flat_map(|(path, item)| {
            let others = self.operations.get(path).into_iter().flatten();
            let others = others.map(|other| {
                let OtherOperation {
                    method,
                    pointer,
                    operation,
                } = other;
                (method.as_str(), pointer.clone(), operation)
            });
            methods(item)
                .map(|(method, operation)| {
                    (
                        method,
                        format!("/{}", method.to_ascii_lowercase()),
                        operation,
                    )
                })
                .chain(others)
                .map(move |(method, pointer, operation)| Described {
                    path,
                    method,
                    item,
                    operation,
                    pointer: format!("/paths/{}{pointer}", escape(path)),
                })
        })
    }

    /// Visits the media types of each request body and each response.
    pub(crate) fn each_content(&mut self, visit: &mut dyn FnMut(&mut Content)) {
        if let Some(components) = &mut self.openapi.components {
            let bodies = components.request_bodies.values_mut();
            bodies
                .filter_map(item_mut)
                .for_each(|body| visit(&mut body.content));
            let responses = components.responses.values_mut();
            responses
                .filter_map(item_mut)
                .for_each(|response| visit(&mut response.content));
        }
        let items = self.openapi.paths.paths.values_mut();
        let items = items.filter_map(item_mut).chain(self.webhooks.values_mut());
        let others = self.operations.values_mut().flatten();
        let operations = items
            .flat_map(methods_mut)
            .chain(others.map(|other| &mut other.operation));
        for operation in operations {
            if let Some(ReferenceOr::Item(body)) = &mut operation.request_body {
                visit(&mut body.content);
            }
            let Responses {
                default,
                responses,
                extensions: _,
            } = &mut operation.responses;
            let responses = responses.values_mut().chain(default);
            responses
                .filter_map(item_mut)
                .for_each(|response| visit(&mut response.content));
        }
    }

    /// Gives diagnostics of a later stage the file and the place in it that their nodes came from.
    #[must_use]
    pub fn place(&self, diagnostics: Diagnostics) -> Diagnostics {
        self.source_map.place(&self.label, diagnostics)
    }

    /// Returns what finds the places of nodes when someone asks for them.
    #[must_use]
    pub fn places(&self) -> Places {
        Places::new(&self.label, &self.source_map)
    }

    /// Gives notes of a later stage the places that their nodes came from, behind those about what OpenAPI 3.0 cannot express.
    ///
    /// The pointer of a node in another file is a reference to it, with the path of the file.
    #[must_use]
    pub fn place_notes(&self, notes: Vec<Note>) -> Vec<Note> {
        let all = self.notes.iter().cloned().chain(notes);
        all.map(|note| {
            let origin = self.source_map.trace(&note.pointer);
            let pointer = match self.source_map.other(origin.file) {
                Some(source) => format!("{}#{}", source.label(), origin.pointer),
                None => origin.pointer,
            };
            Note { pointer, ..note }
        })
        .collect()
    }
}

/// Returns the OpenAPI 3.0 form of a description as one JSON value, and the warnings about it.
///
/// # Errors
///
/// As [`parse`].
pub fn normalise(
    source: &Source,
    overlays: &[Source],
) -> Result<(Value, Diagnostics), Diagnostics> {
    let Normal {
        value, warnings, ..
    } = normal(source, overlays)?;
    Ok((value, warnings))
}

/// A description as one value of OpenAPI 3.0.
struct Normal {
    value: Value,
    source_map: SourceMap,
    notes: Vec<Note>,
    warnings: Diagnostics,
    depth: usize,
}

fn normal(source: &Source, overlays: &[Source]) -> Result<Normal, Diagnostics> {
    let mut source_map = SourceMap::default();
    let mut value = text::value(source)?;
    let mut diagnostics = Diagnostics::new();
    if !overlays.is_empty() {
        diagnostics = overlay::apply(&mut value, overlays, &mut source_map);
        diagnostics.propagate()?;
    }
    let version =
        version(&value).map_err(|fault| source_map.place(source.label(), fault.into()))?;
    let mut notes = Vec::new();
    if version == Version::V20 {
        let converted = swagger::convert(&mut value);
        source_map.stages.push(converted.stage_map);
        source_map.references = &swagger::REFERENCES;
        notes = converted.notes;
        diagnostics.extend(source_map.place(source.label(), converted.diagnostics));
    }
    let bundled = bundle::bundle(&mut value, source, &mut source_map);
    diagnostics.extend(bundled);
    let texts = SourceTexts {
        root: source,
        source_map: &source_map,
    };
    let checked = normalize::check(&mut value, version == Version::V31, texts);
    source_map.stages.push(checked.stage_map);
    notes.extend(checked.notes);
    diagnostics.extend(source_map.place(source.label(), checked.diagnostics));
    let mut diagnostics = diagnostics.counted();
    diagnostics.propagate()?;
    Ok(Normal {
        value,
        source_map,
        notes,
        warnings: diagnostics,
        depth: checked.depth,
    })
}

/// Returns the operations of a path item, by method.
pub(crate) fn methods(item: &PathItem) -> impl Iterator<Item = (&'static str, &Operation)> {
    let PathItem {
        summary: _,
        description: _,
        get,
        put,
        post,
        delete,
        options,
        head,
        patch,
        trace,
        servers: _,
        parameters: _,
        extensions: _,
    } = item;
    let operations = [
        ("GET", get),
        ("POST", post),
        ("PUT", put),
        ("PATCH", patch),
        ("DELETE", delete),
        ("HEAD", head),
        ("OPTIONS", options),
        ("TRACE", trace),
    ];
    operations
        .into_iter()
        .filter_map(|(method, operation)| Some((method, operation.as_ref()?)))
}

/// Returns the operations of a path item, to be changed.
fn methods_mut(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem {
        summary: _,
        description: _,
        get,
        put,
        post,
        delete,
        options,
        head,
        patch,
        trace,
        servers: _,
        parameters: _,
        extensions: _,
    } = item;
    let operations = [get, put, post, delete, options, head, patch, trace];
    operations.into_iter().flatten()
}

fn item_mut<T>(node: &mut ReferenceOr<T>) -> Option<&mut T> {
    match node {
        ReferenceOr::Item(item) => Some(item),
        ReferenceOr::Reference { reference: _ } => None,
    }
}
