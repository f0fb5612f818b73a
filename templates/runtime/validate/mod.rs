//! Checking values before they are sent.

mod check;
pub mod limit;
mod pattern;
mod place;
mod unique;

pub(crate) use self::check::check;
pub use self::check::{Check, Container};
pub(crate) use self::limit::{Each, Limited, Measured};
pub(crate) use self::pattern::{Matching, Textual};
pub(crate) use self::unique::{Items, Unique};
