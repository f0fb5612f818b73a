//! The header `Retry-After` (RFC 9110, section 10.2.3).

use chrono::{DateTime, NaiveDateTime, Utc};
use http::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};
use std::time::{Duration, SystemTime};

/// Returns the wait that the server requests, in seconds or as a date.
///
/// A date is relative to the header `Date` of the response, if there is one, so that a wrong local clock does not matter.
/// A date in the past is a wait of zero.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = http_date(text)?;
    let now = date_of(headers, DATE).unwrap_or_else(|| DateTime::from(SystemTime::now()));
    Some((until - now).to_std().unwrap_or_default())
}

fn date_of(headers: &HeaderMap, name: HeaderName) -> Option<DateTime<Utc>> {
    http_date(headers.get(name)?.to_str().ok()?.trim())
}

/// Parses the three forms of a date (RFC 9110, section 5.6.7).
fn http_date(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(date) = DateTime::parse_from_rfc2822(text) {
        return Some(date.to_utc());
    }
    ["%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"]
        .into_iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .map(|date| date.and_utc())
}

#[cfg(test)]
mod tests {
    use super::{DATE, Duration, HeaderMap, RETRY_AFTER, retry_after};

    fn wait(after: &str, date: Option<&str>) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, after.parse().expect("a header"));
        if let Some(date) = date {
            headers.insert(DATE, date.parse().expect("a header"));
        }
        retry_after(&headers)
    }

    #[test]
    fn seconds() {
        assert_eq!(wait("120", None), Some(Duration::from_secs(120)));
        assert_eq!(wait("0", None), Some(Duration::ZERO));
        for text in ["-1", "1.5", "soon", ""] {
            assert_eq!(wait(text, None), None, "{text}");
        }
    }

    #[test]
    fn dates_are_relative_to_that_of_the_response() {
        let date = Some("Sun, 06 Nov 1994 08:49:07 GMT");
        for until in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ] {
            assert_eq!(wait(until, date), Some(Duration::from_secs(30)), "{until}");
        }
        let before = "Sun, 06 Nov 1994 08:49:00 GMT";
        assert_eq!(wait(before, date), Some(Duration::ZERO));
        assert_eq!(wait(before, None), Some(Duration::ZERO));
    }
}
