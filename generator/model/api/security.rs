//! Credentials: the security schemes of a description, and what an operation requires of them.

use super::Docs;

/// A security scheme of the description.
#[derive(Debug, Clone)]
pub struct Scheme {
    /// What the description calls it.
    pub name: String,
    /// Its documentation.
    pub docs: Docs,
    /// The credential for it.
    pub credential: Credential,
    /// The scopes that tokens can have, with what each allows.
    pub scopes: Vec<(String, Docs)>,
    /// Where the description has it, as a JSON pointer into the finished document.
    pub pointer: String,
}

/// What a client proves with who sends a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// An account and its token, or a key of it.
    Account,
    /// A user name and a password.
    Basic,
    /// A token.
    Bearer,
    /// A text of another authentication scheme (`type: http`), by the name of that.
    Authorization(String),
    /// A key in a header of this name, in lower case.
    Header(String),
    /// A key in a query parameter of this name.
    Query(String),
    /// A key in a cookie of this name.
    Cookie(String),
    /// An OAuth 2.0 client, which gets its tokens at this URL.
    ClientCredentials(String),
    /// A certificate of the client, which the transport presents.
    Certificate,
}

/// The credentials that an operation sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Security {
    /// All that the client has: the operation requires the only scheme there is, or nothing is stated.
    Client,
    /// None.
    None,
    /// Those of the first alternative that the client has every credential of.
    AnyOf(Vec<Requirement>),
}

impl Security {
    /// Returns whether a credential may be sent.
    #[must_use]
    pub fn is_some(&self) -> bool {
        *self != Self::None
    }
}

/// Security schemes that are required together; none is required where the list is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Requirement {
    /// The schemes, in the order of the description.
    pub schemes: Vec<RequiredScheme>,
}

/// A security scheme that is required.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequiredScheme {
    /// What the description calls it.
    pub name: String,
    /// The credential for it.
    pub credential: Credential,
    /// The scopes that the operation requires.
    pub scopes: Vec<String>,
}
