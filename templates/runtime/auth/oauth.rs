//! OAuth 2.0 clients: access tokens that are fetched, cached and renewed ahead of their expiry.

use super::super::transport::{SendError, SendErrorKind};
use super::super::wire::FORM;
use super::header_value::{CredentialError, basic, sensitive};
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, USER_AGENT};
use http::{Method, StatusCode, Uri};
use serde_json::Value;
use std::fmt;
use std::future::poll_fn;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

/// The lifetime of a token whose response has no `expires_in`.
const DEFAULT_LIFETIME: Duration = Duration::from_secs(300);

/// How long before its expiry a token is renewed; a tenth of its lifetime, if that is less.
const RENEW_AHEAD: Duration = Duration::from_secs(60);

/// How long a valid token is used after renewing it failed, before the next attempt.
const RETRY_AFTER: Duration = Duration::from_secs(5);

/// The credentials of an OAuth 2.0 client, with which it fetches access tokens (RFC 6749, section 4.4).
///
/// The id and the secret are sent to the token URL only, in the form body; [`with_basic`](Self::with_basic) sends them as
/// HTTP Basic.
#[derive(Clone)]
pub struct ClientCredentials {
    token_url: String,
    id: String,
    secret: String,
    scopes: Vec<String>,
    audience: Option<String>,
    basic: bool,
}

impl ClientCredentials {
    /// Creates the credentials from the token URL, which may be a path of the server, and the id and the secret of the
    /// client.
    pub fn new(
        token_url: impl Into<String>,
        id: impl Into<String>,
        secret: impl Into<String>,
    ) -> Self {
        Self {
            token_url: token_url.into(),
            id: id.into(),
            secret: secret.into(),
            scopes: Vec::new(),
            audience: None,
            basic: false,
        }
    }

    /// Adds a scope to request.
    #[must_use]
    pub fn with_scope(mut self, scope: impl Into<String>) -> Self {
        self.scopes.push(scope.into());
        self
    }

    /// Sets the parameter `audience`, which some servers require: the API that the token is for.
    #[must_use]
    pub fn with_audience(mut self, audience: impl Into<String>) -> Self {
        self.audience = Some(audience.into());
        self
    }

    /// Sends the id and the secret as HTTP Basic instead of in the body (RFC 6749, section 2.3.1).
    #[must_use]
    pub fn with_basic(mut self) -> Self {
        self.basic = true;
        self
    }

    pub(crate) fn secrets(&self) -> Vec<String> {
        vec![self.secret.clone()]
    }

    pub(crate) fn into_source(self) -> Result<TokenSource, CredentialError> {
        let url: Option<Uri> = self.token_url.parse().ok();
        let is_usable = url.is_some_and(|url| match url.scheme_str() {
            Some("http" | "https") => url.authority().is_some(),
            Some(_) => false,
            None => self.token_url.starts_with('/'),
        });
        if !is_usable {
            return Err(
                "the token URL of the credentials is neither an `http` or `https` URL nor a path of the server",
            );
        }
        let mut fields = vec![("grant_type", "client_credentials".to_owned())];
        let mut authorization = None;
        if self.basic {
            let (id, secret) = (form_encoded(&self.id), form_encoded(&self.secret));
            authorization = Some(basic(&id, &secret)?);
        } else {
            fields.push(("client_id", self.id));
            fields.push(("client_secret", self.secret));
        }
        if !self.scopes.is_empty() {
            let scopes: Vec<&str> = self.scopes.iter().map(String::as_str).collect();
            fields.push(("scope", scopes.join(" ")));
        }
        fields.extend(self.audience.map(|audience| ("audience", audience)));
        let mut body = String::new();
        for (name, value) in &fields {
            let before = if body.is_empty() { "" } else { "&" };
            body = format!("{body}{before}{name}={}", form_encoded(value));
        }
        Ok(TokenSource {
            url: self.token_url,
            authorization,
            body: body.into(),
            state: Mutex::default(),
        })
    }
}

fn form_encoded(text: &str) -> String {
    let mut bytes = Vec::new();
    FORM.push(&mut bytes, text.as_bytes());
    String::from_utf8(bytes).unwrap_or_default()
}

impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCredentials")
            .field("token_url", &self.token_url)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}

/// The token endpoint of a client, and the cached token.
pub(crate) struct TokenSource {
    /// The URL, or the path of the server.
    url: String,
    authorization: Option<HeaderValue>,
    body: Bytes,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    token: Option<Token>,
    /// Whether a request for a token is in progress.
    fetching: bool,
    /// The number of completed requests, and the error of the last one.
    fetches: u64,
    failure: Option<TokenError>,
    waiting: Vec<Waker>,
}

struct Token {
    header: HeaderValue,
    renew: Instant,
    expiry: Instant,
}

enum Turn {
    Use(HeaderValue),
    Fetch,
    Failed(TokenError),
}

impl TokenSource {
    /// Returns the token URL, or the path of the server.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Returns the request for a token.
    pub(crate) fn request(&self, url: Uri, user_agent: HeaderValue) -> http::Request<Bytes> {
        let mut request = http::Request::new(self.body.clone());
        *request.method_mut() = Method::POST;
        *request.uri_mut() = url;
        let headers = request.headers_mut();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/x-www-form-urlencoded"),
        );
        headers.insert(USER_AGENT, user_agent);
        if let Some(authorization) = &self.authorization {
            headers.insert(AUTHORIZATION, authorization.clone());
        }
        request
    }

    /// Returns the `Authorization` header with a valid token, and fetches one if necessary.
    ///
    /// One of the waiting requests fetches the token. When its future is dropped, another one takes over; when it fails,
    /// all fail.
    pub(crate) async fn token(
        &self,
        now: impl Fn() -> Instant,
        fetch: impl AsyncFnOnce() -> Result<(http::Response<Bytes>, Instant), SendError>,
    ) -> Result<HeaderValue, SendError> {
        let since = self.state().fetches;
        match poll_fn(|context| self.turn(now(), since, context)).await {
            Turn::Use(header) => Ok(header),
            Turn::Failed(error) => Err(error.into()),
            Turn::Fetch => {
                let lease = Lease(self);
                let result = match fetch().await {
                    Ok((response, received)) => read_token(&response, received),
                    Err(error) => Err(TokenError::unreachable(&error)),
                };
                lease.settle(result, now()).map_err(Into::into)
            }
        }
    }

    fn turn(&self, now: Instant, since: u64, context: &Context<'_>) -> Poll<Turn> {
        let mut state = self.state();
        let usable = state.token.as_ref().filter(|token| now < token.expiry);
        let header = usable.map(|token| token.header.clone());
        let is_fresh = usable.is_some_and(|token| now < token.renew);
        match header {
            Some(header) if is_fresh || state.fetching => Poll::Ready(Turn::Use(header)),
            _ if state.fetching => {
                state.waiting.push(context.waker().clone());
                Poll::Pending
            }
            None if state.fetches > since && state.failure.is_some() => {
                let failure = state.failure.clone();
                Poll::Ready(failure.map_or(Turn::Fetch, Turn::Failed))
            }
            _ => {
                state.fetching = true;
                Poll::Ready(Turn::Fetch)
            }
        }
    }

    /// Drops a token that the API rejected, unless it was replaced already.
    pub(crate) fn forget(&self, header: &HeaderValue) {
        let mut state = self.state();
        if state
            .token
            .as_ref()
            .is_some_and(|token| token.header == *header)
        {
            state.token = None;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to fetch a token, which ends when this is dropped.
struct Lease<'a>(&'a TokenSource);

impl Lease<'_> {
    fn settle(
        self,
        result: Result<Token, TokenError>,
        now: Instant,
    ) -> Result<HeaderValue, TokenError> {
        let mut state = self.0.state();
        state.fetches += 1;
        match result {
            Ok(token) => {
                let header = token.header.clone();
                state.token = Some(token);
                state.failure = None;
                Ok(header)
            }
            Err(error) => {
                state.failure = Some(error.clone());
                match &mut state.token {
                    Some(old) if now < old.expiry => {
                        old.renew = now + RETRY_AFTER;
                        Ok(old.header.clone())
                    }
                    _ => Err(error),
                }
            }
        }
    }
}

impl Drop for Lease<'_> {
    fn drop(&mut self) {
        let waiting = {
            let mut state = self.0.state();
            state.fetching = false;
            std::mem::take(&mut state.waiting)
        };
        waiting.into_iter().for_each(Waker::wake);
    }
}

/// Returns the body of a response, or null when it is not JSON.
fn read_json(response: &http::Response<Bytes>) -> Value {
    serde_json::from_slice(response.body()).unwrap_or_default()
}

fn read_token(response: &http::Response<Bytes>, now: Instant) -> Result<Token, TokenError> {
    if !response.status().is_success() {
        return Err(TokenError::rejected(response));
    }
    let granted = read_json(response);
    let token = granted
        .get("access_token")
        .and_then(Value::as_str)
        .ok_or_else(|| TokenError::unusable("it is not JSON with an `access_token`"))?;
    let is_bearer = |kind: &Value| match kind {
        Value::Null => true,
        kind => kind
            .as_str()
            .is_some_and(|kind| kind.eq_ignore_ascii_case("bearer")),
    };
    if !granted.get("token_type").is_none_or(is_bearer) {
        return Err(TokenError::unusable("the token is not a bearer token"));
    }
    let header = sensitive(&format!("Bearer {token}")).map_err(|_| {
        TokenError::unusable("the token has characters that are not allowed in a header")
    })?;
    let lifetime = granted
        .get("expires_in")
        .and_then(Value::as_f64)
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .unwrap_or(DEFAULT_LIFETIME)
        .min(Duration::from_secs(365 * 24 * 60 * 60));
    Ok(Token {
        header,
        renew: now + (lifetime - RENEW_AHEAD.min(lifetime / 10)),
        expiry: now + lifetime,
    })
}

/// Why there is no token; the source of a [`SendError`].
#[derive(Debug, Clone)]
struct TokenError(String);

impl TokenError {
    fn rejected(response: &http::Response<Bytes>) -> Self {
        let status: StatusCode = response.status();
        let is_code = |code: &str| {
            code.len() <= 64
                && code
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        };
        match read_json(response).get("error").and_then(Value::as_str) {
            Some(code) if is_code(code) => Self(format!(
                "the token URL responded with {status}, code {code}"
            )),
            _ => Self(format!("the token URL responded with {status}")),
        }
    }

    fn unreachable(error: &SendError) -> Self {
        Self(format!("the request to the token URL failed: {error}"))
    }

    fn unusable(reason: &str) -> Self {
        Self(format!(
            "the response of the token URL cannot be used: {reason}"
        ))
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TokenError {}

impl From<TokenError> for SendError {
    fn from(error: TokenError) -> Self {
        Self::with_source(SendErrorKind::Token, error)
    }
}
