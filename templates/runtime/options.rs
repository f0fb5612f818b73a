//! What one request, or a few, are sent with instead of what the client has.

use super::config::Config;
use super::credentials::Credentials;
use super::retry::Retry;
use http::{HeaderMap, HeaderName, HeaderValue};
use std::fmt;
use std::time::Duration;

/// What one request is sent with instead of what its client has: `client.with(options).send(…)`.
///
/// `Debug` shows the names of the headers, not their values.
#[derive(Clone, Default)]
#[must_use = "options do nothing until a client is given them"]
pub struct Options {
    headers: HeaderMap,
    credentials: Option<Credentials>,
    timeout: Option<Duration>,
    attempt_timeout: Option<Duration>,
    max_response_size: Option<usize>,
    retry: Option<Retry>,
    repeatable: bool,
}

impl Options {
    /// Begins with what the client has.
    #[inline]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sends a header, unless the operation sets it itself.
    ///
    /// `Authorization` takes the place of the credential.
    #[inline]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// Sends another credential.
    #[inline]
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = Some(credentials);
        self
    }

    /// Sets how long the request may take in all.
    #[inline]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets how long an attempt may take.
    #[inline]
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// Sets how many bytes the body of the response may have.
    #[inline]
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.max_response_size = Some(bytes);
        self
    }

    /// Sets when the request is sent again.
    #[inline]
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = Some(retry);
        self
    }

    /// Declares that it is harmless to carry out this request twice, so that it is sent again like
    /// a GET.
    ///
    /// This is for requests that set what they set absolutely, and for those with an idempotency
    /// key that the API knows.
    #[inline]
    pub fn repeatable(mut self) -> Self {
        self.repeatable = true;
        self
    }

    /// Returns the configuration with these options.
    #[inline]
    pub(super) fn apply(self, config: &Config) -> Config {
        let mut limits = *config.limits();
        limits.timeout = self.timeout.unwrap_or(limits.timeout);
        limits.attempt_timeout = self.attempt_timeout.unwrap_or(limits.attempt_timeout);
        limits.max_response_size = self.max_response_size.unwrap_or(limits.max_response_size);
        let retry = self.retry.unwrap_or(*config.retry());
        let mut config = config.clone().with_limits(limits).with_retry(retry);
        if let Some(credentials) = self.credentials {
            config = config.with_credentials(credentials);
        }
        if self.repeatable {
            config = config.with_repeatable();
        }
        let headers = self.headers.iter();
        headers.fold(config, |config, (name, value)| {
            config.with_header(name.clone(), value.clone())
        })
    }
}

impl fmt::Debug for Options {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("credentials", &self.credentials)
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("max_response_size", &self.max_response_size)
            .field("retry", &self.retry)
            .field("repeatable", &self.repeatable)
            .finish()
    }
}
