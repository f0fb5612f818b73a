//! Events in the blocking client.

use super::super::client::blocking::Client;
use super::super::error::Error;
use super::super::transport::block_on;
use super::event::Event;
use super::events;
use super::streamed::Streamed;
use http::{HeaderMap, StatusCode};

impl Client {
    /// Sends a request and returns the events of its response, or the records of its list, once the head of that is received.
    ///
    /// # Errors
    /// Returns any [`Error`].
    pub fn stream<O: Streamed>(&self, operation: O) -> Result<Events<O>, Error> {
        block_on(self.async_client().stream(operation)).map(Events)
    }
}

/// The events of a response, or the records of its list; it ends after the last one and after an error of the connection.
///
/// An event that cannot be decoded is an [`Error::Decode`], after which the next one can be read.
#[derive(Debug)]
#[must_use = "iterators are lazy"]
pub struct Events<O: Streamed>(events::Events<O>);

impl<O: Streamed> Events<O> {
    /// Connects again when the connection ends before the stream does, up to `attempts` times before the next event.
    ///
    /// The request is sent again with the header `Last-Event-ID`, after the wait that the server sets, 3 seconds by
    /// default. It has an effect for event streams whose events have ids.
    pub fn resume(self, attempts: u32) -> Self {
        Self(self.0.resume(attempts))
    }

    /// Returns the status of the response.
    pub fn status(&self) -> StatusCode {
        self.0.status()
    }

    /// Returns the headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        self.0.headers()
    }

    /// Returns the id that the server gave the request, from headers such as `X-Request-Id`.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id()
    }

    /// Returns the id of the last event that had one.
    pub fn last_event_id(&self) -> Option<&str> {
        self.0.last_event_id()
    }
}

impl<O: Streamed> Iterator for Events<O> {
    type Item = Result<Event<O::Event>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        block_on(self.0.next())
    }
}

impl<O: Streamed> std::iter::FusedIterator for Events<O> {}
