//! What goes around requests: logging, signing, metrics, caches.

use super::async_transport::{BoxFuture, Transport};
use super::body_stream::BodyStream;
use super::limits::Limits;
use super::request_body::RequestBody;
use super::send_error::SendError;
use bytes::Bytes;
use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What a layer returns: the response, or why there is none.
pub type LayerResult = Result<http::Response<BodyStream>, SendError>;

/// Something that goes around requests, and may look at them and their responses, change them, or respond itself.
///
/// Every `async fn(http::Request<RequestBody>, Next) -> LayerResult` is one:
///
/// ```text
/// async fn log(request: http::Request<RequestBody>, next: Next) -> LayerResult {
///     let path = request.uri().path().to_owned();
///     let result = next.send(request).await;
///     println!("{path}: {:?}", result.as_ref().map(|response| response.status()));
///     result
/// }
/// ```
///
/// A client has layers around each attempt and around the whole request, with its retries. In a blocking client they run
/// on the thread of the caller, and wait for nothing but what they were given.
pub trait Layer: Send + Sync {
    /// Sends a request by way of `next`, or responds to it.
    fn call(
        &self,
        request: http::Request<RequestBody>,
        next: Next,
    ) -> BoxFuture<'static, LayerResult>;
}

impl<F, R> Layer for F
where
    F: Fn(http::Request<RequestBody>, Next) -> R + Send + Sync,
    R: Future<Output = LayerResult> + Send + 'static,
{
    fn call(
        &self,
        request: http::Request<RequestBody>,
        next: Next,
    ) -> BoxFuture<'static, LayerResult> {
        Box::pin(self(request, next))
    }
}

/// What is below a layer: the next layer, or the transport.
#[derive(Clone)]
pub struct Next {
    transport: Arc<dyn Transport>,
    limits: Limits,
    is_open: bool,
}

impl Next {
    /// Sends a request; a layer may do so more than once.
    ///
    /// # Errors
    /// Returns an error when no response was received within the limits.
    pub async fn send(&self, request: http::Request<RequestBody>) -> LayerResult {
        let bytes = request.body().as_bytes().cloned();
        match bytes.filter(|_| !self.is_open) {
            Some(bytes) => {
                let request = request.map(|_| bytes);
                let response = self.transport.send(request, self.limits).await?;
                Ok(response.map(BodyStream::from_bytes))
            }
            None => self.transport.open(request, self.limits).await,
        }
    }

    /// Returns the limits of the attempt, or of the whole request.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }
}

impl fmt::Debug for Next {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Next")
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

/// A transport with a layer around it.
struct Layered {
    layer: Arc<dyn Layer>,
    transport: Arc<dyn Transport>,
}

/// Puts layers around a transport; the first one is the outermost.
pub(crate) fn layered(
    transport: Arc<dyn Transport>,
    layers: &[Arc<dyn Layer>],
) -> Arc<dyn Transport> {
    layers.iter().rev().fold(transport, |transport, layer| {
        let layer = Arc::clone(layer);
        Arc::new(Layered { layer, transport })
    })
}

impl Layered {
    fn next(&self, limits: Limits, is_open: bool) -> Next {
        Next {
            transport: Arc::clone(&self.transport),
            limits,
            is_open,
        }
    }
}

impl Transport for Layered {
    fn send(
        &self,
        request: http::Request<Bytes>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, SendError>> {
        let request = request.map(RequestBody::from);
        let response = self.layer.call(request, self.next(limits, false));
        Box::pin(async move {
            let (head, body) = response.await?.into_parts();
            let body = body.collect(limits.max_response_size).await?;
            Ok(http::Response::from_parts(head, body))
        })
    }

    fn open(
        &self,
        request: http::Request<RequestBody>,
        limits: Limits,
    ) -> BoxFuture<'_, LayerResult> {
        self.layer.call(request, self.next(limits, true))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.transport.sleep(duration)
    }

    fn now(&self) -> Instant {
        self.transport.now()
    }
}
