//! Sending one request: its credential, attempts and pauses.

use super::super::auth::Secrets;
use super::super::decode::Deviation;
use super::super::error::Error;
use super::super::retry::is_idempotent;
use super::super::trace::Trace;
use super::super::transport::{
    BodyStream, BoxFuture, Limits, RequestBody, SendError, SendErrorKind, Transport,
};
#[cfg(feature = "gzip")]
use super::super::transport::{decompress, decompress_stream};
use super::super::wire::Meta;
use super::config::Config;
use super::response::Response;
use bytes::Bytes;
use http::header::{AUTHORIZATION, HeaderValue};
use std::sync::Arc;
#[cfg(feature = "streams")]
use std::time::Duration;
use std::time::Instant;

/// Executes requests for both clients. The blocking one has a transport whose futures are ready at once.
#[derive(Clone)]
pub(crate) struct Executor {
    pub(crate) config: Arc<Config>,
    pub(crate) transport: Arc<dyn Transport>,
}

/// A received response, and what is needed to handle it.
pub(crate) struct Received<B = Bytes> {
    pub(crate) response: http::Response<B>,
    pub(crate) context: ReceivedContext,
}

impl Executor {
    pub(crate) fn new(config: Config, transport: Arc<dyn Transport>) -> Self {
        Self {
            config: Arc::new(config),
            transport,
        }
    }

    /// Sends a request, with as many attempts as are necessary and allowed.
    pub(crate) fn execute(
        &self,
        meta: Meta,
        request: Result<http::Request<Bytes>, Error>,
    ) -> BoxFuture<'static, Result<Received, Error>> {
        self.clone().run(meta, request)
    }

    /// Sends a request whose body need not be in memory, and returns the response once its head is received.
    pub(crate) fn open(
        &self,
        meta: Meta,
        request: Result<http::Request<RequestBody>, Error>,
    ) -> BoxFuture<'static, Result<Received<BodyStream>, Error>> {
        self.clone().run(meta, request)
    }

    fn run<B: Exchange>(
        self,
        meta: Meta,
        request: Result<http::Request<B>, Error>,
    ) -> BoxFuture<'static, Result<Received<B::Response>, Error>> {
        let executor = self;
        Box::pin(async move {
            let request = request?;
            let trace = Trace::start(&meta, &request);
            let execution = Execution {
                executor: &executor,
                #[cfg(feature = "oauth")]
                meta: &meta,
                trace: &trace,
                deadline: executor.deadline(),
            };
            let result = trace.enclose(execution.run(request)).await;
            trace.finish(result.as_ref().map(|(response, _)| response));
            let (response, sent_credential) = result?;
            let context = ReceivedContext {
                config: executor.config,
                operation: meta.id,
                sent_credential,
                trace,
            };
            Ok(Received { response, context })
        })
    }

    pub(crate) fn config(&self) -> &Config {
        &self.config
    }

    /// Waits, on the clock of the transport.
    #[cfg(feature = "streams")]
    pub(crate) fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let transport = Arc::clone(&self.transport);
        Box::pin(async move { transport.sleep(duration).await })
    }

    fn deadline(&self) -> Option<Instant> {
        self.transport
            .now()
            .checked_add(self.config.limits().timeout)
    }
}

/// The body of a request, and how a transport sends it.
pub(super) trait Exchange: Clone + Send + Sync + Sized + 'static {
    /// The body of the response.
    type Response: Send;

    fn send(
        transport: &dyn Transport,
        request: http::Request<Self>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Self::Response>, SendError>>;

    /// Whether the body can be sent in another attempt.
    fn is_available(&self) -> bool;
}

impl Exchange for Bytes {
    type Response = Self;

    fn send(
        transport: &dyn Transport,
        request: http::Request<Self>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Self>, SendError>> {
        let response = transport.send(request, limits);
        #[cfg(feature = "gzip")]
        let response =
            Box::pin(async move { decompress(response.await?, limits.max_response_size) });
        response
    }

    fn is_available(&self) -> bool {
        true
    }
}

impl Exchange for RequestBody {
    type Response = BodyStream;

    fn send(
        transport: &dyn Transport,
        request: http::Request<Self>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<BodyStream>, SendError>> {
        let response = transport.open(request, limits);
        #[cfg(feature = "gzip")]
        let response = Box::pin(async move { Ok(decompress_stream(response.await?)) });
        response
    }

    fn is_available(&self) -> bool {
        Self::is_available(self)
    }
}

/// A response, and the `Authorization` header that was sent.
pub(super) type Outcome<B> = Result<(http::Response<B>, Option<HeaderValue>), SendError>;

pub(super) struct Execution<'a> {
    pub(super) executor: &'a Executor,
    #[cfg(feature = "oauth")]
    pub(super) meta: &'a Meta,
    trace: &'a Trace,
    deadline: Option<Instant>,
}

impl Execution<'_> {
    /// Sends the request with the credential of the client.
    async fn run<B: Exchange>(&self, mut request: http::Request<B>) -> Outcome<B::Response> {
        let is_idempotent = self.executor.config.is_idempotent() || is_idempotent(request.method());
        #[cfg(feature = "oauth")]
        if let Some(source) = self.token_source(&request) {
            return self.run_with_token(source, request, is_idempotent).await;
        }
        let response = self.attempts(&request, is_idempotent).await?;
        Ok((response, request.headers_mut().remove(AUTHORIZATION)))
    }

    /// Sends the request until there is a final result.
    pub(super) async fn attempts<B: Exchange>(
        &self,
        request: &http::Request<B>,
        is_idempotent: bool,
    ) -> Result<http::Response<B::Response>, SendError> {
        let transport = &self.executor.transport;
        let mut made = 0;
        loop {
            let limits = self.limits_of_attempt()?;
            let result = B::send(&**transport, request.clone(), limits).await;
            made += 1;
            if !request.body().is_available() {
                return result;
            }
            let retry = self.executor.config.retry();
            let Some(pause) = retry.pause(made, is_idempotent, &result) else {
                return result;
            };
            let resumed = transport.now().checked_add(pause);
            if self
                .deadline
                .is_some_and(|end| resumed.is_none_or(|resumed| resumed >= end))
            {
                return result;
            }
            self.trace.retry(made, pause, &result);
            drop(result);
            transport.sleep(pause).await;
        }
    }

    /// Returns the limits of the client, with the time that is left.
    fn limits_of_attempt(&self) -> Result<Limits, SendError> {
        let mut limits = *self.executor.config.limits();
        limits.timeout = limits.attempt_timeout;
        if let Some(deadline) = self.deadline {
            let left = deadline.saturating_duration_since(self.executor.transport.now());
            if left.is_zero() {
                return Err(SendError::new(SendErrorKind::Timeout));
            }
            limits.timeout = limits.timeout.min(left);
        }
        limits.attempt_timeout = limits.timeout;
        limits.connect_timeout = limits.connect_timeout.min(limits.timeout);
        Ok(limits)
    }
}

/// What is needed to handle a response after it was decoded.
pub(crate) struct ReceivedContext {
    config: Arc<Config>,
    operation: &'static str,
    sent_credential: Option<HeaderValue>,
    trace: Trace,
}

impl ReceivedContext {
    /// Records deviations in the trace, and redacts credentials in errors.
    pub(crate) fn handle_response<T>(
        &self,
        result: Result<Response<T>, Error>,
    ) -> Result<Response<T>, Error> {
        match result {
            Ok(response) => {
                self.deviations(response.deviations());
                Ok(response)
            }
            Err(error) => Err(self.redact(error)),
        }
    }

    /// Records deviations in the trace.
    pub(crate) fn deviations(&self, deviations: &[Deviation]) {
        self.trace.deviations(self.operation, deviations);
    }

    pub(crate) fn redact(&self, error: Error) -> Error {
        self.trace.fail_with(&error);
        let secrets = Secrets::new(self.config.credentials(), self.sent_credential.as_ref());
        match error {
            Error::Api(mut error) => {
                error.redact(&secrets);
                Error::Api(error)
            }
            Error::Decode(mut error) => {
                error.redact(&secrets);
                Error::Decode(error)
            }
            other @ (Error::Build(_) | Error::Send(_) | Error::Page(_) | Error::Record(_)) => other,
        }
    }
}
