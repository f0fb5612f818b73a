//! Credentials, and keeping them secret.

#[cfg(feature = "twilio")]
mod account;
mod credentials;
#[cfg(feature = "twilio")]
mod environment;
mod header_value;
#[cfg(feature = "oauth")]
mod oauth;
mod redact;
#[cfg(feature = "oauth")]
mod token;
#[cfg(feature = "oauth")]
mod token_source;

pub use self::credentials::Credentials;
#[cfg(feature = "test-util")]
pub(crate) use self::credentials::QueryCredentials;
pub(crate) use self::credentials::{AuthHeader, Credential};
#[cfg(feature = "twilio")]
pub(crate) use self::environment::variable;
#[cfg(feature = "oauth")]
pub use self::oauth::ClientCredentials;
pub(crate) use self::redact::{Secrets, shown};
#[cfg(feature = "oauth")]
pub(crate) use self::token_source::{Fetched, TokenSource, TokenWait, Turn};
