//! Times of day, as RFC 3339 writes them.

use super::super::decode::{Decode, Mismatch, Node};
use super::json_writer::{Encode, JsonWriter};
use super::rfc3339::{Reader, offset_text, time_text};
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

fn read(text: &str) -> Option<(NaiveTime, Option<FixedOffset>)> {
    let mut rest = Reader(text.as_bytes());
    let clock = rest.time()?;
    if rest.is_at_end() {
        return Some((clock.time, None));
    }
    let offset = rest.offset()?;
    rest.is_at_end().then_some((clock.time, Some(offset)))
}

/// Whether a text is a time of day with an offset, which is what the format `time` asks for.
pub(super) fn is_time(text: &str) -> bool {
    matches!(read(text), Some((_, Some(_))))
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
        read(&self.0).map_or(NaiveTime::MIN, |(time, _)| time)
    }

    /// Returns the offset, if there is one.
    pub fn offset(&self) -> Option<FixedOffset> {
        read(&self.0)?.1
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
        read(text).map(|_| Self(text.into())).ok_or(TimeError(()))
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
