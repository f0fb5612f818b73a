//! Text to [`Document`](document::Document): everything that is known of OpenAPI's versions and of how people write it.

mod advice;
mod bundle;
pub mod document;
pub(crate) mod files;
mod grammar;
mod normalize;
mod overlay;
mod source_map;
mod text;
mod typed;
mod version;
mod yaml;
