//! Encoding requests.

use super::{Encoded, Encoder, Meta, Target};
use std::borrow::Cow;

fn encoded(
    path: &'static str,
    query_credential: Option<&str>,
    encode: impl Fn(&mut Encoder<'_>),
) -> Result<Encoded, String> {
    let meta = Meta::new("Probe", "GET", "", path);
    let target = Target {
        server: Cow::Borrowed("https://api.example.com"),
        query_credentials: query_credential.into_iter().collect(),
        #[cfg(feature = "twilio")]
        account_sid: Some("AC1"),
    };
    let mut encoder = Encoder::new(&meta, &target);
    encode(&mut encoder);
    encoder.finish().map_err(|error| error.to_string())
}

#[test]
fn path_query_and_body() {
    let encoded = encoded("/a/{x}/b/{y}", Some("key=s"), |request| {
        request
            .path(&"1/2")
            .path(&"ä")
            .query("q", &"a b")
            .query("r", &None::<String>);
        request
            .header("X-Note", &"n")
            .form()
            .field("f", &"a b")
            .field("g", &"+");
    });
    let encoded = encoded.expect("a request");
    assert_eq!(
        encoded.uri,
        "https://api.example.com/a/1%2F2/b/%C3%A4?q=a%20b&key=s"
    );
    assert_eq!(encoded.body, "f=a+b&g=%2B");
    assert!(encoded.is_form);
    assert_eq!(encoded.headers["x-note"], "n");
}

#[test]
fn the_first_error_is_returned() {
    for (path, segments, reason) in [
        ("/a/{x}", &[""][..], "the path parameter `x` is empty"),
        (
            "/a/{x}",
            &[".."],
            "the path parameter `x` is `.` or `..`, which would change the path",
        ),
        (
            "/a/{x}/{y}",
            &["1"],
            "`encode` writes fewer path parameters than the path template has",
        ),
        (
            "/a",
            &["1"],
            "`encode` writes more path parameters than the path template has",
        ),
    ] {
        let encoded = encoded(path, None, |request| {
            for segment in segments {
                request.path(segment);
            }
            request.header("a b", &"c");
        });
        let error = encoded.err().expect(reason);
        assert!(error.contains("cannot build Probe: "), "{error}");
        assert!(
            error.contains(reason) || error.contains("is not a header name"),
            "{error}"
        );
    }
}

#[test]
fn headers_take_visible_characters_only() {
    for value in ["a\nb", "ä", "a\0"] {
        let encoded = encoded("/a", None, |request| {
            request.header("X-Note", &value);
        });
        let error = encoded.err().expect("an error");
        assert!(error.contains("not allowed in a header"), "{error}");
        assert!(!error.contains(value));
    }
}

#[test]
fn a_part_of_several_types_is_written_by_what_it_is() {
    let text = serde_json::json!("a b");
    let list = serde_json::json!([1, {"k": "v"}, null]);
    let encoded = encoded("/a", None, |request| {
        let mut parts = request.multipart("multipart/form-data");
        parts
            .value("text", None, &text)
            .value("list", None, &list)
            .value("json", Some("application/json"), &text);
    });
    let encoded = encoded.expect("a request");
    let body = String::from_utf8_lossy(&encoded.body);
    let boundary = body.lines().next().expect("a boundary").to_owned();
    let parts: Vec<&str> = body.split(&boundary).map(str::trim).collect();
    let part = |name: &str, rest: &str| {
        format!("Content-Disposition: form-data; name=\"{name}\"\r\n{rest}")
    };
    assert_eq!(
        parts,
        [
            "",
            &part("text", "\r\na b"),
            &part("list", "\r\n1"),
            &part(
                "list",
                "Content-Type: application/json\r\n\r\n{\"k\":\"v\"}"
            ),
            &part("json", "Content-Type: application/json\r\n\r\n\"a b\""),
            "--"
        ]
    );
}
