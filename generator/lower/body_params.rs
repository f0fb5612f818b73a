//! The parameters that a body of a media type consists of.

use super::Lowering;
use super::raw::{BodyChoice, PartEncoding, Raw};
use super::request_media::{Offer, Sort};
use super::schemas::{Additional, Kind, Use};
use crate::base::pointer::Pointer;
use crate::model::api::{Body, ContentType, Location, NoteKind, Style};
use openapiv3::RequestBody;

impl<'d> Lowering<'d> {
    pub(super) fn choice(&mut self, body: &'d RequestBody, offer: &Offer<'d>) -> BodyChoice<'d> {
        let mut raws = Vec::new();
        let media_type = offer.media_type.to_owned();
        let sent = match &offer.sort {
            Sort::Form => {
                self.fields(body, offer, &mut raws);
                Body::Form
            }
            Sort::Multipart(subtype) => {
                self.parts(body, offer, &mut raws);
                Body::Multipart(subtype.clone())
            }
            Sort::Json => {
                raws.push(Raw {
                    schema: offer.schema.clone(),
                    style: Style::Json,
                    ..whole("body", body, format!("{}/schema", offer.at))
                });
                Body::Json(offer.written_media_type().to_owned())
            }
            Sort::JsonLines => {
                raws.push(Raw {
                    schema: offer.schema.clone(),
                    style: Style::Json,
                    ..whole("lines", body, format!("{}/schema", offer.at))
                });
                Body::JsonLines(media_type)
            }
            Sort::Text | Sort::Bytes => {
                if offer
                    .schema
                    .as_ref()
                    .is_some_and(|schema| self.is_composite(schema))
                {
                    let message = format!(
                        "`{media_type}` is not written by its schema: the caller does that"
                    );
                    self.note(NoteKind::Generalised, &Pointer::to(&offer.at), message);
                }
                if offer.is_range() {
                    raws.push(content_type_param(body.required, offer.at.clone()));
                }
                raws.push(Raw {
                    schema: offer.schema.clone().filter(|_| offer.sort == Sort::Text),
                    ..whole("body", body, offer.at.clone())
                });
                if offer.sort == Sort::Text {
                    Body::Text(ContentType::Fixed(media_type))
                } else {
                    Body::Bytes(ContentType::Fixed(media_type))
                }
            }
        };
        BodyChoice {
            body: sent,
            raws,
            formats: Vec::new(),
            media: Some((offer.media, offer.at.clone())),
            suffix: None,
        }
    }

    /// Adds the fields of a form, or one parameter for all of them where it names none.
    fn fields(&mut self, body: &'d RequestBody, offer: &Offer<'d>, raws: &mut Vec<Raw<'d>>) {
        for mut raw in self.properties(offer) {
            if let Some(schema) = raw.schema.clone() {
                let encoding = offer.media.encoding.get(raw.wire);
                let field = self.field_style(encoding, &schema, &raw.pointer);
                raw.style = field.style;
                raw.reserved = field.reserved;
            }
            raws.push(raw);
        }
        if raws.is_empty() || self.takes_any_field(offer) {
            let name = if raws.is_empty() {
                "fields"
            } else {
                "additional_fields"
            };
            let is_empty = raws.is_empty();
            let schema = offer.schema.clone();
            let is_union = schema.as_ref().is_some_and(|schema| self.is_union(schema));
            let has_to_be = is_empty && (is_union || self.takes_any_field(offer));
            raws.push(Raw {
                schema: schema
                    .filter(|_| is_empty)
                    .filter(|schema| !self.has_fields(schema)),
                required: body.required && has_to_be,
                ..whole(name, body, offer.at.clone())
            });
        }
    }

    /// Adds the parts of a multipart body, or one parameter for all of them where it names none.
    fn parts(&mut self, body: &'d RequestBody, offer: &Offer<'d>, raws: &mut Vec<Raw<'d>>) {
        for mut raw in self.properties(offer) {
            raw.part = Some(PartEncoding::new(offer.media.encoding.get(raw.wire)));
            raws.push(raw);
        }
        if raws.is_empty() {
            if offer
                .schema
                .as_ref()
                .is_some_and(|schema| self.is_union(schema))
            {
                let message = "the alternatives of a multipart body: the caller names the parts";
                self.note(NoteKind::Generalised, &Pointer::to(&offer.at), message);
            }
            raws.push(Raw {
                part: Some(PartEncoding::default()),
                ..whole("parts", body, offer.at.clone())
            });
        } else if self.takes_any_field(offer) {
            let message = "parts that the description does not name cannot be sent";
            self.note(NoteKind::Generalised, &Pointer::to(&offer.at), message);
        }
    }

    fn is_union(&self, schema: &Use<'d>) -> bool {
        self.has_kind(schema, |kind| matches!(kind, Kind::Union(_)))
    }

    fn has_fields(&self, schema: &Use<'d>) -> bool {
        self.has_kind(schema, |kind| matches!(kind, Kind::Struct))
    }

    /// Whether a form takes fields that it does not name.
    fn takes_any_field(&self, offer: &Offer<'d>) -> bool {
        offer
            .schema
            .as_ref()
            .is_some_and(|schema| match self.schemas.facts(schema).additional {
                Additional::Allowed | Additional::Schema(_) => true,
                Additional::Unstated | Additional::Denied => false,
            })
    }

    /// Returns a parameter for each property of a body.
    fn properties(&mut self, offer: &Offer<'d>) -> Vec<Raw<'d>> {
        let Some(place) = &offer.schema else {
            return Vec::new();
        };
        if !self.resolve(place) {
            return Vec::new();
        }
        let place = self.schemas.resolved(place);
        let facts = match &self.schemas.classify(&place) {
            Some(schema) => schema.facts.clone(),
            None => self.schemas.facts(&place),
        };
        self.note_rules(&facts);
        let sent = facts.properties.iter().filter(|(_, property)| {
            let property = self.schemas.facts(property);
            !property.read_only
        });
        sent.map(|(wire, property)| Raw {
            schema: Some(property.clone()),
            required: facts.requires(wire),
            ..Raw::new(wire, Location::Body, property.pointer().to_owned())
        })
        .collect()
    }
}

/// The parameter for the media type of a body that may be of several.
pub(super) fn content_type_param<'d>(required: bool, pointer: String) -> Raw<'d> {
    Raw {
        description: "The media type of the body, as the header `Content-Type` has it.",
        required,
        style: Style::simple(),
        ..Raw::new("Content-Type", Location::Header, pointer)
    }
}

/// The parameter that a whole body is.
fn whole<'d>(wire: &'static str, body: &'d RequestBody, pointer: String) -> Raw<'d> {
    Raw {
        description: body.description.as_deref().unwrap_or_default(),
        required: body.required,
        ..Raw::new(wire, Location::Body, pointer)
    }
}
