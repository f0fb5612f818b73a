//! From the body of a response to values.

pub mod body;
mod deviation;
mod fault;
mod json;
#[doc(hidden)]
pub mod member;
mod notes;
#[doc(hidden)]
#[macro_use]
pub mod object;
#[doc(hidden)]
#[macro_use]
pub mod alternatives;
mod place;
mod repair;
mod salvage;

pub use self::body::Decoding;
pub(crate) use self::body::{Body, Decoded, FromBody};
pub use self::deviation::Deviation;
pub(crate) use self::fault::Fault;
pub(crate) use self::place::Place;
