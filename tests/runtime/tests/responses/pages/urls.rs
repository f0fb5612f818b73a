//! The server that the next page is fetched from.

use super::{ByUrl, Thing, read};
use crate::server::{Server, json, write};
use cratewright_runtime::{Client, Encoder, Meta, Operation, Paged, Paging, blocking};
use serde_json::Value;

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
