//! Lists whose parameters are in the JSON body, and lists whose next page is in a header.

use super::{Thing, all, read};
use crate::server::{Server, json, response, write};
use cratewright_runtime::{Encoder, Meta, Operation, Paged, Paging};
use serde_json::Value;

/// A search with a body, or without one where that is empty.
macro_rules! search {
    ($name:ident, $body:literal, $paging:expr) => {
        #[derive(Debug, Clone)]
        struct $name;

        impl Operation for $name {
            type Output = Value;

            const META: Meta = Meta::new(
                stringify!($name),
                "POST",
                "https://api.example.com/v1",
                "/search",
            );

            fn encode(&self, request: &mut Encoder<'_>) {
                if !$body.is_empty() {
                    request.bytes("application/vnd.api+json", $body.as_bytes());
                }
            }
        }

        impl Paged for $name {
            type Item = Thing;

            const PAGING: Paging = $paging;
        }
    };
}

search!(
    ByToken,
    r#"{"number": 18446744073709551617, "page": {"cursor": "old", "of": ["a\"b", null]}, "z\u00e9": "{}"}"#,
    Paging::token("page.cursor", &["next"])
        .items(&["data"])
        .size("page.limit", Some(1), Some(50))
        .in_body()
);
search!(
    Optional,
    "",
    Paging::token("pagination.after", &["next"])
        .items(&["data"])
        .in_body()
);
search!(
    ByOffset,
    r#"{"options":{"count":2}}"#,
    Paging::offset("options.offset", 0)
        .items(&["data"])
        .total(&["total"])
        .size("options.count", Some(1), Some(500))
        .in_body()
);
search!(
    ByText,
    r#"{"q":1}"#,
    Paging::token("after", &["next"])
        .items(&["data"])
        .in_body_as_string()
);
search!(
    ByNumber,
    r#"{"q":1}"#,
    Paging::token("after", &["next"])
        .items(&["data"])
        .in_body_as_number()
);
search!(
    ByHeader,
    r#"{"q":1}"#,
    Paging::header("token", "x-continuation-token")
);

/// Responds with these bodies in turn, for each of the two clients.
fn in_turn(pages: &'static [&'static str]) -> Server {
    Server::new(|number, _, stream| write(stream, &json(pages[number % pages.len()])))
}

/// Reads a list and returns the bodies of the requests.
fn sent(server: &Server, list: &(impl Paged<Item = Thing> + Clone)) -> (Vec<i64>, Vec<String>) {
    let (ids, targets) = all(server, list);
    assert!(targets.iter().all(|target| target == "/search"));
    let requests = server.requests();
    let (first, second) = requests.split_at(targets.len());
    let bodies = |requests: &[crate::server::Request]| -> Vec<String> {
        let bodies = requests.iter().map(|request| request.body.clone());
        bodies
            .map(|body| String::from_utf8(body).expect("text"))
            .collect()
    };
    assert_eq!(bodies(first), bodies(second));
    (ids, bodies(first))
}

#[test]
fn a_token_replaces_the_member_and_nothing_else() {
    let server = in_turn(&[
        r#"{"data":[{"id":1}],"next":"a\"\\b"}"#,
        r#"{"data":[{"id":2}],"next":17}"#,
        r#"{"data":[{"id":3}],"next":null}"#,
    ]);
    let (ids, bodies) = sent(&server, &ByToken);
    assert_eq!(ids, [1, 2, 3]);
    let with = |cursor: &str| {
        format!(
            r#"{{"number":18446744073709551617,"zé":"{{}}","page":{{"of":["a\"b", null],"cursor":{cursor}}}}}"#
        )
    };
    assert_eq!(bodies[1..], [with(r#""a\"\\b""#), with("17")]);
    let requests = server.requests();
    let types = requests
        .iter()
        .map(|request| request.header("content-type"));
    assert!(types.eq([Some("application/vnd.api+json"); 6]));
}

#[test]
fn a_body_that_is_left_out_is_made_up() {
    let server = in_turn(&[r#"{"data":[{"id":1}],"next":"n"}"#, r#"{"data":[]}"#]);
    let (ids, bodies) = sent(&server, &Optional);
    assert_eq!(ids, [1]);
    assert_eq!(bodies, ["", r#"{"pagination":{"after":"n"}}"#]);
    let requests = server.requests();
    assert_eq!(requests[0].header("content-type"), None);
    assert_eq!(requests[1].header("content-type"), Some("application/json"));
    assert_eq!(requests[1].header("content-length"), Some("28"));
}

#[test]
fn numbers_are_numbers() {
    let server = in_turn(&[
        r#"{"data":[{"id":1},{"id":2}],"total":3}"#,
        r#"{"data":[{"id":3}],"total":3}"#,
    ]);
    let (ids, bodies) = sent(&server, &ByOffset);
    assert_eq!(ids, [1, 2, 3]);
    assert_eq!(bodies[1], r#"{"options":{"count":2,"offset":2}}"#);
    let (_, blocking) = server.clients();
    assert_eq!(blocking.items(ByToken).limit(2).count(), 2);
    let requests = server.requests();
    let body = &requests[4].body;
    let body: Value = serde_json::from_slice(body).expect("JSON");
    assert_eq!(body["page"]["limit"], 2);
}

#[test]
fn a_token_has_the_type_of_its_parameter() {
    let pages = [r#"{"data":[],"next":17}"#, r#"{"data":[],"next":null}"#];
    let server = Server::new(move |number, _, stream| write(stream, &json(pages[number % 2])));
    assert_eq!(sent(&server, &ByText).1[1], r#"{"q":1,"after":"17"}"#);
    let pages = [r#"{"data":[],"next":"17"}"#, r#"{"data":[]}"#];
    let server = Server::new(move |number, _, stream| write(stream, &json(pages[number % 2])));
    assert_eq!(sent(&server, &ByNumber).1[1], r#"{"q":1,"after":17}"#);
}

#[test]
fn a_list_that_leads_back_ends_with_an_error() {
    let server = in_turn(&[r#"{"data":[{"id":1}],"next":"n"}"#]);
    let found = read(&server.clients(), &ByToken);
    let [Ok(1), Ok(1), Err(error)] = &found[..] else {
        panic!("{found:?}");
    };
    assert!(error.contains("it was returned already"), "{error}");
}

#[test]
fn a_header_has_the_token() {
    let server = Server::new(|number, _, stream| {
        let (header, body) = match number % 3 {
            0 => ("X-Continuation-Token: a+b", r#"[{"id":1}]"#),
            1 => ("X-Continuation-Token: c", r#"[{"id":2}]"#),
            _ => ("X-Continuation-Token:", r#"[{"id":3}]"#),
        };
        let headers = ["Content-Type: application/json", header];
        write(stream, &response("200 OK", &headers, body));
    });
    let (ids, targets) = all(&server, &ByHeader);
    assert_eq!(ids, [1, 2, 3]);
    let expected = ["/search", "/search?token=a%2Bb", "/search?token=c"];
    assert_eq!(targets, expected);
    assert!(
        server
            .requests()
            .iter()
            .all(|request| request.body == br#"{"q":1}"#)
    );
}
