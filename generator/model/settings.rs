//! What a user decides about a crate beyond its description: plain data, from the configuration to `lower` and `emit`.

use crate::base::diagnostics::{At, Diagnostic};
use crate::base::source::Source;
use crate::model::names::Name;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a user decides about a crate beyond its description.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The text that the settings are from, for messages about them.
    #[serde(skip)]
    pub source: Option<Arc<Source>>,
    /// Which operations are generated.
    pub selection: Selection,
    /// The types of string and number formats.
    pub formats: BTreeMap<Key, RustPath>,
    /// The types of named schemas.
    pub schemas: BTreeMap<Key, RustPath>,
    /// Derives that types have besides their own, by the name of the schema; `*` is every type.
    pub derives: BTreeMap<Key, Vec<RustPath>>,
    /// Other names.
    pub renames: Renames,
    /// Whether enums accept values that the description does not list.
    pub enums: Enums,
    /// Whether each module of operations is a feature of the crate.
    pub features: Features,
    /// Fields of `[package]`, each with its value in TOML.
    pub manifest: BTreeMap<String, String>,
    /// Dependencies besides those that every crate has, each with its value in TOML.
    pub dependencies: BTreeMap<String, String>,
    /// How lists are paged, by operation; `*` is every one that it fits.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub paging: BTreeMap<Key, Value>,
    /// What ends the streams of operations; `*` is every stream.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub stream_ends: BTreeMap<Key, Vec<String>>,
    /// The media types to use of a body that is described in several, without their parameters.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub media_types: Vec<Key>,
}

/// The name that stands for every operation.
pub(crate) const EVERY: &str = "*";

/// Which operations are generated: those that one of the lists names, all where they are empty, without what is excluded.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Selection {
    /// What is generated.
    pub include: Matchers,
    /// What is left out.
    pub exclude: Matchers,
}

/// What operations are picked by.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Matchers {
    /// Operations by operationId or by `METHOD /path`.
    pub operations: Vec<Key>,
    /// Tags of operations.
    pub tags: Vec<Key>,
    /// Paths, in which `*` stands for any text within a segment and `**` for any text.
    pub paths: Vec<Key>,
}

/// Other names than those that follow from the description.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Renames {
    /// The names of types, by the name of the schema.
    pub types: BTreeMap<Key, String>,
    /// The names of fields, by the name of the schema and of the property.
    pub fields: BTreeMap<Key, BTreeMap<Key, String>>,
    /// The names of requests, by operationId or `METHOD /path`.
    pub operations: BTreeMap<Key, String>,
    /// The names of modules, by the names that they would have.
    pub modules: BTreeMap<Key, String>,
}

/// Whether enums accept values that the description does not list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Enums {
    /// What enums do that are not named.
    pub default: Openness,
    /// What the enums of named schemas do.
    pub schemas: BTreeMap<Key, Openness>,
}

/// Whether an enum accepts values that the description does not list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Openness {
    /// It accepts them.
    #[default]
    Open,
    /// A value that is not listed does not match.
    Closed,
}

/// Which parts of a crate of one API are behind features.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Features {
    /// None of them.
    #[default]
    Whole,
    /// Each module of operations.
    Modules,
}

/// A name that a setting is about, and where the configuration has it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The name.
    pub text: String,
    /// The line and the column, both counted from 1; none for a name that is from no file.
    pub at: Option<(usize, usize)>,
}

/// A path of Rust, such as `uuid::Uuid` or `Vec<u8>`, checked by [`RustPath::parse`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RustPath(String);

impl Key {
    /// Makes a name that is from no file.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            at: None,
        }
    }
}

impl From<&str> for Key {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

/// A key is written as its name alone, so that moving it in its file changes nothing.
impl Serialize for Key {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

impl RustPath {
    /// Reads a path of a type, a trait or a macro.
    ///
    /// # Errors
    ///
    /// Returns what is wrong with it, in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        match syn::parse_str::<syn::Path>(text) {
            Ok(_) => Ok(Self(text.trim().to_owned())),
            Err(error) => Err(format!("`{text}` is not a path of Rust: {error}")),
        }
    }

    /// Returns the first identifier of the path, if it has several: the crate that it leads into.
    #[must_use]
    pub fn krate(&self) -> Option<&str> {
        let path = self.0.trim_start_matches("::");
        let path = path.split('<').next().unwrap_or_default();
        Some(path.split_once("::")?.0.trim())
    }

    /// Returns the last identifier of the path.
    #[must_use]
    pub fn name(&self) -> &str {
        let path = self.0.split('<').next().unwrap_or_default();
        path.rsplit("::").next().unwrap_or_default().trim()
    }

    /// Whether this is one of these traits of the standard library, with or without its path.
    #[must_use]
    pub fn is_one_of(&self, traits: &[&str]) -> bool {
        let path = self.0.trim_start_matches("::");
        let is_standard = match path.split_once("::") {
            Some((first, _)) => matches!(first.trim(), "std" | "core"),
            None => true,
        };
        is_standard && traits.contains(&self.name())
    }

    /// Returns the text of the path.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Settings {
    /// Makes a diagnostic about a name of the settings.
    pub(crate) fn fault(&self, key: &Key, message: String) -> Diagnostic {
        let fault = Diagnostic::failure("config", message);
        let fault = match &self.source {
            Some(source) => fault.in_source(source),
            None => fault,
        };
        match key.at {
            Some((line, column)) => Diagnostic {
                at: At::Position { line, column },
                ..fault
            },
            None => fault,
        }
    }
}

impl Matchers {
    /// Returns whether nothing is picked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Self {
            operations,
            tags,
            paths,
        } = self;
        operations.is_empty() && tags.is_empty() && paths.is_empty()
    }
}

impl Settings {
    /// Returns the settings of an API that is in a module: a resource of the module's own name is called `NAME_resource`,
    /// since no module should have the name of the one that it is in.
    pub(crate) fn inside(&self, module: Option<&Name>) -> Self {
        let mut settings = self.clone();
        let modules = &mut settings.renames.modules;
        if let Some(module) = module
            && entry(modules, module.as_str()).is_none()
        {
            let key = Key {
                text: module.to_string(),
                at: None,
            };
            modules.insert(key, format!("{module}_resource"));
        }
        settings
    }
}

/// Returns the value of the entry with this name.
pub(crate) fn entry<'m, T>(map: &'m BTreeMap<Key, T>, name: &str) -> Option<&'m T> {
    map.iter()
        .find_map(|(key, value)| (key.text == name).then_some(value))
}

/// Returns whether a path matches a pattern, in which `*` stands for any text within a segment and `**` for any text.
#[must_use]
pub fn matches_path(pattern: &str, path: &str) -> bool {
    let around = pattern.strip_suffix("/**").filter(|path| !path.is_empty());
    if around.is_some_and(|around| matches_path(around, path)) {
        return true;
    }
    let Some(star) = pattern.find('*') else {
        return pattern == path;
    };
    let Some(rest) = path.strip_prefix(&pattern[..star]) else {
        return false;
    };
    let after = &pattern[star..];
    let (after, crosses) = match after.strip_prefix("**") {
        Some(after) => (after, true),
        None => (&after[1..], false),
    };
    let end = if crosses {
        rest.len()
    } else {
        rest.find('/').unwrap_or(rest.len())
    };
    let mut ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
    ends.any(|at| at <= end && matches_path(after, &rest[at..]))
}

#[cfg(test)]
mod tests {
    use super::{RustPath, matches_path};

    #[test]
    fn patterns_of_paths() {
        for (pattern, path) in [
            ("/ships", "/ships"),
            ("/ships/*", "/ships/{id}"),
            ("/*/crew", "/ships/crew"),
            ("/ships/**", "/ships/{id}/crew"),
            ("/ships/**", "/ships"),
            ("/*/crew/**", "/ships/crew"),
            ("**/crew", "/ships/{id}/crew"),
            ("/v1/*.json", "/v1/Channels.json"),
            ("/**/*", "/a/b/c"),
        ] {
            assert!(matches_path(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in [
            ("/ships", "/ships/{id}"),
            ("/ships/*", "/ships/{id}/crew"),
            ("/ships/*", "/ships"),
            ("crew", "/crew"),
            ("/*/crew", "/ships/{id}/crew"),
        ] {
            assert!(!matches_path(pattern, path), "{pattern} {path}");
        }
    }

    #[test]
    fn paths_of_rust() {
        for path in [
            "uuid::Uuid",
            "::std::string::String",
            "Vec<u8>",
            "crate::Money",
        ] {
            assert!(RustPath::parse(path).is_ok(), "{path}");
        }
        for path in ["", "uuid:Uuid", "fn", "a b", "Uuid;", "&str"] {
            assert!(RustPath::parse(path).is_err(), "{path}");
        }
    }
}
