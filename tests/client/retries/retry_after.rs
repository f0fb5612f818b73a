//! How long a request waits that the server asks to repeat later: `Retry-After` and its like.

use super::{Get, Post, reply, send};
use crate::support::clock::timed;
use crate::support::run;
use chrono::DateTime;
use http::{HeaderValue, StatusCode};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use twilio_flex::test_util::MockTransport;
use twilio_flex::{Client, Config, Credentials, Options, Retry, Transport};

/// A refusal with this `Retry-After`, and then a success.
fn after_a_refusal(mock: &MockTransport, status: StatusCode, retry_after: &str) {
    let mut refusal = http::Response::new(bytes::Bytes::new());
    *refusal.status_mut() = status;
    let value = HeaderValue::from_str(retry_after).expect("a value");
    refusal.headers_mut().insert("retry-after", value);
    mock.respond_with(refusal).respond(StatusCode::OK, "{}");
}

#[test]
fn retry_after_in_seconds() {
    let waited = timed(|mock, client| {
        after_a_refusal(mock, StatusCode::TOO_MANY_REQUESTS, "1");
        client.send(&Options::new(), Post).expect("a success");
        assert_eq!(mock.requests().len(), 2);
    });
    assert_eq!(waited, [Duration::from_secs(1); 2]);
}

/// Without a `Date` the date is one of the clock of this machine.
#[test]
fn retry_after_as_a_date() {
    let date = |from_now| {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .expect("a time after 1970");
        let date =
            DateTime::from_timestamp(now.as_secs().cast_signed() + from_now, 0).expect("a date");
        date.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
    };
    let waits = |from_now| {
        timed(|mock, client| {
            after_a_refusal(mock, StatusCode::SERVICE_UNAVAILABLE, &date(from_now));
            client.send(&Options::new(), Post).expect("a success");
            assert_eq!(mock.requests().len(), 2);
        })
    };
    for waited in waits(20) {
        assert!(
            !waited.is_zero() && waited <= Duration::from_secs(20),
            "{waited:?}"
        );
    }
    assert_eq!(waits(-5), [Duration::ZERO; 2]);
}

/// What the mock transport replies first, and how long the client waits by its clock.
fn wait_for(headers: &[(&'static str, &'static str)], status: StatusCode) -> Option<Duration> {
    let transport = MockTransport::new();
    let mut refusal = http::Response::new(bytes::Bytes::new());
    *refusal.status_mut() = status;
    for (name, value) in headers {
        refusal
            .headers_mut()
            .insert(*name, HeaderValue::from_static(value));
    }
    transport
        .respond_with(refusal)
        .respond(StatusCode::OK, "{}");
    let config = Config::new(Credentials::none())
        .with_retry(Retry::attempts(2).with_backoff(Duration::ZERO, Duration::ZERO));
    let client = Client::with_transport(config, transport.clone());
    let begin = Transport::now(&transport);
    let outcome = run(client.send(Post));
    let waited = Transport::now(&transport) - begin;
    outcome.is_ok().then_some(waited)
}

#[test]
fn every_form_of_retry_after() {
    let date = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");
    let too_many = StatusCode::TOO_MANY_REQUESTS;
    for (value, seconds) in [
        ("0", 0),
        ("7", 7),
        (" 8 ", 8),
        ("Sun, 06 Nov 1994 08:49:47 GMT", 10),
        ("Sunday, 06-Nov-94 08:49:48 GMT", 11),
        ("Sun Nov  6 08:49:49 1994", 12),
        ("Sun, 06 Nov 1994 08:49:07 GMT", 0),
        ("soon", 0),
        ("-3", 0),
        ("1e3", 0),
    ] {
        let waited = wait_for(&[date, ("retry-after", value)], too_many);
        assert_eq!(waited, Some(Duration::from_secs(seconds)), "{value}");
    }
    assert_eq!(wait_for(&[], too_many), Some(Duration::ZERO));
    assert_eq!(wait_for(&[], StatusCode::SERVICE_UNAVAILABLE), None);
    for too_long in [
        "61",
        "3600",
        "18446744073709551615",
        "99999999999999999999999",
    ] {
        let waited = wait_for(
            &[("retry-after", too_long)],
            StatusCode::SERVICE_UNAVAILABLE,
        );
        assert_eq!(waited, None, "{too_long}");
    }
}

#[test]
fn a_wait_beyond_the_time_left_is_not_begun() {
    let waited = timed(|mock, client| {
        after_a_refusal(mock, StatusCode::TOO_MANY_REQUESTS, "3600");
        let error = client.send(&Options::new(), Get).expect_err("refused");
        assert_eq!(mock.requests().len(), 1);
        let refusal = error.as_api().expect("an reply");
        assert_eq!(refusal.retry_after(), Some(Duration::from_hours(1)));
    });
    assert_eq!(waited, [Duration::ZERO; 2]);
}

#[test]
fn a_429_without_a_time_is_repeated_after_a_pause() {
    let (count, _) = send(&[reply("429 Slow")], &Options::new(), Post);
    assert_eq!(count, 3);
}
