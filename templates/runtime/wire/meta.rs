//! The facts of an operation that do not depend on its parameters.

use super::super::decode::Decoding;

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
    /// The scheme, host and base path that the description names, without a trailing slash.
    pub server: &'static str,
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
            path,
            auth: Auth::Client,
            accepts: &[],
            accept: DEFAULT_ACCEPT,
            decoding: Decoding::Json,
        }
    }
}

/// The credential that an operation sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Auth {
    /// The client's own.
    Client,
    /// None: the operation is public.
    None,
}
