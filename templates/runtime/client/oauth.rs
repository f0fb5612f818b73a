//! Sending requests with the token of an OAuth 2.0 client.

use super::super::auth::{AuthHeader, Fetched, TokenSource, TokenWait, Turn};
use super::super::trace::Trace;
use super::super::transport::{SendError, SendErrorKind, block_on, block_on_within};
use super::super::wire::Meta;
use super::execute::{Exchange, Execution, Executor, Outcome};
use bytes::Bytes;
use http::header::{AUTHORIZATION, HeaderValue};
use http::{StatusCode, Uri};
use std::future::Future;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::thread;
use std::time::Duration;

/// Requests for tokens, which are no operation of the description.
const TOKEN: Meta = Meta::new("token", "POST", "", "");

/// Where a request gets its token from.
pub(super) struct TokenEndpoint<'a> {
    source: &'a Arc<TokenSource>,
    url: Uri,
}

impl Execution<'_> {
    /// Returns where the token of the request comes from, if its credential is an OAuth 2.0 client.
    pub(super) fn token_endpoint<B>(
        &self,
        request: &http::Request<B>,
    ) -> Result<Option<TokenEndpoint<'_>>, SendError> {
        if request.headers().contains_key(AUTHORIZATION) {
            return Ok(None);
        }
        let config = &self.executor.config;
        let credentials = config.required(self.meta).unwrap_or_default();
        let source =
            credentials
                .into_iter()
                .find_map(|credential| match credential.auth_header() {
                    Ok(AuthHeader::Token(source)) => Some(source),
                    _ => None,
                });
        let Some(source) = source else {
            return Ok(None);
        };
        let url = config.resolve(self.meta, source.url());
        let url = url.map_err(|error| SendError::with_source(SendErrorKind::Token, error))?;
        Ok(Some(TokenEndpoint { source, url }))
    }

    /// Sends the request with a token, and once more with a new one when the API rejects it.
    pub(super) async fn run_with_token<B: Exchange>(
        &self,
        endpoint: TokenEndpoint<'_>,
        mut request: http::Request<B>,
        is_idempotent: bool,
    ) -> Outcome<B::Response> {
        let token = self.authorize(&mut request, &endpoint).await?;
        let response = self.attempts(&request, is_idempotent).await?;
        if response.status() != StatusCode::UNAUTHORIZED {
            return Ok((response, Some(token)));
        }
        endpoint.source.forget(&token);
        if !is_idempotent || !request.body().is_available() {
            return Ok((response, Some(token)));
        }
        let token = self.authorize(&mut request, &endpoint).await?;
        let response = self.attempts(&request, is_idempotent).await?;
        Ok((response, Some(token)))
    }

    async fn authorize<B>(
        &self,
        request: &mut http::Request<B>,
        endpoint: &TokenEndpoint<'_>,
    ) -> Result<HeaderValue, SendError> {
        let source = endpoint.source;
        let fetch = || {
            let user_agent = self.executor.config.user_agent().clone();
            let request = source.request(endpoint.url.clone(), user_agent);
            let executor = self.executor.for_tokens();
            Box::pin(async move { executor.fetch(&request).await }) as _
        };
        let token = match source.turn(self.executor.transport.now(), fetch) {
            Turn::Use(token) => token,
            Turn::Wait(waiting) => self.wait(waiting).await?,
        };
        request.headers_mut().insert(AUTHORIZATION, token.clone());
        Ok(token)
    }

    /// Waits for a token as long as this request has time.
    async fn wait(&self, mut waiting: TokenWait) -> Result<HeaderValue, SendError> {
        let timed_out = || {
            let reason = "no access token was received in time";
            SendError::with_source(SendErrorKind::Timeout, reason)
        };
        let left = self.time_left();
        if self.executor.is_blocking {
            drive_on_a_thread(&mut waiting);
            let result = block_on_within(waiting, left.unwrap_or(Duration::MAX));
            return result.ok_or_else(timed_out)?.map_err(Into::into);
        }
        let mut elapsed = left.map(|left| self.executor.transport.sleep(left));
        let mut waiting = pin!(waiting);
        poll_fn(|context| {
            if let Poll::Ready(result) = waiting.as_mut().poll(context) {
                return Poll::Ready(result.map_err(Into::into));
            }
            match &mut elapsed {
                Some(elapsed) => elapsed.as_mut().poll(context).map(|()| Err(timed_out())),
                None => Poll::Pending,
            }
        })
        .await
    }
}

/// Leaves the request for a token to a thread, so that every waiting one keeps its own time limit. Without a thread to
/// spare, the one that began the request drives it.
fn drive_on_a_thread(waiting: &mut TokenWait) {
    if !waiting.is_first() {
        return waiting.rest();
    }
    let driver = waiting.split_driver();
    let drive = move || drop(block_on(driver));
    if thread::Builder::new().spawn(drive).is_err() {
        waiting.drive();
    }
}

impl Executor {
    /// Returns an executor with the limits of the client, whatever a request has for its own.
    fn for_tokens(&self) -> Self {
        self.with_config((*self.config).clone().with_limits_of_client())
    }

    async fn fetch(&self, request: &http::Request<Bytes>) -> Fetched {
        let execution = Execution {
            executor: self,
            meta: &TOKEN,
            trace: &Trace::none(),
            deadline: self.deadline(),
        };
        let result = execution.attempts(request, true).await;
        (result, self.transport.now())
    }
}
