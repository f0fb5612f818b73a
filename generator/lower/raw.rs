//! What requests take, before the types of it are known.

use super::media::{essence, is_json};
use super::schemas::Use;
use crate::model::api::{Body, Location, Style, Writing};
use openapiv3::{Encoding, MediaType, QueryStyle};
use serde_json::Value;

/// A parameter before its type is known.
#[derive(Clone)]
pub(super) struct Raw<'d> {
    pub wire: &'d str,
    pub location: Location,
    pub schema: Option<Use<'d>>,
    pub description: &'d str,
    pub deprecated: bool,
    pub required: bool,
    pub style: Style,
    /// `allowReserved`.
    pub reserved: bool,
    /// `allowEmptyValue`.
    pub takes_empty: bool,
    /// How it is described as a part of a multipart body.
    pub part: Option<PartEncoding>,
    pub example: Option<&'d Value>,
    pub pointer: String,
}

impl<'d> Raw<'d> {
    /// Returns a parameter of which nothing else is known.
    pub fn new(wire: &'d str, location: Location, pointer: String) -> Self {
        Self {
            wire,
            location,
            schema: None,
            description: "",
            deprecated: false,
            required: false,
            style: Style::form(),
            reserved: false,
            takes_empty: false,
            part: None,
            example: None,
            pointer,
        }
    }
}

/// Whether a parameter is the media type of the body: no other header parameter has this name.
pub(super) fn is_content_type(raw: &Raw<'_>) -> bool {
    raw.location == Location::Header && raw.wire.eq_ignore_ascii_case("content-type")
}

/// One way to send the body of an operation: its form and its parameters.
pub(super) struct BodyChoice<'d> {
    pub body: Body,
    pub raws: Vec<Raw<'d>>,
    pub formats: Vec<RawFormat>,
    pub media: Option<(&'d MediaType, String)>,
    /// What the name of its request ends with; none for the first.
    pub suffix: Option<String>,
}

/// Another media type of the same value, before its method has a name.
pub(super) struct RawFormat {
    pub spelling: String,
    pub media_type: String,
    pub writing: Writing,
}

/// What the Encoding Object says of a part.
#[derive(Debug, Clone, Default)]
pub(super) struct PartEncoding {
    /// The media types, in the order of the description.
    pub content_types: Vec<String>,
    /// Whether it has headers other than `Content-Type`.
    pub has_headers: bool,
    /// What is between the items of a list; none where each is a part of its own.
    pub separator: Option<Separator>,
}

/// What is between the items of a list in one part (OpenAPI 3.1, Encoding Object, `style` and `explode`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    Comma,
    Other,
}

impl PartEncoding {
    pub fn new(encoding: Option<&Encoding>) -> Self {
        let Some(Encoding {
            content_type,
            headers,
            style,
            explode,
            allow_reserved: _,
            extensions: _,
        }) = encoding
        else {
            return Self::default();
        };
        let listed = content_type.iter().flat_map(|listed| listed.split(','));
        let is_own = |name: &String| !name.eq_ignore_ascii_case("content-type");
        Self {
            content_types: listed
                .map(|one| one.trim().to_owned())
                .filter(|one| !one.is_empty())
                .collect(),
            has_headers: headers.keys().any(is_own),
            separator: separator(style.as_ref(), *explode),
        }
    }

    /// Returns the first media type that is no range.
    pub fn content_type(&self) -> Option<String> {
        let mut listed = self.content_types.iter();
        listed.find(|one| !one.contains('*')).cloned()
    }

    pub fn is_json(&self) -> bool {
        let mut listed = self.content_types.iter();
        listed.any(|one| is_json(&essence(one)))
    }

    pub fn is_text(&self) -> bool {
        let mut listed = self.content_types.iter();
        listed.any(|one| one.starts_with("text/"))
    }
}

/// A list in one part has a separator where the description says so; by itself, each item is a part of its own.
fn separator(style: Option<&QueryStyle>, explode: bool) -> Option<Separator> {
    match style? {
        QueryStyle::Form => (!explode).then_some(Separator::Comma),
        QueryStyle::SpaceDelimited | QueryStyle::PipeDelimited | QueryStyle::DeepObject => {
            Some(Separator::Other)
        }
    }
}
