//! The clients: configuration, building and sending requests, decoding responses.

mod async_client;
pub mod blocking;
mod builder;
mod config;
mod default_headers;
mod execute;
#[cfg(feature = "oauth")]
mod oauth;
mod operation;
mod options;
mod raw_request;
mod response;
#[cfg(feature = "twilio")]
mod twilio_config;

pub use self::async_client::Client;
pub use self::builder::ClientBuilder;
pub use self::config::Config;
pub(crate) use self::execute::{Executor, Received};
pub use self::operation::Operation;
pub use self::options::Options;
pub use self::raw_request::RawRequest;
pub use self::response::Response;
