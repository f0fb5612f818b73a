//! Decoding JSON: a body is indexed in one pass over its text, and every type is decoded from a node of the index.
//!
//! What does not match the description is salvaged where that is possible, and noted as a deviation. Nothing here recurses
//! deeper than arrays and objects may nest, and everything takes time in proportion to the length of the body.

mod best;
mod body;
pub(crate) mod bytes;
pub(crate) mod charset;
mod collections;
mod constant;
mod deviation;
mod document;
#[cfg(feature = "webhooks")]
pub(crate) mod form;
#[cfg(not(feature = "webhooks"))]
#[cfg(feature = "twilio")]
#[cfg(feature = "signature")]
pub(crate) mod form;
mod from_body;
pub(crate) mod grammar;
mod kind;
mod member_name;
mod members;
mod mismatch;
mod node;
mod notes;
pub(crate) mod number;
mod path;
mod rank;
mod reason;
mod records;
mod scalars;
mod scan;
mod shape;
mod stack;
mod tag;
mod text;
mod token;
mod types;
mod union;
pub(crate) mod value_end;

pub use self::body::{Decoded, decode, decode_of_either_direction, decode_with};
pub use self::constant::Constant;
pub use self::deviation::Deviation;
pub use self::from_body::{Body, Decoding, FromBody};
pub use self::kind::Kind;
pub use self::members::{Member, Rest};
pub use self::mismatch::{Mismatch, Undecodable};
pub use self::node::{Entries, Items, Key, Node};
pub use self::records::RecordError;
pub use self::shape::{Shape, ShapeMember};
pub use self::tag::{Tag, TagValue};
pub use self::types::Types;

/// A type that JSON is decoded into.
pub trait Decode: Sized {
    /// Decodes a value.
    ///
    /// # Errors
    /// Returns an error for a value that the type cannot be made of.
    fn decode(node: Node<'_>) -> Result<Self, Mismatch>;

    /// Returns the value for a required member that is missing or null, if the type can express it.
    #[inline]
    fn missing() -> Option<Self> {
        None
    }
}
