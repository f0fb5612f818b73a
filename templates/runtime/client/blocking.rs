//! The blocking client.

pub use super::super::transport::blocking::Transport;

#[cfg(feature = "blocking")]
use super::super::auth::Credentials;
use super::super::error::Error;
use super::super::transport::block_on;
use super::super::transport::blocking::Blocking;
use super::async_client;
use super::config::Config;
use super::operation::Operation;
use super::options::Options;
use super::raw_request::RawRequest;
use super::response::Response;
use bytes::Bytes;
use std::fmt;

/// Sends operations, and blocks the thread until the response is received.
///
/// It is cheap to clone, and its clones share their connections. It follows no redirects and enforces its
/// [`Limits`](super::super::Limits). It needs no async runtime, and can be used inside of one.
#[derive(Clone)]
pub struct Client {
    /// The asynchronous client, with a transport that blocks.
    client: async_client::Client,
}

impl Client {
    /// Creates a client with the default limits and the default transport.
    ///
    /// The HTTP client is created when the first request is sent.
    #[cfg(feature = "blocking")]
    #[must_use]
    pub fn new(credentials: Credentials) -> Self {
        use super::super::transport::UreqTransport;
        Self::with_transport(Config::new(credentials), UreqTransport::default())
    }

    /// Creates a client that sends through `transport`.
    #[must_use]
    pub fn with_transport(config: Config, transport: impl Transport + 'static) -> Self {
        Self {
            #[cfg(not(feature = "oauth"))]
            client: async_client::Client::with_transport(config, Blocking(transport)),
            #[cfg(feature = "oauth")]
            client: async_client::Client::with_blocking_transport(config, Blocking(transport)),
        }
    }

    /// Returns a client for requests with other options: a header, a credential, another timeout. It shares the
    /// connections of this one.
    #[must_use]
    pub fn with(&self, options: Options) -> Self {
        Self {
            client: self.client.with(options),
        }
    }

    /// Returns the configuration.
    pub fn config(&self) -> &Config {
        self.client.config()
    }

    pub(crate) fn async_client(&self) -> &async_client::Client {
        &self.client
    }

    /// Sends a request and decodes its response.
    ///
    /// # Errors
    /// Returns any [`Error`].
    pub fn send<O: Operation>(&self, operation: O) -> Result<Response<O::Output>, Error> {
        block_on(self.client.send(operation))
    }

    /// Sends a request that is not in the description, with the credential, the retries and the limits of this client.
    ///
    /// Every status is a response, and the body is not decoded.
    ///
    /// # Errors
    /// Returns [`Error::Build`] or [`Error::Send`].
    pub fn send_raw(&self, request: RawRequest) -> Result<http::Response<Bytes>, Error> {
        block_on(self.client.send_raw(request))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("config", self.config())
            .finish_non_exhaustive()
    }
}
