//! The structure of a whole document, checked node by node before the typed model reads it, so that whatever is wrong is
//! reported at its innermost place.
//!
//! What publishers write and OpenAPI does not allow is read as they mean it, with a warning; so are, quietly, the keywords
//! of OpenAPI 3.1. Everything happens in place, in one walk.

mod chains;
mod enums;
mod events;
mod examples;
mod findings;
mod ignored;
mod modern;
mod objects;
mod parameters;
mod paths;
mod references;
mod required;
mod rules;
mod scalars;
mod schemas;
mod security;
mod types;
mod unchecked;
mod unions;

use super::grammar::{FIELDS, Kind, Shape};
use super::source_map::{SourceTexts, StageMap};
use crate::base::diagnostics::{Diagnostic, Diagnostics};
use crate::base::note::{Note, NoteKind};
use crate::base::pointer::Pointer;
use crate::base::suggestions::nearest;
use findings::Findings;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Objects within objects beyond which a document is refused.
const DEPTH: usize = 64;

/// The object of a document.
type Entries = Map<String, Value>;

/// What a walk found.
#[derive(Debug)]
pub(super) struct Checked {
    pub diagnostics: Diagnostics,
    pub notes: Vec<Note>,
    pub stage_map: StageMap,
    /// How many objects stand within each other at most.
    pub depth: usize,
}

/// Checks a document of OpenAPI 3.0, or of 3.1 or 3.2 when `is_modern`, and makes it one of 3.0.
///
/// Webhooks and operations of other methods, which 3.0 does not have, stay where they are.
///
/// A scalar that is read as text keeps the text of its source.
pub(super) fn check(document: &mut Value, is_modern: bool, texts: SourceTexts<'_>) -> Checked {
    let mut walk = Walk {
        components: references::components(document),
        ..Walk::new(is_modern, rules::security_schemes(document), texts)
    };
    events::decode_data(document, &mut walk.stage_map);
    walk.node(Kind::Document, document, &Pointer::ROOT);
    walk.resolve_component_chains(document);
    let (diagnostics, notes) = walk.findings.finish();
    Checked {
        diagnostics,
        notes,
        stage_map: walk.stage_map,
        depth: walk.deepest,
    }
}

struct Walk<'s> {
    texts: SourceTexts<'s>,
    /// Whether the keywords of OpenAPI 3.1 are no deviations.
    is_modern: bool,
    findings: Findings,
    stage_map: StageMap,
    depth: usize,
    deepest: usize,
    /// Patterns that were found to be in order.
    patterns: BTreeSet<String>,
    /// The names of the security schemes.
    schemes: BTreeSet<String>,
    /// The components, each as `section/name`.
    components: BTreeSet<String>,
}

impl<'s> Walk<'s> {
    fn new(is_modern: bool, schemes: BTreeSet<String>, texts: SourceTexts<'s>) -> Self {
        Self {
            texts,
            is_modern,
            findings: Findings::default(),
            stage_map: StageMap::default(),
            depth: 0,
            deepest: 0,
            patterns: BTreeSet::new(),
            schemes,
            components: BTreeSet::new(),
        }
    }

    /// Checks what should be an object; returns whether it can stay.
    fn node(&mut self, kind: Kind, value: &mut Value, at: &Pointer<'_>) -> bool {
        if !value.is_object() && !self.fix_object(kind, value, at) {
            return false;
        }
        let Value::Object(entries) = value else {
            self.expected_node(kind, value, at);
            return false;
        };
        if self.depth == DEPTH {
            self.findings.push(Diagnostic::error(
                "too-deep",
                at.to_string(),
                format!("more than {DEPTH} objects stand within each other here"),
            ));
            return false;
        }
        if let (Some(section), Some(Value::String(reference))) =
            (kind.section(), entries.get_mut("$ref"))
        {
            self.fix_section(section, reference, at);
            if kind != Kind::Schema {
                return true;
            }
        }
        self.depth += 1;
        self.deepest = self.deepest.max(self.depth);
        let errors = self.findings.errors();
        self.before(kind, entries, at);
        entries.retain(|key, child| self.entry(kind, key, child, at));
        self.depth -= 1;
        // What is wrong was taken out; that it is missing now need not be reported as well.
        self.findings.errors() > errors || self.after(kind, entries, at)
    }

    fn entry(&mut self, kind: Kind, key: &str, child: &mut Value, at: &Pointer<'_>) -> bool {
        let Some(shape) = kind.field(key) else {
            self.unknown_key(kind, key, at);
            return false;
        };
        let at = at.key(key);
        match shape {
            Shape::Data => true,
            Shape::Ignored => {
                self.note_ignored(kind, key, child, &at);
                false
            }
            Shape::Text => self.text(child, &at),
            Shape::Flag => self.flag(child, &at),
            Shape::Count => self.count(child, &at),
            Shape::Number => self.number(child, &at),
            Shape::Texts => self.texts(child, &at),
            Shape::TextMap => self.text_map(child, &at),
            Shape::FlagOrNode(_) if child.is_boolean() => true,
            Shape::FlagOrNode(_) if child.is_string() => self.flag(child, &at),
            Shape::Node(inner) | Shape::FlagOrNode(inner) => self.child(kind, inner, child, &at),
            Shape::List(inner) => self.list(inner, child, &at),
            Shape::Map(inner) => self.map(inner, child, &at),
        }
    }

    /// A null that stands where an object may be left out.
    fn child(&mut self, parent: Kind, kind: Kind, child: &mut Value, at: &Pointer<'_>) -> bool {
        if child.is_null() && !matches!(parent, Kind::Responses) {
            self.left_out(at);
            return false;
        }
        self.node(kind, child, at)
    }

    fn list(&mut self, kind: Kind, value: &mut Value, at: &Pointer<'_>) -> bool {
        match value {
            Value::Array(_) => {}
            Value::Null => {
                self.left_out(at);
                return false;
            }
            Value::Object(_) => self.only_entry(value, at),
            Value::String(_)
                if matches!(kind, Kind::Server | Kind::Tag | Kind::SecurityRequirement) =>
            {
                self.only_entry(value, at);
            }
            Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                self.expected("a list", value, at);
                return false;
            }
        }
        let Value::Array(items) = value else {
            return false;
        };
        let mut kept = Vec::new();
        let mut index = 0;
        items.retain_mut(|item| {
            let stays = if item.is_null() {
                self.left_out(&at.index(index));
                false
            } else {
                self.node(kind, item, &at.index(index))
            };
            if stays {
                kept.push(index);
            }
            index += 1;
            stays
        });
        self.shifted(at, &kept);
        true
    }

    fn only_entry(&mut self, value: &mut Value, at: &Pointer<'_>) {
        self.fixed(at, "expected a list; treated as its only entry");
        let origin = self.stage_map.origin(&at.to_string());
        self.stage_map.record(at.index(0).to_string(), origin);
        *value = Value::Array(vec![value.take()]);
    }

    /// Remembers where the items of a list stood from which some were taken.
    fn shifted(&mut self, at: &Pointer<'_>, kept: &[usize]) {
        for (now, before) in kept
            .iter()
            .enumerate()
            .filter(|(now, before)| now != *before)
        {
            let origin = self.stage_map.origin(&at.index(*before).to_string());
            self.stage_map.record(at.index(now).to_string(), origin);
        }
    }

    fn map(&mut self, kind: Kind, value: &mut Value, at: &Pointer<'_>) -> bool {
        match value {
            Value::Object(entries) => {
                entries.retain(|key, child| {
                    if key.starts_with("x-") && !child.is_object() && kind != Kind::Schema {
                        return false;
                    }
                    self.node(kind, child, &at.key(key))
                });
                true
            }
            Value::Null => {
                self.left_out(at);
                false
            }
            Value::Array(items) if items.is_empty() => {
                self.fixed(
                    at,
                    "expected a map, found an empty list; treated as an empty map",
                );
                *value = Value::Object(Map::new());
                true
            }
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                let diagnostic = unexpected("a map", value, at);
                self.findings.push(if value.is_array() {
                    diagnostic.help("write `name: …` in place of `- name: …`")
                } else {
                    diagnostic
                });
                false
            }
        }
    }

    /// What is done with an object before its fields are looked at.
    fn before(&mut self, kind: Kind, entries: &mut Entries, at: &Pointer<'_>) {
        match kind {
            Kind::Schema => self.prepare_schema(entries, at),
            Kind::Document => self.prepare_document(entries, at),
            Kind::Parameter | Kind::Header => self.prepare_parameter(kind, entries, at),
            Kind::Paths => self.prepare_paths(entries, at),
            Kind::Responses => self.prepare_responses(entries, at),
            Kind::Example => self.prepare_example(entries, at),
            Kind::MediaType => {
                self.prepare_examples(entries, at);
                self.prepare_sequence(entries, at);
            }
            Kind::SecurityScheme => self.prepare_security_scheme(entries, at),
            _ => {}
        }
    }

    /// What is done with an object once its fields are right; returns whether it can stay.
    fn after(&mut self, kind: Kind, entries: &mut Entries, at: &Pointer<'_>) -> bool {
        match kind {
            Kind::Schema => self.finish_schema(entries, at),
            Kind::Parameter | Kind::Header => return self.finish_parameter(kind, entries, at),
            Kind::SecurityScheme => self.finish_security_scheme(entries, at),
            Kind::Paths => self.check_paths(entries, at),
            Kind::PathItem => self.check_parameters(entries, at),
            Kind::SecurityRequirement => self.check_requirement(entries, at),
            Kind::OAuthFlows => {}
            _ => return self.require_fields(kind, entries, at),
        }
        true
    }

    /// An error: something else is expected here.
    fn expected(&mut self, what: &str, found: &Value, at: &Pointer<'_>) {
        self.findings.push(unexpected(what, found, at));
    }

    /// An error: an object is expected here.
    fn expected_node(&mut self, kind: Kind, found: &Value, at: &Pointer<'_>) {
        let diagnostic = unexpected(kind.name(), found, at);
        self.findings.push(match kind.example() {
            Some(example) => {
                diagnostic.help(format!("{} looks like this: `{example}`", kind.name()))
            }
            None => diagnostic,
        });
    }

    /// An error of another wording.
    fn wrong(&mut self, at: &Pointer<'_>, message: impl Into<String>) {
        self.findings
            .push(Diagnostic::error("structure", at.to_string(), message));
    }

    /// A warning: this is not allowed, and read as it is meant.
    fn fixed(&mut self, at: &Pointer<'_>, message: impl Into<String>) {
        self.findings
            .push(Diagnostic::warning("fixed", at.to_string(), message));
    }

    /// A warning that is about the key of an entry.
    fn fixed_key(&mut self, at: &Pointer<'_>, message: impl Into<String>) {
        self.findings
            .push(Diagnostic::warning("fixed", at.to_string(), message).on_key());
    }

    /// A warning where the keyword is not one of OpenAPI 3.0, and nothing where it is one of 3.1.
    fn modern(&mut self, at: &Pointer<'_>, keyword: &str) {
        if !self.is_modern {
            let message =
                format!("{keyword} is of OpenAPI 3.1, and this is 3.0; treated as in 3.1");
            self.fixed(at, message);
        }
    }

    /// Returns a boolean or a number as text: what its source has, `1.10` and not `1.1`.
    fn as_text(&self, value: &Value, at: &Pointer<'_>) -> Value {
        let origin = self.stage_map.origin(&at.to_string());
        let text = self.texts.of_scalar(&origin.pointer, value);
        Value::String(text.map_or_else(|| value.to_string(), str::to_owned))
    }

    fn left_out(&mut self, at: &Pointer<'_>) {
        self.fixed(at, "this is null; ignored");
    }

    fn note(&mut self, kind: NoteKind, at: &Pointer<'_>, message: impl Into<String>) {
        self.findings.note(kind, at.to_string(), message.into());
    }

    fn unknown_key(&mut self, kind: Kind, key: &str, at: &Pointer<'_>) {
        let message = format!("unknown field `{key}` in {}; ignored", kind.name());
        let diagnostic =
            Diagnostic::warning("unknown-key", at.key(key).to_string(), message).on_key();
        let fields = FIELDS.iter().copied();
        let near = nearest(key, fields.filter(|field| kind.field(field).is_some()));
        let help = match (kind.place_of(key), near) {
            (Some(place), _) => Some(place.to_owned()),
            (None, Some(near)) => Some(format!("did you mean `{near}`?")),
            (None, None) => None,
        };
        self.findings.push(match help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        });
    }
}

fn unexpected(what: &str, found: &Value, at: &Pointer<'_>) -> Diagnostic {
    let message = format!("{what} is expected here, and this is {}", describe(found));
    Diagnostic::error("structure", at.to_string(), message)
}

fn describe(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a map",
    }
}
