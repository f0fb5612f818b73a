//! Lists that are returned page by page, in each of their styles, with both clients.

use crate::server::{Server, json, response, run, write};
use cratewright_runtime::decode::{Decode, Mismatch, Node};
use cratewright_runtime::{Client, Encoder, Error, Meta, Operation, Paged, Paging, blocking};
use serde_json::Value;

#[derive(Debug, Clone, PartialEq)]
struct Thing {
    id: i64,
}

impl Decode for Thing {
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        let [id] = node.members(&["id"])?;
        Ok(Self { id: id.required()? })
    }
}

/// An operation whose list has a style.
macro_rules! list {
    ($name:ident, $query:literal, $paging:expr) => {
        #[derive(Debug, Clone)]
        struct $name;

        impl Operation for $name {
            type Output = Value;

            const META: Meta = Meta::new(
                stringify!($name),
                "GET",
                "https://api.example.com/v1",
                "/things",
            );

            fn encode(&self, request: &mut Encoder<'_>) {
                for pair in $query.split('&').filter(|pair| !pair.is_empty()) {
                    if let Some((name, value)) = pair.split_once('=') {
                        request.query(name, &value);
                    }
                }
            }
        }

        impl Paged for $name {
            type Item = Thing;

            const PAGING: Paging = $paging;
        }
    };
}

list!(
    ByUrl,
    "q=x y",
    Paging::url(&["links", "next"]).items(&["things"])
);
list!(ByLink, "", Paging::link());
list!(
    ByToken,
    "q=a",
    Paging::token("page[after]", &["meta", "next"])
        .items(&["data"])
        .more(&["has_more"], true)
        .size("limit", Some(1), Some(100))
);
list!(
    ByLast,
    "",
    Paging::last_item("after", &["id"])
        .items(&["data"])
        .more(&["has_more"], true)
);
list!(
    ByNumber,
    "",
    Paging::number("page", 1)
        .items(&["things"])
        .pages(&["total_pages"])
        .size("per_page", None, None)
);
list!(
    ByNumberFromZero,
    "",
    Paging::number("page", 0)
        .items(&["things"])
        .pages(&["total_pages"])
);
list!(Numbered, "", Paging::number("page", 1));
list!(
    ByOffset,
    "",
    Paging::offset("offset", 0)
        .items(&["things"])
        .total(&["total"])
);
list!(
    ByIndex,
    "startIndex=1",
    Paging::offset("startIndex", 1)
        .items(&["Resources"])
        .total(&["totalResults"])
);
list!(
    Optional,
    "",
    Paging::token("t", &["next"])
        .items(&["things"])
        .items_may_be_absent()
);
list!(
    Sized,
    "limit=5000",
    Paging::token("t", &["next"])
        .items(&["things"])
        .size("limit", Some(1), Some(50))
);
list!(
    UntilDone,
    "",
    Paging::token("iterator", &["iterator"])
        .items(&["data"])
        .more(&["done"], false)
);

type Ids = Vec<Result<i64, String>>;

fn of(record: Result<Thing, Error>) -> Result<i64, String> {
    record
        .map(|thing| thing.id)
        .map_err(|error| error.to_string())
}

async fn ids(client: &Client, list: impl Paged<Item = Thing>) -> Ids {
    let mut items = client.items(list);
    let mut ids = Vec::new();
    while let Some(item) = items.next().await {
        ids.push(of(item));
    }
    assert!(items.next().await.is_none());
    ids
}

/// Reads all records with both clients, which have to agree.
fn read<O: Paged<Item = Thing> + Clone>(
    (client, blocking): &(Client, blocking::Client),
    list: &O,
) -> Ids {
    let found = run(ids(client, list.clone()));
    let same: Ids = blocking.items(list.clone()).map(of).collect();
    assert_eq!(found, same);
    found
}

fn all(server: &Server, list: &(impl Paged<Item = Thing> + Clone)) -> (Vec<i64>, Vec<String>) {
    let ids = read(&server.clients(), list);
    let ids = ids.into_iter().map(|id| id.expect("a record")).collect();
    let mut targets = server.targets();
    let half = targets.split_off(targets.len() / 2);
    assert_eq!(targets, half);
    (ids, targets)
}

/// A server that responds by the target.
fn by_target(pages: &'static [(&'static str, &'static str)]) -> Server {
    Server::new(move |_, request, stream| {
        let page = pages.iter().find(|(target, _)| *target == request.target());
        write(
            stream,
            &json(page.map_or("{\"error\":\"unexpected\"}", |(_, body)| body)),
        );
    })
}

#[test]
fn follows_urls_in_the_body() {
    let server = by_target(&[
        (
            "/things?q=x%20y",
            r#"{"things":[{"id":1}],"links":{"next":"https://api.example.com/v1/things?page=2"}}"#,
        ),
        (
            "/things?page=2",
            r#"{"things":[{"id":2}],"links":{"next":"?page=3"}}"#,
        ),
        (
            "/things?page=3",
            r#"{"things":[{"id":3}],"links":{"next":"/things?page=4"}}"#,
        ),
        ("/things?page=4", r#"{"things":[],"links":{"next":null}}"#),
    ]);
    assert_eq!(all(&server, &ByUrl).0, [1, 2, 3]);
}

#[test]
fn follows_the_link_header() {
    let server = Server::new(|_, request, stream| {
        let (link, body) = match request.target() {
            "/things" => (
                "Link: <https://api.example.com/v1/things?page=2>; rel=\"next\", <x>; rel=\"last\"",
                r#"[{"id":1}]"#,
            ),
            _ => ("Link: </things>; rel=\"first\"", r#"[{"id":2}]"#),
        };
        write(
            stream,
            &response("200 OK", &["Content-Type: application/json", link], body),
        );
    });
    let (ids, targets) = all(&server, &ByLink);
    assert_eq!(ids, [1, 2]);
    assert_eq!(targets, ["/things", "/things?page=2"]);
}

#[test]
fn follows_tokens() {
    let server = by_target(&[
        (
            "/things?q=a",
            r#"{"data":[{"id":1},{"id":2}],"has_more":true,"meta":{"next":"a/b="}}"#,
        ),
        (
            "/things?q=a&page%5Bafter%5D=a%2Fb%3D",
            r#"{"data":[{"id":3}],"has_more":true,"meta":{"next":17}}"#,
        ),
        (
            "/things?q=a&page%5Bafter%5D=17",
            r#"{"data":[{"id":4}],"has_more":false,"meta":{"next":"again"}}"#,
        ),
    ]);
    assert_eq!(all(&server, &ByToken).0, [1, 2, 3, 4]);
    let server = by_target(&[
        (
            "/things",
            r#"{"data":[{"id":1}],"done":false,"iterator":"i"}"#,
        ),
        (
            "/things?iterator=i",
            r#"{"data":[{"id":2}],"done":true,"iterator":"i"}"#,
        ),
    ]);
    assert_eq!(all(&server, &UntilDone).0, [1, 2]);
}

/// Some APIs have a URL where others have a token.
#[test]
fn a_token_may_be_a_url() {
    let server = by_target(&[
        (
            "/things",
            r#"{"things":[{"id":1}],"next":"https://api.example.com/v1/things?t=2"}"#,
        ),
        ("/things?t=2", r#"{"things":[{"id":2}]}"#),
    ]);
    assert_eq!(all(&server, &Optional).0, [1, 2]);
}

#[test]
fn follows_the_last_record() {
    let server = by_target(&[
        ("/things", r#"{"data":[{"id":1},{"id":2}],"has_more":true}"#),
        ("/things?after=2", r#"{"data":[{"id":3}],"has_more":true}"#),
        ("/things?after=3", r#"{"data":[],"has_more":true}"#),
    ]);
    assert_eq!(all(&server, &ByLast).0, [1, 2, 3]);
}

#[test]
fn counts_pages_and_records() {
    let pages = by_target(&[
        ("/things", r#"{"things":[{"id":1}],"total_pages":2}"#),
        (
            "/things?page=2",
            r#"{"things":[{"id":2}],"total_pages":2.0}"#,
        ),
    ]);
    assert_eq!(all(&pages, &ByNumber).0, [1, 2]);
    let from_zero = by_target(&[
        ("/things", r#"{"things":[{"id":1}],"total_pages":2}"#),
        ("/things?page=1", r#"{"things":[{"id":2}],"total_pages":2}"#),
    ]);
    assert_eq!(all(&from_zero, &ByNumberFromZero).0, [1, 2]);
    let offsets = by_target(&[
        ("/things", r#"{"things":[{"id":1},{"id":2}],"total":3}"#),
        ("/things?offset=2", r#"{"things":[{"id":3}],"total":3}"#),
    ]);
    assert_eq!(all(&offsets, &ByOffset).0, [1, 2, 3]);
    let indices = by_target(&[
        (
            "/things?startIndex=1",
            r#"{"Resources":[{"id":1},{"id":2}],"totalResults":3.0}"#,
        ),
        (
            "/things?startIndex=3",
            r#"{"Resources":[{"id":3}],"totalResults":3.0}"#,
        ),
    ]);
    assert_eq!(all(&indices, &ByIndex).0, [1, 2, 3]);
}

#[test]
fn numbers_go_on_until_a_page_is_empty() {
    let server = by_target(&[
        ("/things", r#"[{"id":1}]"#),
        ("/things?page=2", r#"[{"id":2}]"#),
        ("/things?page=3", "[]"),
    ]);
    assert_eq!(all(&server, &Numbered).0, [1, 2]);
    // A header counts before a number that is worked out.
    let server = Server::new(|_, request, stream| {
        let link = "Link: </things?page=7>; rel=\"next\"";
        let (link, body) = match request.target() {
            "/things" => (link, r#"[{"id":1}]"#),
            "/things?page=7" => ("X: y", r#"[{"id":7}]"#),
            _ => ("X: y", "[]"),
        };
        write(
            stream,
            &response("200 OK", &["Content-Type: application/json", link], body),
        );
    });
    assert_eq!(all(&server, &Numbered).0, [1, 7]);
}

#[test]
fn a_limit_sets_the_size_and_ends_the_list() {
    let server = by_target(&[
        (
            "/things?q=a&limit=3",
            r#"{"data":[{"id":1},{"id":2}],"has_more":true,"meta":{"next":"n"}}"#,
        ),
        (
            "/things?q=a&limit=3&page%5Bafter%5D=n",
            r#"{"data":[{"id":3},{"id":4}],"has_more":true,"meta":{"next":"m"}}"#,
        ),
        (
            "/things?q=a&limit=100",
            r#"{"data":[{"id":1}],"has_more":false}"#,
        ),
        ("/things?limit=50", r#"{"things":[{"id":1}]}"#),
    ]);
    let (client, blocking) = server.clients();
    let found: Ids = blocking.items(ByToken).limit(3).map(of).collect();
    assert_eq!(found, [Ok(1), Ok(2), Ok(3)]);
    let found = run(async {
        let mut items = client.items(ByToken).limit(1000);
        let mut found = Vec::new();
        while let Some(item) = items.next().await {
            found.push(of(item));
        }
        found
    });
    assert_eq!(found, [Ok(1)]);
    let none: Ids = blocking.items(ByToken).limit(0).map(of).collect();
    assert_eq!(none, []);
    // What the caller sets stays within the limits of the description.
    let sized: Ids = blocking.items(Sized).limit(7).map(of).collect();
    assert_eq!(sized, [Ok(1)]);
}

#[test]
fn a_record_that_cannot_be_decoded_is_an_item() {
    let server = by_target(&[
        (
            "/things",
            r#"{"things":[{"id":1},{"name":"x"},7,{"id":"4"}],"total":5,"more":{"deep":null}}"#,
        ),
        ("/things?offset=4", r#"{"things":[{"id":5}],"total":5}"#),
    ]);
    let found = read(&server.clients(), &ByOffset);
    let [Ok(1), Err(missing), Err(number), Ok(4), Ok(5)] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert!(missing.contains("$.things[1]"), "{missing}");
    assert!(number.contains("$.things[2]"), "{number}");
    let (_, blocking) = server.clients();
    let mut items = blocking.items(ByOffset);
    let error = items.find_map(Result::err);
    let Some(Error::Record(error)) = error else {
        panic!("an error of a record");
    };
    assert_eq!(error.raw(), r#"{"name":"x"}"#);
    assert_eq!(items.page().map(|page| page.deviations().len()), Some(1));
}

#[test]
fn a_list_that_is_not_there_is_an_error() {
    for body in [
        r#"{"other":1}"#,
        r#"{"things":"gone","total":1}"#,
        "[]",
        "",
        "null",
        r#"{"things":{}}"#,
    ] {
        let server = Server::script(vec![json(body)]);
        let found = read(&server.clients(), &ByOffset);
        assert!(matches!(found.as_slice(), [Err(_)]), "{body}: {found:?}");
    }
    for body in [r#"{"things":[]}"#, r#"{"things":null}"#, "{}"] {
        let server = Server::script(vec![json(body)]);
        assert_eq!(read(&server.clients(), &Optional), [], "{body}");
    }
    let server = Server::script(vec![json(r#"{"things":null,"total":0}"#)]);
    assert_eq!(read(&server.clients(), &ByOffset), []);
    let server = Server::script(vec![
        "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n".to_owned(),
    ]);
    assert_eq!(read(&server.clients(), &ByOffset), []);
}

#[test]
fn a_circle_of_pages_ends_with_an_error() {
    for length in 1..5_usize {
        let server = Server::new(move |_, request, stream| {
            let at: usize = request
                .target()
                .rsplit('=')
                .next()
                .and_then(|at| at.parse().ok())
                .unwrap_or(0);
            let next = (at + 1) % (length + 1);
            let next = if next == 0 {
                "/things?q=x%20y".to_owned()
            } else {
                format!("/things?n={next}")
            };
            write(
                stream,
                &json(&format!(
                    r#"{{"things":[{{"id":{at}}}],"links":{{"next":"{next}"}}}}"#
                )),
            );
        });
        let found = read(&server.clients(), &ByUrl);
        assert_eq!(found.len(), length + 2, "{found:?}");
        let error = found
            .last()
            .and_then(|last| last.as_ref().err())
            .expect("an error");
        assert!(error.contains("would not end"), "{error}");
    }
}

/// A link is a URL or an object that has one.
#[test]
fn a_link_may_be_an_object() {
    let server = Server::script(vec![
        json(r#"{"things":[{"id":1}],"links":{"next":{"href":"/v1/things?page=2"}}}"#),
        json(r#"{"things":[{"id":2}],"links":{"next":null}}"#),
        json(r#"{"things":[{"id":1}],"links":{"next":{"href":"/v1/things?page=2"}}}"#),
        json(r#"{"things":[{"id":2}],"links":{}}"#),
    ]);
    assert_eq!(read(&server.clients(), &ByUrl), [Ok(1), Ok(2)]);
}

#[test]
fn no_page_is_fetched_from_another_server() {
    for url in [
        "https://evil.example/things",
        "//evil.example/",
        "http://api.example.com/v1/things",
        "https://user@api.example.com/v1/things",
        "https://api.example.com:8443/v1/things",
    ] {
        let server = Server::script(vec![json(&format!(
            r#"{{"things":[],"links":{{"next":"{url}"}}}}"#
        ))]);
        let found = read(&server.clients(), &ByUrl);
        assert!(matches!(found.as_slice(), [Err(_)]), "{url}: {found:?}");
        assert_eq!(server.requests().len(), 2, "{url}");
    }
}

/// The server of the description, whatever the path of the base URL is.
#[test]
fn a_page_of_the_described_server_is_fetched_from_the_base_url() {
    let server = Server::new(|_, request, stream| {
        let body = match request.target() {
            "/gateway/api/things?q=x%20y" => {
                r#"{"things":[{"id":1}],"links":{"next":"https://api.example.com/v1/things?page=2"}}"#
            }
            "/gateway/api/things?page=2" => {
                r#"{"things":[{"id":2}],"links":{"next":"https://API.example.com:443/v1/things?page=3"}}"#
            }
            "/gateway/api/things?page=3" => r#"{"things":[{"id":3}],"links":{"next":""}}"#,
            _ => "{}",
        };
        write(stream, &json(body));
    });
    let config = server
        .config()
        .with_base_url(&format!("{}/gateway/api", server.url()))
        .expect("a URL");
    let clients = (
        Client::with_transport(config.clone(), cratewright_runtime::HyperTransport::new()),
        blocking::Client::with_transport(config, blocking::UreqTransport::default()),
    );
    assert_eq!(read(&clients, &ByUrl), [Ok(1), Ok(2), Ok(3)]);
}

#[cfg(feature = "test-util")]
#[cfg(feature = "twilio")]
#[test]
fn a_page_of_the_described_server_is_fetched_from_the_edge() {
    use cratewright_runtime::test_util::MockTransport;
    use cratewright_runtime::{Config, Credentials};

    struct ListTask;

    impl Operation for ListTask {
        type Output = Value;

        const META: Meta = Meta::new(
            "ListTask",
            "GET",
            "https://taskrouter.twilio.com",
            "/v1/Tasks",
        );

        fn encode(&self, _: &mut Encoder<'_>) {}
    }

    impl Paged for ListTask {
        type Item = Thing;

        const PAGING: Paging = Paging::url(&["meta", "next_page_url"]).items(&["tasks"]);
    }

    let mock = MockTransport::new();
    for next in ["\"https://taskrouter.twilio.com/v1/Tasks?Page=1\"", "null"] {
        let page = format!(r#"{{"tasks":[{{"id":1}}],"meta":{{"next_page_url":{next}}}}}"#);
        mock.respond(http::StatusCode::OK, page);
    }
    let config = Config::new(Credentials::none())
        .with_edge("dublin")
        .expect("an edge");
    let client = blocking::Client::with_transport(config, mock.clone());
    assert_eq!(client.items(ListTask).count(), 2);
    let uris: Vec<String> = mock
        .requests()
        .iter()
        .map(|request| request.uri().to_string())
        .collect();
    assert_eq!(
        uris,
        [
            "https://taskrouter.dublin.us1.twilio.com/v1/Tasks",
            "https://taskrouter.dublin.us1.twilio.com/v1/Tasks?Page=1",
        ]
    );
}

#[test]
fn pages_are_responses() {
    let server = by_target(&[
        ("/things", r#"{"things":[{"id":1}],"total":2}"#),
        ("/things?offset=1", r#"{"things":[{"id":2}],"total":2}"#),
    ]);
    let (_, blocking) = server.clients();
    let pages: Vec<Value> = blocking
        .pages(ByOffset)
        .map(|page| page.expect("a page").data)
        .collect();
    assert_eq!(pages.len(), 2);
    assert_eq!(pages[1]["things"][0]["id"], 2);
}
