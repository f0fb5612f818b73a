//! Servers.

use super::{Docs, OpenEnum};
use crate::model::names::Name;

/// A server of the description.
#[derive(Debug, Clone)]
pub struct Server {
    /// The name of its type.
    pub name: Name,
    /// The URL, with its variables in braces, without a trailing slash.
    pub url: String,
    /// Its documentation.
    pub docs: Docs,
    /// The variables of the URL, in its order.
    pub variables: Vec<ServerVariable>,
    /// The operations that have it instead of those of the whole API; empty for a server of the whole API.
    pub operations: Vec<String>,
    /// Where the description has it, as a JSON pointer into the finished document.
    pub pointer: String,
}

/// A variable in the URL of a [`Server`].
#[derive(Debug, Clone)]
pub struct ServerVariable {
    /// The name of the field and the setter.
    pub name: Name,
    /// The name in the URL.
    pub wire: String,
    /// Its documentation.
    pub docs: Docs,
    /// The value where the caller gives none.
    pub default: String,
    /// The enum of its values, where the description lists them.
    pub values: Option<OpenEnum>,
}

/// The server that an operation is sent to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OperationServer {
    /// The scheme, host and base path, without a trailing slash and with the defaults of its variables; a path where the
    /// description names a relative server; empty where it names none.
    pub url: String,
    /// Whether the operation or its path names it, so that another server of the API does not take its place.
    pub is_own: bool,
}

impl OperationServer {
    /// Returns whether it has a scheme and a host.
    #[must_use]
    pub fn is_absolute(&self) -> bool {
        self.url.contains("://")
    }
}
