//! What goes over the wire: the bytes of every request of the five operations, and the rules of
//! encoding.

use crate::support::{ACCOUNT, Reply, Server, Settings, TOKEN, send_with_both, sid, version};
use serde_json::{Value, json};
use twilio_flex::channel::{CreateChannel, CreateChannelParams};
use twilio_flex::interaction::UpdateInteraction;
use twilio_flex::interaction_channel::{UpdateChannelStatus, UpdateInteractionChannel};
use twilio_flex::interaction_channel_participant::{Status, UpdateInteractionChannelParticipant};
use twilio_flex::web_channel::{ChatStatus, UpdateWebChannel};
use twilio_flex::{Auth, Config, Credentials, Encoder, Meta, Operation};

/// The `Authorization` header of the tests' account: `printf '%s' "$ACCOUNT:an auth token" |
/// base64`.
const AUTHORIZATION: &str =
    "Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMTphbiBhdXRoIHRva2Vu";

fn config() -> Config {
    Config::new(Credentials::auth_token(ACCOUNT, TOKEN))
}

/// Method, URL, the headers by name, and the body.
fn shown(operation: &impl Operation) -> String {
    let request = operation.to_request(&config()).expect("a request");
    let mut headers: Vec<String> = request
        .headers()
        .iter()
        .map(|(name, value)| format!("{name}: {}\n", value.to_str().expect("text")))
        .collect();
    headers.sort();
    let body = std::str::from_utf8(request.body()).expect("text");
    format!(
        "{} {}\n{}\n{body}",
        request.method(),
        request.uri(),
        headers.concat()
    )
}

fn expected(path: &str, body: &str) -> String {
    format!(
        "POST https://flex-api.twilio.com{path}\n\
         accept: application/json\n\
         authorization: {AUTHORIZATION}\n\
         content-type: application/x-www-form-urlencoded\n\
         user-agent: twilio-flex/{}\n\
         \n\
         {body}",
        version(),
    )
}

fn create_channel() -> CreateChannel {
    CreateChannel::new(CreateChannelParams {
        flex_flow_sid: sid("FO", 'a'),
        identity: "abc".into(),
        chat_user_friendly_name: "friendly2".into(),
        chat_friendly_name: "friendly1".into(),
    })
}

fn update_interaction_channel(status: UpdateChannelStatus) -> UpdateInteractionChannel {
    UpdateInteractionChannel::new(sid("KD", 'a'), sid("UO", 'b'), status)
}

#[test]
fn create_channel_with_every_field() {
    let request = create_channel()
        .long_lived(true)
        .task_attributes("{}")
        .task_sid(sid("WT", 'a'))
        .pre_engagement_data(json!({}))
        .chat_unique_name("unique")
        .target("def");
    let body = "FlexFlowSid=FOaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa&Identity=abc\
                &ChatUserFriendlyName=friendly2&ChatFriendlyName=friendly1&Target=def\
                &ChatUniqueName=unique&PreEngagementData=%7B%7D\
                &TaskSid=WTaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa&TaskAttributes=%7B%7D&LongLived=true";
    assert_eq!(shown(&request), expected("/v1/Channels", body));
}

#[test]
fn create_channel_with_cleared_fields() {
    let cleared = create_channel()
        .task_sid(sid("WT", 'a'))
        .clear_task_sid()
        .clear_long_lived();
    assert!(shown(&cleared).ends_with("&TaskSid=&LongLived="));
}

#[test]
fn update_web_channel() {
    let request = UpdateWebChannel::new(sid("CH", 'a'))
        .chat_status(ChatStatus::Inactive)
        .post_engagement_data("{}");
    let path = "/v1/WebChannels/CHaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    assert_eq!(
        shown(&request),
        expected(path, "ChatStatus=inactive&PostEngagementData=%7B%7D")
    );
}

#[test]
fn update_web_channel_with_no_field_sends_an_empty_form() {
    let path = "/v1/WebChannels/CHaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    assert_eq!(
        shown(&UpdateWebChannel::new(sid("CH", 'a'))),
        expected(path, "")
    );
}

#[test]
fn update_interaction() {
    let request = UpdateInteraction::new(sid("KD", 'a'))
        .webhook_ttid("flex_interactionwebhook_01jke8z8vte4ette30t5w9h081");
    let path = "/v1/Interactions/KDaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    let body = "WebhookTtid=flex_interactionwebhook_01jke8z8vte4ette30t5w9h081";
    assert_eq!(shown(&request), expected(path, body));
}

#[test]
fn update_interaction_channel_with_and_without_routing() {
    let path = "/v1/Interactions/KDaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\
                /Channels/UObbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    let closed = update_interaction_channel(UpdateChannelStatus::Closed);
    assert_eq!(shown(&closed), expected(path, "Status=closed"));
    let inactive = update_interaction_channel(UpdateChannelStatus::Inactive)
        .routing(json!({"status": "closed"}));
    let body = "Status=inactive&Routing=%7B%22status%22%3A%22closed%22%7D";
    assert_eq!(shown(&inactive), expected(path, body));
}

#[test]
fn update_interaction_channel_participant() {
    let request = UpdateInteractionChannelParticipant::new(
        sid("KD", 'a'),
        sid("UO", 'b'),
        sid("UT", 'c'),
        Status::Closed,
    );
    let path = "/v1/Interactions/KDaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\
                /Channels/UObbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\
                /Participants/UTcccccccccccccccccccccccccccccccc";
    assert_eq!(shown(&request), expected(path, "Status=closed"));
}

#[test]
fn both_clients_send_the_same_bytes() {
    let server = Server::start(Reply::json("200 OK", "{}"));
    let request = UpdateWebChannel::new(sid("CH", 'a')).chat_status(ChatStatus::Inactive);
    for request in [request, UpdateWebChannel::new(sid("CH", 'a'))] {
        for outcome in send_with_both(&server.url(), Settings::default(), &request) {
            outcome.expect("a success");
        }
    }
    let requests: Vec<_> = server
        .requests()
        .iter()
        .map(|request| comparable(request))
        .collect();
    let [first, second, third, fourth] = requests.as_slice() else {
        panic!("four requests, not {requests:#?}");
    };
    assert_eq!(first, second);
    assert_eq!(third, fourth);
    assert!(
        first.contains(&format!("authorization: {AUTHORIZATION}")),
        "{first:#?}"
    );
    assert!(
        first.contains(&"content-length: 19".to_owned()),
        "{first:#?}"
    );
    assert_eq!(
        first.last().map(String::as_str),
        Some("ChatStatus=inactive")
    );
    assert!(
        third.contains(&"content-length: 0".to_owned()),
        "{third:#?}"
    );
    let form = "content-type: application/x-www-form-urlencoded".to_owned();
    assert!(first.contains(&form) && third.contains(&form));
}

/// The request line, the headers in lower case and in order, and the body; without the host's port.
fn comparable(request: &str) -> Vec<String> {
    let (head, body) = request.split_once("\r\n\r\n").expect("a whole request");
    let mut lines = head.lines();
    let first = lines.next().expect("a request line").to_owned();
    let mut headers: Vec<String> = lines
        .filter_map(|line| line.split_once(": "))
        .filter(|(name, _)| !name.eq_ignore_ascii_case("host"))
        .map(|(name, value)| format!("{}: {value}", name.to_ascii_lowercase()))
        .collect();
    headers.sort();
    [first]
        .into_iter()
        .chain(headers)
        .chain([body.to_owned()])
        .collect()
}

/// Twilio's services take JSON text in the fields of forms that have no type.
#[test]
fn json_in_a_field_is_encoded_once() {
    let body =
        |routing: Value| shown(&update_interaction_channel("inactive".into()).routing(routing));
    let compact = body(json!({"status": "closed"}));
    assert_eq!(body(r#"{"status":"closed"}"#.into()), compact);
    assert!(
        body("{ \"status\" : \"closed\" }".into())
            .ends_with("=%7B+%22status%22+%3A+%22closed%22+%7D")
    );
    assert!(body("\"text\"".into()).ends_with("&Routing=%22text%22"));
    assert!(body("text".into()).ends_with("&Routing=text"));
}

/// A text takes JSON values, too, so that it does not depend on an example what is written.
#[test]
fn json_in_a_text_is_encoded_once() {
    let text = shown(&create_channel().task_attributes(r#"{"a":1}"#));
    assert_eq!(
        shown(&create_channel().task_attributes(json!({"a": 1}))),
        text
    );
    let value = json!({"a": 1});
    assert_eq!(shown(&create_channel().task_attributes(&value)), text);
}

#[test]
fn text_where_json_is_asked_for_is_sent_as_it_is() {
    let request = update_interaction_channel(UpdateChannelStatus::Inactive).routing("{half");
    assert!(shown(&request).ends_with("&Routing=%7Bhalf"));
}

#[test]
fn an_operation_without_security_sends_no_credential() {
    struct Open;
    impl Operation for Open {
        type Output = ();
        const META: Meta = {
            let mut meta = Meta::new("Open", "GET", "https://example.com", "/open");
            meta.auth = Auth::None;
            meta
        };
        fn encode(&self, _: &mut Encoder<'_>) {}
    }
    let request = Open.to_request(&config()).expect("a request");
    assert!(!request.headers().contains_key("authorization"));
    let anonymous = Config::new(Credentials::none());
    let request = create_channel().to_request(&anonymous).expect("a request");
    assert!(!request.headers().contains_key("authorization"));
}

#[test]
fn a_base_url_replaces_the_server_and_holds_no_credential() {
    let at = |base: &str| {
        let config = config().with_base_url(base).expect("a base URL");
        UpdateWebChannel::new(sid("CH", 'a'))
            .to_request(&config)
            .expect("a request")
            .uri()
            .to_string()
    };
    let path = "/v1/WebChannels/CHaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    assert_eq!(
        at("http://localhost:4010"),
        format!("http://localhost:4010{path}")
    );
    assert_eq!(at("https://[::1]:1/"), format!("https://[::1]:1{path}"));
    assert_eq!(
        at("http://proxy/twilio/"),
        format!("http://proxy/twilio{path}")
    );
    for (base, reason) in [
        (
            "https://user:hunter2@example.com",
            "the base URL has a user name or a password",
        ),
        (
            "https://hunter2@example.com",
            "the base URL has a user name or a password",
        ),
        (
            "ftp://example.com",
            "the base URL has a scheme other than `http` and `https`",
        ),
        ("/v1", "the base URL has no scheme and host"),
        ("http://", "the base URL is not valid"),
        ("http://:80", "the base URL has no host"),
        (
            "http://a/?x=hunter2",
            "the base URL has a query or a fragment",
        ),
        ("http://a b/hunter2", "the base URL is not valid"),
    ] {
        let error = config().with_base_url(base).expect_err(base).to_string();
        assert!(
            error.starts_with(&format!("cannot build the client: {reason}")),
            "{base}: {error}"
        );
        assert!(!error.contains("hunter2"), "{error}");
    }
}
