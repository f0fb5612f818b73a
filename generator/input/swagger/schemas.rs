//! Schemas: references, discriminators, files and what may be null.

use super::{Converter, Entries, Site, rewrite_reference};
use serde_json::{Value, json};

/// The keywords of a schema that a parameter, an item of a list or a header of Swagger 2.0 has in itself.
const KEYWORDS: [&str; 18] = [
    "type",
    "format",
    "items",
    "default",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "enum",
    "multipleOf",
    "x-nullable",
    "x-enum-varnames",
];

impl Converter {
    pub(super) fn schema(&mut self, schema: &mut Value, site: &Site) {
        let Value::Object(entries) = schema else {
            return;
        };
        rewrite_reference(entries);
        if entries.get("type").and_then(Value::as_str) == Some("file") {
            entries.insert("type".to_owned(), json!("string"));
            entries.insert("format".to_owned(), json!("binary"));
        }
        if let Some(nullable) = entries.shift_remove("x-nullable") {
            entries.entry("nullable").or_insert(nullable);
        }
        if let Some(Value::String(property)) = entries.get("discriminator").cloned() {
            let discriminator = json!({ "propertyName": property });
            entries.insert("discriminator".to_owned(), discriminator);
        }
        self.inner_schemas(entries, site);
    }

    fn inner_schemas(&mut self, entries: &mut Entries, site: &Site) {
        for (key, child) in entries {
            let site = site.key(key);
            match (key.as_str(), child) {
                ("properties", Value::Object(properties)) => {
                    for (name, property) in properties {
                        self.schema(property, &site.key(name));
                    }
                }
                ("allOf" | "anyOf" | "oneOf", Value::Array(items)) => {
                    for (index, item) in items.iter_mut().enumerate() {
                        self.schema(item, &site.key(&index.to_string()));
                    }
                }
                ("items" | "additionalProperties" | "not", child @ Value::Object(_)) => {
                    self.schema(child, &site);
                }
                _ => {}
            }
        }
    }

    /// Takes the keywords of a schema out of an object that has them in itself, and returns the schema, which will be at
    /// `to`.
    pub(super) fn take_schema(&mut self, entries: &mut Entries, site: &Site, to: &str) -> Value {
        let mut schema = Entries::new();
        for keyword in KEYWORDS {
            if let Some(value) = entries.shift_remove(keyword) {
                self.moved(
                    &format!("{to}/{keyword}"),
                    &format!("{}/{keyword}", site.from),
                );
                schema.insert(keyword.to_owned(), value);
            }
        }
        self.moved(to, &site.from);
        let mut schema = Value::Object(schema);
        self.drop_formats_of_items(&mut schema, site);
        self.schema(&mut schema, &site.at(to));
        schema
    }

    /// How lists inside lists are separated is not known to OpenAPI 3.
    fn drop_formats_of_items(&mut self, schema: &mut Value, site: &Site) {
        let mut items = schema.get_mut("items");
        while let Some(Value::Object(inner)) = items {
            let format = inner.shift_remove("collectionFormat");
            if format.is_some_and(|format| format != "csv") {
                let message =
                    "`collectionFormat` of lists inside a list; they are separated by commas";
                self.note(site, message);
            }
            items = inner.get_mut("items");
        }
    }
}
