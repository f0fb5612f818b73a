//! Optional values of a request.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An optional value of a request: left out, sent empty, or sent.
///
/// A form tells "leave it as it is" from "clear it": an unset field is left out of the body, a
/// cleared one is sent as `Key=`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Field<T> {
    /// The field is left out.
    #[default]
    Unset,
    /// The field is sent without a value, which clears it.
    Empty,
    /// The field is sent with this value.
    Value(T),
}

impl<T> Field<T> {
    /// Returns the value, when there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Unset | Self::Empty => None,
        }
    }

    /// Tells whether the field is left out of the request.
    pub fn is_unset(&self) -> bool {
        matches!(self, Self::Unset)
    }
}

impl<T: PartialOrd> Field<T> {
    /// Brings the value, when there is one, to `least` or `most` if it is below or above.
    pub fn clamp(&mut self, least: T, most: T) {
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

/// In JSON, a cleared field is null; whoever has the field leaves it out when it is unset.
impl<T: Serialize> Serialize for Field<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unset | Self::Empty => serializer.serialize_none(),
            Self::Value(value) => serializer.serialize_some(value),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Option::deserialize(deserializer)? {
            Some(value) => Self::Value(value),
            None => Self::Empty,
        })
    }
}
