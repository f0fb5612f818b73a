//! The conventions of Twilio's APIs.

mod location;
mod page_meta;
mod sid;

pub(crate) use self::location::{Location, is_label};
pub use self::page_meta::PageMeta;
pub use self::sid::{Sid, SidDigits, SidError, SidKind, SidPrefix};
