//! Values that fit a schema, for examples that the description does not give.

use super::Lowering;
use super::limits::of_number;
use super::shape::{EnumValue, Property, SchemaRef, Shape};
use super::union::tags;
use crate::model::api::{Type, keeps_all};
use openapiv3::Schema;
use serde_json::{Value, json};

/// How deep objects are made up.
const DEPTH: usize = 8;

impl<'d> Lowering<'d> {
    /// Returns a value that fits: the schema's own example, default or first listed value, or one made up within its limits.
    pub(super) fn sample(&self, schema: &'d Schema, ty: &Type) -> Value {
        let shape = self.schemas.shape(schema);
        let given = [shape.data.example.as_ref(), shape.data.default.as_ref()];
        if let Some(value) = given
            .into_iter()
            .flatten()
            .find(|value| self.fits(ty, value))
        {
            return value.clone();
        }
        if let Some(EnumValue::Text(text)) = shape
            .enumeration
            .iter()
            .find(|value| matches!(value, EnumValue::Text(_)))
        {
            return Value::String(text.to_string());
        }
        self.made_up(&shape, ty)
    }

    fn made_up(&self, shape: &Shape<'d>, ty: &Type) -> Value {
        match ty {
            Type::String => Value::String(made_up_text(shape)),
            Type::Bool => Value::Bool(true),
            Type::I32 | Type::I64 => json!(made_up_integer(shape)),
            Type::F64 => json!(made_up_number(shape)),
            Type::DateTime => json!("2024-01-02T03:04:05Z"),
            Type::Rfc2822 => json!("Tue, 02 Jan 2024 03:04:05 +0000"),
            Type::Date => json!("2024-01-02"),
            Type::Json | Type::JsonText | Type::Map(_) | Type::PageMeta => json!({}),
            Type::File | Type::Bytes => json!("value"),
            Type::JsonString => json!("{}"),
            Type::Sid(sid) => json!(
                self.sids
                    .get(&sid.kind)
                    .map_or_else(String::new, crate::model::api::SidKind::sample)
            ),
            Type::Named(path) if path.is_enum => json!("value"),
            Type::Named(_) => self.made_up_object(shape, DEPTH),
            Type::List(items) => {
                let item = match shape.items {
                    Some(schema) => self
                        .schemas
                        .target(schema)
                        .map_or_else(|| json!("value"), |schema| self.sample(schema, items)),
                    None => json!({}),
                };
                Value::Array(vec![item; shape.min_items.unwrap_or(1).clamp(1, 8)])
            }
        }
    }
}

impl<'d> Lowering<'d> {
    /// Returns an object with the required properties, or the first of several alternatives; what is nested deeper than any
    /// real body is left empty.
    fn made_up_object(&self, shape: &Shape<'d>, depth: usize) -> Value {
        let (_, alternatives) = shape.alternatives();
        if let (Some(first), false) = (alternatives.first(), shape.has_properties()) {
            return self.made_up_alternative(first.into(), shape, depth);
        }
        let mut entries = serde_json::Map::new();
        let required = |property: &&Property<'d>| shape.required.contains(&property.wire);
        for property in shape.properties.iter().filter(required) {
            let schema = self.schemas.target(property.schema);
            let value = schema.map(|schema| self.untyped_sample(schema, depth));
            entries.insert(property.wire.to_owned(), value.unwrap_or(Value::Null));
        }
        Value::Object(entries)
    }

    fn made_up_alternative(
        &self,
        alternative: SchemaRef<'d>,
        whole: &Shape<'d>,
        depth: usize,
    ) -> Value {
        let Some((component, schema)) = self.schemas.follow(alternative) else {
            return Value::Null;
        };
        let mut value = self.untyped_sample(schema, depth);
        if let (Value::Object(entries), Some(discriminator), Some(component)) =
            (&mut value, &whole.data.discriminator, component)
        {
            let tag = tags(discriminator, component).into_iter().next();
            entries.extend(tag.map(|tag| (discriminator.property_name.clone(), tag.into())));
        }
        value
    }

    /// Returns a value that fits a schema, where its type in Rust does not matter.
    fn untyped_sample(&self, schema: &'d Schema, depth: usize) -> Value {
        let shape = self.schemas.shape(schema);
        if let Some(value) = shape.data.example.as_ref().or(shape.data.default.as_ref()) {
            return value.clone();
        }
        if let Some(EnumValue::Text(text)) = shape
            .enumeration
            .iter()
            .find(|value| matches!(value, EnumValue::Text(_)))
        {
            return Value::String(text.to_string());
        }
        let Some(depth) = depth.checked_sub(1) else {
            return Value::Null;
        };
        let inner = |schema: SchemaRef<'d>| {
            self.schemas
                .target(schema)
                .map_or(Value::Null, |schema| self.untyped_sample(schema, depth))
        };
        match shape.typ {
            Some("string") => self.made_up(&shape, &text_type(&shape)),
            Some("boolean") => Value::Bool(true),
            Some("integer") => self.made_up(&shape, &Type::I64),
            Some("number") => self.made_up(&shape, &Type::F64),
            Some("array") => {
                let item = shape
                    .items
                    .map_or_else(|| json!({}), |items| inner(items.into()));
                Value::Array(vec![item; shape.min_items.unwrap_or(1).clamp(1, 8)])
            }
            _ => self.made_up_object(&shape, depth),
        }
    }
}

/// The type that a string without listed values has in samples.
fn text_type(shape: &Shape<'_>) -> Type {
    match shape.format {
        Some("date-time") => Type::DateTime,
        Some("date-time-rfc-2822") => Type::Rfc2822,
        Some("date") => Type::Date,
        _ => Type::String,
    }
}

fn made_up_number(shape: &Shape<'_>) -> f64 {
    let limits = of_number(shape, &Type::F64);
    let ends = [shape.minimum, shape.maximum].into_iter().flatten();
    let middle = shape.minimum.zip(shape.maximum);
    let middle = middle.map(|(min, max)| f64::midpoint(min, max));
    let beside = ends.clone().flat_map(|end| [end + 1.0, end - 1.0]);
    ends.chain([1.0])
        .chain(middle)
        .chain(beside)
        .find(|number| keeps_all(&limits, &json!(number)))
        .unwrap_or(1.0)
}

fn made_up_text(shape: &Shape<'_>) -> String {
    if let Some(kind) = super::sid::recognise(shape, &crate::base::pointer::Pointer::ROOT) {
        return kind.sample();
    }
    let text = match shape.format {
        Some("uri" | "url") => "https://example.com/",
        Some("email") => "someone@example.com",
        Some("phone-number") => "+15551234567",
        Some("iso-country-code") => "US",
        Some("uuid") => "00000000-0000-4000-8000-000000000000",
        Some("http-method") => "POST",
        _ => "value",
    };
    let minimum = shape.min_length.unwrap_or(0).min(4096);
    let mut text = text.to_owned();
    while text.len() < minimum {
        text.push('x');
    }
    if let Some(maximum) = shape.max_length {
        text.truncate(maximum.max(minimum));
    }
    text
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a float outside the range of i64 saturates, which is in the limits"
)]
fn made_up_integer(shape: &Shape<'_>) -> i64 {
    let lowest = shape.minimum.map_or(1, |limit| {
        limit.ceil() as i64 + i64::from(shape.exclusive_minimum)
    });
    let highest = shape.maximum.map_or(i64::MAX, |limit| {
        limit.floor() as i64 - i64::from(shape.exclusive_maximum)
    });
    lowest.max(1).min(highest).max(lowest)
}
