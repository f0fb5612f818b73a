//! `anyOf` and `oneOf`: alternatives that are null, alternatives that are one value each, and one alternative alone.

use super::schemas::is_annotation;
use super::{Entries, Walk};
use crate::base::pointer::Pointer;
use serde_json::{Value, json};

impl Walk<'_> {
    pub(super) fn lower_unions(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        for key in ["anyOf", "oneOf"] {
            // One alternative in another, as deep as anyone writes.
            for _ in 0..8 {
                if !self.drop_nulls(entries, key, at) {
                    break;
                }
            }
            self.join_constants(entries, key, at);
        }
    }

    /// Takes alternatives that are null out of a union; returns whether an alternative took the place of the union.
    fn drop_nulls(&mut self, entries: &mut Entries, key: &'static str, at: &Pointer<'_>) -> bool {
        let is_modern = self.is_modern;
        let list_at = at.key(key);
        let Some(Value::Array(alternatives)) = entries.get_mut(key) else {
            return false;
        };
        if alternatives.is_empty() {
            let message = format!("`{key}` is empty; ignored");
            entries.shift_remove(key);
            self.fixed(&list_at, message);
            return false;
        }
        let is_null_here = |alternative: &Value| is_null(alternative, is_modern);
        if !alternatives.iter().any(is_null_here) {
            return false;
        }
        // OpenAPI 3.0 has `nullable` beside null as the only value.
        let first_modern = alternatives.iter().position(|alternative| {
            is_null_here(alternative) && alternative.get("nullable") != Some(&Value::Bool(true))
        });
        let mut kept = Vec::new();
        let mut index = 0;
        alternatives.retain(|alternative| {
            let stays = !is_null_here(alternative);
            if stays {
                kept.push(index);
            }
            index += 1;
            stays
        });
        let only = match (alternatives.as_mut_slice(), kept.as_slice()) {
            ([only], [place]) => Some((only.take(), *place)),
            _ => None,
        };
        let is_empty = alternatives.is_empty();
        if let Some(first) = first_modern {
            self.modern(&list_at.index(first), "an alternative that is null");
        }
        entries.insert("nullable".to_owned(), Value::Bool(true));
        if is_empty {
            entries.shift_remove(key);
        } else if let Some((only, place)) = only {
            entries.shift_remove(key);
            self.absorb(entries, only, key, place, at);
            return entries.contains_key(key);
        } else {
            self.shifted(&list_at, &kept);
        }
        false
    }

    /// Puts the only alternative in the place of the union, or into its `allOf` where that would say something else.
    fn absorb(
        &mut self,
        entries: &mut Entries,
        only: Value,
        key: &str,
        place: usize,
        at: &Pointer<'_>,
    ) {
        let from = at.key(key);
        let from = from.index(place);
        let collides = |keyword: &str, value: &Value| {
            keyword == "$ref"
                || !is_annotation(keyword)
                    && entries
                        .get(keyword)
                        .is_some_and(|other| keyword != "nullable" && other != value)
        };
        match only {
            Value::Object(only)
                if !only.iter().any(|(keyword, value)| collides(keyword, value)) =>
            {
                for (keyword, value) in only {
                    if !entries.contains_key(&keyword) {
                        let origin = self.stage_map.origin(&from.key(&keyword).to_string());
                        self.stage_map.record(at.key(&keyword).to_string(), origin);
                        entries.insert(keyword, value);
                    }
                }
            }
            only => {
                let parts = entries.entry("allOf").or_insert_with(|| json!([]));
                if let Value::Array(parts) = parts {
                    let to = at.key("allOf");
                    let origin = self.stage_map.origin(&from.to_string());
                    self.stage_map
                        .record(to.index(parts.len()).to_string(), origin);
                    parts.push(only);
                }
            }
        }
    }

    /// A union of constants is an enum.
    fn join_constants(&mut self, entries: &mut Entries, key: &str, at: &Pointer<'_>) {
        let Some(Value::Array(alternatives)) = entries.get(key) else {
            return;
        };
        let values: Option<Vec<Value>> = alternatives.iter().map(constant).collect();
        let Some(values) = values.filter(|values| values.len() > 1) else {
            return;
        };
        if ["enum", "const", "discriminator"]
            .iter()
            .any(|other| entries.contains_key(*other))
        {
            return;
        }
        for index in 0..values.len() {
            let from = at.key(key);
            let origin = self.stage_map.origin(&from.index(index).to_string());
            let to = at.key("enum");
            self.stage_map.record(to.index(index).to_string(), origin);
        }
        entries.shift_remove(key);
        entries.entry("type").or_insert_with(|| json!("string"));
        entries.insert("enum".to_owned(), Value::Array(values));
    }
}

/// Whether an alternative says that the value may be null, and nothing else.
fn is_null(alternative: &Value, is_modern: bool) -> bool {
    let Some(entries) = alternative.as_object() else {
        return alternative.is_null();
    };
    let is_only_value = |(key, value): (&String, &Value)| match key.as_str() {
        "const" => value.is_null(),
        "enum" => value
            .as_array()
            .is_some_and(|values| values == &[Value::Null]),
        _ => false,
    };
    let is_type = |(key, value): (&String, &Value)| {
        key == "type"
            && (value == "null"
                || is_modern && value.is_null()
                || value.as_array().is_some_and(|types| types == &["null"]))
    };
    // A type beside null as the only value says nothing more: `{type: object, nullable: true, enum: [null]}`.
    let has_only_value = entries.iter().any(is_only_value);
    let says_null = |entry: (&String, &Value)| {
        is_only_value(entry) || is_type(entry) || has_only_value && entry.0 == "type"
    };
    entries.iter().any(says_null)
        && entries
            .iter()
            .all(|entry| says_null(entry) || is_annotation(entry.0) || entry.0 == "nullable")
}

/// Returns the text that is all that an alternative allows.
fn constant(alternative: &Value) -> Option<Value> {
    let entries = alternative.as_object()?;
    let text = entries.get("const").filter(|value| value.is_string())?;
    let is_rest_quiet = entries.iter().all(|(key, value)| {
        key == "const" || is_annotation(key) || key == "type" && value == "string"
    });
    is_rest_quiet.then(|| text.clone())
}
