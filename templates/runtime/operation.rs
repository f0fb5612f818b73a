//! What an operation of the API is.

use super::answer::Answer;
use super::config::Config;
use super::decode::decode;
use super::encoder::Encoder;
use super::error::Error;
use super::response::Response;
use bytes::Bytes;
use http::Method;

/// A request of the API as a plain value, with what its response decodes to.
///
/// A client sends it; [`to_request`](Self::to_request) and [`decode`](Self::decode) do the same
/// work without any input or output, for tests, queues and HTTP stacks of your own.
pub trait Operation {
    /// What a success decodes to.
    type Output: Answer;

    /// The facts of the operation that do not depend on its parameters.
    const META: Meta;

    /// Writes the parameters and the body.
    fn encode(&self, request: &mut Encoder<'_>);

    /// Returns the HTTP request: absolute URL, credential, headers and body.
    ///
    /// # Errors
    /// Returns [`Error::Build`] when a parameter cannot be sent, such as an empty path segment,
    /// text that is no JSON where JSON is asked for, or a number that is not finite.
    fn to_request(&self, config: &Config) -> Result<http::Request<Bytes>, Error> {
        let meta = Self::META;
        let mut request = Encoder::new(&meta, config);
        self.encode(&mut request);
        Ok(request.finish()?)
    }

    /// Decodes an HTTP response to this operation.
    ///
    /// # Errors
    /// Returns [`Error::Api`] when the status is neither a success nor one that the operation
    /// documents, and [`Error::Decode`] when the body of a success cannot be salvaged; see
    /// [`Response`].
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

/// The facts of an operation that do not depend on its parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Meta {
    /// The operation's id in the description.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The scheme and host that the description names, without a slash at the end.
    pub server: &'static str,
    /// The path template: `/v1/Channels/{Sid}`.
    pub path: &'static str,
    /// Which credential the operation takes.
    pub auth: Auth,
    /// The statuses outside 200 to 299 that the description documents as successes.
    pub accepts: &'static [u16],
    /// The media types that are asked for, as the header `Accept` has them.
    pub accept: &'static str,
    /// How the body of a success is read.
    pub decoding: Decoding,
}

impl Meta {
    /// Makes the facts of an operation that sends the client's credential and is answered in JSON.
    #[must_use]
    #[inline]
    pub const fn new(
        id: &'static str,
        method: Method,
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
            accept: "application/json",
            decoding: Decoding::Json,
        }
    }
}

/// Which credential an operation takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Auth {
    /// The client's own.
    Client,
    /// None: the operation is open to everyone.
    None,
}

/// How the body of a success is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Decoding {
    /// As JSON.
    Json,
    /// As text.
    Text,
    /// As it is.
    Bytes,
}
