//! Lists, in each of their styles, with both clients; and where they may not lead.

use crate::support::{ACCOUNT, Reply, Server, TOKEN, run};
use serde_json::Value;
use std::pin::pin;
use std::task::{Context, Waker};
use twilio_flex::runtime::decode::{Mismatch, Node};
use twilio_flex::{
    Client, Credentials, Decode, Encoder, Error, Field, Meta, Operation, PageMeta, Paged, Paging,
    Retry, blocking,
};

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

#[derive(Debug, Default)]
struct Things {
    meta: Option<PageMeta>,
}

impl Decode for Things {
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        let [meta] = node.members(&["meta"])?;
        Ok(Self {
            meta: meta.optional_or_null(),
        })
    }
}

/// `meta.next_page_url`, an absolute URL.
#[derive(Debug, Clone, Default)]
struct ListThings {
    page_size: Field<i64>,
}

impl Operation for ListThings {
    type Output = Things;

    const META: Meta = Meta::new("ListThings", "GET", "https://example.com", "/v1/Things");

    fn encode(&self, request: &mut Encoder<'_>) {
        request.query("PageSize", &self.page_size);
    }
}

impl Paged for ListThings {
    type Item = Thing;

    const PAGING: Paging = Paging::url(&["meta", "next_page_url"])
        .items(&["things"])
        .size("PageSize", Some(1), Some(1000));
}

/// An operation whose list has another style.
macro_rules! list {
    ($name:ident, $paging:expr) => {
        #[derive(Debug, Clone)]
        struct $name;

        impl Operation for $name {
            type Output = Value;

            const META: Meta = Meta::new(stringify!($name), "GET", "https://example.com", "/a");

            fn encode(&self, request: &mut Encoder<'_>) {
                request.query("Filter", &"x y");
            }
        }

        impl Paged for $name {
            type Item = Thing;

            const PAGING: Paging = $paging;
        }
    };
}

list!(ByUri, Paging::url(&["next_page_uri"]).items(&["records"]));
list!(
    ByToken,
    Paging::token("Token", &["next_token"]).items(&["records"])
);
list!(
    ByIndex,
    Paging::offset("startIndex", 1)
        .items(&["Resources"])
        .total(&["totalResults"])
);
list!(Unpaged, Paging::link().items(&["records"]));

fn clients(url: &str) -> (Client, blocking::Client) {
    let credentials = || Credentials::auth_token(ACCOUNT, TOKEN);
    (
        Client::builder(credentials())
            .base_url(url)
            .retry(Retry::never())
            .build()
            .expect("a client"),
        blocking::Client::builder(credentials())
            .base_url(url)
            .retry(Retry::never())
            .build()
            .expect("a client"),
    )
}

/// The ids of a list with both clients, and how it ended.
fn walk<O>(url: &str, list: &O) -> (Vec<i64>, Option<Error>)
where
    O: Paged<Item = Thing> + Clone,
{
    let (client, blocking) = clients(url);
    let mut stream = client.items(list.clone());
    let first = run(async {
        let mut all = Vec::new();
        while let Some(item) = stream.next().await {
            all.push(item);
        }
        assert!(stream.next().await.is_none(), "it goes on after its end");
        all
    });
    let second: Vec<_> = blocking.items(list.clone()).collect();
    let [first, second] = [first, second].map(|all| {
        let mut ids = Vec::new();
        let mut end = None;
        for item in all {
            match item {
                Ok(thing) => ids.push(thing.id),
                Err(error) => end = Some(error),
            }
        }
        (ids, end)
    });
    assert_eq!(
        format!("{first:?}"),
        format!("{second:?}"),
        "the clients differ"
    );
    first
}

/// Replies by the target of the request: a JSON body, or 404.
fn pages(pages: &'static [(&str, &str)]) -> Server {
    Server::by_request(move |request| {
        let target = request.split(' ').nth(1).unwrap_or_default();
        let host = request
            .lines()
            .find_map(|line| {
                line.to_ascii_lowercase()
                    .strip_prefix("host: ")
                    .map(str::to_owned)
            })
            .unwrap_or_default();
        match pages.iter().find(|(path, _)| *path == target) {
            Some((_, body)) => Reply::json("200 OK", &body.replace("{host}", &host)),
            None => Reply::json("404 Not Found", "{}"),
        }
    })
}

#[test]
fn next_page_url() {
    let server = pages(&[
        (
            "/v1/Things?PageSize=1000",
            r#"{"things": [{"id": 1}, {"id": 2}],
                "meta": {"page": 0, "next_page_url": "http://{host}/v1/Things?Page=1&PageToken=x%2Fy"}}"#,
        ),
        (
            "/v1/Things?Page=1&PageToken=x%2Fy",
            r#"{"things": [], "meta": {"page": 1, "next_page_url": "http://{host}/v1/Things?Page=2"}}"#,
        ),
        (
            "/v1/Things?Page=2",
            r#"{"things": [{"id": 3}], "meta": {"page": 2, "next_page_url": null}}"#,
        ),
    ]);
    let list = ListThings {
        page_size: Field::Value(9999),
    };
    let (ids, end) = walk(&server.url(), &list);
    assert!(end.is_none(), "{end:?}");
    assert_eq!(ids, [1, 2, 3]);
    let requests = server.requests();
    assert_eq!(requests.len(), 6);
    for request in requests {
        assert!(
            request
                .to_ascii_lowercase()
                .contains("authorization: basic ")
        );
    }
}

#[test]
fn pages_have_their_own_paging_fields() {
    let server = pages(&[(
        "/v1/Things",
        r#"{"things": [], "meta": {"page": 0, "page_size": 50, "key": "things"}}"#,
    )]);
    let (client, blocking) = clients(&server.url());
    let mut stream = client.pages(ListThings::default());
    let page = run(stream.next()).expect("a page").expect("a success");
    let meta = page.data.meta.as_ref().expect("paging fields");
    assert_eq!((meta.page, meta.page_size), (Some(0), Some(50)));
    assert!(run(stream.next()).is_none());
    let mut pages = blocking.pages(ListThings::default());
    assert_eq!(
        pages.next().expect("a page").expect("a success").status(),
        200
    );
    assert!(pages.next().is_none());
}

#[test]
fn relative_uris() {
    let server = pages(&[
        (
            "/a?Filter=x%20y",
            r#"{"records": [{"id": 1}], "next_page_uri": "/a?Page=1"}"#,
        ),
        (
            "/a?Page=1",
            r#"{"records": [{"id": 2}], "next_page_uri": "?Page=2"}"#,
        ),
        (
            "/a?Page=2",
            r#"{"records": [{"id": 3}], "next_page_uri": ""}"#,
        ),
    ]);
    assert_eq!(walk(&server.url(), &ByUri).0, [1, 2, 3]);
}

#[test]
fn relative_uris_behind_a_base_path() {
    let server = pages(&[
        (
            "/proxy/a?Filter=x%20y",
            r#"{"records": [{"id": 1}], "next_page_uri": "/a?Page=1"}"#,
        ),
        (
            "/proxy/a?Page=1",
            r#"{"records": [{"id": 2}], "next_page_uri": "/proxy/a?Page=2"}"#,
        ),
        ("/proxy/a?Page=2", r#"{"records": [{"id": 3}]}"#),
    ]);
    assert_eq!(
        walk(&format!("{}/proxy/", server.url()), &ByUri).0,
        [1, 2, 3]
    );
}

#[test]
fn tokens() {
    let server = pages(&[
        (
            "/a?Filter=x%20y",
            r#"{"records": [{"id": 1}], "next_token": "a&b"}"#,
        ),
        (
            "/a?Filter=x%20y&Token=a%26b",
            r#"{"records": [{"id": 2}], "next_token": "c"}"#,
        ),
        (
            "/a?Filter=x%20y&Token=c",
            r#"{"records": [{"id": 3}], "next_token": null}"#,
        ),
    ]);
    assert_eq!(walk(&server.url(), &ByToken).0, [1, 2, 3]);
}

#[test]
fn indices() {
    let server = pages(&[
        (
            "/a?Filter=x%20y",
            r#"{"Resources": [{"id": 1}, {"id": 2}], "totalResults": 3}"#,
        ),
        (
            "/a?Filter=x%20y&startIndex=3",
            r#"{"Resources": [{"id": 3}], "totalResults": 3}"#,
        ),
    ]);
    assert_eq!(walk(&server.url(), &ByIndex).0, [1, 2, 3]);
}

#[test]
fn a_list_without_pages() {
    let server = pages(&[("/a?Filter=x%20y", r#"{"records": [{"id": 1}]}"#)]);
    assert_eq!(walk(&server.url(), &Unpaged).0, [1]);
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn nothing_is_sent_before_it_is_asked_for() {
    let server = pages(&[]);
    let (client, blocking) = clients(&server.url());
    drop(client.pages(ListThings::default()));
    drop(client.items(ListThings::default()));
    drop(blocking.items(ListThings::default()));
    assert_eq!(server.requests(), [""; 0]);
}

#[test]
fn streams_are_streams() {
    fn is_stream<S: futures_core::Stream + Send + Unpin>(_: &S) {}
    let (client, _) = clients("http://127.0.0.1:9");
    is_stream(&client.pages(ListThings::default()));
    is_stream(&client.items(ListThings::default()));
}

#[test]
fn a_dropped_call_of_next_loses_nothing() {
    let server = pages(&[("/v1/Things", r#"{"things": [{"id": 1}]}"#)]);
    let (client, _) = clients(&server.url());
    let mut items = client.items(ListThings::default());
    let ids = run(async {
        let polled = {
            let mut next = pin!(items.next());
            next.as_mut()
                .poll(&mut Context::from_waker(Waker::noop()))
                .is_ready()
        };
        assert!(!polled, "a request takes longer than a poll");
        items.next().await.map(|item| item.expect("a success").id)
    });
    assert_eq!(ids, Some(1));
    assert_eq!(server.requests().len(), 1);
}

/// Every way to name another server. The credential must not get there.
#[test]
fn no_page_is_fetched_from_another_server() {
    let thief = Server::start(Reply::json("200 OK", r#"{"records": []}"#));
    let elsewhere = thief.url().replace("http://", "");
    let port = elsewhere.rsplit(':').next().expect("a port").to_owned();
    for url in [
        format!("http://{elsewhere}/a"),
        format!("//{elsewhere}/a"),
        format!("/\\{elsewhere}/a"),
        format!("https://{elsewhere}/a"),
        format!("http://localhost:{port}/a"),
        format!("http://{{host}}@{elsewhere}/a"),
        "http://user:password@{host}/a".to_owned(),
        format!("{elsewhere}/a"),
        "https://{host}/a".to_owned(),
        "http://127.0.0.1/a".to_owned(),
        "http://127.0.0.1.:1/a".to_owned(),
        "ftp://{host}/a".to_owned(),
        "a b".to_owned(),
        "http:///a".to_owned(),
    ] {
        let server = Server::by_request(move |request| {
            let host = request.lines().find_map(|line| {
                line.to_ascii_lowercase()
                    .strip_prefix("host: ")
                    .map(str::to_owned)
            });
            let url = url.replace("{host}", &host.unwrap_or_default());
            let body = serde_json::json!({"records": [{"id": 1}], "next_page_uri": url});
            Reply::json("200 OK", &body.to_string())
        });
        let (ids, end) = walk(&server.url(), &ByUri);
        assert_eq!(ids, [1]);
        let error = end.expect("refused");
        assert!(matches!(error, Error::Page(_)), "{error:?}");
        assert!(!error.to_string().contains(TOKEN), "{error}");
        assert_eq!(server.requests().len(), 2);
    }
    assert_eq!(thief.requests(), [""; 0]);
}

#[test]
fn no_redirect_is_followed() {
    let thief = Server::start(Reply::json("200 OK", "{}"));
    for status in [
        "301 Moved",
        "302 Found",
        "303 See Other",
        "307 Temporary",
        "308 Permanent",
    ] {
        let location = format!("Location: {}/a", thief.url());
        let server = Server::start(Reply::with_headers(status, &[&location], ""));
        let (_, end) = walk(&server.url(), &ByUri);
        assert!(matches!(end, Some(Error::Api(_))), "{end:?}");
        assert_eq!(server.requests().len(), 2);
    }
    assert_eq!(thief.requests(), [""; 0]);
}

#[test]
fn a_page_that_names_itself_ends_the_list() {
    let server = pages(&[(
        "/a?Filter=x%20y",
        r#"{"records": [], "next_page_uri": "/a?Filter=x%20y"}"#,
    )]);
    let (_, end) = walk(&server.url(), &ByUri);
    assert!(matches!(end, Some(Error::Page(_))), "{end:?}");
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn an_error_ends_the_list() {
    let server = pages(&[(
        "/a?Filter=x%20y",
        r#"{"records": [{"id": 1}], "next_page_uri": "/gone"}"#,
    )]);
    let (ids, end) = walk(&server.url(), &ByUri);
    assert_eq!(ids, [1]);
    assert_eq!(
        end.and_then(|error| error.status())
            .map(|status| status.as_u16()),
        Some(404)
    );
}
