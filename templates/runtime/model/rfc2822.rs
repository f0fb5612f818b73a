//! Dates and times as RFC 2822 writes them: `Thu, 30 Jul 2015 20:00:00 +0000`.
//!
//! For a field of a serde type: `#[serde(default, with = "…::rfc2822")]` on an
//! `Option<DateTime<Utc>>`, and `#[serde(with = "…::rfc2822::required")]` on a `DateTime<Utc>`.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Writes a date and time, or null.
///
/// # Errors
/// Returns the errors of the serializer.
pub fn serialize<S: Serializer>(
    value: &Option<DateTime<Utc>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => required::serialize(value, serializer),
        None => serializer.serialize_none(),
    }
}

/// Reads a date and time, or null. An offset is converted to UTC.
///
/// # Errors
/// Returns an error for text of another form.
pub fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<DateTime<Utc>>, D::Error> {
    let value = Option::<Rfc2822<DateTime<Utc>>>::deserialize(deserializer)?;
    Ok(value.map(|Rfc2822(value)| value))
}

/// A date and time in the form of RFC 2822.
pub struct Rfc2822<T>(pub(crate) T);

impl<'de> Deserialize<'de> for Rfc2822<DateTime<Utc>> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        required::deserialize(deserializer).map(Self)
    }
}

impl<'de> Deserialize<'de> for Rfc2822<Option<DateTime<Utc>>> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer).map(Self)
    }
}

impl Serialize for Rfc2822<&DateTime<Utc>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        required::serialize(self.0, serializer)
    }
}

impl Serialize for Rfc2822<&Option<DateTime<Utc>>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self.0, serializer)
    }
}

/// The same for a value that is always there.
pub mod required {
    use chrono::{DateTime, Datelike, Timelike, Utc};
    use serde::de::{Error, Visitor};
    use serde::{Deserializer, Serializer};
    use std::fmt;

    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];

    /// Writes a date and time.
    ///
    /// # Errors
    /// Returns the errors of the serializer.
    pub fn serialize<S: Serializer>(
        value: &DateTime<Utc>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let (weekday, day, time) = (value.weekday(), value.day(), value.time());
        // A leap second is the 59th with more than a second of nanoseconds.
        let second = time.second() + time.nanosecond() / 1_000_000_000;
        let (hour, minute) = (time.hour(), time.minute());
        let month = MONTHS.get(value.month0() as usize).unwrap_or(&"");
        serializer.collect_str(&format_args!(
            "{weekday}, {day:02} {month} {:04} {hour:02}:{minute:02}:{second:02} +0000",
            value.year()
        ))
    }

    /// Reads a date and time. An offset is converted to UTC.
    ///
    /// # Errors
    /// Returns an error for text of another form.
    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<DateTime<Utc>, D::Error> {
        deserializer.deserialize_str(Text)
    }

    struct Text;

    impl Visitor<'_> for Text {
        type Value = DateTime<Utc>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a date and time as RFC 2822 writes them")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
            let value = DateTime::parse_from_rfc2822(text).map_err(E::custom)?;
            Ok(value.with_timezone(&Utc))
        }
    }
}
