//! Bodies: forms and multipart (OpenAPI 3.0.3, 4.7.14 and 4.7.15; RFC 7578; RFC 2387), media types, null.

use super::support::{refused, sent};
use http::{HeaderName, HeaderValue};
use requests::binary_in::v1::{a, b, c, d, m};
use requests::body_kinds::v1::{
    all::{All, AllCsv},
    bulk::Bulk,
    encoded::Encoded,
    images::Images,
    mixed::Mixed,
    models::{Line, LineInner},
    nothing::Nothing,
    nullable::Nullable,
    sequence::Sequence,
    text::TextText as Text,
    token::Token,
    unnamed::Unnamed,
};
use requests::bytes_api::v1::any::PutAny;
use requests::bytes_api::v1::b::B64;
use requests::bytes_api::v1::images::PutImages;
use requests::bytes_api::v1::models::B;
use requests::bytes_api::v1::raw::PutRaw;
use requests::deep_object_answers::v1::form::{PostForm, PostFormDeep, PostFormFlat, PostFormJs};
use requests::form_nested::v1::f::{Form, FormCard, FormCardExp, FormPlain};
use requests::json_and_multipart::v1::channels::{CreateMessage, CreateMessageMultipart};
use requests::json_and_multipart::v1::models::Message;
use requests::media_types_accept::v1::a::{Charset, CharsetBody};
use requests::media_types_accept::v1::g::TwoBodies;
use requests::media_types_accept::v1::i::XmlIn;
use requests::media_types_accept::v1::models::S;
use requests::multipart_encoding::v1::up::{Upload, UploadMeta, UploadObjs};
use requests::multipart_lists::v1::models::{SendReportData, SendReportKind, SendReportPoints};
use requests::multipart_lists::v1::reports::SendReport;
use requests::multipart_related::v1::files::{UploadFile, UploadFileMetadata};
use requests::no_body_media::v1::{
    merge::{Patch, PatchBody},
    nos::NoSchema,
    nul_resource::NullBody,
    opt::{OptBody, OptBodyBody},
};
use requests::number_example_integer::v1::projects::{CreateProject, CreateProjectBody};
use requests::several_json_content_types::v1::any::CreateAny;
use requests::several_json_content_types::v1::models::Volume;
use requests::several_json_content_types::v1::volumes::CreateVolume;
use requests::several_json_content_types::v1::wild::CreateWild;
use requests::{Credentials, FilePart, Part};
use serde_json::{Value, json};
use std::collections::BTreeMap;

fn form(operation: &impl requests::Operation) -> String {
    let sent = sent(operation);
    assert_eq!(
        sent.header("content-type"),
        "application/x-www-form-urlencoded"
    );
    sent.body
}

#[test]
fn fields_of_forms() {
    let card = || FormCard::new("4 2").exp(FormCardExp::new().year(2030));
    let metadata = BTreeMap::from([("k".to_owned(), "v w".to_owned())]);
    let request = Form::new(card())
        .items(["a", "b,c"])
        .tags(["x", "y"])
        .plain(FormPlain::new().a("1"))
        .metadata(metadata);
    assert_eq!(
        form(&request),
        "card%5Bnumber%5D=4+2&card%5Bexp%5D%5Byear%5D=2030&items=a,b%2Cc&tags=x&tags=y&a=1&metadata%5Bk%5D=v+w"
    );
    let others = BTreeMap::from([("z".to_owned(), "1&2".to_owned())]);
    let request = PostForm::new(json!({ "a": 1 }), [1, 2])
        .csv(["a", "b"])
        .pipes(["c", "d"])
        .deep(PostFormDeep::new().x(1).y("q"))
        .flat(PostFormFlat::new().p(2).q("r"))
        .js(PostFormJs::new().z(3))
        .on(true)
        .additional_fields(others);
    assert_eq!(
        form(&request),
        "a=%7B%22a%22%3A1%7D&list=1&list=2&csv=a,b&pipes=c|d&deep%5Bx%5D=1&deep%5By%5D=q&p=2&q=r\
         &js=%7B%22z%22%3A3%7D&on=true&z=1%262"
    );
}

#[test]
fn constants_and_defaults_of_forms() {
    let request = Token::new("all");
    assert_eq!(
        form(&request),
        "grant_type=client_credentials&scope=all&ttl=60"
    );
    let request = Token::new("all").ttl(5).clear_note();
    assert_eq!(
        form(&request),
        "grant_type=client_credentials&scope=all&ttl=5&note="
    );
}

#[test]
fn parts_with_the_encoding_of_the_description() {
    let meta = Part::new(UploadMeta::new("n").tags(["t"])).with_header(
        HeaderName::from_static("x-part"),
        HeaderValue::from_static("1"),
    );
    let request = Upload::new(Vec::from("PNG"), meta)
        .photos([
            FilePart::new("1").with_name("a\".png"),
            FilePart::new("2").with_content_type("image/gif"),
        ])
        .list(["x", "y"])
        .objs([UploadObjs::new().k("v"), UploadObjs::new()])
        .n(5)
        .csv("a,b");
    let sent = sent(&request);
    assert!(
        sent.header("content-type")
            .starts_with("multipart/form-data; boundary=")
    );
    let part = |head: &str, body: &str| {
        format!("--BOUNDARY\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n")
    };
    let expected = [
        part(
            "name=\"file\"; filename=\"file\"\r\nContent-Type: image/png",
            "PNG",
        ),
        part(
            "name=\"photos\"; filename=\"a%22.png\"\r\nContent-Type: application/octet-stream",
            "1",
        ),
        part(
            "name=\"photos\"; filename=\"file\"\r\nContent-Type: image/gif",
            "2",
        ),
        part(
            "name=\"meta\"\r\nContent-Type: application/vnd.acme+json\r\nx-part: 1",
            r#"{"name":"n","tags":["t"]}"#,
        ),
        part("name=\"list\"", "x"),
        part("name=\"list\"", "y"),
        part(
            "name=\"objs\"\r\nContent-Type: application/json",
            r#"{"k":"v"}"#,
        ),
        part("name=\"objs\"\r\nContent-Type: application/json", "{}"),
        part("name=\"n\"", "5"),
        part("name=\"csv\"\r\nContent-Type: text/csv", "a,b"),
        "--BOUNDARY--\r\n".to_owned(),
    ];
    assert_eq!(sent.parts(), expected.concat());
}

#[test]
fn parts_of_the_media_types_of_their_schemas() {
    let request = d::D::new()
        .img(Vec::from("P"))
        .imgs([Vec::from("J")])
        .gif(Vec::from("G"))
        .bytes(Vec::from("B"))
        .html("<p>")
        .js("[1]")
        .own("p {}");
    let parts = sent(&request).parts();
    for part in [
        "name=\"img\"; filename=\"file\"\r\nContent-Type: image/png\r\n\r\nP\r\n",
        "name=\"imgs\"; filename=\"file\"\r\nContent-Type: image/jpeg\r\n\r\nJ\r\n",
        "name=\"gif\"\r\nContent-Type: image/gif\r\n\r\nRw==\r\n",
        "name=\"bytes\"\r\nContent-Type: application/octet-stream\r\n\r\nQg==\r\n",
        "name=\"html\"\r\nContent-Type: text/html\r\n\r\n<p>\r\n",
        "name=\"js\"\r\nContent-Type: application/json\r\n\r\n[1]\r\n",
        "name=\"own\"\r\nContent-Type: text/css\r\n\r\np {}\r\n",
    ] {
        assert!(parts.contains(part), "{part} in {parts}");
    }
}

#[test]
fn a_part_for_each_item() {
    let file = FilePart::new("F").with_header(
        HeaderName::from_static("x-checksum"),
        HeaderValue::from_static("9"),
    );
    let request = SendReport::new(SendReportKind::Spam, "why", [file]);
    let request = request
        .note("# n")
        .tags(["a"])
        .data(SendReportData::new(1))
        .points([SendReportPoints::new().x(1.5)])
        .avatar(Vec::from("A"));
    let parts = sent(&request).parts();
    for part in [
        "name=\"kind\"\r\n\r\nspam\r\n",
        "name=\"note\"\r\nContent-Type: text/markdown\r\n\r\n# n\r\n",
        "name=\"files\"; filename=\"file\"\r\nContent-Type: application/octet-stream\r\nx-checksum: 9\r\n\r\nF\r\n",
        "name=\"avatar\"; filename=\"file\"\r\nContent-Type: image/png\r\n\r\nA\r\n",
        "name=\"data\"\r\nContent-Type: application/json\r\n\r\n{\"a\":1}\r\n",
        "name=\"points\"\r\nContent-Type: application/json\r\n\r\n{\"x\":1.5}\r\n",
    ] {
        assert!(parts.contains(part), "{part} in {parts}");
    }
}

/// RFC 2387: the parts have no names, and the media type of the first is a parameter.
#[test]
fn related_parts() {
    let request = UploadFile::new(UploadFileMetadata::new().title("T"), Vec::from("PNG"));
    let sent = sent(&request);
    let content_type = sent.header("content-type");
    assert!(content_type.starts_with("multipart/related; boundary="));
    assert!(content_type.ends_with("; type=\"application/json\""));
    assert_eq!(
        sent.parts(),
        "--BOUNDARY\r\nContent-Type: application/json\r\n\r\n{\"title\":\"T\"}\r\n\
         --BOUNDARY\r\nContent-Type: image/png\r\n\r\nPNG\r\n--BOUNDARY--\r\n"
    );
    let request = Mixed::new("n", Line::new(1)).file(FilePart::new("F").with_name("f.bin"));
    let sent = super::support::sent(&request);
    assert!(
        sent.header("content-type")
            .starts_with("multipart/mixed; boundary=")
    );
    assert_eq!(
        sent.parts(),
        "--BOUNDARY\r\n\r\nn\r\n--BOUNDARY\r\nContent-Type: application/json\r\n\r\n{\"id\":1}\r\n\
         --BOUNDARY\r\nContent-Disposition: attachment; filename=\"f.bin\"\r\nContent-Type: application/octet-stream\r\n\r\nF\r\n--BOUNDARY--\r\n"
    );
}

#[test]
fn files_of_openapi_3_1() {
    let request = m::M::new()
        .file(Vec::from("1"))
        .file2(Vec::from("2"))
        .file3(Vec::from("3"))
        .anything(Vec::from("4"))
        .files([Vec::from("5")]);
    let parts = sent(&request).parts();
    for part in [
        "name=\"file\"; filename=\"file\"\r\nContent-Type: application/octet-stream\r\n\r\n1",
        "name=\"file2\"; filename=\"file\"\r\nContent-Type: image/png\r\n\r\n2",
        "name=\"file3\"\r\nContent-Type: image/png\r\n\r\nMw==",
        "name=\"anything\"; filename=\"file\"\r\nContent-Type: application/zip\r\n\r\n4",
        "name=\"files\"; filename=\"file\"\r\nContent-Type: application/octet-stream\r\n\r\n5",
    ] {
        assert!(parts.contains(part), "{part} in {parts}");
    }
    assert_eq!(
        sent(&a::A::new("x")).header("content-type"),
        "application/octet-stream"
    );
    assert_eq!(sent(&b::B::new("x")).header("content-type"), "image/png");
    let text = sent(&c::C::new(Vec::from("abc")));
    assert_eq!(
        (text.header("content-type"), text.body.as_str()),
        ("text/plain", "YWJj")
    );
}

#[test]
fn files_beside_json() {
    let request = CreateMessage::new("1", Message::new().content("hi"));
    assert_eq!(sent(&request).body, r#"{"content":"hi"}"#);
    let request = CreateMessageMultipart::new("1")
        .content("hi")
        .files_0(Vec::from("F"));
    let sent = sent(&request);
    assert_eq!(
        sent.target,
        "POST https://api.example.com/v1/channels/1/messages"
    );
    assert_eq!(
        sent.parts(),
        "--BOUNDARY\r\nContent-Disposition: form-data; name=\"content\"\r\n\r\nhi\r\n\
         --BOUNDARY\r\nContent-Disposition: form-data; name=\"files[0]\"; filename=\"file\"\r\nContent-Type: application/octet-stream\r\n\r\nF\r\n\
         --BOUNDARY--\r\n"
    );
}

#[test]
fn the_same_value_in_other_media_types() {
    let body = |request: &TwoBodies| {
        let sent = sent(request);
        (sent.header("content-type").to_owned(), sent.body)
    };
    let request = TwoBodies::new(S::new().x("a b"));
    let expected = ("application/json".to_owned(), r#"{"x":"a b"}"#.to_owned());
    assert_eq!(body(&request), expected);
    let expected = (
        "application/x-www-form-urlencoded".to_owned(),
        "x=a+b".to_owned(),
    );
    assert_eq!(body(&request.as_form()), expected);
    let line = Line::new(1)
        .tags(["a", "b"])
        .inner(LineInner::new().a(true));
    let request = All::new(line).as_form();
    assert_eq!(sent(&request).body, "id=1&tags=a,b&a=true");
    assert_eq!(
        sent(&request.as_multipart()).parts(),
        "--BOUNDARY\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\n1\r\n\
         --BOUNDARY\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\na\r\n\
         --BOUNDARY\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\nb\r\n\
         --BOUNDARY\r\nContent-Disposition: form-data; name=\"inner\"\r\nContent-Type: application/vnd.x+json\r\n\r\n{\"a\":true}\r\n\
         --BOUNDARY--\r\n"
    );
    let csv = sent(&AllCsv::new("a,b"));
    assert_eq!(
        (csv.header("content-type"), csv.body.as_str()),
        ("text/csv", "a,b")
    );
}

#[test]
fn media_types_of_json() {
    let content_type = |operation: &dyn Fn() -> String| operation();
    let volume = || Volume::new("v");
    assert_eq!(
        content_type(&|| sent(&CreateVolume::new(volume()))
            .header("content-type")
            .to_owned()),
        "application/json"
    );
    let patch = CreateVolume::new(volume()).as_json_patch();
    assert_eq!(
        sent(&patch).header("content-type"),
        "application/json-patch+json"
    );
    assert_eq!(
        sent(&CreateWild::new(volume())).header("content-type"),
        "application/json"
    );
    assert_eq!(
        sent(&CreateAny::new(volume())).header("content-type"),
        "application/json"
    );
    let charset = Charset::new(CharsetBody::new());
    assert_eq!(
        sent(&charset).header("content-type"),
        "application/json; charset=utf-8"
    );
    let merge = Patch::new(PatchBody::new().clear_a());
    assert_eq!(
        sent(&merge).header("content-type"),
        "application/merge-patch+json"
    );
    assert_eq!(sent(&merge).body, r#"{"a":null}"#);
    let whole = CreateProject::new(CreateProjectBody::new().cu(1.0));
    assert_eq!(sent(&whole).body, r#"{"cu":1}"#);
}

#[test]
fn bodies_that_may_be_null_or_missing() {
    assert_eq!(sent(&NullBody::new(None)).body, "null");
    assert_eq!(sent(&NullBody::new(Some("x".to_owned()))).body, "\"x\"");
    assert_eq!(sent(&NoSchema::new(Value::Null)).body, "null");
    let missing = sent(&OptBody::new());
    assert_eq!(
        (missing.body.as_str(), missing.header("content-type")),
        ("", "")
    );
    assert_eq!(sent(&OptBody::new().body(OptBodyBody::new())).body, "{}");
    assert_eq!(sent(&Nullable::new()).body, "");
    assert_eq!(sent(&Nullable::new().clear_body()).body, "null");
    assert_eq!(sent(&Nullable::new().body(3)).body, "3");
}

#[test]
fn bytes_text_and_lines() {
    let sent_as = |content_type: &str, body: &str, sent: super::support::Sent| {
        assert_eq!(
            (sent.header("content-type"), sent.body.as_str()),
            (content_type, body)
        );
    };
    sent_as("image/png", "B", sent(&PutRaw::new("B")));
    sent_as("image/webp", "B", sent(&PutImages::new("image/webp", "B")));
    sent_as("x/y", "B", sent(&PutAny::new("x/y", "B")));
    sent_as("image/png", "B", sent(&Images::new("B")));
    sent_as(
        "image/jpeg",
        "B",
        sent(&Images::new("B").content_type("image/jpeg")),
    );
    sent_as(
        "image/gif",
        "B",
        sent(&Images::new("B").content_type("image/gif")),
    );
    // A form that is one text has no fields (OpenAPI 3.0.3, 4.7.14.3): it is sent as the caller encoded it.
    let form_type = "application/x-www-form-urlencoded";
    sent_as(form_type, "a=1&b=c%20d", sent(&Encoded::new("a=1&b=c%20d")));
    sent_as(form_type, "a=1", sent(&Unnamed::new("a=1")));
    // Fields that nothing names and that are not allowed are no body.
    sent_as("", "", sent(&Nothing::new()));
    sent_as("application/xml", "<a/>", sent(&XmlIn::new("<a/>")));
    sent_as("text/plain", "7", sent(&Text::new(7)));
    assert!(refused(&Text::new(0), Credentials::none()).contains("the minimum is 1"));
    assert!(
        refused(&PutImages::new("image/*", "B"), Credentials::none())
            .contains("is not a media type")
    );
    let lines = || [Line::new(1), Line::new(2).tags(["a"])];
    sent_as(
        "application/x-ndjson",
        "{\"id\":1}\n{\"id\":2,\"tags\":[\"a\"]}\n",
        sent(&Bulk::new(lines())),
    );
    sent_as(
        "application/json-seq",
        "\u{1e}{\"id\":1}\n\u{1e}{\"id\":2,\"tags\":[\"a\"]}\n",
        sent(&Sequence::new().lines(lines())),
    );
    let body = B::new(Vec::from("a\u{0}"));
    assert_eq!(sent(&B64::new(body)).body, r#"{"data":"YQA="}"#);
}
