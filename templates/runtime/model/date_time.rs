//! Instants and dates, as RFC 3339 writes them.

use super::super::decode::{Decode, Mismatch, Node};
use super::json_writer::{Encode, JsonWriter};
use super::rfc3339::{Flaws, date, date_time};
use super::time::{offset_text, time_text};
use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate, Utc};
use std::fmt;

/// Why a text is not a date or an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateTimeError(&'static str);

/// Returns an instant as text; `None` for one that RFC 3339 cannot express.
pub(crate) fn date_time_text(instant: DateTime<FixedOffset>) -> Option<String> {
    let offset = *instant.offset();
    let (local, offset) = if offset.local_minus_utc() % 60 == 0 {
        (instant.naive_local(), offset_text(offset))
    } else {
        (instant.naive_utc(), "Z".to_owned())
    };
    let date = date_text(local.date())?;
    Some(format!("{date}T{}{offset}", time_text(local.time())))
}

/// Returns a date as text; `None` for one that RFC 3339 cannot express.
fn date_text(date: NaiveDate) -> Option<String> {
    let is_expressible = (0..=9999).contains(&date.year());
    is_expressible.then(|| format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day()))
}

/// Whether a text is an instant, without a flaw.
pub(super) fn is_date_time(text: &str) -> bool {
    date_time(text).is_some_and(|(_, flaws)| flaws == Flaws::default())
}

/// Whether a text is a date.
pub(super) fn is_date(text: &str) -> bool {
    date(text).is_some()
}

/// Text of RFC 3339. Without an offset, it counts as UTC, which is a deviation.
impl Decode for DateTime<FixedOffset> {
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        let (instant, flaws) = node.parse(|text| {
            date_time(text).ok_or(DateTimeError(
                "expected a date and time of RFC 3339, found another string",
            ))
        })?;
        if flaws != Flaws::default() {
            note(node, flaws);
        }
        Ok(instant)
    }
}

#[cold]
fn note(node: Node<'_>, flaws: Flaws) {
    let Flaws {
        has_space,
        has_no_offset,
        has_short_offset,
        is_rounded,
    } = flaws;
    if has_space {
        node.note(
            "expected `T` between a date and its time, found a space",
            "treated as `T`",
        );
    }
    if has_no_offset {
        node.note(
            "expected a date and time with an offset, found none",
            "treated as UTC",
        );
    }
    if has_short_offset {
        node.note(
            "expected an offset such as `+01:00`, found one without a colon",
            "treated as one of ISO 8601",
        );
    }
    if is_rounded {
        node.note(
            "found a date and time with more digits than nanoseconds",
            "rounded down",
        );
    }
}

impl Encode for DateTime<FixedOffset> {
    fn encode(&self, json: &mut JsonWriter) {
        match date_time_text(*self) {
            Some(text) => json.text(&text),
            None => reject_year(json),
        }
    }
}

impl Decode for DateTime<Utc> {
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        DateTime::<FixedOffset>::decode(node).map(|instant| instant.to_utc())
    }
}

impl Encode for DateTime<Utc> {
    fn encode(&self, json: &mut JsonWriter) {
        self.fixed_offset().encode(json);
    }
}

impl Decode for NaiveDate {
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        node.parse(|text| {
            date(text).ok_or(DateTimeError(
                "expected a date (`YYYY-MM-DD`), found another string",
            ))
        })
    }
}

impl Encode for NaiveDate {
    fn encode(&self, json: &mut JsonWriter) {
        match date_text(*self) {
            Some(text) => json.text(&text),
            None => reject_year(json),
        }
    }
}

#[cold]
fn reject_year(json: &mut JsonWriter) {
    json.reject("a year is not one of the years 0 to 9999, which RFC 3339 can express");
    json.null();
}

impl fmt::Display for DateTimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for DateTimeError {}
