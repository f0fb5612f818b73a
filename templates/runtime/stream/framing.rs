//! Separating the events of a stream, whatever its format.

use super::event_stream::EventStream;
use super::frame::{Broken, Frame};
use super::list::List;
use super::sequence::{RECORD_SEPARATOR, Sequence};
use super::streamed::Framing;
use bytes::Bytes;
use std::time::Duration;

#[derive(Debug)]
pub(super) enum Parser {
    EventStream(EventStream),
    Sequence(Sequence),
    List(List),
}

impl Parser {
    /// Creates a parser; `last_id` is the id of the last event of an earlier connection.
    pub(super) fn new(framing: Framing, last_id: String) -> Self {
        match framing {
            Framing::EventStream => Self::EventStream(EventStream::after(last_id)),
            Framing::JsonLines => Self::Sequence(Sequence::new(b'\n')),
            Framing::JsonSequence => Self::Sequence(Sequence::new(RECORD_SEPARATOR)),
            Framing::List(place) => Self::List(List::new(place)),
        }
    }

    /// Parses a piece up to the end of an event, or all of it, and takes what was parsed off it.
    pub(super) fn next(
        &mut self,
        piece: &mut Bytes,
        max_size: usize,
    ) -> Result<Option<Frame>, Broken> {
        match self {
            Self::EventStream(parser) => parser.next(piece, max_size),
            Self::Sequence(parser) => parser.next(piece, max_size),
            Self::List(parser) => parser.next(piece, max_size),
        }
    }

    /// Returns the last event, where the end of the stream completes it.
    pub(super) fn finish(&mut self) -> Result<Option<Frame>, Broken> {
        match self {
            // An event without an empty line after it is incomplete.
            Self::EventStream(_) => Ok(None),
            Self::Sequence(parser) => Ok(parser.finish()),
            Self::List(parser) => parser.finish().map(|()| None),
        }
    }

    /// Returns the id of the last event that had one.
    pub(super) fn last_id(&self) -> &str {
        match self {
            Self::EventStream(parser) => parser.last_id(),
            Self::Sequence(_) | Self::List(_) => "",
        }
    }

    pub(super) fn take_retry(&mut self) -> Option<Duration> {
        match self {
            Self::EventStream(parser) => parser.take_retry(),
            Self::Sequence(_) | Self::List(_) => None,
        }
    }
}
