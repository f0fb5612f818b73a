//! Sending requests with the token of an OAuth 2.0 client.

use super::super::auth::{AuthHeader, TokenSource};
use super::super::transport::{SendError, SendErrorKind};
use super::execute::{Exchange, Execution, Outcome};
use http::StatusCode;
use http::header::{AUTHORIZATION, HeaderValue};

impl Execution<'_> {
    /// Returns where the token of the request comes from, if its credential is an OAuth 2.0 client.
    pub(super) fn token_source<B>(&self, request: &http::Request<B>) -> Option<&TokenSource> {
        let own = request.headers().contains_key(AUTHORIZATION);
        let credentials = self.executor.config.required(self.meta).ok()?;
        credentials
            .into_iter()
            .filter(|_| !own)
            .find_map(|credential| match credential.auth_header() {
                Ok(AuthHeader::Token(source)) => Some(source.as_ref()),
                _ => None,
            })
    }

    /// Sends the request with a token, and once more with a new one when the API rejects it.
    pub(super) async fn run_with_token<B: Exchange>(
        &self,
        source: &TokenSource,
        mut request: http::Request<B>,
        is_idempotent: bool,
    ) -> Outcome<B::Response> {
        let token = self.authorize(&mut request, source).await?;
        let response = self.attempts(&request, is_idempotent).await?;
        if response.status() != StatusCode::UNAUTHORIZED {
            return Ok((response, Some(token)));
        }
        source.forget(&token);
        if !is_idempotent || !request.body().is_available() {
            return Ok((response, Some(token)));
        }
        let token = self.authorize(&mut request, source).await?;
        let response = self.attempts(&request, is_idempotent).await?;
        Ok((response, Some(token)))
    }

    async fn authorize<B>(
        &self,
        request: &mut http::Request<B>,
        source: &TokenSource,
    ) -> Result<HeaderValue, SendError> {
        let transport = &self.executor.transport;
        let fetch = async || {
            let config = &self.executor.config;
            let url = config.resolve(self.meta, source.url());
            let url = url.map_err(|error| SendError::with_source(SendErrorKind::Token, error))?;
            let request = source.request(url, config.user_agent().clone());
            let response = self.attempts(&request, true).await?;
            Ok((response, transport.now()))
        };
        let token = source.token(|| transport.now(), fetch).await?;
        request.headers_mut().insert(AUTHORIZATION, token.clone());
        Ok(token)
    }
}
