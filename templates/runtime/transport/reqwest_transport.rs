//! The transport of the feature `client`: `reqwest` with rustls.

use super::async_transport::{BoxFuture, Transport};
use super::limits::Limits;
use super::send_error::{SendError, SendErrorKind};
use bytes::{Bytes, BytesMut};
use http::Method;
use http::header::{CONTENT_LENGTH, HeaderValue};
use http::uri::Scheme;
use rustls_platform_verifier::BuilderVerifierExt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// The room that a body gets before any of it has come, whatever length is announced, in bytes.
const FIRST_ROOM: usize = 64 * 1024;

/// Sends through one `reqwest` client, which is made when the first request is sent.
pub(crate) struct ReqwestTransport {
    connect_timeout: Duration,
    client: OnceLock<Result<Clients, String>>,
}

/// The client, and why it cannot use TLS, if so.
struct Clients {
    client: reqwest::Client,
    no_tls: Option<String>,
}

impl ReqwestTransport {
    pub(crate) fn new(connect_timeout: Duration) -> Self {
        Self {
            connect_timeout,
            client: OnceLock::new(),
        }
    }

    /// Returns the client. Without usable certificates there is one for plain HTTP still.
    fn client(&self, scheme: Option<&Scheme>) -> Result<&reqwest::Client, SendError> {
        let setup = |reason: &String| SendError::with_source(SendErrorKind::Setup, reason.as_str());
        let made = self
            .client
            .get_or_init(|| make_client(self.connect_timeout));
        match made {
            Ok(Clients {
                no_tls: Some(reason),
                ..
            }) if scheme == Some(&Scheme::HTTPS) => Err(setup(reason)),
            Ok(Clients { client, .. }) => Ok(client),
            Err(reason) => Err(setup(reason)),
        }
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        mut request: http::Request<Bytes>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, SendError>> {
        Box::pin(async move {
            let client = self.client(request.uri().scheme())?;
            announce_empty_body(&mut request);
            let mut request = reqwest::Request::try_from(request).map_err(send_error)?;
            *request.timeout_mut() = Some(limits.timeout);
            let response = client.execute(request).await.map_err(send_error)?;
            read(response, limits.max_response_size).await
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// Says that a body is empty where one is expected, which RFC 9110, section 8.6, asks for and
/// `reqwest` leaves out.
fn announce_empty_body(request: &mut http::Request<Bytes>) {
    let expects_body = matches!(
        *request.method(),
        Method::POST | Method::PUT | Method::PATCH
    );
    if expects_body && request.body().is_empty() {
        request
            .headers_mut()
            .insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
}

/// Makes a client with the certificates of the operating system and the cryptography of `ring`.
fn make_client(connect_timeout: Duration) -> Result<Clients, String> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = || {
        rustls::ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())
    };
    let (tls, no_tls) = match tls()?.with_platform_verifier() {
        Ok(tls) => (tls.with_no_client_auth(), None),
        Err(error) => {
            let none = rustls::RootCertStore::empty();
            let tls = tls()?.with_root_certificates(none).with_no_client_auth();
            (tls, Some(error.to_string()))
        }
    };
    let client = reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .connect_timeout(connect_timeout)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .build()
        .map_err(|error| error.to_string())?;
    Ok(Clients { client, no_tls })
}

async fn read(
    mut response: reqwest::Response,
    max_size: usize,
) -> Result<http::Response<Bytes>, SendError> {
    let too_large = || SendError::new(SendErrorKind::TooLarge);
    let announced = response.content_length().unwrap_or(0);
    let announced = usize::try_from(announced)
        .ok()
        .filter(|size| *size <= max_size)
        .ok_or_else(too_large)?;
    let mut head = http::Response::new(());
    *head.status_mut() = response.status();
    *head.version_mut() = response.version();
    *head.headers_mut() = std::mem::take(response.headers_mut());

    let mut body = BytesMut::with_capacity(announced.min(FIRST_ROOM));
    while let Some(chunk) = response.chunk().await.map_err(send_error)? {
        if chunk.len() > max_size - body.len() {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(head.map(|()| body.freeze()))
}

/// Sorts the error, and takes the URL out of it.
fn send_error(error: reqwest::Error) -> SendError {
    let kind = match (error.is_connect(), error.is_timeout()) {
        _ if error.is_builder() => SendErrorKind::Setup,
        (true, true) => SendErrorKind::ConnectTimeout,
        (true, false) => SendErrorKind::Connect,
        (false, true) => SendErrorKind::Timeout,
        (false, false) => SendErrorKind::Broken,
    };
    SendError::with_source(kind, error.without_url())
}
