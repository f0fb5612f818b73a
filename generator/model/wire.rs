//! How example values are written in a request, worked out without the runtime, so that the generated tests compare two
//! accounts.

use crate::model::api::{Location, Param, Style, Type};
use chrono::{DateTime, SecondsFormat};
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

/// The unreserved characters of RFC 3986, section 2.3, are not escaped in a path segment.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What `allowReserved` leaves as it is besides (RFC 6570, section 3.2.3); a `#` would end the query.
const RESERVED: &AsciiSet = &SEGMENT
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'[')
    .remove(b']')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// The same in a path, which `?` would end and in which brackets are not allowed (RFC 3986, section 3.3).
const RESERVED_IN_PATH: &AsciiSet = &RESERVED.add(b'?').add(b'[').add(b']');

/// What the path of a URL cannot have (RFC 3986, section 3.3).
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// How the characters of values are escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Escaping {
    Url,
    Reserved,
    ReservedInPath,
    /// `application/x-www-form-urlencoded` (WHATWG URL, section 5.2).
    Form,
}

impl Escaping {
    fn of(param: &Param) -> Self {
        match (param.location, param.reserved) {
            (Location::Path, true) => Self::ReservedInPath,
            (_, true) => Self::Reserved,
            (Location::Body, false) => Self::Form,
            (_, false) => Self::Url,
        }
    }

    fn escape(self, text: &str) -> String {
        match self {
            Self::Url => segment(text),
            Self::Reserved => escaped(text, RESERVED),
            Self::ReservedInPath => escaped(text, RESERVED_IN_PATH),
            Self::Form => form_urlencoded::byte_serialize(text.as_bytes()).collect(),
        }
    }

    fn space(self) -> &'static str {
        match self {
            Self::Url | Self::Reserved | Self::ReservedInPath => "%20",
            Self::Form => "+",
        }
    }
}

/// Returns the pairs that a query parameter or the field of a form is written as.
pub(crate) fn pairs(param: &Param, value: &Value) -> Vec<String> {
    let Param {
        wire, ty, style, ..
    } = param;
    let escaping = Escaping::of(param);
    let name = escaping_of_name(escaping).escape(wire);
    let escape = |text: &str| escaping.escape(text);
    let pair = |value: &str| format!("{name}={value}");
    match style {
        Style::Json => vec![pair(&escape(&value.to_string()))],
        Style::TextOrJson => vec![pair(&escape(&text(value)))],
        Style::EachTextOrJson => {
            let items = value.as_array().into_iter().flatten();
            items.map(|item| pair(&escape(&text(item)))).collect()
        }
        Style::DeepObject => {
            let mut pairs = Vec::new();
            deep(&name, value, escaping, &mut pairs);
            pairs
        }
        Style::Prefixed(prefix) => entries(value, &|key, value| {
            format!(
                "{}={}",
                escape(&format!("{prefix}.{key}")),
                escape(&text(value))
            )
        }),
        Style::Form { explode: true } => match value {
            // A null is no item (RFC 6570, section 3.2.1).
            Value::Array(items) => items
                .iter()
                .filter(|item| !item.is_null())
                .map(|item| pair(&escape(&scalar(items_of(ty), item))))
                .collect(),
            Value::Object(members) => members
                .iter()
                .flat_map(|(key, value)| match value {
                    Value::Array(items) => items.iter().map(|item| (key, item)).collect(),
                    value => vec![(key, value)],
                })
                .map(|(key, value)| format!("{}={}", escape(key), escape(&text(value))))
                .collect(),
            value => vec![pair(&escape(&scalar(ty, value)))],
        },
        Style::Form { explode: false }
        | Style::SpaceDelimited
        | Style::PipeDelimited
        | Style::Simple { .. }
        | Style::Label { .. }
        | Style::Matrix { .. } => {
            let separator = match style {
                Style::SpaceDelimited => escaping.space(),
                Style::PipeDelimited => "|",
                _ => ",",
            };
            match joined(ty, value, escaping, separator, separator) {
                Some(text) => vec![pair(&text)],
                None => Vec::new(),
            }
        }
    }
}

/// Returns what a path parameter is written as.
pub(crate) fn in_path(param: &Param, value: &Value) -> String {
    let Param {
        wire, ty, style, ..
    } = param;
    let name = segment(wire);
    let escaping = Escaping::of(param);
    match style {
        Style::Label { explode } => {
            let separator = if *explode { "." } else { "," };
            let between = if *explode { "=" } else { "," };
            let text = joined(ty, value, escaping, separator, between).unwrap_or_default();
            format!(".{text}")
        }
        Style::Matrix { explode: false } => {
            let text = joined(ty, value, escaping, ",", ",").unwrap_or_default();
            format!(";{}", named(&name, &text))
        }
        Style::Matrix { explode: true } => match value {
            Value::Array(items) => items
                .iter()
                .map(|item| format!(";{}", named(&name, &segment(&scalar(items_of(ty), item)))))
                .collect(),
            Value::Object(_) => entries(value, &|key, value| {
                format!(";{}", named(&segment(key), &segment(&text(value))))
            })
            .concat(),
            value => format!(";{}", named(&name, &segment(&scalar(ty, value)))),
        },
        Style::Json | Style::TextOrJson | Style::EachTextOrJson => segment(&value.to_string()),
        Style::Simple { explode } => {
            let between = if *explode { "=" } else { "," };
            joined(ty, value, escaping, ",", between).unwrap_or_default()
        }
        Style::Form { .. }
        | Style::SpaceDelimited
        | Style::PipeDelimited
        | Style::DeepObject
        | Style::Prefixed(_) => joined(ty, value, escaping, ",", ",").unwrap_or_default(),
    }
}

/// RFC 6570, section 3.2.7: an empty value has no `=`.
fn named(name: &str, value: &str) -> String {
    if value.is_empty() {
        name.to_owned()
    } else {
        format!("{name}={value}")
    }
}

/// A value as one text: its items, or its names and values, with separators between them.
fn joined(
    ty: &Type,
    value: &Value,
    escaping: Escaping,
    separator: &str,
    between: &str,
) -> Option<String> {
    let escape = |value: &Value| escaping.escape(&text(value));
    let parts: Vec<String> = match value {
        Value::Array(items) => items
            .iter()
            .map(|item| escaping.escape(&scalar(items_of(ty), item)))
            .collect(),
        Value::Object(_) => entries(value, &|key, value| {
            format!("{}{between}{}", escaping.escape(key), escape(value))
        }),
        value => return Some(escaping.escape(&scalar(ty, value))),
    };
    (!parts.is_empty()).then(|| parts.join(separator))
}

fn deep(name: &str, value: &Value, escaping: Escaping, pairs: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                let name = format!(
                    "{name}{}{}{}",
                    open(escaping),
                    escaping.escape(key),
                    close(escaping)
                );
                match value {
                    Value::Array(items) if items.iter().all(is_single) => {
                        for item in items {
                            pairs.push(format!("{name}={}", escaping.escape(&text(item))));
                        }
                    }
                    value => deep(&name, value, escaping, pairs),
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let name = format!("{name}{}{index}{}", open(escaping), close(escaping));
                deep(&name, item, escaping, pairs);
            }
        }
        value => pairs.push(format!("{name}={}", escaping.escape(&text(value)))),
    }
}

fn open(escaping: Escaping) -> &'static str {
    if escaping == Escaping::Reserved {
        "["
    } else {
        "%5B"
    }
}

fn close(escaping: Escaping) -> &'static str {
    if escaping == Escaping::Reserved {
        "]"
    } else {
        "%5D"
    }
}

fn is_single(value: &Value) -> bool {
    !value.is_array() && !value.is_object()
}

fn entries(value: &Value, write: &dyn Fn(&str, &Value) -> String) -> Vec<String> {
    let entries = value.as_object().into_iter().flatten();
    entries.map(|(key, value)| write(key, value)).collect()
}

/// The type of the items of a list.
fn items_of(ty: &Type) -> &Type {
    match ty {
        Type::List(items) | Type::Nullable(items) => items_of_nullable(items),
        ty => ty,
    }
}

fn items_of_nullable(ty: &Type) -> &Type {
    match ty {
        Type::Nullable(inner) => inner,
        ty => ty,
    }
}

/// A value of a type as text.
fn scalar(ty: &Type, value: &Value) -> String {
    match (ty, value) {
        (Type::DateTime, Value::String(text)) => date_time(text),
        (_, value) => text(value),
    }
}

/// A value as text: JSON for lists and objects, which no style has a form for.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(number) if number.is_f64() => number
            .as_f64()
            .map_or_else(|| number.to_string(), |number| number.to_string()),
        other => other.to_string(),
    }
}

/// Names are escaped as any other text, whatever may be reserved in values.
fn escaping_of_name(escaping: Escaping) -> Escaping {
    match escaping {
        Escaping::Reserved | Escaping::ReservedInPath | Escaping::Url => Escaping::Url,
        Escaping::Form => Escaping::Form,
    }
}

/// Returns a pair of a form.
pub(crate) fn form_pair(name: &str, value: &str) -> String {
    format!(
        "{}={}",
        Escaping::Form.escape(name),
        Escaping::Form.escape(value)
    )
}

/// Returns whether an instant is written as it is in a text.
pub(crate) fn is_plain_date_time(text: &str) -> bool {
    date_time(text) == text
}

fn date_time(text: &str) -> String {
    DateTime::parse_from_rfc3339(text).map_or_else(
        |_| text.to_owned(),
        |instant| instant.to_rfc3339_opts(SecondsFormat::AutoSi, true),
    )
}

/// Percent-encodes one segment of a path.
pub(crate) fn segment(text: &str) -> String {
    utf8_percent_encode(text, SEGMENT).to_string()
}

/// Percent-encodes what cannot be in a path (RFC 3986, section 3.3).
pub(crate) fn literal_path(text: &str) -> String {
    escaped(text, PATH)
}

/// Percent-encodes what cannot be in a query (RFC 3986, section 3.4).
pub(crate) fn literal_query(text: &str) -> String {
    const QUERY: &AsciiSet = &PATH.remove(b'?').remove(b'[').remove(b']');
    escaped(text, QUERY)
}

/// Percent-encodes the characters of a set, but no escape twice.
fn escaped(text: &str, set: &'static AsciiSet) -> String {
    let mut result = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        let (before, from) = rest.split_at(at);
        result.extend(utf8_percent_encode(before, set));
        let digits = from.as_bytes().get(1..3);
        let is_escape = digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        result.push_str(if is_escape { "%" } else { "%25" });
        rest = &from[1..];
    }
    result.extend(utf8_percent_encode(rest, set));
    result
}
