//! The credentials of a client.

use super::super::wire::{Scheme, URL};
use super::header_value::{self, CredentialError, sensitive};
#[cfg(feature = "oauth")]
use super::oauth::ClientCredentials;
#[cfg(feature = "oauth")]
use super::token_source::TokenSource;
use http::header::{AUTHORIZATION, HeaderName, HeaderValue};
use std::fmt;
#[cfg(feature = "oauth")]
use std::sync::Arc;

/// The credentials of a client, which are sent with its requests.
///
/// Where a service requires several at once, or operations require different ones, they are combined with
/// [`and`](Self::and): each operation sends those that it requires.
///
/// `Debug` shows the kinds of the credentials, but no password, key or token.
#[derive(Clone)]
pub struct Credentials {
    list: Vec<Credential>,
    #[cfg(feature = "twilio")]
    pub(super) account_sid: Option<String>,
}

/// One credential.
#[derive(Clone)]
pub(crate) struct Credential {
    /// The kind, for `Debug`.
    kind: &'static str,
    auth_header: Result<AuthHeader, CredentialError>,
    /// The texts that no error may show.
    secrets: Vec<String>,
}

/// What a credential adds to a request.
#[derive(Clone)]
pub(crate) enum AuthHeader {
    Header(HeaderName, HeaderValue),
    /// A query parameter, encoded: its name, and `name=value`.
    Query(String, String),
    /// A cookie: its name, and `name=value`.
    Cookie(String, HeaderValue),
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

    /// The credential of another HTTP authentication scheme (RFC 9110, section 11.4): `Authorization: scheme credential`.
    pub fn authorization(scheme: impl AsRef<str>, credential: impl AsRef<str>) -> Self {
        let credential = credential.as_ref();
        let value = sensitive(&format!("{} {credential}", scheme.as_ref()));
        Self::with_header("Authorization", AUTHORIZATION, value, credential)
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
        Self::one("Query", Ok(AuthHeader::Query(name, pair)), key.as_ref())
    }

    /// A key in a cookie of this name (OpenAPI: `type: apiKey`, `in: cookie`).
    pub fn cookie(name: impl AsRef<str>, key: impl AsRef<str>) -> Self {
        let (name, key) = (name.as_ref(), key.as_ref());
        let value = header_value::cookie(name, key);
        let cookie = value.map(|value| AuthHeader::Cookie(name.to_owned(), value));
        Self::one("Cookie", cookie, key)
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
        let mut credentials = Self::none();
        credentials.list.push(Credential {
            kind: "ClientCredentials",
            auth_header: source.map(|source| AuthHeader::Token(Arc::new(source))),
            secrets,
        });
        credentials
    }

    /// No credential.
    #[must_use]
    pub const fn none() -> Self {
        Self {
            list: Vec::new(),
            #[cfg(feature = "twilio")]
            account_sid: None,
        }
    }

    /// Adds the credentials of `other`: a key beside a token, or what only some operations require.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.list.extend(other.list);
        #[cfg(feature = "twilio")]
        if self.account_sid.is_none() {
            self.account_sid = other.account_sid;
        }
        self
    }

    fn one(
        kind: &'static str,
        auth_header: Result<AuthHeader, CredentialError>,
        secret: &str,
    ) -> Self {
        let mut credentials = Self::none();
        credentials.list.push(Credential {
            kind,
            auth_header,
            secrets: vec![secret.to_owned()],
        });
        credentials
    }

    fn with_header(
        kind: &'static str,
        name: HeaderName,
        value: Result<HeaderValue, CredentialError>,
        secret: &str,
    ) -> Self {
        let header = value.map(|value| AuthHeader::Header(name, value));
        Self::one(kind, header, secret)
    }

    /// Whether there is no credential.
    pub(crate) fn is_none(&self) -> bool {
        self.list.is_empty()
    }

    /// Returns all credentials.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Credential> {
        self.list.iter()
    }

    /// Returns the credential for a scheme, if the client has one.
    pub(crate) fn find(&self, scheme: Scheme) -> Option<&Credential> {
        self.list
            .iter()
            .find(|credential| credential.serves(scheme))
    }

    /// Returns the texts that no error may show.
    pub(super) fn secrets(&self) -> impl Iterator<Item = &String> {
        self.list.iter().flat_map(|credential| &credential.secrets)
    }
}

/// An extension of a request: how many pairs at the end of its query are credentials.
#[cfg(feature = "test-util")]
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct QueryCredentials(pub(crate) usize);

impl Credential {
    /// Returns what is added to each request, or why that is not possible.
    pub(crate) fn auth_header(&self) -> Result<&AuthHeader, CredentialError> {
        self.auth_header.as_ref().map_err(|reason| *reason)
    }

    fn serves(&self, scheme: Scheme) -> bool {
        let Ok(auth_header) = &self.auth_header else {
            // The error is reported where the credential is required.
            return true;
        };
        match (scheme, auth_header) {
            (Scheme::Basic, AuthHeader::Header(name, value)) => {
                *name == AUTHORIZATION && has_scheme(value, "basic")
            }
            (Scheme::Bearer, AuthHeader::Header(name, value)) => {
                *name == AUTHORIZATION && has_scheme(value, "bearer")
            }
            (Scheme::Authorization(scheme), AuthHeader::Header(name, value)) => {
                *name == AUTHORIZATION && has_scheme(value, scheme)
            }
            (Scheme::Header(known), AuthHeader::Header(name, _)) => name == known,
            (Scheme::Query(known), AuthHeader::Query(name, _)) => *name == encoded(known),
            (Scheme::Cookie(known), AuthHeader::Cookie(name, _)) => name == known,
            #[cfg(feature = "oauth")]
            (Scheme::Bearer, AuthHeader::Token(_)) => true,
            _ => false,
        }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Credentials");
        let kinds: Vec<&str> = self.list.iter().map(|one| one.kind).collect();
        match kinds.as_slice() {
            [] => debug.field("kind", &format_args!("None")),
            kinds => debug.field("kind", &format_args!("{}", kinds.join(" and "))),
        };
        #[cfg(feature = "twilio")]
        debug.field("account_sid", &self.account_sid);
        debug.finish_non_exhaustive()
    }
}

/// Whether the value of an `Authorization` header begins with the name of an authentication scheme.
fn has_scheme(value: &HeaderValue, scheme: &str) -> bool {
    let (bytes, scheme) = (value.as_bytes(), scheme.as_bytes());
    let start = bytes.get(..scheme.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        && bytes.get(scheme.len()) == Some(&b' ')
}

fn encoded(text: &str) -> String {
    let mut bytes = Vec::new();
    URL.push(&mut bytes, text.as_bytes());
    String::from_utf8(bytes).unwrap_or_default()
}
