//! What every layer needs: texts and places in them, diagnostics, JSON pointers, documentation.

pub mod diagnostics;
pub mod markdown;
pub mod note;
pub(crate) mod parallel;
pub(crate) mod path_template;
pub(crate) mod pointer;
pub(crate) mod regular_expression;
pub mod source;
pub mod span;
pub(crate) mod suggestions;

/// The extension that marks a list whose positions have a schema each: the alternatives of its items, in order.
pub(crate) const TUPLE: &str = "x-cratewright-tuple";

/// The extension with the rules of a schema that are not enforced, by their keyword, for the change report.
pub(crate) const RULES: &str = "x-cratewright-rules";

/// The extension with the media type of what a text contains: that of a part of a multipart body, unless its encoding has one.
pub(crate) const MEDIA_TYPE: &str = "x-cratewright-media-type";

/// The extension of a path parameter whose reserved characters are sent as they are (`allowReserved`, OpenAPI 3.2).
pub(crate) const RESERVED: &str = "x-cratewright-reserved";
