//! Building a client.

use super::super::auth::Credentials;
use super::super::error::Error;
use super::super::retry::{Attempt, Retry};
use super::super::transport::{Layer, Limits, Transport};
use super::super::wire::BuildError;
use super::async_client::Client;
use super::blocking;
use super::config::Config;
use http::{HeaderName, HeaderValue};
use std::sync::Arc;
use std::time::Duration;

impl Client {
    /// Returns a builder for a client with other limits, another base URL or another transport.
    pub fn builder(credentials: Credentials) -> ClientBuilder<dyn Transport> {
        ClientBuilder::new(Ok(Config::new(credentials)))
    }
}

impl blocking::Client {
    /// Returns a builder for a client with other limits, another base URL or another transport.
    pub fn builder(credentials: Credentials) -> ClientBuilder<dyn blocking::Transport> {
        ClientBuilder::new(Ok(Config::new(credentials)))
    }
}

/// A builder for clients; `T` is the kind of transport, asynchronous or blocking.
///
/// The first setting that is not valid is reported by `build`.
#[must_use = "a builder does nothing until `build` is called"]
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

    pub(super) fn try_map(
        mut self,
        change: impl FnOnce(Config) -> Result<Config, BuildError>,
    ) -> Self {
        self.config = self.config.and_then(change);
        self
    }

    /// Sends every request to `base_url`, such as `http://127.0.0.1:4010`, instead of the server that the description
    /// names; see [`Config::with_base_url`].
    pub fn base_url(self, base_url: impl AsRef<str>) -> Self {
        self.try_map(|config| config.with_base_url(base_url.as_ref()))
    }

    /// Sends requests to one of the other servers of the description; see [`Config::with_server`].
    pub fn server(self, server: impl std::fmt::Display) -> Self {
        self.try_map(|config| config.with_server(server))
    }

    /// Sets the header `User-Agent`, whose default is the name and the version of this crate.
    pub fn user_agent(self, user_agent: impl AsRef<str>) -> Self {
        self.try_map(|config| config.with_user_agent(user_agent.as_ref()))
    }

    /// Appends a product to the header `User-Agent`, such as `my-app/1.2`.
    pub fn product(self, product: impl AsRef<str>) -> Self {
        self.try_map(|config| config.with_product(product.as_ref()))
    }

    /// Sends a header with every request, unless the operation sets it itself.
    pub fn header(self, name: HeaderName, value: HeaderValue) -> Self {
        self.try_map(|config| Ok(config.with_header(name, value)))
    }

    /// Sets when requests are sent again; by default up to 3 attempts where that is safe.
    pub fn retry(self, retry: Retry) -> Self {
        self.try_map(|config| Ok(config.with_retry(retry)))
    }

    /// Sets the rule by which requests are sent again, within the number of attempts and with the pauses of [`Retry`]; for
    /// example `|attempt| attempt.is_retried() || attempt.status() == Some(StatusCode::CONFLICT)`.
    pub fn retry_if(self, rule: impl Fn(&Attempt<'_>) -> bool + Send + Sync + 'static) -> Self {
        self.try_map(|config| Ok(config.with_retry_rule(rule)))
    }

    /// Adds a [`Layer`] around each attempt to send a request, inside of those that were added before.
    pub fn layer(self, layer: impl Layer + 'static) -> Self {
        self.try_map(|config| Ok(config.with_layer(layer)))
    }

    /// Adds a [`Layer`] around each request with all its attempts, inside of those that were added before.
    pub fn outer_layer(self, layer: impl Layer + 'static) -> Self {
        self.try_map(|config| Ok(config.with_outer_layer(layer)))
    }

    /// Sets the time limit of a request with all attempts, 60 seconds by default.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.limits.timeout = timeout;
        self
    }

    /// Sets the time limit of one attempt, 30 seconds by default, or all of a [`timeout`](Self::timeout) of more than 60 seconds.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.limits.attempt_timeout = Some(timeout);
        self
    }

    /// Sets the time limit of connecting, 10 seconds by default.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.limits.connect_timeout = timeout;
        self
    }

    /// Sets the size limit of the body of a response in bytes, 16 MiB by default.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.limits.max_response_size = bytes;
        self
    }

    /// Sets the time limit between two chunks of a body that is streamed, 60 seconds by default.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.limits.idle_timeout = timeout;
        self
    }

    /// Sets the size limit of an event of a stream in bytes, 16 MiB by default.
    pub fn max_event_size(mut self, bytes: usize) -> Self {
        self.limits.max_event_size = bytes;
        self
    }

    fn into_parts(self) -> Result<(Config, Option<Arc<T>>), BuildError> {
        Ok((self.config?.with_limits(self.limits), self.transport))
    }
}

impl ClientBuilder<dyn Transport> {
    /// Sends through `transport` instead of the default one.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// Returns [`Error::Build`] when a setting is not valid, or when there is no transport because the feature `client` is
    /// disabled.
    pub fn build(self) -> Result<Client, Error> {
        let (config, transport) = self.into_parts()?;
        match transport.or_else(|| default_transport(config.limits())) {
            Some(transport) => Ok(Client::with_transport(config, transport)),
            None => Err(no_transport("client")),
        }
    }
}

impl ClientBuilder<dyn blocking::Transport> {
    /// Sends through `transport` instead of the default one.
    pub fn transport(mut self, transport: impl blocking::Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// Returns [`Error::Build`] when a setting is not valid, or when there is no transport because the feature `blocking`
    /// is disabled.
    pub fn build(self) -> Result<blocking::Client, Error> {
        let (config, transport) = self.into_parts()?;
        match transport.or_else(default_blocking_transport) {
            Some(transport) => Ok(blocking::Client::with_transport(config, transport)),
            None => Err(no_transport("blocking")),
        }
    }
}

#[cfg(feature = "client")]
fn default_transport(limits: &Limits) -> Option<Arc<dyn Transport>> {
    use super::super::transport::HyperTransport;
    let transport = HyperTransport::new().with_connect_timeout(limits.connect_timeout);
    Some(Arc::new(transport))
}

#[cfg(not(feature = "client"))]
fn default_transport(_: &Limits) -> Option<Arc<dyn Transport>> {
    None
}

#[cfg(feature = "blocking")]
fn default_blocking_transport() -> Option<Arc<dyn blocking::Transport>> {
    use super::super::transport::UreqTransport;
    Some(Arc::new(UreqTransport::default()))
}

#[cfg(not(feature = "blocking"))]
fn default_blocking_transport() -> Option<Arc<dyn blocking::Transport>> {
    None
}

fn no_transport(feature: &str) -> Error {
    BuildError::for_client(format!(
        "there is no transport; set one with `transport`, or enable the feature `{feature}`"
    ))
    .into()
}
