//! Lists that are returned page by page, in each of their styles, with both clients.

mod bodies;
mod records;
mod urls;

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
