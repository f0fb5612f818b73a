//! Request bodies.

use super::Style;
use crate::model::names::Name;

/// How a request body is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// No body.
    None,
    /// `application/x-www-form-urlencoded`, made of the parameters in [`Location::Body`](super::Location::Body).
    Form,
    /// JSON of this media type: the one parameter in [`Location::Body`](super::Location::Body).
    Json(String),
    /// JSON texts of this media type, one for each item: the one parameter in [`Location::Body`](super::Location::Body).
    JsonLines(String),
    /// `multipart/form-data` or another multipart type, made of the parameters in
    /// [`Location::Body`](super::Location::Body).
    Multipart(String),
    /// Text: the one parameter in [`Location::Body`](super::Location::Body).
    Text(ContentType),
    /// Bytes: the one parameter in [`Location::Body`](super::Location::Body).
    Bytes(ContentType),
}

/// The media type of a body of text or bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContentType {
    /// The only one.
    Fixed(String),
    /// The caller gives it, in the parameter of this name: the description has a range such as `image/*`, or several. The
    /// other is sent where there is none.
    Given(Name, String),
}

impl Body {
    /// Returns whether it is made of several parameters.
    #[must_use]
    pub fn has_fields(&self) -> bool {
        matches!(self, Self::Form | Self::Multipart(_))
    }
}

/// The other media types that the JSON body of a request can be written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyFormats {
    /// The name of the field for the media type that is chosen; empty for the usual one.
    pub field: Name,
    /// Each of them, in the order of the description.
    pub each: Vec<BodyFormat>,
}

/// Another media type that the JSON body of a request can be written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyFormat {
    /// The name of the method that chooses it.
    pub method: Name,
    /// The media type.
    pub media_type: String,
    /// How it is written.
    pub writing: Writing,
}

/// How a JSON value is written in another media type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Writing {
    /// As JSON.
    Json,
    /// As a form: each member is a field, in these styles where they are not the default one.
    Form(Vec<(String, Style)>),
    /// As a multipart body: each member is a part, of these media types where they are not the default one.
    Multipart(Vec<(String, String)>),
}
