//! The values that models and requests are made of.

mod field;
#[macro_use]
mod open_enum;
pub mod rfc2822;

pub use self::field::Field;
pub use self::open_enum::{OpenEnum, Unlisted};
