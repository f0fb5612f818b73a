//! Reading the response of a token URL (RFC 6749, section 5).

use super::super::transport::{SendError, SendErrorKind};
use super::header_value::sensitive;
use bytes::Bytes;
use http::StatusCode;
use http::header::HeaderValue;
use serde_json::Value;
use std::fmt;
use std::time::{Duration, Instant};

/// The lifetime of a token whose response has no `expires_in`.
const DEFAULT_LIFETIME: Duration = Duration::from_secs(300);

/// How long before its expiry a token is renewed; a tenth of its lifetime, if that is less.
const RENEW_AHEAD: Duration = Duration::from_secs(60);

/// An access token.
pub(super) struct Token {
    pub(super) header: HeaderValue,
    pub(super) renew: Instant,
    pub(super) expiry: Instant,
}

/// Returns the body of a response, or null when it is not JSON.
fn read_json(response: &http::Response<Bytes>) -> Value {
    serde_json::from_slice(response.body()).unwrap_or_default()
}

pub(super) fn read_token(
    response: &http::Response<Bytes>,
    now: Instant,
) -> Result<Token, TokenError> {
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
    // Some servers send the number as a string.
    let seconds = |value: &Value| match value {
        Value::String(text) => text.trim().parse().ok(),
        value => value.as_f64(),
    };
    let lifetime = granted
        .get("expires_in")
        .and_then(seconds)
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
pub(crate) struct TokenError(String);

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

    pub(super) fn unreachable(error: &SendError) -> Self {
        Self(format!("the request to the token URL failed: {error}"))
    }

    pub(super) fn panicked() -> Self {
        Self("the request to the token URL panicked".to_owned())
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
