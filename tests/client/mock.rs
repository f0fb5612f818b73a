//! The transport for users' own tests.

use crate::support::{ACCOUNT, TOKEN, run, sid};
use http::StatusCode;
use serde_json::json;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};
use twilio_flex::interaction_channel::{
    InteractionChannel, UpdateChannelStatus, UpdateInteractionChannel,
};
use twilio_flex::test_util::MockTransport;
use twilio_flex::{
    ApiError, Client, Config, Credentials, Encoder, Error, Meta, Operation, SendError,
    SendErrorKind, blocking,
};

fn update(status: UpdateChannelStatus) -> UpdateInteractionChannel {
    UpdateInteractionChannel::new(sid("KD", 'a'), sid("UO", 'b'), status)
        .routing(json!({"status": "closed"}))
}

fn clients(mock: &MockTransport) -> (Client, blocking::Client) {
    let config = Config::new(Credentials::auth_token(ACCOUNT, TOKEN));
    (
        Client::with_transport(config.clone(), mock.clone()),
        blocking::Client::with_transport(config, mock.clone()),
    )
}

#[test]
fn expects_an_operation_and_answers_with_a_typed_value() {
    let mock = MockTransport::new();
    let mut channel = InteractionChannel::default();
    channel.error_code = Some(7);
    let inactive = update(UpdateChannelStatus::Inactive);
    mock.expect(&inactive)
        .respond(&channel)
        .expect(&inactive)
        .respond(&channel);
    let (client, blocking) = clients(&mock);
    let replies = [
        run(client.send(&inactive)).expect("a success"),
        blocking.send(&inactive).expect("a success"),
    ];
    for reply in replies {
        assert_eq!(reply.data, channel);
        assert!(reply.deviations().is_empty());
    }
    mock.verify();
}

#[test]
fn a_credential_in_the_query_is_not_compared() {
    let credentials = Credentials::query("api key", "secret").with_account_sid(ACCOUNT);
    let mock = MockTransport::new();
    let inactive = update(UpdateChannelStatus::Inactive);
    mock.expect(&inactive)
        .respond(&InteractionChannel::default());
    let client = blocking::Client::with_transport(Config::new(credentials), mock.clone());
    client.send(&inactive).expect("a success");
    mock.verify();
    let requests = mock.requests();
    let sent = requests.iter().map(|request| request.uri().query());
    assert_eq!(sent.collect::<Vec<_>>(), [Some("api%20key=secret")]);
}

#[test]
fn answers_with_a_refusal_an_error_and_a_delay() {
    let mock = MockTransport::new();
    let (_, client) = clients(&mock);
    let closed = update(UpdateChannelStatus::Closed);
    mock.expect(&closed)
        .respond_json(StatusCode::CONFLICT, &json!({"code": 45007}));
    let error = client.send(&closed).expect_err("refused");
    assert_eq!(error.as_api().and_then(ApiError::code), Some(45007));
    mock.expect(&closed)
        .fail(SendError::new(SendErrorKind::Broken));
    assert!(matches!(client.send(&closed), Err(Error::Send(_))));
    let begin = Instant::now();
    mock.expect(&closed)
        .after(Duration::from_secs(20))
        .respond(&InteractionChannel::default());
    client.send(&closed).expect("a success in time");
    mock.expect(&closed)
        .after(Duration::from_hours(1))
        .respond(&InteractionChannel::default());
    assert!(client.send(&closed).expect_err("too late").is_timeout());
    assert!(
        begin.elapsed() < Duration::from_secs(10),
        "the clock is the mock's own"
    );
    mock.verify();
}

#[test]
fn shows_what_was_sent_instead() {
    let mock = MockTransport::new();
    mock.expect(&update(UpdateChannelStatus::Inactive))
        .respond(&InteractionChannel::default());
    let (client, _) = clients(&mock);
    let error = run(client.send(update(UpdateChannelStatus::Closed))).expect_err("not expected");
    let path = format!(
        "/v1/Interactions/KD{}/Channels/UO{}",
        "a".repeat(32),
        "b".repeat(32)
    );
    let diff = format!(
        "\x20 POST {path}\n\x20 content-type: application/x-www-form-urlencoded\n\
         - | Status=inactive\n+ | Status=closed\n\x20 | Routing={{\"status\":\"closed\"}}\n"
    );
    assert!(format!("{error:?}").contains(&diff), "{error:?}");
    assert!(!format!("{error:?}").contains("Basic"), "{error:?}");
    let panic = catch_unwind(AssertUnwindSafe(|| mock.verify())).expect_err("not met");
    let report = panic.downcast_ref::<String>().expect("a report");
    assert!(report.contains(&diff), "{report}");
    assert!(report.contains("expected, but not sent:"), "{report}");
}

#[test]
fn says_that_nothing_was_expected() {
    let mock = MockTransport::new();
    let (client, _) = clients(&mock);
    let error = run(client.send(update(UpdateChannelStatus::Closed))).expect_err("not expected");
    assert!(
        format!("{error:?}").contains("no response is left:\n  POST /v1/Inter"),
        "{error:?}"
    );
    assert_eq!(mock.requests().len(), 1, "it is not sent again");
}

#[test]
fn leaves_account_server_and_order_open() {
    struct Of(&'static str);
    impl Operation for Of {
        type Output = serde_json::Value;
        const META: Meta = Meta::new("Of", "GET", "https://a.example", "/Accounts/{A}/x/{B}");
        fn encode(&self, request: &mut Encoder<'_>) {
            request
                .account(&None::<String>)
                .path(&self.0)
                .query("Q", &"a b");
        }
    }
    let mock = MockTransport::new();
    mock.expect(&Of("1"))
        .respond(&json!(1))
        .expect(&Of("2"))
        .respond(&json!(2));
    let config = Config::new(Credentials::auth_token(ACCOUNT, TOKEN));
    let config = config
        .with_base_url("http://127.0.0.1:1/prefix")
        .expect("a URL");
    let client = blocking::Client::with_transport(config, mock.clone());
    assert_eq!(client.send(Of("2")).expect("a success").data, json!(2));
    assert_eq!(client.send(Of("1")).expect("a success").data, json!(1));
    mock.verify();
}

/// A request whose description names no server, or a path only.
#[derive(Debug, Clone, Copy)]
struct Relative<const HAS_PATH: bool>;

impl<const HAS_PATH: bool> Operation for Relative<HAS_PATH> {
    type Output = String;

    const META: Meta = Meta::new("Relative", "GET", if HAS_PATH { "/api" } else { "" }, "/x");

    fn encode(&self, _: &mut Encoder<'_>) {}
}

#[test]
fn expects_operations_of_descriptions_without_a_server() {
    fn check<O: Operation<Output = String> + Copy>(operation: O) {
        let mock = MockTransport::new();
        mock.expect(&operation).respond(&"done".to_owned());
        let config = Config::new(Credentials::none());
        let config = config.with_base_url("http://test/base").expect("a URL");
        let client = blocking::Client::with_transport(config, mock.clone());
        assert_eq!(client.send(operation).expect("a response").data, "done");
        mock.verify();
    }
    check(Relative::<true>);
    check(Relative::<false>);
}
