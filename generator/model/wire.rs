//! How example values look on the wire, worked out without the runtime, so that the generated tests compare two accounts.

use crate::model::api::{Param, Style, Type};
use chrono::{DateTime, SecondsFormat, Utc};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

/// The unreserved characters of RFC 3986, section 2.3, stay as they are in a path segment.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Returns the text or texts that a value is sent as.
pub(crate) fn texts(ty: &Type, value: &Value) -> Vec<String> {
    match (ty, value) {
        (Type::List(items), Value::Array(values)) => values
            .iter()
            .flat_map(|value| texts(items, value))
            .collect(),
        (Type::DateTime, Value::String(text)) => vec![date_time(text)],
        (_, Value::String(text)) => vec![text.clone()],
        (Type::F64, Value::Number(number)) => vec![
            number
                .as_f64()
                .map_or_else(|| number.to_string(), |number| number.to_string()),
        ],
        (_, other) => vec![other.to_string()],
    }
}

/// Returns the names and texts that the value of a query or form parameter is sent as.
pub(crate) fn pairs(param: &Param, value: &Value) -> Vec<(String, String)> {
    let Param {
        wire, ty, style, ..
    } = param;
    let entries = |name: &dyn Fn(&str) -> String| {
        let entries = value.as_object().into_iter().flatten();
        entries
            .map(|(key, value)| (name(key), texts(&Type::String, value).concat()))
            .collect()
    };
    match style {
        Style::Plain => texts(ty, value)
            .into_iter()
            .map(|text| (wire.clone(), text))
            .collect(),
        Style::Joined(separator) => vec![(wire.clone(), texts(ty, value).join(separator))],
        Style::DeepObject => entries(&|key| format!("{wire}[{key}]")),
        Style::Prefixed(prefix) => entries(&|key| format!("{prefix}.{key}")),
        Style::Exploded => entries(&str::to_owned),
    }
}

fn date_time(text: &str) -> String {
    DateTime::parse_from_rfc3339(text).map_or_else(
        |_| text.to_owned(),
        |instant| {
            instant
                .with_timezone(&Utc)
                .to_rfc3339_opts(SecondsFormat::AutoSi, true)
        },
    )
}

/// Percent-encodes one segment of a path.
pub(crate) fn segment(text: &str) -> String {
    utf8_percent_encode(text, SEGMENT).to_string()
}

/// Writes pairs as `application/x-www-form-urlencoded` (WHATWG URL, section 5.2).
pub(crate) fn form<'p>(pairs: impl IntoIterator<Item = (&'p str, &'p str)>) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

/// Returns the JSON path of a member, as the runtime writes it.
pub(crate) fn json_path(parent: &str, key: &str) -> String {
    let plain = !key.is_empty()
        && !key.starts_with(|c: char| c.is_ascii_digit())
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if plain {
        format!("{parent}.{key}")
    } else {
        format!("{parent}[{}]", Value::String(key.to_owned()))
    }
}
