//! Operations of the API.

use super::super::decode::FromBody;
use super::super::error::Error;
use super::super::wire::{Encoder, Meta};
use super::config::Config;
use super::response::{Response, decode};
use bytes::Bytes;

/// A request of the API as a plain value, and the type of its response.
///
/// A client sends it. [`to_request`](Self::to_request) and [`decode`](Self::decode) do the same without I/O, for tests,
/// queues and other HTTP stacks.
pub trait Operation {
    /// The type of the data of a success.
    type Output: FromBody;

    /// The facts of the operation that do not depend on its parameters.
    const META: Meta;

    /// Writes the parameters and the body.
    fn encode(&self, request: &mut Encoder<'_>);

    /// Calls a setter with a value, if there is one: `request.maybe(limit, ListPets::limit)`.
    #[must_use]
    fn maybe<T>(self, value: Option<T>, setter: impl FnOnce(Self, T) -> Self) -> Self
    where
        Self: Sized,
    {
        match value {
            Some(value) => setter(self, value),
            None => self,
        }
    }

    /// Returns the HTTP request, with an absolute URL, the credential, the headers and the body.
    ///
    /// # Errors
    /// Returns [`Error::Build`] when a parameter cannot be sent, such as an empty path segment or a number that is
    /// not finite.
    fn to_request(&self, config: &Config) -> Result<http::Request<Bytes>, Error> {
        let request = config.encode(&Self::META, &mut |encoder| self.encode(encoder));
        Ok(request?)
    }

    /// Decodes an HTTP response to this operation.
    ///
    /// # Errors
    /// Returns [`Error::Api`] when the status is neither 2xx nor another documented success, and [`Error::Decode`] when
    /// the body of a success cannot be decoded; see [`Response`].
    fn decode(response: http::Response<Bytes>) -> Result<Response<Self::Output>, Error> {
        decode(&Self::META, response)
    }
}

impl<O: Operation + ?Sized> Operation for &O {
    type Output = O::Output;

    const META: Meta = O::META;

    fn encode(&self, request: &mut Encoder<'_>) {
        (**self).encode(request);
    }
}
