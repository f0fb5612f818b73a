//! Requests that cannot be sent.

use std::error::Error as StdError;
use std::fmt;

/// Why a request could not be sent, or no complete response was received.
///
/// Transports create it; [`std::error::Error::source`] is the error of the HTTP stack.
#[derive(Debug)]
pub struct SendError {
    kind: SendErrorKind,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// At which point sending a request failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SendErrorKind {
    /// The HTTP client could not be created; nothing was sent.
    Setup,
    /// No access token was obtained; nothing was sent.
    Token,
    /// The body of the request could not be read. The server may have received the beginning of it.
    RequestBody,
    /// No connection was established; nothing was sent.
    Connect,
    /// No connection was established in time; nothing was sent.
    ConnectTimeout,
    /// The request timed out. The server may have received it.
    Timeout,
    /// The body of the response exceeds the size limit. The server has received the request.
    TooLarge,
    /// An event of a stream, or a record of a list, exceeds its size limit. The server has received the request.
    EventTooLarge,
    /// The connection broke, or the response is not HTTP. The server may have received the request.
    Broken,
}

impl SendError {
    /// Creates an error without a source.
    #[must_use]
    pub const fn new(kind: SendErrorKind) -> Self {
        Self { kind, source: None }
    }

    /// Creates an error from one of the HTTP stack, whose message must not contain a credential.
    pub fn with_source(
        kind: SendErrorKind,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self {
            kind,
            source: Some(source.into()),
        }
    }

    /// Returns at which point sending failed.
    pub fn kind(&self) -> SendErrorKind {
        self.kind
    }

    /// Returns whether the request timed out, while connecting or later.
    pub fn is_timeout(&self) -> bool {
        matches!(
            self.kind,
            SendErrorKind::Timeout | SendErrorKind::ConnectTimeout
        )
    }

    /// Returns whether no connection was established, so that the server cannot have received the request.
    pub fn is_connect(&self) -> bool {
        matches!(
            self.kind,
            SendErrorKind::Setup
                | SendErrorKind::Token
                | SendErrorKind::Connect
                | SendErrorKind::ConnectTimeout
        )
    }
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            SendErrorKind::Setup => "the HTTP client could not be created",
            SendErrorKind::Token => "no access token was obtained",
            SendErrorKind::RequestBody => "the body of the request could not be read",
            SendErrorKind::Connect => "no connection to the server was established",
            SendErrorKind::ConnectTimeout => "connecting to the server timed out",
            SendErrorKind::Timeout => "the request timed out",
            SendErrorKind::TooLarge => {
                "the body of the response exceeds the size limit (`max_response_size`)"
            }
            SendErrorKind::EventTooLarge => "an event exceeds the size limit (`max_event_size`)",
            SendErrorKind::Broken => "the connection broke, or the response is not HTTP",
        })
    }
}

impl StdError for SendError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source
            .as_deref()
            .map(|source| source as &(dyn StdError + 'static))
    }
}
