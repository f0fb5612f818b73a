//! Schemas: what needs a look before their fields are checked, and what only shows afterwards.

use super::types::INT_OR_STRING;
use super::{Entries, Walk, describe};
use crate::base::pointer::Pointer;
use serde_json::{Number, Value, json};
use std::collections::BTreeSet;

/// About where integers of 64 bits end, as a number that converts exactly.
const BEYOND: f64 = 9_223_372_036_854_774_784.0;

/// What a glance at the keywords of a schema shows: for most, nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Concern {
    Odd,
    Union,
    Modern,
    Limit,
    Type,
    Enum,
    Reference,
}

impl Concern {
    fn all(entries: &Entries) -> BTreeSet<Self> {
        let concerns = entries.iter();
        concerns
            .filter_map(|(key, value)| Self::of(key, value))
            .collect()
    }

    fn of(key: &str, value: &Value) -> Option<Self> {
        let (concern, applies) = match key {
            "$ref" => (Self::Reference, true),
            "type" => {
                let known = ["string", "object", "array", "integer", "boolean", "number"];
                (
                    Self::Type,
                    !value.as_str().is_some_and(|typ| known.contains(&typ)),
                )
            }
            "format" => (Self::Type, value == INT_OR_STRING),
            "x-kubernetes-int-or-string" | "x-kubernetes-preserve-unknown-fields" => {
                (Self::Type, value == &Value::Bool(true))
            }
            "anyOf" | "oneOf" => (Self::Union, true),
            "enum" => (Self::Enum, true),
            "exclusiveMinimum" | "exclusiveMaximum" => (Self::Limit, value.is_number()),
            "required" => (Self::Odd, !value.is_array()),
            "items" => (Self::Odd, value.is_array()),
            "allOf" => (Self::Odd, value.as_array().is_some_and(Vec::is_empty)),
            "discriminator" => (
                Self::Odd,
                value.is_object() && value.get("propertyName").is_none(),
            ),
            "const"
            | "examples"
            | "prefixItems"
            | "patternProperties"
            | "if"
            | "then"
            | "else"
            | "contentEncoding"
            | "contentMediaType"
            | "contentSchema"
            | "dependentRequired"
            | "dependentSchemas"
            | "dependencies"
            | "propertyNames"
            | "contains"
            | "minContains"
            | "maxContains"
            | "unevaluatedProperties"
            | "unevaluatedItems"
            | "additionalItems"
            | "$dynamicRef"
            | "$recursiveRef" => (Self::Modern, true),
            _ => return None,
        };
        applies.then_some(concern)
    }
}

impl Walk<'_> {
    pub(super) fn prepare_schema(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        let mut concerns = Concern::all(entries);
        if concerns.is_empty() {
            return;
        }
        if concerns.contains(&Concern::Odd) {
            self.prepare_odd(entries, at);
        }
        if concerns.contains(&Concern::Union) {
            self.lower_unions(entries, at);
            // What was an alternative may have brought keywords with it.
            concerns = Concern::all(entries);
        }
        if concerns.contains(&Concern::Modern) {
            self.lower_keywords(entries, at);
        }
        if concerns.contains(&Concern::Limit) {
            self.lower_limit(entries, "exclusiveMinimum", "minimum", at);
            self.lower_limit(entries, "exclusiveMaximum", "maximum", at);
        }
        if concerns.contains(&Concern::Type) {
            self.lower_type(entries, at);
        }
        if entries.contains_key("enum") {
            self.prepare_enum(entries, at);
        }
        if concerns.contains(&Concern::Reference) {
            self.keep_siblings(entries, at);
        }
    }

    pub(super) fn finish_schema(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        // What was in it was left out, and reported.
        entries.retain(|key, value| {
            !(matches!(key.as_str(), "allOf" | "anyOf" | "oneOf")
                && value.as_array().is_some_and(Vec::is_empty))
        });
        if entries.get("type").and_then(Value::as_str) == Some("integer") {
            for key in ["minimum", "maximum", "multipleOf"] {
                if entries.get(key).is_some_and(|limit| !limit.is_i64()) {
                    self.narrow(entries, key, at);
                }
            }
        }
        self.check_schema_rules(entries, at);
    }

    fn prepare_odd(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        if let Some(Value::Bool(_)) = entries.get("required") {
            let message = "`required` is a list of the names of properties, and belongs in the object that has them; ignored";
            self.fixed(&at.key("required"), message);
            entries.shift_remove("required");
        }
        if let Some(Value::String(text)) = entries.get("required")
            && matches!(text.as_str(), "true" | "false")
        {
            self.fixed(
                &at.key("required"),
                "expected `required` to be a list of names; ignored",
            );
            entries.shift_remove("required");
        }
        if let Some(items) = entries.get_mut("items")
            && items.is_array()
        {
            self.fixed(
                &at.key("items"),
                "`items` is one schema: a list of schemas is treated as any value",
            );
            *items = json!({});
        }
        if let Some(Value::Array(parts)) = entries.get("allOf")
            && parts.is_empty()
        {
            self.fixed(&at.key("allOf"), "`allOf` is empty; ignored");
            entries.shift_remove("allOf");
        }
        if let Some(Value::Object(discriminator)) = entries.get("discriminator")
            && !discriminator.contains_key("propertyName")
        {
            let message = "missing `propertyName` in the discriminator; ignored";
            self.fixed(&at.key("discriminator"), message);
            entries.shift_remove("discriminator");
        }
    }

    /// What OpenAPI 3.0 says of `$ref` (4.7.23) is that its siblings are ignored; publishers write `nullable` and
    /// `description` beside it and mean them, and 3.1 agrees. `{$ref, nullable}` becomes `{allOf: [{$ref}], nullable}`.
    fn keep_siblings(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        let Some(reference) = entries.get("$ref") else {
            return;
        };
        if !reference.is_string() {
            self.expected("the text of a reference", reference, &at.key("$ref"));
            entries.shift_remove("$ref");
            return;
        }
        if entries.len() == 1 {
            return;
        }
        let mut siblings = Entries::new();
        for (key, value) in std::mem::take(entries) {
            if key == "$ref" {
                let origin = self.stage_map.origin(&at.to_string());
                let parts = siblings.entry("allOf").or_insert_with(|| json!([]));
                if let Value::Array(parts) = parts {
                    let to = at.key("allOf");
                    self.stage_map
                        .record(to.index(parts.len()).to_string(), origin);
                    parts.push(json!({ "$ref": value }));
                }
            } else if key == "allOf"
                && let Some(Value::Array(parts)) = siblings.get_mut("allOf")
                && let Value::Array(more) = value
            {
                for (index, part) in more.into_iter().enumerate() {
                    let to = at.key("allOf");
                    let origin = self.stage_map.origin(&to.index(index).to_string());
                    self.stage_map
                        .record(to.index(parts.len()).to_string(), origin);
                    parts.push(part);
                }
            } else {
                siblings.insert(key, value);
            }
        }
        *entries = siblings;
    }

    /// The typed model has limits of integers as such; a limit between two is that of the next one inside.
    fn narrow(&mut self, entries: &mut Entries, key: &str, at: &Pointer<'_>) {
        let Some(Value::Number(limit)) = entries.get(key).cloned() else {
            return;
        };
        let whole = limit.as_f64().map(|limit| match key {
            "minimum" => limit.ceil(),
            "maximum" => limit.floor(),
            _ => limit,
        });
        // The range in which the conversion is exact.
        #[expect(clippy::cast_possible_truncation, reason = "it is in range")]
        let narrowed = whole
            .filter(|whole| whole.fract() == 0.0 && whole.abs() < BEYOND)
            .map(|whole| whole as i64)
            .filter(|whole| key != "multipleOf" || *whole > 0);
        if let Some(narrowed) = narrowed {
            entries.insert(key.to_owned(), Value::from(narrowed));
            return;
        }
        let says_nothing = match key {
            "minimum" => whole.is_some_and(|limit| limit <= -BEYOND),
            "maximum" => whole.is_some_and(|limit| limit >= BEYOND),
            _ => false,
        };
        // An integer that may be beyond `i64` is one of 64 bits without a sign, unless it may be negative.
        let may_be_negative = entries
            .get("minimum")
            .and_then(Value::as_f64)
            .is_some_and(|limit| limit < 0.0);
        if says_nothing && key == "maximum" && !may_be_negative {
            entries.entry("format").or_insert_with(|| json!("uint64"));
        }
        if says_nothing && key == "minimum" {
            entries.entry("format").or_insert_with(|| json!("int64"));
        }
        if says_nothing {
            entries.shift_remove(key);
            return;
        }
        let message = format!("{limit} does not limit an integer of 64 bits; ignored");
        self.fixed(&at.key(key), message);
        entries.shift_remove(key);
    }

    /// `exclusiveMinimum: 5` becomes `minimum: 5, exclusiveMinimum: true`.
    fn lower_limit(
        &mut self,
        entries: &mut Entries,
        exclusive: &str,
        limit: &str,
        at: &Pointer<'_>,
    ) {
        let Some(Value::Number(bound)) = entries.get(exclusive) else {
            return;
        };
        let bound = bound.clone();
        self.modern(&at.key(exclusive), "an exclusive limit that is a number");
        let is_tighter = |other: &Number| {
            let (Some(bound), Some(other)) = (bound.as_f64(), other.as_f64()) else {
                return true;
            };
            if limit == "minimum" {
                bound >= other
            } else {
                bound <= other
            }
        };
        let wins = match entries.get(limit) {
            Some(Value::Number(other)) => is_tighter(other),
            Some(_) | None => true,
        };
        if wins {
            let origin = self.stage_map.origin(&at.key(exclusive).to_string());
            self.stage_map.record(at.key(limit).to_string(), origin);
            entries.insert(limit.to_owned(), Value::Number(bound));
            entries.insert(exclusive.to_owned(), Value::Bool(true));
        } else {
            entries.shift_remove(exclusive);
        }
    }
}

/// Whether a key says something about a schema to its reader, and nothing about values.
pub(super) fn is_annotation(key: &str) -> bool {
    matches!(
        key,
        "title"
            | "description"
            | "default"
            | "example"
            | "examples"
            | "deprecated"
            | "externalDocs"
            | "readOnly"
            | "writeOnly"
            | "$comment"
            | "xml"
    ) || key.starts_with("x-")
}

/// Describes a value for a message, with what it is where that is short.
pub(super) fn brief(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) | Value::Number(_) => format!("`{value}`"),
        Value::String(text) if text.chars().count() < 60 => format!("`{text}`"),
        Value::String(_) | Value::Array(_) | Value::Object(_) => describe(value).to_owned(),
    }
}
