//! The clients: configuration, building and sending requests, decoding responses.

mod async_client;
pub mod blocking;
pub mod blocking_download;
mod build_request;
mod builder;
mod config;
mod default_headers;
mod described_errors;
mod download;
mod execute;
#[cfg(feature = "oauth")]
mod oauth;
mod operation;
mod options;
mod raw_request;
mod response;
mod serialize;
#[cfg(feature = "twilio")]
mod twilio_config;

pub use self::async_client::Client;
pub use self::builder::ClientBuilder;
pub use self::config::Config;
pub use self::described_errors::DescribedErrors;
pub use self::download::Download;
pub(crate) use self::execute::{Executor, Received, ReceivedContext};
pub use self::operation::Operation;
pub use self::options::Options;
pub use self::raw_request::RawRequest;
pub use self::response::Response;
pub(crate) use self::response::{check_status, decode_with};
#[cfg(feature = "samples")]
pub use self::serialize::SampleRequest;
pub use self::serialize::serialize_request;
#[cfg(feature = "operations")]
pub(crate) use self::serialize::serialize_requests;
