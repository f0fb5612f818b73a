//! Forms (`application/x-www-form-urlencoded`, URL Standard, section 5) as JSON objects.

#[cfg(feature = "webhooks")]
use serde_json::{Map, Value};

/// Returns the fields of a form as the text of a JSON object; fields of one name make a list.
#[cfg(feature = "webhooks")]
pub(super) fn object(form: &[u8]) -> String {
    let mut object: Map<String, Value> = Map::new();
    for (name, value) in fields(form) {
        let value = Value::String(value);
        match object.get_mut(&name) {
            Some(Value::Array(values)) => values.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
            None => {
                object.insert(name, value);
            }
        }
    }
    Value::Object(object).to_string()
}

/// Returns the names and values of a form.
pub(crate) fn fields(form: &[u8]) -> Vec<(String, String)> {
    let pairs = form.split(|byte| *byte == b'&');
    let pairs = pairs.filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| match pair.iter().position(|byte| *byte == b'=') {
            Some(at) => (decoded(&pair[..at]), decoded(&pair[at + 1..])),
            None => (decoded(pair), String::new()),
        })
        .collect()
}

fn decoded(text: &[u8]) -> String {
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, after @ ..] = rest {
        rest = after;
        let escaped = match (first, after) {
            (b'%', [high, low, ..]) => digit(high).zip(digit(low)),
            _ => None,
        };
        match (first, escaped) {
            (_, Some((high, low))) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or_default());
                rest = &after[2..];
            }
            (b'+', None) => bytes.push(b' '),
            (byte, None) => bytes.push(*byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::object;
    use serde_json::{Value, json};

    #[test]
    fn makes_an_object_of_a_form() {
        let object = |form| serde_json::from_str::<Value>(&object(form)).unwrap_or_default();
        assert_eq!(
            object(b"From=%2B15551234&Body=a+b%26c&Media=1&Media=2&Empty=&Flag"),
            json!({"From": "+15551234", "Body": "a b&c", "Media": ["1", "2"], "Empty": "", "Flag": ""}),
        );
        assert_eq!(object(b"a=%zz%4"), json!({"a": "%zz%4"}));
    }
}
