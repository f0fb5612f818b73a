//! Unions, events and depth: types of a generated crate, and the same by hand with serde.

use bytes::Bytes;
use cratewright_responses::streams::ships::ListShips;
use cratewright_responses::test_util::MockTransport;
use cratewright_responses::unions::completion::Complete;
use cratewright_responses::unions::models::{Chunk, Figure, Tree};
use cratewright_responses::{Config, Credentials, blocking, decode};
use serde::Deserialize;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader};

/// A union as it is written by hand: serde's internal tag.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum PlainFigure {
    Circle {
        id: i64,
        radius: f64,
        filled: Option<bool>,
    },
    Square {
        id: i64,
        width: f64,
        height: f64,
        corners: Option<Vec<f64>>,
    },
    Label {
        id: i64,
        text: String,
        language: Option<String>,
    },
}

/// A piece of a chat completion, by hand, with the types of the generated crate.
#[derive(Debug, Deserialize)]
#[allow(missing_docs)]
pub struct PlainChunk {
    pub id: String,
    pub object: PlainObject,
    pub created: i64,
    pub model: String,
    pub choices: Vec<PlainChoice>,
}

/// What a [`PlainChunk`] says it is.
#[derive(Debug, Deserialize)]
pub enum PlainObject {
    /// The only value.
    #[serde(rename = "chat.completion.chunk")]
    Chunk,
}

/// A choice of a [`PlainChunk`].
#[derive(Debug, Deserialize)]
#[allow(missing_docs)]
pub struct PlainChoice {
    pub index: i64,
    pub delta: PlainDelta,
    pub finish_reason: Option<PlainReason>,
}

/// Why a [`PlainChoice`] ends.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum PlainReason {
    Stop,
    Length,
    ToolCalls,
}

/// What a [`PlainChoice`] adds.
#[derive(Debug, Deserialize)]
#[allow(missing_docs)]
pub struct PlainDelta {
    pub role: Option<PlainRole>,
    pub content: Option<String>,
}

/// Who writes a [`PlainDelta`].
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum PlainRole {
    Assistant,
    Tool,
}

/// Returns a list of so many figures, of each kind in turn.
#[must_use]
pub fn figures(count: usize) -> Bytes {
    let mut json = String::from("[");
    for id in 0..count {
        let comma = if id == 0 { "" } else { "," };
        let _ = match id % 3 {
            0 => write!(
                json,
                r#"{comma}{{"kind":"circle","id":{id},"radius":2.5,"filled":true}}"#
            ),
            1 => write!(
                json,
                r#"{comma}{{"kind":"square","id":{id},"width":4,"height":1.5,"corners":[1,2,3,4]}}"#
            ),
            _ => write!(
                json,
                r#"{comma}{{"kind":"label","id":{id},"text":"the label of a figure","language":null}}"#
            ),
        };
    }
    json.push(']');
    json.into()
}

/// Decodes figures as the generated crate does.
///
/// # Panics
/// Panics when they cannot be decoded.
#[must_use]
pub fn decode_figures(body: &Bytes) -> Vec<Figure> {
    decode(body).expect("figures").value
}

/// Decodes figures with serde.
///
/// # Panics
/// Panics when they cannot be decoded.
#[must_use]
pub fn plain_figures(body: &Bytes) -> Vec<PlainFigure> {
    serde_json::from_slice(body).expect("figures")
}

/// Returns a tree of so many levels, each of which is of all of the objects but for one member.
#[must_use]
pub fn tree(levels: usize) -> Bytes {
    let mut json = String::new();
    for level in 0..levels {
        json.push_str(match level % 4 {
            0 => r#"{"name":"a","next":"#,
            1 => r#"{"other":"b","next":"#,
            2 => r#"{"depth":3,"next":"#,
            _ => "[",
        });
    }
    json.push_str(r#""leaf""#);
    for level in (0..levels).rev() {
        json.push(if level % 4 == 3 { ']' } else { '}' });
    }
    json.into()
}

/// Decodes a tree.
///
/// # Panics
/// Panics when it cannot be decoded or something of it deviates.
#[must_use]
pub fn decode_tree(body: &Bytes) -> Tree {
    let decoded = decode(body).expect("a tree");
    assert!(decoded.deviations.is_empty(), "the tree is valid");
    decoded.value
}

/// Returns an event stream of so many pieces of a chat completion.
#[must_use]
pub fn stream(count: usize) -> Bytes {
    let mut text = String::new();
    for number in 0..count {
        let _ = write!(
            text,
            "data: {{\"id\":\"chatcmpl-9lMgfRSWPHcw51s6wxKT1YEO2CKpd\",\"object\":\"chat.completion.chunk\",\
             \"created\":1721075653,\"model\":\"a-model-of-2024\",\"choices\":[{{\"index\":0,\
             \"delta\":{{\"content\":\" word{number}\"}},\"finish_reason\":null}}]}}\n\n"
        );
    }
    text.into()
}

/// Reads the events of a response with the client of the generated crate.
///
/// # Panics
/// Panics when an event cannot be decoded.
#[must_use]
pub fn events(body: &Bytes) -> Vec<Chunk> {
    let mock = MockTransport::new();
    let response = http::Response::builder().header("content-type", "text/event-stream");
    mock.respond_with(response.body(body.clone()).expect("a response"));
    let client = blocking::Client::with_transport(Config::new(Credentials::none()), mock);
    let events = client.stream(Complete::new()).expect("a stream");
    events.map(|event| event.expect("an event").data).collect()
}

/// Returns a list of so many ships.
#[must_use]
pub fn list(count: usize) -> Bytes {
    let ships = (0..count).map(|id| format!("{{\"id\":{id},\"name\":\"The ship number {id}\"}}"));
    let ships: Vec<String> = ships.collect();
    format!("[{}]", ships.join(",")).into()
}

/// Reads the records of a list with the client of the generated crate, one by one, and returns how many there are.
///
/// # Panics
/// Panics when a record cannot be decoded.
#[must_use]
pub fn records(body: &Bytes) -> usize {
    let mock = MockTransport::new();
    mock.respond_with(http::Response::new(body.clone()));
    let client = blocking::Client::with_transport(Config::new(Credentials::none()), mock);
    let records = client.stream(ListShips::new()).expect("a list");
    records.fold(0, |count, record| {
        let _ = record.expect("a record");
        count + 1
    })
}

/// Reads the events as somebody would by hand: the body is one text in memory, data is on one line, decoded with serde.
///
/// # Panics
/// Panics when an event cannot be decoded.
#[must_use]
pub fn plain_events(body: &Bytes) -> Vec<PlainChunk> {
    let text = std::str::from_utf8(body).expect("UTF-8");
    let data = text.lines().filter_map(|line| line.strip_prefix("data: "));
    data.map(|data| serde_json::from_str(data).expect("an event"))
        .collect()
}

/// Reads the events as [`plain_events`] does, line by line from a reader, as a body is that is still received.
///
/// # Panics
/// Panics when an event cannot be decoded.
#[must_use]
pub fn plain_stream(body: &Bytes) -> Vec<PlainChunk> {
    let lines = BufReader::new(&body[..]).lines();
    let lines = lines.map(|line| line.expect("UTF-8"));
    let events = lines.filter_map(|line| {
        let data = line.strip_prefix("data: ")?;
        Some(serde_json::from_str(data).expect("an event"))
    });
    events.collect()
}
