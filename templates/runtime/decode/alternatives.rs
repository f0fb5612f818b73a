//! Values that are one of several types.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Reads a value as one of the alternatives of a union, and says how much of it the alternative has a place for.
///
/// Alternatives often have nothing but optional fields, so that each of them takes any object; the one that keeps the
/// most members is the one that was meant.
pub fn fit<T: DeserializeOwned + Serialize>(value: &Value) -> Option<(T, usize)> {
    let read = T::deserialize(value).ok()?;
    let kept = match (value, serde_json::to_value(&read)) {
        (Value::Object(members), Ok(Value::Object(kept))) => {
            let is_kept = |(name, member): &(&String, &Value)| {
                !member.is_null() && kept.get(*name).is_some_and(|kept| !kept.is_null())
            };
            members.iter().filter(is_kept).count()
        }
        _ => 1,
    };
    Some((read, kept))
}

/// Declares a union of this crate: an enum with a variant for every alternative and `Unlisted` for any other value, and
/// its conversions.
///
/// With `by`, the member of that name says which alternative an object is; where it says nothing, and without it, it is
/// the first of those that keep the most.
#[allow(unused_macros, reason = "it depends on the description")]
macro_rules! one_of {
    ($(#[$attribute:meta])* $visibility:vis enum $name:ident $(by $tag:literal)? {
        $($(#[$variant_attribute:meta])* $variant:ident($type:ty) = [$($value:literal),* $(,)?]),+ $(,)?
    }) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        $visibility enum $name {
            $($(#[$variant_attribute])* $variant(::std::boxed::Box<$type>),)+
            /// A value that fits none of the described types.
            Unlisted(::serde_json::Value),
        }

        $(impl ::std::convert::From<$type> for $name {
            fn from(value: $type) -> Self {
                Self::$variant(::std::boxed::Box::new(value))
            }
        })+

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => value.serialize(serializer),)+
                    Self::Unlisted(value) => value.serialize(serializer),
                }
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = <::serde_json::Value as ::serde::Deserialize>::deserialize(deserializer)?;
                let tag: Option<&str> = runtime::one_of!(@tag value $(, $tag)?);
                $(
                    let tags: &[&str] = &[$($value),*];
                    if tag.is_some_and(|tag| tags.contains(&tag)) {
                        if let Some((read, _)) = runtime::alternatives::fit::<$type>(&value) {
                            return Ok(read.into());
                        }
                    }
                )+
                let mut best: Option<(Self, usize)> = None;
                $(
                    if let Some((read, kept)) = runtime::alternatives::fit::<$type>(&value) {
                        if best.as_ref().is_none_or(|(_, most)| kept > *most) {
                            best = Some((read.into(), kept));
                        }
                    }
                )+
                Ok(best.map_or(Self::Unlisted(value), |(read, _)| read))
            }
        }
    };
    (@tag $value:ident) => { None };
    (@tag $value:ident, $tag:literal) => {
        $value.get($tag).and_then(::serde_json::Value::as_str)
    };
}
