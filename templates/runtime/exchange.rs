//! One request on its way: credential, attempts, pauses.

use super::config::{Config, Limits};
use super::credentials::Proof;
use super::error::{Error, SendError, SendErrorKind};
use super::operation::{Auth, Meta};
use super::response::Response;
use super::retry::is_idempotent;
use super::secrets::Secrets;
use super::token::TokenSource;
use super::trace::Trace;
use super::transport::{BoxFuture, Transport};
use bytes::Bytes;
use http::StatusCode;
use http::header::{AUTHORIZATION, HeaderValue};
use std::sync::Arc;
use std::time::Instant;

/// What both clients are made of. The blocking one brings a transport whose futures are ready at
/// once.
#[derive(Clone)]
pub(super) struct Core {
    pub(super) config: Arc<Config>,
    pub(super) transport: Arc<dyn Transport>,
    /// [`Self::carry_out`]. What stands here is compiled where the client is made, and not again
    /// for each operation that is called.
    carry_out: CarryOut,
}

type CarryOut =
    fn(Core, Meta, Result<http::Request<Bytes>, Error>) -> BoxFuture<'static, Result<Answer, Error>>;

/// An answer, and what is to be done when it is decoded.
pub(super) struct Answer {
    pub(super) response: http::Response<Bytes>,
    pub(super) epilogue: Epilogue,
}

impl Core {
    #[inline]
    pub(super) fn new(config: Config, transport: Arc<dyn Transport>) -> Self {
        Self {
            config: Arc::new(config),
            transport,
            carry_out: Self::carry_out,
        }
    }

    /// Sends a request, as often as it takes and is allowed.
    #[inline]
    pub(super) fn exchange(
        &self,
        meta: Meta,
        request: Result<http::Request<Bytes>, Error>,
    ) -> BoxFuture<'static, Result<Answer, Error>> {
        (self.carry_out)(self.clone(), meta, request)
    }

    #[inline]
    fn carry_out(
        self,
        meta: Meta,
        request: Result<http::Request<Bytes>, Error>,
    ) -> BoxFuture<'static, Result<Answer, Error>> {
        Box::pin(async move {
            let request = request?;
            let trace = Trace::start(&meta, &request);
            let exchange = Exchange {
                core: &self,
                meta: &meta,
                trace: &trace,
                deadline: self.deadline(),
            };
            let outcome = trace.enclose(exchange.run(request)).await;
            trace.finish(outcome.as_ref().map(|(response, _)| response));
            let (response, sent_credential) = outcome?;
            let epilogue = Epilogue {
                config: Arc::clone(&self.config),
                operation: meta.id,
                sent_credential,
                trace,
            };
            Ok(Answer { response, epilogue })
        })
    }

    #[inline]
    fn deadline(&self) -> Option<Instant> {
        self.transport
            .now()
            .checked_add(self.config.limits().timeout)
    }
}

type Outcome = Result<(http::Response<Bytes>, Option<HeaderValue>), SendError>;

struct Exchange<'a> {
    core: &'a Core,
    meta: &'a Meta,
    trace: &'a Trace,
    deadline: Option<Instant>,
}

impl Exchange<'_> {
    /// Sends the request with a token, when that is what the credential is made of, and once more
    /// with a new one, when the API does not know the token any longer.
    #[inline]
    async fn run(&self, mut request: http::Request<Bytes>) -> Outcome {
        let harmless = self.core.config.is_repeatable() || is_idempotent(request.method());
        let Some(source) = self.token_source(&request) else {
            let response = self.attempts(&request, harmless).await?;
            return Ok((response, request.headers_mut().remove(AUTHORIZATION)));
        };
        let token = self.authorize(&mut request, source).await?;
        let response = self.attempts(&request, harmless).await?;
        if response.status() != StatusCode::UNAUTHORIZED {
            return Ok((response, Some(token)));
        }
        source.forget(&token);
        if !harmless {
            return Ok((response, Some(token)));
        }
        let token = self.authorize(&mut request, source).await?;
        let response = self.attempts(&request, harmless).await?;
        Ok((response, Some(token)))
    }

    #[inline]
    fn token_source(&self, request: &http::Request<Bytes>) -> Option<&Arc<TokenSource>> {
        let own = request.headers().contains_key(AUTHORIZATION);
        match (self.meta.auth, self.core.config.credentials().proof()) {
            (Auth::Client, Ok(Proof::Token(source))) if !own => Some(source),
            _ => None,
        }
    }

    #[inline]
    async fn authorize(
        &self,
        request: &mut http::Request<Bytes>,
        source: &Arc<TokenSource>,
    ) -> Result<HeaderValue, SendError> {
        let transport = &self.core.transport;
        let fetch = async || {
            let request = source.request(&self.core.config)?;
            let response = self.attempts(&request, true).await?;
            Ok((response, transport.now()))
        };
        let token = source.token(transport, fetch).await?;
        request.headers_mut().insert(AUTHORIZATION, token.clone());
        Ok(token)
    }

    /// Sends the request until there is an outcome to keep.
    #[inline]
    async fn attempts(
        &self,
        request: &http::Request<Bytes>,
        harmless: bool,
    ) -> Result<http::Response<Bytes>, SendError> {
        let transport = &self.core.transport;
        let mut made = 0;
        loop {
            let limits = self.limits_of_attempt()?;
            let outcome = transport.send(request.clone(), limits).await;
            made += 1;
            let retry = self.core.config.retry();
            let Some(pause) = retry.pause(made, harmless, &outcome) else {
                return outcome;
            };
            let resumed = transport.now().checked_add(pause);
            if self
                .deadline
                .is_some_and(|end| resumed.is_none_or(|resumed| resumed >= end))
            {
                return outcome;
            }
            self.trace.repeat(made, pause, &outcome);
            drop(outcome);
            transport.sleep(pause).await;
        }
    }

    /// Returns the client's limits with what is left of the time.
    #[inline]
    fn limits_of_attempt(&self) -> Result<Limits, SendError> {
        let mut limits = *self.core.config.limits();
        if let Some(deadline) = self.deadline {
            let left = deadline.saturating_duration_since(self.core.transport.now());
            if left.is_zero() {
                return Err(SendError::new(SendErrorKind::Timeout));
            }
            limits.timeout = limits.attempt_timeout.min(left);
        } else {
            limits.timeout = limits.attempt_timeout;
        }
        limits.attempt_timeout = limits.timeout;
        limits.connect_timeout = limits.connect_timeout.min(limits.timeout);
        Ok(limits)
    }
}

/// What is left to do when an answer is decoded.
pub(super) struct Epilogue {
    config: Arc<Config>,
    operation: &'static str,
    sent_credential: Option<HeaderValue>,
    trace: Trace,
}

impl Epilogue {
    /// Reports deviations to the trace, and takes credentials out of what an error shows.
    pub(super) fn conclude<T>(
        &self,
        outcome: Result<Response<T>, Error>,
    ) -> Result<Response<T>, Error> {
        match outcome {
            Ok(response) => {
                self.trace.deviations(self.operation, response.deviations());
                Ok(response)
            }
            Err(error) => Err(self.conceal(error)),
        }
    }

    #[cold]
    #[inline]
    fn conceal(&self, error: Error) -> Error {
        self.trace.refused(&error);
        let secrets = Secrets::of(self.config.credentials(), self.sent_credential.as_ref());
        match error {
            Error::Api(mut error) => {
                error.conceal(&secrets);
                Error::Api(error)
            }
            Error::Decode(mut error) => {
                error.conceal(&secrets);
                Error::Decode(error)
            }
            other => other,
        }
    }
}
