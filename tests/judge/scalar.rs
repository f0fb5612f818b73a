//! Random numbers and texts of a schema.

use crate::pattern;
use crate::random::Random;
use serde_json::{Map, Number, Value, json};

/// Returns an integer within its limits: the least and the largest come up in time.
pub fn integer(entries: &Map<String, Value>, random: &mut Random) -> Value {
    let format = entries.get("format").and_then(Value::as_str);
    let (least, most) = match format {
        Some("int8") => (-128, 127),
        Some("int16") => (-32768, 32767),
        Some("int32") => (i128::from(i32::MIN), i128::from(i32::MAX)),
        Some("uint8") => (0, 255),
        Some("uint16") => (0, 65535),
        Some("uint32") => (0, i128::from(u32::MAX)),
        Some("uint64" | "uint") => (0, i128::from(u64::MAX)),
        _ => (i128::from(i64::MIN), i128::from(i64::MAX)),
    };
    let limit = |key: &str| entries.get(key).and_then(as_integer);
    let lower = limit("minimum").or(limit("exclusiveMinimum").map(|limit| limit + 1));
    let upper = limit("maximum").or(limit("exclusiveMaximum").map(|limit| limit - 1));
    let most = match (format, upper) {
        // Without a format, the limits alone say how large it may be.
        (None, Some(upper)) if upper > most && lower.is_some_and(|lower| lower >= 0) => {
            upper.min(u64::MAX.into())
        }
        (_, upper) => upper.map_or(most, |limit| limit.min(most)),
    };
    let least = lower.map_or(least, |limit| limit.max(least));
    let step = limit("multipleOf").unwrap_or(1).max(1);
    let middle = i128::from(random.next() % 1000);
    let beyond_float = (1 << 53) + 1;
    let wanted = *random.choose(&[least, most, middle, 0, 1, beyond_float]);
    let value = wanted.clamp(least, most.max(least)).div_euclid(step) * step;
    let value = if value < least { value + step } else { value };
    match (i64::try_from(value), u64::try_from(value)) {
        // JSON Schema takes `5.0` for an integer.
        (Ok(value @ -1000..1000), _) if random.once_in(8) => json!(value as f64),
        (Ok(value), _) => json!(value),
        (_, Ok(value)) => json!(value),
        _ => json!(0),
    }
}

/// Returns a number within its limits, with no more digits than a 64-bit float has.
pub fn number(entries: &Map<String, Value>, random: &mut Random) -> Value {
    let format = entries.get("format").and_then(Value::as_str);
    if format.is_some_and(|format| format.starts_with("int") || format.starts_with("uint")) {
        return integer(entries, random);
    }
    let limit = |key: &str| entries.get(key).and_then(Value::as_f64);
    let least = limit("minimum").or(limit("exclusiveMinimum"));
    let most = limit("maximum").or(limit("exclusiveMaximum"));
    let choices = [
        0.0,
        1.0,
        0.5,
        -2.25,
        1e9,
        0.1,
        100.0,
        12345.678,
        1e300,
        5e-324,
        0.300_000_000_000_000_04,
        9_007_199_254_740_992.0,
    ];
    let mut value: f64 = *random.choose(&choices);
    value = least.map_or(value, |least| value.max(least));
    value = most.map_or(value, |most| value.min(most));
    if value.fract() == 0.0 && value.abs() < 1e16 && random.once_in(2) {
        return json!(format!("{value:.0}").parse::<i64>().unwrap_or_default());
    }
    Number::from_f64(value).map_or(Value::Null, Value::Number)
}

/// Returns a text of a format, or one that a pattern matches, or any.
pub fn text(entries: &Map<String, Value>, random: &mut Random) -> String {
    let fixed = of_format(entries.get("format").and_then(Value::as_str));
    if !fixed.is_empty() {
        return (*random.choose(fixed)).to_owned();
    }
    if let Some(Value::String(pattern)) = entries.get("pattern")
        && let Some(text) = pattern::text(pattern, random)
    {
        return text;
    }
    let limit = |key: &str| {
        let limit = entries.get(key).and_then(Value::as_u64);
        limit.and_then(|limit| usize::try_from(limit).ok())
    };
    let mut text = (*random.choose(&[
        "",
        "a",
        "Ünïcode \u{1F600}",
        "with \"quotes\" \\ and\nlines",
        "12",
        "true",
        "plain text",
        "123e4567-e89b-12d3-a456-426614174000",
        "2024-02-29",
    ]))
    .to_owned();
    while text.chars().count() < limit("minLength").unwrap_or(0) {
        text.push('x');
    }
    text.chars()
        .take(limit("maxLength").unwrap_or(usize::MAX))
        .collect()
}

fn of_format(format: Option<&str>) -> &'static [&'static str] {
    match format {
        Some("date-time") => &[
            "2024-02-29T23:59:59Z",
            "2024-01-02T03:04:05.123Z",
            "2024-01-02T03:04:05.120000Z",
            "2024-01-02T03:04:05.123456789Z",
            "2024-01-02T03:04:05+02:00",
            "1969-12-31T23:59:59-11:30",
        ],
        Some("date") => &["2024-02-29", "1600-01-01"],
        Some("time") => &["03:04:05Z", "23:59:59.25+02:00"],
        Some("duration") => &["P1DT2H", "PT36H", "P3Y6M4DT12H30M5S", "P2W"],
        Some("uuid") => &[
            "123e4567-e89b-12d3-a456-426614174000",
            "123E4567-E89B-12D3-A456-426614174000",
        ],
        Some("byte" | "base64") => &["aGVsbG8=", "", "//79"],
        Some("uri" | "url") => &["https://example.com/a?b=c"],
        Some("email") => &["someone@example.com"],
        Some("ipv4") => &["192.0.2.1"],
        Some("ipv6") => &["2001:db8::1"],
        Some("ip") => &["192.0.2.1", "2001:db8::1"],
        Some("hostname") => &["example.com"],
        _ => &[],
    }
}

fn as_integer(value: &Value) -> Option<i128> {
    let exact = value
        .as_i64()
        .map(i128::from)
        .or(value.as_u64().map(i128::from));
    exact.or_else(|| {
        let value = value.as_f64()?;
        format!("{value:.0}").parse().ok()
    })
}
