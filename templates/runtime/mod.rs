//! The runtime of the generated client: everything that does not depend on the description.
//!
//! | module | purpose |
//! |---|---|
//! | `model` | values that models and requests are made of |
//! | `decode` | from the body of a response to values |
//! | `validate` | checking values before they are sent |
//! | `wire` | from values to the URL, the headers and the body of a request |
//! | `transport` | the HTTP stack below a client |
//! | `retry` | when a request is sent again |
//! | `auth` | credentials, and keeping them secret |
//! | `error` | the errors of a client |
//! | `trace` | traces of requests |
//! | `client` | the clients |
//! | `paging` | lists that are returned page by page |
//! | `stream` | responses that are streamed event by event |
//! | `webhook` | requests that the service sends |
//! | `test_util` | a transport for tests |
//!
//! Each module uses only those above it.

mod auth;
mod client;
pub mod decode;
mod error;
pub mod model;
mod paging;
mod retry;
#[cfg(feature = "streams")]
mod stream;
#[cfg(feature = "test-util")]
pub mod test_util;
mod trace;
mod transport;
#[cfg(feature = "twilio")]
mod twilio;
mod validate;
#[cfg(feature = "webhooks")]
mod webhook;
mod wire;

/// The blocking client.
pub mod blocking {
    pub use super::client::blocking::{Client, Transport};
    pub use super::client::blocking_download::Download;
    pub use super::paging::blocking::{Items, Pages};
    #[cfg(feature = "streams")]
    pub use super::stream::blocking::Events;
    #[cfg(feature = "blocking")]
    pub use super::transport::UreqTransport;
}

#[cfg(feature = "oauth")]
pub use self::auth::ClientCredentials;
pub use self::auth::Credentials;
#[cfg(feature = "samples")]
pub use self::client::SampleRequest;
#[cfg(feature = "operations")]
pub(crate) use self::client::serialize_requests;
pub use self::client::{
    Client, ClientBuilder, Config, DescribedErrors, Download, Operation, Options, RawRequest,
    Response, serialize_request,
};
pub use self::decode::{Decode, Decoded, Decoding, Deviation, RecordError, Undecodable, decode};
pub use self::error::{ApiError, DecodeError, Error, PageError};
#[cfg(feature = "integer-enums")]
pub use self::model::IntegerEnum;
pub use self::model::{Base64, Duration, Encode, Field, Rfc2822, Time};
#[cfg(feature = "open-enums")]
pub use self::model::{OpenEnum, Unlisted};
pub use self::paging::{Items, Paged, Pages, Paging};
pub use self::retry::{Attempt, Retry};
#[cfg(feature = "streams")]
pub use self::stream::{Event, EventContent, Events, Streamed, Streaming};
#[cfg(feature = "client")]
pub use self::transport::HyperTransport;
#[cfg(feature = "reqwest")]
pub use self::transport::ReqwestTransport;
pub use self::transport::{
    BodyStream, BoxFuture, Chunks, Layer, LayerResult, Limits, Next, Progress, RequestBody,
    SendError, SendErrorKind, Transport,
};
#[cfg(feature = "twilio")]
pub use self::twilio::{PageMeta, Sid, SidDigits, SidError, SidKind, SidPrefix};
#[cfg(feature = "twilio")]
#[cfg(feature = "signature")]
pub use self::twilio::{RequestValidator, SignatureError};
pub use self::validate::limit;
#[cfg(feature = "webhooks")]
pub use self::webhook::{Delivery, Webhook, WebhookError};
#[cfg(feature = "closed-enums")]
pub(crate) use self::wire::closed_enum;
#[cfg(feature = "custom-types")]
pub(crate) use self::wire::custom_types;
#[cfg(feature = "samples")]
pub use self::wire::samples;
pub use self::wire::{
    Auth, BuildError, EncodeValue, Encoder, FilePart, Form, FromHeader, Header, HeaderError, Meta,
    Multipart, Part, Scheme, Slot, Style, Text, style,
};
#[cfg(feature = "closed-enums")]
pub use self::wire::{ListedValue, NotListed};
#[cfg(feature = "custom-types")]
pub use self::wire::{decode_custom, encode_custom, encode_custom_value};
