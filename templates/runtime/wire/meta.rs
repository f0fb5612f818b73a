//! The facts of an operation that do not depend on its parameters.

use super::super::decode::Decoding;
use std::fmt;

/// The accepted media types, unless an operation has others.
pub(crate) const DEFAULT_ACCEPT: &str = "application/json";

/// The facts of an operation that do not depend on its parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Meta {
    /// The operation's id in the description.
    pub id: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The scheme, host and base path that the description names, without a trailing slash; a path where it names a relative
    /// server.
    pub server: &'static str,
    /// Whether the operation has a server of its own, so that one that the client chooses does not take its place.
    pub has_own_server: bool,
    /// The path template: `/v1/pets/{id}`.
    pub path: &'static str,
    /// The credential that is sent.
    pub auth: Auth,
    /// The statuses outside 200 to 299 that the description documents as successes.
    pub accepts: &'static [u16],
    /// The accepted media types, as the value of the header `Accept`.
    pub accept: &'static str,
    /// How the body of a success is decoded.
    pub decoding: Decoding,
}

impl Meta {
    /// Returns the facts of an operation that sends the client's credential and has a JSON response.
    #[must_use]
    pub const fn new(
        id: &'static str,
        method: &'static str,
        server: &'static str,
        path: &'static str,
    ) -> Self {
        Self {
            id,
            method,
            server,
            has_own_server: false,
            path,
            auth: Auth::Client,
            accepts: &[],
            accept: DEFAULT_ACCEPT,
            decoding: Decoding::Json,
        }
    }
}

/// The credentials that an operation sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Auth {
    /// All that the client has.
    Client,
    /// None: the operation is public.
    None,
    /// Those of the first alternative that the client has every credential of.
    AnyOf(&'static [&'static [Scheme]]),
}

/// A security scheme: the credential that an operation requires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Scheme {
    /// A user name and a password (HTTP Basic).
    Basic,
    /// A bearer token, of OAuth 2.0 or from elsewhere.
    Bearer,
    /// The credential of another HTTP authentication scheme, by its name.
    Authorization(&'static str),
    /// A key in a header of this name, in lower case.
    Header(&'static str),
    /// A key in a query parameter of this name.
    Query(&'static str),
    /// A key in a cookie of this name.
    Cookie(&'static str),
    /// A certificate, which the transport presents.
    Certificate,
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Basic => f.write_str("`Credentials::basic`"),
            Self::Bearer => f.write_str("`Credentials::bearer`"),
            Self::Authorization(scheme) => {
                write!(f, "`Credentials::authorization(\"{scheme}\", …)`")
            }
            Self::Header(name) => write!(f, "`Credentials::header` of `{name}`"),
            Self::Query(name) => write!(f, "`Credentials::query(\"{name}\", …)`"),
            Self::Cookie(name) => write!(f, "`Credentials::cookie(\"{name}\", …)`"),
            Self::Certificate => f.write_str("a certificate"),
        }
    }
}
