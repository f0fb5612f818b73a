//! Fields that an object cannot be without.

use super::{Entries, Walk};
use crate::base::note::NoteKind;
use crate::base::pointer::Pointer;
use crate::input::grammar::Kind;
use serde_json::{Value, json};

impl Walk<'_> {
    /// Adds the fields that an object cannot be without; returns whether it can stay.
    pub(super) fn require_fields(
        &mut self,
        kind: Kind,
        entries: &mut Entries,
        at: &Pointer<'_>,
    ) -> bool {
        match kind {
            Kind::Document => {
                let info = || json!({ "title": "API", "version": "0" });
                self.default(kind, entries, "info", info, at);
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
                let listed = entries.get("enum");
                let first = listed.and_then(|values| values.get(0)).cloned();
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
                self.leave_out_default_mapping(entries, at);
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

    fn leave_out_default_mapping(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        if entries.shift_remove("defaultMapping").is_some() {
            let message = "`defaultMapping` is not used: a value with another tag is kept as it is";
            self.note(NoteKind::Generalised, &at.key("defaultMapping"), message);
        }
    }
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
