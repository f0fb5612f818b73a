//! Enums of the values that a description lists, and no others.

use super::super::decode::{Decode, Mismatch, Node};
use super::super::model::JsonWriter;
use super::slot::Slot;
use std::fmt;

/// The error of making an enum of a value that its description does not list. It does not repeat the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotListed;

impl fmt::Display for NotListed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a value that the description lists, found another one")
    }
}

impl std::error::Error for NotListed {}

/// What the values of a closed enum are: text or integers.
pub trait ListedValue: Copy + PartialEq {
    /// Decodes one of the listed values.
    ///
    /// # Errors
    /// Returns an error for any other value.
    fn decode_listed<E: Copy>(node: Node<'_>, listed: &[(Self, E)]) -> Result<E, Mismatch>;

    /// Reads one of the listed values as text.
    ///
    /// # Errors
    /// Returns an error for any other text.
    fn parse_listed<E: Copy>(text: &str, listed: &[(Self, E)]) -> Result<E, NotListed>;

    /// Writes the value as JSON.
    fn encode_listed(self, json: &mut JsonWriter);

    /// Writes the value into a request.
    fn encode_listed_value(self, slot: &mut Slot<'_>);
}

impl ListedValue for &'static str {
    fn decode_listed<E: Copy>(node: Node<'_>, listed: &[(Self, E)]) -> Result<E, Mismatch> {
        node.parse(|text| Self::parse_listed(text, listed))
    }

    fn parse_listed<E: Copy>(text: &str, listed: &[(Self, E)]) -> Result<E, NotListed> {
        let found = listed.iter().find(|(value, _)| *value == text);
        found.map(|(_, variant)| *variant).ok_or(NotListed)
    }

    fn encode_listed(self, json: &mut JsonWriter) {
        json.text(self);
    }

    fn encode_listed_value(self, slot: &mut Slot<'_>) {
        slot.text(self);
    }
}

impl ListedValue for i64 {
    fn decode_listed<E: Copy>(node: Node<'_>, listed: &[(Self, E)]) -> Result<E, Mismatch> {
        let found = i64::decode(node)?;
        let found = listed.iter().find(|(value, _)| *value == found);
        let variant = found.map(|(_, variant)| *variant);
        variant.ok_or_else(|| node.mismatch(NotListed.to_string()))
    }

    fn parse_listed<E: Copy>(text: &str, listed: &[(Self, E)]) -> Result<E, NotListed> {
        let found = listed.iter().find(|(value, _)| Ok(*value) == text.parse());
        found.map(|(_, variant)| *variant).ok_or(NotListed)
    }

    fn encode_listed(self, json: &mut JsonWriter) {
        json.integer(self);
    }

    fn encode_listed_value(self, slot: &mut Slot<'_>) {
        slot.format(format_args!("{self}"));
    }
}

/// Declares an enum with a variant for every listed value, and its conversions.
macro_rules! closed_enum {
    ($(#[$attribute:meta])* $visibility:vis enum $name:ident, $accessor:ident: $value:ty {
        $($(#[$variant_attribute:meta])* $variant:ident = $listed:literal),+ $(,)?
    }) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $visibility enum $name {
            $($(#[$variant_attribute])* $variant,)+
        }

        impl $name {
            /// The values that the description lists, in its order, each with its variant.
            pub const LISTED: &'static [($value, Self)] = &[$(($listed, Self::$variant)),+];

            /// Returns the value as it is in requests and responses.
            #[inline]
            pub fn $accessor(self) -> $value {
                match self {
                    $(Self::$variant => $listed,)+
                }
            }
        }

        impl runtime::decode::Decode for $name {
            #[inline]
            fn decode(
                node: runtime::decode::Node<'_>,
            ) -> ::std::result::Result<Self, runtime::decode::Mismatch> {
                runtime::ListedValue::decode_listed(node, Self::LISTED)
            }
        }

        impl runtime::model::Encode for $name {
            #[inline]
            fn encode(&self, json: &mut runtime::model::JsonWriter) {
                runtime::ListedValue::encode_listed(self.$accessor(), json);
            }
        }

        impl runtime::EncodeValue for $name {
            #[inline]
            fn encode_value(&self, slot: &mut runtime::Slot<'_>) {
                runtime::ListedValue::encode_listed_value(self.$accessor(), slot);
            }
        }

        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.$accessor(), f)
            }
        }

        runtime::closed_enum! { @compare $accessor $name }

        impl ::std::str::FromStr for $name {
            type Err = runtime::NotListed;

            #[inline]
            fn from_str(
                text: &str,
            ) -> ::std::result::Result<Self, <Self as ::std::str::FromStr>::Err> {
                runtime::ListedValue::parse_listed(text, Self::LISTED)
            }
        }

        runtime::model::serde_impls!($name);
    };
    (@compare as_str $name:ident) => {
        impl ::std::convert::AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::cmp::PartialEq<str> for $name {
            #[inline]
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl ::std::cmp::PartialEq<&str> for $name {
            #[inline]
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }
    };
    (@compare as_i64 $name:ident) => {
        impl ::std::cmp::PartialEq<i64> for $name {
            #[inline]
            fn eq(&self, other: &i64) -> bool {
                self.as_i64() == *other
            }
        }
    };
}
pub(crate) use closed_enum;
