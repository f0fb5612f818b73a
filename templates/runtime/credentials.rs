//! Who sends the requests.

use super::base64::push_base64;
use super::environment::variable;
use super::error::BuildError;
use super::escape::URL;
use super::token::{ClientCredentials, TokenSource};
use http::header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue};
use std::fmt;
use std::sync::Arc;

/// Who sends the requests: the credential of a client.
///
/// `Debug` shows which kind it is and the account, never a user name's password, a secret or a
/// token.
#[derive(Clone)]
pub struct Credentials {
    kind: Kind,
    account_sid: Option<String>,
    /// What goes into each request, made once.
    proof: Result<Proof, &'static str>,
    /// The texts that no error may repeat.
    secrets: Vec<String>,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    AuthToken,
    ApiKey,
    Basic,
    Bearer,
    Header,
    Query,
    Cookie,
    ClientCredentials,
    None,
}

/// What a credential puts into a request.
#[derive(Clone)]
pub(super) enum Proof {
    None,
    Header(HeaderName, HeaderValue),
    /// A query parameter, encoded: its name, and `name=value`.
    Query(String, String),
    /// A token that is fetched when it is needed.
    Token(Arc<TokenSource>),
}

impl Credentials {
    /// The account itself, with its auth token as the password (HTTP Basic, RFC 7617).
    pub fn auth_token(account_sid: impl Into<String>, auth_token: impl AsRef<str>) -> Self {
        let account_sid = account_sid.into();
        let proof = basic(&account_sid, auth_token.as_ref());
        Self::new(Kind::AuthToken, proof, auth_token.as_ref()).with_account_sid(account_sid)
    }

    /// An API key of an account (HTTP Basic, RFC 7617).
    ///
    /// The account is named beside the key, because the key does not tell it and some paths contain
    /// it.
    pub fn api_key(
        account_sid: impl Into<String>,
        key_sid: impl AsRef<str>,
        secret: impl AsRef<str>,
    ) -> Self {
        let proof = basic(key_sid.as_ref(), secret.as_ref());
        Self::new(Kind::ApiKey, proof, secret.as_ref()).with_account_sid(account_sid)
    }

    /// A user name and a password (HTTP Basic, RFC 7617).
    pub fn basic(user: impl AsRef<str>, password: impl AsRef<str>) -> Self {
        let proof = basic(user.as_ref(), password.as_ref());
        Self::new(Kind::Basic, proof, password.as_ref())
    }

    /// A bearer token (RFC 6750).
    pub fn bearer(token: impl AsRef<str>) -> Self {
        let proof = header(AUTHORIZATION, &format!("Bearer {}", token.as_ref()));
        Self::new(Kind::Bearer, proof, token.as_ref())
    }

    /// A key in a header of that name (OpenAPI: `type: apiKey`, `in: header`).
    pub fn header(name: HeaderName, key: impl AsRef<str>) -> Self {
        Self::new(Kind::Header, header(name, key.as_ref()), key.as_ref())
    }

    /// A key in a query parameter of that name (OpenAPI: `type: apiKey`, `in: query`).
    ///
    /// URLs end up in more logs than headers do: prefer any other way that the API has.
    pub fn query(name: impl AsRef<str>, key: impl AsRef<str>) -> Self {
        let name = encoded(name.as_ref());
        let pair = format!("{name}={}", encoded(key.as_ref()));
        Self::new(Kind::Query, Ok(Proof::Query(name, pair)), key.as_ref())
    }

    /// A key in a cookie of that name (OpenAPI: `type: apiKey`, `in: cookie`).
    pub fn cookie(name: impl AsRef<str>, key: impl AsRef<str>) -> Self {
        let text = format!("{}={}", name.as_ref(), key.as_ref());
        Self::new(Kind::Cookie, header(COOKIE, &text), key.as_ref())
    }

    /// An OAuth 2.0 client, which gets its tokens by itself (RFC 6749, section 4.4).
    ///
    /// The token is fetched when the first request needs it, kept, and fetched anew ahead of its
    /// expiry, once for however many requests wait for it. All clones share it.
    #[must_use]
    #[inline]
    pub fn client_credentials(client: ClientCredentials) -> Self {
        let secrets = client.secrets();
        let proof = client
            .into_source()
            .map(|source| Proof::Token(Arc::new(source)));
        Self {
            kind: Kind::ClientCredentials,
            account_sid: None,
            proof,
            secrets,
        }
    }

    /// No credential: requests go out without an `Authorization` header.
    #[must_use]
    #[inline]
    pub const fn none() -> Self {
        Self {
            kind: Kind::None,
            account_sid: None,
            proof: Ok(Proof::None),
            secrets: Vec::new(),
        }
    }

    /// Reads the credential from environment variables: with the prefix `TWILIO`, these are
    /// `TWILIO_ACCOUNT_SID` and either `TWILIO_AUTH_TOKEN` or both `TWILIO_API_KEY` and
    /// `TWILIO_API_SECRET`, which go before it.
    ///
    /// # Errors
    /// Returns an error that names the variable which is missing, empty or no Unicode.
    #[inline]
    pub fn from_env(prefix: &str) -> Result<Self, BuildError> {
        let read = |name: &str| variable(&format!("{prefix}_{name}"));
        let account_sid = read("ACCOUNT_SID")?.required()?;
        match read("API_KEY")?.value {
            Some(key) => {
                let secret = read("API_SECRET")?.required()?;
                Ok(Self::api_key(account_sid, key, secret))
            }
            None => Ok(Self::auth_token(
                account_sid,
                read("AUTH_TOKEN")?.required()?,
            )),
        }
    }

    /// Names the account that paths with an account in them refer to by default.
    #[must_use]
    pub fn with_account_sid(mut self, account_sid: impl Into<String>) -> Self {
        self.account_sid = Some(account_sid.into());
        self
    }

    /// Returns the account that paths with an account in them refer to by default.
    #[inline]
    pub fn account_sid(&self) -> Option<&str> {
        self.account_sid.as_deref()
    }

    #[inline]
    fn new(kind: Kind, proof: Result<Proof, &'static str>, secret: &str) -> Self {
        Self {
            kind,
            account_sid: None,
            proof,
            secrets: vec![secret.to_owned()],
        }
    }

    /// Returns what goes into each request, or why there is nothing that can.
    #[inline]
    pub(super) fn proof(&self) -> Result<&Proof, &'static str> {
        self.proof.as_ref().map_err(|reason| *reason)
    }

    /// Returns the texts that no error may repeat.
    #[inline]
    pub(super) fn secrets(&self) -> Vec<String> {
        self.secrets.clone()
    }
}

impl fmt::Debug for Credentials {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("kind", &self.kind)
            .field("account_sid", &self.account_sid)
            .finish_non_exhaustive()
    }
}

#[inline]
fn basic(user: &str, password: &str) -> Result<Proof, &'static str> {
    header(AUTHORIZATION, &basic_text(user, password)?)
}

/// Returns the value of an `Authorization` header with a user name and a password.
#[inline]
pub(super) fn basic_text(user: &str, password: &str) -> Result<String, &'static str> {
    if user.contains(':') {
        return Err("the user name of the credentials contains a colon (RFC 7617, section 2)");
    }
    let mut text = String::from("Basic ");
    push_base64(&mut text, format!("{user}:{password}").as_bytes());
    Ok(text)
}

#[inline]
fn header(name: HeaderName, text: &str) -> Result<Proof, &'static str> {
    sensitive(text).map(|value| Proof::Header(name, value))
}

/// Returns a header value that `Debug` does not show.
#[inline]
pub(super) fn sensitive(text: &str) -> Result<HeaderValue, &'static str> {
    let mut value = HeaderValue::from_str(text)
        .map_err(|_| "the credentials have characters that a header cannot carry")?;
    value.set_sensitive(true);
    Ok(value)
}

#[inline]
fn encoded(text: &str) -> String {
    let mut bytes = Vec::new();
    URL.push(&mut bytes, text.as_bytes());
    String::from_utf8(bytes).unwrap_or_default()
}
