//! The credential of a client.

use super::super::wire::URL;
use super::header_value::{self, CredentialError, sensitive};
#[cfg(feature = "oauth")]
use super::oauth::{ClientCredentials, TokenSource};
use http::header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue};
use std::fmt;
#[cfg(feature = "oauth")]
use std::sync::Arc;

/// The credential of a client, which is sent with its requests.
///
/// `Debug` shows the kind of the credential, but no password, key or token.
#[derive(Clone)]
pub struct Credentials {
    /// The kind, for `Debug`.
    kind: &'static str,
    #[cfg(feature = "twilio")]
    pub(super) account_sid: Option<String>,
    auth_header: Result<AuthHeader, CredentialError>,
    /// The texts that no error may show.
    secrets: Vec<String>,
}

/// What a credential adds to a request.
#[derive(Clone)]
pub(crate) enum AuthHeader {
    None,
    Header(HeaderName, HeaderValue),
    /// A query parameter, encoded: its name, and `name=value`.
    Query(String, String),
    /// A bearer token that is fetched when it is needed.
    #[cfg(feature = "oauth")]
    Token(Arc<TokenSource>),
}

impl Credentials {
    /// A user name and a password (HTTP Basic, RFC 7617).
    pub fn basic(user: impl AsRef<str>, password: impl AsRef<str>) -> Self {
        Self::with_basic("Basic", user.as_ref(), password.as_ref())
    }

    pub(super) fn with_basic(kind: &'static str, user: &str, password: &str) -> Self {
        let value = header_value::basic(user, password);
        Self::with_header(kind, AUTHORIZATION, value, password)
    }

    /// A bearer token (RFC 6750).
    pub fn bearer(token: impl AsRef<str>) -> Self {
        let token = token.as_ref();
        let value = sensitive(&format!("Bearer {token}"));
        Self::with_header("Bearer", AUTHORIZATION, value, token)
    }

    /// A key in a header of this name (OpenAPI: `type: apiKey`, `in: header`).
    pub fn header(name: HeaderName, key: impl AsRef<str>) -> Self {
        let key = key.as_ref();
        Self::with_header("Header", name, sensitive(key), key)
    }

    /// A key in a query parameter of this name (OpenAPI: `type: apiKey`, `in: query`).
    ///
    /// URLs are logged more often than headers: prefer any other scheme that the API offers.
    pub fn query(name: impl AsRef<str>, key: impl AsRef<str>) -> Self {
        let name = encoded(name.as_ref());
        let pair = format!("{name}={}", encoded(key.as_ref()));
        Self::new("Query", Ok(AuthHeader::Query(name, pair)), key.as_ref())
    }

    /// A key in a cookie of this name (OpenAPI: `type: apiKey`, `in: cookie`).
    pub fn cookie(name: impl AsRef<str>, key: impl AsRef<str>) -> Self {
        let key = key.as_ref();
        let value = sensitive(&format!("{}={key}", name.as_ref()));
        Self::with_header("Cookie", COOKIE, value, key)
    }

    /// An OAuth 2.0 client, which fetches its tokens by itself (RFC 6749, section 4.4).
    ///
    /// The token is fetched for the first request, cached, and renewed ahead of its expiry, once for all waiting requests.
    /// All clones share it.
    #[cfg(feature = "oauth")]
    #[must_use]
    pub fn client_credentials(client: ClientCredentials) -> Self {
        let secrets = client.secrets();
        let source = client.into_source();
        Self {
            kind: "ClientCredentials",
            auth_header: source.map(|source| AuthHeader::Token(Arc::new(source))),
            secrets,
            #[cfg(feature = "twilio")]
            account_sid: None,
        }
    }

    /// No credential.
    #[must_use]
    pub const fn none() -> Self {
        Self {
            kind: "None",
            #[cfg(feature = "twilio")]
            account_sid: None,
            auth_header: Ok(AuthHeader::None),
            secrets: Vec::new(),
        }
    }

    fn new(
        kind: &'static str,
        auth_header: Result<AuthHeader, CredentialError>,
        secret: &str,
    ) -> Self {
        Self {
            kind,
            auth_header,
            secrets: vec![secret.to_owned()],
            #[cfg(feature = "twilio")]
            account_sid: None,
        }
    }

    fn with_header(
        kind: &'static str,
        name: HeaderName,
        value: Result<HeaderValue, CredentialError>,
        secret: &str,
    ) -> Self {
        let header = value.map(|value| AuthHeader::Header(name, value));
        Self::new(kind, header, secret)
    }

    /// Returns what is added to each request, or why that is not possible.
    pub(crate) fn auth_header(&self) -> Result<&AuthHeader, CredentialError> {
        self.auth_header.as_ref().map_err(|reason| *reason)
    }

    /// Returns the texts that no error may show.
    pub(super) fn secrets(&self) -> &[String] {
        &self.secrets
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Credentials");
        debug.field("kind", &format_args!("{}", self.kind));
        #[cfg(feature = "twilio")]
        debug.field("account_sid", &self.account_sid);
        debug.finish_non_exhaustive()
    }
}

fn encoded(text: &str) -> String {
    let mut bytes = Vec::new();
    URL.push(&mut bytes, text.as_bytes());
    String::from_utf8(bytes).unwrap_or_default()
}
