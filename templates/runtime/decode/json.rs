//! From JSON text to a value.

use super::deviation::Deviation;
use super::fault::Fault;
use super::repair::{Repaired, repair};
use super::salvage::salvage;
use serde::de::{DeserializeOwned, Deserializer, Error as _, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// Decodes JSON: strictly, which is the fast path, or else by salvaging what can be.
pub(crate) fn decode_json<T: DeserializeOwned>(body: &[u8]) -> Result<(T, Vec<Deviation>), Fault> {
    // To check all of the text at once takes less time than each string for itself.
    let refusal = match std::str::from_utf8(body).map(serde_json::from_str) {
        Ok(Ok(value)) => return Ok((value, Vec::new())),
        Ok(Err(refusal)) => Some(refusal),
        Err(_) => None,
    };
    decode_loosely(body, refusal.as_ref())
}

fn decode_loosely<T: DeserializeOwned>(
    body: &[u8],
    refusal: Option<&serde_json::Error>,
) -> Result<(T, Vec<Deviation>), Fault> {
    if let Ok(value) = T::deserialize(NoValue) {
        return Ok((value, Vec::new()));
    }
    let (trees, mut deviations) = parse_loosely(body)?;
    let mut outcome = Err(Fault::custom("expected a body"));
    for tree in &trees {
        outcome = salvage(tree);
        if outcome.is_ok() {
            break;
        }
    }
    let (value, more) = outcome?;
    deviations.extend(more);
    if refusal.is_some_and(|refusal| refusal.to_string().starts_with("duplicate field")) {
        deviations.push(Deviation::in_body(
            "found a name twice in an object, the last of which counts",
        ));
    }
    Ok((value, deviations))
}

/// Parses a body that the strict decoder refused into trees to be tried in turn: an empty body
/// stands for any empty one.
fn parse_loosely(body: &[u8]) -> Result<(Vec<Value>, Vec<Deviation>), Fault> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    if body.trim_ascii().is_empty() {
        let trees = vec![
            Value::Null,
            Value::Object(Map::new()),
            Value::Array(Vec::new()),
        ];
        return Ok((
            trees,
            vec![Deviation::in_body("expected a body, found nothing")],
        ));
    }
    let text = String::from_utf8_lossy(body);
    let replaced = matches!(text, Cow::Owned(_))
        .then(|| Deviation::in_body("expected UTF-8, found other bytes, which are replaced"));
    let (tree, repairs) = parse(&text)?;
    let deviations = replaced
        .into_iter()
        .chain(repairs.into_iter().map(Deviation::in_body));
    Ok((vec![tree], deviations.collect()))
}

fn parse(text: &str) -> Result<(Value, Vec<&'static str>), Fault> {
    serde_json::from_slice(text.as_bytes())
        .map(|tree| (tree, Vec::new()))
        .or_else(|error| {
            let Repaired { text, reasons } = repair(text);
            let tree = serde_json::from_slice(text.as_bytes())
                .map_err(|_| Fault::custom(format_args!("expected JSON: {error}")))?;
            Ok((tree, reasons))
        })
}

/// A deserializer for types that need no value, which is `()` alone: their body, if any, does not
/// matter.
struct NoValue;

impl<'de> Deserializer<'de> for NoValue {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Fault> {
        Err(Fault::custom("expected a value"))
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
