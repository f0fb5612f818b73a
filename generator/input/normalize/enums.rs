//! The keyword `enum`: a list of values of the schema's type.

use super::scalars::parsed;
use super::types::is_of;
use super::{Entries, Walk};
use crate::base::note::NoteKind;
use crate::base::pointer::Pointer;
use serde_json::{Value, json};

impl Walk<'_> {
    pub(super) fn prepare_enum(&mut self, entries: &mut Entries, at: &Pointer<'_>) {
        let at = at.key("enum");
        let Some(mut values) = self.enum_values(entries, &at) else {
            return;
        };
        if entries.get("type").is_none() && !entries.contains_key("$ref") {
            infer_type(entries, &values);
        }
        if self.is_modern && entries.get("type").is_none() && values.iter().any(Value::is_null) {
            entries.insert("nullable".to_owned(), Value::Bool(true));
        }
        let typ = entries.get("type").and_then(Value::as_str);
        if let Some(typ @ ("string" | "integer" | "number" | "boolean")) = typ {
            let typ = typ.to_owned();
            if typ == "integer" && values.iter().any(is_beyond_i64) {
                let message = "the listed values are not enforced: they are beyond 63 bits";
                self.note(NoteKind::NotEnforced, &at, message);
                let format = entries.entry("format".to_owned());
                format.or_insert_with(|| json!("uint64"));
                entries.shift_remove("enum");
                return;
            }
            let mut index = 0;
            let mut kept = Vec::new();
            values.retain_mut(|value| {
                let stays = self.enum_value(value, &typ, &at.index(index));
                if stays {
                    kept.push(index);
                }
                index += 1;
                stays
            });
            self.shifted(&at, &kept);
            if values.is_empty() {
                entries.shift_remove("enum");
                return;
            }
        }
        entries.insert("enum".to_owned(), Value::Array(values));
    }

    /// Takes the values out, if there are any.
    fn enum_values(&mut self, entries: &mut Entries, at: &Pointer<'_>) -> Option<Vec<Value>> {
        match entries.get_mut("enum")? {
            Value::Array(values) if values.is_empty() => {
                self.fixed(at, "`enum` is empty; ignored");
                entries.shift_remove("enum");
                None
            }
            Value::Array(values) => Some(std::mem::take(values)),
            Value::Null => {
                self.left_out(at);
                entries.shift_remove("enum");
                None
            }
            value @ (Value::String(_) | Value::Number(_) | Value::Bool(_)) => {
                self.fixed(
                    at,
                    "expected `enum` to be a list; treated as its only entry",
                );
                Some(vec![value.take()])
            }
            value @ Value::Object(_) => {
                let value = value.take();
                self.expected("a list of values", &value, at);
                entries.shift_remove("enum");
                None
            }
        }
    }

    fn enum_value(&mut self, value: &mut Value, typ: &str, at: &Pointer<'_>) -> bool {
        if value.is_null() || is_of(value, typ) && (typ != "integer" || value.is_i64()) {
            return true;
        }
        let meant = match (typ, &*value) {
            ("string", Value::Bool(_) | Value::Number(_)) => Some(self.as_text(value, at)),
            ("integer" | "number", Value::String(text)) => parsed(text)
                .map(Value::Number)
                .filter(|number| typ == "number" || number.is_i64()),
            ("integer", Value::Number(number)) => whole(number.as_f64()),
            ("boolean", Value::String(text)) => text.parse().ok().map(Value::Bool),
            _ => None,
        };
        let article = if typ == "integer" { "an" } else { "a" };
        if let Some(meant) = meant {
            if !value.is_number() || typ == "string" {
                self.fixed(at, format!("expected {article} {typ}; treated as one"));
            }
            *value = meant;
            true
        } else {
            self.fixed(at, format!("expected {article} {typ}; ignored"));
            false
        }
    }
}

fn is_beyond_i64(value: &Value) -> bool {
    value.is_u64() && !value.is_i64()
}

/// The typed model wants to know what the values are of.
fn infer_type(entries: &mut Entries, values: &[Value]) {
    let others: Vec<&Value> = values.iter().filter(|value| !value.is_null()).collect();
    let shared = ["string", "integer", "number", "boolean"]
        .into_iter()
        .find(|typ| !others.is_empty() && others.iter().all(|value| is_of(value, typ)));
    let has_parts = ["allOf", "anyOf", "oneOf"].iter().any(|key| {
        let parts = entries.get(*key).and_then(Value::as_array);
        parts.is_some_and(|parts| parts.iter().any(Value::is_object))
    });
    if let Some(shared) = shared
        && !has_parts
    {
        entries.insert("type".to_owned(), json!(shared));
    }
}

fn whole(number: Option<f64>) -> Option<Value> {
    let number = number.filter(|number| number.fract() == 0.0 && number.abs() < 9e15)?;
    #[expect(clippy::cast_possible_truncation, reason = "it is whole and in range")]
    Some(Value::from(number as i64))
}
