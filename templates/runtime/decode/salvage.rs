//! Decoding what does not quite fit: a serde deserializer that takes the offending values out.
//!
//! It is the second attempt at a body, made when `serde_json` refuses it. Derived and standard
//! implementations of `Deserialize` ask for the members of a map and the elements of a list through
//! the typed methods of [`MapAccess`] and [`SeqAccess`]. These are where a failure ends: a member
//! that fails is decoded as null, an element or a map entry that fails is left out, and each is
//! noted. What cannot do without its value fails in turn, one level further out. Every value is
//! visited once, and a failed one is retried as null only, so that the cost is linear in the body.

use super::deviation::Deviation;
use super::fault::Fault;
use super::notes::Notes;
use super::place::Place;
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::{Deserialize, forward_to_deserialize_any};
use serde_json::{Number, Value};

/// Decodes `tree` as a `T`, with the deviations that it took.
pub(crate) fn salvage<'de, T: Deserialize<'de>>(
    tree: &'de Value,
) -> Result<(T, Vec<Deviation>), Fault> {
    let notes = Notes::default();
    let root = Place::Root;
    let node = Node {
        value: tree,
        place: &root,
        notes: &notes,
    };
    let value = T::deserialize(node)?;
    Ok((value, notes.into_deviations()))
}

/// A value of the body, and where it stands.
#[derive(Clone, Copy)]
struct Node<'a, 'de> {
    value: &'de Value,
    place: &'a Place<'a>,
    notes: &'a Notes<'de>,
}

impl<'de> Node<'_, 'de> {
    /// Decodes the value, or null in its place, which is noted.
    fn decode_or_null<T: Deserialize<'de>>(self) -> Result<T, Fault> {
        let mark = self.notes.mark();
        let fault = match T::deserialize(self) {
            Ok(value) => return Ok(value),
            Err(fault) => fault,
        };
        self.notes.forget_since(mark);
        match T::deserialize(Null) {
            Ok(value) if !self.value.is_null() => {
                self.note(fault.reason_at(self.place));
                Ok(value)
            }
            _ => Err(fault.or_at(self.place)),
        }
    }

    /// Decodes the value, or null in its place; `None` when neither works. Either failure is noted.
    fn decode_or_skip<T: Deserialize<'de>>(self) -> Option<T> {
        match self.decode_or_null() {
            Ok(value) => Some(value),
            Err(fault) => {
                self.note(fault.reason_at(self.place));
                None
            }
        }
    }

    fn note(self, reason: String) {
        self.notes.add(self.place, self.value, reason);
    }

    /// The value as a number: digits in a string are a number, too.
    fn number(self) -> Option<Number> {
        match self.value {
            Value::Number(number) => Some(number.clone()),
            Value::String(text) => text.parse().ok(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        }
    }

    fn visit_integer<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let Some(number) = self.number() else {
            return self.deserialize_any(visitor);
        };
        match whole(&number) {
            Some(integer) => {
                self.note("expected an integer, found it written as a fraction".to_owned());
                visitor.visit_i64(integer)
            }
            None => visit_number(&number, visitor),
        }
    }

    fn visit_float<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.number() {
            Some(number) => visit_number(&number, visitor),
            None => self.deserialize_any(visitor),
        }
    }

    fn visit_text<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Value::Number(number) => {
                self.note("expected a string, found a number".to_owned());
                visitor.visit_string(number.to_string())
            }
            Value::Bool(value) => {
                self.note("expected a string, found a boolean".to_owned());
                visitor.visit_str(if *value { "true" } else { "false" })
            }
            Value::Null | Value::String(_) | Value::Array(_) | Value::Object(_) => {
                self.deserialize_any(visitor)
            }
        }
    }
}

/// Returns the integer that a number with a fraction of zero stands for.
fn whole(number: &Number) -> Option<i64> {
    /// Up to here, every integer has a floating-point number of its own: 2^53.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let value = number
        .as_f64()
        .filter(|value| number.is_f64() && value.abs() <= EXACT && value.fract() == 0.0)?;
    format!("{value:.0}").parse().ok()
}

fn visit_number<'de, V: Visitor<'de>>(number: &Number, visitor: V) -> Result<V::Value, Fault> {
    match (number.as_u64(), number.as_i64(), number.as_f64()) {
        (Some(value), _, _) => visitor.visit_u64(value),
        (None, Some(value), _) => visitor.visit_i64(value),
        (None, None, Some(value)) => visitor.visit_f64(value),
        (None, None, None) => Err(Fault::invalid_type(Unexpected::Other("number"), &visitor)),
    }
}

macro_rules! forward {
    ($($method:ident)* => $to:ident) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            self.$to(visitor)
        })*
    };
}

impl<'de> Deserializer<'de> for Node<'_, 'de> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let Self {
            value,
            place,
            notes,
        } = self;
        match value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(number) => visit_number(number, visitor),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(elements) => visitor.visit_seq(Elements {
                rest: elements.iter().enumerate(),
                place,
                notes,
            }),
            Value::Object(members) => visitor.visit_map(Members {
                rest: members.iter(),
                current: None,
                place,
                notes,
            }),
        }
    }

    forward! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
        => visit_integer
    }

    forward! { deserialize_f32 deserialize_f64 => visit_float }

    forward! { deserialize_str deserialize_string => visit_text }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let value = match self.value.as_str() {
            Some("true" | "True") => true,
            Some("false" | "False") => false,
            _ => return self.deserialize_any(visitor),
        };
        self.note("expected a boolean, found it in a string".to_owned());
        visitor.visit_bool(value)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    /// Refuses arrays, which derived implementations would take for the fields in order.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.value {
            Value::Array(_) => Err(Fault::invalid_type(Unexpected::Seq, &visitor)),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.value
            .deserialize_enum(name, variants, visitor)
            .map_err(|_| Fault::custom(format_args!("expected one of the variants of {name}")))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        char bytes byte_buf unit unit_struct seq tuple tuple_struct map identifier
    }
}

struct Elements<'a, 'de> {
    rest: std::iter::Enumerate<std::slice::Iter<'de, Value>>,
    place: &'a Place<'a>,
    notes: &'a Notes<'de>,
}

impl<'de> SeqAccess<'de> for Elements<'_, 'de> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let Some((index, value)) = self.rest.next() else {
            return Ok(None);
        };
        let place = Place::Index(self.place, index);
        seed.deserialize(Node {
            value,
            place: &place,
            notes: self.notes,
        })
        .map(Some)
    }

    fn next_element<T: Deserialize<'de>>(&mut self) -> Result<Option<T>, Fault> {
        let Self { rest, place, notes } = self;
        Ok(rest.find_map(|(index, value)| {
            let place = Place::Index(place, index);
            Node {
                value,
                place: &place,
                notes,
            }
            .decode_or_skip()
        }))
    }
}

struct Members<'a, 'de> {
    rest: serde_json::map::Iter<'de>,
    current: Option<(&'de str, &'de Value)>,
    place: &'a Place<'a>,
    notes: &'a Notes<'de>,
}

impl<'de> Members<'_, 'de> {
    fn take_current(&mut self) -> Result<(&'de str, &'de Value), Fault> {
        self.current
            .take()
            .ok_or_else(|| Fault::custom("a value is asked for before its key"))
    }
}

impl<'de> MapAccess<'de> for Members<'_, 'de> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let Some((key, value)) = self.rest.next() else {
            return Ok(None);
        };
        self.current = Some((key, value));
        seed.deserialize(BorrowedStrDeserializer::new(key))
            .map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let (key, value) = self.take_current()?;
        let place = Place::Key(self.place, key);
        seed.deserialize(Node {
            value,
            place: &place,
            notes: self.notes,
        })
    }

    fn next_value<T: Deserialize<'de>>(&mut self) -> Result<T, Fault> {
        let (key, value) = self.take_current()?;
        let place = Place::Key(self.place, key);
        Node {
            value,
            place: &place,
            notes: self.notes,
        }
        .decode_or_null()
    }

    fn next_entry<K: Deserialize<'de>, T: Deserialize<'de>>(
        &mut self,
    ) -> Result<Option<(K, T)>, Fault> {
        let Self {
            rest,
            current: _,
            place,
            notes,
        } = self;
        Ok(rest.find_map(|(key, value)| {
            let place = Place::Key(place, key);
            let node = Node {
                value,
                place: &place,
                notes,
            };
            match K::deserialize(BorrowedStrDeserializer::<Fault>::new(key)) {
                Ok(key) => node.decode_or_skip().map(|value| (key, value)),
                Err(fault) => {
                    node.note(fault.reason_at(&place));
                    None
                }
            }
        }))
    }
}

/// What stands in for a value that was taken out.
struct Null;

impl<'de> Deserializer<'de> for Null {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_none()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
