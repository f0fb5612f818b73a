//! What carries a request to the API.

use super::config::Limits;
use super::error::SendError;
use super::timer::Timer;
use bytes::Bytes;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A boxed future that can move between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// An asynchronous HTTP stack, reduced to what a client needs of it.
///
/// An implementation
/// - keeps to the limits, which are those of this one attempt: the timeouts, and the response size,
///   which it checks while it reads;
/// - sends the request once: the client decides what is repeated;
/// - follows no redirect, because the credential is for this server only;
/// - returns every status as a response, and none as an error;
/// - stops when the future is dropped.
///
/// The client takes time from its transport, too, so that a test can turn the clock.
pub trait Transport: Send + Sync {
    /// Sends a request and reads the whole response.
    fn send(
        &self,
        request: http::Request<Bytes>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, SendError>>;

    /// Waits before a request is repeated.
    ///
    /// Unless an implementation has the timer of its runtime to offer, a thread is started for
    /// each wait.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(Timer::new(duration))
    }

    /// Returns the time on the clock that [`sleep`](Self::sleep) goes by.
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

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        (**self).sleep(duration)
    }

    fn now(&self) -> Instant {
        (**self).now()
    }
}
