//! Durations, as ISO 8601 writes them.

use super::super::decode::{Decode, Mismatch, Node};
use super::iso8601::duration;
use super::json_writer::{Encode, JsonWriter};
use std::fmt;
use std::str::FromStr;

/// A duration of ISO 8601: `P3Y6M4DT12H30M5S`, `PT1.5S`, `P2W`.
///
/// It keeps its text: two durations are equal when they are written the same way.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration(Box<str>);

/// Why a text is not a duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DurationError(());

/// Whether a text is a duration.
pub(super) fn is_duration(text: &str) -> bool {
    duration(text).is_some()
}

impl Duration {
    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the length of the duration, a day of which has 24 hours; `None` when it has years or months, is negative,
    /// or is too long.
    pub fn to_std(&self) -> Option<std::time::Duration> {
        let total = duration(&self.0).filter(|total| !total.is_negative)?;
        let nanoseconds = total.nanoseconds?;
        let seconds = u64::try_from(nanoseconds / 1_000_000_000).ok()?;
        let subsecond = u32::try_from(nanoseconds % 1_000_000_000).ok()?;
        Some(std::time::Duration::new(seconds, subsecond))
    }
}

/// A duration of seconds.
impl From<std::time::Duration> for Duration {
    fn from(duration: std::time::Duration) -> Self {
        let text = format!("PT{}.{:09}", duration.as_secs(), duration.subsec_nanos());
        let seconds = text.trim_end_matches('0').trim_end_matches('.');
        Self(format!("{seconds}S").into())
    }
}

impl FromStr for Duration {
    type Err = DurationError;

    fn from_str(text: &str) -> Result<Self, DurationError> {
        duration(text)
            .map(|_| Self(text.into()))
            .ok_or(DurationError(()))
    }
}

impl AsRef<str> for Duration {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Duration")
            .field(&format_args!("{}", self.0))
            .finish()
    }
}

impl Decode for Duration {
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        node.parse(str::parse)
    }
}

impl Encode for Duration {
    fn encode(&self, json: &mut JsonWriter) {
        json.text(&self.0);
    }
}

impl fmt::Display for DurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a duration of ISO 8601, found another string")
    }
}

impl std::error::Error for DurationError {}
