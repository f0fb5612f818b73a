//! The errors of a client.

mod api_error;
mod brief;
mod decode_error;
mod page_error;
mod request_id;

pub use self::api_error::ApiError;
pub use self::decode_error::DecodeError;
pub use self::page_error::PageError;
pub(crate) use self::request_id::request_id;

use super::decode::RecordError;
use super::transport::SendError;
use super::wire::BuildError;
use std::error::Error as StdError;
use std::fmt;

/// Why a request failed.
///
/// No variant shows a credential, the body of a request or the body of a response in its `Debug` or `Display` text.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The request could not be built; nothing was sent.
    Build(BuildError),
    /// The request could not be sent, or no complete response was received.
    Send(SendError),
    /// The API returned an error.
    Api(Box<ApiError>),
    /// The API executed the request, but its response cannot be decoded.
    Decode(Box<DecodeError>),
    /// The next page of a list must not be fetched, because it is on another server or its URL is not valid.
    Page(PageError),
    /// A record of a list cannot be decoded; the records after it can be read.
    Record(RecordError),
}

impl Error {
    /// Returns the error that the API returned.
    pub fn as_api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            Self::Build(_) | Self::Send(_) | Self::Decode(_) | Self::Page(_) | Self::Record(_) => {
                None
            }
        }
    }

    /// Returns the status of the response, if one was received.
    pub fn status(&self) -> Option<http::StatusCode> {
        match self {
            Self::Api(error) => Some(error.status()),
            Self::Decode(error) => Some(error.status()),
            Self::Build(_) | Self::Send(_) | Self::Page(_) | Self::Record(_) => None,
        }
    }

    /// Returns whether the request timed out, while connecting or later.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Send(error) if error.is_timeout())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Build(error) => error.fmt(f),
            Self::Send(error) => error.fmt(f),
            Self::Api(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::Page(error) => error.fmt(f),
            Self::Record(error) => error.fmt(f),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Build(error) => error.source(),
            Self::Send(error) => error.source(),
            Self::Api(error) => error.source(),
            Self::Decode(error) => error.source(),
            Self::Page(error) => error.source(),
            Self::Record(error) => error.source(),
        }
    }
}

impl From<BuildError> for Error {
    fn from(error: BuildError) -> Self {
        Self::Build(error)
    }
}

impl From<SendError> for Error {
    fn from(error: SendError) -> Self {
        Self::Send(error)
    }
}

impl From<ApiError> for Error {
    fn from(error: ApiError) -> Self {
        Self::Api(Box::new(error))
    }
}

impl From<DecodeError> for Error {
    fn from(error: DecodeError) -> Self {
        Self::Decode(Box::new(error))
    }
}

impl From<PageError> for Error {
    fn from(error: PageError) -> Self {
        Self::Page(error)
    }
}

impl From<RecordError> for Error {
    fn from(error: RecordError) -> Self {
        Self::Record(error)
    }
}
