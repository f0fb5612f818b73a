//! Decoded events.

use super::super::decode::{Decode, Decoded, Deviation, Undecodable, decode};
use super::frame::Frame;
use super::streamed::EventContent;
use bytes::Bytes;
use serde_json::{Map, Value};
use std::fmt;

/// An event of a stream: the decoded data, and what the event says about itself.
#[derive(Clone, PartialEq)]
pub struct Event<T> {
    /// The decoded event.
    pub data: T,
    event: String,
    id: String,
    raw: Bytes,
    deviations: Vec<Deviation>,
}

impl<T: Decode> Event<T> {
    /// Decodes an event, or returns its data with the reason why it cannot be decoded.
    pub(super) fn decode(
        frame: Frame,
        content: EventContent,
    ) -> Result<Self, (Undecodable, Bytes)> {
        let decoded = match content {
            EventContent::Json => decode(&frame.data),
            EventContent::Text => decode(&Bytes::from(text(&frame.data).to_string())),
            EventContent::EventOfText => decode(&object(&frame, text(&frame.data))),
            EventContent::EventOfJson => decode(&object(&frame, json(&frame.data))),
        };
        match decoded {
            Ok(Decoded { value, deviations }) => Ok(Self {
                data: value,
                event: frame.event,
                id: frame.id,
                raw: frame.data,
                deviations,
            }),
            Err(undecodable) => Err((undecodable, frame.data)),
        }
    }
}

impl<T> Event<T> {
    /// Returns the decoded event.
    pub fn into_data(self) -> T {
        self.data
    }

    /// Returns the type of the event; `None` if it has none.
    pub fn event(&self) -> Option<&str> {
        Some(self.event.as_str()).filter(|event| !event.is_empty())
    }

    /// Returns the id of the event, or of the last event before it that had one.
    pub fn id(&self) -> Option<&str> {
        Some(self.id.as_str()).filter(|id| !id.is_empty())
    }

    /// Returns the data as it was received.
    pub fn raw(&self) -> &Bytes {
        &self.raw
    }

    /// Returns the places where the event does not match the description.
    pub fn deviations(&self) -> &[Deviation] {
        &self.deviations
    }
}

fn text(data: &[u8]) -> Value {
    String::from_utf8_lossy(data).into_owned().into()
}

fn json(data: &[u8]) -> Value {
    serde_json::from_slice(data).unwrap_or_else(|_| text(data))
}

/// Returns the whole event as a JSON object.
fn object(frame: &Frame, data: Value) -> Bytes {
    let mut object = Map::new();
    if !frame.event.is_empty() {
        object.insert("event".to_owned(), frame.event.as_str().into());
    }
    object.insert("data".to_owned(), data);
    if !frame.id.is_empty() {
        object.insert("id".to_owned(), frame.id.as_str().into());
    }
    if let Some(retry) = frame.retry {
        let milliseconds = u64::try_from(retry.as_millis()).unwrap_or(u64::MAX);
        object.insert("retry".to_owned(), milliseconds.into());
    }
    Value::Object(object).to_string().into()
}

/// Shows the data, the type and the id.
impl<T: fmt::Debug> fmt::Debug for Event<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("data", &self.data)
            .field("event", &self.event())
            .field("id", &self.id())
            .finish_non_exhaustive()
    }
}
