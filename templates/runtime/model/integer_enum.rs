//! Enums of integers that keep values which their description does not list.

/// An enum of the integers that the description lists and of any other.
pub trait IntegerEnum: Sized {
    /// The values that the description lists, in its order.
    const LISTED: &'static [i64];

    /// Returns the variant of an integer.
    fn from_integer(value: i64) -> Self;

    /// Returns the integer.
    fn to_integer(&self) -> i64;
}

/// Declares an [`IntegerEnum`]: the enum with a variant for every listed value and `Unlisted`, and its conversions. It is
/// compared, ordered and hashed by its integer.
macro_rules! integer_enum {
    ($(#[$attribute:meta])* $visibility:vis enum $name:ident {
        $($(#[$variant_attribute:meta])* $variant:ident = $value:literal),+ $(,)?
    }) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, Copy)]
        #[non_exhaustive]
        $visibility enum $name {
            $($(#[$variant_attribute])* $variant,)+
            /// A value that the description does not list.
            Unlisted(i64),
        }

        impl $name {
            /// Returns the value as it is in requests and responses.
            #[inline]
            pub fn as_i64(self) -> i64 {
                match self {
                    $(Self::$variant => $value,)+
                    Self::Unlisted(value) => value,
                }
            }
        }

        impl runtime::model::IntegerEnum for $name {
            const LISTED: &'static [i64] = &[$($value),+];

            #[inline]
            fn from_integer(value: i64) -> Self {
                match value {
                    $($value => Self::$variant,)+
                    _ => Self::Unlisted(value),
                }
            }

            #[inline]
            fn to_integer(&self) -> i64 {
                self.as_i64()
            }
        }

        impl runtime::decode::Decode for $name {
            #[inline]
            fn decode(
                node: runtime::decode::Node<'_>,
            ) -> ::std::result::Result<Self, runtime::decode::Mismatch> {
                <i64 as runtime::decode::Decode>::decode(node).map(runtime::model::IntegerEnum::from_integer)
            }
        }

        impl runtime::model::Encode for $name {
            #[inline]
            fn encode(&self, json: &mut runtime::model::JsonWriter) {
                json.integer(self.as_i64());
            }
        }

        impl runtime::EncodeValue for $name {
            #[inline]
            fn encode_value(&self, slot: &mut runtime::Slot<'_>) {
                slot.format(::std::format_args!("{self}"));
            }
        }

        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.as_i64(), f)
            }
        }

        impl ::std::convert::From<i64> for $name {
            #[inline]
            fn from(value: i64) -> Self {
                runtime::model::IntegerEnum::from_integer(value)
            }
        }

        impl ::std::convert::From<$name> for i64 {
            #[inline]
            fn from(value: $name) -> Self {
                value.as_i64()
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::num::ParseIntError;

            #[inline]
            fn from_str(
                text: &str,
            ) -> ::std::result::Result<Self, <Self as ::std::str::FromStr>::Err> {
                text.parse().map(|value: i64| runtime::model::IntegerEnum::from_integer(value))
            }
        }

        impl ::std::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.as_i64() == other.as_i64()
            }
        }

        impl ::std::cmp::Eq for $name {}

        impl ::std::cmp::PartialEq<i64> for $name {
            #[inline]
            fn eq(&self, other: &i64) -> bool {
                self.as_i64() == *other
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
                self.as_i64().cmp(&other.as_i64())
            }
        }

        impl ::std::hash::Hash for $name {
            #[inline]
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                ::std::hash::Hash::hash(&self.as_i64(), state);
            }
        }

        runtime::model::serde_impls!($name);
    };
}
pub(crate) use integer_enum;
