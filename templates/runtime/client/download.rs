//! Bodies that are not held in memory: received and sent while they are read.

use super::super::error::{Error, request_id};
use super::super::transport::{BodyStream, RequestBody};
use super::super::wire::Meta;
use super::async_client::Client;
use super::execute::{Executor, Received};
use super::operation::Operation;
use super::response::{Response, check_status, is_success};
use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, StatusCode};
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

impl Client {
    /// Sends a request and returns its response once the head of that is received; the body is received while it is read,
    /// and has no size limit.
    ///
    /// The limits are those of streams; see [`Limits::idle_timeout`](super::super::Limits::idle_timeout).
    ///
    /// # Errors
    /// The future returns any [`Error`].
    pub fn download<O: Operation>(
        &self,
        operation: O,
    ) -> impl Future<Output = Result<Download, Error>> + Send + use<O> {
        let request = self.encode(&O::META, &operation);
        let request = request.map(|request| request.map(RequestBody::from));
        let executor = self.executor().clone();
        let opened = executor.open(O::META, request);
        async move {
            let received = executor.check(&O::META, opened.await?).await?;
            Ok(Download::new(received))
        }
    }

    /// Sends a request with another body, which is read while it is sent, and decodes its response.
    ///
    /// The body takes the place of the one that the operation writes, which may be empty; its media type stays.
    ///
    /// # Errors
    /// The future returns any [`Error`].
    pub fn upload<O: Operation, B: Into<RequestBody>>(
        &self,
        operation: O,
        body: B,
    ) -> impl Future<Output = Result<Response<O::Output>, Error>> + Send + use<O, B> {
        let body = body.into();
        let request = self.encode(&O::META, &operation);
        let request = request.map(|request| request.map(|_| body));
        let executor = self.executor().clone();
        let opened = executor.open(O::META, request);
        async move {
            let Received { response, context } = opened.await?;
            let (head, body) = response.into_parts();
            let body = body
                .collect(executor.config().limits().max_response_size)
                .await?;
            context.handle_response(O::decode(http::Response::from_parts(head, body)))
        }
    }

    /// Builds the request of an operation.
    pub(crate) fn encode<O: Operation>(
        &self,
        meta: &Meta,
        operation: &O,
    ) -> Result<http::Request<Bytes>, Error> {
        let request = self
            .config()
            .encode(meta, &mut |encoder| operation.encode(encoder));
        Ok(request?)
    }
}

impl Executor {
    /// Returns an error for a response that is not a success, whose body is read for it.
    pub(crate) async fn check(
        &self,
        meta: &Meta,
        received: Received<BodyStream>,
    ) -> Result<Received<BodyStream>, Error> {
        if is_success(meta, received.response.status()) {
            return Ok(received);
        }
        let Received { response, context } = received;
        let (head, body) = response.into_parts();
        let body = body.collect(self.config.limits().max_response_size).await?;
        let error = check_status(meta, http::Response::from_parts(head, body));
        match error {
            Err(error) => Err(context.redact(error)),
            Ok(response) => Ok(Received {
                response: response.map(BodyStream::from_bytes),
                context,
            }),
        }
    }
}

/// A response whose body is received while it is read.
///
/// It implements `Stream` of the crate `futures-core`; [`chunk`](Self::chunk) does the same.
#[must_use = "a body is not received before it is read"]
pub struct Download {
    head: http::Response<()>,
    body: BodyStream,
    received: u64,
}

impl Download {
    fn new(received: Received<BodyStream>) -> Self {
        let (head, body) = received.response.into_parts();
        Self {
            head: http::Response::from_parts(head, ()),
            body,
            received: 0,
        }
    }

    /// Returns the next chunk; `None` at the end.
    ///
    /// Dropping the future loses no chunk.
    ///
    /// # Errors
    /// Returns [`Error::Send`] when the connection breaks or nothing is received for too long.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|context| self.poll_bytes(context)).await
    }

    fn poll_bytes(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        let chunk = ready!(self.body.poll_chunk(context));
        if let Some(Ok(chunk)) = &chunk {
            self.received += chunk.len() as u64;
        }
        Poll::Ready(chunk.map(|chunk| chunk.map_err(Error::from)))
    }

    /// Returns the status.
    pub fn status(&self) -> StatusCode {
        self.head.status()
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        self.head.headers()
    }

    /// Returns the id that the server gave the request, from headers such as `X-Request-Id`.
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.headers())
    }

    /// Returns the length of the body, if the server announced it.
    pub fn length(&self) -> Option<u64> {
        self.headers()
            .get(CONTENT_LENGTH)?
            .to_str()
            .ok()?
            .parse()
            .ok()
    }

    /// Returns the number of bytes that were received so far.
    pub fn received(&self) -> u64 {
        self.received
    }
}

impl futures_core::Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_bytes(context)
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("status", &self.status())
            .field("length", &self.length())
            .field("received", &self.received)
            .finish_non_exhaustive()
    }
}
