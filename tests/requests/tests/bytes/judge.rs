//! Requests and the values that they were made of, for a judge that decodes them by the description:
//! `.ci/decode-requests.py`, with openapi-core.
//!
//! That judge decodes what is percent-encoded before it splits lists, and so cannot tell a comma of a value from one between
//! values, nor a slash of a path; it reads neither exploded objects of the style `form` nor the styles `label` and
//! `spaceDelimited`, nor maps of the style `deepObject`, numbers in multipart and names with a dot in a path. The tables of
//! bytes have all of these.

use super::support::{Sent, sent};
use requests::deep_object_query::v1::pets::{ListPets, ListPetsCsv, ListPetsPage};
use requests::form_nested::v1::f::{Form, FormCard};
use requests::limits::v1::b::Save;
use requests::limits::v1::models::{Size, Thing};
use requests::multipart_lists::v1::models::{SendReportData, SendReportKind};
use requests::multipart_lists::v1::reports::SendReport;
use requests::odd_paths::v1::fixed::Fixed;
use requests::parameter_without_schema::v1::models::Filter;
use requests::parameter_without_schema::v1::test_resource::GetTest;
use requests::path_query_encoding::v1::files::GetFile;
use requests::problem_and_headers::v1::h::{PostH, PostHXFlags};
use requests::string_formats::v1::f::PutF;
use requests::string_formats::v1::models::F;
use requests::style_table::v1::cookies::Cookies;
use requests::style_table::v1::header_styles::{Headers, HeadersExploded};
use requests::style_table::v1::models::{Color, ColorParams};
use requests::style_table::v1::paths::{Matrix, MatrixExploded, Simple, SimpleExploded};
use requests::style_table::v1::queries::{
    QueryDeepObjectExploded, QueryForm, QueryFormExploded, QueryPipeDelimited,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;

const TEXT: &str = "b c+d%e?f&g=h\u{e9}";

fn color() -> Color {
    Color::new(ColorParams {
        r: 100,
        g: 200,
        b: 150,
    })
}

/// Adds a request of a description, and the values by the place that they are in.
fn add(cases: &mut Vec<Value>, description: &str, sent: &Sent, values: Value) {
    let (method, url) = sent.target.split_once(' ').unwrap();
    cases.push(json!({
        "description": description,
        "method": method,
        "url": url,
        "headers": sent.headers(),
        "body": sent.body,
        "values": values,
    }));
}

fn styles(cases: &mut Vec<Value>) {
    let (list, object) = (
        ["blue", "bl&ack", "br=o n"],
        json!({ "R": 100, "G": 200, "B": 150 }),
    );
    macro_rules! paths {
        ($($request:ident)*) => {$(
            let values = json!({ "path": { "s": TEXT, "a": ["blue", "black"], "o": object } });
            let request = $request::new(TEXT, ["blue", "black"], color());
            add(cases, "style_table", &sent(&request), values);
        )*};
    }
    paths!(Simple SimpleExploded Matrix MatrixExploded);
    let values = json!({ "query": { "s": TEXT, "color": list, "o": object } });
    let request = QueryForm::new().s(TEXT).color(list).o(color());
    add(cases, "style_table", &sent(&request), values);
    let values = json!({ "query": { "s": TEXT, "color": list } });
    let request = QueryFormExploded::new().s(TEXT).color(list);
    add(cases, "style_table", &sent(&request), values);
    let request = QueryPipeDelimited::new().color(list);
    add(
        cases,
        "style_table",
        &sent(&request),
        json!({ "query": { "color": list } }),
    );
    let request = QueryPipeDelimited::new().o(color());
    add(
        cases,
        "style_table",
        &sent(&request),
        json!({ "query": { "o": object } }),
    );
    let request = QueryDeepObjectExploded::new().o(color());
    add(
        cases,
        "style_table",
        &sent(&request),
        json!({ "query": { "o": object } }),
    );
    let values = json!({ "header": { "X-S": "a b", "X-A": ["a", "b"], "X-O": object } });
    let request = Headers::new().x_s("a b").x_a(["a", "b"]).x_o(color());
    add(cases, "style_table", &sent(&request), values.clone());
    let request = HeadersExploded::new()
        .x_s("a b")
        .x_a(["a", "b"])
        .x_o(color());
    add(cases, "style_table", &sent(&request), values);
    let values = json!({ "cookie": { "s": "a+b/=", "color": ["a", "b"], "o": object } });
    let request = Cookies::new().s("a+b/=").color(["a", "b"]).o(color());
    add(cases, "style_table", &sent(&request), values);
}

fn parameters(cases: &mut Vec<Value>) {
    let request = GetFile::new(TEXT)
        .q(TEXT)
        .filter_name("x")
        .ids([1, 2])
        .flag(true);
    let values = json!({
        "path": { "path": TEXT },
        "query": { "q": TEXT, "filter[name]": "x", "ids": [1, 2], "flag": true },
    });
    add(cases, "path_query_encoding", &sent(&request), values);
    let page = ListPetsPage::new().number(2.5).size(20);
    let request = ListPets::new()
        .page(page)
        .csv(ListPetsCsv::new().x(1).y("a&b"));
    let values = json!({ "query": {
        "page": { "number": 2.5, "size": 20 },
        "csv": { "x": 1, "y": "a&b" },
    } });
    add(cases, "deep_object_query", &sent(&request), values);
    let filter = || Filter::new(TEXT).values([1, 2]);
    let values = json!({ "field": TEXT, "values": [1, 2] });
    let request = GetTest::new("plain").filter(filter());
    let values = json!({ "query": { "param": "plain", "filter": values } });
    add(cases, "parameter_without_schema", &sent(&request), values);
    let flags = PostHXFlags::new().a("1").b("x");
    let request = PostH::new("key").if_match(["a", "b"]).x_flags(flags);
    let values = json!({ "header": {
        "Idempotency-Key": "key",
        "If-Match": ["a", "b"],
        "X-Flags": { "a": "1", "b": "x" },
    } });
    add(cases, "problem_and_headers", &sent(&request), values);
    let values = json!({
        "path": { "version": "v 2" },
        "query": { "format": "json&x", "limit": 25 },
        "header": { "X-Api": 7 },
        "cookie": { "lang": "en" },
    });
    add(cases, "odd_paths", &sent(&Fixed::new()), values);
}

fn bodies(cases: &mut Vec<Value>) {
    let when = "2024-01-02T03:04:05+01:00".parse().unwrap();
    let id = "00000000-0000-4000-8000-00000000000a";
    let body = F::new()
        .num("5")
        .big(1.5)
        .unix(3)
        .day("2024-01-02".parse().unwrap());
    let request = PutF::new(when, id.parse().unwrap(), body).day("2024-01-03".parse().unwrap());
    let values = json!({
        "path": { "when": "2024-01-02T03:04:05+01:00", "id": id },
        "query": { "day": "2024-01-03" },
        "body": { "num": "5", "big": 1.5, "unix": 3, "day": "2024-01-02" },
    });
    add(cases, "string_formats", &sent(&request), values);
    let thing = Thing::new().slug("a-1").size(Size::new().w(2));
    let values = json!({ "body": { "slug": "a-1", "size": { "w": 2 } } });
    add(cases, "limits", &sent(&Save::new(thing)), values);
    let metadata = BTreeMap::from([("k".to_owned(), TEXT.to_owned())]);
    let request = Form::new(FormCard::new("4 2"))
        .items(["a", "b c"])
        .tags(["x", "y"])
        .metadata(metadata);
    let values = json!({ "body": {
        "card": { "number": "4 2" },
        "items": ["a", "b c"],
        "tags": ["x", "y"],
        "metadata": { "k": TEXT },
    } });
    add(cases, "form_nested", &sent(&request), values);
    let request = SendReport::new(SendReportKind::Spam, "why", [Vec::from("F")])
        .tags(["a", "b"])
        .data(SendReportData::new(1));
    let values = json!({ "body": {
        "kind": "spam",
        "reason": "why",
        "tags": ["a", "b"],
        "data": { "a": 1 },
    } });
    add(cases, "multipart_lists", &sent(&request), values);
}

#[test]
#[ignore = "needs CRATEWRIGHT_JUDGE, the file to write the requests to"]
fn requests_for_the_judge() {
    let mut cases = Vec::new();
    styles(&mut cases);
    parameters(&mut cases);
    bodies(&mut cases);
    let file = std::env::var("CRATEWRIGHT_JUDGE").unwrap();
    fs::write(file, Value::from(cases).to_string()).unwrap();
}
