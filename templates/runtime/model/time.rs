//! Times of day, as RFC 3339 writes them.

use super::super::decode::{Decode, Mismatch, Node};
use super::json_writer::{Encode, JsonWriter};
use super::rfc3339::time_of_day;
use chrono::{FixedOffset, NaiveTime};
use std::fmt;
use std::str::FromStr;

/// A time of day of RFC 3339, with an offset or without: `10:05:08Z`, `10:05:08.5+01:00`, `10:05:08`.
///
/// It keeps its text: two times are equal when they are written the same way.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(Box<str>);

/// Why a text is not a time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeError(());

/// Whether a text is a time of day with an offset, which is what the format `time` asks for.
pub(super) fn is_time(text: &str) -> bool {
    matches!(time_of_day(text), Some((_, Some(_))))
}

impl Time {
    /// Makes a time with an offset, whose seconds are left out.
    pub fn new(time: NaiveTime, offset: FixedOffset) -> Self {
        Self((time_text(time) + &offset_text(offset)).into())
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the time without its offset. A fraction is rounded down to nanoseconds.
    pub fn to_naive_time(&self) -> NaiveTime {
        time_of_day(&self.0).map_or(NaiveTime::MIN, |(time, _)| time)
    }

    /// Returns the offset, if there is one.
    pub fn offset(&self) -> Option<FixedOffset> {
        time_of_day(&self.0)?.1
    }
}

/// A time without an offset.
impl From<NaiveTime> for Time {
    fn from(time: NaiveTime) -> Self {
        Self(time_text(time).into())
    }
}

impl FromStr for Time {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        time_of_day(text)
            .map(|_| Self(text.into()))
            .ok_or(TimeError(()))
    }
}

impl AsRef<str> for Time {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Time")
            .field(&format_args!("{}", self.0))
            .finish()
    }
}

impl Decode for Time {
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        node.parse(str::parse)
    }
}

impl Encode for Time {
    fn encode(&self, json: &mut JsonWriter) {
        json.text(&self.0);
    }
}

impl fmt::Display for TimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a time of day of RFC 3339, found another string")
    }
}

impl std::error::Error for TimeError {}

/// Returns a time as RFC 3339 writes it, with the fewest digits of the fraction that keep it.
pub(super) fn time_text(time: NaiveTime) -> String {
    use chrono::Timelike as _;
    let (second, nanosecond) = match time.nanosecond() {
        leap @ 1_000_000_000.. => (time.second() + 1, leap - 1_000_000_000),
        nanosecond => (time.second(), nanosecond),
    };
    let text = format!(
        "{:02}:{:02}:{second:02}.{nanosecond:09}",
        time.hour(),
        time.minute()
    );
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Returns an offset as RFC 3339 writes it: `Z` for UTC. It must be one of whole minutes.
pub(super) fn offset_text(offset: FixedOffset) -> String {
    let minutes = offset.local_minus_utc() / 60;
    if minutes == 0 {
        return "Z".to_owned();
    }
    let sign = if minutes < 0 { '-' } else { '+' };
    let minutes = minutes.abs();
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}
