//! Layers around attempts and around whole requests, in both clients.

use crate::support::{Reply, Server, run};
use bytes::Bytes;
use cratewright_runtime::test_util::MockTransport;
use cratewright_runtime::{
    BodyStream, Client, ClientCredentials, Config, Credentials, Encoder, Error, LayerResult, Meta,
    Next, Operation, Options, RequestBody, Retry, SendError, SendErrorKind, blocking,
};
use http::{HeaderValue, StatusCode};
use std::sync::{Arc, Mutex};
use std::time::Duration;

#[derive(Debug, Clone, Copy)]
struct Get;

impl Operation for Get {
    type Output = String;

    const META: Meta = Meta::new("Get", "GET", "https://api.example.com", "/x");

    fn encode(&self, _: &mut Encoder<'_>) {}
}

#[derive(Debug, Clone, Copy)]
struct Post;

impl Operation for Post {
    type Output = String;

    const META: Meta = Meta::new("Post", "POST", "https://api.example.com", "/x");

    fn encode(&self, request: &mut Encoder<'_>) {
        request.query("a", &1_i64).form();
    }
}

/// What the layers of a client saw, in order.
type Log = Arc<Mutex<Vec<String>>>;

fn logging(
    log: &Log,
    name: &'static str,
) -> impl Fn(http::Request<RequestBody>, Next) -> LayerFuture + Send + Sync + use<> {
    let log = Arc::clone(log);
    move |request, next| {
        let log = Arc::clone(&log);
        Box::pin(async move {
            let write = |line: String| log.lock().expect("no panic").push(line);
            write(format!("{name} {}", request.method()));
            let result = next.send(request).await;
            match &result {
                Ok(response) => write(format!("{name} {}", response.status().as_u16())),
                Err(error) => write(format!("{name} {error}")),
            }
            result
        })
    }
}

type LayerFuture = cratewright_runtime::BoxFuture<'static, LayerResult>;

fn config() -> Config {
    Config::new(Credentials::none())
        .with_retry(Retry::attempts(3).with_backoff(Duration::ZERO, Duration::ZERO))
}

/// Sends an operation with both clients, each with a mock of its own.
fn with_both<O: Operation<Output = String> + Copy>(
    config: &Config,
    operation: O,
    prepare: impl Fn(&MockTransport),
) -> [(Result<String, Error>, MockTransport); 2] {
    let mocks = [MockTransport::new(), MockTransport::new()];
    mocks.iter().for_each(prepare);
    let [first, second] = mocks;
    let client = Client::with_transport(config.clone(), first.clone());
    let blocking = blocking::Client::with_transport(config.clone(), second.clone());
    let data = |result: Result<cratewright_runtime::Response<String>, Error>| {
        result.map(|response| response.data)
    };
    [
        (data(run(client.send(operation))), first),
        (data(blocking.send(operation)), second),
    ]
}

#[test]
fn layers_are_around_each_attempt_and_around_the_whole() {
    let log = Log::default();
    let config = config()
        .with_layer(logging(&log, "first"))
        .with_layer(logging(&log, "second"))
        .with_outer_layer(logging(&log, "outer"));
    let prepare = |mock: &MockTransport| {
        mock.respond(StatusCode::INTERNAL_SERVER_ERROR, "{}");
        mock.respond(StatusCode::OK, "\"done\"");
    };
    for (result, _) in with_both(&config, Get, prepare) {
        assert_eq!(result.expect("a response"), "done");
    }
    let of_each = [
        "outer GET",
        "first GET",
        "second GET",
        "second 500",
        "first 500",
        "first GET",
        "second GET",
        "second 200",
        "first 200",
        "outer 200",
    ];
    let log = log.lock().expect("no panic");
    assert_eq!(*log, [of_each, of_each].concat());
}

/// Signs what is sent, as a function.
async fn sign(mut request: http::Request<RequestBody>, next: Next) -> LayerResult {
    let length = request.body().as_bytes().map_or(0, Bytes::len);
    let signature = HeaderValue::from(length);
    request.headers_mut().insert("x-signature", signature);
    next.send(request).await
}

/// Responds without sending anything.
async fn cached(_: http::Request<RequestBody>, _: Next) -> LayerResult {
    Ok(http::Response::new(BodyStream::from_bytes(
        "\"cached\"".into(),
    )))
}

async fn refuse(_: http::Request<RequestBody>, _: Next) -> LayerResult {
    Err(SendError::with_source(SendErrorKind::Setup, "not today"))
}

#[test]
fn a_layer_changes_requests_and_responds_itself() {
    let config = config().with_layer(sign);
    let prepare = |mock: &MockTransport| {
        mock.respond(StatusCode::OK, "\"done\"");
    };
    for (result, mock) in with_both(&config, Post, prepare) {
        assert_eq!(result.expect("a response"), "done");
        assert_eq!(mock.requests()[0].headers()["x-signature"], "0");
    }
    for (result, mock) in with_both(&config.clone().with_outer_layer(cached), Get, |_| ()) {
        assert_eq!(result.expect("a response"), "cached");
        assert!(mock.requests().is_empty());
    }
    for (result, mock) in with_both(&config.with_layer(refuse), Get, |_| ()) {
        let error = result.expect_err("refused");
        assert!(matches!(error, Error::Send(error) if error.kind() == SendErrorKind::Setup));
        assert!(mock.requests().is_empty());
    }
}

#[test]
fn the_size_limit_applies_to_what_a_layer_returns() {
    let limits = |config: Config| {
        let mut limits = *config.limits();
        limits.max_response_size = 4;
        config.with_limits(limits)
    };
    for (result, _) in with_both(&limits(config()).with_layer(cached), Get, |_| ()) {
        let error = result.expect_err("too large");
        assert!(matches!(error, Error::Send(error) if error.kind() == SendErrorKind::TooLarge));
    }
}

#[test]
fn requests_for_tokens_and_streams_go_through_layers() {
    let server = Server::by_request(|request| {
        let is_token = request.starts_with("POST /token");
        let body = if is_token {
            r#"{"access_token": "t"}"#
        } else {
            "\"done\""
        };
        Reply::json("200 OK", body)
    });
    let token_url = format!("{}/token", server.url());
    let credentials = ClientCredentials::new(token_url, "id", "s3cret");
    let log = Log::default();
    let client = Client::builder(Credentials::client_credentials(credentials))
        .base_url(server.url())
        .layer(logging(&log, "attempt"))
        .outer_layer(logging(&log, "whole"))
        .build()
        .expect("a client");
    let mut download = run(client.download(Get)).expect("a response");
    let chunk = run(download.chunk()).expect("a chunk").expect("no error");
    assert_eq!(chunk, "\"done\"");
    assert_eq!(
        *log.lock().expect("no panic"),
        [
            "whole GET",
            "attempt POST",
            "attempt 200",
            "attempt GET",
            "attempt 200",
            "whole 200",
        ]
    );
}

#[test]
fn a_rule_of_the_caller_decides_about_retries() {
    let conflict = |mock: &MockTransport| {
        mock.respond(StatusCode::CONFLICT, "{}");
        mock.respond(StatusCode::OK, "\"done\"");
    };
    let config = config();
    let ruled = config
        .clone()
        .with_retry_rule(|attempt| attempt.status() == Some(StatusCode::CONFLICT));
    for (result, mock) in with_both(&ruled, Post, conflict) {
        assert_eq!(result.expect("a response"), "done");
        assert_eq!(mock.requests().len(), 2);
    }
    for (result, mock) in with_both(&config, Post, conflict) {
        assert_eq!(
            result.expect_err("a conflict").status(),
            Some(StatusCode::CONFLICT)
        );
        assert_eq!(mock.requests().len(), 1);
    }
    let mock = MockTransport::new();
    conflict(&mock);
    let client = blocking::Client::with_transport(config, mock.clone());
    let options = Options::new().retry_if(|attempt| attempt.number() == 1);
    client.with(options).send(Post).expect("a response");
}

#[test]
fn a_request_with_an_idempotency_key_is_sent_again() {
    let mock = MockTransport::new();
    mock.respond(StatusCode::BAD_GATEWAY, "{}");
    mock.respond(StatusCode::OK, "\"done\"");
    let client = blocking::Client::with_transport(config(), mock.clone());
    let options = Options::new().idempotency_key(HeaderValue::from_static("k1"));
    client.with(options).send(Post).expect("a response");
    for request in mock.requests() {
        assert_eq!(request.headers()["idempotency-key"], "k1");
    }
    assert_eq!(mock.requests().len(), 2);
}
