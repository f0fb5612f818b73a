//! What generated types are made of: how values are written as JSON, optional fields, open enums, and the types of values
//! that JSON has as strings.

mod base64;
mod date_time;
mod duration;
mod encode;
mod field;
pub mod format;
#[cfg(feature = "integer-enums")]
mod integer_enum;
mod iso8601;
mod json_writer;
mod object_writer;
#[cfg(feature = "open-enums")]
mod open_enum;
mod redacted;
mod rfc2822;
mod rfc3339;
#[cfg(feature = "samples")]
pub mod samples;
mod serde;
mod time;
#[cfg(feature = "uuid")]
mod uuid;

pub use self::base64::{Base64, Base64Error};
pub use self::date_time::DateTimeError;
pub(crate) use self::date_time::date_time_text;
pub use self::duration::{Duration, DurationError};
pub use self::field::Field;
#[cfg(feature = "integer-enums")]
pub use self::integer_enum::IntegerEnum;
#[cfg(feature = "integer-enums")]
pub(crate) use self::integer_enum::integer_enum;
pub use self::json_writer::{Encode, EncodeError, JsonWriter};
pub use self::object_writer::ObjectWriter;
#[cfg(feature = "open-enums")]
pub(crate) use self::open_enum::open_enum;
#[cfg(feature = "open-enums")]
pub use self::open_enum::{OpenEnum, Unlisted};
pub use self::redacted::Redacted;
pub use self::rfc2822::Rfc2822;
#[cfg(feature = "serde-impls")]
pub(crate) use self::serde::serde_impls;
pub use self::serde::{deserialize, serialize};
pub use self::time::{Time, TimeError};
