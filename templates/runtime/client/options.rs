//! Options of one request, or of several.

use super::super::auth::Credentials;
use super::super::retry::{Attempt, Retry, RetryRule};
use super::config::Config;
use http::{HeaderMap, HeaderName, HeaderValue};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Options of a request that override those of its client: `client.with(options).send(…)`.
///
/// `Debug` shows the names of the headers, not their values.
#[derive(Clone, Default)]
#[must_use = "options do nothing until they are passed to `with`"]
pub struct Options {
    headers: HeaderMap,
    credentials: Option<Credentials>,
    timeout: Option<Duration>,
    attempt_timeout: Option<Duration>,
    max_response_size: Option<usize>,
    idle_timeout: Option<Duration>,
    max_event_size: Option<usize>,
    retry: Option<Retry>,
    retry_rule: Option<RetryRule>,
    is_idempotent: bool,
}

impl Options {
    /// Creates options that change nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sends a header, unless the operation sets it itself.
    ///
    /// `Authorization` replaces the credential.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// Sets the credential.
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = Some(credentials);
        self
    }

    /// Sets the time limit of the request with all attempts. One of more than 60 seconds is the limit of an attempt as well,
    /// unless that has one of its own.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets the time limit of one attempt.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// Sets the size limit of the body of the response in bytes.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.max_response_size = Some(bytes);
        self
    }

    /// Sets the time limit between two chunks of a body that is streamed.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = Some(timeout);
        self
    }

    /// Sets the size limit of an event of a stream in bytes.
    pub fn max_event_size(mut self, bytes: usize) -> Self {
        self.max_event_size = Some(bytes);
        self
    }

    /// Sets when the request is sent again.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = Some(retry);
        self
    }

    /// Sets the rule by which the request is sent again; see
    /// [`ClientBuilder::retry_if`](super::super::ClientBuilder::retry_if).
    pub fn retry_if(mut self, rule: impl Fn(&Attempt<'_>) -> bool + Send + Sync + 'static) -> Self {
        self.retry_rule = Some(Arc::new(rule));
        self
    }

    /// Sends the header `Idempotency-Key`, by which a service that supports it executes the request once, however often it
    /// is received. The request is sent again like a GET.
    ///
    /// Every request needs a key of its own, such as a random UUID.
    pub fn idempotency_key(self, key: HeaderValue) -> Self {
        self.header(HeaderName::from_static("idempotency-key"), key)
    }

    /// Declares that the request is idempotent, so that it is sent again like a GET.
    ///
    /// This is for requests that have the same effect when they are executed twice.
    pub fn idempotent(mut self) -> Self {
        self.is_idempotent = true;
        self
    }

    /// Returns the configuration with these options.
    pub(super) fn apply(self, config: &Config) -> Config {
        let mut limits = *config.limits();
        limits.timeout = self.timeout.unwrap_or(limits.timeout);
        limits.attempt_timeout = self.attempt_timeout.or(limits.attempt_timeout);
        limits.max_response_size = self.max_response_size.unwrap_or(limits.max_response_size);
        limits.idle_timeout = self.idle_timeout.unwrap_or(limits.idle_timeout);
        limits.max_event_size = self.max_event_size.unwrap_or(limits.max_event_size);
        let retry = self.retry.unwrap_or(*config.retry());
        let mut config = config.clone().with_options(limits, retry);
        if let Some(credentials) = self.credentials {
            config = config.with_credentials(credentials);
        }
        if let Some(rule) = self.retry_rule {
            config.set_retry_rule(rule);
        }
        if self.is_idempotent {
            config = config.with_idempotent();
        }
        let headers = self.headers.iter();
        headers.fold(config, |config, (name, value)| {
            config.with_header(name.clone(), value.clone())
        })
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("credentials", &self.credentials)
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("max_response_size", &self.max_response_size)
            .field("idle_timeout", &self.idle_timeout)
            .field("max_event_size", &self.max_event_size)
            .field("retry", &self.retry)
            .field("is_idempotent", &self.is_idempotent)
            .finish()
    }
}
