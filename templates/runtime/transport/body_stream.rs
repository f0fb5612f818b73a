//! The body of a response, chunk by chunk.

use super::send_error::{SendError, SendErrorKind};
use bytes::{Bytes, BytesMut};
use std::fmt;
use std::future::poll_fn;
use std::io::{ErrorKind, Read};
use std::pin::Pin;
use std::task::{Context, Poll};

/// The size of the chunks that are read from a reader, in bytes.
pub(crate) const CHUNK: usize = 64 * 1024;

/// A source of chunks, which a transport implements for the bodies of its responses.
pub trait Chunks: Send {
    /// Returns the next chunk; `None` at the end.
    fn poll_chunk(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, SendError>>>;
}

/// The body of a response, chunk by chunk, while it is received.
pub struct BodyStream(Pin<Box<dyn Chunks>>);

impl BodyStream {
    /// Creates a body from a source of chunks.
    pub fn new(chunks: impl Chunks + 'static) -> Self {
        Self(Box::pin(chunks))
    }

    /// Creates a body that is there already.
    pub fn from_bytes(bytes: Bytes) -> Self {
        Self::new(Whole(Some(bytes)))
    }

    /// Creates a body from a reader, which blocks the thread while it waits.
    pub fn from_reader(reader: impl Read + Send + 'static) -> Self {
        Self::new(Reading {
            reader,
            buffer: BytesMut::new(),
        })
    }

    /// Returns the next chunk; `None` at the end.
    pub fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, SendError>>> {
        self.0.as_mut().poll_chunk(context)
    }

    /// Reads the rest of the body, up to `max_size` bytes.
    pub(crate) async fn collect(mut self, max_size: usize) -> Result<Bytes, SendError> {
        let mut body = BytesMut::new();
        while let Some(chunk) = poll_fn(|context| self.poll_chunk(context)).await {
            let chunk = chunk?;
            if chunk.len() > max_size - body.len() {
                return Err(SendError::new(SendErrorKind::TooLarge));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body.freeze())
    }
}

impl fmt::Debug for BodyStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BodyStream").finish_non_exhaustive()
    }
}

struct Whole(Option<Bytes>);

impl Chunks for Whole {
    fn poll_chunk(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, SendError>>> {
        let bytes = self.0.take().filter(|bytes| !bytes.is_empty());
        Poll::Ready(bytes.map(Ok))
    }
}

struct Reading<R> {
    reader: R,
    buffer: BytesMut,
}

impl<R> Unpin for Reading<R> {}

impl<R: Read + Send> Chunks for Reading<R> {
    fn poll_chunk(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, SendError>>> {
        let Self { reader, buffer } = &mut *self;
        buffer.resize(CHUNK, 0);
        let length = loop {
            match reader.read(buffer) {
                Ok(length) => break length,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    let error = error.downcast::<SendError>().unwrap_or_else(|error| {
                        let kind = match error.kind() {
                            ErrorKind::TimedOut | ErrorKind::WouldBlock => SendErrorKind::Timeout,
                            _ => SendErrorKind::Broken,
                        };
                        SendError::with_source(kind, error)
                    });
                    return Poll::Ready(Some(Err(error)));
                }
            }
        };
        let chunk = buffer.split_to(length).freeze();
        Poll::Ready((length > 0).then_some(Ok(chunk)))
    }
}
