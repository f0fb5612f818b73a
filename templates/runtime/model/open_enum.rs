//! Enums that survive values which their description does not list.

use serde::{Deserializer, de};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

/// An enum of the values that the description lists and of any other text.
///
/// Every enum of the description is one. A value that the description does not list becomes the
/// variant `Unlisted`, which keeps the text and is written back byte for byte.
pub trait OpenEnum: Sized {
    /// The values that the description lists, in its order.
    const LISTED: &'static [&'static str];

    /// Returns the variant of a listed value.
    fn from_listed(text: &str) -> Option<Self>;

    /// Returns the variant of a value that is not listed.
    fn from_unlisted(unlisted: Unlisted<Self>) -> Self;

    /// Returns the variant of any text.
    fn from_text(text: &str) -> Self {
        Self::from_listed(text).unwrap_or_else(|| Self::from_unlisted(Unlisted::new(text)))
    }

    /// Reads a string, without an allocation when it is a listed one.
    ///
    /// # Errors
    /// Returns an error when there is something else than a string.
    fn deserialize_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Text(PhantomData))
    }
}

struct Text<E>(PhantomData<fn() -> E>);

impl<E: OpenEnum> de::Visitor<'_> for Text<E> {
    type Value = E;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<D: de::Error>(self, text: &str) -> Result<E, D> {
        Ok(E::from_text(text))
    }
}

/// A value of the enum `E` that the description does not list.
///
/// It comes out of a response or of `E::from`, and never holds a listed value.
pub struct Unlisted<E> {
    text: Box<str>,
    of: PhantomData<fn() -> E>,
}

impl<E> Unlisted<E> {
    fn new(text: &str) -> Self {
        Self {
            text: text.into(),
            of: PhantomData,
        }
    }

    /// Returns the value.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl<E> fmt::Debug for Unlisted<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

impl<E> Clone for Unlisted<E> {
    fn clone(&self) -> Self {
        Self::new(&self.text)
    }
}

impl<E> PartialEq for Unlisted<E> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<E> Eq for Unlisted<E> {}

impl<E> PartialOrd for Unlisted<E> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<E> Ord for Unlisted<E> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl<E> Hash for Unlisted<E> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

/// Declares an [`OpenEnum`] of this crate: the enum with a variant for every
/// listed value and `Unlisted`, and its conversions.
#[allow(unused_macros, reason = "it depends on the description")]
macro_rules! open_enum {
    ($(#[$attribute:meta])* $visibility:vis enum $name:ident {
        $($(#[$variant_attribute:meta])* $variant:ident = $text:literal),+ $(,)?
    }) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        $visibility enum $name {
            $($(#[$variant_attribute])* $variant,)+
            /// A value that the description does not list.
            Unlisted(runtime::Unlisted<$name>),
        }

        impl $name {
            /// Returns the value as it stands in requests and responses.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Unlisted(unlisted) => unlisted.as_str(),
                }
            }
        }

        impl runtime::OpenEnum for $name {
            const LISTED: &'static [&'static str] = &[$($text),+];

            fn from_listed(text: &str) -> Option<Self> {
                match text {
                    $($text => Some(Self::$variant),)+
                    _ => None,
                }
            }

            fn from_unlisted(unlisted: runtime::Unlisted<Self>) -> Self {
                Self::Unlisted(unlisted)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                runtime::OpenEnum::from_text(text)
            }
        }

        impl ::std::convert::From<String> for $name {
            fn from(text: String) -> Self {
                runtime::OpenEnum::from_text(&text)
            }
        }

        impl runtime::EncodeValue for $name {
            fn encode_value(&self, slot: &mut runtime::Slot<'_>) {
                slot.text(self.as_str());
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                runtime::OpenEnum::deserialize_text(deserializer)
            }
        }
    };
}
