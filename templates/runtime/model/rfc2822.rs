//! Instants as e-mail headers write them (RFC 2822): `Thu, 30 Jul 2015 20:00:00 +0000`.

use super::super::decode::{Decode, Mismatch, Node};
use super::json_writer::{Encode, JsonWriter};
use chrono::{DateTime, Datelike as _, FixedOffset, Timelike as _};
use std::fmt;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// An instant whose text is that of RFC 2822.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rfc2822(pub DateTime<FixedOffset>);

impl Rfc2822 {
    /// Returns the instant.
    pub fn into_inner(self) -> DateTime<FixedOffset> {
        self.0
    }
}

impl fmt::Display for Rfc2822 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let instant = self.0;
        // A leap second is the second before it, with more than a second of nanoseconds.
        let second = instant.second() + instant.nanosecond() / 1_000_000_000;
        let month = MONTHS.get(instant.month0() as usize).unwrap_or(&"");
        let offset = instant.offset().local_minus_utc() / 60;
        let (sign, minutes) = (if offset < 0 { '-' } else { '+' }, offset.abs());
        write!(
            f,
            "{}, {:02} {month} {:04} {:02}:{:02}:{second:02} {sign}{:02}{:02}",
            instant.weekday(),
            instant.day(),
            instant.year(),
            instant.hour(),
            instant.minute(),
            minutes / 60,
            minutes % 60,
        )
    }
}

impl Decode for Rfc2822 {
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        node.parse(|text| {
            let instant = DateTime::parse_from_rfc2822(text);
            instant
                .map(Self)
                .map_err(|_| "expected a date and time of RFC 2822, found another string")
        })
    }
}

impl Encode for Rfc2822 {
    fn encode(&self, json: &mut JsonWriter) {
        json.display(self);
    }
}
