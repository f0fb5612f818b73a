//! Examples and sequences: maps that are written as lists, values that are not under `value`.

use super::{Entries, Walk};
use crate::base::pointer::Pointer;
use crate::input::SEQUENCE;
use crate::input::grammar::Kind;
use serde_json::{Map, Value};

impl Walk<'_> {
    /// The map of examples is often a list, or one example.
    pub(super) fn prepare_examples(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        if let Some(examples) = entries.get_mut("examples")
            && let Value::Array(items) = examples
        {
            self.fixed(
                &at.key("examples"),
                "expected `examples` to be a map; the list is treated as one with numbers for names",
            );
            *examples = std::mem::take(items)
                .into_iter()
                .enumerate()
                .map(|(index, item)| (index.to_string(), item))
                .collect::<Map<_, _>>()
                .into();
        }
    }

    /// The schema of each item of a sequence (OpenAPI 3.2) is the schema, with a mark.
    pub(super) fn prepare_sequence(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        let Some(items) = entries.shift_remove("itemSchema") else {
            return;
        };
        let from = at.key("itemSchema");
        self.modern(&from, "`itemSchema`");
        let origin = self.stage_map.origin(&from.to_string());
        self.stage_map
            .rename(&from.to_string(), &at.key("schema").to_string());
        self.stage_map.record(at.key("schema").to_string(), origin);
        entries.insert("schema".to_owned(), items);
        entries.insert(SEQUENCE.to_owned(), Value::Bool(true));
    }

    /// An example without a `value` is the value.
    pub(super) fn prepare_example(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        let is_wrapped = entries.is_empty()
            || entries.keys().any(|key| {
                Kind::Example
                    .field(key)
                    .is_some_and(|_| !key.starts_with("x-"))
            })
            || entries.contains_key("dataValue")
            || entries.contains_key("serializedValue");
        if let Some(value) = entries.shift_remove("dataValue") {
            let origin = self.stage_map.origin(&at.key("dataValue").to_string());
            self.stage_map.record(at.key("value").to_string(), origin);
            entries.entry("value").or_insert(value);
        }
        if !is_wrapped {
            self.wrapped(Kind::Example, "value", at);
            let value = Value::Object(std::mem::take(entries));
            entries.insert("value".to_owned(), value);
        }
    }
}
