//! Objects as structs: how they are read from JSON and written as JSON.
//!
//! It does what serde's derive would do, with little code for each struct: names are found in a table, and how a member
//! is read and written is one of the modules here, by whether it may be missing.

use super::rfc2822;
use chrono::{DateTime, Utc};
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// A struct whose members [`json_object!`](crate::json_object) declares.
pub trait Object: Sized {
    /// The name of the struct.
    const NAME: &'static str;

    /// The names that its fields have in JSON.
    const MEMBERS: &'static [&'static str];

    /// Reads the members of an object.
    ///
    /// # Errors
    /// Returns an error for a value of another type, a name that is there twice, and a required one that is missing.
    fn read<'de, A: MapAccess<'de>>(members: Members<A>) -> Result<Self, A::Error>;
}

/// Reads an object.
///
/// # Errors
/// Returns an error for anything that is no object, and those of [`Object::read`].
pub fn deserialize<'de, T: Object, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(ObjectVisitor(PhantomData))
}

struct ObjectVisitor<T>(PhantomData<fn() -> T>);

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "struct {}", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::read(Members {
            map,
            names: T::MEMBERS,
            current: 0,
        })
    }
}

/// The members of an object that are still to be read.
pub struct Members<A> {
    map: A,
    names: &'static [&'static str],
    current: usize,
}

impl<'de, A: MapAccess<'de>> Members<A> {
    /// Returns the index of the next member that there is a field for; the values of others are passed over.
    ///
    /// # Errors
    /// Returns those of the text itself.
    pub fn advance(&mut self) -> Result<Option<usize>, A::Error> {
        while let Some(found) = self.map.next_key_seed(self.key())? {
            match found {
                Ok(index) => return Ok(Some(self.enter(index))),
                Err(Unknown) => self.map.next_value::<IgnoredAny>().map(drop)?,
            }
        }
        Ok(None)
    }

    /// Returns the index of the next member that there is a field for; others go into `rest`, as `read` reads them.
    ///
    /// # Errors
    /// Returns those of the values.
    pub fn advance_or<T>(
        &mut self,
        rest: &mut BTreeMap<String, T>,
        read: fn(&mut A) -> Result<Option<T>, A::Error>,
    ) -> Result<Option<usize>, A::Error> {
        while let Some(found) = self.map.next_key_seed(NamedKey(self.key()))? {
            match found {
                Ok(index) => return Ok(Some(self.enter(index))),
                Err(name) => {
                    let value = read(&mut self.map)?;
                    rest.extend(value.map(|value| (name, value)));
                }
            }
        }
        Ok(None)
    }

    fn key(&self) -> Key {
        Key {
            names: self.names,
            expected: self.current,
        }
    }

    /// Makes a member the current one. The next is usually the one after it.
    fn enter(&mut self, index: usize) -> usize {
        self.current = index + 1;
        index
    }

    fn set<T, V: Deserialize<'de>>(
        &mut self,
        field: &mut Option<T>,
        of: impl FnOnce(V) -> T,
    ) -> Result<(), A::Error> {
        if field.is_some() {
            let name = self.names.get(self.current.wrapping_sub(1));
            return Err(A::Error::duplicate_field(name.copied().unwrap_or_default()));
        }
        *field = Some(of(self.map.next_value()?));
        Ok(())
    }
}

/// Finds a name in a table.
struct Key {
    names: &'static [&'static str],
    expected: usize,
}

/// A name that is in no table.
struct Unknown;

impl Key {
    #[inline]
    fn find(&self, name: &str) -> Result<usize, Unknown> {
        if self.names.get(self.expected) == Some(&name) {
            return Ok(self.expected);
        }
        let found = self.names.iter().position(|known| *known == name);
        found.ok_or(Unknown)
    }
}

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Result<usize, Unknown>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key {
    type Value = Result<usize, Unknown>;

    #[inline]
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.find(name))
    }
}

/// Finds a name in a table, and keeps one that is in none.
struct NamedKey(Key);

impl<'de> DeserializeSeed<'de> for NamedKey {
    type Value = Result<usize, String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for NamedKey {
    type Value = Result<usize, String>;

    #[inline]
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.find(name).map_err(|Unknown| name.to_owned()))
    }
}

/// A member that is always there.
pub mod required {
    use super::Members;
    use serde::de::{Deserialize, Error, MapAccess};
    use serde::ser::{Serialize, SerializeMap};

    /// Reads the value of the current member.
    ///
    /// # Errors
    /// Returns an error for a value of another type, and for a second one.
    pub fn read<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
        members: &mut Members<A>,
        field: &mut Option<T>,
    ) -> Result<(), A::Error> {
        members.set(field, |value| value)
    }

    /// Returns what was read.
    ///
    /// # Errors
    /// Returns an error when there is nothing.
    pub fn take<T, E: Error>(field: Option<T>, name: &'static str) -> Result<T, E> {
        field.ok_or_else(|| E::missing_field(name))
    }

    /// Counts what [`write`] writes.
    pub fn count<T>(_: &T) -> usize {
        1
    }

    /// Writes the member.
    ///
    /// # Errors
    /// Returns those of the serializer.
    pub fn write<S: SerializeMap, T: Serialize>(
        members: &mut S,
        name: &'static str,
        value: &T,
    ) -> Result<(), S::Error> {
        members.serialize_entry(name, value)
    }
}

/// A member that may be missing, and is written as null then.
pub mod nullable {
    pub use super::required::{count, read, write};
    use serde::de::Error;

    /// Returns what was read, or what stands for nothing.
    ///
    /// # Errors
    /// There are none.
    pub fn take<T: Default, E: Error>(field: Option<T>, _: &'static str) -> Result<T, E> {
        Ok(field.unwrap_or_default())
    }
}

/// A member that may be missing, and is left out then.
pub mod optional {
    pub use super::nullable::take;
    pub use super::required::read;
    use crate::runtime::Field;
    use serde::ser::{Serialize, SerializeMap};

    /// A value that may be missing.
    pub trait Omit {
        /// Whether it is.
        fn is_omitted(&self) -> bool;
    }

    impl<T> Omit for Option<T> {
        fn is_omitted(&self) -> bool {
            self.is_none()
        }
    }

    impl<T> Omit for Field<T> {
        fn is_omitted(&self) -> bool {
            self.is_unset()
        }
    }

    /// Counts what [`write`] writes.
    pub fn count<T: Omit>(value: &T) -> usize {
        usize::from(!value.is_omitted())
    }

    /// Writes the member, if there is one.
    ///
    /// # Errors
    /// Returns those of the serializer.
    pub fn write<S: SerializeMap, T: Omit + Serialize>(
        members: &mut S,
        name: &'static str,
        value: &T,
    ) -> Result<(), S::Error> {
        if value.is_omitted() {
            return Ok(());
        }
        members.serialize_entry(name, value)
    }
}

/// A date and time in the form of RFC 2822 that is always there.
pub mod required_rfc2822 {
    pub use super::required::{count, take};
    use super::{Members, Rfc2822};
    use serde::de::{Deserialize, MapAccess};
    use serde::ser::{Serialize, SerializeMap};

    /// Reads the value of the current member.
    ///
    /// # Errors
    /// Returns an error for another value, and for a second one.
    pub fn read<'de, A: MapAccess<'de>, T>(
        members: &mut Members<A>,
        field: &mut Option<T>,
    ) -> Result<(), A::Error>
    where
        Rfc2822<T>: Deserialize<'de>,
    {
        members.set(field, |Rfc2822(value)| value)
    }

    /// Writes the member.
    ///
    /// # Errors
    /// Returns those of the serializer.
    pub fn write<'v, S: SerializeMap, T>(
        members: &mut S,
        name: &'static str,
        value: &'v T,
    ) -> Result<(), S::Error>
    where
        Rfc2822<&'v T>: Serialize,
    {
        members.serialize_entry(name, &Rfc2822(value))
    }
}

/// A date and time in the form of RFC 2822 that may be missing, and is written as null then.
pub mod nullable_rfc2822 {
    pub use super::nullable::take;
    pub use super::required_rfc2822::{count, read, write};
}

/// What an object holds besides its fields, if it is of one type.
pub mod typed {
    use serde::de::{Deserialize, MapAccess};
    use serde::ser::{Serialize, SerializeMap};
    use std::collections::BTreeMap;

    /// Reads a value, unless it is null.
    ///
    /// # Errors
    /// Returns an error for a value of another type.
    pub fn read<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
        map: &mut A,
    ) -> Result<Option<T>, A::Error> {
        map.next_value()
    }

    /// Writes all values.
    ///
    /// # Errors
    /// Returns those of the serializer.
    pub fn write<S: SerializeMap, T: Serialize>(
        members: &mut S,
        rest: &BTreeMap<String, T>,
    ) -> Result<(), S::Error> {
        rest.iter()
            .try_for_each(|(name, value)| members.serialize_entry(name, value))
    }
}

/// What an object holds besides its fields, whatever it is.
pub mod any {
    pub use super::typed::write;
    use serde::de::{Deserialize, MapAccess};

    /// Reads a value.
    ///
    /// # Errors
    /// Returns those of the text itself.
    pub fn read<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
        map: &mut A,
    ) -> Result<Option<T>, A::Error> {
        map.next_value().map(Some)
    }
}

/// A date and time in the form of RFC 2822.
pub struct Rfc2822<T>(pub(super) T);

impl<'de> Deserialize<'de> for Rfc2822<DateTime<Utc>> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        rfc2822::required::deserialize(deserializer).map(Self)
    }
}

impl<'de> Deserialize<'de> for Rfc2822<Option<DateTime<Utc>>> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        rfc2822::deserialize(deserializer).map(Self)
    }
}

impl Serialize for Rfc2822<&DateTime<Utc>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        rfc2822::required::serialize(self.0, serializer)
    }
}

impl Serialize for Rfc2822<&Option<DateTime<Utc>>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        rfc2822::serialize(self.0, serializer)
    }
}

/// Declares the members of a struct: the field, the module of the runtime that reads and writes it, and its name in JSON;
/// last the field that takes all others, if there is one.
#[doc(hidden)]
#[macro_export]
macro_rules! json_object {
    ($name:ident {
        $($field:ident: $presence:ident = $wire:literal,)*
        $(..$rest:ident: $kind:ident)?
    }) => {
        impl $crate::object::Object for $name {
            const NAME: &'static str = stringify!($name);
            const MEMBERS: &'static [&'static str] = &[$($wire),*];

            fn read<'de, A: ::serde::de::MapAccess<'de>>(
                mut members: $crate::object::Members<A>,
            ) -> Result<Self, A::Error> {
                #[allow(non_camel_case_types)]
                enum At { $($field),* }
                const AT: &[At] = &[$(At::$field),*];
                $(let mut $field = None;)*
                $(let mut $rest = ::std::collections::BTreeMap::new();)?
                while let Some(index) = $crate::json_object!(@next members $(, $rest $kind)?)? {
                    match AT.get(index) {
                        $(Some(At::$field) => $crate::object::$presence::read(&mut members, &mut $field)?,)*
                        _ => {}
                    }
                }
                Ok(Self {
                    $($field: $crate::object::$presence::take($field, $wire)?,)*
                    $($rest,)?
                })
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::object::deserialize(deserializer)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let count = 0 $(+ $crate::object::$presence::count(&self.$field))* $(+ self.$rest.len())?;
                #[allow(unused_mut)]
                let mut members = ::serde::Serializer::serialize_map(serializer, Some(count))?;
                $($crate::object::$presence::write(&mut members, $wire, &self.$field)?;)*
                $($crate::object::$kind::write(&mut members, &self.$rest)?;)?
                ::serde::ser::SerializeMap::end(members)
            }
        }
    };
    (@next $members:ident) => { $members.advance() };
    (@next $members:ident, $rest:ident $kind:ident) => {
        $members.advance_or(&mut $rest, $crate::object::$kind::read)
    };
}
