//! Enums of text that keep values which their description does not list.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

/// An enum of the values that the description lists and of any other text.
///
/// A value that the description does not list becomes the variant `Unlisted`, which keeps the text.
pub trait OpenEnum: Sized + AsRef<str> {
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
}

/// A value of the enum `E` that the description does not list.
///
/// It comes from a response or from `E::from`, and never has a listed value.
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

/// Declares an [`OpenEnum`]: the enum with a variant for every listed value and `Unlisted`, and its conversions. It is
/// ordered and hashed by its text.
macro_rules! open_enum {
    ($(#[$attribute:meta])* $visibility:vis enum $name:ident {
        $($(#[$variant_attribute:meta])* $variant:ident = $text:literal),+ $(,)?
    }) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[non_exhaustive]
        $visibility enum $name {
            $($(#[$variant_attribute])* $variant,)+
            /// A value that the description does not list.
            Unlisted(runtime::model::Unlisted<$name>),
        }

        impl $name {
            /// Returns the value as it is in requests and responses.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Unlisted(unlisted) => unlisted.as_str(),
                }
            }
        }

        impl runtime::model::OpenEnum for $name {
            const LISTED: &'static [&'static str] = &[$($text),+];

            #[inline]
            fn from_listed(text: &str) -> ::std::option::Option<Self> {
                match text {
                    $($text => ::std::option::Option::Some(Self::$variant),)+
                    _ => ::std::option::Option::None,
                }
            }

            #[inline]
            fn from_unlisted(unlisted: runtime::model::Unlisted<Self>) -> Self {
                Self::Unlisted(unlisted)
            }
        }

        impl runtime::decode::Decode for $name {
            #[inline]
            fn decode(
                node: runtime::decode::Node<'_>,
            ) -> ::std::result::Result<Self, runtime::decode::Mismatch> {
                node.string().map(|text| runtime::model::OpenEnum::from_text(&text))
            }
        }

        impl runtime::model::Encode for $name {
            #[inline]
            fn encode(&self, json: &mut runtime::model::JsonWriter) {
                json.text(self.as_str());
            }
        }

        impl runtime::EncodeValue for $name {
            #[inline]
            fn encode_value(&self, slot: &mut runtime::Slot<'_>) {
                slot.text(self.as_str());
            }
        }

        impl ::std::convert::AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::std::convert::From<&str> for $name {
            #[inline]
            fn from(text: &str) -> Self {
                runtime::model::OpenEnum::from_text(text)
            }
        }

        impl ::std::convert::From<::std::string::String> for $name {
            #[inline]
            fn from(text: ::std::string::String) -> Self {
                runtime::model::OpenEnum::from_text(&text)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            #[inline]
            fn from_str(
                text: &str,
            ) -> ::std::result::Result<Self, <Self as ::std::str::FromStr>::Err> {
                ::std::result::Result::Ok(runtime::model::OpenEnum::from_text(text))
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

        impl ::std::cmp::PartialOrd for $name {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> ::std::option::Option<::std::cmp::Ordering> {
                ::std::option::Option::Some(::std::cmp::Ord::cmp(self, other))
            }
        }

        impl ::std::cmp::Ord for $name {
            #[inline]
            fn cmp(&self, other: &Self) -> ::std::cmp::Ordering {
                self.as_str().cmp(other.as_str())
            }
        }

        impl ::std::hash::Hash for $name {
            #[inline]
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                ::std::hash::Hash::hash(self.as_str(), state);
            }
        }

        runtime::model::serde_impls!($name);
    };
}
pub(crate) use open_enum;
