//! Responses and requests without I/O.

use bytes::Bytes;
use cratewright_responses::{Config, Credentials, Error, Operation, Response};

/// Returns what an operation makes of a response.
pub fn decode<O: Operation>(
    status: u16,
    media_type: &str,
    body: impl Into<Bytes>,
) -> Result<Response<O::Output>, Error> {
    O::decode(response(status, media_type, body))
}

/// Returns the data of a success.
pub fn data<O: Operation>(status: u16, media_type: &str, body: impl Into<Bytes>) -> O::Output {
    let response = decode::<O>(status, media_type, body);
    response.unwrap_or_else(|error| panic!("{error}")).data
}

pub fn response(status: u16, media_type: &str, body: impl Into<Bytes>) -> http::Response<Bytes> {
    let response = http::Response::builder().status(status);
    let response = response.header("content-type", media_type);
    response.body(body.into()).expect("a response")
}

/// Returns the request of an operation.
pub fn request<O: Operation>(operation: &O) -> http::Request<Bytes> {
    let config = Config::new(Credentials::none());
    operation
        .to_request(&config)
        .unwrap_or_else(|error| panic!("{error}"))
}

/// Returns a header of the request of an operation.
pub fn header<O: Operation>(operation: &O, name: &str) -> String {
    let request = request(operation);
    let value = request.headers().get(name).map(|value| value.to_str());
    value.and_then(Result::ok).unwrap_or_default().to_owned()
}

pub const JSON: &str = "application/json";
