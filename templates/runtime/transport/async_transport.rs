//! The asynchronous transport.

use super::body_stream::BodyStream;
use super::limits::Limits;
use super::request_body::RequestBody;
use super::send_error::{SendError, SendErrorKind};
use super::timer::Timer;
use bytes::Bytes;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A boxed future that can be sent to another thread.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// An asynchronous HTTP stack, with the methods that a client needs.
///
/// An implementation
/// - enforces the limits of this one attempt: the timeouts, and the size of the response while reading it;
/// - sends the request once: the client decides about retries;
/// - follows no redirect, because the credential is for this server only;
/// - returns every status as a response, never as an error;
/// - stops when the future is dropped.
///
/// The client also takes the time from its transport, so that a test can control the clock.
pub trait Transport: Send + Sync {
    /// Sends a request and reads the whole response.
    fn send(
        &self,
        request: http::Request<Bytes>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, SendError>>;

    /// Sends a request whose body need not be in memory, and returns the response once its head is received; its body is
    /// received while it is read.
    ///
    /// Here, the timeouts of the limits are for the time until the head is received, and
    /// [`Limits::idle_timeout`] for the time between two chunks of the body. The size of the body has no limit.
    ///
    /// The default implementation holds both bodies in memory.
    fn open(
        &self,
        request: http::Request<RequestBody>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<BodyStream>, SendError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = body
                .collect()
                .await
                .map_err(|error| SendError::with_source(SendErrorKind::RequestBody, error))?;
            let response = self
                .send(http::Request::from_parts(head, body), limits)
                .await?;
            Ok(response.map(BodyStream::from_bytes))
        })
    }

    /// Waits before a request is sent again.
    ///
    /// The default implementation starts a thread for each wait; an implementation for an async runtime should use the
    /// timer of the runtime.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(Timer::new(duration))
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
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, SendError>> {
        (**self).send(request, limits)
    }

    fn open(
        &self,
        request: http::Request<RequestBody>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<BodyStream>, SendError>> {
        (**self).open(request, limits)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        (**self).sleep(duration)
    }

    fn now(&self) -> Instant {
        (**self).now()
    }
}
