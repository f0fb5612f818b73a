//! Who sends the requests, to where, and how that stays a secret.

mod environment;
mod oauth;

use crate::support::{ACCOUNT, Reply, Server, TOKEN};
use cratewright_runtime::test_util::MockTransport;
use cratewright_runtime::{
    Client, Config, Credentials, Encoder, Error, Meta, Operation, Options, blocking,
};
use http::StatusCode;
use http::header::{AUTHORIZATION, HeaderName, HeaderValue};

#[derive(Debug, Clone, Copy)]
struct Get;

impl Operation for Get {
    type Output = ();

    const META: Meta = Meta::new("Get", "GET", "https://flex-api.twilio.com", "/x");

    fn encode(&self, _: &mut Encoder<'_>) {}
}

#[derive(Debug, Clone, Copy)]
struct Post;

impl Operation for Post {
    type Output = ();

    const META: Meta = Meta::new("Post", "POST", "https://flex-api.twilio.com", "/x");

    fn encode(&self, request: &mut Encoder<'_>) {
        request.query("A", &1_i64).form();
    }
}

fn sent(config: &Config, operation: &impl Operation) -> http::Request<bytes::Bytes> {
    operation.to_request(config).expect("a request")
}

#[test]
fn edge_and_region() {
    for (edge, region, host) in [
        (None, None, "flex-api.twilio.com"),
        (Some("dublin"), None, "flex-api.dublin.us1.twilio.com"),
        (None, Some("ie1"), "flex-api.ie1.twilio.com"),
        (
            Some("dublin"),
            Some("ie1"),
            "flex-api.dublin.ie1.twilio.com",
        ),
    ] {
        let mut config = Config::new(Credentials::none());
        if let Some(edge) = edge {
            config = config.with_edge(edge).expect("an edge");
        }
        if let Some(region) = region {
            config = config.with_region(region).expect("a region");
        }
        assert_eq!(
            sent(&config, &Get).uri().to_string(),
            format!("https://{host}/x")
        );
        let config = config.with_base_url("http://127.0.0.1:1/p").expect("a URL");
        assert_eq!(
            sent(&config, &Get).uri().to_string(),
            "http://127.0.0.1:1/p/x"
        );
    }
}

#[test]
fn edge_and_region_of_hosts_that_have_them_and_of_strangers() {
    macro_rules! host {
        ($server:literal, $expected:literal) => {{
            struct There;
            impl Operation for There {
                type Output = ();
                const META: Meta = Meta::new("There", "GET", $server, "/");
                fn encode(&self, _: &mut Encoder<'_>) {}
            }
            let config = Config::new(Credentials::none())
                .with_edge("ashburn")
                .expect("an edge");
            assert_eq!(sent(&config, &There).uri().host(), Some($expected));
        }};
    }
    host!("https://api.au1.twilio.com", "api.ashburn.au1.twilio.com");
    host!(
        "https://api.sydney.au1.twilio.com",
        "api.ashburn.au1.twilio.com"
    );
    host!("https://api.example.com", "api.example.com");
    host!("https://twilio.com", "twilio.com");
    host!("https://eviltwilio.com", "eviltwilio.com");
    host!(
        "https://api.twilio.com.example.com",
        "api.twilio.com.example.com"
    );
}

#[test]
fn what_is_no_part_of_a_host_is_refused() {
    for label in [
        "",
        "a.b",
        "a/b",
        "a@b",
        "-a",
        "a-",
        "ä",
        "a b",
        "evil.com/",
        &"a".repeat(64),
    ] {
        assert!(
            Config::new(Credentials::none()).with_edge(label).is_err(),
            "{label}"
        );
        let client = Client::builder(Credentials::none()).region(label).build();
        assert!(matches!(client, Err(Error::Build(_))), "{label}");
    }
}

#[test]
fn keys_in_headers_queries_and_cookies() {
    let key = "k3y &=/";
    let name = HeaderName::from_static("x-api-key");
    let request = sent(&Config::new(Credentials::header(name, key)), &Get);
    assert_eq!(request.headers()["x-api-key"], key);
    assert!(!request.headers().contains_key(AUTHORIZATION));
    let config = Config::new(Credentials::query("api key", key));
    assert_eq!(
        sent(&config, &Get).uri().query(),
        Some("api%20key=k3y%20%26%3D%2F")
    );
    assert_eq!(
        sent(&config, &Post).uri().query(),
        Some("A=1&api%20key=k3y%20%26%3D%2F")
    );
    let request = sent(&Config::new(Credentials::cookie("session", "k3y")), &Get);
    assert_eq!(request.headers()["cookie"], "session=k3y");
    assert!(!format!("{:?}", request.headers()).contains("k3y"));
}

#[test]
fn user_agent_and_headers() {
    let config = Config::new(Credentials::none())
        .with_product("my-app/1.2")
        .expect("a product")
        .with_header(
            HeaderName::from_static("x-team"),
            HeaderValue::from_static("blue"),
        );
    let request = sent(&config, &Get);
    let expected = "cratewright-runtime/0.0.0 my-app/1.2";
    assert_eq!(request.headers()["user-agent"], expected);
    assert_eq!(request.headers()["x-team"], "blue");
    assert!(!format!("{config:?}").contains("blue"));
    assert!(
        Config::new(Credentials::none())
            .with_product("a\nb")
            .is_err()
    );
}

#[test]
fn one_request_with_its_own_headers_and_credential() {
    let mock = MockTransport::new();
    for _ in 0..4 {
        mock.respond(StatusCode::OK, "{}");
    }
    let config = Config::new(Credentials::auth_token(ACCOUNT, TOKEN));
    let client = blocking::Client::with_transport(config, mock.clone());
    let options = Options::new()
        .credentials(Credentials::bearer("other"))
        .header(
            HeaderName::from_static("x-once"),
            HeaderValue::from_static("1"),
        );
    assert!(!format!("{options:?}").contains("other"));
    client.with(options).send(Get).expect("a success");
    client.send(Get).expect("a success");
    let token = HeaderValue::from_static("Token of-its-own");
    client
        .with(Options::new().header(AUTHORIZATION, token))
        .send(Get)
        .expect("a success");
    let requests = mock.requests();
    assert_eq!(requests[0].headers()[AUTHORIZATION], "Bearer other");
    assert_eq!(requests[0].headers()["x-once"], "1");
    assert!(
        requests[1].headers()[AUTHORIZATION]
            .to_str()
            .expect("text")
            .starts_with("Basic ")
    );
    assert!(!requests[1].headers().contains_key("x-once"));
    let own: Vec<_> = requests[2]
        .headers()
        .get_all(AUTHORIZATION)
        .iter()
        .collect();
    assert_eq!(own, ["Token of-its-own"]);
    assert!(own[0].is_sensitive());
}

/// A server that repeats what it was sent must not bring it into a log.
#[test]
fn an_error_does_not_repeat_the_credential() {
    let echo = || {
        Server::by_request(|request| {
            let header = |name: &str| {
                let mut lines = request.lines().filter_map(|line| line.split_once(": "));
                let found = lines.find(|(key, _)| key.eq_ignore_ascii_case(name));
                found.map(|(_, value)| value.to_owned()).unwrap_or_default()
            };
            let message = format!(
                "no {} {} {} s3cr3t-t0ken\u{1b}[31m\nforged line {}",
                header("authorization"),
                header("x-key"),
                request.split(' ').nth(1).unwrap_or_default(),
                "x".repeat(5000)
            );
            let body = serde_json::json!({"code": "s3cr3t-t0ken", "message": message});
            Reply::json("401 Unauthorized", &body.to_string())
        })
    };
    let secret = "s3cr3t-t0ken";
    for credentials in [
        Credentials::auth_token("AC1", secret),
        Credentials::api_key("AC1", "SK1", secret),
        Credentials::bearer(secret),
        Credentials::header(HeaderName::from_static("x-key"), secret),
        Credentials::query("key", secret),
    ] {
        let server = echo();
        let client = blocking::Client::builder(credentials).base_url(server.url());
        let error = client
            .build()
            .expect("a client")
            .send(Get)
            .expect_err("refused");
        let shown = format!("{error} {error:?} {error:#?}");
        for form in [secret, "QUMxOnMzY3IzdC10MGtlbg", "U0sxOnMzY3IzdC10MGtlbg"] {
            assert!(!shown.contains(form), "{shown}");
        }
        assert!(error.to_string().contains("[redacted]"), "{error}");
        assert!(!error.to_string().contains(['\n', '\u{1b}']), "{error}");
        assert!(error.to_string().len() < 2000);
        let message = error
            .as_api()
            .expect("an reply")
            .message()
            .expect("a message");
        assert!(message.contains(secret), "the accessor has what came");
    }
}
