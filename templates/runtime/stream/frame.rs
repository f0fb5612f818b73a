//! The events of a stream before they are decoded.

use bytes::Bytes;
use std::time::Duration;

/// An event before it is decoded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Frame {
    /// The type of the event; empty where it has none.
    pub(super) event: String,
    pub(super) data: Bytes,
    /// The id of the last event that had one.
    pub(super) id: String,
    /// The wait before the next connection, if the event sets it.
    pub(super) retry: Option<Duration>,
}

/// A stream cannot go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Broken {
    /// An event is larger than the limit.
    TooLarge,
    /// What was received is not what the stream consists of.
    Malformed(String),
}
