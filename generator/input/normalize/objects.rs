//! Objects other than schemas, parameters and security schemes: what publishers leave out or write in their own way.

use super::{Entries, Walk, describe};
use crate::base::note::NoteKind;
use crate::base::pointer::Pointer;
use crate::input::grammar::Kind;
use serde_json::{Map, Value, json};

impl Walk<'_> {
    /// Makes an object of something else that is meant as one; returns whether there is anything to go on with.
    pub(super) fn fix_object(&mut self, kind: Kind, value: &mut Value, at: &Pointer<'_>) -> bool {
        if let Some(field) = meant_field(kind, value) {
            self.wrapped(kind, field, at);
            *value = json!({ field: value.take() });
            return true;
        }
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
                let message = "a schema for each position of a list";
                self.note(NoteKind::Generalised, at, message);
                *value = json!({});
            }
            (kind, Value::Null) if may_be_empty(kind) => {
                let name = kind.name();
                let message = format!("expected {name}, found null; treated as an empty one");
                self.fixed(at, message);
                *value = json!({});
            }
            (_, Value::Null) => {
                self.left_out(at);
                return false;
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
            _ => {
                self.expected_node(kind, value, at);
                return false;
            }
        }
        true
    }

    pub(super) fn wrapped(&mut self, kind: Kind, field: &str, at: &Pointer<'_>) {
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
}

/// Returns the field of an object that a value is meant as which is written in its place.
fn meant_field(kind: Kind, value: &Value) -> Option<&'static str> {
    match (kind, value) {
        (_, Value::Null) => None,
        (Kind::Tag | Kind::License, Value::String(_)) => Some("name"),
        (Kind::Server | Kind::ExternalDocs, Value::String(_)) => Some("url"),
        (Kind::Discriminator, Value::String(_)) => Some("propertyName"),
        (Kind::ServerVariable, Value::String(_) | Value::Number(_)) => Some("default"),
        (Kind::Example, _) => Some("value"),
        _ => None,
    }
}

/// Whether null stands for an object without fields.
fn may_be_empty(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Schema
            | Kind::MediaType
            | Kind::Response
            | Kind::ServerVariable
            | Kind::Encoding
            | Kind::Responses
            | Kind::OAuthFlow
            | Kind::Paths
            | Kind::Header
            | Kind::Info
    )
}

fn is_status(key: &str) -> bool {
    key == "default"
        || key.starts_with("x-")
        || matches!(
            key.as_bytes(),
            [b'1'..=b'9', b'0'..=b'9', b'0'..=b'9'] | [b'1'..=b'9', b'X' | b'x', b'X' | b'x']
        )
}

/// Describes what a field holds, for a message.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => format!("`{text}`"),
        _ => describe(value).to_owned(),
    }
}
