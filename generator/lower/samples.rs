//! Values that fit a schema, for examples that the description does not give.

use super::Lowering;
use super::limits::of_number;
use super::schemas::{Facts, Kind, Scalar, Selector, Union, Use};
use crate::model::api::{NamedKind, Pattern, Type, keeps_all};
use serde_json::{Value, json};
use std::sync::Arc;

/// How deep objects are made up.
const DEPTH: usize = 8;

impl<'d> Lowering<'d> {
    /// Returns a value that fits: the schema's own example, default or first listed value, or one made up within its limits.
    pub(super) fn sample(&self, place: &Use<'d>, ty: &Type) -> Value {
        let place = self.schemas.resolved(place);
        let facts = self.schemas.facts(&place);
        let given = [facts.example, facts.default];
        if let Some(value) = given
            .into_iter()
            .flatten()
            .find(|value| self.fits(ty, value))
        {
            return value.clone();
        }
        let listed = facts.values.iter().map(|listed| &*listed.value);
        let mut listed = listed.filter(|value| self.fits(ty, value));
        // An empty text cannot be sent in a path.
        let first = listed.clone().find(|value| value.as_str() != Some(""));
        if let Some(value) = first.or_else(|| listed.next()) {
            return value.clone();
        }
        self.made_up(&place, &facts, ty)
    }

    fn made_up(&self, place: &Use<'d>, facts: &Facts<'d>, ty: &Type) -> Value {
        match ty {
            Type::String => Value::String(self.made_up_text(facts)),
            Type::Bool => Value::Bool(true),
            Type::Integer(_) => json!(made_up_integer(facts)),
            Type::F64 => json!(made_up_number(facts)),
            Type::DateTime => json!("2024-01-02T03:04:05Z"),
            Type::Rfc2822 => json!("Tue, 02 Jan 2024 03:04:05 +0000"),
            Type::Date => json!("2024-01-02"),
            Type::Time => json!("03:04:05Z"),
            Type::Duration => json!("PT1H"),
            Type::Uuid => json!("00000000-0000-4000-8000-000000000000"),
            Type::Base64 => json!("dmFsdWU="),
            Type::Json | Type::Map(_) | Type::PageMeta => json!({}),
            Type::File | Type::Bytes => json!("value"),
            Type::Sid(sid) => json!(
                self.sids
                    .get(&sid.kind)
                    .map_or_else(String::new, crate::model::api::SidKind::sample)
            ),
            Type::Named(path) => match path.kind {
                NamedKind::TextEnum => json!("value"),
                NamedKind::IntegerEnum => json!(1),
                NamedKind::Model | NamedKind::Union | NamedKind::Responses => {
                    self.untyped_sample(place, DEPTH)
                }
            },
            Type::Nullable(inner) => self.sample(place, inner),
            Type::List(items) => {
                let item = match &facts.items {
                    Some(schema) => self.sample(schema, items),
                    None => json!({}),
                };
                Value::Array(vec![item; facts.min_items.unwrap_or(1).clamp(1, 8)])
            }
            Type::Tuple(_) => self.untyped_sample(place, DEPTH),
            Type::Custom(custom) => custom.sample.clone().unwrap_or_default(),
        }
    }

    /// Returns a text within the limits: one that reads well, or else the shortest that the pattern allows.
    fn made_up_text(&self, facts: &Facts<'d>) -> String {
        let text = plain_text(facts);
        let compiled = facts
            .patterns
            .iter()
            .map(|source| match self.compiled.get(*source) {
                Some(Ok((_, pattern))) => Ok(Arc::clone(pattern)),
                Some(Err(reason)) => Err(*reason),
                None => super::pattern::compile(source).map(Arc::new),
            });
        let patterns: Vec<Arc<Pattern>> = compiled.filter_map(Result::ok).collect();
        let matches = |text: &String| patterns.iter().all(|pattern| pattern.matches(text));
        if matches(&text) {
            return text;
        }
        // An empty text cannot be sent in a path.
        let least = facts.min_length.unwrap_or(0).max(1);
        let most = facts.max_length.unwrap_or(usize::MAX);
        let mut samples = patterns
            .iter()
            .filter_map(|pattern| pattern.sample(least, most));
        samples.find(matches).unwrap_or(text)
    }

    /// Returns an object with the required properties, and as many as it has to have; what is nested deeper than any real
    /// body is left empty.
    fn made_up_object(&self, facts: &Facts<'d>, depth: usize) -> Value {
        let sent = facts.properties.iter();
        let sent = sent.filter(|(_, property)| !self.schemas.facts(property).read_only);
        let chosen = facts.choices.iter().filter_map(|one| one.required.first());
        let chosen: Vec<&str> = chosen.flatten().copied().collect();
        let is_needed = |wire: &str| facts.requires(wire) || chosen.contains(&wire);
        let needed = sent.clone().filter(|(wire, _)| is_needed(wire)).count();
        let mut more = facts.min_properties.unwrap_or(0).saturating_sub(needed);
        let mut entries = serde_json::Map::new();
        for (wire, property) in sent {
            if !is_needed(wire) {
                if more == 0 {
                    continue;
                }
                more -= 1;
            }
            entries.insert((*wire).to_owned(), self.untyped_sample(property, depth));
        }
        Value::Object(entries)
    }

    fn made_up_alternative(&self, union: &Union<'d>, depth: usize) -> Value {
        let Some(first) = union.alternatives.first() else {
            return Value::Null;
        };
        let mut value = self.untyped_sample(first, depth);
        let selector = Selector::new(&self.schemas, union);
        let tags = selector.tags(&selector.selection());
        let tag = tags.first().and_then(|tags| tags.first());
        if let (Value::Object(entries), Some(discriminator), Some(tag)) =
            (&mut value, union.discriminator, tag)
        {
            entries.insert(discriminator.property_name.clone(), tag.to_json());
        }
        value
    }

    /// Returns a value that fits a schema, where its type in Rust does not matter.
    fn untyped_sample(&self, place: &Use<'d>, depth: usize) -> Value {
        let place = self.schemas.resolved(place);
        let Some(schema) = self.schemas.classify(&place) else {
            return Value::Null;
        };
        let facts = &schema.facts;
        if let Some(value) = facts.example.or(facts.default) {
            return value.clone();
        }
        if let Some(listed) = facts.values.first() {
            return listed.value.clone().into_owned();
        }
        let Some(depth) = depth.checked_sub(1) else {
            return Value::Null;
        };
        match &schema.kind {
            Kind::Same(other) => self.untyped_sample(other, depth),
            Kind::Scalar(scalar) => self.made_up(&place, facts, &sample_type(*scalar)),
            Kind::TextEnum | Kind::IntegerEnum => json!("value"),
            Kind::List(items) => {
                let item = match items {
                    Some(items) => self.untyped_sample(items, depth),
                    None => json!({}),
                };
                Value::Array(vec![item; facts.min_items.unwrap_or(1).clamp(1, 8)])
            }
            Kind::Tuple(positions) => {
                let positions = positions.iter();
                positions
                    .map(|one| self.untyped_sample(one, depth))
                    .collect()
            }
            Kind::Any | Kind::Map(_) => json!({}),
            Kind::Struct => self.made_up_object(facts, depth),
            Kind::Union(union) => self.made_up_alternative(union, depth),
        }
    }
}

/// The type that a single value has in samples.
fn sample_type(scalar: Scalar) -> Type {
    match scalar {
        Scalar::String | Scalar::Binary => Type::String,
        Scalar::DateTime => Type::DateTime,
        Scalar::Rfc2822 => Type::Rfc2822,
        Scalar::Date => Type::Date,
        Scalar::Time => Type::Time,
        Scalar::Duration => Type::Duration,
        Scalar::Uuid => Type::Uuid,
        Scalar::Base64 => Type::Base64,
        Scalar::Bool => Type::Bool,
        Scalar::Integer(integer) => Type::Integer(integer),
        Scalar::Number => Type::F64,
    }
}

fn made_up_number(facts: &Facts<'_>) -> f64 {
    let limits = of_number(facts, &Type::F64);
    let ends = [facts.minimum, facts.maximum]
        .into_iter()
        .flatten()
        .map(|bound| bound.value);
    let middle = facts.minimum.zip(facts.maximum);
    let middle = middle.map(|(min, max)| f64::midpoint(min.value, max.value));
    let beside = ends.clone().flat_map(|end| [end + 1.0, end - 1.0]);
    ends.chain([1.0])
        .chain(middle)
        .chain(beside)
        .find(|number| keeps_all(&limits, &json!(number)))
        .unwrap_or(1.0)
}

fn plain_text(facts: &Facts<'_>) -> String {
    if let Some(kind) = super::conventions::sid::recognise(facts) {
        return kind.sample();
    }
    let text = match facts.format {
        Some("uri" | "url") => "https://example.com/",
        Some("email") => "someone@example.com",
        Some("phone-number") => "+15551234567",
        Some("iso-country-code") => "US",
        Some("uuid") => "00000000-0000-4000-8000-000000000000",
        Some("http-method") => "POST",
        _ => "value",
    };
    let minimum = facts.min_length.unwrap_or(0).min(4096);
    let mut text = text.to_owned();
    while text.len() < minimum {
        text.push('x');
    }
    if let Some(maximum) = facts.max_length {
        text.truncate(maximum.max(minimum));
    }
    text
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a float outside the range of i64 saturates, which is in the limits"
)]
fn made_up_integer(facts: &Facts<'_>) -> i64 {
    let lowest = facts.minimum.map_or(1, |bound| {
        bound.value.ceil() as i64 + i64::from(bound.exclusive)
    });
    let highest = facts.maximum.map_or(i64::MAX, |bound| {
        bound.value.floor() as i64 - i64::from(bound.exclusive)
    });
    lowest.max(1).min(highest).max(lowest)
}
