//! What a schema can be, as data.

use super::facts::{Facts, Use};
use crate::model::api::IntegerType;
use openapiv3::Discriminator;

/// A schema that is classified.
#[derive(Debug)]
pub(in crate::lower) struct Schema<'d> {
    /// What it says, without its alternatives.
    pub facts: Facts<'d>,
    pub kind: Kind<'d>,
}

/// What a schema is.
#[derive(Debug)]
pub(in crate::lower) enum Kind<'d> {
    /// Any JSON value.
    Any,
    Scalar(Scalar),
    /// Listed strings, or listed integers; the values are in the facts.
    TextEnum,
    IntegerEnum,
    List(Option<Use<'d>>),
    Tuple(Vec<Use<'d>>),
    /// An object without properties of its own, by the schema of its values.
    Map(Option<Use<'d>>),
    /// An object with properties; they are in the facts.
    Struct,
    Union(Union<'d>),
    /// Nothing but another schema.
    Same(Use<'d>),
}

/// A schema of single values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lower) enum Scalar {
    String,
    DateTime,
    Rfc2822,
    Date,
    Time,
    Duration,
    Uuid,
    Base64,
    Binary,
    Bool,
    Integer(IntegerType),
    Number,
}

/// Several schemas of which one has to hold.
#[derive(Debug, Default)]
pub(in crate::lower) struct Union<'d> {
    pub alternatives: Vec<Use<'d>>,
    pub discriminator: Option<&'d Discriminator>,
}

impl Scalar {
    /// Returns whether the values are strings in JSON.
    pub fn is_text(self) -> bool {
        match self {
            Self::String
            | Self::DateTime
            | Self::Rfc2822
            | Self::Date
            | Self::Time
            | Self::Duration
            | Self::Uuid
            | Self::Base64
            | Self::Binary => true,
            Self::Bool | Self::Integer(_) | Self::Number => false,
        }
    }
}
