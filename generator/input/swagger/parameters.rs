//! Parameters: those that are sent beside the body, and the fields of forms.

use super::{Converter, Entries, Site, rewrite_reference};
use crate::base::pointer::unescape;
use serde_json::{Value, json};

/// Where a parameter of Swagger 2.0 is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Body,
    Form,
    /// In the path, the query or a header.
    Beside,
}

/// A parameter, and its place in the original.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub value: Value,
    pub from: String,
}

impl Found {
    pub fn place(&self) -> Place {
        match self.value.get("in").and_then(Value::as_str) {
            Some("body") => Place::Body,
            Some("formData") => Place::Form,
            Some(_) | None => Place::Beside,
        }
    }

    pub fn is_like(&self, other: &Self) -> bool {
        let same = |key: &str| self.value.get(key) == other.value.get(key);
        (self.place() == Place::Body && other.place() == Place::Body)
            || (same("in") && same("name"))
    }
}

impl Converter {
    /// Returns the parameters that stay components: those that are sent beside the body.
    pub(super) fn shared_parameters(&mut self, parameters: Entries, site: &Site) -> Entries {
        let mut kept = Entries::new();
        for (name, mut value) in parameters {
            let site = site.key(&name);
            let found = Found {
                value: value.clone(),
                from: site.from.clone(),
            };
            if found.place() == Place::Beside {
                self.parameter(&mut value, &site);
                kept.insert(name, value);
            }
        }
        kept
    }

    /// Follows a reference to a parameter that is part of a body.
    pub(super) fn resolved(&self, value: Value, from: String) -> Found {
        let reference = value.get("$ref").and_then(Value::as_str);
        let name = reference.and_then(|reference| reference.strip_prefix("#/parameters/"));
        let Some(name) = name.map(str::to_owned) else {
            return Found { value, from };
        };
        match self.parameters.get(unescape(&name).as_ref()) {
            Some(shared) => {
                let shared = Found {
                    value: shared.clone(),
                    from: format!("/parameters/{name}"),
                };
                match shared.place() {
                    Place::Body | Place::Form => shared,
                    Place::Beside => Found { value, from },
                }
            }
            None => Found { value, from },
        }
    }

    /// Converts a parameter that is sent beside the body.
    pub(super) fn parameter(&mut self, parameter: &mut Value, site: &Site) {
        let Value::Object(entries) = parameter else {
            return;
        };
        if rewrite_reference(entries) {
            return;
        }
        let location = entries.get("in").and_then(Value::as_str).map(str::to_owned);
        let is_list = entries.get("type").is_some_and(|typ| typ == "array");
        let format = entries.shift_remove("collectionFormat");
        if is_list && location.as_deref() == Some("query") {
            let (style, explode) = self.style(format.as_ref(), site);
            entries.insert("style".to_owned(), json!(style));
            entries.insert("explode".to_owned(), json!(explode));
        } else if is_list && format.is_some_and(|format| format != "csv") {
            self.note(
                site,
                "`collectionFormat` outside of a query; it is separated by commas",
            );
        }
        for key in ["example", "x-example"] {
            if let Some(example) = entries.shift_remove(key) {
                entries.entry("example").or_insert(example);
            }
        }
        // Some write a schema here, although only a body has one.
        if let Some(schema) = entries.get_mut("schema") {
            self.schema(schema, &site.key("schema"));
            return;
        }
        let to = format!("{}/schema", site.to);
        let schema = self.take_schema(entries, site, &to);
        entries.insert("schema".to_owned(), schema);
    }

    /// How a list is separated.
    pub(super) fn style(&mut self, format: Option<&Value>, site: &Site) -> (&'static str, bool) {
        match format.and_then(Value::as_str) {
            None | Some("csv") => ("form", false),
            Some("multi") => ("form", true),
            Some("ssv") => ("spaceDelimited", false),
            Some("pipes") => ("pipeDelimited", false),
            Some(other) => {
                let message = format!("`collectionFormat: {other}`; it is separated by commas");
                self.note(site, message);
                ("form", false)
            }
        }
    }
}
