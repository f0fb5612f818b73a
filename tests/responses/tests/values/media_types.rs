//! Responses of several media types (RFC 9110, section 12.5.1), text, bytes and typed headers.

use crate::support::{JSON, data, decode, header, request, response};
use bytes::Bytes;
use cratewright_responses::Operation;
use cratewright_responses::binary_beside_json::{things, videos};
use cratewright_responses::media_types_accept::{a, b, c, d, e, f, h};
use cratewright_responses::methods::x;
use cratewright_responses::problem_and_headers::{self, headers};
use cratewright_responses::streams::{blob, render};
use cratewright_responses::text_answer::{both, count, csv, json, live, pdf, wild, xml};

#[test]
fn what_came_decides() {
    use b::TwoTypesOutput;
    let operation = b::TwoTypes::new();
    assert_eq!(
        header(&operation, "accept"),
        "application/json, text/csv, application/pdf"
    );
    let operation = operation.accept(b::TwoTypesAccept::TextCsv);
    assert_eq!(header(&operation, "accept"), "text/csv");
    assert!(matches!(
        data::<b::TwoTypes>(200, JSON, "{}"),
        TwoTypesOutput::Json(_)
    ));
    let csv = data::<b::TwoTypes>(200, "text/csv; charset=ISO-8859-1", &b"caf\xE9"[..]);
    assert_eq!(csv, TwoTypesOutput::Text("café".to_owned()));
    let pdf = data::<b::TwoTypes>(200, "application/pdf", "%PDF");
    assert_eq!(pdf, TwoTypesOutput::Bytes(Bytes::from_static(b"%PDF")));
}

#[test]
fn json_has_many_names() {
    assert_eq!(
        header(&a::Charset::new(a::CharsetBody::new()), "accept"),
        "application/json; charset=utf-8"
    );
    assert_eq!(
        data::<a::Charset>(200, "application/json; charset=utf-8", r#"{"x": "y"}"#)
            .x
            .as_deref(),
        Some("y")
    );
    assert_eq!(
        header(&c::Vendor::new(), "accept"),
        "application/vnd.acme.v2+json"
    );
    assert_eq!(
        data::<c::Vendor>(200, "application/vnd.acme.v2+json", r#"{"x": "y"}"#)
            .x
            .as_deref(),
        Some("y")
    );
    let d::TwoJsonOutput::VndAcmeV2Json(second) =
        data::<d::TwoJson>(200, "application/vnd.acme.v2+json", r#"{"b": 2}"#)
    else {
        panic!("the second");
    };
    assert_eq!(second.b, 2);
    let d::TwoJsonOutput::VndAcmeV1Json(first) =
        data::<d::TwoJson>(200, "application/vnd.acme.v1+json", r#"{"a": "1"}"#)
    else {
        panic!("the first");
    };
    assert_eq!(first.a, "1");
}

#[test]
fn text_is_text_and_json_is_decoded() {
    assert_eq!(
        data::<live::Live>(200, "text/plain", "{\"up\": true}\n"),
        "{\"up\": true}\n"
    );
    assert_eq!(data::<count::Count>(200, "text/plain", "12"), "12");
    assert_eq!(data::<e::PlainInt>(200, "text/plain", "12"), "12");
    assert_eq!(data::<csv::Csv>(200, "text/csv", "a,b"), "a,b");
    assert_eq!(
        data::<json::JsonText>(200, "application/json; charset=utf-8", r#""a\"b""#),
        "a\"b"
    );
    assert_eq!(data::<f::JsonString>(200, JSON, r#""a""#), "a");
    assert_eq!(
        data::<both::Both>(200, "text/plain", "7"),
        both::BothOutput::Text("7".to_owned())
    );
    let both::BothOutput::Json(object) = data::<both::Both>(200, JSON, r#"{"x": 7}"#) else {
        panic!("JSON");
    };
    assert_eq!(object.x, 7);
    assert_eq!(data::<wild::Wild>(200, JSON, r#"{"x": 7}"#).x, 7);
}

#[test]
fn everything_else_is_bytes() {
    assert_eq!(
        data::<pdf::Pdf>(200, "application/pdf", &b"\xFF\0"[..]),
        &b"\xFF\0"[..]
    );
    assert_eq!(data::<xml::Xml>(200, "application/xml", "<x/>"), "<x/>");
    assert_eq!(data::<h::XmlOnly>(200, "application/xml", "<x/>"), "<x/>");
    assert_eq!(
        data::<blob::Blob>(200, "application/octet-stream", &b"\0"[..]),
        &b"\0"[..]
    );
}

#[test]
fn text_without_quotes_is_a_string() {
    for media_type in ["text/plain; charset=utf-8", JSON] {
        let response = decode::<json::JsonText>(200, media_type, "it works").expect("a text");
        assert_eq!(response.data, "it works");
        let reason = response.deviations()[0].reason();
        assert!(reason.contains("without quotes"), "{reason}");
    }
    for (media_type, body) in [("text/html", "sorry"), (JSON, "<html>"), (JSON, "\"a")] {
        assert!(decode::<json::JsonText>(200, media_type, body).is_err());
    }
    assert!(decode::<wild::Wild>(200, "text/plain", "it works").is_err());
}

#[test]
fn json_of_a_string_beside_bytes_is_no_choice() {
    let operation = videos::DownloadVideo::new("v");
    assert_eq!(header(&operation, "accept"), "video/mp4, image/webp");
    assert_eq!(
        header(
            &operation.accept(videos::DownloadVideoAccept::ImageWebp),
            "accept"
        ),
        "image/webp"
    );
    assert_eq!(
        data::<videos::DownloadVideo>(200, "video/mp4", &b"\0mp4"[..]),
        &b"\0mp4"[..]
    );
}

#[test]
fn another_encoding_of_the_same_is_not_asked_for() {
    assert_eq!(
        header(&things::GetThing::new(), "accept"),
        "application/json, text/json"
    );
    assert_eq!(
        data::<things::GetThing>(200, "text/json", r#"{"a": 1}"#).a,
        1
    );
}

#[test]
fn a_stream_beside_others_is_another_way_to_ask() {
    use render::RenderOutput;
    assert_eq!(
        header(&render::Render::new(), "accept"),
        "application/json, application/octet-stream"
    );
    assert!(matches!(
        data::<render::Render>(200, JSON, r#"{"status": "s"}"#),
        RenderOutput::Json(_)
    ));
    assert!(matches!(
        data::<render::Render>(200, "application/octet-stream", "b"),
        RenderOutput::Bytes(_)
    ));
}

#[test]
fn headers_have_their_types() {
    let response = http::Response::builder()
        .status(201)
        .header("location", "https://lab.example/1")
        .header("x-rate", "7")
        .header("x-tags", "a, b")
        .header("x-when", "2026-01-02T03:04:05Z")
        .body(Bytes::from_static(b"{}"))
        .expect("a response");
    let response = problem_and_headers::h::PostH::decode(response).expect("a success");
    assert_eq!(
        response.header(headers_of::LOCATION),
        Ok(Some("https://lab.example/1".to_owned()))
    );
    assert_eq!(response.header(headers_of::X_RATE), Ok(Some(7)));
    assert_eq!(
        response.header(headers_of::X_TAGS),
        Ok(Some(vec!["a".to_owned(), "b".to_owned()]))
    );
    let when = response
        .header(headers_of::X_WHEN)
        .expect("an instant")
        .expect("a header");
    assert_eq!(when.timestamp(), 1_767_323_045);
}

use headers as headers_of;

#[test]
fn every_method_is_sent_and_head_has_no_body() {
    for (method, name) in [
        (request(&x::Opt::new()).method().clone(), "OPTIONS"),
        (request(&x::Hed::new()).method().clone(), "HEAD"),
        (request(&x::Trc::new()).method().clone(), "TRACE"),
    ] {
        assert_eq!(method, name);
    }
    data::<x::Hed>(200, JSON, "");
    let response = x::Hed::decode(response(200, JSON, "")).expect("a success");
    assert_eq!(response.deviations(), []);
    assert_eq!(data::<x::Srch>(200, JSON, r#"["a"]"#), ["a"]);
    // Without a precondition, the server has no reason for it.
    assert!(decode::<x::Srch>(304, JSON, "").is_err());
}
