//! The conventions of Twilio's APIs.

mod location;
mod page_meta;
mod sid;
#[cfg(feature = "signature")]
mod signature;

pub(crate) use self::location::{Location, is_label};
pub use self::page_meta::PageMeta;
pub use self::sid::{Sid, SidDigits, SidError, SidKind, SidPrefix};
#[cfg(feature = "signature")]
pub use self::signature::{RequestValidator, SignatureError};
