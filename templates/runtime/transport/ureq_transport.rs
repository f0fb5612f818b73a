//! The transport of the feature `blocking`: `ureq` with rustls.

use super::blocking::Transport;
use super::limits::Limits;
use super::send_error::{SendError, SendErrorKind};
use bytes::Bytes;
use http::Method;
use std::io::ErrorKind;
use std::sync::OnceLock;
use ureq::tls::{RootCerts, TlsConfig};

/// Sends through one `ureq` agent, which is made when the first request is sent.
#[derive(Default)]
pub(crate) struct UreqTransport {
    agent: OnceLock<ureq::Agent>,
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
}

impl UreqTransport {
    fn run(
        &self,
        request: http::Request<impl ureq::AsSendBody>,
        limits: Limits,
    ) -> Result<http::Response<ureq::Body>, ureq::Error> {
        let agent = self.agent.get_or_init(make_agent);
        agent.run(
            agent
                .configure_request(request)
                .timeout_connect(Some(limits.connect_timeout))
                .timeout_global(Some(limits.timeout))
                .build(),
        )
    }
}

/// Makes an agent with the certificates of the operating system and the cryptography of `ring`.
fn make_agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .tls_config(
            TlsConfig::builder()
                .root_certs(RootCerts::PlatformVerifier)
                .build(),
        )
        .allow_non_standard_methods(true)
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .build()
        .new_agent()
}

fn read(mut body: ureq::Body, max_size: usize) -> Result<Bytes, SendError> {
    let max_size = u64::try_from(max_size).unwrap_or(u64::MAX);
    if body
        .content_length()
        .is_some_and(|announced| announced > max_size)
    {
        return Err(SendError::new(SendErrorKind::TooLarge));
    }
    // `ureq` refuses a body as long as its limit, too.
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
