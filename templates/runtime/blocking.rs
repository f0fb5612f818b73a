//! The blocking client.

use super::builder::ClientBuilder;
use super::config::{Config, Limits};
use super::credentials::Credentials;
use super::error::{Error, SendError};
use super::operation::Operation;
use super::options::Options;
use super::paging::Paged;
use super::raw::RawRequest;
use super::response::Response;
use super::timer::block_on;
use super::transport::{self, BoxFuture};
use bytes::Bytes;
use std::fmt;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

/// A blocking HTTP stack, reduced to what a client needs of it.
///
/// It keeps the rules of the asynchronous [`Transport`](super::transport::Transport): it keeps to
/// the limits, sends once, follows no redirect, and returns every status as a response.
pub trait Transport: Send + Sync {
    /// Sends a request and reads the whole response.
    ///
    /// # Errors
    /// Returns an error when no complete response came back within the limits.
    fn send(
        &self,
        request: http::Request<Bytes>,
        limits: Limits,
    ) -> Result<http::Response<Bytes>, SendError>;

    /// Waits before a request is repeated.
    fn sleep(&self, duration: Duration) {
        thread::sleep(duration);
    }

    /// Returns the time on the clock that [`sleep`](Self::sleep) goes by.
    fn now(&self) -> Instant {
        Instant::now()
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: http::Request<Bytes>,
        limits: Limits,
    ) -> Result<http::Response<Bytes>, SendError> {
        (**self).send(request, limits)
    }

    fn sleep(&self, duration: Duration) {
        (**self).sleep(duration);
    }

    fn now(&self) -> Instant {
        (**self).now()
    }
}

/// A blocking transport as an asynchronous one, whose futures do all their work when they are
/// polled first.
struct Blocking<T>(T);

impl<T: Transport> transport::Transport for Blocking<T> {
    fn send(
        &self,
        request: http::Request<Bytes>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, SendError>> {
        Box::pin(async move { self.0.send(request, limits) })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move { self.0.sleep(duration) })
    }

    fn now(&self) -> Instant {
        self.0.now()
    }
}

/// Sends operations, and blocks the thread until the response is there.
///
/// It is cheap to clone, and its clones share their connections. It follows no redirects and keeps
/// to its [`Limits`]. It needs no runtime, and works inside one.
#[derive(Clone)]
pub struct Client {
    /// Does the work; only its transport blocks.
    client: super::client::Client,
}

impl Client {
    /// Makes a client with the default limits, which sends through `ureq`.
    ///
    /// This does no work: the HTTP client is made when the first request is sent.
    #[cfg(feature = "blocking")]
    #[must_use]
    #[inline]
    pub fn new(credentials: Credentials) -> Self {
        let transport = super::ureq_transport::UreqTransport::default();
        Self::with_transport(Config::new(credentials), transport)
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
            client: super::client::Client::with_transport(config, Blocking(transport)),
        }
    }

    /// Returns a client for the requests that need something else: a header, a credential, more
    /// time. It shares the connections of this one.
    #[must_use]
    #[inline]
    pub fn with(&self, options: Options) -> Self {
        Self {
            client: self.client.with(options),
        }
    }

    /// Returns the configuration.
    #[inline]
    pub fn config(&self) -> &Config {
        self.client.config()
    }

    /// Sends a request and decodes its response.
    ///
    /// # Errors
    /// Returns any [`Error`].
    pub fn send<O: Operation>(&self, operation: O) -> Result<Response<O::Output>, Error> {
        block_on(self.client.send(operation))
    }

    /// Lists page by page: an iterator of the responses, each a page with its records and its
    /// paging fields.
    ///
    /// Nothing is sent before the first page is asked for, and each page only then.
    pub fn pages<O: Paged>(&self, request: O) -> Pages<O> {
        Pages(self.client.pages(request))
    }

    /// Lists record by record: an iterator of the records of all pages.
    ///
    /// Nothing is sent before the first record is asked for, and no page before it is needed.
    pub fn items<O: Paged>(&self, request: O) -> Items<O> {
        Items(self.client.items(request))
    }

    /// Sends a request that no operation describes, with the credential, the retries and the limits
    /// of this client.
    ///
    /// Every status is a response, and the body is left as it came.
    ///
    /// # Errors
    /// Returns [`Error::Build`] or [`Error::Send`].
    #[inline]
    pub fn send_raw(&self, request: RawRequest) -> Result<http::Response<Bytes>, Error> {
        block_on(self.client.send_raw(request))
    }
}

impl fmt::Debug for Client {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("config", self.config())
            .finish_non_exhaustive()
    }
}

/// The pages of a list, in turn; it ends after the last page and after an error.
#[derive(Debug)]
#[must_use = "an iterator does nothing until it is asked for a page"]
pub struct Pages<O: Paged>(super::pages::Pages<O>);

impl<O: Paged> Iterator for Pages<O> {
    type Item = Result<Response<O::Output>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        block_on(self.0.next())
    }
}

impl<O: Paged> std::iter::FusedIterator for Pages<O> {}

/// The records of a list, in turn; it ends after the last record and after an error.
#[derive(Debug)]
#[must_use = "an iterator does nothing until it is asked for a record"]
pub struct Items<O: Paged>(super::pages::Items<O>);

impl<O: Paged> Items<O> {
    /// Returns what came with the page of the latest record, such as headers and deviations.
    pub fn page(&self) -> Option<&Response<()>> {
        self.0.page()
    }
}

impl<O: Paged> Iterator for Items<O> {
    type Item = Result<O::Item, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        block_on(self.0.next())
    }
}

impl<O: Paged> std::iter::FusedIterator for Items<O> {}
