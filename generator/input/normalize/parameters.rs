//! Parameters and headers, encodings: where they are, how they are written, and what holds their schema.

use super::objects::shown;
use super::{Entries, Walk};
use crate::base::pointer::Pointer;
use crate::input::grammar::{Kind, Shape};
use serde_json::{Value, json};

impl Walk<'_> {
    pub(super) fn prepare_parameter(
        &mut self,
        kind: Kind,
        entries: &mut Entries,
        at: &Pointer<'_>,
    ) {
        self.prepare_examples(entries, at);
        if entries.contains_key("schema") {
            if entries.contains_key("content") {
                self.repaired(
                    at,
                    "`schema` and `content` exclude each other: the schema is read",
                );
                entries.shift_remove("content");
            }
            return;
        }
        self.collect_schema(kind, entries, at);
    }

    /// Swagger 2.0 had the keywords of the schema in the parameter.
    fn collect_schema(&mut self, kind: Kind, entries: &mut Entries, at: &Pointer<'_>) {
        let is_schema = |key: &str| {
            kind.field(key).is_none()
                && Kind::Schema
                    .field(key)
                    .is_some_and(|shape| shape != Shape::Ignored)
        };
        let keys: Vec<String> = entries
            .keys()
            .filter(|key| is_schema(key) && key.as_str() != "$ref")
            .cloned()
            .collect();
        if keys.is_empty() || entries.contains_key("content") {
            return;
        }
        let message = format!(
            "what belongs into `schema` stands beside it, and is read as if it stood there: `{}`",
            keys.join("`, `")
        );
        self.repaired(at, message);
        let mut schema = Entries::new();
        for key in keys {
            if let Some(value) = entries.shift_remove(&key) {
                let to = at.key("schema").key(&key).to_string();
                let origin = self.moves.origin(&at.key(&key).to_string());
                self.moves.record(to, origin);
                schema.insert(key, value);
            }
        }
        entries.insert("schema".to_owned(), Value::Object(schema));
    }

    pub(super) fn finish_parameter(&mut self, kind: Kind, entries: &mut Entries, at: &Pointer<'_>) {
        let styles: &[&str] = if kind == Kind::Header {
            &["simple"]
        } else {
            if !entries.contains_key("name") {
                self.wrong(at, "a parameter has a `name`, and this has none");
            }
            let location = self.location(entries, at);
            if location == Some("path") {
                self.check_required(entries, at);
            }
            match location {
                Some("query") => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
                Some("path") => &["simple", "label", "matrix"],
                Some("header") => &["simple"],
                _ => &["form"],
            }
        };
        self.check_style(styles, entries, at);
        let has_content = entries
            .get("content")
            .and_then(Value::as_object)
            .is_some_and(|content| !content.is_empty());
        if !(has_content || entries.contains_key("schema")) {
            let message = format!(
                "{} has a `schema` or a `content`, and this has neither: it is taken for text",
                kind.name()
            );
            self.repaired(at, message);
            entries.shift_remove("content");
            entries.insert("schema".to_owned(), json!({ "type": "string" }));
        }
    }

    /// Returns where a parameter is, and reports what no client can send.
    fn location(&mut self, entries: &mut Entries, at: &Pointer<'_>) -> Option<&'static str> {
        let Some(Value::String(location)) = entries.get_mut("in") else {
            self.wrong(
                at,
                "a parameter has an `in` that says where it is, and this has none",
            );
            return None;
        };
        let at = at.key("in");
        let known = ["query", "path", "header", "cookie"]
            .into_iter()
            .find(|known| known.eq_ignore_ascii_case(location));
        match known {
            Some(known) if known != location => {
                self.repaired(&at, format!("this is read as `{known}`"));
                known.clone_into(location);
            }
            Some(_) => {}
            None => {
                let help = match location.as_str() {
                    "body" | "formData" => "OpenAPI 3 has `requestBody` for it",
                    _ => "a parameter is in `query`, `path`, `header` or `cookie`",
                };
                let message = format!("`{location}` is no place for a parameter");
                self.findings.push(
                    crate::base::diagnostics::Diagnostic::error(
                        "structure",
                        at.to_string(),
                        message,
                    )
                    .help(help),
                );
            }
        }
        known
    }

    fn check_style(&mut self, styles: &[&str], entries: &mut Entries, at: &Pointer<'_>) {
        let Some(style) = entries.get("style") else {
            return;
        };
        if !style.as_str().is_some_and(|style| styles.contains(&style)) {
            let message = format!(
                "{} is no style for this: it is read as if it were left out (possible here: `{}`)",
                shown(style),
                styles.join("`, `")
            );
            self.repaired(&at.key("style"), message);
            entries.shift_remove("style");
        }
    }

    pub(super) fn check_encoding_style(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        let styles = ["form", "spaceDelimited", "pipeDelimited", "deepObject"];
        self.check_style(&styles, entries, at);
    }
}
