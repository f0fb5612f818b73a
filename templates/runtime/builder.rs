//! Making a client step by step.

use super::blocking;
use super::client::Client;
use super::config::{Config, Limits};
use super::error::{BuildError, Error};
use super::retry::Retry;
use super::transport::Transport;
use http::{HeaderName, HeaderValue};
use std::sync::Arc;
use std::time::Duration;

/// Makes a client step by step; `T` is the kind of transport, asynchronous or blocking.
///
/// The first setting that is not valid is reported by `build`.
#[must_use = "a builder does nothing until it builds"]
pub struct ClientBuilder<T: ?Sized> {
    config: Result<Config, BuildError>,
    limits: Limits,
    transport: Option<Arc<T>>,
}

impl<T: ?Sized> ClientBuilder<T> {
    pub(super) fn new(config: Result<Config, BuildError>) -> Self {
        let limits = config.as_ref().map(|config| *config.limits());
        Self {
            limits: limits.unwrap_or_default(),
            config,
            transport: None,
        }
    }

    /// Sends every request to `base_url`, such as `http://127.0.0.1:4010`, instead of the server
    /// that the description names; see [`Config::with_base_url`].
    pub fn base_url(mut self, base_url: impl AsRef<str>) -> Self {
        self.config = self
            .config
            .and_then(|config| config.with_base_url(base_url.as_ref()));
        self
    }

    /// Sets the `User-Agent` header, in place of the name and version of this crate.
    pub fn user_agent(mut self, user_agent: impl AsRef<str>) -> Self {
        self.config = self
            .config
            .and_then(|config| config.with_user_agent(user_agent.as_ref()));
        self
    }

    /// Appends a product to the `User-Agent` header, such as `my-app/1.2`.
    pub fn product(mut self, product: impl AsRef<str>) -> Self {
        self.config = self
            .config
            .and_then(|config| config.with_product(product.as_ref()));
        self
    }

    /// Enters the API at an edge; see [`Config::with_edge`].
    pub fn edge(mut self, edge: impl AsRef<str>) -> Self {
        self.config = self
            .config
            .and_then(|config| config.with_edge(edge.as_ref()));
        self
    }

    /// Sends every request to a region; see [`Config::with_region`].
    pub fn region(mut self, region: impl AsRef<str>) -> Self {
        self.config = self
            .config
            .and_then(|config| config.with_region(region.as_ref()));
        self
    }

    /// Sends a header with every request, unless the operation sets it itself.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.config = self.config.map(|config| config.with_header(name, value));
        self
    }

    /// Sets when requests are sent again: up to 3 attempts where that is safe, unless set.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.config = self.config.map(|config| config.with_retry(retry));
        self
    }

    /// Sets how long a request may take in all, repetitions included: 60 seconds, unless set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.limits.timeout = timeout;
        self
    }

    /// Sets how long one attempt may take: 30 seconds, unless set.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.limits.attempt_timeout = timeout;
        self
    }

    /// Sets how long connecting may take: 10 seconds, unless set.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.limits.connect_timeout = timeout;
        self
    }

    /// Sets how many bytes the body of a response may have: 16 MiB, unless set.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.limits.max_response_size = bytes;
        self
    }

    fn into_parts(self) -> Result<(Config, Option<Arc<T>>), BuildError> {
        Ok((self.config?.with_limits(self.limits), self.transport))
    }
}

impl ClientBuilder<dyn Transport> {
    /// Sends through `transport` instead of `reqwest`.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    /// Returns [`Error::Build`] when a setting is not valid, or when there is no transport and the
    /// feature `client` is off.
    #[inline]
    pub fn build(self) -> Result<Client, Error> {
        let (config, transport) = self.into_parts()?;
        match transport.or_else(|| default_transport(config.limits())) {
            Some(transport) => Ok(Client::with_transport(config, transport)),
            None => Err(no_transport("client")),
        }
    }
}

impl ClientBuilder<dyn blocking::Transport> {
    /// Sends through `transport` instead of `ureq`.
    pub fn transport(mut self, transport: impl blocking::Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    /// Returns [`Error::Build`] when a setting is not valid, or when there is no transport and the
    /// feature `blocking` is off.
    #[inline]
    pub fn build(self) -> Result<blocking::Client, Error> {
        let (config, transport) = self.into_parts()?;
        match transport.or_else(default_blocking_transport) {
            Some(transport) => Ok(blocking::Client::with_transport(config, transport)),
            None => Err(no_transport("blocking")),
        }
    }
}

#[cfg(feature = "client")]
#[inline]
fn default_transport(limits: &Limits) -> Option<Arc<dyn Transport>> {
    Some(Arc::new(super::reqwest_transport::ReqwestTransport::new(
        limits.connect_timeout,
    )))
}

#[cfg(not(feature = "client"))]
#[inline]
fn default_transport(_: &Limits) -> Option<Arc<dyn Transport>> {
    None
}

#[cfg(feature = "blocking")]
#[inline]
fn default_blocking_transport() -> Option<Arc<dyn blocking::Transport>> {
    Some(Arc::new(super::ureq_transport::UreqTransport::default()))
}

#[cfg(not(feature = "blocking"))]
#[inline]
fn default_blocking_transport() -> Option<Arc<dyn blocking::Transport>> {
    None
}

#[inline]
fn no_transport(feature: &str) -> Error {
    BuildError::of_client(format!(
        "there is no transport; give it one, or enable the feature `{feature}`"
    ))
    .into()
}
