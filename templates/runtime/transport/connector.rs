//! Connecting: directly or through a proxy, with TLS and a time limit.

use hyper::Uri;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::legacy::connect::{Connected, Connection, HttpConnector};
use hyper_util::client::proxy::matcher::Matcher;
use hyper_util::rt::TokioIo;
use std::fmt;
use std::future::Future;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::net::TcpStream;
use tower_service::Service;

type BoxError = Box<dyn std::error::Error + Send + Sync>;
type Connecting<T> = Pin<Box<dyn Future<Output = Result<T, BoxError>> + Send>>;

/// Establishes connections within a time limit.
#[derive(Clone)]
pub(super) struct Connector {
    tls: Tls,
    timeout: Duration,
}

/// The TLS library.
#[derive(Clone)]
enum Tls {
    Rustls(HttpsConnector<ProxyConnector>),
    #[cfg(feature = "native-tls")]
    Native(hyper_tls::HttpsConnector<ProxyConnector>),
}

impl Connector {
    /// Creates a connector with rustls.
    pub(super) fn new(mut tls_config: rustls::ClientConfig, timeout: Duration) -> Self {
        tls_config.alpn_protocols.clear();
        let builder = HttpsConnectorBuilder::new()
            .with_tls_config(tls_config)
            .https_or_http();
        #[cfg(feature = "http2")]
        let builder = builder.enable_all_versions();
        #[cfg(not(feature = "http2"))]
        let builder = builder.enable_http1();
        Self {
            tls: Tls::Rustls(builder.wrap_connector(ProxyConnector::new())),
            timeout,
        }
    }

    /// Creates a connector with the TLS library of the operating system, which does HTTP/1.1.
    #[cfg(feature = "native-tls")]
    pub(super) fn native(timeout: Duration) -> Self {
        let mut https = hyper_tls::HttpsConnector::new_with_connector(ProxyConnector::new());
        https.https_only(false);
        Self {
            tls: Tls::Native(https),
            timeout,
        }
    }
}

impl Service<Uri> for Connector {
    type Response = Encrypted;
    type Error = BoxError;
    type Future = Connecting<Self::Response>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        match &mut self.tls {
            Tls::Rustls(https) => https.poll_ready(context),
            #[cfg(feature = "native-tls")]
            Tls::Native(https) => https.poll_ready(context),
        }
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let connecting: Self::Future = match &mut self.tls {
            Tls::Rustls(https) => {
                let connecting = https.call(uri);
                Box::pin(async move { Ok(Encrypted::new(connecting.await?)) })
            }
            #[cfg(feature = "native-tls")]
            Tls::Native(https) => {
                let connecting = https.call(uri);
                Box::pin(async move { Ok(Encrypted::new(connecting.await?)) })
            }
        };
        let timeout = self.timeout;
        Box::pin(async move {
            tokio::time::timeout(timeout, connecting)
                .await
                .unwrap_or_else(|_| Err(ConnectTimeout.into()))
        })
    }
}

/// A connection of one of the TLS libraries, or without TLS.
pub(super) struct Encrypted(Pin<Box<dyn Io>>);

/// What hyper needs of a connection.
trait Io: Read + Write + Connection + Send {}

impl<T: Read + Write + Connection + Send> Io for T {}

impl Encrypted {
    fn new(connection: impl Io + 'static) -> Self {
        Self(Box::pin(connection))
    }
}

impl Connection for Encrypted {
    fn connected(&self) -> Connected {
        self.0.connected()
    }
}

impl Read for Encrypted {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        self.0.as_mut().poll_read(context, buffer)
    }
}

impl Write for Encrypted {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.0.as_mut().poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.0.as_mut().poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.0.as_mut().poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.0.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.0.as_mut().poll_write_vectored(context, slices)
    }
}

/// The time limit of connecting was exceeded.
#[derive(Debug)]
pub(super) struct ConnectTimeout;

impl fmt::Display for ConnectTimeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("connecting timed out")
    }
}

impl std::error::Error for ConnectTimeout {}

/// Connects to the server, or to the proxy that the environment variables name for it.
#[derive(Clone)]
struct ProxyConnector {
    http: HttpConnector,
    proxies: Arc<Matcher>,
}

impl ProxyConnector {
    fn new() -> Self {
        let mut http = HttpConnector::new();
        http.enforce_http(false);
        http.set_nodelay(true);
        Self {
            http,
            proxies: Arc::new(Matcher::from_env()),
        }
    }
}

impl Service<Uri> for ProxyConnector {
    type Response = Stream;
    type Error = BoxError;
    type Future = Connecting<Stream>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.http.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let mut http = self.http.clone();
        let proxy = self.proxies.intercept(&uri);
        Box::pin(async move {
            let Some(proxy) = proxy else {
                return Ok(Stream::new(http.call(uri).await?, false));
            };
            let is_tls = uri.scheme_str() == Some("https");
            if !is_tls && proxy.basic_auth().is_none() {
                return Ok(Stream::new(http.call(proxy.uri().clone()).await?, true));
            }
            let mut tunnel = Tunnel::new(proxy.uri().clone(), http);
            if let Some(auth) = proxy.basic_auth() {
                tunnel = tunnel.with_auth(auth.clone());
            }
            Ok(Stream::new(tunnel.call(uri).await?, false))
        })
    }
}

/// A TCP connection, which may end at a proxy that forwards requests.
pub(super) struct Stream {
    tcp: TokioIo<TcpStream>,
    is_proxy: bool,
}

impl Stream {
    fn new(tcp: TokioIo<TcpStream>, is_proxy: bool) -> Self {
        Self { tcp, is_proxy }
    }
}

impl Connection for Stream {
    fn connected(&self) -> Connected {
        self.tcp.connected().proxy(self.is_proxy)
    }
}

impl Read for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_read(context, buffer)
    }
}

impl Write for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.tcp).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.tcp.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.tcp).poll_write_vectored(context, slices)
    }
}
