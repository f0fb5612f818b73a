//! Access tokens: fetched when they are needed, kept, and fetched anew.

use super::{Get, Post};
use crate::support::{Reply, Server, run};
use cratewright_runtime::test_util::MockTransport;
use cratewright_runtime::{
    Client, ClientCredentials, Config, Credentials, Error, Retry, SendErrorKind, Transport,
    blocking,
};
use http::header::AUTHORIZATION;
use http::{Method, StatusCode};
use std::error::Error as _;
use std::time::Duration;

const TOKEN_URL: &str = "https://id.example.com/token";

fn oauth(url: &str) -> Credentials {
    let client = ClientCredentials::new(url, "the id", "cl1ent s3cret")
        .with_scope("read")
        .with_scope("write");
    assert!(!format!("{client:?}").contains("s3cret"));
    Credentials::client_credentials(client)
}

fn grant(token: &str, seconds: u32) -> String {
    format!(r#"{{"access_token": "{token}", "token_type": "Bearer", "expires_in": {seconds}}}"#)
}

#[test]
fn the_request_for_a_token() {
    let mock = MockTransport::new();
    mock.respond(StatusCode::OK, grant("t1", 3600))
        .respond(StatusCode::OK, "{}");
    let client = Client::with_transport(Config::new(oauth(TOKEN_URL)), mock.clone());
    run(client.send(Get)).expect("a success");
    let [token, request] = &mock.requests()[..] else {
        panic!("{mock:?}");
    };
    assert_eq!(
        (token.method(), token.uri().to_string().as_str()),
        (&Method::POST, TOKEN_URL)
    );
    assert_eq!(
        token.headers()["content-type"],
        "application/x-www-form-urlencoded"
    );
    assert!(!token.headers().contains_key(AUTHORIZATION));
    assert_eq!(
        token.body(),
        "grant_type=client_credentials&client_id=the+id&client_secret=cl1ent+s3cret&scope=read+write"
    );
    assert_eq!(request.headers()[AUTHORIZATION], "Bearer t1");
    assert!(request.headers()[AUTHORIZATION].is_sensitive());

    let mock = MockTransport::new();
    mock.respond(StatusCode::OK, grant("t1", 3600))
        .respond(StatusCode::OK, "{}");
    let basic = ClientCredentials::new(TOKEN_URL, "a:b", "c")
        .with_basic()
        .with_audience("d");
    let config = Config::new(Credentials::client_credentials(basic));
    let client = blocking::Client::with_transport(config, mock.clone());
    client.send(Get).expect("a success");
    let token = &mock.requests()[0];
    assert_eq!(token.headers()[AUTHORIZATION], "Basic YSUzQWI6Yw==");
    assert_eq!(token.body(), "grant_type=client_credentials&audience=d");
}

#[test]
fn a_token_is_kept_and_renewed_ahead_of_its_expiry() {
    let mock = MockTransport::new();
    let client = blocking::Client::with_transport(Config::new(oauth(TOKEN_URL)), mock.clone());
    let send = |after: u64| {
        run(Transport::sleep(&mock, Duration::from_secs(after)));
        client.send(Get).expect("a success");
        let requests = mock.requests();
        let last = requests.last().expect("a request");
        let token = last.headers()[AUTHORIZATION]
            .to_str()
            .expect("text")
            .to_owned();
        (requests.len(), token)
    };
    mock.respond(StatusCode::OK, grant("t1", 600));
    mock.respond(StatusCode::OK, "{}")
        .respond(StatusCode::OK, "{}");
    assert_eq!(send(0), (2, "Bearer t1".to_owned()));
    assert_eq!(send(530), (3, "Bearer t1".to_owned()));
    // The token server is down, and the token is good for another minute.
    mock.respond(StatusCode::BAD_REQUEST, "{}")
        .respond(StatusCode::OK, "{}");
    assert_eq!(send(15), (5, "Bearer t1".to_owned()));
    mock.respond(StatusCode::OK, "{}");
    assert_eq!(send(1), (6, "Bearer t1".to_owned()));
    mock.respond(StatusCode::OK, grant("t2", 600))
        .respond(StatusCode::OK, "{}");
    assert_eq!(send(5), (8, "Bearer t2".to_owned()));
    // Some servers write the lifetime as a string.
    let text = r#"{"access_token": "t3", "expires_in": "600"}"#;
    mock.respond(StatusCode::OK, text)
        .respond(StatusCode::OK, "{}")
        .respond(StatusCode::OK, "{}");
    assert_eq!(send(600), (10, "Bearer t3".to_owned()));
    assert_eq!(send(400), (11, "Bearer t3".to_owned()));
}

#[test]
fn a_token_that_is_refused_is_fetched_anew() {
    let mock = MockTransport::new();
    let client = Client::with_transport(Config::new(oauth(TOKEN_URL)), mock.clone());
    mock.respond(StatusCode::OK, grant("t1", 600))
        .respond(StatusCode::UNAUTHORIZED, "{}")
        .respond(StatusCode::OK, grant("t2", 600))
        .respond(StatusCode::OK, "{}");
    run(client.send(Get)).expect("a success");
    mock.respond(StatusCode::UNAUTHORIZED, "{}");
    assert_eq!(
        run(client.send(Post)).expect_err("refused").status(),
        Some(StatusCode::UNAUTHORIZED)
    );
    mock.respond(StatusCode::OK, grant("t3", 600))
        .respond(StatusCode::OK, "{}");
    run(client.send(Post)).expect("a success");
    let requests = mock.requests();
    assert_eq!(requests.len(), 7, "a POST is not repeated");
    assert_eq!(requests[6].headers()[AUTHORIZATION], "Bearer t3");
}

/// A server of tokens and of the API, which takes its time for a token.
fn token_server() -> Server {
    Server::by_request(|request| {
        if request.starts_with("POST /token") {
            std::thread::sleep(Duration::from_millis(150));
            Reply::json("200 OK", &grant("shared", 600))
        } else if request
            .to_ascii_lowercase()
            .contains("authorization: bearer shared")
        {
            Reply::json("200 OK", "{}")
        } else {
            Reply::json("401 Unauthorized", "{}")
        }
    })
}

fn counted(server: &Server) -> (usize, usize) {
    let requests = server.requests();
    let tokens = requests
        .iter()
        .filter(|request| request.starts_with("POST /token"));
    let tokens = tokens.count();
    (tokens, requests.len() - tokens)
}

#[test]
fn one_token_for_many_waiting_requests() {
    let server = token_server();
    let credentials = || oauth(&format!("{}/token", server.url()));
    let client = Client::builder(credentials())
        .base_url(server.url())
        .build()
        .expect("a client");
    run(async {
        let tasks: Vec<_> = (0..16).map(|_| tokio::spawn(client.send(Get))).collect();
        for task in tasks {
            task.await.expect("no panic").expect("a success");
        }
    });
    assert_eq!(counted(&server), (1, 16));

    let client = blocking::Client::builder(credentials());
    let client = client.base_url(server.url()).build().expect("a client");
    std::thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| client.send(Get).expect("a success"));
        }
    });
    assert_eq!(counted(&server), (2, 32));
}

#[test]
fn whoever_gives_up_leaves_the_token_to_the_next() {
    let server = token_server();
    let client = Client::builder(oauth(&format!("{}/token", server.url())));
    let client = client.base_url(server.url()).build().expect("a client");
    run(async {
        let first = tokio::spawn(client.send(Get));
        let second = tokio::spawn(client.send(Get));
        tokio::time::sleep(Duration::from_millis(50)).await;
        first.abort();
        second.await.expect("no panic").expect("a success");
    });
}

#[test]
fn no_token_fails_for_all_and_says_why_without_the_secret() {
    let replies = [
        (
            "401 Oh",
            r#"{"error": "invalid_client", "error_description": "cl1ent s3cret"}"#,
        ),
        ("401 Oh", r#"{"error": "cl1ent s3cret"}"#),
        ("200 OK", "<html>cl1ent s3cret"),
        ("200 OK", r#"{"access_token": "a\nb"}"#),
        ("200 OK", r#"{"access_token": "a", "token_type": "mac"}"#),
    ];
    for (status, body) in replies {
        let server = Server::start(Reply::json(status, body));
        let client = Client::builder(oauth(&server.url())).base_url(server.url());
        let client = client.retry(Retry::never()).build().expect("a client");
        let error = run(client.send(Get)).expect_err("no token");
        let Error::Send(error) = &error else {
            panic!("{error:?}");
        };
        assert_eq!(
            (error.kind(), error.is_connect()),
            (SendErrorKind::Token, true)
        );
        let source = error.source().expect("a reason").to_string();
        assert!(source.contains("the token URL"), "{source}");
        assert!(
            !format!("{error:?} {error} {source}").contains("s3cret"),
            "{error:?}"
        );
        assert_eq!(server.requests().len(), 1);
    }
    let credentials = Credentials::client_credentials(ClientCredentials::new("nowhere", "a", "b"));
    let error = run(Client::new(credentials).send(Get)).expect_err("no URL");
    assert!(matches!(error, Error::Build(_)), "{error:?}");
}
