//! OpenAPI Overlay 1.0 and 1.1: corrections to a description that are kept beside it.

mod assign;
mod change;

pub use assign::assign;

use super::source_map::{SourceMap, StageMap};
use crate::base::diagnostics::{Diagnostic, Diagnostics};
use crate::base::pointer::escape;
use crate::base::source::Source;
use change::{Update, in_order};
use serde_json::{Map, Value};
use serde_json_path::{JsonPath, NormalizedPath};
use std::sync::Arc;

/// Nesting beyond which an overlay may not take the description.
const DEPTH: usize = 256;
/// Brackets in a target beyond which it is refused, because the parser goes one deeper for each.
const BRACKETS: usize = 64;

/// Applies overlays in their order; they become the first of the other files of the document.
pub(super) fn apply(
    document: &mut Value,
    overlays: &[Source],
    source_map: &mut SourceMap,
) -> Diagnostics {
    let mut stage_map = StageMap::default();
    let mut diagnostics = Diagnostics::new();
    for (index, source) in overlays.iter().enumerate() {
        let source = Arc::new(source.clone());
        let mut overlay = Overlay {
            file: index + 1,
            edition: Edition::V10,
            stage_map: &mut stage_map,
            diagnostics: Diagnostics::new(),
        };
        match crate::input::text::value(&source) {
            Ok(value) => overlay.apply(document, &value),
            Err(fault) => overlay.diagnostics.push(fault),
        }
        let found = overlay.diagnostics.into_iter();
        diagnostics.extend(found.map(|diagnostic| diagnostic.in_source(&source)));
        if is_deeper(document, DEPTH) {
            let message = "with this overlay, the description is nested too deeply";
            let diagnostic = Diagnostic::failure("too-deep", message);
            diagnostics.push(diagnostic.in_source(&source));
        }
        source_map.others.push(source);
        if diagnostics.has_errors() {
            break;
        }
    }
    source_map.stages.push(stage_map);
    diagnostics
}

struct Overlay<'m> {
    file: usize,
    edition: Edition,
    stage_map: &'m mut StageMap,
    diagnostics: Diagnostics,
}

/// The version of the specification that an overlay is written for; its patch version does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edition {
    V10,
    /// With `copy`, and with updates of lists by lists and of values that are neither lists nor maps.
    V11,
}

impl Edition {
    fn new(version: &str) -> Option<Self> {
        let is_of = |minor: &str| {
            let patch = version.strip_prefix(minor);
            patch.is_some_and(|patch| patch.is_empty() || patch.starts_with('.'))
        };
        match version {
            _ if is_of("1.0") => Some(Self::V10),
            _ if is_of("1.1") => Some(Self::V11),
            _ => None,
        }
    }
}

impl Overlay<'_> {
    fn apply(&mut self, document: &mut Value, overlay: &Value) {
        let Value::Object(overlay) = overlay else {
            return self.wrong(
                "overlay-structure",
                "",
                "an overlay is a map that begins with `overlay: 1.0.0`",
            );
        };
        match self.edition(overlay) {
            Some(edition) => self.edition = edition,
            None => return,
        }
        self.info(overlay.get("info"));
        for key in overlay.keys() {
            if !(matches!(key.as_str(), "overlay" | "info" | "extends" | "actions")
                || key.starts_with("x-"))
            {
                let pointer = format!("/{}", escape(key));
                self.wrong(
                    "overlay-structure",
                    &pointer,
                    format!("`{key}` is no field of an overlay"),
                );
            }
        }
        match overlay.get("actions") {
            Some(Value::Array(actions)) if !actions.is_empty() => {
                for (index, action) in actions.iter().enumerate() {
                    self.action(document, action, &format!("/actions/{index}"));
                }
            }
            Some(_) => self.wrong(
                "overlay-structure",
                "/actions",
                "`actions` is a list of at least one action",
            ),
            None => self.wrong("overlay-structure", "", "missing `actions` in the overlay"),
        }
    }

    fn edition(&mut self, overlay: &Map<String, Value>) -> Option<Edition> {
        let at = "/overlay";
        let (message, help) = match overlay.get("overlay") {
            Some(Value::String(version)) => match Edition::new(version) {
                Some(edition) => return Some(edition),
                None => (
                    format!("Overlay {version} is not supported"),
                    "the versions that are supported are 1.0.0 and 1.1.0",
                ),
            },
            Some(_) => (
                "the version must be text".to_owned(),
                "put it in quotes: `overlay: \"1.0.0\"`",
            ),
            None => {
                let message = "the key `overlay` is missing, so this is no overlay";
                self.wrong("overlay-structure", "", message);
                return None;
            }
        };
        let diagnostic = Diagnostic::error("overlay-version", at, message);
        self.diagnostics.push(diagnostic.help(help));
        None
    }

    fn info(&mut self, info: Option<&Value>) {
        let Some(Value::Object(info)) = info else {
            return self.wrong(
                "overlay-structure",
                "/info",
                "an overlay has an `info` with `title` and `version`",
            );
        };
        for field in ["title", "version"] {
            if !info.contains_key(field) {
                self.wrong(
                    "overlay-structure",
                    "/info",
                    format!("missing `{field}` in the `info` of the overlay"),
                );
            }
        }
    }

    fn action(&mut self, document: &mut Value, action: &Value, at: &str) {
        let Some((target, change)) = self.read_action(action, at) else {
            return;
        };
        let at_target = format!("{at}/target");
        let Some(path) = self.path(target, &at_target) else {
            return;
        };
        let mut targets = located(&path, document);
        // The action succeeds, and the publisher may have made the correction since.
        if targets.is_empty() {
            let message = format!("`{target}` matches nothing in the description");
            let diagnostic = Diagnostic::warning("overlay-no-match", at_target, message);
            let help = "the description may have been corrected since: then take the action out";
            return self.diagnostics.push(diagnostic.help(help));
        }
        targets.sort_by(|a, b| in_order(a, b));
        targets.dedup();
        match change {
            Change::Remove => {
                // From the end, so that what was found still stands where it was found.
                for pointer in targets.iter().rev() {
                    self.remove(document, pointer, &at_target);
                }
            }
            Change::Update(update) => {
                let update = Update {
                    value: update.clone(),
                    from: format!("{at}/update"),
                    is_copy: false,
                };
                for pointer in &targets {
                    self.update(document, pointer, &update, at);
                }
            }
            Change::Copy(source) => {
                let Some(update) = self.copied(document, source, &format!("{at}/copy")) else {
                    return;
                };
                for pointer in &targets {
                    self.update(document, pointer, &update, at);
                }
            }
        }
    }

    /// Returns the one node of the description that is copied.
    fn copied(&mut self, document: &Value, source: &str, at: &str) -> Option<Update> {
        let path = self.path(source, at)?;
        let mut found = located(&path, document);
        found.dedup();
        let [from] = found.as_slice() else {
            let message = format!(
                "`{source}` matches {} places in the description, and one is copied",
                found.len()
            );
            self.wrong("overlay-target", at, message);
            return None;
        };
        Some(Update {
            value: document.pointer(from)?.clone(),
            from: from.clone(),
            is_copy: true,
        })
    }

    fn read_action<'a>(&mut self, action: &'a Value, at: &str) -> Option<(&'a str, Change<'a>)> {
        let Value::Object(action) = action else {
            self.wrong(
                "overlay-structure",
                at,
                "an action is a map with a `target`",
            );
            return None;
        };
        for key in action.keys() {
            let is_known = match key.as_str() {
                "target" | "description" | "update" | "remove" => true,
                "copy" => self.edition == Edition::V11,
                key => key.starts_with("x-"),
            };
            if !is_known {
                let pointer = format!("{at}/{}", escape(key));
                self.wrong(
                    "overlay-structure",
                    &pointer,
                    format!("`{key}` is no field of an action"),
                );
            }
        }
        let Some(Value::String(target)) = action.get("target") else {
            self.wrong(
                "overlay-structure",
                at,
                "an action has a `target`, a JSONPath in text",
            );
            return None;
        };
        let copy = action.get("copy").filter(|_| self.edition == Edition::V11);
        let (message, place) = match (action.get("remove"), action.get("update"), copy) {
            (Some(Value::Bool(true)), _, _) => return Some((target, Change::Remove)),
            (
                Some(
                    Value::Null
                    | Value::Number(_)
                    | Value::String(_)
                    | Value::Array(_)
                    | Value::Object(_),
                ),
                _,
                _,
            ) => ("`remove` is `true` or `false`", format!("{at}/remove")),
            (_, Some(update), None) => return Some((target, Change::Update(update))),
            (_, None, Some(Value::String(source))) => return Some((target, Change::Copy(source))),
            (_, None, Some(_)) => ("`copy` is a JSONPath in text", format!("{at}/copy")),
            (_, Some(_), Some(_)) => ("`update` and `copy` exclude each other", at.to_owned()),
            (_, None, None) => (
                "this action has neither `update` nor `remove: true`, so it does nothing",
                at.to_owned(),
            ),
        };
        self.wrong("overlay-structure", &place, message);
        None
    }

    fn path(&mut self, target: &str, at: &str) -> Option<JsonPath> {
        if target.matches(['(', '[', '!']).count() > BRACKETS {
            self.wrong("overlay-target", at, "this JSONPath is too complex");
            return None;
        }
        match JsonPath::parse(target) {
            Ok(path) => Some(path),
            Err(error) => {
                let message = format!(
                    "this is no JSONPath (RFC 9535): {}, at character {}",
                    error.message(),
                    error.position()
                );
                self.wrong("overlay-target", at, message);
                None
            }
        }
    }

    fn wrong(&mut self, code: &'static str, pointer: &str, message: impl Into<String>) {
        self.diagnostics
            .push(Diagnostic::error(code, pointer, message));
    }
}

/// What an action does to its targets.
enum Change<'a> {
    Remove,
    Update(&'a Value),
    /// Updates them with the node that a JSONPath selects.
    Copy(&'a str),
}

/// Returns the nodes that a path selects, as JSON pointers.
fn located(path: &JsonPath, document: &Value) -> Vec<String> {
    let found = path.query_located(document);
    let pointers = found.locations().map(NormalizedPath::to_json_pointer);
    pointers.collect()
}

fn is_deeper(value: &Value, depth: usize) -> bool {
    let Some(below) = depth.checked_sub(1) else {
        return true;
    };
    match value {
        Value::Object(entries) => entries.values().any(|child| is_deeper(child, below)),
        Value::Array(items) => items.iter().any(|item| is_deeper(item, below)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}
