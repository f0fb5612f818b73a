//! OpenAPI Overlay 1.0: corrections to a description that are kept beside it.

mod assign;
mod change;

pub use assign::assign;

use super::source_map::{SourceMap, StageMap};
use crate::base::diagnostics::{Diagnostic, Diagnostics};
use crate::base::pointer::escape;
use crate::base::source::Source;
use change::in_order;
use serde_json::Value;
use serde_json_path::JsonPath;
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
    stage_map: &'m mut StageMap,
    diagnostics: Diagnostics,
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
        match overlay.get("overlay") {
            Some(Value::String(version)) if version == "1.0" || version.starts_with("1.0.") => {}
            Some(Value::String(version)) => {
                let message = format!("Overlay {version} is not supported");
                let diagnostic = Diagnostic::error("overlay-version", "/overlay", message);
                return self
                    .diagnostics
                    .push(diagnostic.help("the version that is supported is 1.0.0"));
            }
            Some(_) => {
                let diagnostic =
                    Diagnostic::error("overlay-version", "/overlay", "the version must be text");
                return self
                    .diagnostics
                    .push(diagnostic.help("put it in quotes: `overlay: \"1.0.0\"`"));
            }
            None => {
                return self.wrong(
                    "overlay-structure",
                    "",
                    "the key `overlay` is missing, so this is no overlay",
                );
            }
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
        let mut targets: Vec<String> = path
            .query_located(document)
            .locations()
            .map(serde_json_path::NormalizedPath::to_json_pointer)
            .collect();
        if targets.is_empty() {
            let message = format!("`{target}` matches nothing in the description");
            let diagnostic = Diagnostic::error("overlay-no-match", at_target, message);
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
                for pointer in &targets {
                    self.update(document, pointer, update, at);
                }
            }
        }
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
            if !(matches!(key.as_str(), "target" | "description" | "update" | "remove")
                || key.starts_with("x-"))
            {
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
        match (action.get("remove"), action.get("update")) {
            (Some(Value::Bool(true)), _) => Some((target, Change::Remove)),
            (None | Some(Value::Bool(false)), Some(update)) => {
                Some((target, Change::Update(update)))
            }
            (None | Some(Value::Bool(false)), None) => {
                self.wrong(
                    "overlay-structure",
                    at,
                    "this action has neither `update` nor `remove: true`, so it does nothing",
                );
                None
            }
            (Some(_), _) => {
                self.wrong(
                    "overlay-structure",
                    &format!("{at}/remove"),
                    "`remove` is `true` or `false`",
                );
                None
            }
        }
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
