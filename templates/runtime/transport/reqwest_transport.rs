//! The transport of the feature `reqwest`.

use super::async_transport::{BoxFuture, Transport};
use super::body_stream::BodyStream;
use super::limits::Limits;
use super::reading::{Body, announce_empty_body};
use super::request_body::RequestBody;
use super::send_error::{SendError, SendErrorKind};
use super::sending::{Chunk, Incoming, Receiving, Sending, while_sending};
use bytes::Bytes;
use std::time::Duration;

/// A transport that sends through a `reqwest` client of the caller.
///
/// It enables no feature of `reqwest`: TLS, HTTP/2, compression and so on are up to the caller's own dependency. A client
/// for APIs should follow no redirects (`redirect(Policy::none())`) and not retry (`retry(retry::never())`), and its connect
/// timeout replaces that of the [`Limits`].
#[derive(Debug, Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

impl ReqwestTransport {
    /// Creates a transport that sends through `client`.
    #[must_use]
    pub fn new(client: reqwest::Client) -> Self {
        Self { client }
    }
}

impl From<reqwest::Client> for ReqwestTransport {
    fn from(client: reqwest::Client) -> Self {
        Self::new(client)
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        mut request: http::Request<Bytes>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, SendError>> {
        Box::pin(async move {
            announce_empty_body(&mut request);
            let mut request = reqwest::Request::try_from(request).map_err(send_error)?;
            *request.timeout_mut() = Some(limits.timeout);
            let response = self.client.execute(request).await.map_err(send_error)?;
            read(response, limits.max_response_size).await
        })
    }

    fn open(
        &self,
        request: http::Request<RequestBody>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<BodyStream>, SendError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let sending = Sending::new(&body)?;
            let mut request = http::Request::from_parts(head, sending);
            announce_empty_body(&mut request);
            let request = request.map(reqwest::Body::wrap);
            let request = reqwest::Request::try_from(request).map_err(send_error)?;
            let response = while_sending(self.client.execute(request), &body, limits).await?;
            let mut response = response.map_err(send_error)?;
            let head = head_of(&mut response);
            let body = Receiving::new(response, limits.idle_timeout);
            Ok(head.map(|()| BodyStream::new(body)))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

async fn read(
    mut response: reqwest::Response,
    max_size: usize,
) -> Result<http::Response<Bytes>, SendError> {
    let head = head_of(&mut response);
    let mut body = Body::new(response.content_length().unwrap_or(0), max_size)?;
    while let Some(chunk) = response.chunk().await.map_err(send_error)? {
        body.push(&chunk)?;
    }
    Ok(head.map(|()| body.finish()))
}

fn head_of(response: &mut reqwest::Response) -> http::Response<()> {
    let mut head = http::Response::new(());
    *head.status_mut() = response.status();
    *head.version_mut() = response.version();
    *head.headers_mut() = std::mem::take(response.headers_mut());
    head
}

impl Incoming for reqwest::Response {
    async fn chunk(&mut self) -> Chunk {
        Self::chunk(self).await.map_err(send_error)
    }
}

/// Classifies an error, and removes the URL from it.
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
