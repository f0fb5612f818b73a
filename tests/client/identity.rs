//! Who sends the requests, to where, and how that stays a secret.

use crate::support::{ACCOUNT, Reply, Server, TOKEN, run};
use cratewright_runtime::test_util::MockTransport;
use cratewright_runtime::{
    Client, ClientCredentials, Config, Credentials, Encoder, Error, Meta, Operation, Options,
    Retry, SendErrorKind, Transport, blocking,
};
use http::header::{AUTHORIZATION, HeaderName, HeaderValue};
use http::{Method, StatusCode};
use std::error::Error as _;
use std::process::Command;
use std::time::Duration;

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

/// Runs in a process of its own, which [`from_env`] starts with other variables.
#[test]
#[ignore = "another test runs it"]
fn prints_what_the_environment_makes() {
    match Config::from_env("TWILIO") {
        Ok(config) => {
            let request = sent(&config, &Get);
            let authorization = request.headers()[AUTHORIZATION].to_str().expect("text");
            let account = config.credentials().account_sid().unwrap_or_default();
            println!("<{} {authorization} {account}>", request.uri());
        }
        Err(error) => println!("<{error}>"),
    }
}

#[test]
fn from_env() {
    let run = |variables: &[(&str, &str)]| {
        let mut command = Command::new(std::env::current_exe().expect("this test"));
        command.args([
            "--exact",
            "identity::prints_what_the_environment_makes",
            "--ignored",
            "--nocapture",
        ]);
        for name in [
            "ACCOUNT_SID",
            "AUTH_TOKEN",
            "API_KEY",
            "API_SECRET",
            "EDGE",
            "REGION",
        ] {
            command.env_remove(format!("TWILIO_{name}"));
        }
        let output = command
            .envs(variables.iter().copied())
            .output()
            .expect("a process");
        let text = String::from_utf8(output.stdout).expect("text");
        let from = text.split_once('<').expect("a line").1;
        from.split_once('>').expect("a line").0.to_owned()
    };
    let account = ("TWILIO_ACCOUNT_SID", "AC1");
    let token = ("TWILIO_AUTH_TOKEN", "s3cret");
    assert_eq!(
        run(&[account, token]),
        "https://flex-api.twilio.com/x Basic QUMxOnMzY3JldA== AC1"
    );
    assert_eq!(
        run(&[
            account,
            token,
            ("TWILIO_EDGE", "dublin"),
            ("TWILIO_REGION", "ie1")
        ]),
        "https://flex-api.dublin.ie1.twilio.com/x Basic QUMxOnMzY3JldA== AC1"
    );
    assert_eq!(
        run(&[
            account,
            token,
            ("TWILIO_API_KEY", "SK1"),
            ("TWILIO_API_SECRET", "s3cret")
        ]),
        "https://flex-api.twilio.com/x Basic U0sxOnMzY3JldA== AC1"
    );
    for (variables, missing) in [
        (vec![], "TWILIO_ACCOUNT_SID"),
        (vec![account], "TWILIO_AUTH_TOKEN"),
        (
            vec![account, ("TWILIO_AUTH_TOKEN", "")],
            "TWILIO_AUTH_TOKEN",
        ),
        (
            vec![account, ("TWILIO_API_KEY", "SK1")],
            "TWILIO_API_SECRET",
        ),
    ] {
        let expected =
            format!("cannot build the client: the environment variable `{missing}` is not set");
        assert_eq!(run(&variables), expected);
    }
    let refused = run(&[account, token, ("TWILIO_EDGE", "evil.example/")]);
    assert!(
        refused.starts_with("cannot build the client: the edge"),
        "{refused}"
    );
}

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
