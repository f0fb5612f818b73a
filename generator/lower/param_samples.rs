//! A value for each parameter, for the examples that the description does not give.

use super::Lowering;
use super::media::is_header_text;
use super::raw::{Raw, is_content_type};
use crate::base::pointer::unescape;
use crate::model::api::{Location, NamedKind, Type};
use serde_json::{Value, json};

impl<'d> Lowering<'d> {
    pub(super) fn sample_of_param(&self, raw: &Raw<'d>, ty: &Type, location: Location) -> Value {
        if is_content_type(raw) {
            return json!(media_type_in(&raw.pointer));
        }
        let is_whole = |value: &Value| match (location, value) {
            _ if !can_be_sent(location, value) => false,
            // Nothing is sent for an object without members.
            (Location::Query | Location::Header | Location::Cookie, Value::Object(entries)) => {
                !entries.is_empty()
            }
            // A form without fields would be no body.
            (Location::Body, Value::Object(entries)) => !entries.is_empty() || !is_text_map(ty),
            _ => true,
        };
        let given = raw.example.filter(|value| self.fits(ty, value));
        let of_schema = || raw.schema.as_ref().map(|schema| self.sample(schema, ty));
        let found = given.cloned().filter(is_whole);
        found
            .or_else(|| of_schema().filter(is_whole))
            .unwrap_or_else(|| sample_of_any(ty, location))
    }
}

/// Whether a request can have a value there: a path with nothing in it is another path, and a header has visible characters.
pub(super) fn can_be_sent(location: Location, value: &Value) -> bool {
    match (location, value) {
        (Location::Path, Value::String(text)) => !matches!(text.as_str(), "" | "." | ".."),
        (Location::Path, Value::Array(items)) => !items.iter().all(|item| item == ""),
        (Location::Path, Value::Object(entries)) => !entries.is_empty(),
        (Location::Header, Value::String(text)) => is_visible(text),
        (Location::Header, Value::Array(items)) => {
            items.iter().all(|item| can_be_sent(location, item))
        }
        (Location::Header, Value::Object(entries)) => entries
            .iter()
            .all(|(name, value)| is_visible(name) && can_be_sent(location, value)),
        _ => true,
    }
}

fn is_visible(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// A media type of the range that a pointer ends with.
fn media_type_in(pointer: &str) -> String {
    let listed = unescape(pointer.rsplit('/').next().unwrap_or_default());
    match &*listed {
        "text/*" => "text/plain".to_owned(),
        "image/*" => "image/png".to_owned(),
        "audio/*" => "audio/mpeg".to_owned(),
        "video/*" => "video/mp4".to_owned(),
        one if one.contains('*') || !is_header_text(one) => "application/octet-stream".to_owned(),
        _ => listed.into_owned(),
    }
}

fn is_text_map(ty: &Type) -> bool {
    matches!(ty, Type::Map(values) if matches!(**values, Type::String | Type::File))
}

/// A value of a parameter of which nothing is known but its type.
fn sample_of_any(ty: &Type, location: Location) -> Value {
    match ty {
        Type::Map(values) if **values == Type::File => json!({ "file": "value" }),
        Type::Map(_) => json!({ "key": "value" }),
        Type::List(items) => json!([sample_of_any(items, location)]),
        Type::String | Type::File | Type::Bytes => json!("value"),
        Type::Json if location != Location::Body => json!("value"),
        Type::Named(path) if path.kind == NamedKind::TextEnum => json!("value"),
        _ => json!({}),
    }
}
