//! Objects other than schemas, parameters and security schemes: what publishers leave out or write in their own way.

use super::{Entries, Walk, describe};
use crate::base::diagnostics::Diagnostic;
use crate::base::note::NoteKind;
use crate::base::pointer::{Pointer, escape};
use crate::input::SEQUENCE;
use crate::input::grammar::Kind;
use serde_json::{Map, Value, json};

impl Walk<'_> {
    /// Makes an object of something else that is meant as one; returns whether there is anything to go on with.
    pub(super) fn fix_object(&mut self, kind: Kind, value: &mut Value, at: &Pointer<'_>) -> bool {
        match (kind, &mut *value) {
            (Kind::Schema, Value::Bool(true)) => {
                self.modern(at, "a schema that is `true`");
                *value = json!({});
            }
            (Kind::Schema, Value::Bool(false)) => {
                self.modern(at, "a schema that is `false`");
                *value = json!({ "not": {} });
            }
            (Kind::Schema, Value::Array(_)) if self.is_modern => {
                self.note(
                    NoteKind::Generalised,
                    at,
                    "a schema for each position of a list",
                );
                *value = json!({});
            }
            (
                Kind::Schema
                | Kind::MediaType
                | Kind::Response
                | Kind::ServerVariable
                | Kind::Encoding
                | Kind::Responses
                | Kind::OAuthFlow
                | Kind::Paths
                | Kind::Header
                | Kind::Info,
                Value::Null,
            ) => {
                let message = format!(
                    "expected {}, found null; treated as an empty one",
                    kind.name()
                );
                self.fixed(at, message);
                *value = json!({});
            }
            (_, Value::Null) => {
                self.left_out(at);
                return false;
            }
            (Kind::Tag | Kind::License, Value::String(text)) => {
                self.wrapped(kind, "name", at);
                *value = json!({ "name": text });
            }
            (Kind::Server | Kind::ExternalDocs, Value::String(text)) => {
                self.wrapped(kind, "url", at);
                *value = json!({ "url": text });
            }
            (Kind::Discriminator, Value::String(text)) => {
                self.wrapped(kind, "propertyName", at);
                *value = json!({ "propertyName": text });
            }
            (Kind::ServerVariable, Value::String(_) | Value::Number(_)) => {
                self.wrapped(kind, "default", at);
                *value = json!({ "default": value.take() });
            }
            (Kind::SecurityRequirement, Value::String(text)) => {
                self.fixed(
                    at,
                    "expected a security requirement to be a map; treated as the scheme of that name",
                );
                let mut requirement = Map::new();
                requirement.insert(std::mem::take(text), json!([]));
                *value = Value::Object(requirement);
            }
            (Kind::Example, _) => {
                self.wrapped(kind, "value", at);
                *value = json!({ "value": value.take() });
            }
            _ => {
                self.expected_node(kind, value, at);
                return false;
            }
        }
        true
    }

    fn wrapped(&mut self, kind: Kind, field: &str, at: &Pointer<'_>) {
        let message = format!(
            "expected {} to be a map; treated as its `{field}`",
            kind.name()
        );
        self.fixed(at, message);
    }

    pub(super) fn prepare_document(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        let dialect = entries.get("jsonSchemaDialect").and_then(Value::as_str);
        if let Some(dialect) = dialect
            && !dialect.contains("spec.openapis.org")
            && !dialect.contains("json-schema.org/draft/2020-12")
        {
            let message =
                format!("the JSON Schema dialect `{dialect}` is treated as that of OpenAPI 3.1");
            self.note(NoteKind::Generalised, &at.key("jsonSchemaDialect"), message);
        }
    }

    /// Every path begins with a slash; those that do not get one.
    pub(super) fn prepare_paths(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        let is_off = |key: &str| !key.starts_with('/') && !key.starts_with("x-");
        if !entries.keys().any(|key| is_off(key)) {
            return;
        }
        for (key, item) in std::mem::take(entries) {
            let path = if is_off(&key) {
                format!("/{key}")
            } else {
                key.clone()
            };
            if path != key && entries.contains_key(&path) {
                let message =
                    format!("a path begins with `/`, and there is `{path}` as well; ignored");
                self.fixed_key(&at.key(&key), message);
                continue;
            }
            if path != key {
                self.findings.push(misplaced(&key, &at.key(&key)));
                let origin = self.stage_map.origin(&at.key(&key).to_string());
                self.stage_map.record(at.key(&path).to_string(), origin);
            }
            entries.insert(path, item);
        }
    }

    /// The keys are `default`, status codes, and their ranges such as `4XX`.
    pub(super) fn prepare_responses(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        entries.retain(|key, _| {
            let stays = is_status(key);
            if !stays {
                let message = format!(
                    "`{key}` is no status code, no range such as `4XX`, and not `default`; ignored"
                );
                self.fixed_key(&at.key(key), message);
            }
            stays
        });
    }

    /// The map of examples is often a list, or one example.
    pub(super) fn prepare_examples(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        if let Some(examples) = entries.get_mut("examples")
            && let Value::Array(items) = examples
        {
            self.fixed(
                &at.key("examples"),
                "expected `examples` to be a map; the list is treated as one with numbers for names",
            );
            *examples = std::mem::take(items)
                .into_iter()
                .enumerate()
                .map(|(index, item)| (index.to_string(), item))
                .collect::<Map<_, _>>()
                .into();
        }
    }

    /// The schema of each item of a sequence (OpenAPI 3.2) is the schema, with a mark.
    pub(super) fn prepare_sequence(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        let Some(items) = entries.shift_remove("itemSchema") else {
            return;
        };
        let from = at.key("itemSchema");
        self.modern(&from, "`itemSchema`");
        let origin = self.stage_map.origin(&from.to_string());
        self.stage_map
            .rename(&from.to_string(), &at.key("schema").to_string());
        self.stage_map.record(at.key("schema").to_string(), origin);
        entries.insert("schema".to_owned(), items);
        entries.insert(SEQUENCE.to_owned(), Value::Bool(true));
    }

    /// An example without a `value` is the value.
    pub(super) fn prepare_example(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        let is_wrapped = entries.is_empty()
            || entries.keys().any(|key| {
                Kind::Example
                    .field(key)
                    .is_some_and(|_| !key.starts_with("x-"))
            })
            || entries.contains_key("dataValue")
            || entries.contains_key("serializedValue");
        if let Some(value) = entries.shift_remove("dataValue") {
            let origin = self.stage_map.origin(&at.key("dataValue").to_string());
            self.stage_map.record(at.key("value").to_string(), origin);
            entries.entry("value").or_insert(value);
        }
        if !is_wrapped {
            self.wrapped(Kind::Example, "value", at);
            let value = Value::Object(std::mem::take(entries));
            entries.insert("value".to_owned(), value);
        }
    }

    /// Adds the fields that an object cannot be without; returns whether it can stay.
    pub(super) fn require_fields(
        &mut self,
        kind: Kind,
        entries: &mut Entries,
        at: &Pointer<'_>,
    ) -> bool {
        match kind {
            Kind::Document => {
                self.default(
                    kind,
                    entries,
                    "info",
                    || json!({ "title": "API", "version": "0" }),
                    at,
                );
                if !(self.is_modern || entries.contains_key("paths")) {
                    self.fixed(at, "`paths` is missing; treated as empty");
                }
                entries.entry("paths").or_insert_with(|| json!({}));
            }
            Kind::Info => {
                self.default(kind, entries, "title", || json!("API"), at);
                self.default(kind, entries, "version", || json!("0"), at);
                if let Some(summary) = entries.shift_remove("summary") {
                    entries.entry("description").or_insert(summary);
                }
            }
            Kind::Response => {
                if !entries.contains_key("description")
                    && let Some(summary) = entries.shift_remove("summary")
                {
                    entries.insert("description".to_owned(), summary);
                }
                self.default(kind, entries, "description", || json!(""), at);
            }
            Kind::Operation => {
                self.check_parameters(entries, at);
                if !(self.is_modern || entries.contains_key("responses")) {
                    self.fixed(at, "`responses` is missing: the response is not known");
                }
                entries.entry("responses").or_insert_with(|| json!({}));
            }
            Kind::OAuthFlow => self.default(kind, entries, "scopes", || json!({}), at),
            Kind::ServerVariable => {
                let first = entries
                    .get("enum")
                    .and_then(|values| values.get(0))
                    .cloned();
                self.default(kind, entries, "default", || first.unwrap_or(json!("")), at);
            }
            Kind::Tag => {
                describe_tag(entries);
                return self.worth(kind, entries, "name", at);
            }
            Kind::License => return self.worth(kind, entries, "name", at),
            Kind::Server => {
                self.check_server(entries, at);
                return self.worth(kind, entries, "url", at);
            }
            Kind::ExternalDocs => return self.worth(kind, entries, "url", at),
            Kind::Discriminator => {
                if entries.shift_remove("defaultMapping").is_some() {
                    let message =
                        "`defaultMapping` is not used: a value with another tag is kept as it is";
                    self.note(NoteKind::Generalised, &at.key("defaultMapping"), message);
                }
                return self.worth(kind, entries, "propertyName", at);
            }
            Kind::Encoding => self.check_encoding_style(entries, at),
            _ => {}
        }
        true
    }

    fn default(
        &mut self,
        kind: Kind,
        entries: &mut Entries,
        field: &str,
        value: impl FnOnce() -> Value,
        at: &Pointer<'_>,
    ) {
        if !entries.contains_key(field) {
            let message = format!("missing `{field}` in {}", kind.name());
            self.fixed(at, message);
            entries.insert(field.to_owned(), value());
        }
    }

    /// An object that says nothing without a field is left out without it.
    fn worth(&mut self, kind: Kind, entries: &Entries, field: &str, at: &Pointer<'_>) -> bool {
        let stays = entries.contains_key(field);
        if !stays {
            let message = format!("missing `{field}` in {}; ignored", kind.name());
            self.fixed(at, message);
        }
        stays
    }

    /// Components other than schemas that only refer to another take its place.
    pub(super) fn resolve_component_chains(&mut self, document: &mut Value) {
        let Some(Value::Object(components)) = document.get_mut("components") else {
            return;
        };
        for kind in [
            Kind::Parameter,
            Kind::RequestBody,
            Kind::Response,
            Kind::Header,
            Kind::Example,
            Kind::SecurityScheme,
        ] {
            let Some(section) = kind.section() else {
                continue;
            };
            let Some(Value::Object(entries)) = components.get_mut(section) else {
                continue;
            };
            let chained: Vec<(String, String)> = entries
                .iter()
                .filter_map(|(name, entry)| {
                    Some((name.clone(), end_of_chain(entries, section, entry)?))
                })
                .collect();
            for (name, end) in chained {
                if let Some(content) = entries.get(&end).cloned() {
                    let place = |name: &str| format!("/components/{section}/{}", escape(name));
                    let origin = self.stage_map.origin(&place(&end));
                    self.stage_map.record(place(&name), origin);
                    entries.insert(name, content);
                }
            }
        }
    }
}

/// Returns the name of the component at the end of a chain of references; `None` for what is no reference or leads nowhere.
fn end_of_chain(entries: &Entries, section: &str, entry: &Value) -> Option<String> {
    let mut entry = entry;
    let mut end = None;
    for _ in 0..=entries.len() {
        let Some(reference) = entry.get("$ref").and_then(Value::as_str) else {
            return end.map(str::to_owned);
        };
        let name = reference
            .strip_prefix("#/components/")?
            .strip_prefix(section)?
            .strip_prefix('/')?;
        entry = entries.get(name)?;
        end = Some(name);
    }
    None
}

fn is_status(key: &str) -> bool {
    key == "default"
        || key.starts_with("x-")
        || matches!(
            key.as_bytes(),
            [b'1'..=b'9', b'0'..=b'9', b'0'..=b'9'] | [b'1'..=b'9', b'X' | b'x', b'X' | b'x']
        )
}

/// Adds the summary and the parent of a tag (OpenAPI 3.2) to its description.
fn describe_tag(entries: &mut Entries) {
    let mut text = |key: &str| match entries.shift_remove(key) {
        Some(Value::String(text)) if !text.trim().is_empty() => Some(text),
        _ => None,
    };
    let paragraphs = [
        text("summary"),
        text("description"),
        text("parent").map(|parent| format!("Part of `{}`.", parent.replace('`', ""))),
    ];
    let paragraphs: Vec<String> = paragraphs.into_iter().flatten().collect();
    if !paragraphs.is_empty() {
        let description = Value::String(paragraphs.join("\n\n"));
        entries.insert("description".to_owned(), description);
    }
}

/// Describes what a field holds, for a message.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => format!("`{text}`"),
        _ => describe(value).to_owned(),
    }
}

/// A path without a slash, or what is hardly a path at all.
fn misplaced(key: &str, at: &Pointer<'_>) -> Diagnostic {
    let message = "a path begins with `/`; treated as if it did";
    let warning = Diagnostic::warning("fixed", at.to_string(), message).on_key();
    if Kind::Document.field(key).is_some() {
        return warning.help(format!("if this is no path, indent `{key}` as `paths` is"));
    }
    match key
        .split_once("://")
        .and_then(|(_, rest)| rest.split_once('/'))
    {
        Some((_, path)) => warning.help(format!(
            "the URL stands under `servers`, and the path is `/{path}`"
        )),
        None => warning,
    }
}
