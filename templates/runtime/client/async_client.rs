//! The asynchronous client.

#[cfg(feature = "client")]
use super::super::auth::Credentials;
use super::super::error::Error;
use super::super::transport::Transport;
use super::config::Config;
use super::execute::{Executor, Received};
use super::operation::Operation;
use super::options::Options;
use super::raw_request::RawRequest;
use super::response::Response;
use bytes::Bytes;
use std::fmt;
use std::future::Future;
use std::sync::Arc;

/// Sends operations asynchronously.
///
/// It is cheap to clone, and its clones share their connections. It follows no redirects and enforces its
/// [`Limits`](super::super::Limits).
#[derive(Clone)]
pub struct Client {
    executor: Executor,
}

impl Client {
    /// Creates a client with the default limits and the default transport, which needs a Tokio runtime.
    ///
    /// The HTTP client is created when the first request is sent.
    #[cfg(feature = "client")]
    #[must_use]
    pub fn new(credentials: Credentials) -> Self {
        use super::super::transport::HyperTransport;
        Self::with_transport(Config::new(credentials), HyperTransport::new())
    }

    /// Creates a client that sends through `transport`.
    #[must_use]
    pub fn with_transport(config: Config, transport: impl Transport + 'static) -> Self {
        Self {
            executor: Executor::new(config, Arc::new(transport)),
        }
    }

    /// Creates the client inside of a blocking one.
    #[cfg(feature = "oauth")]
    pub(super) fn with_blocking_transport(
        config: Config,
        transport: impl Transport + 'static,
    ) -> Self {
        let mut client = Self::with_transport(config, transport);
        client.executor.is_blocking = true;
        client
    }

    /// Returns a client for requests with other options: a header, a credential, another timeout. It shares the
    /// connections of this one.
    #[must_use]
    pub fn with(&self, options: Options) -> Self {
        let config = options.apply(self.config());
        Self {
            executor: self.executor.with_config(config),
        }
    }

    /// Returns the configuration.
    pub fn config(&self) -> &Config {
        &self.executor.config
    }

    pub(crate) fn executor(&self) -> &Executor {
        &self.executor
    }

    /// Sends a request and decodes its response.
    ///
    /// The request is built at once and sent when the future is polled; dropping the future cancels it. The future does
    /// not borrow the client.
    ///
    /// # Errors
    /// The future returns any [`Error`].
    pub fn send<O: Operation>(
        &self,
        operation: O,
    ) -> impl Future<Output = Result<Response<O::Output>, Error>> + Send + use<O> {
        let request = operation.to_request(self.config());
        let received = self.executor.execute(O::META, request);
        async move {
            let Received { response, context } = received.await?;
            context.handle_response(O::decode(response))
        }
    }

    /// Sends a request that is not in the description, with the credential, the retries and the limits of this client.
    ///
    /// Every status is a response, and the body is not decoded.
    ///
    /// # Errors
    /// The future returns [`Error::Build`] or [`Error::Send`].
    pub fn send_raw(
        &self,
        request: RawRequest,
    ) -> impl Future<Output = Result<http::Response<Bytes>, Error>> + Send + use<> {
        let (meta, request) = request.into_parts(self.config());
        let received = self.executor.execute(meta, request);
        async move { Ok(received.await?.response) }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("config", self.config())
            .finish_non_exhaustive()
    }
}
