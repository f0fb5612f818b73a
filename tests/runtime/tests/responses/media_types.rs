//! Responses of several media types, text in its charset, and typed headers.

use bytes::Bytes;
use chrono::{DateTime, FixedOffset, NaiveDate};
use cratewright_runtime::decode::{Body, Decoded, FromBody, Undecodable};
use cratewright_runtime::{Decoding, Encoder, Header, Meta, Operation};
use http::Response;
use serde_json::{Value, json};

/// As the generator writes it.
#[derive(Debug, Clone, PartialEq)]
enum Output {
    Json(Value),
    Text(String),
    Bytes(Bytes),
    Undeclared(Value),
}

impl FromBody for Output {
    fn from_body(body: Body<'_>) -> Result<Decoded<Self>, Undecodable> {
        match body.status() {
            200 if body.is_of(&["text/csv", "text/plain"]) => body.text(Self::Text),
            200 if body.is_of(&["image/*"]) => body.bytes(Self::Bytes),
            200 => body.json(Self::Json),
            _ => body.undeclared(Self::Undeclared),
        }
    }
}

struct Get;

impl Operation for Get {
    type Output = Output;

    const META: Meta = Meta::new("Get", "GET", "https://api.example.com", "/a");

    fn encode(&self, _: &mut Encoder<'_>) {}
}

struct Text;

impl Operation for Text {
    type Output = String;

    const META: Meta = {
        let mut meta = Meta::new("Text", "GET", "https://api.example.com", "/a");
        meta.decoding = Decoding::Text;
        meta
    };

    fn encode(&self, _: &mut Encoder<'_>) {}
}

fn response(media_type: &str, body: &'static [u8]) -> Response<Bytes> {
    let response = Response::builder().header("content-type", media_type);
    response.body(Bytes::from_static(body)).expect("a response")
}

#[test]
fn the_media_type_that_came_decides() {
    let decode = |media_type, body| {
        Get::decode(response(media_type, body))
            .expect("a response")
            .data
    };
    assert_eq!(
        decode("application/json; charset=utf-8", b"{\"a\":1}"),
        Output::Json(json!({"a": 1}))
    );
    assert_eq!(
        decode("text/csv; charset=utf-8", b"a,b"),
        Output::Text("a,b".to_owned())
    );
    assert_eq!(decode("Text/CSV", b"a"), Output::Text("a".to_owned()));
    assert_eq!(
        decode("image/png", b"\x89PNG"),
        Output::Bytes(Bytes::from_static(b"\x89PNG"))
    );
    assert_eq!(
        decode("application/vnd.api+json", b"1"),
        Output::Json(json!(1))
    );
    let none = Response::new(Bytes::from_static(b"2"));
    assert_eq!(
        Get::decode(none).expect("a response").data,
        Output::Json(json!(2))
    );
}

/// JSON is sent in UTF-8 (RFC 8259, section 8.1), and some servers send it in another encoding.
#[test]
fn json_in_another_encoding_is_converted() {
    let decode = |media_type, body| Get::decode(response(media_type, body)).expect("a response");
    let latin = "application/json; charset=iso-8859-1";
    for (media_type, body) in [
        (latin, &b"\"caf\xE9\""[..]),
        (
            "application/json; charset=UTF-16LE",
            b"\"\0c\0a\0f\0\xE9\0\"\0",
        ),
        ("application/json", b"\xFE\xFF\0\"\0c\0a\0f\0\xE9\0\""),
    ] {
        let response = decode(media_type, body);
        assert_eq!(response.data, Output::Json(json!("café")), "{media_type}");
        assert_eq!(response.deviations().len(), 1, "{media_type}");
    }
    // What is UTF-8 is UTF-8, whatever the media type says.
    let response = decode(latin, "\"café\"".as_bytes());
    assert_eq!(response.data, Output::Json(json!("café")));
    assert!(response.deviations().is_empty());
}

#[test]
fn text_is_read_in_its_charset() {
    let decode = |media_type, body| Text::decode(response(media_type, body)).expect("a response");
    assert_eq!(decode("text/plain", "café".as_bytes()).data, "café");
    assert_eq!(
        decode("text/plain; charset=ISO-8859-1", b"caf\xE9").data,
        "café"
    );
    assert_eq!(
        decode("text/plain; charset=\"utf-16le\"", b"c\0a\0f\0\xE9\0").data,
        "café"
    );
    let broken = decode("text/plain", b"caf\xE9");
    assert_eq!(
        (broken.data.as_str(), broken.deviations().len()),
        ("caf\u{fffd}", 1)
    );
    let json_like = decode("text/plain", b"{\"a\": \"\\\"\"}\n");
    assert_eq!(json_like.data, "{\"a\": \"\\\"\"}\n");
}

#[test]
fn headers_have_types() {
    const TAGS: Header<Vec<String>> = Header::new("x-tags");
    const COUNTS: Header<Vec<i64>> = Header::new("x-counts");
    const WHEN: Header<DateTime<FixedOffset>> = Header::new("x-when");
    const MODIFIED: Header<DateTime<FixedOffset>> = Header::new("last-modified");
    const DAY: Header<NaiveDate> = Header::new("x-day");
    const RATE: Header<i64> = Header::new("x-rate");
    let response = Response::builder()
        .header("x-tags", "a, b")
        .header("x-tags", "c")
        .header("x-counts", "1,2")
        .header("x-when", "2026-01-02T03:04:05Z")
        .header("last-modified", "Fri, 02 Jan 2026 03:04:05 GMT")
        .header("x-day", "2026-01-02")
        .header("x-rate", "many")
        .body(Bytes::from_static(b"null"))
        .expect("a response");
    let response = Get::decode(response).expect("a response");
    assert_eq!(
        response.header(TAGS),
        Ok(Some(["a", "b", "c"].map(str::to_owned).to_vec()))
    );
    assert_eq!(response.header(COUNTS), Ok(Some(vec![1, 2])));
    let when = DateTime::parse_from_rfc3339("2026-01-02T03:04:05Z").expect("an instant");
    assert_eq!(response.header(WHEN), Ok(Some(when)));
    assert_eq!(response.header(MODIFIED), Ok(Some(when)));
    assert_eq!(
        response.header(DAY),
        Ok(NaiveDate::from_ymd_opt(2026, 1, 2))
    );
    assert!(response.header(RATE).is_err());
    assert_eq!(response.header(Header::<i64>::new("x-none")), Ok(None));
}
