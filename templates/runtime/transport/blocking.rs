//! The blocking transport.

use super::async_transport::{self, BoxFuture};
use super::body_stream::BodyStream;
use super::limits::Limits;
use super::request_body::RequestBody;
use super::send_error::{SendError, SendErrorKind};
use bytes::Bytes;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

/// A blocking HTTP stack, with the methods that a client needs.
///
/// It follows the rules of the asynchronous [`Transport`](super::super::Transport): it enforces the limits, sends once,
/// follows no redirect, and returns every status as a response.
pub trait Transport: Send + Sync {
    /// Sends a request and reads the whole response.
    ///
    /// # Errors
    /// Returns an error when no complete response was received within the limits.
    fn send(
        &self,
        request: http::Request<Bytes>,
        limits: Limits,
    ) -> Result<http::Response<Bytes>, SendError>;

    /// Sends a request whose body need not be in memory, and returns the response once its head is received; its body is
    /// received while it is read. The limits are those of the asynchronous transport.
    ///
    /// The default implementation holds both bodies in memory.
    ///
    /// # Errors
    /// Returns an error when no head was received within the limits.
    fn open(
        &self,
        request: http::Request<RequestBody>,
        limits: Limits,
    ) -> Result<http::Response<BodyStream>, SendError> {
        let (head, body) = request.into_parts();
        let mut bytes = Vec::new();
        body.reader()
            .and_then(|mut reader| reader.read_to_end(&mut bytes))
            .map_err(|error| SendError::with_source(SendErrorKind::RequestBody, error))?;
        let request = http::Request::from_parts(head, bytes.into());
        Ok(self.send(request, limits)?.map(BodyStream::from_bytes))
    }

    /// Waits before a request is sent again.
    fn sleep(&self, duration: Duration) {
        thread::sleep(duration);
    }

    /// Returns the current time of the clock that [`sleep`](Self::sleep) uses.
    fn now(&self) -> Instant {
        Instant::now()
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: http::Request<Bytes>,
        limits: Limits,
    ) -> Result<http::Response<Bytes>, SendError> {
        (**self).send(request, limits)
    }

    fn open(
        &self,
        request: http::Request<RequestBody>,
        limits: Limits,
    ) -> Result<http::Response<BodyStream>, SendError> {
        (**self).open(request, limits)
    }

    fn sleep(&self, duration: Duration) {
        (**self).sleep(duration);
    }

    fn now(&self) -> Instant {
        (**self).now()
    }
}

/// A blocking transport as an asynchronous one, whose futures are ready when they are first polled.
pub(crate) struct Blocking<T>(pub(crate) T);

impl<T: Transport> async_transport::Transport for Blocking<T> {
    fn send(
        &self,
        request: http::Request<Bytes>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, SendError>> {
        Box::pin(async move { self.0.send(request, limits) })
    }

    fn open(
        &self,
        request: http::Request<RequestBody>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<BodyStream>, SendError>> {
        Box::pin(async move { self.0.open(request, limits) })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move { self.0.sleep(duration) })
    }

    fn now(&self) -> Instant {
        self.0.now()
    }
}
