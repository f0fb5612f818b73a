//! Values that fit a schema, for examples that the description does not give.

use super::Lowering;
use super::limits::of_number;
use super::schemas::{Facts, Kind, Scalar, Schemas, Selector, Union, Use};
use crate::model::api::{NamedKind, Pattern, Type, keeps_all};
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::sync::Arc;

/// How deep objects are made up.
const DEPTH: usize = 8;

/// How many items a list has at most.
const ITEMS: usize = 8;

/// How many schemas are looked at for one value: alternatives that lead to themselves would have no end.
const LOOKS: usize = 2000;

impl<'d> Lowering<'d> {
    /// Returns a value that fits: the schema's own example, default or first listed value, or one made up within its limits.
    pub(super) fn sample(&self, place: &Use<'d>, ty: &Type) -> Value {
        let sampler = Sampler {
            lowering: self,
            looks_left: Cell::new(LOOKS),
            open: RefCell::default(),
        };
        sampler.typed(place, ty)
    }
}

/// Makes up one value.
struct Sampler<'l, 'd> {
    lowering: &'l Lowering<'d>,
    looks_left: Cell<usize>,
    /// The schemas that are being made up, each within the one before.
    open: RefCell<Vec<String>>,
}

impl<'d> Sampler<'_, 'd> {
    fn schemas(&self) -> &Schemas<'d> {
        &self.lowering.schemas
    }

    /// Returns a value of a type.
    fn typed(&self, place: &Use<'d>, ty: &Type) -> Value {
        let place = self.schemas().resolved(place);
        let schema = self.schemas().classify(&place);
        let facts = schema
            .as_ref()
            .map_or_else(|| self.schemas().facts(&place), |one| one.facts.clone());
        let fits =
            |value: &Value| self.lowering.fits(ty, value) && self.suits(&place, value, DEPTH);
        if let Some(value) = given(&facts, &fits) {
            return value;
        }
        let listed = facts.values.iter().map(|listed| &*listed.value);
        let mut listed = listed.filter(|value| self.lowering.fits(ty, value));
        // An empty text cannot be sent in a path.
        let first = listed.clone().find(|value| value.as_str() != Some(""));
        if let Some(value) = first.or_else(|| listed.next()) {
            return value.clone();
        }
        self.made_up(&place, &facts, ty)
    }

    fn made_up(&self, place: &Use<'d>, facts: &Facts<'d>, ty: &Type) -> Value {
        match ty {
            Type::String => self
                .alternative_text(place)
                .unwrap_or_else(|| Value::String(self.lowering.made_up_text(facts))),
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
                self.lowering
                    .sids
                    .get(&sid.kind)
                    .map_or_else(String::new, crate::model::api::SidKind::sample)
            ),
            Type::Named(path) => match path.kind {
                NamedKind::TextEnum => json!("value"),
                NamedKind::IntegerEnum => json!(1),
                NamedKind::Model | NamedKind::Union | NamedKind::Responses => {
                    self.untyped(place, DEPTH).unwrap_or(Value::Null)
                }
            },
            Type::Nullable(inner) => self.typed(place, inner),
            Type::List(items) => {
                let item = match &facts.items {
                    Some(schema) => self.typed(schema, items),
                    None => json!({}),
                };
                items_of(&item, facts)
            }
            Type::Tuple(_) => self.untyped(place, DEPTH).unwrap_or(Value::Null),
            Type::Custom(custom) => custom.sample.clone().unwrap_or_default(),
        }
    }

    /// Returns a text of one of several schemas of texts, which are one type.
    fn alternative_text(&self, place: &Use<'d>) -> Option<Value> {
        let groups = self.schemas().facts(place).groups;
        let alternatives = groups.iter().flat_map(|group| &group.alternatives);
        let mut texts = alternatives.filter_map(|one| self.untyped(one, DEPTH));
        texts.find(Value::is_string)
    }

    /// Returns an object with the required properties, and as many as it has to have.
    fn object(&self, facts: &Facts<'d>, depth: usize) -> Option<Value> {
        let sent = facts.properties.iter();
        let sent = sent.filter(|(_, property)| !self.schemas().facts(property).read_only);
        let chosen = facts.choices.iter().filter_map(|one| one.required.first());
        let chosen: Vec<&str> = chosen.flatten().copied().collect();
        let is_needed = |wire: &str| facts.requires(wire) || chosen.contains(&wire);
        let needed = sent.clone().filter(|(wire, _)| is_needed(wire)).count();
        let mut more = facts.min_properties.unwrap_or(0).saturating_sub(needed);
        let mut entries = serde_json::Map::new();
        for (wire, property) in sent {
            if !is_needed(wire) {
                let Some(left) = more.checked_sub(1) else {
                    continue;
                };
                more = left;
            }
            entries.insert((*wire).to_owned(), self.untyped(property, depth)?);
        }
        Some(Value::Object(entries))
    }

    /// Returns a value of the first alternative that has an end.
    fn alternative(&self, union: &Union<'d>, depth: usize) -> Option<Value> {
        let mut alternatives = union.alternatives.iter().enumerate();
        let (index, mut value) =
            alternatives.find_map(|(index, one)| Some((index, self.untyped(one, depth)?)))?;
        let selector = Selector::new(self.schemas(), union);
        let tags = selector.tags(&selector.selection());
        let tag = tags.get(index).and_then(|tags| tags.first());
        if let (Value::Object(entries), Some(discriminator), Some(tag)) =
            (&mut value, union.discriminator, tag)
        {
            entries.insert(discriminator.property_name.clone(), tag.to_json());
        }
        Some(value)
    }

    /// Returns a value that fits a schema, where its type in Rust does not matter; none where the schema is within itself, or
    /// deeper than any real body.
    fn untyped(&self, place: &Use<'d>, depth: usize) -> Option<Value> {
        self.looks_left.set(self.looks_left.get().checked_sub(1)?);
        let place = self.schemas().resolved(place);
        let id = self.schemas().id(&place);
        if self.open.borrow().contains(&id) {
            return None;
        }
        self.open.borrow_mut().push(id);
        let value = self.untyped_within(&place, depth);
        self.open.borrow_mut().pop();
        value
    }

    fn untyped_within(&self, place: &Use<'d>, depth: usize) -> Option<Value> {
        let schema = self.schemas().classify(place)?;
        let facts = &schema.facts;
        if let Some(value) = given(facts, &|value| self.suits(place, value, DEPTH)) {
            return Some(value);
        }
        if let Some(listed) = facts.values.first() {
            return Some(listed.value.clone().into_owned());
        }
        let depth = depth.checked_sub(1)?;
        Some(match &schema.kind {
            Kind::Same(other) => self.untyped(other, depth)?,
            Kind::Scalar(scalar) => self.made_up(place, facts, &sample_type(*scalar)),
            Kind::TextEnum | Kind::IntegerEnum => json!("value"),
            Kind::List(_) if facts.max_items == Some(0) => json!([]),
            Kind::List(Some(items)) => match self.untyped(items, depth) {
                Some(item) => items_of(&item, facts),
                None if facts.min_items.unwrap_or(0) == 0 => json!([]),
                None => return None,
            },
            Kind::List(None) => items_of(&json!({}), facts),
            Kind::Tuple(positions) => {
                let positions = positions.iter();
                positions
                    .map(|one| self.untyped(one, depth))
                    .collect::<Option<_>>()?
            }
            Kind::Any | Kind::Map(_) => json!({}),
            Kind::Struct => self.object(facts, depth)?,
            Kind::Union(union) => self.alternative(union, depth)?,
        })
    }

    /// Whether a value that the description gives is of the kind of its schema, so that it can be sent.
    fn suits(&self, place: &Use<'d>, value: &Value, depth: usize) -> bool {
        let place = self.schemas().resolved(place);
        let (Some(schema), Some(depth)) = (self.schemas().classify(&place), depth.checked_sub(1))
        else {
            return true;
        };
        let facts = &schema.facts;
        if value.is_null() {
            return facts.nullable || matches!(schema.kind, Kind::Any);
        }
        let is_held = |held: &Option<Use<'d>>, value: &Value| {
            held.as_ref()
                .is_none_or(|one| self.suits(one, value, depth))
        };
        match &schema.kind {
            Kind::Any => true,
            Kind::Same(other) => self.suits(other, value, depth),
            Kind::Scalar(Scalar::Bool) => value.is_boolean(),
            Kind::Scalar(Scalar::Integer(_) | Scalar::Number) | Kind::IntegerEnum => {
                value.is_number()
            }
            Kind::Scalar(_) | Kind::TextEnum => value.is_string(),
            Kind::List(items) => value
                .as_array()
                .is_some_and(|values| values.iter().all(|value| is_held(items, value))),
            Kind::Tuple(_) => value.is_array(),
            Kind::Map(values) => value
                .as_object()
                .is_some_and(|entries| entries.values().all(|value| is_held(values, value))),
            Kind::Struct => value.as_object().is_some_and(|entries| {
                let required = facts.properties.keys().filter(|wire| facts.requires(wire));
                let mut required = required.filter(|wire| !entries.contains_key(**wire));
                let mut given = facts.properties.iter();
                required.all(|wire| self.schemas().facts(&facts.properties[wire]).read_only)
                    && given.all(|(wire, property)| {
                        let value = entries.get(*wire);
                        value.is_none_or(|value| self.suits(property, value, depth))
                    })
            }),
            Kind::Union(union) => {
                let mut alternatives = union.alternatives.iter();
                alternatives.any(|one| self.suits(one, value, depth))
            }
        }
    }
}

impl<'d> Lowering<'d> {
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
}

/// Returns the example or the default that a description gives, also where it is written as a text of JSON.
fn given(facts: &Facts<'_>, fits: &dyn Fn(&Value) -> bool) -> Option<Value> {
    let given = [facts.example, facts.default].into_iter().flatten();
    let read = |value: &Value| {
        value
            .as_str()
            .and_then(|text| serde_json::from_str(text).ok())
    };
    let mut found = given.filter_map(|value| {
        let whole = fits(value).then(|| value.clone());
        whole.or_else(|| read(value).filter(fits))
    });
    found.next()
}

/// Returns a list of as many items as there have to be, each another one where the description asks for that.
fn items_of(item: &Value, facts: &Facts<'_>) -> Value {
    let most = facts.max_items.unwrap_or(ITEMS).min(ITEMS);
    let count = facts.min_items.unwrap_or(1).max(1).min(most);
    let items = (0..count).map(|index| match item {
        other if index == 0 || !facts.unique_items => other.clone(),
        Value::Number(number) => number
            .as_u64()
            .and_then(|number| number.checked_add(index as u64))
            .map_or_else(|| item.clone(), |number| json!(number)),
        Value::String(text) => json!(another(text, index)),
        other => other.clone(),
    });
    items.collect()
}

/// Returns a text of the same kind as another: the next number, or one with another end.
fn another(text: &str, index: usize) -> String {
    let number = text.parse::<u64>().ok();
    match number.and_then(|number| number.checked_add(index as u64)) {
        Some(next) => next.to_string(),
        None => match text.char_indices().next_back() {
            Some((end, last)) if last.is_ascii_digit() => format!("{}{index}", &text[..end]),
            _ => format!("{text}{index}"),
        },
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
        Some("hostname") => "example.com",
        Some("ip" | "ipv4") => "192.0.2.1",
        Some("ipv6") => "2001:db8::1",
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

#[cfg(test)]
mod tests {
    use super::another;

    #[test]
    fn another_text_is_another_one_at_the_end_of_the_numbers_as_well() {
        assert_eq!(another("41", 1), "42");
        assert_eq!(another(&u64::MAX.to_string(), 1), "18446744073709551611");
        assert_eq!(another("é", 2), "é2");
    }
}
