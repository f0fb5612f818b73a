//! Event streams, JSON lines and JSON text sequences.

mod resuming;

use crate::server::{Server, json, response, run, write};
use cratewright_runtime::decode::{Decode, Mismatch, Node};
use cratewright_runtime::test_util::MockTransport;
use cratewright_runtime::{
    Config, Credentials, Encoder, Error, Event, EventContent, Meta, Operation, Options,
    SendErrorKind, Streamed, Streaming, blocking,
};
use http::HeaderValue;
use std::thread;
use std::time::Duration;

/// A chunk of a completion, as OpenAI, Mistral and TGI stream them.
#[derive(Debug, Clone, PartialEq)]
struct Chunk {
    delta: String,
}

impl Decode for Chunk {
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        let [delta] = node.members(&["delta"])?;
        Ok(Self {
            delta: delta.required()?,
        })
    }
}

macro_rules! operation {
    ($name:ident, $method:literal, $output:ty, $event:ty, $streaming:expr) => {
        #[derive(Debug, Clone, Default)]
        struct $name {
            stream: bool,
        }

        impl Operation for $name {
            type Output = $output;

            const META: Meta = Meta::new("Chat", $method, "https://api.example.com", "/chat");

            fn encode(&self, request: &mut Encoder<'_>) {
                if self.stream {
                    request.query("stream", &true);
                }
            }
        }

        impl Streamed for $name {
            type Event = $event;

            const STREAMING: Streaming = $streaming;

            fn ask_for_stream(&mut self) {
                self.stream = true;
            }
        }
    };
}

operation!(
    Chat,
    "POST",
    Chunk,
    Chunk,
    Streaming::event_stream("text/event-stream", EventContent::Json, &["[DONE]"])
);
operation!(
    Logs,
    "GET",
    String,
    String,
    Streaming::event_stream("text/event-stream", EventContent::Text, &[])
);
operation!(
    Typed,
    "GET",
    String,
    serde_json::Value,
    Streaming::event_stream("text/event-stream", EventContent::EventOfJson, &[])
);
operation!(
    Lines,
    "GET",
    String,
    Chunk,
    Streaming::json_lines("application/x-ndjson", &[])
);
operation!(
    Sequence,
    "GET",
    String,
    Chunk,
    Streaming::json_sequence("application/json-seq", &[])
);

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nX-Request-Id: req_1\r\nConnection: close\r\n\r\n";

/// A server that writes a stream in these pieces, with a pause after each.
fn in_pieces(head: &'static str, pieces: &'static [&'static str]) -> Server {
    Server::new(move |_, _, stream| {
        write(stream, head);
        for piece in pieces {
            write(stream, piece);
            thread::sleep(Duration::from_millis(20));
        }
    })
}

/// Reads all events with both clients, which have to agree; errors as their texts.
fn read<O: Streamed + Default>(server: &Server) -> Vec<Result<Event<O::Event>, String>>
where
    O::Event: PartialEq + std::fmt::Debug,
{
    let (client, blocking) = server.clients();
    let events = run(async {
        let mut events = client.stream(O::default()).await.expect("a stream");
        let mut all = Vec::new();
        while let Some(event) = events.next().await {
            all.push(event.map_err(|error| error.to_string()));
        }
        assert!(events.next().await.is_none());
        all
    });
    let same = blocking.stream(O::default()).expect("a stream");
    let same: Vec<_> = same
        .map(|event| event.map_err(|error| error.to_string()))
        .collect();
    assert_eq!(events, same);
    events
}

fn deltas(events: &[Result<Event<Chunk>, String>]) -> Vec<&str> {
    let deltas = events.iter().map(|event| match event {
        Ok(event) => event.data.delta.as_str(),
        Err(error) => error.as_str(),
    });
    deltas.collect()
}

#[test]
fn each_event_is_typed_whatever_the_frames() {
    let server = in_pieces(
        HEAD,
        &[
            "\u{feff}: keep-alive\r\n\r\nda",
            "ta: {\"delta\":\"Hel\"}\r",
            "\n\r\ndata: {\"del",
            "ta\":\"lo …\"}\n\nda",
            "ta: {\"delta\":\ndata: \"multi\"}\r\rdata: [DONE]\n\ndata: {\"delta\":\"after\"}\n\n",
        ],
    );
    assert_eq!(deltas(&read::<Chat>(&server)), ["Hel", "lo …", "multi"]);
    for request in server.requests() {
        assert_eq!(request.header("accept"), Some("text/event-stream"));
        assert_eq!(request.target(), "/chat?stream=true");
    }
}

#[test]
fn an_event_that_cannot_be_decoded_is_an_item() {
    let server = in_pieces(
        HEAD,
        &[
            "data: {\"delta\":\"a\"}\n\ndata: {\"error\":{\"message\":\"overloaded\"}}\n\ndata: oops\n\ndata: {\"delta\":\"b\"}\n\n",
        ],
    );
    let events = read::<Chat>(&server);
    let [Ok(first), Err(missing), Err(malformed), Ok(last)] = events.as_slice() else {
        panic!("{events:?}");
    };
    assert_eq!(
        (first.data.delta.as_str(), last.data.delta.as_str()),
        ("a", "b")
    );
    assert!(missing.contains("delta"), "{missing}");
    assert!(malformed.contains("not JSON"), "{malformed}");
    let (_, blocking) = server.clients();
    let mut events = blocking.stream(Chat::default()).expect("a stream").skip(1);
    let Some(Err(Error::Decode(error))) = events.next() else {
        panic!("an error of decoding");
    };
    assert_eq!(error.body(), "{\"error\":{\"message\":\"overloaded\"}}");
    assert_eq!(error.request_id(), Some("req_1"));
}

#[test]
fn events_have_types_ids_and_text() {
    let server = in_pieces(
        HEAD,
        &["id: 7\nevent: log\ndata: one\ndata: two\n\ndata: 3\n\n"],
    );
    let events = read::<Logs>(&server);
    let [Ok(first), Ok(second)] = events.as_slice() else {
        panic!("{events:?}");
    };
    assert_eq!(first.data, "one\ntwo");
    assert_eq!((first.event(), first.id()), (Some("log"), Some("7")));
    assert_eq!(
        (second.data.as_str(), second.event(), second.id()),
        ("3", None, Some("7"))
    );
    assert_eq!(second.deviations(), []);
}

#[test]
fn whole_events_are_objects() {
    let server = in_pieces(
        HEAD,
        &["event: add\ndata: {\"a\":1}\nretry: 10\n\nid: x\nevent: note\ndata: text\n\n"],
    );
    let events = read::<Typed>(&server);
    let values: Vec<_> = events
        .into_iter()
        .map(|event| event.map(Event::into_data))
        .collect();
    assert_eq!(
        values,
        [
            Ok(serde_json::json!({"event": "add", "data": {"a": 1}, "retry": 10})),
            Ok(serde_json::json!({"event": "note", "data": "text", "id": "x"})),
        ],
    );
}

#[test]
fn lines_and_sequences_are_streams() {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nConnection: close\r\n\r\n";
    let lines = in_pieces(
        head,
        &[
            "{\"delta\":\"a\"}\n{\"del",
            "ta\":\"b\"}\r\n\n{\"delta\":\"c\"}",
        ],
    );
    assert_eq!(deltas(&read::<Lines>(&lines)), ["a", "b", "c"]);
    let sequence = in_pieces(
        head,
        &["\u{1e}{\"delta\":\n\"a\"}\n\u{1e}", "{\"delta\":\"b\"}\n"],
    );
    assert_eq!(deltas(&read::<Sequence>(&sequence)), ["a", "b"]);
}

#[test]
fn an_error_status_is_an_api_error() {
    let body =
        r#"{"error":{"message":"Rate limit reached","type":"requests","code":"rate_limit"}}"#;
    let server = Server::script(vec![response(
        "429 Too Many Requests",
        &["Content-Type: application/json"],
        body,
    )]);
    let (client, blocking) = server.clients();
    for error in [
        run(client.stream(Chat::default())).err(),
        blocking.stream(Chat::default()).err(),
    ] {
        let Some(Error::Api(error)) = error else {
            panic!("an error of the API");
        };
        assert_eq!(error.message(), Some("Rate limit reached"));
        assert_eq!(error.code_text(), Some("rate_limit"));
    }
}

#[test]
fn a_server_that_does_not_stream_is_told_apart() {
    let server = Server::script(vec![json(r#"{"delta":"whole"}"#)]);
    let (client, blocking) = server.clients();
    for error in [
        run(client.stream(Chat::default())).err(),
        blocking.stream(Chat::default()).err(),
    ] {
        let Some(Error::Decode(error)) = error else {
            panic!("an error of decoding");
        };
        assert_eq!(error.body(), r#"{"delta":"whole"}"#);
        assert_eq!(error.reason(), "expected an event stream, found JSON");
    }
    assert_eq!(
        blocking
            .send(Chat::default())
            .expect("a response")
            .data
            .delta,
        "whole"
    );
}

/// As a gateway sends it; by the rules of event streams, no line of it would be an event.
#[test]
fn a_page_of_html_is_no_event_stream() {
    let page = || {
        let headers = ["Content-Type: text/html; charset=utf-8"];
        response("200 OK", &headers, "<p>Back soon</p>")
    };
    let server = Server::script(vec![page(), page()]);
    let (client, blocking) = server.clients();
    for error in [
        run(client.stream(Chat::default())).err(),
        blocking.stream(Chat::default()).err(),
    ] {
        let Some(Error::Decode(error)) = error else {
            panic!("an error of decoding");
        };
        assert_eq!(error.body(), "<p>Back soon</p>");
        assert_eq!(error.reason(), "expected an event stream, found HTML");
    }
}

#[test]
fn an_event_has_a_size_limit() {
    let server = Server::new(|_, _, stream| {
        write(stream, HEAD);
        write(stream, "data: {\"delta\":\"a\"}\n\ndata: ");
        for _ in 0..1000 {
            write(stream, "0123456789");
        }
        thread::sleep(Duration::from_millis(500));
    });
    let (_, blocking) = server.clients();
    let events: Vec<_> = blocking
        .with(Options::new().max_event_size(1000))
        .stream(Chat::default())
        .expect("a stream")
        .collect();
    let [Ok(_), Err(Error::Send(error))] = events.as_slice() else {
        panic!("{events:?}");
    };
    assert_eq!(error.kind(), SendErrorKind::EventTooLarge);
}

/// Returns a client that receives a whole stream at once.
fn in_one_chunk(body: bytes::Bytes) -> blocking::Client {
    let mock = MockTransport::new();
    let response = http::Response::builder().header("content-type", "text/event-stream");
    mock.respond_with(response.body(body).expect("a response"));
    blocking::Client::with_transport(Config::new(Credentials::none()), mock)
}

#[test]
fn events_before_one_that_is_too_large_are_returned() {
    let large = format!("data: {}\n\n", "0123456789".repeat(1000));
    let body = "data: {\"delta\":\"a\"}\n\n".repeat(3) + &large + &large;
    let blocking = in_one_chunk(body.into());
    let events: Vec<_> = blocking
        .with(Options::new().max_event_size(1000))
        .stream(Chat::default())
        .expect("a stream")
        .collect();
    let [Ok(_), Ok(_), Ok(_), Err(Error::Send(error))] = events.as_slice() else {
        panic!("{events:?}");
    };
    assert_eq!(error.kind(), SendErrorKind::EventTooLarge);
}

#[test]
fn data_that_is_not_utf_8_is_a_deviation() {
    let body = b"data: {\"delta\":\"a\xFF\"}\n\n".as_slice();
    let blocking = in_one_chunk(body.into());
    let mut events = blocking.stream(Chat::default()).expect("a stream");
    let event = events.next().expect("an event").expect("it can be decoded");
    assert_eq!(event.data.delta, "a\u{fffd}");
    assert_eq!(event.deviations().len(), 1);
    assert_eq!(event.raw(), b"{\"delta\":\"a\xFF\"}".as_slice());
}

#[test]
fn headers_of_requests_are_those_of_the_client() {
    let server = in_pieces(HEAD, &["data: {\"delta\":\"a\"}\n\n"]);
    let config = server.config().with_header(
        http::HeaderName::from_static("x-a"),
        HeaderValue::from_static("b"),
    );
    let blocking = cratewright_runtime::blocking::Client::with_transport(
        config,
        cratewright_runtime::blocking::UreqTransport::default(),
    );
    let events = blocking.stream(Chat::default()).expect("a stream");
    assert_eq!(events.request_id(), Some("req_1"));
    assert_eq!(events.status(), 200);
    assert_eq!(events.count(), 1);
    assert_eq!(server.requests()[0].header("x-a"), Some("b"));
}
