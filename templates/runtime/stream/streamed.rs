//! Operations whose responses are streamed.

use super::super::client::Operation;
use super::super::decode::Decode;
use super::place::Place;

/// An operation whose response can be received event by event, or whose list can be received record by record.
///
/// `stream` of a client sends it.
pub trait Streamed: Operation {
    /// The type of the events, or of the records.
    type Event: Decode;

    /// How the events are separated and decoded.
    const STREAMING: Streaming;

    /// Sets the parameter that asks for a stream, where there is one.
    fn ask_for_stream(&mut self) {}
}

/// How the events of a response are separated and decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Streaming {
    pub(super) framing: Framing,
    pub(super) accept: &'static str,
    pub(super) content: EventContent,
    pub(super) ends: &'static [&'static str],
}

/// How events are separated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framing {
    EventStream,
    JsonLines,
    JsonSequence,
    List(Place),
}

/// What of an event is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EventContent {
    /// Its data, as JSON.
    Json,
    /// Its data, as text.
    Text,
    /// The event as an object with the members `event`, `data`, `id` and `retry`, where `data` is text.
    EventOfText,
    /// The event as such an object, where `data` is JSON.
    EventOfJson,
}

impl Streaming {
    /// An event stream (HTML Living Standard, section 9.2). It ends before an event whose data is one of `ends`, such as
    /// `[DONE]`.
    #[must_use]
    pub const fn event_stream(
        accept: &'static str,
        content: EventContent,
        ends: &'static [&'static str],
    ) -> Self {
        Self {
            framing: Framing::EventStream,
            accept,
            content,
            ends,
        }
    }

    /// A JSON text on each line. It ends before one of `ends`.
    #[must_use]
    pub const fn json_lines(accept: &'static str, ends: &'static [&'static str]) -> Self {
        Self {
            framing: Framing::JsonLines,
            accept,
            content: EventContent::Json,
            ends,
        }
    }

    /// A JSON text sequence (RFC 7464). It ends before one of `ends`.
    #[must_use]
    pub const fn json_sequence(accept: &'static str, ends: &'static [&'static str]) -> Self {
        Self {
            framing: Framing::JsonSequence,
            accept,
            content: EventContent::Json,
            ends,
        }
    }

    /// A JSON list, each of whose records is an event; the names lead to it, and there are none where the body is the list.
    #[must_use]
    pub const fn list(accept: &'static str, names: &'static [&'static str]) -> Self {
        Self {
            framing: Framing::List(Place {
                names,
                may_be_absent: false,
            }),
            accept,
            content: EventContent::Json,
            ends: &[],
        }
    }

    /// Allows that the list, or what leads to it, is left out or null: there are no records then.
    #[must_use]
    pub const fn may_be_absent(mut self) -> Self {
        if let Framing::List(place) = &mut self.framing {
            place.may_be_absent = true;
        }
        self
    }
}
