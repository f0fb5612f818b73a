//! Request bodies: the form that is sent, and the fields it has.

use super::Lowering;
use super::media::{essence, is_header_text, is_json};
use super::params::Raw;
use super::references::Section;
use super::schemas::{Additional, Use};
use crate::base::pointer::Pointer;
use crate::model::api::{Body, Location, Style};
use openapiv3::{MediaType, Operation, ReferenceOr, RequestBody};
use serde_json::Value;

/// The form of a body, and its media type with where that stands.
pub(super) type FoundBody<'d> = (Body, Option<(&'d MediaType, String)>);

impl<'d> Lowering<'d> {
    /// Reads the request body, and adds its fields to the parameters.
    pub(super) fn body(
        &mut self,
        operation: &'d Operation,
        pointer: &Pointer<'_>,
        raws: &mut Vec<Raw<'d>>,
    ) -> FoundBody<'d> {
        let at = pointer.key("requestBody");
        let mut place = at.to_string();
        let body = match &operation.request_body {
            None => return (Body::None, None),
            Some(ReferenceOr::Item(body)) => body,
            Some(ReferenceOr::Reference { reference }) => {
                reference.trim_start_matches('#').clone_into(&mut place);
                let components = self.openapi.components.as_ref();
                let section = Section {
                    key: "requestBodies",
                    what: "request body",
                    items: components.map(|components| &components.request_bodies),
                };
                let Some(found) = self.component(reference, &section, &at) else {
                    return (Body::None, None);
                };
                found
            }
        };
        let RequestBody {
            description: _,
            content,
            required: _,
            extensions: _,
        } = body;
        let place = Pointer::to(&place);
        let content_at = place.key("content");
        for (media_type, media) in content {
            let media_at = content_at.key(media_type);
            let essence = essence(media_type);
            if essence == "application/x-www-form-urlencoded" {
                self.form(media, &media_at, raws);
                if raws.iter().all(|raw| raw.location != Location::Body)
                    && self.takes_any_field(media)
                {
                    raws.push(Raw {
                        style: Style::Exploded,
                        ..whole("fields", body, media_at.to_string())
                    });
                }
                return (Body::Form, Some((media, media_at.to_string())));
            }
            if essence == "multipart/form-data" {
                self.form(media, &media_at, raws);
                if raws.iter().all(|raw| raw.location != Location::Body) {
                    raws.push(whole("parts", body, media_at.to_string()));
                }
                return (Body::Multipart, Some((media, media_at.to_string())));
            }
            if is_json(&essence) || essence == "*/*" {
                raws.push(Raw {
                    schema: schema_of(media, &media_at.to_string()),
                    ..whole("body", body, media_at.key("schema").to_string())
                });
                let named = is_json(&essence) && is_header_text(media_type);
                let sent = if named {
                    media_type
                } else {
                    "application/json"
                };
                let body = Body::Json(sent.to_owned());
                return (body, Some((media, media_at.to_string())));
            }
        }
        let Some((media_type, media)) = content.first() else {
            return (Body::None, None);
        };
        let is_text = media_type.starts_with("text/")
            || media_type.contains("xml")
            || media_type.contains("yaml");
        raws.push(whole("body", body, content_at.key(media_type).to_string()));
        let body = if is_text {
            Body::Text(media_type.clone())
        } else {
            Body::Bytes(media_type.clone())
        };
        (body, Some((media, content_at.key(media_type).to_string())))
    }

    /// Whether a form has no fields of its own and says that it takes others.
    fn takes_any_field(&self, media: &'d MediaType) -> bool {
        schema_of(media, "").is_some_and(|schema| match self.schemas.facts(&schema).additional {
            Additional::Allowed | Additional::Schema(_) => true,
            Additional::Unstated | Additional::Denied => false,
        })
    }

    fn form(&mut self, media: &'d MediaType, at: &Pointer<'_>, raws: &mut Vec<Raw<'d>>) {
        let Some(place) = schema_of(media, &at.to_string()) else {
            return;
        };
        if !self.resolve(&place) {
            return;
        }
        let place = self.schemas.resolved(&place);
        let schema = self.schemas.classify(&place);
        let facts = match &schema {
            Some(schema) => schema.facts.clone(),
            None => self.schemas.facts(&place),
        };
        for (wire, property) in &facts.properties {
            raws.push(Raw {
                wire,
                location: Location::Body,
                schema: Some(property.clone()),
                description: "",
                deprecated: false,
                required: facts.requires(wire),
                style: Style::Plain,
                is_object: false,
                example: None,
                pointer: property.pointer().to_owned(),
            });
        }
    }
}

/// Returns the schema of a media type that is at a place.
pub(super) fn schema_of<'d>(media: &'d MediaType, at: &str) -> Option<Use<'d>> {
    let schema = media.schema.as_ref()?;
    Some(Use::new(schema, format!("{at}/schema")))
}

/// The parameter that a whole body is.
fn whole<'d>(wire: &'static str, body: &'d RequestBody, pointer: String) -> Raw<'d> {
    Raw {
        wire,
        location: Location::Body,
        schema: None,
        description: body.description.as_deref().unwrap_or_default(),
        deprecated: false,
        required: body.required,
        style: Style::Plain,
        is_object: false,
        example: None,
        pointer,
    }
}

/// Every example that the description gives for a parameter.
pub(super) fn example_texts<'d>(raw: &Raw<'d>, media: Option<&'d MediaType>) -> Vec<&'d Value> {
    let of_schema = raw.schema.as_ref().and_then(Use::inline_example);
    let of_media = media
        .into_iter()
        .filter(|_| raw.location == Location::Body)
        .flat_map(examples_of);
    let in_media = of_media.filter_map(|(_, value)| value.get(raw.wire));
    raw.example
        .into_iter()
        .chain(of_schema)
        .chain(in_media)
        .collect()
}

/// The examples of a media type, by name; one without a name is called `example`.
pub(super) fn examples_of(media: &MediaType) -> impl Iterator<Item = (&str, &Value)> {
    let MediaType {
        schema: _,
        example,
        examples,
        encoding: _,
        extensions: _,
    } = media;
    let named = examples
        .iter()
        .filter_map(|(key, example)| Some((key.as_str(), example.as_item()?.value.as_ref()?)));
    named.chain(example.as_ref().map(|value| ("example", value)))
}

/// Whether a string holds a JSON object or list, as text.
pub(super) fn holds_json(value: &Value) -> bool {
    let Value::String(text) = value else {
        return false;
    };
    text.trim_start().starts_with(['{', '['])
        && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}
