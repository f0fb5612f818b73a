//! The transport of the feature `blocking`.

use super::blocking::Transport;
use super::body_stream::BodyStream;
use super::limits::Limits;
use super::request_body::RequestBody;
use super::send_error::{SendError, SendErrorKind};
use bytes::Bytes;
use http::Method;
use http::header::CONTENT_LENGTH;
use std::io::{self, ErrorKind, Read};
use std::sync::OnceLock;
use std::time::Duration;
use ureq::tls::{RootCerts, TlsConfig};

/// The longest timeout of a request: `ureq` adds timeouts to the current time.
const MAX_TIMEOUT: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// The default transport of [`blocking::Client`](super::super::blocking::Client): `ureq` and rustls with the certificates of
/// the operating system and the cryptography of `ring`, with the feature `aws-lc` that of AWS-LC, and with `native-tls` the
/// TLS library of the operating system.
///
/// The default agent is created when the first request is sent. It uses the proxies of the environment variables
/// `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`.
#[derive(Debug, Clone, Default)]
pub struct UreqTransport {
    agent: OnceLock<ureq::Agent>,
}

impl UreqTransport {
    /// Creates a transport that sends through an agent of the caller, such as for a private certificate authority, a client
    /// certificate or a proxy.
    ///
    /// Timeouts, redirects and how statuses are handled are set for each request.
    #[must_use]
    pub fn new(agent: ureq::Agent) -> Self {
        Self {
            agent: OnceLock::from(agent),
        }
    }

    fn run(
        &self,
        request: http::Request<impl ureq::AsSendBody>,
        limits: Limits,
    ) -> Result<http::Response<ureq::Body>, ureq::Error> {
        let agent = self.agent.get_or_init(default_agent);
        agent.run(
            agent
                .configure_request(request)
                .allow_non_standard_methods(true)
                .http_status_as_error(false)
                .max_redirects(0)
                .max_redirects_will_error(false)
                .timeout_connect(Some(limits.connect_timeout.min(MAX_TIMEOUT)))
                .timeout_global(Some(limits.timeout.min(MAX_TIMEOUT)))
                .build(),
        )
    }

    /// Sends a request whose bodies may take any time, as long as they go on.
    fn run_open(
        &self,
        request: http::Request<impl ureq::AsSendBody>,
        limits: Limits,
    ) -> Result<http::Response<ureq::Body>, ureq::Error> {
        let agent = self.agent.get_or_init(default_agent);
        let idle_timeout = Some(limits.idle_timeout.min(MAX_TIMEOUT));
        agent.run(
            agent
                .configure_request(request)
                .allow_non_standard_methods(true)
                .http_status_as_error(false)
                .max_redirects(0)
                .max_redirects_will_error(false)
                .timeout_connect(Some(limits.connect_timeout.min(MAX_TIMEOUT)))
                .timeout_recv_response(Some(limits.timeout.min(MAX_TIMEOUT)))
                .timeout_per_read(idle_timeout)
                .timeout_per_write(idle_timeout)
                .build(),
        )
    }
}

impl From<ureq::Agent> for UreqTransport {
    fn from(agent: ureq::Agent) -> Self {
        Self::new(agent)
    }
}

impl Transport for UreqTransport {
    fn send(
        &self,
        request: http::Request<Bytes>,
        limits: Limits,
    ) -> Result<http::Response<Bytes>, SendError> {
        let (head, body) = request.into_parts();
        let announces_body = matches!(head.method, Method::POST | Method::PUT | Method::PATCH);
        let response = if body.is_empty() && !announces_body {
            self.run(http::Request::from_parts(head, ()), limits)
        } else {
            self.run(http::Request::from_parts(head, &*body), limits)
        };
        let (head, body) = response.map_err(send_error)?.into_parts();
        let body = read(body, limits.max_response_size)?;
        Ok(http::Response::from_parts(head, body))
    }

    fn open(
        &self,
        request: http::Request<RequestBody>,
        limits: Limits,
    ) -> Result<http::Response<BodyStream>, SendError> {
        let (mut head, body) = request.into_parts();
        let announces_body = matches!(head.method, Method::POST | Method::PUT | Method::PATCH);
        let response = if body.length() == Some(0) && !announces_body {
            self.run_open(http::Request::from_parts(head, ()), limits)
        } else {
            let reader = body
                .reader()
                .map_err(|error| SendError::with_source(SendErrorKind::RequestBody, error))?;
            if let Some(length) = body.length() {
                head.headers.insert(CONTENT_LENGTH, length.into());
            }
            let body = ureq::SendBody::from_owned_reader(reader);
            self.run_open(http::Request::from_parts(head, body), limits)
        };
        let (head, body) = response.map_err(send_error)?.into_parts();
        let body = BodyStream::from_reader(Receiving(body.into_reader()));
        Ok(http::Response::from_parts(head, body))
    }
}

/// The body of a response, whose errors are those of a transport.
struct Receiving(ureq::BodyReader<'static>);

impl Read for Receiving {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer).map_err(|error| match error.kind() {
            ErrorKind::Interrupted => error,
            _ => io::Error::other(send_error(ureq::Error::from(error))),
        })
    }
}

fn default_agent() -> ureq::Agent {
    let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier);
    #[cfg(feature = "native-tls")]
    let tls = tls.provider(ureq::tls::TlsProvider::NativeTls);
    #[cfg(all(feature = "aws-lc", not(feature = "native-tls")))]
    let tls = tls.unversioned_rustls_crypto_provider(std::sync::Arc::new(
        rustls::crypto::aws_lc_rs::default_provider(),
    ));
    let config = ureq::Agent::config_builder().tls_config(tls.build());
    config.build().new_agent()
}

fn read(mut body: ureq::Body, max_size: usize) -> Result<Bytes, SendError> {
    let max_size = u64::try_from(max_size).unwrap_or(u64::MAX);
    if body
        .content_length()
        .is_some_and(|announced| announced > max_size)
    {
        return Err(SendError::new(SendErrorKind::TooLarge));
    }
    // For `ureq`, a body of exactly the limit exceeds it.
    let limit = max_size.saturating_add(1);
    let bytes = body
        .with_config()
        .limit(limit)
        .read_to_vec()
        .map_err(send_error)?;
    Ok(bytes.into())
}

fn send_error(error: ureq::Error) -> SendError {
    let kind = match &error {
        ureq::Error::BodyExceedsLimit(_) => return SendError::new(SendErrorKind::TooLarge),
        ureq::Error::Timeout(ureq::Timeout::Connect | ureq::Timeout::Resolve) => {
            SendErrorKind::ConnectTimeout
        }
        ureq::Error::Timeout(_) => SendErrorKind::Timeout,
        ureq::Error::HostNotFound
        | ureq::Error::ConnectionFailed
        | ureq::Error::Tls(_)
        | ureq::Error::Rustls(_)
        | ureq::Error::ConnectProxyFailed(_) => SendErrorKind::Connect,
        #[cfg(feature = "native-tls")]
        ureq::Error::NativeTls(_) => SendErrorKind::Connect,
        ureq::Error::Io(error) if error.kind() == ErrorKind::ConnectionRefused => {
            SendErrorKind::Connect
        }
        ureq::Error::Http(_) | ureq::Error::BadUri(_) | ureq::Error::InvalidProxyUrl => {
            SendErrorKind::Setup
        }
        _ => SendErrorKind::Broken,
    };
    SendError::with_source(kind, error)
}
