//! Dates and times as RFC 3339 writes them.

use chrono::{FixedOffset, NaiveDate, NaiveTime};

/// A part of a text that is read from the left.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'t>(pub(super) &'t [u8]);

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) time: NaiveTime,
    /// Whether the text has digits beyond nanoseconds.
    pub(super) is_rounded: bool,
}

impl<'t> Reader<'t> {
    pub(super) fn is_at_end(self) -> bool {
        self.0.is_empty()
    }

    /// Reads one of some bytes.
    #[inline]
    pub(super) fn one_of(&mut self, bytes: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        if !bytes.contains(first) {
            return None;
        }
        self.0 = rest;
        Some(*first)
    }

    /// Reads a number of exactly `N` digits.
    #[inline]
    fn number<const N: usize>(&mut self) -> Option<u32> {
        let (digits, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        digits.iter().try_fold(0, |number, byte| {
            let digit = byte.wrapping_sub(b'0');
            (digit < 10).then(|| number * 10 + u32::from(digit))
        })
    }

    /// Reads digits, at least one.
    pub(super) fn digits(&mut self) -> Option<&'t [u8]> {
        let length = self
            .0
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let (digits, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        (!digits.is_empty()).then_some(digits)
    }

    /// Reads a `full-date`.
    #[inline]
    pub(super) fn date(&mut self) -> Option<NaiveDate> {
        let year = self.number::<4>()?;
        self.one_of(b"-")?;
        let month = self.number::<2>()?;
        self.one_of(b"-")?;
        let day = self.number::<2>()?;
        NaiveDate::from_ymd_opt(year.try_into().ok()?, month, day)
    }

    /// Reads a `partial-time`.
    #[inline]
    pub(super) fn time(&mut self) -> Option<Clock> {
        let hour = self.number::<2>()?;
        self.one_of(b":")?;
        let minute = self.number::<2>()?;
        self.one_of(b":")?;
        let second = self.number::<2>()?;
        let (nanosecond, is_rounded) = match self.one_of(b".") {
            Some(_) => nanoseconds(self.digits()?),
            None => (0, false),
        };
        // A leap second is the second before it, with more than a second of nanoseconds.
        let (second, nanosecond) = if second == 60 {
            (59, nanosecond + 1_000_000_000)
        } else {
            (second, nanosecond)
        };
        let time = NaiveTime::from_hms_nano_opt(hour, minute, second, nanosecond)?;
        Some(Clock { time, is_rounded })
    }

    /// Reads a `time-offset`.
    #[inline]
    pub(super) fn offset(&mut self) -> Option<FixedOffset> {
        let sign = self.one_of(b"Zz+-")?;
        if let b'Z' | b'z' = sign {
            return FixedOffset::east_opt(0);
        }
        let hours = self.number::<2>().filter(|hours| *hours < 24)?;
        self.one_of(b":")?;
        let minutes = self.number::<2>().filter(|minutes| *minutes < 60)?;
        let seconds = i32::try_from((hours * 60 + minutes) * 60).ok()?;
        FixedOffset::east_opt(if sign == b'-' { -seconds } else { seconds })
    }
}

/// Returns the nanoseconds of a fraction, and whether it has more digits.
fn nanoseconds(digits: &[u8]) -> (u32, bool) {
    let (kept, lost) = digits.split_at_checked(9).unwrap_or((digits, &[]));
    let number = kept
        .iter()
        .fold(0, |number, byte| number * 10 + u32::from(byte - b'0'));
    let scale = (kept.len()..9).fold(1, |scale, _| scale * 10);
    (number * scale, lost.iter().any(|byte| *byte != b'0'))
}

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
