//! The connection that events are received over, and the next one when it breaks.

use super::super::client::{Executor, Received, ReceivedContext};
use super::super::error::Error;
use super::super::transport::{BodyStream, BoxFuture, RequestBody, SendError, SendErrorKind};
use super::super::wire::Meta;
use super::frame::Frame;
use super::framing::Parser;
use super::streamed::Streaming;
use bytes::Bytes;
use http::header::{HeaderName, HeaderValue};
use std::collections::VecDeque;
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
    frames: VecDeque<Frame>,
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
        Self {
            executor,
            meta,
            request,
            streaming,
            parser: Parser::new(streaming.framing, String::new()),
            frames: VecDeque::new(),
            state: State::Receiving(body),
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
        loop {
            if let Some(frame) = self.frames.pop_front() {
                self.attempts = 0;
                if self.streaming.ends.iter().any(|end| frame.data == end) {
                    self.frames.clear();
                    self.state = State::Done;
                    return Poll::Ready(None);
                }
                return Poll::Ready(Some(Ok(frame)));
            }
            match &mut self.state {
                State::Receiving(body) => {
                    let chunk = ready!(body.poll_chunk(context));
                    if let Err(error) = self.receive(chunk) {
                        self.state = State::Done;
                        return Poll::Ready(Some(Err(error)));
                    }
                }
                State::Waiting(wait) => {
                    ready!(wait.as_mut().poll(context));
                    self.state = State::Connecting(self.connect());
                }
                State::Connecting(received) => {
                    let received = ready!(received.as_mut().poll(context));
                    if let Err(error) = self.connected(received) {
                        self.state = State::Done;
                        return Poll::Ready(Some(Err(error)));
                    }
                }
                State::Done => return Poll::Ready(None),
            }
        }
    }

    /// Takes a chunk, or the end of the connection.
    fn receive(&mut self, chunk: Option<Result<Bytes, SendError>>) -> Result<(), Error> {
        let limits = self.executor.config().limits();
        match chunk {
            Some(Ok(chunk)) => {
                let parsed = self
                    .parser
                    .push(&chunk, limits.max_event_size, &mut self.frames);
                let last_retry = self.frames.iter().rev().find_map(|frame| frame.retry);
                if let Some(retry) = self.parser.take_retry().or(last_retry) {
                    self.retry = retry;
                }
                parsed.map_err(|_| SendError::new(SendErrorKind::TooLarge).into())
            }
            Some(Err(error)) if !self.can_reconnect() => Err(error.into()),
            None if !self.can_reconnect() => {
                self.parser.finish(&mut self.frames);
                self.state = State::Done;
                Ok(())
            }
            Some(Err(_)) | None => {
                self.wait();
                Ok(())
            }
        }
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
        if head.status == http::StatusCode::NO_CONTENT {
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
