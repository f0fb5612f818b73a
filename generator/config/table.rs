//! The tables of cratewright.toml, as they are written.

use super::report;
use super::spec::Specs;
use crate::model::settings::{Features, Openness};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use toml::Spanned;

/// Values by names of the user's.
pub(super) type Named<T> = BTreeMap<Spanned<String>, T>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(rename = "crate", default)]
    pub crates: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub package: Spanned<String>,
    pub out: Spanned<String>,
    pub spec: Spanned<Specs>,
    pub version: Option<Spanned<String>>,
    #[serde(default)]
    pub operations: Vec<Spanned<String>>,
    #[serde(default)]
    pub tags: Vec<Spanned<String>>,
    #[serde(default)]
    pub paths: Vec<Spanned<String>>,
    #[serde(default)]
    pub exclude: Picks,
    #[serde(default)]
    pub overlays: Vec<Spanned<String>>,
    #[serde(default)]
    pub types: Types,
    #[serde(default)]
    pub derives: Named<Vec<Spanned<String>>>,
    #[serde(default)]
    pub rename: Rename,
    pub enums: Option<Openness>,
    #[serde(default, rename = "enum")]
    pub of_enum: Named<Openness>,
    pub api: Option<Spanned<String>>,
    pub features: Option<Features>,
    #[serde(default)]
    pub manifest: BTreeMap<String, toml::Value>,
    #[serde(default)]
    pub dependencies: Named<toml::Value>,
    #[serde(default)]
    pub paging: Named<Value>,
    #[serde(default, rename = "stream-ends")]
    pub stream_ends: Named<Vec<String>>,
    #[serde(default, rename = "media-types")]
    pub media_types: Vec<Spanned<String>>,
    #[serde(default)]
    pub report: Vec<report::Entry>,
}

/// What operations are picked by.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Picks {
    pub operations: Vec<Spanned<String>>,
    pub tags: Vec<Spanned<String>>,
    pub paths: Vec<Spanned<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Types {
    pub formats: Named<Spanned<String>>,
    pub schemas: Named<Spanned<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Rename {
    pub types: Named<Spanned<String>>,
    pub fields: Named<Named<Spanned<String>>>,
    pub operations: Named<Spanned<String>>,
    pub modules: Named<Spanned<String>>,
}
