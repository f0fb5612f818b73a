//! Text to [`Document`](document::Document): everything that is known of OpenAPI's versions and of how people write it.

mod advice;
mod bundle;
pub mod document;
pub(crate) mod files;
mod grammar;
mod normalize;
mod overlay;
mod source_map;
mod swagger;
mod text;
mod typed;
mod version;
mod yaml;

/// The extension that marks a media type whose schema is of each item of a sequence (`itemSchema` of OpenAPI 3.2).
pub(crate) const SEQUENCE: &str = "x-cratewright-sequence";
