//! The transport of the feature `client`: `hyper` with rustls.

use super::async_transport::{BoxFuture, Transport};
use super::body_stream::BodyStream;
use super::connector::{ConnectTimeout, Connector};
use super::limits::Limits;
use super::reading::{Body, announce_empty_body};
use super::request_body::RequestBody;
use super::send_error::{SendError, SendErrorKind};
use super::sending::{Chunk, Incoming as _, Receiving, Sending, while_sending};
use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper_util::client::legacy;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use std::error::Error as StdError;
#[cfg(not(feature = "native-tls"))]
use std::sync::Arc;
use std::sync::OnceLock;
use std::time::Duration;

/// The default transport of [`Client`](super::super::Client): `hyper` and rustls with the certificates of the operating
/// system and the cryptography of `ring`, with the feature `aws-lc` that of AWS-LC, and with `native-tls` the TLS library of
/// the operating system.
///
/// It uses the proxies of the environment variables `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, and needs a
/// Tokio runtime. The HTTP client is created when the first request is sent.
pub struct HyperTransport {
    connect_timeout: Duration,
    tls_config: Option<rustls::ClientConfig>,
    client: OnceLock<Result<HttpClient, String>>,
}

/// The client, and why it cannot use TLS, if so.
struct HttpClient {
    client: legacy::Client<Connector, Sending>,
    tls_error: Option<String>,
}

impl HyperTransport {
    /// Creates a transport with a connect timeout of 10 seconds.
    #[must_use]
    pub fn new() -> Self {
        Self {
            connect_timeout: Limits::default().connect_timeout,
            tls_config: None,
            client: OnceLock::new(),
        }
    }

    /// Sets the time limit of connecting, including the TLS handshake.
    #[must_use]
    pub fn with_connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets the TLS configuration, such as for a private certificate authority or a client certificate. Its
    /// `alpn_protocols` are replaced. It is used whatever the features are.
    #[must_use]
    pub fn with_tls_config(mut self, config: rustls::ClientConfig) -> Self {
        self.tls_config = Some(config);
        self
    }

    /// Returns the client. Without usable certificates, it only supports plain HTTP.
    fn client(&self, uri: &http::Uri) -> Result<&legacy::Client<Connector, Sending>, SendError> {
        let setup = |reason: &str| SendError::with_source(SendErrorKind::Setup, reason);
        let is_tls = match (uri.scheme_str(), uri.host()) {
            (Some("http"), Some(_)) => false,
            (Some("https"), Some(_)) => true,
            _ => return Err(setup("the URL is not absolute; set a base URL")),
        };
        let created = self.client.get_or_init(|| self.create_client());
        match created {
            Ok(HttpClient {
                tls_error: Some(reason),
                ..
            }) if is_tls => Err(setup(reason)),
            Ok(HttpClient { client, .. }) => Ok(client),
            Err(reason) => Err(setup(reason)),
        }
    }

    fn create_client(&self) -> Result<HttpClient, String> {
        let (connector, tls_error) = match &self.tls_config {
            Some(config) => (Connector::new(config.clone(), self.connect_timeout), None),
            None => default_connector(self.connect_timeout).map_err(|error| error.to_string())?,
        };
        let client = legacy::Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .build(connector);
        Ok(HttpClient { client, tls_error })
    }
}

impl Default for HyperTransport {
    fn default() -> Self {
        Self::new()
    }
}

impl Transport for HyperTransport {
    fn send(
        &self,
        mut request: http::Request<Bytes>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, SendError>> {
        Box::pin(async move {
            let client = self.client(request.uri())?;
            announce_empty_body(&mut request);
            let exchange = async {
                let response = client.request(request.map(Sending::from)).await;
                read(response.map_err(send_error)?, limits.max_response_size).await
            };
            tokio::time::timeout(limits.timeout, exchange)
                .await
                .unwrap_or(Err(SendError::new(SendErrorKind::Timeout)))
        })
    }

    fn open(
        &self,
        request: http::Request<RequestBody>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<BodyStream>, SendError>> {
        Box::pin(async move {
            let client = self.client(request.uri())?;
            let (head, body) = request.into_parts();
            let sending = Sending::new(&body)?;
            let mut request = http::Request::from_parts(head, sending);
            announce_empty_body(&mut request);
            let response = while_sending(client.request(request), &body, limits).await?;
            let response = response.map_err(send_error)?;
            Ok(response
                .map(|incoming| BodyStream::new(Receiving::new(incoming, limits.idle_timeout))))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// Returns a connector with the TLS library of the operating system.
#[cfg(feature = "native-tls")]
fn default_connector(timeout: Duration) -> Result<(Connector, Option<String>), rustls::Error> {
    Ok((Connector::native(timeout), None))
}

/// Returns a connector with the certificates of the operating system, or one without certificates and the reason.
#[cfg(not(feature = "native-tls"))]
fn default_connector(timeout: Duration) -> Result<(Connector, Option<String>), rustls::Error> {
    use rustls_platform_verifier::BuilderVerifierExt;
    let provider = Arc::new(crypto_provider());
    let builder = || {
        rustls::ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
    };
    let (config, error) = match builder()?.with_platform_verifier() {
        Ok(builder) => (builder.with_no_client_auth(), None),
        Err(error) => {
            let builder = builder()?.with_root_certificates(rustls::RootCertStore::empty());
            (builder.with_no_client_auth(), Some(error.to_string()))
        }
    };
    Ok((Connector::new(config, timeout), error))
}

#[cfg(not(feature = "native-tls"))]
fn crypto_provider() -> rustls::crypto::CryptoProvider {
    #[cfg(feature = "aws-lc")]
    let provider = rustls::crypto::aws_lc_rs::default_provider();
    #[cfg(not(feature = "aws-lc"))]
    let provider = rustls::crypto::ring::default_provider();
    provider
}

async fn read(
    response: http::Response<Incoming>,
    max_size: usize,
) -> Result<http::Response<Bytes>, SendError> {
    let (head, mut incoming) = response.into_parts();
    let announced = hyper::body::Body::size_hint(&incoming).lower();
    let mut body = Body::new(announced, max_size)?;
    while let Some(chunk) = incoming.chunk().await? {
        body.push(&chunk)?;
    }
    Ok(http::Response::from_parts(head, body.finish()))
}

impl super::sending::Incoming for Incoming {
    async fn chunk(&mut self) -> Chunk {
        while let Some(frame) = self.frame().await {
            let frame =
                frame.map_err(|error| SendError::with_source(SendErrorKind::Broken, error))?;
            if let Ok(chunk) = frame.into_data() {
                return Ok(Some(chunk));
            }
        }
        Ok(None)
    }
}

fn send_error(error: legacy::Error) -> SendError {
    let kind = if is_of_body(&error) {
        SendErrorKind::RequestBody
    } else if !error.is_connect() {
        SendErrorKind::Broken
    } else if is_timeout(&error) {
        SendErrorKind::ConnectTimeout
    } else {
        SendErrorKind::Connect
    };
    SendError::with_source(kind, error)
}

/// Whether the body of the request could not be read.
fn is_of_body(error: &(dyn StdError + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error
            .downcast_ref::<hyper::Error>()
            .is_some_and(hyper::Error::is_user)
        {
            return true;
        }
        cause = error.source();
    }
    false
}

fn is_timeout(error: &(dyn StdError + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.is::<ConnectTimeout>() {
            return true;
        }
        cause = error.source();
    }
    false
}
