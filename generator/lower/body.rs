//! Request bodies: which of the media types are sent, and what parameters each has.

use super::Lowering;
use super::body_params::content_type_param;
use super::media::schema_of;
use super::raw::{BodyChoice, RawFormat, is_content_type};
use super::references::Section;
use super::request_media::{Offer, Sort, offer};
use super::schemas::{Kind, Scalar, Use};
use crate::base::pointer::Pointer;
use crate::model::api::{Body, ContentType, NoteKind, Style, Writing};
use openapiv3::{MediaType, Operation, ReferenceOr, RequestBody};

impl<'d> Lowering<'d> {
    /// Returns the ways to send the body: the first is the usual one, and others are there where they can send something else.
    pub(super) fn bodies(
        &mut self,
        operation: &'d Operation,
        pointer: &Pointer<'_>,
    ) -> Vec<BodyChoice<'d>> {
        let none = BodyChoice {
            body: Body::None,
            raws: Vec::new(),
            formats: Vec::new(),
            media: None,
            suffix: None,
        };
        let Some((body, at)) = self.declared_body(operation, pointer) else {
            return vec![none];
        };
        let offers: Vec<Offer<'d>> = body
            .content
            .iter()
            .map(|(media_type, media)| self.offer(media_type, media, &at))
            .collect();
        let choices = self.choices(body, offers);
        if choices.is_empty() {
            vec![none]
        } else {
            choices
        }
    }

    fn declared_body(
        &mut self,
        operation: &'d Operation,
        pointer: &Pointer<'_>,
    ) -> Option<(&'d RequestBody, String)> {
        let at = pointer.key("requestBody");
        let (body, place) = match operation.request_body.as_ref()? {
            ReferenceOr::Item(body) => (body, at.to_string()),
            ReferenceOr::Reference { reference } => {
                let components = self.openapi.components.as_ref();
                let section = Section {
                    key: "requestBodies",
                    what: "request body",
                    items: components.map(|components| &components.request_bodies),
                };
                let found = self.component(reference, &section, &at)?;
                (found, reference.trim_start_matches('#').to_owned())
            }
        };
        let RequestBody {
            description: _,
            content: _,
            required: _,
            extensions: _,
        } = body;
        Some((body, format!("{place}/content")))
    }

    fn offer(&self, media_type: &'d str, media: &'d MediaType, content: &str) -> Offer<'d> {
        let at = format!("{content}/{}", crate::base::pointer::escape(media_type));
        let schema = schema_of(media, &at);
        let is_binary = schema.as_ref().is_some_and(|schema| self.is_binary(schema));
        let is_text = schema.as_ref().is_some_and(|schema| self.is_single(schema));
        offer(media_type, media, schema, at, (is_binary, is_text))
    }

    fn is_binary(&self, schema: &Use<'d>) -> bool {
        self.has_kind(schema, |kind| matches!(kind, Kind::Scalar(Scalar::Binary)))
    }

    fn is_single(&self, schema: &Use<'d>) -> bool {
        self.has_kind(schema, |kind| {
            matches!(kind, Kind::Scalar(_) | Kind::TextEnum | Kind::IntegerEnum)
        })
    }

    /// Whether a schema is more than a single value.
    pub(super) fn is_composite(&self, schema: &Use<'d>) -> bool {
        self.has_kind(schema, |kind| match kind {
            Kind::Struct | Kind::Map(_) | Kind::List(_) | Kind::Tuple(_) | Kind::Union(_) => true,
            Kind::Any | Kind::Scalar(_) | Kind::TextEnum | Kind::IntegerEnum | Kind::Same(_) => {
                false
            }
        })
    }

    pub(super) fn has_kind(&self, schema: &Use<'d>, is: fn(&Kind<'_>) -> bool) -> bool {
        let schema = self.schemas.classify(&self.schemas.resolved(schema));
        schema.is_some_and(|schema| is(&schema.kind))
    }

    /// Decides which media types become requests of their own, which become formats of another one, and which none.
    fn choices(
        &mut self,
        body: &'d RequestBody,
        mut offers: Vec<Offer<'d>>,
    ) -> Vec<BodyChoice<'d>> {
        let usual = offers
            .iter()
            .position(|offer| offer.media_type == "application/json");
        let json = || offers.iter().position(|offer| offer.sort == Sort::Json);
        let first = usual.or_else(json).unwrap_or(0);
        if first < offers.len() {
            offers[..=first].rotate_right(1);
        }
        let mut choices: Vec<BodyChoice<'d>> = Vec::new();
        let mut sent: Vec<Offer<'d>> = Vec::new();
        for offer in offers {
            if let Some(known) = sent.iter().position(|known| known.is_same_bytes(&offer)) {
                self.add_content_type(&mut choices[known], &offer);
                continue;
            }
            let same = sent
                .iter()
                .position(|known| self.is_same_value(known, &offer));
            match (same, offer.writing()) {
                (Some(known), Some(writing)) if self.is_writable(&offer) => {
                    let writing = self.encoded(writing, &offer);
                    add_format(&mut choices[known], &offer, writing);
                }
                (Some(_), _) if !self.has_files(&offer) => self.skip(&offer),
                (_, _) => {
                    let mut choice = self.choice(body, &offer);
                    choice.suffix = (!sent.is_empty()).then(|| offer.suffix());
                    choices.push(choice);
                    sent.push(offer);
                }
            }
        }
        choices
    }

    /// Whether two media types are of one schema, and the first is JSON or has the same fields.
    fn is_same_value(&self, known: &Offer<'d>, other: &Offer<'d>) -> bool {
        let (Some(one), Some(two)) = (&known.schema, &other.schema) else {
            return false;
        };
        self.schemas.id(one) == self.schemas.id(two) && known.sort != Sort::Bytes
    }

    /// Whether the JSON value can be written in another format: there are no files in it.
    fn is_writable(&self, offer: &Offer<'d>) -> bool {
        let is_object = offer
            .schema
            .as_ref()
            .is_some_and(|schema| self.has_kind(schema, |kind| matches!(kind, Kind::Struct)));
        offer.sort == Sort::Json || (is_object && !self.has_files(offer))
    }

    fn has_files(&self, offer: &Offer<'d>) -> bool {
        let is_multipart = matches!(offer.sort, Sort::Multipart(_));
        let Some(schema) = offer.schema.as_ref().filter(|_| is_multipart) else {
            return false;
        };
        let facts = match self.schemas.classify(&self.schemas.resolved(schema)) {
            Some(schema) => schema.facts.clone(),
            None => return false,
        };
        facts.properties.values().any(|property| {
            self.has_kind(property, |kind| {
                matches!(kind, Kind::Scalar(Scalar::Binary) | Kind::Any)
            }) || self.is_list_of_files(property)
        })
    }

    fn is_list_of_files(&self, property: &Use<'d>) -> bool {
        let schema = self.schemas.classify(&self.schemas.resolved(property));
        schema.is_some_and(|schema| match &schema.kind {
            Kind::List(Some(items)) => self.is_binary(items),
            _ => false,
        })
    }

    fn skip(&mut self, offer: &Offer<'d>) {
        let message = format!(
            "the media type `{}` is not generated: another one sends the same value",
            offer.media_type
        );
        self.note(NoteKind::Generalised, &Pointer::to(&offer.at), message);
    }

    /// Adds what the Encoding Object says to a format.
    fn encoded(&mut self, writing: Writing, offer: &Offer<'d>) -> Writing {
        let encoding = &offer.media.encoding;
        match writing {
            Writing::Json => Writing::Json,
            Writing::Form(_) => {
                let Some(schema) = &offer.schema else {
                    return writing;
                };
                let facts = self.schemas.facts(&self.schemas.resolved(schema));
                let mut styles = Vec::new();
                for (wire, property) in &facts.properties {
                    let style = self
                        .field_style(encoding.get(*wire), property, &offer.at)
                        .style;
                    if style != Style::form() {
                        styles.push(((*wire).to_owned(), style));
                    }
                }
                Writing::Form(styles)
            }
            Writing::Multipart(_) => {
                let given = encoding.iter().filter_map(|(wire, encoding)| {
                    let content_type = encoding.content_type.as_deref()?;
                    let first = content_type.split(',').next().unwrap_or_default();
                    Some((wire.clone(), first.trim().to_owned()))
                });
                Writing::Multipart(given.collect())
            }
        }
    }

    /// Makes the media type of bytes a choice of the caller.
    fn add_content_type(&mut self, choice: &mut BodyChoice<'d>, offer: &Offer<'d>) {
        let (Body::Text(content_type) | Body::Bytes(content_type)) = &choice.body else {
            return;
        };
        let message = format!(
            "the media type `{}` is one of several: the caller says which is sent",
            offer.media_type
        );
        let is_a_choice = choice.raws.iter().any(is_content_type);
        if let (ContentType::Fixed(_), false) = (content_type, is_a_choice) {
            let at = choice
                .media
                .as_ref()
                .map_or(&offer.at, |(_, at)| at)
                .clone();
            choice.raws.insert(0, content_type_param(false, at));
        }
        self.note(NoteKind::Generalised, &Pointer::to(&offer.at), message);
    }
}

fn add_format(choice: &mut BodyChoice<'_>, offer: &Offer<'_>, writing: Writing) {
    let is_known = |format: &RawFormat| format.media_type == offer.written_media_type();
    let is_own = |body: &Body| matches!(body, Body::Json(own) if own == offer.written_media_type());
    if is_own(&choice.body) || choice.formats.iter().any(is_known) {
        return;
    }
    choice.formats.push(RawFormat {
        spelling: format!("as_{}", offer.suffix()),
        media_type: offer.written_media_type().to_owned(),
        writing,
    });
}
