//! What every operation needs and no description says: encoding, sending, decoding, errors.
//!
//! A request goes through [`operation`] and [`encoder`], a transport, and [`decode`]; the other
//! modules are what these are made of. Functions are generic or `#[inline]`, so that a program
//! compiles those that it calls, and this crate none.

pub mod answer;
mod api_error;
mod base64;
pub mod blocking;
mod builder;
mod check;
mod client;
mod config;
mod credentials;
mod decode;
mod encode_value;
mod encoder;
mod environment;
mod error;
mod escape;
mod exchange;
mod fault;
mod field;
mod header;
mod json_text;
pub mod limit;
#[doc(hidden)]
pub mod member;
mod multipart;
mod notes;
#[doc(hidden)]
pub mod one_of;
#[doc(hidden)]
pub mod object;
mod open_enum;
mod operation;
mod options;
mod page;
mod pages;
mod paging;
mod place;
mod raw;
mod region;
mod repair;
#[cfg(feature = "client")]
mod reqwest_transport;
mod response;
mod retry;
mod retry_after;
pub mod rfc2822;
mod salvage;
mod secrets;
#[cfg(feature = "test-util")]
mod sent;
mod sid;
pub mod style;
#[cfg(feature = "test-util")]
pub mod test_util;
mod timer;
mod token;
#[cfg(feature = "tracing")]
mod trace;
#[cfg(not(feature = "tracing"))]
#[path = "trace_off.rs"]
mod trace;
mod transport;
#[cfg(feature = "blocking")]
mod ureq_transport;
mod usual_headers;

pub use self::api_error::ApiError;
pub use self::builder::ClientBuilder;
pub use self::client::Client;
pub use self::config::{Config, Limits};
pub use self::credentials::Credentials;
pub use self::decode::DecodeError;
pub use self::encode_value::{EncodeValue, Slot};
pub use self::encoder::{Encoder, Form};
pub use self::error::{BuildError, Error, SendError, SendErrorKind};
pub use self::field::Field;
pub use self::header::{Header, HeaderError};
pub use self::json_text::{JsonString, JsonText};
pub use self::multipart::{EncodePart, FilePart, Multipart};
pub use self::open_enum::{OpenEnum, Unlisted};
pub use self::operation::{Auth, Decoding, Meta, Operation};
pub use self::options::Options;
pub use self::page::PageMeta;
pub use self::pages::{Items, Pages};
pub use self::paging::{NextPage, PageError, Paged};
pub use self::raw::RawRequest;
pub use self::response::{Deviation, Response};
pub use self::retry::Retry;
pub use self::sid::{Sid, SidDigits, SidError, SidKind, SidPrefix};
pub use self::token::ClientCredentials;
pub use self::transport::{BoxFuture, Transport};
