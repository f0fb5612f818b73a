//! The connection that events are received over, and the next one when it breaks.

use super::super::client::{Executor, Received, ReceivedContext};
use super::super::error::{DecodeError, Error};
use super::super::transport::{BodyStream, BoxFuture, RequestBody, SendError, SendErrorKind};
use super::super::wire::Meta;
use super::frame::{Broken, Frame};
use super::framing::Parser;
use super::streamed::Streaming;
use bytes::Bytes;
use http::StatusCode;
use http::header::{HeaderName, HeaderValue};
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// The header with the id of the last event (HTML Living Standard, section 9.2.4).
const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// The wait before the next connection, unless the server sets it.
const RETRY: Duration = Duration::from_secs(3);

/// Receives events.
pub(super) struct Connection {
    executor: Executor,
    meta: Meta,
    request: http::Request<Bytes>,
    streaming: Streaming,
    parser: Parser,
    /// What was received and is not parsed yet.
    chunk: Bytes,
    state: State,
    pub(super) head: http::Response<()>,
    pub(super) context: ReceivedContext,
    retry: Duration,
    /// How often a connection may be made again before the next event.
    reconnects: u32,
    attempts: u32,
}

enum State {
    Receiving(BodyStream),
    Waiting(BoxFuture<'static, ()>),
    Connecting(BoxFuture<'static, Result<Received<BodyStream>, Error>>),
    Done,
}

impl Connection {
    /// Receives the events of a response.
    pub(super) fn new(
        executor: Executor,
        meta: Meta,
        request: http::Request<Bytes>,
        streaming: Streaming,
        received: Received<BodyStream>,
    ) -> Self {
        let (head, body) = received.response.into_parts();
        // Such a response has no body (RFC 9110, sections 15.3.5 and 15.3.6).
        let is_empty = matches!(
            head.status,
            StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT
        );
        let state = if is_empty {
            State::Done
        } else {
            State::Receiving(body)
        };
        Self {
            executor,
            meta,
            request,
            streaming,
            parser: Parser::new(streaming.framing, String::new()),
            chunk: Bytes::new(),
            state,
            head: http::Response::from_parts(head, ()),
            context: received.context,
            retry: RETRY,
            reconnects: 0,
            attempts: 0,
        }
    }

    pub(super) fn set_reconnects(&mut self, reconnects: u32) {
        self.reconnects = reconnects;
    }

    pub(super) fn last_id(&self) -> &str {
        self.parser.last_id()
    }

    /// Returns the next event; `None` at the end.
    pub(super) fn poll_frame(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame, Error>>> {
        let next = ready!(self.poll_any_frame(context));
        let is_end = |frame: &Frame| self.streaming.ends.iter().any(|end| frame.data == end);
        match next {
            Ok(Some(frame)) if !is_end(&frame) => {
                self.attempts = 0;
                Poll::Ready(Some(Ok(frame)))
            }
            Ok(_) => {
                self.end();
                Poll::Ready(None)
            }
            Err(error) => {
                self.end();
                Poll::Ready(Some(Err(error)))
            }
        }
    }

    fn end(&mut self) {
        self.chunk.clear();
        self.state = State::Done;
    }

    /// Returns the next event, which may be one that ends the stream.
    fn poll_any_frame(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<Frame>, Error>> {
        loop {
            while !self.chunk.is_empty() {
                if let Some(frame) = self.parse()? {
                    return Poll::Ready(Ok(Some(frame)));
                }
            }
            // An empty part of a chunk keeps the memory of it all.
            self.chunk = Bytes::new();
            match &mut self.state {
                State::Receiving(body) => {
                    let chunk = ready!(body.poll_chunk(context));
                    if let Some(last) = self.receive(chunk)? {
                        return Poll::Ready(Ok(Some(last)));
                    }
                }
                State::Waiting(wait) => {
                    ready!(wait.as_mut().poll(context));
                    self.state = State::Connecting(self.connect());
                }
                State::Connecting(received) => {
                    let received = ready!(received.as_mut().poll(context));
                    self.connected(received)?;
                }
                State::Done => return Poll::Ready(Ok(None)),
            }
        }
    }

    /// Returns the next event of a chunk, if there is one.
    fn parse(&mut self) -> Result<Option<Frame>, Error> {
        let max_size = self.executor.config().limits().max_event_size;
        let frame = self.parser.next(&mut self.chunk, max_size);
        let frame = frame.map_err(|broken| self.error(broken))?;
        let retry = match &frame {
            Some(frame) => frame.retry,
            None => self.parser.take_retry(),
        };
        self.retry = retry.unwrap_or(self.retry);
        Ok(frame)
    }

    /// Returns the error for a stream that cannot go on, with what of it is received and not parsed.
    #[cold]
    fn error(&self, broken: Broken) -> Error {
        match broken {
            Broken::TooLarge => SendError::new(SendErrorKind::EventTooLarge).into(),
            Broken::Malformed(reason) => {
                let (head, ()) = self.head.clone().into_parts();
                DecodeError::of_body(self.meta.id, &reason, head, self.chunk.clone()).into()
            }
        }
    }

    /// Takes a chunk, or the end of the connection, which may complete an event.
    fn receive(&mut self, chunk: Option<Result<Bytes, SendError>>) -> Result<Option<Frame>, Error> {
        match chunk {
            Some(Ok(chunk)) => self.chunk = chunk,
            Some(Err(error)) if !self.can_reconnect() => return Err(error.into()),
            None if !self.can_reconnect() => {
                self.state = State::Done;
                return self.parser.finish().map_err(|broken| self.error(broken));
            }
            Some(Err(_)) | None => self.wait(),
        }
        Ok(None)
    }

    /// Whether the stream can go on after the last event that was received.
    fn can_reconnect(&self) -> bool {
        self.attempts < self.reconnects && !self.parser.last_id().is_empty()
    }

    fn wait(&mut self) {
        self.attempts += 1;
        self.state = State::Waiting(self.executor.sleep(self.retry));
    }

    fn connect(&self) -> BoxFuture<'static, Result<Received<BodyStream>, Error>> {
        let mut request = self.request.clone().map(RequestBody::from);
        if let Ok(id) = HeaderValue::from_bytes(self.parser.last_id().as_bytes()) {
            request.headers_mut().insert(LAST_EVENT_ID, id);
        }
        self.executor.open(self.meta.clone(), Ok(request))
    }

    fn connected(&mut self, received: Result<Received<BodyStream>, Error>) -> Result<(), Error> {
        let received = match received {
            Ok(received) => received,
            Err(Error::Send(_)) if self.can_reconnect() => {
                self.wait();
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        let (head, body) = received.response.into_parts();
        // The server has no more events (HTML Living Standard, section 9.2.3).
        if head.status == StatusCode::NO_CONTENT {
            self.state = State::Done;
            return Ok(());
        }
        if !head.status.is_success() {
            let error = super::super::error::ApiError::new(
                self.meta.id,
                http::Response::from_parts(head, Bytes::new()),
            );
            return Err(error.into());
        }
        let last_id = self.parser.last_id().to_owned();
        self.parser = Parser::new(self.streaming.framing, last_id);
        self.head = http::Response::from_parts(head, ());
        self.context = received.context;
        self.state = State::Receiving(body);
        Ok(())
    }
}
