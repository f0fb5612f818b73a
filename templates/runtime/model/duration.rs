//! Durations, as ISO 8601 writes them.

use super::super::decode::{Decode, Mismatch, Node};
use super::json_writer::{Encode, JsonWriter};
use super::rfc3339::Reader;
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

/// The designators of a part of a duration in their order, and their lengths in seconds.
type Designators = &'static [(u8, Option<u64>)];

const DATE: Designators = &[
    (b'Y', None),
    (b'M', None),
    (b'W', Some(604_800)),
    (b'D', Some(86_400)),
];
const TIME: Designators = &[(b'H', Some(3600)), (b'M', Some(60)), (b'S', Some(1))];

/// What a duration comes to.
#[derive(Debug, Default)]
struct Total {
    is_negative: bool,
    /// `None` when there are years or months, whose length differs, or too many seconds.
    nanoseconds: Option<u128>,
}

fn read(text: &str) -> Option<Total> {
    let mut rest = Reader(text.as_bytes());
    let sign = rest.one_of(b"+-");
    rest.one_of(b"P")?;
    let mut nanoseconds = Some(0);
    let mut count = rest.components(DATE, &mut nanoseconds)?;
    if rest.one_of(b"T").is_some() {
        let more = rest.components(TIME, &mut nanoseconds)?;
        count += more;
        if more == 0 {
            return None;
        }
    }
    (count > 0 && rest.is_at_end()).then_some(Total {
        is_negative: sign == Some(b'-'),
        nanoseconds,
    })
}

impl Reader<'_> {
    /// Reads numbers with designators, and returns how many there are.
    fn components(&mut self, designators: Designators, total: &mut Option<u128>) -> Option<usize> {
        let mut designators = designators.iter();
        let mut count = 0;
        while self.0.first().is_some_and(u8::is_ascii_digit) {
            let whole = self.digits()?;
            let fraction = match self.one_of(b".,") {
                Some(_) => self.digits()?,
                None => b"",
            };
            let (designator, rest) = self.0.split_first()?;
            self.0 = rest;
            let (_, seconds) = designators.find(|(expected, _)| expected == designator)?;
            *total = total.and_then(|total| {
                let nanoseconds = u128::from((*seconds)?).checked_mul(1_000_000_000)?;
                total.checked_add(scaled(whole, fraction, nanoseconds)?)
            });
            count += 1;
        }
        Some(count)
    }
}

/// Returns a decimal number times `scale`, rounded down.
fn scaled(whole: &[u8], fraction: &[u8], scale: u128) -> Option<u128> {
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_u128, |number, byte| {
            number.checked_mul(10)?.checked_add(u128::from(byte - b'0'))
        })
    };
    let fraction = fraction.get(..18).unwrap_or(fraction);
    let divisor = fraction.iter().fold(1, |divisor: u128, _| divisor * 10);
    let below_one = number(fraction)?.checked_mul(scale)? / divisor;
    number(whole)?.checked_mul(scale)?.checked_add(below_one)
}

/// Whether a text is a duration.
pub(super) fn is_duration(text: &str) -> bool {
    read(text).is_some()
}

impl Duration {
    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the length of the duration, a day of which has 24 hours; `None` when it has years or months, is negative,
    /// or is too long.
    pub fn to_std(&self) -> Option<std::time::Duration> {
        let total = read(&self.0).filter(|total| !total.is_negative)?;
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
        read(text)
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
