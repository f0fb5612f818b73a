//! Whether a value came back as it was.

use serde_json::Value;

/// Returns where two values differ first, as a JSON pointer: numbers by their value, everything else to the letter.
pub fn difference(sent: &Value, back: &Value, at: &str) -> Option<String> {
    match (sent, back) {
        (Value::Object(one), Value::Object(other)) => {
            let missing = one.keys().find(|key| !other.contains_key(*key));
            let added = other.keys().find(|key| !one.contains_key(*key));
            if let Some(key) = missing {
                return Some(format!("{at}/{key} is lost"));
            }
            if let Some(key) = added {
                return Some(format!("{at}/{key} is added"));
            }
            one.iter()
                .find_map(|(key, value)| difference(value, &other[key], &format!("{at}/{key}")))
        }
        (Value::Array(one), Value::Array(other)) => {
            if one.len() != other.len() {
                return Some(format!("{at} has {} items of {}", other.len(), one.len()));
            }
            one.iter()
                .zip(other)
                .enumerate()
                .find_map(|(index, (one, other))| difference(one, other, &format!("{at}/{index}")))
        }
        (Value::Number(one), Value::Number(other)) => {
            let same = one == other || one.as_f64() == other.as_f64();
            (!same).then(|| format!("{at}: {one} is {other}"))
        }
        (one, other) => (one != other).then(|| format!("{at}: {one} is {other}")),
    }
}
