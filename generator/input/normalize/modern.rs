//! The keywords of OpenAPI 3.1 (JSON Schema 2020-12) that 3.0 has in another form, or not at all.

use super::schemas::brief;
use super::{Entries, Walk, unchecked};
use crate::base::note::NoteKind;
use crate::base::pointer::Pointer;
use crate::base::{MEDIA_TYPE, TUPLE};
use serde_json::{Map, Value, json};

/// The longest list that has a type for each position: that of the standard library's tuples.
const LONGEST_TUPLE: usize = 12;

impl Walk<'_> {
    pub(super) fn lower_keywords(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        self.lower_const(entries, at);
        self.lower_examples(entries, at);
        self.lower_content(entries, at);
        self.lower_positions(entries, at);
        self.lower_patterns(entries, at);
        self.drop_rules(entries, at);
    }

    /// `const` is an enum of one value.
    fn lower_const(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        let Some(value) = entries.shift_remove("const") else {
            return;
        };
        let from = at.key("const");
        self.modern(&from, "`const`");
        match &value {
            Value::String(_) | Value::Number(_) | Value::Bool(_) => {
                let origin = self.stage_map.origin(&from.to_string());
                let to = at.key("enum");
                self.stage_map.record(to.index(0).to_string(), origin);
                entries.insert("enum".to_owned(), json!([value]));
            }
            Value::Null => {
                entries.insert("nullable".to_owned(), Value::Bool(true));
                self.note(
                    NoteKind::NotEnforced,
                    &from,
                    "`const` of null is treated as any value or null",
                );
            }
            Value::Array(_) | Value::Object(_) => {
                let message = format!("`const` of {} is not enforced", brief(&value));
                self.note(NoteKind::NotEnforced, &from, message);
                unchecked::keep(entries, "const", &value);
            }
        }
    }

    /// The first of the `examples` is the `example`.
    fn lower_examples(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        let Some(examples) = entries.shift_remove("examples") else {
            return;
        };
        let from = at.key("examples");
        self.modern(&from, "`examples` in a schema");
        let (first, place) = match examples {
            Value::Array(items) => (items.into_iter().next(), "0".to_owned()),
            Value::Object(named) => match named.into_iter().next() {
                Some((name, Value::Object(mut example))) if example.contains_key("value") => {
                    (example.shift_remove("value"), name)
                }
                Some((name, example)) => (Some(example), name),
                None => return,
            },
            other => (Some(other), String::new()),
        };
        if let Some(first) = first
            && !entries.contains_key("example")
        {
            let origin = self.stage_map.origin(&from.key(&place).to_string());
            self.stage_map.record(at.key("example").to_string(), origin);
            entries.insert("example".to_owned(), first);
        }
    }

    /// Text that holds bytes: `format: byte` when it is Base64, and `format: binary` when it is the bytes themselves.
    fn lower_content(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        let encoding = entries.shift_remove("contentEncoding");
        let media_type = entries.shift_remove("contentMediaType");
        let encoding = encoding
            .as_ref()
            .and_then(Value::as_str)
            .map(str::to_ascii_lowercase);
        let media_type = media_type.as_ref().and_then(Value::as_str);
        // OpenAPI 3.1, 4.8.14.5: encoded text is bytes where no media type is stated.
        let of_part = media_type.or(encoding.as_ref().map(|_| "application/octet-stream"));
        if let Some(of_part) = of_part.filter(|media_type| is_media_type(media_type)) {
            entries.insert(MEDIA_TYPE.to_owned(), json!(of_part));
        }
        if let Some(schema) = entries.get("contentSchema").map(unchecked::without_docs) {
            unchecked::keep(entries, "contentSchema", &schema);
        }
        let format = match (encoding.as_deref(), media_type) {
            (Some("base64"), _) => Some("byte"),
            (Some("binary"), _) => Some("binary"),
            (Some(other), _) => {
                let message = format!("text in the encoding `{other}` is sent and read as it is");
                self.note(NoteKind::Generalised, &at.key("contentEncoding"), message);
                unchecked::keep(entries, "contentEncoding", &json!(other));
                None
            }
            (None, Some(media_type)) if is_binary(media_type) => Some("binary"),
            (None, Some(media_type)) => {
                let message =
                    format!("text of the media type `{media_type}` is sent and read as text");
                self.note(NoteKind::Generalised, &at.key("contentMediaType"), message);
                unchecked::keep(entries, "contentMediaType", &json!(media_type));
                None
            }
            (None, None) => None,
        };
        if let Some(format) = format {
            self.modern(at, "`contentEncoding` or `contentMediaType`");
            entries.entry("type").or_insert_with(|| json!("string"));
            entries.entry("format").or_insert_with(|| json!(format));
        }
    }

    /// A schema for each position of a list becomes one for all of them.
    fn lower_positions(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        entries.shift_remove("additionalItems");
        let Some(positions) = entries.shift_remove("prefixItems") else {
            return;
        };
        let from = at.key("prefixItems");
        self.modern(&from, "`prefixItems`");
        let Value::Array(mut positions) = positions else {
            self.expected("a list", &positions, &from);
            return;
        };
        let count = positions.len();
        let rest = entries.shift_remove("items");
        let limit = |key: &str| entries.get(key).and_then(Value::as_u64);
        let is_closed = rest == Some(Value::Bool(false)) || limit("maxItems") == Some(count as u64);
        let is_fixed =
            is_closed && limit("minItems") == Some(count as u64) && count <= LONGEST_TUPLE;
        if is_closed {
            entries.entry("maxItems").or_insert_with(|| json!(count));
        }
        entries.entry("type").or_insert_with(|| json!("array"));
        let first = positions.first().cloned().unwrap_or_default();
        let is_open = !is_closed && !rest.as_ref().is_some_and(Value::is_object);
        let others = rest.filter(Value::is_object);
        let is_same = positions.iter().chain(&others).all(|one| *one == first);
        if is_same && !is_open {
            let origin = self.stage_map.origin(&from.index(0).to_string());
            self.stage_map.record(at.key("items").to_string(), origin);
            entries.insert("items".to_owned(), first);
            return;
        }
        if is_fixed {
            entries.insert(TUPLE.to_owned(), Value::Bool(true));
        } else {
            let message = if is_open {
                "a schema for each position of a list: each may be any value"
            } else {
                "a schema for each position of a list: each may be of any of them"
            };
            self.note(NoteKind::Generalised, &from, message);
            let positions = positions.iter().map(unchecked::without_docs);
            unchecked::keep(entries, "prefixItems", &positions.collect());
        }
        if is_open && !is_fixed {
            entries.insert("items".to_owned(), json!({}));
            return;
        }
        let to = at.key("items");
        for index in 0..count {
            let origin = self.stage_map.origin(&from.index(index).to_string());
            self.stage_map
                .record(to.key("oneOf").index(index).to_string(), origin);
        }
        positions.extend(others);
        entries.insert("items".to_owned(), json!({ "oneOf": positions }));
    }

    /// Schemas for properties whose names fit a pattern become one for all that are not named.
    fn lower_patterns(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        let Some(patterns) = entries.shift_remove("patternProperties") else {
            return;
        };
        let from = at.key("patternProperties");
        self.modern(&from, "`patternProperties`");
        let Value::Object(patterns) = patterns else {
            self.expected("a map", &patterns, &from);
            return;
        };
        entries.entry("type").or_insert_with(|| json!("object"));
        let names: Value = patterns.keys().map(String::as_str).collect();
        let (rule, others) = match entries.shift_remove("additionalProperties") {
            Some(others @ Value::Object(_)) => ("patternProperties", Some(others)),
            Some(Value::Bool(true)) => ("patternProperties", Some(json!({}))),
            Some(Value::Bool(false)) => ("additionalProperties", None),
            Some(_) | None => ("patternProperties", None),
        };
        unchecked::keep(entries, rule, &names);
        self.note(
            NoteKind::NotEnforced,
            &from,
            "`patternProperties`: the names of properties are not checked",
        );
        let to = at.key("additionalProperties");
        let (names, mut schemas): (Vec<String>, Vec<Value>) = patterns.into_iter().unzip();
        let is_single = schemas
            .iter()
            .chain(&others)
            .all(|one| schemas.first() == Some(one));
        for (index, name) in names.iter().enumerate() {
            let origin = self.stage_map.origin(&from.key(name).to_string());
            let place = if is_single {
                to.to_string()
            } else {
                to.key("anyOf").index(index).to_string()
            };
            self.stage_map.record(place, origin);
        }
        schemas.extend(others);
        let Some(first) = schemas.first().cloned() else {
            return;
        };
        let values = if is_single {
            first
        } else if schemas.contains(&json!({})) {
            // Any value is any value, whatever else it may be.
            Value::Bool(true)
        } else {
            json!({ "anyOf": schemas })
        };
        entries.insert("additionalProperties".to_owned(), values);
    }

    /// What an object may have under a condition, it may have: the condition is not enforced.
    fn adopt_conditional(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        let mut found: Vec<(String, Value, String)> = Vec::new();
        let mut collect = |schema: &Value, at: &Pointer<'_>| {
            let properties = schema.get("properties").and_then(Value::as_object);
            for (name, property) in properties.into_iter().flatten() {
                let from = at.key("properties").key(name).to_string();
                found.push((name.clone(), property.clone(), from));
            }
        };
        for keyword in ["then", "else"] {
            if let Some(schema) = entries.get(keyword) {
                collect(schema, &at.key(keyword));
            }
        }
        let dependent = entries.get("dependentSchemas").and_then(Value::as_object);
        for (name, schema) in dependent.into_iter().flatten() {
            collect(schema, &at.key("dependentSchemas").key(name));
        }
        if found.is_empty() {
            return;
        }
        let properties = entries.entry("properties").or_insert_with(|| json!({}));
        let Value::Object(properties) = properties else {
            return;
        };
        for (name, property, from) in found {
            // A rule on a property that is there already is no description of it.
            if !properties.contains_key(&name) && property.is_object() {
                let origin = self.stage_map.origin(&from);
                let to = at.key("properties").key(&name).to_string();
                self.stage_map.record(to, origin);
                properties.insert(name, property);
            }
        }
    }

    /// Rules that nothing later knows, except that the change report compares them.
    fn drop_rules(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        self.adopt_conditional(entries, at);
        let mut dropped = Map::new();
        for (keyword, message) in [
            ("if", "`if`, `then` and `else` are not enforced"),
            ("dependentRequired", "`dependentRequired` is not enforced"),
            ("dependentSchemas", "`dependentSchemas` is not enforced"),
            ("dependencies", "`dependencies` is not enforced"),
            ("propertyNames", "`propertyNames` is not enforced"),
            ("contains", "`contains` is not enforced"),
            ("unevaluatedItems", "`unevaluatedItems` is not enforced"),
        ] {
            if let Some(rule) = entries.shift_remove(keyword) {
                self.note(NoteKind::NotEnforced, &at.key(keyword), message);
                dropped.insert(keyword.to_owned(), rule);
            }
        }
        for keyword in ["minContains", "maxContains"] {
            if let Some(rule) = entries.shift_remove(keyword) {
                dropped.insert(keyword.to_owned(), rule);
                let message = format!("`{keyword}` is not enforced");
                self.note(NoteKind::NotEnforced, &at.key(keyword), message);
            }
        }
        for keyword in ["then", "else"] {
            let then = entries.shift_remove(keyword);
            if let (Some(then), Some(condition)) = (then, dropped.get_mut("if")) {
                *condition = json!({ "if": condition, keyword: then });
            }
        }
        for (keyword, rule) in &dropped {
            unchecked::keep(entries, keyword, &unchecked::without_docs(rule));
        }
        // Open or closed, a client reads the properties that are named; a schema is one for all others.
        if let Some(unevaluated) = entries.shift_remove("unevaluatedProperties")
            && unevaluated.is_object()
            && !entries.contains_key("additionalProperties")
        {
            let origin = self
                .stage_map
                .origin(&at.key("unevaluatedProperties").to_string());
            self.stage_map
                .record(at.key("additionalProperties").to_string(), origin);
            entries.insert("additionalProperties".to_owned(), unevaluated);
        }
        for keyword in ["$dynamicRef", "$recursiveRef"] {
            if entries.shift_remove(keyword).is_some() {
                let message = format!("`{keyword}` is treated as any value");
                self.note(NoteKind::Generalised, &at.key(keyword), message);
            }
        }
    }
}

/// Whether a text is one media type, with parameters or without, and can be in a header.
fn is_media_type(text: &str) -> bool {
    text.contains('/')
        && !text.contains('*')
        && text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

fn is_binary(media_type: &str) -> bool {
    let media_type = media_type.to_ascii_lowercase();
    ["image/", "audio/", "video/", "font/"]
        .iter()
        .any(|family| media_type.starts_with(family))
        || matches!(
            media_type.as_str(),
            "application/octet-stream" | "application/pdf" | "application/zip" | "application/gzip"
        )
}
