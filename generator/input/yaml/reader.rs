//! What the library found in a text, as a JSON value.

use super::MERGE;
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::cell::{Cell, RefCell};
use std::fmt;

/// What is expected where a key is.
pub(super) const KEY: &str = "the text of a key";
/// Why a key is refused that no JSON can have.
pub(super) const NO_KEY: &str = "a key must be text, and this is a list or a map";

/// What is to be known of a text besides its value.
pub(super) struct Findings {
    /// Why the first value that JSON cannot hold is refused.
    pub(super) refused: RefCell<Option<String>>,
    /// Set by a merge key.
    pub(super) merges: Cell<bool>,
    /// Nodes that may still be read.
    pub(super) left: Cell<usize>,
}

impl Findings {
    /// Begins a text of so many nodes at most.
    pub(super) fn of_nodes(most: usize) -> Self {
        Self {
            refused: RefCell::new(None),
            merges: Cell::new(false),
            left: Cell::new(most),
        }
    }
}

/// Reads any node.
#[derive(Clone, Copy)]
pub(super) struct Reader<'c>(pub(super) &'c Findings);

impl Reader<'_> {
    fn refuse<E: Error>(self, message: impl fmt::Display) -> E {
        let message = message.to_string();
        *self.0.refused.borrow_mut() = Some(message.clone());
        E::custom(message)
    }
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        match self.0.left.get() {
            0 => return Err(D::Error::custom("too many nodes")),
            left => self.0.left.set(left - 1),
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    /// A text of comments alone has no node.
    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    #[expect(clippy::cast_precision_loss, reason = "JSON has no larger integers")]
    fn visit_i128<E: Error>(self, number: i128) -> Result<Value, E> {
        self.visit_f64(number as f64)
    }

    #[expect(clippy::cast_precision_loss, reason = "JSON has no larger integers")]
    fn visit_u128<E: Error>(self, number: u128) -> Result<Value, E> {
        self.visit_f64(number as f64)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        match Number::from_f64(number) {
            Some(number) => Ok(Value::Number(number)),
            None => Err(self.refuse(format_args!(
                "the number `{number}` is not finite, which no description can mean"
            ))),
        }
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(self)? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut mapping: A) -> Result<Value, A::Error> {
        let mut entries = Map::new();
        while let Some(key) = mapping.next_key_seed(Key(&entries))? {
            if key == MERGE {
                self.0.merges.set(true);
            }
            entries.insert(key, mapping.next_value_seed(self)?);
        }
        Ok(Value::Object(entries))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (tag, _) = tagged.variant::<String>()?;
        let tag = tag.trim_start_matches('!');
        Err(self.refuse(format_args!(
            "the tag `!{tag}` has no meaning in a description"
        )))
    }
}

/// Reads a key as the text that it is written as: response codes are often bare numbers; every key of a description is text.
/// One that is among the entries already is refused here, so that the error has its place.
struct Key<'m>(&'m Map<String, Value>);

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(KEY)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        if self.0.contains_key(text) {
            return Err(E::custom(format_args!("duplicate entry with key {text:?}")));
        }
        Ok(text.to_owned())
    }
}
