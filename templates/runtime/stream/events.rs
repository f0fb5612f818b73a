//! Events in the asynchronous client.

use super::super::client::Client;
use super::super::decode::charset::essence;
use super::super::error::{DecodeError, Error, request_id};
use super::super::transport::{BodyStream, RequestBody};
use super::connection::Connection;
use super::event::Event;
use super::streamed::{Framing, Streamed};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use std::fmt;
use std::future::{Future, poll_fn};
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

impl Client {
    /// Sends a request and returns the events of its response, or the records of its list, once the head of that is received.
    ///
    /// # Errors
    /// The future returns any [`Error`].
    pub fn stream<O: Streamed>(
        &self,
        mut operation: O,
    ) -> impl Future<Output = Result<Events<O>, Error>> + Send + use<O> {
        operation.ask_for_stream();
        let mut meta = O::META;
        meta.accept = O::STREAMING.accept;
        let request = self.encode(&meta, &operation);
        let executor = self.executor().clone();
        async move {
            let request = request?;
            let opened = executor.open(meta.clone(), Ok(request.clone().map(RequestBody::from)));
            let received = executor.check(&meta, opened.await?).await?;
            let received = match O::STREAMING.framing {
                Framing::EventStream => check_media_type(&executor, &meta, received).await?,
                Framing::JsonLines | Framing::JsonSequence | Framing::List(_) => received,
            };
            let connection = Connection::new(executor, meta, request, O::STREAMING, received);
            Ok(Events {
                connection,
                operation: PhantomData,
            })
        }
    }
}

/// Returns an error for a whole response of a server that does not stream, or for a page of something on the way to it: nothing
/// of either would be an event.
async fn check_media_type(
    executor: &super::super::client::Executor,
    meta: &super::super::wire::Meta,
    received: super::super::client::Received<BodyStream>,
) -> Result<super::super::client::Received<BodyStream>, Error> {
    let media_type = received.response.headers().get(CONTENT_TYPE);
    let media_type = media_type.and_then(|media_type| media_type.to_str().ok());
    let Some(found) = media_type.and_then(whole) else {
        return Ok(received);
    };
    let max_size = executor.config().limits().max_response_size;
    let (head, body) = received.response.into_parts();
    let body = body.collect(max_size).await?;
    let reason = format!("expected an event stream, found {found}");
    let error = DecodeError::of_body(meta.id, &reason, head, body);
    Err(received.context.redact(error.into()))
}

/// Returns what a response is by its media type, if it is no stream.
fn whole(media_type: &str) -> Option<&'static str> {
    match essence(media_type).to_ascii_lowercase().as_str() {
        "application/json" | "application/problem+json" => Some("JSON"),
        "text/html" | "application/xhtml+xml" => Some("HTML"),
        _ => None,
    }
}

/// The events of a response, or the records of its list; it ends after the last one and after an error of the connection.
///
/// An event that cannot be decoded is an [`Error::Decode`], after which the next one can be read.
///
/// It implements `Stream` of the crate `futures-core`.
#[must_use = "a stream does nothing until it is polled"]
pub struct Events<O: Streamed> {
    connection: Connection,
    operation: PhantomData<fn() -> O>,
}

impl<O: Streamed> Events<O> {
    /// Connects again when the connection ends before the stream does, up to `attempts` times before the next event.
    ///
    /// The request is sent again with the header `Last-Event-ID`, after the wait that the server sets, 3 seconds by
    /// default. It has an effect for event streams whose events have ids.
    pub fn resume(mut self, attempts: u32) -> Self {
        self.connection.set_reconnects(attempts);
        self
    }

    /// Returns the next event; `None` after the last one.
    ///
    /// Dropping the future loses no event.
    ///
    /// # Errors
    /// Returns [`Error::Decode`] for an event that cannot be decoded, and any other [`Error`] when the stream cannot go on.
    pub async fn next(&mut self) -> Option<Result<Event<O::Event>, Error>> {
        poll_fn(|context| self.poll_event(context)).await
    }

    /// Returns the status of the response.
    pub fn status(&self) -> StatusCode {
        self.connection.head.status()
    }

    /// Returns the headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        self.connection.head.headers()
    }

    /// Returns the id that the server gave the request, from headers such as `X-Request-Id`.
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.headers())
    }

    /// Returns the id of the last event that had one.
    pub fn last_event_id(&self) -> Option<&str> {
        Some(self.connection.last_id()).filter(|id| !id.is_empty())
    }

    pub(super) fn poll_event(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Event<O::Event>, Error>>> {
        let frame = match ready!(self.connection.poll_frame(context)) {
            Some(Ok(frame)) => frame,
            Some(Err(error)) => {
                let error = self.connection.context.redact(error);
                return Poll::Ready(Some(Err(error)));
            }
            None => return Poll::Ready(None),
        };
        let event = Event::decode(frame, O::STREAMING.content);
        Poll::Ready(Some(match event {
            Ok(event) => {
                self.connection.context.deviations(event.deviations());
                Ok(event)
            }
            Err((undecodable, data)) => {
                let (head, ()) = self.connection.head.clone().into_parts();
                let error = DecodeError::new(O::META.id, undecodable, head, data);
                Err(self.connection.context.redact(error.into()))
            }
        }))
    }
}

/// No field is pinned: what is polled is on the heap.
impl<O: Streamed> Unpin for Events<O> {}

impl<O: Streamed> futures_core::Stream for Events<O> {
    type Item = Result<Event<O::Event>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_event(context)
    }
}

impl<O: Streamed> fmt::Debug for Events<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events")
            .field("operation", &O::META.id)
            .field("status", &self.status())
            .field("last_event_id", &self.last_event_id())
            .finish_non_exhaustive()
    }
}
