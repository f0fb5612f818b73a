//! Whether a value came back as it was.

use serde_json::Value;

/// Returns where two values differ first: numbers by their value, instants and UUIDs however they are written, everything
/// else to the letter.
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
            let (integer, number) = (one.is_i64() || one.is_u64(), one.as_f64());
            // Integers are compared as such, so that no digit is lost beyond 2^53.
            let both_integers = integer && (other.is_i64() || other.is_u64());
            let same = one == other || (!both_integers && number == other.as_f64());
            (!same).then(|| format!("{at}: {one} is {other}"))
        }
        (Value::String(one), Value::String(other)) => {
            (plain(one) != plain(other)).then(|| format!("{at}: {one:?} is {other:?}"))
        }
        (one, other) => (one != other).then(|| format!("{at}: {one} is {other}")),
    }
}

/// Writes an instant without the zeros at the end of its fraction, and a UUID in lower case; other texts as they are.
fn plain(text: &str) -> String {
    let is_uuid = text.len() == 36
        && text
            .chars()
            .all(|character| character == '-' || character.is_ascii_hexdigit());
    if is_uuid {
        return text.to_lowercase();
    }
    let is_time = text.is_ascii()
        && text
            .get(..2)
            .is_some_and(|start| start.parse::<u8>().is_ok());
    let Some((seconds, fraction)) = text.split_once('.').filter(|_| is_time) else {
        return text.replace("+00:00", "Z");
    };
    let digits = fraction.len()
        - fraction
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .len();
    let (digits, zone) = fraction.split_at(digits);
    let digits = digits.trim_end_matches('0');
    let point = if digits.is_empty() { "" } else { "." };
    format!("{seconds}{point}{digits}{zone}").replace("+00:00", "Z")
}
