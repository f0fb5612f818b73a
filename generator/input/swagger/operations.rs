//! Path items and operations: the parameters of Swagger 2.0 that are a body, or parts of one, become the request body.

use super::parameters::{Found, Place};
use super::{Converter, Entries, Site, media_types, schemes_of};
use crate::base::pointer::escape;
use serde_json::{Value, json};

const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];
const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

impl Converter {
    pub(super) fn path_item(&mut self, item: &mut Entries, site: &Site) {
        let shared = self.take_parameters(item, site);
        let (beside, of_bodies): (Vec<Found>, Vec<Found>) = shared
            .into_iter()
            .partition(|found| found.place() == Place::Beside);
        self.put_parameters(item, beside, site);
        for method in METHODS {
            if let Some(Value::Object(operation)) = item.get_mut(method) {
                self.operation(operation, &of_bodies, &site.key(method));
            }
        }
    }

    fn operation(&mut self, entries: &mut Entries, inherited: &[Found], site: &Site) {
        let consumes = entries.shift_remove("consumes");
        let consumes = media_types(consumes.as_ref()).or_else(|| self.consumes.clone());
        let produces = entries.shift_remove("produces");
        let produces = media_types(produces.as_ref()).or_else(|| self.produces.clone());
        if entries.contains_key("schemes") {
            // The host is that of the document, and the first scheme is HTTPS where that is one.
            let schemes = schemes_of(entries);
            self.note(
                site,
                format!(
                    "`schemes` of an operation ({}); those of the document count",
                    schemes.join(", ")
                ),
            );
        }
        let mut found = self.take_parameters(entries, site);
        for one in inherited {
            if !found.iter().any(|own| own.is_like(one)) {
                found.push(one.clone());
            }
        }
        let (beside, of_body): (Vec<Found>, Vec<Found>) = found
            .into_iter()
            .partition(|found| found.place() == Place::Beside);
        self.put_parameters(entries, beside, site);
        let (bodies, fields): (Vec<Found>, Vec<Found>) = of_body
            .into_iter()
            .partition(|found| found.place() == Place::Body);
        if let Some(body) = bodies.into_iter().next() {
            self.body(entries, body, consumes.as_deref(), site);
            if !fields.is_empty() {
                let message = "a parameter in `body` excludes parameters in `formData`, which this operation has as well; those are ignored";
                self.fixed(&format!("{}/requestBody", site.to), message);
            }
        } else if !fields.is_empty() {
            self.form(entries, fields, consumes.as_deref(), site);
        }
        if let Some(Value::Object(responses)) = entries.get_mut("responses") {
            let site = site.key("responses");
            for (status, response) in responses {
                if !status.starts_with("x-") {
                    self.response(response, &site.key(status), produces.as_deref());
                }
            }
        }
    }

    fn take_parameters(&mut self, entries: &mut Entries, site: &Site) -> Vec<Found> {
        let Some(Value::Array(parameters)) = entries.shift_remove("parameters") else {
            return Vec::new();
        };
        let parameters = parameters.into_iter().enumerate();
        parameters
            .map(|(index, value)| {
                let from = format!("{}/parameters/{index}", site.from);
                self.resolved(value, from)
            })
            .collect()
    }

    fn put_parameters(&mut self, entries: &mut Entries, found: Vec<Found>, site: &Site) {
        if found.is_empty() {
            return;
        }
        let parameters = found.into_iter().enumerate().map(|(index, found)| {
            let Found { mut value, from } = found;
            let site = Site::new(&from, &format!("{}/parameters/{index}", site.to));
            self.moved(&site.to, &site.from);
            self.parameter(&mut value, &site);
            value
        });
        let parameters = parameters.collect();
        entries.insert("parameters".to_owned(), Value::Array(parameters));
    }

    fn body(
        &mut self,
        entries: &mut Entries,
        body: Found,
        consumes: Option<&[String]>,
        site: &Site,
    ) {
        let Found { value, from } = body;
        let Value::Object(mut parameter) = value else {
            return;
        };
        let to = format!("{}/requestBody", site.to);
        self.moved(&to, &from);
        let schema = parameter
            .shift_remove("schema")
            .unwrap_or_else(|| json!({}));
        for key in ["in", "name", "examples", "x-examples"] {
            parameter.shift_remove(key);
        }
        let media_types = match consumes {
            Some(consumes) if !consumes.is_empty() => consumes.to_vec(),
            Some(_) | None => vec!["application/json".to_owned()],
        };
        let mut content = Entries::new();
        for media_type in media_types {
            let to = format!("{to}/content/{}/schema", escape(&media_type));
            let inner = Site::new(&format!("{from}/schema"), &to);
            self.moved(&inner.to, &inner.from);
            let mut schema = schema.clone();
            self.schema(&mut schema, &inner);
            content.insert(media_type, json!({ "schema": schema }));
        }
        parameter.insert("content".to_owned(), Value::Object(content));
        entries.insert("requestBody".to_owned(), Value::Object(parameter));
    }

    /// Makes a body of the fields of a form: in several parts where a file is one of them or the operation says so.
    fn form(
        &mut self,
        entries: &mut Entries,
        fields: Vec<Found>,
        consumes: Option<&[String]>,
        site: &Site,
    ) {
        let is_file = |found: &Found| found.value.get("type").is_some_and(|typ| typ == "file");
        let consumes_form = |name: &str| {
            consumes.is_some_and(|consumes| consumes.iter().any(|one| one.starts_with(name)))
        };
        let media_type =
            if fields.iter().any(is_file) || (consumes_form(MULTIPART) && !consumes_form(FORM)) {
                MULTIPART
            } else {
                FORM
            };
        let media_at = format!("{}/requestBody/content/{}", site.to, escape(media_type));
        self.moved(&format!("{}/requestBody", site.to), &site.from);
        let Fields {
            properties,
            required,
            encoding,
        } = self.fields(fields, &media_at);
        let has_required = !required.is_empty();
        let mut schema = json!({ "type": "object", "properties": properties });
        if has_required && let Value::Object(schema) = &mut schema {
            schema.insert("required".to_owned(), Value::Array(required));
        }
        let mut media = Entries::new();
        media.insert("schema".to_owned(), schema);
        if !encoding.is_empty() {
            media.insert("encoding".to_owned(), Value::Object(encoding));
        }
        let mut content = Entries::new();
        content.insert(media_type.to_owned(), Value::Object(media));
        let body = json!({ "content": content, "required": has_required });
        entries.insert("requestBody".to_owned(), body);
    }

    /// Makes the schemas of the fields of a form, whose media type will be at `media_at`.
    fn fields(&mut self, found: Vec<Found>, media_at: &str) -> Fields {
        let mut fields = Fields::default();
        for Found { value, from } in found {
            let Value::Object(mut field) = value else {
                continue;
            };
            let Some(Value::String(name)) = field.shift_remove("name") else {
                continue;
            };
            field.shift_remove("in");
            field.shift_remove("allowEmptyValue");
            if field.shift_remove("required") == Some(Value::Bool(true)) {
                fields.required.push(json!(name));
            }
            let to = format!("{media_at}/schema/properties/{}", escape(&name));
            let site = Site::new(&from, &to);
            let format = field.shift_remove("collectionFormat");
            if field.get("type").is_some_and(|typ| typ == "array") {
                let (style, explode) = self.style(format.as_ref(), &site);
                let encoding = json!({ "style": style, "explode": explode });
                fields.encoding.insert(name.clone(), encoding);
            }
            let mut schema = self.take_schema(&mut field, &site, &to);
            if let Value::Object(schema) = &mut schema {
                schema.append(&mut field);
            }
            fields.properties.insert(name, schema);
        }
        fields
    }
}

/// The fields of a form.
#[derive(Default)]
struct Fields {
    properties: Entries,
    required: Vec<Value>,
    encoding: Entries,
}
