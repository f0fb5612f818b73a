//! Sending bodies that are not in memory, and receiving bodies chunk by chunk.

use super::async_transport::BoxFuture;
use super::body_stream::{CHUNK, Chunks};
use super::limits::Limits;
use super::request_body::{ChunkStream, Content, Progress, RequestBody};
use super::send_error::{SendError, SendErrorKind};
use bytes::Bytes;
use std::future::Future;
use std::io::{self, Read};
use std::pin::{Pin, pin};
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::task::JoinHandle;

/// Waits for a response, while a body may be sent that takes any time as long as it goes on.
pub(super) async fn while_sending<T>(
    response: impl Future<Output = T>,
    body: &RequestBody,
    limits: Limits,
) -> Result<T, SendError> {
    if body.as_bytes().is_some() {
        return within(limits.timeout, response).await;
    }
    let progress = body.progress();
    let mut response = pin!(response);
    loop {
        let before = progress.sent();
        let idle = limits.idle_timeout.max(limits.timeout);
        match within(idle, response.as_mut()).await {
            Err(_) if progress.sent() > before => {}
            result => return result,
        }
    }
}

async fn within<T>(timeout: Duration, future: impl Future<Output = T>) -> Result<T, SendError> {
    let elapsed = |_| SendError::new(SendErrorKind::Timeout);
    tokio::time::timeout(timeout, future).await.map_err(elapsed)
}

/// The result of receiving a chunk; `None` at the end.
pub(super) type Chunk = Result<Option<Bytes>, SendError>;

/// A response of an HTTP stack, whose body is received chunk by chunk.
pub(super) trait Incoming: Send + Sized + 'static {
    /// Receives the next chunk.
    fn chunk(&mut self) -> impl Future<Output = Chunk> + Send;
}

/// The body of a response while it is received.
pub(super) struct Receiving<I> {
    idle_timeout: Duration,
    next: Option<BoxFuture<'static, (I, Chunk)>>,
}

impl<I: Incoming> Receiving<I> {
    pub(super) fn new(incoming: I, idle_timeout: Duration) -> Self {
        Self {
            idle_timeout,
            next: Some(Box::pin(next_chunk(incoming, idle_timeout))),
        }
    }
}

async fn next_chunk<I: Incoming>(mut incoming: I, idle_timeout: Duration) -> (I, Chunk) {
    let chunk = within(idle_timeout, incoming.chunk()).await;
    (incoming, chunk.and_then(|chunk| chunk))
}

impl<I: Incoming> Chunks for Receiving<I> {
    fn poll_chunk(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, SendError>>> {
        let Some(next) = &mut self.next else {
            return Poll::Ready(None);
        };
        let (incoming, chunk) = ready!(next.as_mut().poll(context));
        self.next = match &chunk {
            Ok(Some(_)) => Some(Box::pin(next_chunk(incoming, self.idle_timeout))),
            Ok(None) | Err(_) => None,
        };
        Poll::Ready(chunk.transpose())
    }
}

/// The body of a request as HTTP stacks send it.
pub(super) struct Sending {
    state: Mutex<State>,
    length: Option<u64>,
    progress: Progress,
}

/// Readers are read on threads for blocking work.
enum State {
    Bytes(Bytes),
    Reader(Box<dyn Read + Send>),
    Reading(JoinHandle<(Box<dyn Read + Send>, io::Result<Bytes>)>),
    Stream(ChunkStream),
    Done,
}

impl Sending {
    pub(super) fn new(body: &RequestBody) -> Result<Self, SendError> {
        let content = body
            .content()
            .map_err(|error| SendError::with_source(SendErrorKind::RequestBody, error))?;
        Ok(Self {
            state: Mutex::new(match content {
                Content::Bytes(bytes) => State::Bytes(bytes),
                Content::Reader(reader) => State::Reader(reader),
                Content::Stream(stream) => State::Stream(stream),
            }),
            length: body.length(),
            progress: body.progress(),
        })
    }
}

impl From<Bytes> for Sending {
    fn from(bytes: Bytes) -> Self {
        Self {
            length: Some(bytes.len() as u64),
            state: Mutex::new(State::Bytes(bytes)),
            progress: Progress::default(),
        }
    }
}

fn read_chunk(mut reader: Box<dyn Read + Send>) -> (Box<dyn Read + Send>, io::Result<Bytes>) {
    let mut buffer = Vec::with_capacity(CHUNK);
    let result = reader.by_ref().take(CHUNK as u64).read_to_end(&mut buffer);
    (reader, result.map(|_| buffer.into()))
}

impl State {
    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        loop {
            *self = match std::mem::replace(self, Self::Done) {
                Self::Bytes(bytes) => {
                    let bytes = Some(bytes).filter(|bytes| !bytes.is_empty());
                    return Poll::Ready(bytes.map(Ok));
                }
                Self::Reader(reader) => {
                    Self::Reading(tokio::task::spawn_blocking(|| read_chunk(reader)))
                }
                Self::Reading(mut task) => match Pin::new(&mut task).poll(context) {
                    Poll::Pending => {
                        *self = Self::Reading(task);
                        return Poll::Pending;
                    }
                    Poll::Ready(Ok((reader, Ok(chunk)))) if !chunk.is_empty() => {
                        *self = Self::Reader(reader);
                        return Poll::Ready(Some(Ok(chunk)));
                    }
                    Poll::Ready(Ok((_, Ok(_)))) => return Poll::Ready(None),
                    Poll::Ready(Ok((_, Err(error)))) => return Poll::Ready(Some(Err(error))),
                    Poll::Ready(Err(error)) => {
                        return Poll::Ready(Some(Err(io::Error::other(error))));
                    }
                },
                Self::Stream(mut stream) => {
                    let chunk = stream.as_mut().poll_next(context);
                    if !matches!(chunk, Poll::Ready(None | Some(Err(_)))) {
                        *self = Self::Stream(stream);
                    }
                    return chunk;
                }
                Self::Done => return Poll::Ready(None),
            };
        }
    }
}

impl http_body::Body for Sending {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<http_body::Frame<Bytes>>>> {
        let state = self.state.get_mut();
        let state = state.unwrap_or_else(PoisonError::into_inner);
        let chunk = ready!(state.poll_chunk(context));
        if let Some(Ok(chunk)) = &chunk {
            self.progress.add(chunk.len());
        }
        Poll::Ready(chunk.map(|chunk| chunk.map(http_body::Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.length == Some(0)
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.length.map_or_else(
            http_body::SizeHint::default,
            http_body::SizeHint::with_exact,
        )
    }
}
