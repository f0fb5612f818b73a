//! YAML to JSON values: the only module that knows which library reads YAML.

use crate::pointer::escape;
use serde_json::{Map, Number, Value};
use std::fmt;

/// Why a text is no YAML, and where.
#[derive(Debug)]
pub(crate) struct YamlError {
    /// The reason.
    pub message: String,
    /// Line and column, both from 1, where the reader knows them.
    pub position: Option<(usize, usize)>,
    /// The JSON pointer of the value that is meant, where there is no position.
    pub pointer: String,
}

impl YamlError {
    /// Says that the value stands under this key.
    fn under(mut self, key: &str) -> Self {
        self.pointer.insert_str(0, &format!("/{}", escape(key)));
        self
    }
}

impl fmt::Display for YamlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// Reads one YAML document, keys in their order.
///
/// # Errors
///
/// Returns the first place where the text is no YAML, or holds something that JSON cannot: a key that is a list or a
/// map, a number that is not finite, a tag.
pub(crate) fn parse(text: &str) -> Result<Value, YamlError> {
    let value: serde_yaml::Value = serde_yaml::from_str(text).map_err(|error| YamlError {
        position: error.location().map(|at| (at.line(), at.column())),
        message: without_position(&error.to_string()),
        pointer: String::new(),
    })?;
    to_json(value)
}

/// The library puts ` at line 1 column 2` into the message, which the diagnostic says in its own way.
fn without_position(message: &str) -> String {
    let Some((before, after)) = message.split_once(" at line ") else {
        return message.to_owned();
    };
    let rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = rest.strip_prefix(" column ").unwrap_or(rest);
    format!(
        "{before}{}",
        rest.trim_start_matches(|c: char| c.is_ascii_digit())
    )
}

fn to_json(value: serde_yaml::Value) -> Result<Value, YamlError> {
    Ok(match value {
        serde_yaml::Value::Null => Value::Null,
        serde_yaml::Value::Bool(flag) => Value::Bool(flag),
        serde_yaml::Value::Number(number) => Value::Number(to_json_number(&number)?),
        serde_yaml::Value::String(text) => Value::String(text),
        serde_yaml::Value::Sequence(items) => {
            let items = items.into_iter().enumerate();
            let items = items.map(|(index, item)| {
                to_json(item).map_err(|error| error.under(&index.to_string()))
            });
            Value::Array(items.collect::<Result<_, _>>()?)
        }
        serde_yaml::Value::Mapping(entries) => {
            let mut map = Map::with_capacity(entries.len());
            for (key, value) in entries {
                let key = to_key(key)?;
                let value = to_json(value).map_err(|error| error.under(&key))?;
                map.insert(key, value);
            }
            Value::Object(map)
        }
        serde_yaml::Value::Tagged(tagged) => {
            return Err(unplaced(format!(
                "the tag `{}` has no meaning in a description",
                tagged.tag
            )));
        }
    })
}

/// Response codes are often written as bare numbers; every key of a description is text.
fn to_key(key: serde_yaml::Value) -> Result<String, YamlError> {
    match key {
        serde_yaml::Value::String(text) => Ok(text),
        serde_yaml::Value::Number(number) => Ok(number.to_string()),
        serde_yaml::Value::Bool(flag) => Ok(flag.to_string()),
        serde_yaml::Value::Null => Ok("null".to_owned()),
        serde_yaml::Value::Sequence(_)
        | serde_yaml::Value::Mapping(_)
        | serde_yaml::Value::Tagged(_) => Err(unplaced(
            "a key must be text, and one is a list, a map or tagged".to_owned(),
        )),
    }
}

fn to_json_number(number: &serde_yaml::Number) -> Result<Number, YamlError> {
    number
        .as_i64()
        .map(Number::from)
        .or_else(|| number.as_u64().map(Number::from))
        .or_else(|| number.as_f64().and_then(Number::from_f64))
        .ok_or_else(|| {
            unplaced(format!(
                "the number `{number}` is not finite, which no description can mean"
            ))
        })
}

fn unplaced(message: String) -> YamlError {
    YamlError {
        message,
        position: None,
        pointer: String::new(),
    }
}
