//! Sending one request: its credential, attempts and pauses.

use super::super::auth::Secrets;
use super::super::decode::Deviation;
use super::super::error::Error;
use super::super::retry::{has_idempotency_key, is_idempotent};
use super::super::trace::Trace;
use super::super::transport::{
    BodyStream, BoxFuture, Limits, RequestBody, SendError, SendErrorKind, Transport, layered,
};
#[cfg(feature = "gzip")]
use super::super::transport::{decompress, decompress_stream};
use super::super::wire::Meta;
use super::config::Config;
use super::response::Response;
use bytes::Bytes;
use http::header::{AUTHORIZATION, HeaderValue};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Executes requests for both clients. The blocking one has a transport whose futures are ready at once.
#[derive(Clone)]
pub(crate) struct Executor {
    pub(crate) config: Arc<Config>,
    pub(crate) transport: Arc<dyn Transport>,
    /// Whether the transport blocks the thread that polls it.
    #[cfg(feature = "oauth")]
    pub(super) is_blocking: bool,
}

/// A received response, and what is needed to handle it.
pub(crate) struct Received<B = Bytes> {
    pub(crate) response: http::Response<B>,
    pub(crate) context: ReceivedContext,
}

impl Executor {
    pub(crate) fn new(config: Config, transport: Arc<dyn Transport>) -> Self {
        Self {
            transport: layered(transport, config.layers()),
            config: Arc::new(config),
            #[cfg(feature = "oauth")]
            is_blocking: false,
        }
    }

    /// Returns an executor with another configuration.
    pub(crate) fn with_config(&self, config: Config) -> Self {
        Self {
            config: Arc::new(config),
            ..self.clone()
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
        Box::pin(async move {
            let request = request?;
            let operation = meta.id;
            let trace = Arc::new(Trace::start(&meta, &request));
            let whole = Whole {
                #[cfg(feature = "oauth")]
                meta,
                trace: Arc::clone(&trace),
                sent_credential: Arc::default(),
                executor: self.clone(),
            };
            let sent_credential = Arc::clone(&whole.sent_credential);
            let transport = layered(Arc::new(whole), self.config.outer_layers());
            let result = B::send(&*transport, request, *self.config.limits()).await;
            trace.finish(result.as_ref());
            let context = ReceivedContext {
                config: self.config,
                operation,
                sent_credential: take(&sent_credential),
                trace,
            };
            Ok(Received {
                response: result?,
                context,
            })
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

    pub(super) fn deadline(&self) -> Option<Instant> {
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

/// A request with all its attempts: the transport below the outer layers.
struct Whole {
    executor: Executor,
    #[cfg(feature = "oauth")]
    meta: Meta,
    trace: Arc<Trace>,
    sent_credential: Arc<Mutex<Option<HeaderValue>>>,
}

fn take(sent_credential: &Mutex<Option<HeaderValue>>) -> Option<HeaderValue> {
    let mut sent = sent_credential
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    sent.take()
}

impl Whole {
    async fn run<B: Exchange>(
        &self,
        request: http::Request<B>,
    ) -> Result<http::Response<B::Response>, SendError> {
        let execution = Execution {
            executor: &self.executor,
            #[cfg(feature = "oauth")]
            meta: &self.meta,
            trace: &self.trace,
            deadline: self.executor.deadline(),
        };
        let (response, sent) = self.trace.enclose(execution.run(request)).await?;
        *self
            .sent_credential
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = sent;
        Ok(response)
    }
}

impl Transport for Whole {
    fn send(
        &self,
        request: http::Request<Bytes>,
        _: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, SendError>> {
        Box::pin(self.run(request))
    }

    fn open(
        &self,
        request: http::Request<RequestBody>,
        _: Limits,
    ) -> BoxFuture<'_, Result<http::Response<BodyStream>, SendError>> {
        Box::pin(self.run(request))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.executor.transport.sleep(duration)
    }

    fn now(&self) -> Instant {
        self.executor.transport.now()
    }
}

pub(super) struct Execution<'a> {
    pub(super) executor: &'a Executor,
    #[cfg(feature = "oauth")]
    pub(super) meta: &'a Meta,
    pub(super) trace: &'a Trace,
    pub(super) deadline: Option<Instant>,
}

impl Execution<'_> {
    /// Sends the request with the credential of the client.
    async fn run<B: Exchange>(&self, mut request: http::Request<B>) -> Outcome<B::Response> {
        let is_idempotent = self.executor.config.is_idempotent()
            || is_idempotent(request.method())
            || has_idempotency_key(request.headers());
        #[cfg(feature = "oauth")]
        if let Some(endpoint) = self.token_endpoint(&request)? {
            return self.run_with_token(endpoint, request, is_idempotent).await;
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
            let config = &self.executor.config;
            let rule = config.retry_rule();
            let Some(pause) = config.retry().pause(made, is_idempotent, &result, rule) else {
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

    /// Returns the time that is left for the request, if it has a limit.
    pub(super) fn time_left(&self) -> Option<Duration> {
        let now = self.executor.transport.now();
        self.deadline
            .map(|deadline| deadline.saturating_duration_since(now))
    }

    /// Returns the limits of the client, with the time that is left.
    fn limits_of_attempt(&self) -> Result<Limits, SendError> {
        let mut limits = *self.executor.config.limits();
        limits.timeout = limits.time_of_attempt();
        if let Some(left) = self.time_left() {
            if left.is_zero() {
                return Err(SendError::new(SendErrorKind::Timeout));
            }
            limits.timeout = limits.timeout.min(left);
        }
        limits.attempt_timeout = Some(limits.timeout);
        limits.connect_timeout = limits.connect_timeout.min(limits.timeout);
        Ok(limits)
    }
}

/// What is needed to handle a response after it was decoded.
pub(crate) struct ReceivedContext {
    config: Arc<Config>,
    operation: &'static str,
    sent_credential: Option<HeaderValue>,
    trace: Arc<Trace>,
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
