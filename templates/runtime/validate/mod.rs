//! Checking values before they are sent.

mod check;
pub mod limit;
mod place;

pub(crate) use self::check::check;
pub use self::check::{Check, Checks, Container};
pub(crate) use self::limit::{Each, Limited, Measured, Scale};
