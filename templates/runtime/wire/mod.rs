//! From values to the URL, the headers and the body of a request.

mod base64;
mod body;
mod build_error;
#[cfg(feature = "closed-enums")]
mod closed_enum;
#[cfg(feature = "custom-types")]
mod custom;
mod encode_value;
mod encoder;
mod escape;
mod form;
mod header;
mod limited;
mod meta;
mod multipart;
mod part;
#[cfg(feature = "samples")]
pub mod samples;
mod slot;
mod structure;
mod structured;
mod styles;
mod text;
mod visit;

pub(crate) use self::base64::push_base64;
pub use self::build_error::BuildError;
#[cfg(feature = "closed-enums")]
pub(crate) use self::closed_enum::closed_enum;
#[cfg(feature = "closed-enums")]
pub use self::closed_enum::{ListedValue, NotListed};
#[cfg(feature = "custom-types")]
pub(crate) use self::custom::custom_types;
#[cfg(feature = "custom-types")]
pub use self::custom::{decode_custom, encode_custom, encode_custom_value};
pub use self::encode_value::EncodeValue;
pub use self::encoder::Encoder;
pub(crate) use self::encoder::{Encoded, Target, media_type_header};
pub(crate) use self::escape::{FORM, URL};
pub use self::form::Form;
pub use self::header::{FromHeader, Header, HeaderError};
pub(crate) use self::meta::DEFAULT_ACCEPT;
pub use self::meta::{Auth, Meta, Scheme};
pub use self::multipart::Multipart;
pub use self::part::{FilePart, Part};
pub use self::slot::Slot;
pub use self::styles::Style;
pub use self::text::Text;

/// Values that are written by what they are as JSON, and defaults.
pub mod style {
    pub use super::structured::{OrElse, Structured, or_else, structured};
}
