//! What is shown of the body of an error, read without making a tree of the body.

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// How deep members are kept: `error.errors[0].message`.
const DEPTH: usize = 4;

/// The members that are kept, in lower case and without `_`.
const KEPT: &[&str] = &[
    "code",
    "detail",
    "details",
    "description",
    "error",
    "errorcode",
    "errordescription",
    "errormessage",
    "errors",
    "erroruri",
    "fault",
    "faultstring",
    "helpurl",
    "documentationurl",
    "httpstatuscode",
    "instance",
    "message",
    "moreinfo",
    "msg",
    "reason",
    "requestid",
    "scimtype",
    "status",
    "statuscode",
    "title",
    "type",
    "usererror",
];

/// Returns the members of a body that say what an error is: of objects those of known names, of arrays the first element.
/// `Null` for a body that is not JSON.
pub(super) fn brief(body: &[u8]) -> Value {
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let brief = Brief(DEPTH).deserialize(&mut deserializer);
    match (brief, deserializer.end()) {
        (Ok(brief), Ok(())) => brief,
        _ => Value::Null,
    }
}

/// Returns a name in lower case and without `_` and `-`.
pub(super) fn plain(name: &str) -> String {
    let kept = name.chars().filter(|c| !matches!(c, '_' | '-'));
    kept.map(|c| c.to_ascii_lowercase()).collect()
}

struct Brief(usize);

impl<'de> DeserializeSeed<'de> for Brief {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        if self.0 == 0 {
            deserializer.deserialize_ignored_any(IgnoredAny)?;
            return Ok(Value::Null);
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Brief {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let first = items.next_element_seed(Self(self.0 - 1))?;
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::Array(first.into_iter().collect()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut kept = Map::new();
        while let Some(name) = members.next_key::<std::borrow::Cow<'de, str>>()? {
            let name = plain(&name);
            if KEPT.contains(&name.as_str()) {
                let value = members.next_value_seed(Self(self.0 - 1))?;
                kept.entry(name).or_insert(value);
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Value::Object(kept))
    }
}
