//! Responses and their headers.

use super::{Converter, Entries, Site, rewrite_reference};
use crate::base::pointer::escape;
use serde_json::{Map, Value, json};

impl Converter {
    pub(super) fn response(
        &mut self,
        response: &mut Value,
        site: &Site,
        produces: Option<&[String]>,
    ) {
        let Value::Object(entries) = response else {
            return;
        };
        if rewrite_reference(entries) {
            return;
        }
        if let Some(Value::Object(headers)) = entries.get_mut("headers") {
            let site = site.key("headers");
            for (name, header) in headers {
                self.header(header, &site.key(name));
            }
        }
        let content = self.content(entries, site, produces);
        if !content.is_empty() {
            entries.insert("content".to_owned(), Value::Object(content));
        }
    }

    /// Takes the schema and the examples out of a response, and returns its content.
    fn content(
        &mut self,
        entries: &mut Entries,
        site: &Site,
        produces: Option<&[String]>,
    ) -> Entries {
        let schema = entries.shift_remove("schema");
        let examples = match entries.shift_remove("examples") {
            Some(Value::Object(examples)) => examples,
            Some(_) | None => Map::new(),
        };
        let is_file = |schema: &Value| schema.get("type").is_some_and(|typ| typ == "file");
        let default = match &schema {
            Some(schema) if is_file(schema) => "application/octet-stream",
            Some(_) | None => "application/json",
        };
        let mut media_types: Vec<String> = match (&schema, produces) {
            (Some(_), Some(produces)) if !produces.is_empty() => produces.to_vec(),
            (Some(_), _) => vec![default.to_owned()],
            (None, _) => Vec::new(),
        };
        let of_examples = examples.keys().filter(|name| name.contains('/'));
        for media_type in of_examples {
            if schema.is_none() && !media_types.contains(media_type) {
                media_types.push(media_type.clone());
            }
        }
        let mut content = Entries::new();
        for media_type in media_types {
            let to = format!("{}/content/{}", site.to, escape(&media_type));
            let mut media = Entries::new();
            if let Some(mut schema) = schema.clone() {
                let inner = Site::new(&format!("{}/schema", site.from), &format!("{to}/schema"));
                self.moved(&inner.to, &inner.from);
                self.schema(&mut schema, &inner);
                media.insert("schema".to_owned(), schema);
            }
            if let Some(example) = examples.get(&media_type) {
                let from = format!("{}/examples/{}", site.from, escape(&media_type));
                self.moved(&format!("{to}/example"), &from);
                media.insert("example".to_owned(), example.clone());
            }
            content.insert(media_type, Value::Object(media));
        }
        content
    }

    fn header(&mut self, header: &mut Value, site: &Site) {
        let Value::Object(entries) = header else {
            return;
        };
        let separator = entries.shift_remove("collectionFormat");
        if separator.is_some_and(|separator| separator != "csv") {
            let message = "`collectionFormat` of a response header; treated as separated by commas";
            self.note(site, message);
        }
        let to = format!("{}/schema", site.to);
        let schema = self.take_schema(entries, site, &to);
        let is_empty = schema.as_object().is_none_or(Map::is_empty);
        let schema = if is_empty {
            json!({ "type": "string" })
        } else {
            schema
        };
        entries.insert("schema".to_owned(), schema);
    }
}
