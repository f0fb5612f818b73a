//! Reading dates and times of RFC 3339.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};

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

    /// Reads a `time-offset`, or one of ISO 8601 that is shorter: `+0100`, `+01`. Returns whether it is.
    #[inline]
    pub(super) fn offset(&mut self) -> Option<(FixedOffset, bool)> {
        let sign = self.one_of(b"Zz+-")?;
        if let b'Z' | b'z' = sign {
            return Some((FixedOffset::east_opt(0)?, false));
        }
        let hours = self.number::<2>().filter(|hours| *hours < 24)?;
        let is_short = self.one_of(b":").is_none();
        let minutes = if is_short && self.is_at_end() {
            0
        } else {
            self.number::<2>().filter(|minutes| *minutes < 60)?
        };
        let seconds = i32::try_from((hours * 60 + minutes) * 60).ok()?;
        let offset = FixedOffset::east_opt(if sign == b'-' { -seconds } else { seconds })?;
        Some((offset, is_short))
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

/// What is wrong with an instant that is understood all the same.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Flaws {
    pub(super) has_space: bool,
    pub(super) has_no_offset: bool,
    pub(super) has_short_offset: bool,
    pub(super) is_rounded: bool,
}

/// Reads an instant.
#[inline]
pub(super) fn date_time(text: &str) -> Option<(DateTime<FixedOffset>, Flaws)> {
    let mut flaws = Flaws::default();
    let mut rest = Reader(text.as_bytes());
    let date = rest.date()?;
    flaws.has_space = rest.one_of(b"Tt ")? == b' ';
    let clock = rest.time()?;
    flaws.is_rounded = clock.is_rounded;
    flaws.has_no_offset = rest.is_at_end();
    let (offset, has_short_offset) = if flaws.has_no_offset {
        (FixedOffset::east_opt(0)?, false)
    } else {
        rest.offset()?
    };
    flaws.has_short_offset = has_short_offset;
    let local = NaiveDateTime::new(date, clock.time).and_local_timezone(offset);
    local
        .single()
        .filter(|_| rest.is_at_end())
        .map(|instant| (instant, flaws))
}

/// Reads a date.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    let mut rest = Reader(text.as_bytes());
    rest.date().filter(|_| rest.is_at_end())
}

/// Reads a time of day, with an offset or without.
pub(super) fn time_of_day(text: &str) -> Option<(NaiveTime, Option<FixedOffset>)> {
    let mut rest = Reader(text.as_bytes());
    let clock = rest.time()?;
    if rest.is_at_end() {
        return Some((clock.time, None));
    }
    let (offset, is_short) = rest.offset()?;
    (rest.is_at_end() && !is_short).then_some((clock.time, Some(offset)))
}
