//! What can go wrong with a request.

use super::api_error::ApiError;
use super::decode::DecodeError;
use super::paging::PageError;
use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

/// What went wrong with a request.
///
/// No variant shows a credential, the body of a request or the body of a response in its `Debug` or
/// `Display` text.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The request could not be built; nothing was sent.
    Build(BuildError),
    /// The request could not be sent, or no complete response came back.
    Send(SendError),
    /// The API refused the request.
    Api(Box<ApiError>),
    /// The API carried out the request, and its answer cannot be decoded.
    Decode(Box<DecodeError>),
    /// The next page of a list is not where it may be fetched; nothing was sent there.
    Page(PageError),
}

impl Error {
    /// Returns what the API said when it refused the request.
    #[inline]
    pub fn as_api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            Self::Build(_) | Self::Send(_) | Self::Decode(_) | Self::Page(_) => None,
        }
    }

    /// Returns the status of the response, when there was a response.
    #[inline]
    pub fn status(&self) -> Option<http::StatusCode> {
        match self {
            Self::Api(error) => Some(error.status()),
            Self::Decode(error) => Some(error.status()),
            Self::Build(_) | Self::Send(_) | Self::Page(_) => None,
        }
    }

    /// Tells whether time ran out, be it while connecting or later.
    #[inline]
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Send(error) if error.is_timeout())
    }
}

impl fmt::Display for Error {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Build(error) => error.fmt(f),
            Self::Send(error) => error.fmt(f),
            Self::Api(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::Page(error) => error.fmt(f),
        }
    }
}

impl StdError for Error {
    #[inline]
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Build(error) => error.source(),
            Self::Send(error) => error.source(),
            Self::Api(error) => error.source(),
            Self::Decode(error) => error.source(),
            Self::Page(error) => error.source(),
        }
    }
}

impl From<BuildError> for Error {
    #[inline]
    fn from(error: BuildError) -> Self {
        Self::Build(error)
    }
}

impl From<SendError> for Error {
    #[inline]
    fn from(error: SendError) -> Self {
        Self::Send(error)
    }
}

impl From<ApiError> for Error {
    #[inline]
    fn from(error: ApiError) -> Self {
        Self::Api(Box::new(error))
    }
}

impl From<DecodeError> for Error {
    #[inline]
    fn from(error: DecodeError) -> Self {
        Self::Decode(Box::new(error))
    }
}

impl From<PageError> for Error {
    #[inline]
    fn from(error: PageError) -> Self {
        Self::Page(error)
    }
}

/// Why a request or a client could not be built.
///
/// The text names the operation and the parameter, and does not repeat the parameter's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildError {
    what: &'static str,
    reason: Cow<'static, str>,
}

impl BuildError {
    pub(super) fn of_operation(id: &'static str, reason: impl Into<Cow<'static, str>>) -> Self {
        Self {
            what: id,
            reason: reason.into(),
        }
    }

    pub(super) fn of_client(reason: impl Into<Cow<'static, str>>) -> Self {
        Self {
            what: "the client",
            reason: reason.into(),
        }
    }
}

impl fmt::Display for BuildError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot build {}: {}", self.what, self.reason)
    }
}

impl StdError for BuildError {}

/// Why a request could not be sent, or why no complete response came back.
///
/// Transports make it; [`std::error::Error::source`] has what the HTTP stack said.
#[derive(Debug)]
pub struct SendError {
    kind: SendErrorKind,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// How far a request came that could not be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SendErrorKind {
    /// The HTTP client could not be made; nothing was sent.
    Setup,
    /// No access token could be obtained; nothing was sent.
    Token,
    /// No connection came about; nothing was sent.
    Connect,
    /// No connection came about in time; nothing was sent.
    ConnectTimeout,
    /// Time ran out. The server may have seen the request.
    Timeout,
    /// The response has a longer body than allowed. The server has seen the request.
    TooLarge,
    /// The connection broke, or the answer is not HTTP. The server may have seen the request.
    Broken,
}

impl SendError {
    /// Makes an error without a source.
    #[must_use]
    #[inline]
    pub const fn new(kind: SendErrorKind) -> Self {
        Self { kind, source: None }
    }

    /// Makes an error out of what the HTTP stack said, whose text must not contain a credential.
    pub fn with_source(
        kind: SendErrorKind,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self {
            kind,
            source: Some(source.into()),
        }
    }

    /// Returns how far the request came.
    #[inline]
    pub fn kind(&self) -> SendErrorKind {
        self.kind
    }

    /// Tells whether time ran out, be it while connecting or later.
    #[inline]
    pub fn is_timeout(&self) -> bool {
        matches!(
            self.kind,
            SendErrorKind::Timeout | SendErrorKind::ConnectTimeout
        )
    }

    /// Tells whether no connection came about, so that the server cannot have seen the request.
    #[inline]
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
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            SendErrorKind::Setup => "the HTTP client could not be made",
            SendErrorKind::Token => "no access token could be obtained",
            SendErrorKind::Connect => "no connection to the server came about",
            SendErrorKind::ConnectTimeout => "no connection to the server came about in time",
            SendErrorKind::Timeout => "the request timed out",
            SendErrorKind::TooLarge => "the body of the response is longer than allowed",
            SendErrorKind::Broken => "the connection broke or the answer is not HTTP",
        })
    }
}

impl StdError for SendError {
    #[inline]
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source
            .as_deref()
            .map(|source| source as &(dyn StdError + 'static))
    }
}
