//! Sending one request: its credential, attempts and pauses.

use super::super::auth::Secrets;
use super::super::error::Error;
use super::super::retry::is_idempotent;
use super::super::trace::Trace;
use super::super::transport::{BoxFuture, Limits, SendError, SendErrorKind, Transport};
use super::super::wire::Meta;
use super::config::Config;
use super::response::Response;
use bytes::Bytes;
use http::header::{AUTHORIZATION, HeaderValue};
use std::sync::Arc;
use std::time::Instant;

/// Executes requests for both clients. The blocking one has a transport whose futures are ready at once.
#[derive(Clone)]
pub(crate) struct Executor {
    pub(crate) config: Arc<Config>,
    pub(crate) transport: Arc<dyn Transport>,
}

/// A received response, and what is needed to handle it.
pub(crate) struct Received {
    pub(crate) response: http::Response<Bytes>,
    pub(crate) context: Context,
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
        let executor = self.clone();
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
            let context = Context {
                config: executor.config,
                operation: meta.id,
                sent_credential,
                trace,
            };
            Ok(Received { response, context })
        })
    }

    fn deadline(&self) -> Option<Instant> {
        self.transport
            .now()
            .checked_add(self.config.limits().timeout)
    }
}

/// A response, and the `Authorization` header that was sent.
pub(super) type Outcome = Result<(http::Response<Bytes>, Option<HeaderValue>), SendError>;

pub(super) struct Execution<'a> {
    pub(super) executor: &'a Executor,
    #[cfg(feature = "oauth")]
    pub(super) meta: &'a Meta,
    trace: &'a Trace,
    deadline: Option<Instant>,
}

impl Execution<'_> {
    /// Sends the request with the credential of the client.
    async fn run(&self, mut request: http::Request<Bytes>) -> Outcome {
        let is_idempotent = self.executor.config.is_idempotent() || is_idempotent(request.method());
        #[cfg(feature = "oauth")]
        if let Some(source) = self.token_source(&request) {
            return self.run_with_token(source, request, is_idempotent).await;
        }
        let response = self.attempts(&request, is_idempotent).await?;
        Ok((response, request.headers_mut().remove(AUTHORIZATION)))
    }

    /// Sends the request until there is a final result.
    pub(super) async fn attempts(
        &self,
        request: &http::Request<Bytes>,
        is_idempotent: bool,
    ) -> Result<http::Response<Bytes>, SendError> {
        let transport = &self.executor.transport;
        let mut made = 0;
        loop {
            let limits = self.limits_of_attempt()?;
            let result = transport.send(request.clone(), limits).await;
            made += 1;
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
pub(crate) struct Context {
    config: Arc<Config>,
    operation: &'static str,
    sent_credential: Option<HeaderValue>,
    trace: Trace,
}

impl Context {
    /// Records deviations in the trace, and redacts credentials in errors.
    pub(crate) fn handle_response<T>(
        &self,
        result: Result<Response<T>, Error>,
    ) -> Result<Response<T>, Error> {
        match result {
            Ok(response) => {
                self.trace.deviations(self.operation, response.deviations());
                Ok(response)
            }
            Err(error) => Err(self.redact(error)),
        }
    }

    fn redact(&self, error: Error) -> Error {
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
            other @ (Error::Build(_) | Error::Send(_) | Error::Page(_)) => other,
        }
    }
}
