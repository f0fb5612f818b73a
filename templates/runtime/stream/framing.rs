//! Separating the events of a stream, whatever its format.

use super::event_stream::EventStream;
use super::frame::{Frame, TooLarge};
use super::sequence::{RECORD_SEPARATOR, Sequence};
use super::streamed::Framing;
use std::collections::VecDeque;
use std::time::Duration;

#[derive(Debug)]
pub(super) enum Parser {
    EventStream(EventStream),
    Sequence(Sequence),
}

impl Parser {
    /// Creates a parser; `last_id` is the id of the last event of an earlier connection.
    pub(super) fn new(framing: Framing, last_id: String) -> Self {
        match framing {
            Framing::EventStream => Self::EventStream(EventStream::after(last_id)),
            Framing::JsonLines => Self::Sequence(Sequence::new(b'\n')),
            Framing::JsonSequence => Self::Sequence(Sequence::new(RECORD_SEPARATOR)),
        }
    }

    pub(super) fn push(
        &mut self,
        piece: &[u8],
        max_size: usize,
        frames: &mut VecDeque<Frame>,
    ) -> Result<(), TooLarge> {
        match self {
            Self::EventStream(parser) => parser.push(piece, max_size, frames),
            Self::Sequence(parser) => parser.push(piece, max_size, frames),
        }
    }

    /// Appends the last event, where the end of the stream completes it.
    pub(super) fn finish(&mut self, frames: &mut VecDeque<Frame>) {
        match self {
            // An event without an empty line after it is incomplete.
            Self::EventStream(_) => {}
            Self::Sequence(parser) => parser.finish(frames),
        }
    }

    /// Returns the id of the last event that had one.
    pub(super) fn last_id(&self) -> &str {
        match self {
            Self::EventStream(parser) => parser.last_id(),
            Self::Sequence(_) => "",
        }
    }

    pub(super) fn take_retry(&mut self) -> Option<Duration> {
        match self {
            Self::EventStream(parser) => parser.take_retry(),
            Self::Sequence(_) => None,
        }
    }
}
