//! Media types: which of several is asked for, and how its body is read.

use crate::model::api::Reading;
use indexmap::IndexMap;
use openapiv3::{
    MediaType, ReferenceOr, Schema, SchemaKind, StringFormat, StringType, Type,
    VariantOrUnknownOrEmpty,
};

/// A media type that an answer may come in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Media<'d> {
    pub name: &'d str,
    pub content: &'d MediaType,
    pub reading: Reading,
}

/// Returns the media type that is asked for: JSON where it is offered, otherwise the first.
pub(super) fn media_of(content: &IndexMap<String, MediaType>) -> Option<Media<'_>> {
    let offers = || {
        content.iter().map(|(name, content)| Media {
            name,
            content,
            reading: reading_of(name, content),
        })
    };
    let plain = offers().find(|media| essence(media.name) == "application/json");
    let json = || offers().find(|media| media.reading == Reading::Json);
    plain.or_else(json).or_else(|| offers().next())
}

/// Returns the value of `Accept` for the media types of the answers.
pub(super) fn accepted<'d>(offers: impl Iterator<Item = &'d Media<'d>>) -> String {
    let mut accepted: Vec<&str> = Vec::new();
    for media in offers {
        let media_type = match media.reading {
            Reading::Json if media.name.contains('*') => "application/json",
            _ if is_header_text(media.name) => media.name,
            _ => "*/*",
        };
        if !accepted.contains(&media_type) {
            accepted.push(media_type);
        }
    }
    if accepted.is_empty() {
        accepted.push("application/json");
    }
    accepted.join(", ")
}

/// Whether a text is a media type that a header can carry.
pub(super) fn is_header_text(media_type: &str) -> bool {
    media_type.contains('/') && media_type.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// JSON is decoded, text is text unless it is markup or said to be binary, and everything else is bytes. A media type that
/// may be any is taken for JSON where a schema says what that holds.
fn reading_of(media_type: &str, content: &MediaType) -> Reading {
    let essence = essence(media_type);
    let is_any = matches!(essence.as_str(), "*/*" | "*" | "application/*");
    if is_json(&essence) || (is_any && content.schema.is_some() && !is_binary(content)) {
        Reading::Json
    } else if essence.starts_with("text/") && !essence.ends_with("xml") && !is_binary(content) {
        Reading::Text
    } else {
        Reading::Bytes
    }
}

fn is_binary(content: &MediaType) -> bool {
    let Some(ReferenceOr::Item(Schema { schema_kind, .. })) = &content.schema else {
        return false;
    };
    matches!(
        schema_kind,
        SchemaKind::Type(Type::String(StringType {
            format: VariantOrUnknownOrEmpty::Item(StringFormat::Binary),
            ..
        }))
    )
}

/// A media type without its parameters.
pub(super) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether a media type, without its parameters, is JSON (RFC 6839: `+json`).
pub(super) fn is_json(essence: &str) -> bool {
    matches!(essence, "application/json" | "text/json") || essence.ends_with("+json")
}
