//! Fields that tell a missing value from null.

use super::super::decode::{Decode, Member, Mismatch, Node};
use super::json_writer::{Encode, JsonWriter};

/// A value that may be missing and may be null.
///
/// In a request, "leave it as it is" is told from "clear it": an absent field is not sent, a null one is sent as `null` in
/// JSON and as an empty value in a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Field<T> {
    /// The value is missing.
    #[default]
    Absent,
    /// The value is null.
    Null,
    /// The value.
    Value(T),
}

impl<T> Field<T> {
    /// Returns the value, if there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Returns the value, if there is one.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Whether the value is missing.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the value is null.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl<T: PartialOrd> Field<T> {
    /// Brings the value, if there is one, to `least` or `most` if it is below or above.
    pub fn bound(&mut self, least: T, most: T) {
        if let Self::Value(value) = self {
            if *value < least {
                *value = least;
            } else if *value > most {
                *value = most;
            }
        }
    }
}

impl<T> From<T> for Field<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// `None` is null.
impl<T> From<Option<T>> for Field<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl<T: Decode> Decode for Field<T> {
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        Option::decode(node).map(Self::from)
    }

    fn missing() -> Option<Self> {
        Some(Self::Absent)
    }
}

impl<T: Encode> Encode for Field<T> {
    fn encode(&self, json: &mut JsonWriter) {
        match self {
            Self::Absent | Self::Null => json.null(),
            Self::Value(value) => value.encode(json),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_absent()
    }
}

impl Member<'_> {
    /// Decodes a member that may be missing or null; what cannot be decoded counts as missing.
    pub fn tristate<T: Decode>(self) -> Field<T> {
        match self.value() {
            Some(value) if value.is_null() => Field::Null,
            Some(_) => self.optional().map_or(Field::Absent, Field::Value),
            None => Field::Absent,
        }
    }
}
