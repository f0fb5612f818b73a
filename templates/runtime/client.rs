//! The asynchronous client.

use super::builder::ClientBuilder;
use super::config::Config;
use super::credentials::Credentials;
use super::error::Error;
use super::exchange::{Answer, Core};
use super::operation::Operation;
use super::options::Options;
use super::pages::{Items, Pages};
use super::paging::Paged;
use super::raw::RawRequest;
use super::response::Response;
use super::transport::Transport;
use bytes::Bytes;
use std::fmt;
use std::future::Future;
use std::sync::Arc;

/// Sends operations, asynchronously.
///
/// It is cheap to clone, and its clones share their connections. It follows no redirects and keeps
/// to its [`Limits`](super::config::Limits).
#[derive(Clone)]
pub struct Client {
    core: Core,
}

impl Client {
    /// Makes a client with the default limits, which sends through `reqwest`, inside a Tokio
    /// runtime.
    ///
    /// This does no work: the HTTP client is made when the first request is sent.
    #[cfg(feature = "client")]
    #[must_use]
    #[inline]
    pub fn new(credentials: Credentials) -> Self {
        let config = Config::new(credentials);
        let transport =
            super::reqwest_transport::ReqwestTransport::new(config.limits().connect_timeout);
        Self::with_transport(config, transport)
    }

    /// Begins a client with other limits, another address or another transport.
    #[inline]
    pub fn builder(credentials: Credentials) -> ClientBuilder<dyn Transport> {
        ClientBuilder::new(Ok(Config::new(credentials)))
    }

    /// Begins a client with what the environment says; see [`Config::from_env`].
    #[inline]
    pub fn from_env(prefix: &str) -> ClientBuilder<dyn Transport> {
        ClientBuilder::new(Config::from_env(prefix))
    }

    /// Makes a client that sends through `transport`.
    #[must_use]
    pub fn with_transport(config: Config, transport: impl Transport + 'static) -> Self {
        Self {
            core: Core::new(config, Arc::new(transport)),
        }
    }

    /// Returns a client for the requests that need something else: a header, a credential, more
    /// time. It shares the connections of this one.
    #[must_use]
    #[inline]
    pub fn with(&self, options: Options) -> Self {
        let config = options.apply(&self.core.config);
        let transport = Arc::clone(&self.core.transport);
        Self {
            core: Core::new(config, transport),
        }
    }

    /// Returns the configuration.
    #[inline]
    pub fn config(&self) -> &Config {
        &self.core.config
    }

    /// Sends a request and decodes its response.
    ///
    /// The request is built at once and sent when the future is polled; dropping the future cancels
    /// it. The future does not borrow the client.
    ///
    /// # Errors
    /// The future returns any [`Error`].
    pub fn send<O: Operation>(
        &self,
        operation: O,
    ) -> impl Future<Output = Result<Response<O::Output>, Error>> + Send + use<O> {
        let request = operation.to_request(&self.core.config);
        let exchange = self.core.exchange(O::META, request);
        async move {
            let Answer { response, epilogue } = exchange.await?;
            epilogue.conclude(O::decode(response))
        }
    }

    /// Lists page by page: a stream of the responses, each a page with its records and its paging
    /// fields.
    ///
    /// Nothing is sent before the first page is asked for, and each page only then.
    pub fn pages<O: Paged>(&self, request: O) -> Pages<O> {
        Pages::new(self.core.clone(), request)
    }

    /// Lists record by record: a stream of the records of all pages.
    ///
    /// Nothing is sent before the first record is asked for, and no page before it is needed.
    pub fn items<O: Paged>(&self, request: O) -> Items<O> {
        Items::new(self.pages(request))
    }

    /// Sends a request that no operation describes, with the credential, the retries and the limits
    /// of this client.
    ///
    /// Every status is a response, and the body is left as it came.
    ///
    /// # Errors
    /// The future returns [`Error::Build`] or [`Error::Send`].
    #[inline]
    pub fn send_raw(
        &self,
        request: RawRequest,
    ) -> impl Future<Output = Result<http::Response<Bytes>, Error>> + Send + use<> {
        let (meta, request) = request.into_parts(&self.core.config);
        let exchange = self.core.exchange(meta, request);
        async move { Ok(exchange.await?.response) }
    }
}

impl fmt::Debug for Client {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("config", &self.core.config)
            .finish_non_exhaustive()
    }
}
