//! Objects as structs: how they are read from JSON and written as JSON.
//!
//! It does what serde's derive would do, with little code for each struct: names are found in a table, and how a member
//! is read and written is one of the modules of [`member`](super::member).

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor,
};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// A struct whose members `json_object!` declares.
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

    /// Writes the members of an object.
    fn write<S: SerializeMap>(&self, members: &mut Written<S>);
}

/// Reads an object.
///
/// # Errors
/// Returns an error for anything that is no object, and those of [`Object::read`].
pub fn deserialize<'de, T: Object, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(ObjectVisitor(PhantomData))
}

/// Writes an object.
///
/// # Errors
/// Returns those of the serializer.
pub fn serialize<T: Object, S: Serializer>(object: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut members = Written {
        map: serializer.serialize_map(None)?,
        error: None,
    };
    object.write(&mut members);
    match members.error {
        Some(error) => Err(error),
        None => members.map.end(),
    }
}

/// The members of an object that are written already, and the first error of the serializer.
pub struct Written<S: SerializeMap> {
    map: S,
    error: Option<S::Error>,
}

impl<S: SerializeMap> Written<S> {
    /// Writes a member, unless there was an error.
    pub(crate) fn push<T: Serialize>(&mut self, name: &str, value: &T) {
        if self.error.is_none() {
            self.error = self.map.serialize_entry(name, value).err();
        }
    }
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
            next: 0,
            seen: 0,
            seen_more: Vec::new(),
        })
    }
}

/// The members of an object that are still to be read.
pub struct Members<A> {
    map: A,
    names: &'static [&'static str],
    /// The index of the name after the current member's, which the next member usually has.
    next: usize,
    /// A bit for each of the first names that was there.
    seen: u64,
    /// The indices of the others that were.
    seen_more: Vec<usize>,
}

impl<'de, A: MapAccess<'de>> Members<A> {
    /// Returns the index of the next member that there is a field for; the values of others are passed over.
    ///
    /// # Errors
    /// Returns those of the text itself.
    pub fn advance(&mut self) -> Result<Option<usize>, A::Error> {
        while let Some(found) = self.map.next_key_seed(self.key(|_| ()))? {
            match found {
                Ok(index) => return Ok(Some(self.enter(index))),
                Err(()) => self.map.next_value::<IgnoredAny>().map(drop)?,
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
        while let Some(found) = self.map.next_key_seed(self.key(str::to_owned))? {
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

    fn key<U>(&self, unknown: fn(&str) -> U) -> Key<U> {
        Key {
            names: self.names,
            expected: self.next,
            unknown,
        }
    }

    /// Makes a member the current one.
    fn enter(&mut self, index: usize) -> usize {
        self.next = index + 1;
        index
    }

    /// Reads the value of the current member.
    pub(crate) fn set<T, V: Deserialize<'de>>(
        &mut self,
        field: &mut T,
        of: impl FnOnce(V) -> T,
    ) -> Result<(), A::Error> {
        self.see()?;
        *field = of(self.map.next_value()?);
        Ok(())
    }

    /// Notes that the current member was there, which it may be once.
    fn see(&mut self) -> Result<(), A::Error> {
        let index = self.next.wrapping_sub(1);
        match u32::try_from(index)
            .ok()
            .and_then(|at| 1u64.checked_shl(at))
        {
            Some(bit) if self.seen & bit == 0 => self.seen |= bit,
            None if !self.seen_more.contains(&index) => self.seen_more.push(index),
            Some(_) | None => {
                let name = self.names.get(index).copied().unwrap_or_default();
                return Err(A::Error::duplicate_field(name));
            }
        }
        Ok(())
    }
}

/// Finds a name in a table, or says what is made of one that is in none.
struct Key<U> {
    names: &'static [&'static str],
    expected: usize,
    unknown: fn(&str) -> U,
}

impl<'de, U> DeserializeSeed<'de> for Key<U> {
    type Value = Result<usize, U>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<U> Visitor<'_> for Key<U> {
    type Value = Result<usize, U>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        if self.names.get(self.expected) == Some(&name) {
            return Ok(Ok(self.expected));
        }
        let found = self.names.iter().position(|known| *known == name);
        Ok(found.ok_or_else(|| (self.unknown)(name)))
    }
}

/// Declares the members of a struct: the field, the module of `member` that reads and writes it, and its name in JSON;
/// last the field that takes all others, if there is one. `Default` after the name says that every field may be missing.
#[allow(unused_macros, reason = "it depends on the description")]
macro_rules! json_object {
    ($name:ident: Default {
        $($field:ident: $presence:ident = $wire:literal,)*
        $(..$rest:ident: $kind:ident)?
    }) => {
        runtime::json_object! {
            @impl $name { $($field: $presence = $wire,)* $(..$rest: $kind)? } |members| {
                #[allow(unused_mut)]
                let mut object: Self = ::std::default::Default::default();
                runtime::json_object!(@each members, object, read { $($field: $presence,)* $(..$rest: $kind)? });
                Ok(object)
            }
        }
    };
    ($name:ident {
        $($field:ident: $presence:ident = $wire:literal,)*
        $(..$rest:ident: $kind:ident)?
    }) => {
        runtime::json_object! {
            @impl $name { $($field: $presence = $wire,)* $(..$rest: $kind)? } |members| {
                #[allow(non_camel_case_types)]
                struct Draft<$($field,)* $($rest)?> { $($field: Option<$field>,)* $($rest: $rest)? }
                let mut draft = Draft { $($field: None,)* $($rest: ::std::collections::BTreeMap::new())? };
                runtime::json_object!(@each members, draft, draft { $($field: $presence,)* $(..$rest: $kind)? });
                Ok(Self {
                    $($field: runtime::member::$presence::take(draft.$field, $wire)?,)*
                    $($rest: draft.$rest)?
                })
            }
        }
    };
    (@impl $name:ident {
        $($field:ident: $presence:ident = $wire:literal,)*
        $(..$rest:ident: $kind:ident)?
    } |$members:ident| $read:block) => {
        impl runtime::object::Object for $name {
            const NAME: &'static str = stringify!($name);
            const MEMBERS: &'static [&'static str] = &[$($wire),*];

            fn read<'de, A: ::serde::de::MapAccess<'de>>(
                mut $members: runtime::object::Members<A>,
            ) -> Result<Self, A::Error> $read

            fn write<S: ::serde::ser::SerializeMap>(&self, members: &mut runtime::object::Written<S>) {
                $(runtime::member::$presence::write(members, $wire, &self.$field);)*
                $(runtime::member::$kind::write(members, &self.$rest);)?
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                runtime::object::deserialize(deserializer)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                runtime::object::serialize(self, serializer)
            }
        }
    };
    (@each $members:ident, $object:ident, $read:ident {
        $($field:ident: $presence:ident,)*
        $(..$rest:ident: $kind:ident)?
    }) => {
        #[allow(non_camel_case_types)]
        enum At { $($field),* }
        const AT: &[At] = &[$(At::$field),*];
        while let Some(index) = runtime::json_object!(@next $members $(, $object.$rest, $kind)?)? {
            match AT.get(index) {
                $(Some(At::$field) => runtime::member::$presence::$read(&mut $members, &mut $object.$field),)*
                _ => Ok(()),
            }?;
        }
    };
    (@next $members:ident) => { $members.advance() };
    (@next $members:ident, $object:ident.$rest:ident, $kind:ident) => {
        $members.advance_or(&mut $object.$rest, runtime::member::$kind::read)
    };
}

#[cfg(test)]
#[path = "../../../tests/runtime/objects.rs"]
mod tests;
