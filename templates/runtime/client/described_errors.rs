//! Errors in the types that the description has for them.

use super::super::decode::{Decoding, FromBody};
use super::super::error::{ApiError, DecodeError};
use super::operation::Operation;
use super::response::{Response, decode_as};

/// An operation whose errors have a type.
///
/// [`ApiError::typed`] decodes them.
pub trait DescribedErrors: Operation {
    /// The type of the errors: that of the body of all errors, or an enum with a variant for each status.
    type Error: FromBody;

    /// How the body of an error is decoded, where that is the same for all of them.
    const ERROR_DECODING: Decoding = Decoding::Json;
}

impl<O: DescribedErrors + ?Sized> DescribedErrors for &O {
    type Error = O::Error;

    const ERROR_DECODING: Decoding = O::ERROR_DECODING;
}

impl ApiError {
    /// Decodes the body of the error as the type that the operation `O` describes for it. The status, the headers and the
    /// body are in the response.
    ///
    /// # Errors
    /// Returns an error when the body is something else, such as a page of a proxy.
    pub fn typed<O: DescribedErrors>(&self) -> Result<Response<O::Error>, DecodeError> {
        let mut response = http::Response::new(self.body().clone());
        *response.status_mut() = self.status();
        response.headers_mut().clone_from(self.headers());
        decode_as(self.operation(), O::ERROR_DECODING, response)
    }
}
