//! Parameters and headers, encodings: where they are, how they are written, and what holds their schema.

use super::objects::shown;
use super::{Entries, Walk};
use crate::base::RESERVED;
use crate::base::note::NoteKind;
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
                self.fixed(
                    at,
                    "`schema` and `content` exclude each other; `content` ignored",
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
            "`{}` belong in `schema`; treated as if they were there",
            keys.join("`, `")
        );
        self.fixed(at, message);
        let mut schema = Entries::new();
        for key in keys {
            if let Some(value) = entries.shift_remove(&key) {
                let to = at.key("schema").key(&key).to_string();
                let origin = self.stage_map.origin(&at.key(&key).to_string());
                self.stage_map.record(to, origin);
                schema.insert(key, value);
            }
        }
        entries.insert("schema".to_owned(), Value::Object(schema));
    }

    /// Finishes a parameter or a header; returns whether it can stay.
    pub(super) fn finish_parameter(
        &mut self,
        kind: Kind,
        entries: &mut Entries,
        at: &Pointer<'_>,
    ) -> bool {
        let styles: &[&str] = if kind == Kind::Header {
            &["simple"]
        } else {
            if !entries.contains_key("name") {
                self.wrong(at, "missing `name` in the parameter");
            }
            let location = self.location(entries, at);
            if location == Some("path") {
                self.check_required(entries, at);
                // GitHub's description has an extension for parameters with slashes.
                let is_reserved = entries.shift_remove("allowReserved") == Some(Value::Bool(true));
                if is_reserved || entries.get("x-multi-segment") == Some(&Value::Bool(true)) {
                    entries.insert(RESERVED.to_owned(), Value::Bool(true));
                }
            }
            if location == Some("querystring") && !self.lower_querystring(entries, at) {
                return false;
            }
            match location {
                Some("query") => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
                Some("path") => &["simple", "label", "matrix"],
                Some("header") => &["simple"],
                Some("cookie") => &["form", "cookie"],
                _ => &["form"],
            }
        };
        self.check_style(styles, entries, at);
        let has_content = self.check_content(entries, at);
        if !(has_content || entries.contains_key("schema")) {
            let message = format!(
                "missing `schema` or `content` in {}; treated as a string",
                kind.name()
            );
            self.fixed(at, message);
            entries.shift_remove("content");
            entries.insert("schema".to_owned(), json!({ "type": "string" }));
        }
        true
    }

    /// The `content` of a parameter or a header has one media type (OpenAPI 3.0, 4.7.12.1); the first of several is used.
    /// Returns whether there is one.
    fn check_content(&mut self, entries: &mut Entries, at: &Pointer<'_>) -> bool {
        let content = entries.get_mut("content").and_then(Value::as_object_mut);
        let Some(content) = content else { return false };
        let Some(first) = content.keys().next().cloned() else {
            return false;
        };
        if content.len() > 1 {
            content.retain(|media_type, _| *media_type == first);
            let message = format!("expected one media type; all but `{first}` ignored");
            self.fixed(&at.key("content"), message);
        }
        true
    }

    /// A parameter that is the whole query (OpenAPI 3.2) is one whose properties are parameters each, where it is a form;
    /// returns whether it can stay.
    fn lower_querystring(&mut self, entries: &mut Entries, at: &Pointer<'_>) -> bool {
        let is_form = |media_type: &str| {
            let essence = media_type.split(';').next().unwrap_or_default();
            essence
                .trim()
                .eq_ignore_ascii_case("application/x-www-form-urlencoded")
        };
        let content = entries.shift_remove("content");
        let form = match content {
            Some(Value::Object(content)) => content
                .into_iter()
                .find(|(media_type, _)| is_form(media_type)),
            _ => None,
        };
        let Some((media_type, Value::Object(mut form))) = form else {
            self.note(
                NoteKind::Generalised,
                at,
                "a query that is not a form (`in: querystring`) cannot be sent; left out",
            );
            return false;
        };
        let from = at.key("content");
        let from = from.key(&media_type);
        let from = from.key("schema").to_string();
        let to = at.key("schema").to_string();
        self.stage_map.rename(&from, &to);
        if let Some(Value::Object(encoding)) = form.get("encoding")
            && let Some(property) = encoding.keys().next()
        {
            self.note(
                NoteKind::Generalised,
                at,
                format!("the `encoding` of `{property}` in a query (`in: querystring`) has no effect; sent as `form`"),
            );
        }
        let schema = form.shift_remove("schema");
        entries.insert("schema".to_owned(), schema.unwrap_or_else(|| json!({})));
        entries.insert("in".to_owned(), json!("query"));
        entries.insert("style".to_owned(), json!("form"));
        entries.insert("explode".to_owned(), Value::Bool(true));
        true
    }

    /// Returns where a parameter is, and reports what no client can send.
    fn location(&mut self, entries: &mut Entries, at: &Pointer<'_>) -> Option<&'static str> {
        let Some(Value::String(location)) = entries.get_mut("in") else {
            self.wrong(at, "missing `in` in the parameter");
            return None;
        };
        let at = at.key("in");
        let known = ["query", "path", "header", "cookie", "querystring"]
            .into_iter()
            .find(|known| known.eq_ignore_ascii_case(location));
        match known {
            Some(known) if known != location => {
                self.fixed(&at, format!("treated as `{known}`"));
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
                "{} is not a style for this; ignored (possible here: `{}`)",
                shown(style),
                styles.join("`, `")
            );
            self.fixed(&at.key("style"), message);
            entries.shift_remove("style");
        } else if style == "cookie" {
            let message = "the style `cookie` is written as `form`";
            self.note(NoteKind::Generalised, &at.key("style"), message);
            entries.shift_remove("style");
        }
    }

    pub(super) fn check_encoding_style(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        let styles = ["form", "spaceDelimited", "pipeDelimited", "deepObject"];
        self.check_style(&styles, entries, at);
        // The style counts before the media type (OpenAPI 3.1, 4.8.15); `explode` is true for `form` only.
        let says_style = ["style", "explode", "allowReserved"]
            .iter()
            .any(|field| entries.contains_key(*field));
        if says_style {
            let style = entries.entry("style").or_insert_with(|| json!("form"));
            let is_form = style == "form";
            entries.entry("explode").or_insert_with(|| json!(is_form));
        }
    }
}
