//! Requests that no operation describes, and what the client is to them; and plain HTTP without
//! certificates.

use crate::support::{ACCOUNT, Reply, Server, TOKEN, run, run_alone};
use http::{HeaderName, HeaderValue, Method};
use serde_json::json;
use twilio_flex::{
    Client, Config, Credentials, Error, RawRequest, SendErrorKind, blocking,
    test_util::MockTransport,
};

const SERVER: &str = "https://api.example.com";

fn clients(url: &str) -> (Client, blocking::Client) {
    let credentials = || Credentials::auth_token(ACCOUNT, TOKEN);
    (
        Client::builder(credentials())
            .base_url(url)
            .build()
            .expect("a client"),
        blocking::Client::builder(credentials())
            .base_url(url)
            .build()
            .expect("a client"),
    )
}

/// Sends with both clients, and returns the status and body that both got, and what the server read.
fn send(replies: &[Reply], request: &RawRequest) -> (u16, Vec<u8>, Vec<String>) {
    let mut outcomes = Vec::new();
    let mut requests = Vec::new();
    for blocks in [false, true] {
        let server = Server::script(replies.to_vec());
        let (client, blocking) = clients(&server.url());
        let outcome = if blocks {
            blocking.send_raw(request.clone())
        } else {
            run(client.send_raw(request.clone()))
        };
        let response = outcome.expect("a response");
        outcomes.push((response.status().as_u16(), response.body().to_vec()));
        requests.push(server.requests());
    }
    assert_eq!(outcomes[0], outcomes[1], "the clients differ");
    assert_eq!(requests[0].len(), requests[1].len(), "the clients differ");
    let (status, body) = outcomes.swap_remove(0);
    (status, body, requests.concat())
}

#[test]
fn the_credential_and_every_status() {
    let request = RawRequest::new(Method::POST, SERVER, "/v1/New?A=b%20c")
        .header(
            HeaderName::from_static("x-new"),
            HeaderValue::from_static("1"),
        )
        .form(&[("Name", "a b"), ("Ä", "&=")]);
    let (status, body, requests) = send(&[Reply::json("404 Not Found", "gone")], &request);
    assert_eq!((status, body.as_slice()), (404, b"gone".as_slice()));
    for request in requests {
        let lower = request.to_ascii_lowercase();
        assert!(
            request.starts_with("POST /v1/New?A=b%20c HTTP/1.1\r\n"),
            "{request}"
        );
        assert!(lower.contains("authorization: basic "), "{request}");
        assert!(lower.contains("x-new: 1\r\n"), "{request}");
        assert!(
            request.ends_with("\r\n\r\nName=a+b&%C3%84=%26%3D"),
            "{request}"
        );
    }
}

#[test]
fn retries_and_limits_apply() {
    let replies = [Reply::json("500 Oh", ""), Reply::json("200 OK", "1")];
    let get = RawRequest::new(Method::GET, SERVER, "/x");
    assert_eq!(send(&replies, &get).0, 200);
    let post = RawRequest::new(Method::POST, SERVER, "/x").json(&json!({"a": 1}));
    assert_eq!(send(&replies, &post).0, 500);
    let server = Server::start(Reply::json("200 OK", &" ".repeat(100)));
    let client = Client::builder(Credentials::none()).base_url(server.url());
    let client = client.max_response_size(99).build().expect("a client");
    match run(client.send_raw(get)) {
        Err(Error::Send(error)) => assert_eq!(error.kind(), SendErrorKind::TooLarge),
        other => panic!("an reply: {other:?}"),
    }
}

#[test]
fn a_body_goes_out_with_any_method() {
    for method in [Method::GET, Method::DELETE, Method::OPTIONS, Method::PATCH] {
        let request = RawRequest::new(method, SERVER, "/x").json(&json!({"a": 1}));
        let (status, _, requests) = send(&[Reply::json("200 OK", "1")], &request);
        assert_eq!(status, 200);
        for request in requests {
            assert!(request.ends_with("\r\n\r\n{\"a\":1}"), "{request}");
        }
    }
}

#[test]
fn no_path_leads_to_another_server() {
    let mock = MockTransport::new();
    let config = Config::new(Credentials::auth_token(ACCOUNT, TOKEN));
    let client = blocking::Client::with_transport(config, mock.clone());
    for path in [
        "",
        "x",
        "@evil.example/",
        ".evil.example/",
        "https://evil.example/",
        ":1/",
        "/a b",
    ] {
        let outcome = client.send_raw(RawRequest::new(Method::GET, SERVER, path));
        assert!(
            matches!(outcome, Err(Error::Build(_))),
            "{path}: {outcome:?}"
        );
    }
    mock.respond(http::StatusCode::OK, "");
    let request = RawRequest::new(Method::GET, SERVER, "//evil.example/");
    client.send_raw(request).expect("a response");
    assert_eq!(mock.requests()[0].uri().host(), Some("api.example.com"));
    let region = Config::new(Credentials::none())
        .with_region("ie1")
        .expect("a region");
    let client = blocking::Client::with_transport(region, mock.clone());
    mock.respond(http::StatusCode::OK, "");
    let request = RawRequest::new(Method::GET, "https://api.twilio.com", "/x");
    client.send_raw(request).expect("a response");
    assert_eq!(mock.requests()[1].uri().host(), Some("api.ie1.twilio.com"));
}

/// Runs in a process of its own, which the test below starts without certificates.
#[test]
#[ignore = "another test runs it, in a process of its own"]
fn sends_without_certificates() {
    let request = RawRequest::new(Method::GET, SERVER, "/x");
    assert_eq!(send(&[Reply::json("200 OK", "1")], &request).0, 200);
    let plain = Server::start(Reply::Blunt(b"no TLS".to_vec()));
    let (client, blocking) = clients(&plain.url().replace("http:", "https:"));
    run(client.send_raw(request.clone())).expect_err("no TLS");
    blocking.send_raw(request).expect_err("no TLS");
}

#[test]
fn plain_http_needs_no_certificates() {
    run_alone("raw::sends_without_certificates", |command| {
        command
            .env("SSL_CERT_FILE", "/nowhere/certificates.pem")
            .env("SSL_CERT_DIR", "/nowhere");
    });
}
