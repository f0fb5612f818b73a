//! How the members of an object are read and written: a module for each way, by whether they may be missing.

/// A member that is always there.
pub mod required {
    use super::super::object::{Members, Written};
    use serde::de::{Deserialize, Error, MapAccess};
    use serde::ser::{Serialize, SerializeMap};

    /// Reads the value of the current member.
    ///
    /// # Errors
    /// Returns an error for a value of another type, and for a second one.
    pub fn draft<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
        members: &mut Members<A>,
        field: &mut Option<T>,
    ) -> Result<(), A::Error> {
        members.set(field, Some)
    }

    /// Returns what was read.
    ///
    /// # Errors
    /// Returns an error when there is nothing.
    pub fn take<T, E: Error>(field: Option<T>, name: &'static str) -> Result<T, E> {
        field.ok_or_else(|| E::missing_field(name))
    }

    /// Writes the member.
    pub fn write<S: SerializeMap, T: Serialize>(members: &mut Written<S>, name: &str, value: &T) {
        members.push(name, value);
    }
}

/// A member that may be missing, and is written as null then.
pub mod nullable {
    use super::super::object::Members;
    pub use super::required::{draft, write};
    use serde::de::{Deserialize, Error, MapAccess};

    /// Reads the value of the current member into the field itself.
    ///
    /// # Errors
    /// Returns an error for a value of another type, and for a second one.
    pub fn read<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
        members: &mut Members<A>,
        field: &mut T,
    ) -> Result<(), A::Error> {
        members.set(field, |value| value)
    }

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
    use super::super::super::model::Field;
    use super::super::object::Written;
    pub use super::nullable::{read, take};
    pub use super::required::draft;
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

    /// Writes the member, if there is one.
    pub fn write<S: SerializeMap, T: Omit + Serialize>(
        members: &mut Written<S>,
        name: &str,
        value: &T,
    ) {
        if !value.is_omitted() {
            members.push(name, value);
        }
    }
}

/// A date and time in the form of RFC 2822 that is always there.
pub mod required_rfc2822 {
    use super::super::super::model::rfc2822::Rfc2822;
    use super::super::object::{Members, Written};
    pub use super::required::take;
    use serde::de::{Deserialize, MapAccess};
    use serde::ser::{Serialize, SerializeMap};

    /// Reads the value of the current member.
    ///
    /// # Errors
    /// Returns an error for another value, and for a second one.
    pub fn draft<'de, A: MapAccess<'de>, T>(
        members: &mut Members<A>,
        field: &mut Option<T>,
    ) -> Result<(), A::Error>
    where
        Rfc2822<T>: Deserialize<'de>,
    {
        members.set(field, |Rfc2822(value)| Some(value))
    }

    /// Writes the member.
    pub fn write<'v, S: SerializeMap, T>(members: &mut Written<S>, name: &str, value: &'v T)
    where
        Rfc2822<&'v T>: Serialize,
    {
        members.push(name, &Rfc2822(value));
    }
}

/// A date and time in the form of RFC 2822 that may be missing, and is written as null then.
pub mod nullable_rfc2822 {
    use super::super::super::model::rfc2822::Rfc2822;
    use super::super::object::Members;
    pub use super::nullable::take;
    pub use super::required_rfc2822::{draft, write};
    use serde::de::{Deserialize, MapAccess};

    /// Reads the value of the current member into the field itself.
    ///
    /// # Errors
    /// Returns an error for another value, and for a second one.
    pub fn read<'de, A: MapAccess<'de>, T>(
        members: &mut Members<A>,
        field: &mut T,
    ) -> Result<(), A::Error>
    where
        Rfc2822<T>: Deserialize<'de>,
    {
        members.set(field, |Rfc2822(value)| value)
    }
}

/// What an object holds besides its fields, if it is of one type.
pub mod typed {
    use super::super::object::Written;
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
    pub fn write<S: SerializeMap, T: Serialize>(
        members: &mut Written<S>,
        rest: &BTreeMap<String, T>,
    ) {
        rest.iter()
            .for_each(|(name, value)| members.push(name, value));
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
