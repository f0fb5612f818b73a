//! No credential shows in any `Debug` or `Display` text, in any error or in any of its sources.

use crate::support::{PATIENCE, Reply, Server, at_once, run, sid};
use std::error::Error as StdError;
use std::fmt::Debug;
use std::net::TcpListener;
use std::time::Duration;
use twilio_flex::interaction_channel::{UpdateChannelStatus, UpdateInteractionChannel};
use twilio_flex::sids::Uo;
use twilio_flex::test_util::MockTransport;
use twilio_flex::{
    Client, Config, Credentials, Encoder, Error, Meta, Operation, Retry, Sid, blocking,
};

/// The planted secret, and the forms that it takes in a request.
const SECRET: &str = "c4n4ry5ecret";
const FORMS: [&str; 4] = [
    SECRET,
    // `AC1:c4n4ry5ecret`, `SK1:c4n4ry5ecret` and `c4n4ry5ecret:c4n4ry5ecret` in Base64.
    "QUMxOmM0bjRyeTVlY3JldA",
    "U0sxOmM0bjRyeTVlY3JldA",
    "YzRuNHJ5NWVjcmV0OmM0bjRyeTVlY3JldA",
];

fn all_credentials() -> Vec<Credentials> {
    vec![
        Credentials::auth_token("AC1", SECRET),
        Credentials::api_key("AC1", "SK1", SECRET),
        Credentials::basic(SECRET, SECRET),
        Credentials::bearer(SECRET),
    ]
}

/// Credentials that no header can carry.
fn broken_credentials() -> Vec<Credentials> {
    vec![
        Credentials::bearer(format!("{SECRET}\n")),
        Credentials::basic(format!("a:{SECRET}"), SECRET),
    ]
}

fn assert_clean(text: &str) {
    for form in FORMS {
        assert!(!text.contains(form), "a secret shows in {text}");
    }
}

fn assert_debug_clean(value: &dyn Debug) {
    assert_clean(&format!("{value:?}"));
    assert_clean(&format!("{value:#?}"));
}

fn assert_error_clean(error: &(dyn StdError + 'static)) {
    let mut next = Some(error);
    while let Some(error) = next {
        assert_debug_clean(&error);
        assert_clean(&error.to_string());
        next = error.source();
    }
}

fn update() -> UpdateInteractionChannel {
    UpdateInteractionChannel::new(sid("KD", 'a'), sid("UO", 'b'), UpdateChannelStatus::Closed)
}

#[test]
fn the_search_finds_what_is_sent() {
    let transport = MockTransport::new();
    for credentials in all_credentials() {
        transport.respond(http::StatusCode::OK, "{}");
        let client = blocking::Client::builder(credentials)
            .transport(transport.clone())
            .build();
        client.expect("a client").send(update()).expect("a success");
    }
    let requests = transport.requests();
    assert_eq!(requests.len(), 4);
    for (request, form) in requests.iter().zip([FORMS[1], FORMS[2], FORMS[3], SECRET]) {
        let value = request.headers()["authorization"].to_str().expect("text");
        assert!(value.contains(form), "{value}");
    }
}

#[test]
fn debug_of_credentials_clients_and_requests() {
    for credentials in all_credentials().into_iter().chain(broken_credentials()) {
        assert_debug_clean(&credentials);
        assert_debug_clean(&Config::new(credentials.clone()));
        assert_debug_clean(&Client::new(credentials.clone()));
        assert_debug_clean(&blocking::Client::new(credentials.clone()));
        match update().to_request(&Config::new(credentials)) {
            Ok(request) => assert_debug_clean(&request),
            Err(error) => assert_error_clean(&error),
        }
    }
}

#[test]
fn an_authorization_parameter_shows_nowhere() {
    struct Insights;
    impl Operation for Insights {
        type Output = ();
        const META: Meta = Meta::new("Insights", "GET", "https://example.com", "/");
        fn encode(&self, request: &mut Encoder<'_>) {
            request.header("Authorization", &SECRET);
        }
    }
    let request = Insights
        .to_request(&Config::new(Credentials::none()))
        .expect("a request");
    assert_debug_clean(&request);
}

#[test]
fn a_base_url_with_a_credential_is_refused_without_it() {
    for url in [
        "https://AC1:c4n4ry5ecret@example.com",
        "https://c4n4ry5ecret@/",
        "c4n4ry5ecret:@",
    ] {
        let error = Client::builder(Credentials::none())
            .base_url(url)
            .build()
            .expect_err("refused");
        assert_error_clean(&error);
        let error = blocking::Client::builder(Credentials::none())
            .base_url(url)
            .build();
        assert_error_clean(&error.expect_err("refused"));
    }
    let error = Client::builder(Credentials::none())
        .user_agent(format!("{SECRET}\n"))
        .build();
    assert_error_clean(&error.expect_err("refused"));
}

#[test]
fn errors_of_building() {
    struct Keyed;
    impl Operation for Keyed {
        type Output = ();
        const META: Meta = Meta::new("Keyed", "GET", "https://example.com", "/");
        fn encode(&self, request: &mut Encoder<'_>) {
            request.header("X-Key", &format!("{SECRET}\n"));
        }
    }
    assert_error_clean(&Sid::<Uo>::parse(SECRET).expect_err("no SID"));
    assert_error_clean(&Sid::<Uo>::parse(&format!("{SECRET:x<34}")).expect_err("no SID"));
    assert_error_clean(&Sid::<Uo>::parse(&format!("UO{SECRET:x<32}")).expect_err("no SID"));
    assert_error_clean(
        &Keyed
            .to_request(&Config::new(Credentials::none()))
            .expect_err("no header"),
    );
}

/// Sends with both clients and every credential, and searches what comes of it.
fn send_and_search(url: &str) {
    at_once(all_credentials(), |credentials| {
        let builder = Client::builder(credentials.clone());
        let client = builder
            .base_url(url)
            .timeout(PATIENCE)
            .retry(Retry::attempts(2).with_backoff(Duration::ZERO, Duration::ZERO))
            .max_response_size(100)
            .build();
        search(&run(client.expect("a client").send(update())));
        let builder = blocking::Client::builder(credentials);
        let client = builder
            .base_url(url)
            .timeout(PATIENCE)
            .retry(Retry::attempts(2).with_backoff(Duration::ZERO, Duration::ZERO))
            .max_response_size(100)
            .build();
        search(&client.expect("a client").send(update()));
    });
}

fn search<T: Debug>(outcome: &Result<T, Error>) {
    assert_debug_clean(outcome);
    if let Err(error) = outcome {
        assert_error_clean(error);
    }
}

#[test]
fn outcomes_of_sending() {
    let endless = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".to_vec();
    let replies = [
        Reply::Reset,
        Reply::Bytes(b"garbage\r\n\r\n".to_vec()),
        Reply::Bytes(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{".to_vec()),
        Reply::Stall(Vec::new()),
        Reply::Endless(endless),
        Reply::json(
            "401 Unauthorized",
            r#"{"code": 20003, "message": "Authenticate"}"#,
        ),
        Reply::json("200 OK", "<html>"),
        Reply::json("200 OK", "{}"),
        Reply::with_headers("302 Found", &["Location: http://127.0.0.1:1/"], ""),
    ];
    at_once(replies, |reply| {
        send_and_search(&Server::start(reply).url());
    });
}

#[test]
fn outcomes_without_a_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    send_and_search(&format!("http://{address}"));
    send_and_search(&format!("https://{address}"));
    send_and_search("http://nowhere.invalid");
    let plain = Server::start(Reply::Blunt(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec()));
    send_and_search(&plain.url().replace("http:", "https:"));
}

/// The values of a response may be personal data: they show in neither the reasons nor the errors.
#[test]
fn reasons_repeat_no_value() {
    let body = format!(
        r#"{{"sid": "{SECRET}", "error_code": "{SECRET}", "interaction_sid": "KD{SECRET:x<32}",
            "links": {{"a": ["{SECRET}"]}}, "type": ["{SECRET}"]}}"#
    );
    let response =
        UpdateInteractionChannel::decode(http::Response::new(body.into())).expect("a success");
    assert_eq!(response.deviations().len(), 5);
    assert_debug_clean(&response);
    for deviation in response.deviations() {
        assert_clean(&deviation.to_string());
    }
    for body in [
        format!("\"{SECRET}\""),
        format!("{{\"{SECRET}"),
        format!("<{SECRET}>"),
    ] {
        let error = UpdateInteractionChannel::decode(http::Response::new(body.into()));
        assert_error_clean(&error.expect_err("nothing to salvage"));
    }
}
