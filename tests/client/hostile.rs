//! Replies that no description promises: both clients must make the same of them.

mod connections;

use crate::support::{Reply, Server, Settings, send_with_both, sid};
use serde_json::json;
use std::fmt::Debug;
use twilio_flex::interaction_channel::{
    ChannelStatus, InteractionChannel, UpdateChannelStatus, UpdateInteractionChannel,
};
use twilio_flex::{ApiError, Deviation, Error, Operation, Response, SendErrorKind, headers};

fn update_channel() -> UpdateInteractionChannel {
    UpdateInteractionChannel::new(sid("KD", 'a'), sid("UO", 'b'), UpdateChannelStatus::Closed)
}

/// Sends `operation` to a server with this reply, with both clients, and returns what both make of
/// it.
fn outcome_of<O>(
    reply: Reply,
    settings: Settings,
    operation: &O,
) -> Result<Response<O::Output>, Error>
where
    O: Operation + Clone,
    O::Output: Debug,
{
    let server = Server::start(reply);
    let [first, second] = send_with_both(&server.url(), settings, operation);
    assert_eq!(summary(&first), summary(&second), "the clients differ");
    first
}

fn summary<T: Debug>(outcome: &Result<Response<T>, Error>) -> String {
    match outcome {
        Ok(response) => format!("{response:?} {:?}", response.body()),
        Err(Error::Send(error)) => format!("{:?}: {error}", error.kind()),
        Err(error) => format!("{error:?}: {error}"),
    }
}

fn replied(body: &str) -> Response<InteractionChannel> {
    let reply = Reply::json("200 OK", body);
    outcome_of(reply, Settings::default(), &update_channel()).expect("a success")
}

fn refused(reply: Reply) -> Box<ApiError> {
    match outcome_of(reply, Settings::default(), &update_channel()) {
        Err(Error::Api(error)) => error,
        other => panic!("not refused: {other:?}"),
    }
}

fn not_sent(reply: Reply, settings: Settings) -> SendErrorKind {
    match outcome_of(reply, settings, &update_channel()) {
        Err(Error::Send(error)) => error.kind(),
        other => panic!("sent: {other:?}"),
    }
}

/// The deviations in the order of their places, which is not always that of the body.
fn listed(deviations: &[Deviation]) -> Vec<String> {
    let mut listed: Vec<_> = deviations.iter().map(ToString::to_string).collect();
    listed.sort();
    listed
}

#[test]
fn an_unlisted_enum_value_is_a_value() {
    let channel = replied(r#"{"status": "parked", "type": "sms"}"#);
    let status = channel.data.status.as_ref().expect("a status");
    assert!(matches!(status, ChannelStatus::Unlisted(text) if text.as_str() == "parked"));
    assert_eq!(serde_json::to_value(status).expect("JSON"), "parked");
    assert_eq!(listed(channel.deviations()), [""; 0]);
}

#[test]
fn a_malformed_sid_is_taken_out_and_noted() {
    let channel = replied(r#"{"sid": "UOzz", "interaction_sid": "", "error_code": 7}"#);
    assert_eq!(
        (
            channel.data.sid,
            channel.data.interaction_sid,
            channel.data.error_code
        ),
        (None, None, Some(7))
    );
    assert_eq!(
        listed(channel.deviations()),
        [
            "$.interaction_sid: expected a SID that begins with KD and has 34 characters; this one has 0; treated as missing",
            "$.sid: expected a SID that begins with UO and has 34 characters; this one has 4; treated as missing",
        ]
    );
    let mut values: Vec<_> = channel.deviations().iter().map(Deviation::value).collect();
    values.sort_by_key(ToString::to_string);
    assert_eq!(values, ["", "UOzz"]);
}

#[test]
fn a_number_in_a_string_is_a_value() {
    let channel = replied(r#"{"error_code": "19025", "status": "failed"}"#);
    assert_eq!(channel.data.error_code, Some(19025));
    assert_eq!(
        listed(channel.deviations()),
        ["$.error_code: expected an integer, found a string; treated as a number"]
    );
}

#[test]
fn wrong_types_and_null_cost_their_field_only() {
    let body = r#"{"error_code": {"n": 1}, "url": 5, "links": {"a": "x", "b c": [], "d": null},
                   "status": null, "type": ["sms"], "unknown": true}"#;
    let channel = replied(body);
    assert_eq!(channel.data.error_code, None);
    assert_eq!(channel.data.url.as_deref(), Some("5"));
    assert_eq!(
        channel
            .data
            .links
            .as_ref()
            .map(std::collections::BTreeMap::len),
        Some(1)
    );
    assert_eq!(
        listed(channel.deviations()),
        [
            "$.error_code: expected an integer, found an object; treated as missing",
            "$.links.d: expected a string, found null; left out",
            "$.links['b c']: expected a string, found an array; left out",
            "$.status: expected a string, found null; treated as missing",
            "$.type: expected a string, found an array; treated as missing",
            "$.url: expected a string, found a number; treated as a string",
        ]
    );
    assert_eq!(channel.body(), body);
}

#[test]
fn an_empty_body_is_an_empty_model() {
    for status in ["200 OK", "202 Accepted", "204 No Content"] {
        let server = Server::start(Reply::Bytes(
            format!("HTTP/1.1 {status}\r\nConnection: close\r\n\r\n").into_bytes(),
        ));
        for outcome in send_with_both(&server.url(), Settings::default(), &update_channel()) {
            let channel = outcome.expect("a success");
            assert_eq!(channel.data, InteractionChannel::default());
            assert_eq!(
                listed(channel.deviations()),
                ["$: expected a body, found nothing"]
            );
        }
    }
}

#[test]
fn a_success_that_is_not_json_keeps_everything() {
    for (body, reason) in [
        (
            r#"{"sid": "UO"#,
            "expected the end of a string, found the end at line 1, column 12; the body is not JSON",
        ),
        (
            "<html>Welcome</html>",
            "expected a value, found `<` at line 1, column 1; the body is not JSON",
        ),
        ("[1, 2]", "expected an object, found an array"),
    ] {
        let reply = Reply::with_headers("201 Created", &["X-Trace: 7"], body);
        let outcome = outcome_of(reply, Settings::default(), &update_channel());
        let Err(Error::Decode(error)) = outcome else {
            panic!("decoded: {outcome:?}");
        };
        assert_eq!(error.reason(), reason);
        assert_eq!(
            (error.status().as_u16(), error.body().as_ref()),
            (201, body.as_bytes())
        );
        assert_eq!(error.headers()["x-trace"], "7");
        assert_eq!(
            (error.operation(), error.path()),
            ("UpdateInteractionChannel", "$")
        );
    }
}

#[test]
fn a_truncated_body_is_no_success() {
    let reply =
        Reply::Bytes(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"sid\": 1}".to_vec());
    assert_eq!(not_sent(reply, Settings::default()), SendErrorKind::Broken);
}

#[test]
fn a_refusal_tells_what_the_api_said() {
    let body = r#"{"code": 20404, "message": "The requested resource was not found", "status": 404,
                   "more_info": "https://www.twilio.com/docs/errors/20404", "details": {"a": 1}}"#;
    let error = refused(Reply::json("404 Not Found", body));
    assert_eq!(error.code(), Some(20404));
    assert_eq!(error.body_status(), Some(404));
    assert_eq!(
        error.more_info(),
        Some("https://www.twilio.com/docs/errors/20404")
    );
    assert_eq!(error.details(), Some(json!({"a": 1})));
    assert_eq!(error.body(), body);
    assert_eq!(
        error.to_string(),
        "UpdateInteractionChannel failed: 404 Not Found, code 20404: \
         The requested resource was not found"
    );
}

#[test]
fn refusals_of_every_shape() {
    let error = refused(Reply::json(
        "400 Bad Request",
        r#"{"code":"20001","message":"m","moreInfo":"i"}"#,
    ));
    assert_eq!(
        (error.code(), error.code_text(), error.more_info()),
        (Some(20001), Some("20001"), Some("i"))
    );

    let error = refused(Reply::json(
        "422 Unprocessable Content",
        r#"{"type":"t","title":"T","status":422,"code":1,"detail":"d","instance":"i","errors":[{"p":1}]}"#,
    ));
    assert_eq!(
        (error.problem_type(), error.title(), error.detail()),
        (Some("t"), Some("T"), Some("d"))
    );
    assert_eq!(
        (error.instance(), error.errors()),
        (Some("i"), Some(json!([{"p": 1}])))
    );
    assert_eq!((error.message(), error.code()), (Some("d"), Some(1)));

    for body in [
        r#"{"code":2,"message":"m","httpStatusCode":400,"params":{"k":"v"},"userError":true}"#,
        r#"{"code":2,"message":"m","http_status_code":400,"params":{"k":"v"},"user_error":true}"#,
    ] {
        let error = refused(Reply::json("400 Bad Request", body));
        assert_eq!(
            (error.body_status(), error.user_error()),
            (Some(400), Some(true))
        );
        assert_eq!(error.details(), Some(json!({"k": "v"})));
    }

    let error = refused(Reply::json(
        "409 Conflict",
        r#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"409","scimType":"uniqueness","detail":"d"}"#,
    ));
    assert_eq!(
        (error.body_status(), error.code_text()),
        (Some(409), Some("uniqueness"))
    );
    assert_eq!((error.code(), error.message()), (None, Some("d")));
}

#[test]
fn refusals_that_say_nothing_keep_status_and_body() {
    for (status, body) in [
        ("500 Internal Server Error", ""),
        ("502 Bad Gateway", "<html><h1>Bad gateway</h1></html>"),
        ("503 Service Unavailable", "[1, \"x\"]"),
        ("400 Bad Request", "null"),
        (
            "400 Bad Request",
            "{\"message\": 5, \"code\": [], \"status\": {}}",
        ),
    ] {
        let error = refused(Reply::with_headers(status, &[], body));
        assert_eq!(
            (
                error.code(),
                error.code_text(),
                error.message(),
                error.body_status()
            ),
            (None, None, None, None)
        );
        assert_eq!(error.body(), body);
        assert_eq!(
            error.to_string(),
            format!("UpdateInteractionChannel failed: {status}")
        );
    }
}

#[test]
fn a_refusal_for_too_many_requests_keeps_its_headers() {
    let reply = Reply::with_headers("429 Too Many Requests", &["Retry-After: 3"], "{}");
    let error = refused(reply);
    assert_eq!(error.status(), 429);
    assert_eq!(error.headers()["retry-after"], "3");
}

#[test]
fn typed_headers_are_read_on_demand() {
    let headers = [
        "Access-Control-Allow-Credentials: true",
        "Access-Control-Allow-Origin: *",
    ];
    let reply = Reply::with_headers("200 OK", &headers, "{}");
    let response = outcome_of(reply, Settings::default(), &update_channel()).expect("a success");
    assert_eq!(
        response.header(headers::ACCESS_CONTROL_ALLOW_CREDENTIALS),
        Ok(Some(true))
    );
    assert_eq!(
        response.header(headers::ACCESS_CONTROL_ALLOW_ORIGIN),
        Ok(Some("*".to_owned()))
    );
    assert_eq!(
        response.header(headers::ACCESS_CONTROL_ALLOW_METHODS),
        Ok(None)
    );
    let reply = Reply::with_headers("200 OK", &["Access-Control-Allow-Credentials: yes"], "{}");
    let response = outcome_of(reply, Settings::default(), &update_channel()).expect("a success");
    let error = response
        .header(headers::ACCESS_CONTROL_ALLOW_CREDENTIALS)
        .expect_err("no boolean");
    assert_eq!(error.name(), "access-control-allow-credentials");
}
