//! Responses that are streamed: OpenAI's and Mistral's shape, JSON lines, and the events of OpenAPI 3.2.

use cratewright_responses::event_stream::{chat, events as endless, import};
use cratewright_responses::openapi_3_2::ships::{self, StreamMixedEvent};
use cratewright_responses::sse_ndjson::{chat as other_chat, events as other_events, lines};
use cratewright_responses::stated_paging::{d, e, f};
use cratewright_responses::streams::{events, lines as untyped_lines, render, ships as listed};
use cratewright_responses::test_util::MockTransport;
use cratewright_responses::{Config, Credentials, Error, Event, Streamed, blocking};

/// Returns the events of a stream, and the request.
fn read<O: Streamed>(
    operation: O,
    body: &'static str,
) -> (Vec<Event<O::Event>>, http::Request<bytes::Bytes>) {
    let mock = MockTransport::new();
    mock.respond_with(http::Response::new(body.into()));
    let client = blocking::Client::with_transport(Config::new(Credentials::none()), mock.clone());
    let events = client.stream(operation).expect("a stream");
    let events = events.map(|event| event.expect("an event")).collect();
    (events, mock.requests().remove(0))
}

#[test]
fn a_parameter_asks_for_the_stream() {
    let body = "data: {\"delta\": \"a\"}\n\ndata: {\"delta\": \"b\"}\n\ndata: [DONE]\n\n";
    let request = chat::CreateChatCompletion::new(chat::CreateChatCompletionBody::new("m"));
    let (events, request) = read(request, body);
    assert_eq!(
        events
            .iter()
            .map(|event| event.data.delta.as_str())
            .collect::<Vec<_>>(),
        ["a", "b"]
    );
    assert_eq!(request.body(), r#"{"model":"m","stream":true}"#);
    assert_eq!(request.headers()["accept"], "text/event-stream");
    let (events, _) = read(other_chat::Chat::new(other_chat::ChatBody::new("p")), body);
    assert_eq!(events[1].data.delta.as_deref(), Some("b"));
}

#[test]
fn streams_without_another_response() {
    let (events, request) = read(
        endless::StreamEvents::new(),
        "event: e\ndata: {\"delta\": \"a\"}\n\n",
    );
    assert_eq!(
        (events[0].data.delta.as_str(), events[0].event()),
        ("a", Some("e"))
    );
    assert_eq!(request.headers()["accept"], "text/event-stream");
    let (events, _) = read(other_events::Events::new(), "data: {}\n\n");
    assert_eq!(events[0].data.delta, None);
    let (events, _) = read(events::Events::new(), "data: {\"a\": \"b\"}\n\n");
    assert_eq!(events[0].data.a.as_deref(), Some("b"));
    let (events, _) = read(render::Render::new(), "data: a\ndata: b\n\n");
    assert_eq!(events[0].data, "a\nb");
}

#[test]
fn json_lines_are_streams() {
    let body = "{\"delta\": \"a\"}\n{\"delta\": \"b\"}\n";
    let (events, request) = read(lines::Lines::new(), body);
    assert_eq!(events.len(), 2);
    assert_eq!(request.headers()["accept"], "application/x-ndjson");
    let (events, _) = read(untyped_lines::Lines::new(), "{\"a\": \"b\"}");
    assert_eq!(events[0].data.a.as_deref(), Some("b"));
    let chunk = cratewright_responses::event_stream::models::Chunk::new("x");
    let (events, _) = read(import::ImportDocuments::new(vec![chunk]), body);
    assert_eq!(events[1].data.delta, "b");
}

#[test]
fn the_description_says_what_ends_a_stream() {
    let (events, _) = read(d::StreamD::new(), "data: a\n\ndata: end\n\ndata: b\n\n");
    assert_eq!(events.len(), 1);
}

/// OpenAPI 3.2.0, section 4.14: `itemSchema` is of each event, whose data is text that may have content.
#[test]
fn item_schemas_are_of_events() {
    let (events, _) = read(
        ships::StreamArrivals::new(),
        "event: arrival\nid: 1\ndata: {\"name\": \"Anna\"}\n\n",
    );
    assert_eq!(
        (events[0].data.name.as_str(), events[0].id()),
        ("Anna", Some("1"))
    );
    let (events, _) = read(
        ships::StreamMixed::new(),
        "event: addString\ndata: This data is formatted\ndata: across two lines\n\nevent: addJSON\ndata: {\"foo\": 42}\n\n",
    );
    let [
        StreamMixedEvent::AddString(text),
        StreamMixedEvent::AddJson(json),
    ] = [&events[0].data, &events[1].data]
    else {
        panic!("{events:?}");
    };
    assert_eq!(text.data, "This data is formatted\nacross two lines");
    assert_eq!(json.data.foo_, 42);
    let (events, request) = read(ships::ReadLog::new(), "{\"name\": \"a\"}\n");
    assert_eq!(
        (events[0].data.name.as_str(), &request.headers()["accept"]),
        ("a", &http::HeaderValue::from_static("application/jsonl"))
    );
    let (events, _) = read(
        ships::ReadTail::new(),
        "\u{1e}{\"name\":\n\"a\"}\n\u{1e}{\"name\": \"b\"}\n",
    );
    assert_eq!(events[1].data.name, "b");
}

#[test]
fn lists_are_streamed_record_by_record() {
    let body = "[{\"id\": 1, \"name\": \"a,]\"},\n{\"id\": 2}]";
    let (records, request) = read(listed::ListShips::new(), body);
    assert_eq!(
        (records[0].data.id, records[0].data.name.as_deref()),
        (1, Some("a,]"))
    );
    assert_eq!((records.len(), records[1].data.id), (2, 2));
    assert_eq!(request.headers()["accept"], "application/json");
    let body = r#"{"archive": {"ports": ["x"], "ships": [{"id": 7}]}, "more": [{"id": 8}]}"#;
    let (records, _) = read(e::ExportAll::new(), body);
    assert_eq!((records.len(), records[0].data.id), (1, 7));
}

#[test]
fn a_list_without_records_is_not_one_that_is_missing() {
    for none in ["{}", r#"{"pile": null}"#, r#"{"pile": {"ships": []}}"#] {
        assert_eq!(read(f::ExportSome::new(), none).0, []);
    }
    let first = |status: u16, body: &'static str| {
        let mock = MockTransport::new();
        let response = http::Response::builder().status(status);
        mock.respond_with(response.body(body.into()).expect("a response"));
        let client = blocking::Client::with_transport(Config::new(Credentials::none()), mock);
        let records = client.stream(e::ExportAll::new()).expect("a stream");
        let records: Result<Vec<_>, _> = records.collect();
        records
            .map(|records| records.len())
            .map_err(|error| error.to_string())
    };
    assert_eq!(first(204, ""), Ok(0));
    for missing in ["", "{}", "{\"archive\": {}}", "{\"message\": \"none\"}"] {
        let message = first(200, missing).expect_err("the list is required");
        assert!(
            message.contains("the list is left out") || missing.is_empty(),
            "{message}"
        );
    }
}

/// A record that cannot be decoded is lost alone; a list that cannot go on is an error, and the end.
#[test]
fn records_beside_one_that_is_wrong_are_kept() {
    let found = |body: &'static str| -> Vec<Result<i64, String>> {
        let mock = MockTransport::new();
        mock.respond_with(http::Response::new(body.into()));
        let client = blocking::Client::with_transport(Config::new(Credentials::none()), mock);
        let records = client.stream(listed::ListShips::new()).expect("a stream");
        let records = records.map(|record| match record {
            Ok(record) => Ok(record.data.id),
            Err(Error::Decode(error)) => Err(format!("{} at {}", error.reason(), error.path())),
            Err(other) => panic!("{other:?}"),
        });
        records.collect()
    };
    let lost = |reason: &str| Err(reason.to_owned());
    assert_eq!(
        found(r#"[{"id": 1}, {"id": {}}, {}, null, {"id" 1}, {"id": 2}]"#),
        [
            Ok(1),
            lost("expected an integer, found an object at $.id"),
            lost("the required member `id` is missing at $"),
            lost("expected an object, found null at $"),
            lost("expected `:`, found `1` at line 1, column 7; the body is not JSON at $"),
            Ok(2)
        ]
    );
    assert_eq!(
        found(r#"[{"id": 1}, {"id": 2"#),
        [Ok(1), lost("the response ends before its list does at $")]
    );
    assert_eq!(
        found(r#"{"error": "none"}"#),
        [lost("expected an array, found an object at $")]
    );
}
