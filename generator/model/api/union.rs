//! Values of several types (`oneOf`, `anyOf`), and what tells the alternatives apart.

use super::{Docs, IntegerType, Limit, Type};
use crate::model::names::Name;
use crate::model::settings::RustPath;
use std::fmt;

/// A value that is one of several types.
#[derive(Debug, Clone)]
pub struct Union {
    /// The name of the enum.
    pub name: Name,
    /// Its documentation.
    pub docs: Docs,
    /// The member that the union itself writes, where an alternative does not have it (`discriminator.propertyName`).
    pub tag: Option<String>,
    /// The alternatives, in the order of the description.
    pub alternatives: Vec<Alternative>,
    /// How the alternative of a value is found.
    pub selection: Selection,
    /// The derives that the user wants besides.
    pub derives: Vec<RustPath>,
    /// Where the description has it, as a JSON pointer into the finished document.
    pub pointer: String,
}

/// An alternative of a [`Union`].
#[derive(Debug, Clone)]
pub struct Alternative {
    /// The name of the variant.
    pub name: Name,
    /// Its documentation.
    pub docs: Docs,
    /// Its type.
    pub ty: Type,
    /// The values of the tag that stand for it.
    pub tags: Vec<Literal>,
    /// The tag to write, where the alternative does not write it itself.
    pub written_tag: Option<Literal>,
    /// What its values look like, for a selection by shape.
    pub shape: Shape,
    /// What is checked of it before it is sent.
    pub limits: Vec<Limit>,
    /// Where the description has it, as a JSON pointer into the finished document.
    pub pointer: String,
}

/// How the alternative of a value is found, before anything of the value is decoded.
#[derive(Debug, Clone, PartialEq)]
pub enum Selection {
    /// It is this one, by index.
    Alternative(usize),
    /// By the type of the JSON value; a type that is not listed belongs to none.
    Kind(Vec<(JsonKind, Selection)>),
    /// By the value of a member: a value that is not listed belongs to none.
    Tag {
        /// The names that lead to the member.
        path: Vec<String>,
        /// The values, with what they select.
        arms: Vec<(Vec<Literal>, Selection)>,
        /// What selects where there is no such member.
        missing: Option<Box<Selection>>,
    },
    /// The one of these, by index, whose shape fits best.
    Shape(Vec<usize>),
}

/// The type of a JSON value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JsonKind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    List,
    /// An object.
    Object,
}

impl Union {
    /// Returns the types of its variants.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        self.alternatives.iter().map(|one| &one.ty)
    }
}

impl JsonKind {
    /// Every type, in the order in which code lists them.
    pub const ALL: [Self; 6] = [
        Self::Object,
        Self::List,
        Self::String,
        Self::Number,
        Self::Bool,
        Self::Null,
    ];
}

/// A single value that a description names: of an enum, a constant, or a tag.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Literal {
    /// A string.
    Text(String),
    /// An integer.
    Integer(i64),
    /// A boolean.
    Bool(bool),
}

impl Literal {
    /// Returns the literal for a JSON value, if it is a string, an integer or a boolean.
    #[must_use]
    pub fn from_json(value: &serde_json::Value) -> Option<Self> {
        match value {
            serde_json::Value::String(text) => Some(Self::Text(text.clone())),
            serde_json::Value::Number(number) => number.as_i64().map(Self::Integer),
            serde_json::Value::Bool(value) => Some(Self::Bool(*value)),
            serde_json::Value::Null
            | serde_json::Value::Array(_)
            | serde_json::Value::Object(_) => None,
        }
    }

    /// Returns the JSON value.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Text(text) => text.as_str().into(),
            Self::Integer(number) => (*number).into(),
            Self::Bool(value) => (*value).into(),
        }
    }

    /// Returns the type of the JSON value.
    #[must_use]
    pub fn kind(&self) -> JsonKind {
        match self {
            Self::Text(_) => JsonKind::String,
            Self::Integer(_) => JsonKind::Number,
            Self::Bool(_) => JsonKind::Bool,
        }
    }
}

/// The text of a string, and any other value as JSON writes it.
impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Integer(number) => number.fmt(f),
            Self::Bool(value) => value.fmt(f),
        }
    }
}

/// What the values of a schema look like from outside, for telling one alternative from another.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shape {
    /// The types of JSON value; all where none is listed.
    pub kinds: Vec<JsonKind>,
    /// Whether a number has to be whole.
    pub is_integer: bool,
    /// The only values there are; any where none is listed.
    pub values: Vec<Literal>,
    /// What a string has to look like, or how large an integer is.
    pub format: Option<Format>,
    /// The members of an object.
    pub members: Vec<ShapeMember>,
    /// Whether an object has no other members.
    pub closed: bool,
    /// What the items of a list look like.
    pub items: Option<Box<Shape>>,
    /// Shapes of which one has to fit besides.
    pub any_of: Vec<Shape>,
}

impl Shape {
    /// Returns whether its values are objects, and their members say what they are.
    #[must_use]
    pub fn is_object_of_members(&self) -> bool {
        self.kinds == [JsonKind::Object] && !self.members.is_empty() && self.any_of.is_empty()
    }

    /// Returns whether every object is of it, and nothing else.
    #[must_use]
    pub fn is_any_object(&self) -> bool {
        let Self {
            kinds,
            is_integer: _,
            values,
            format: _,
            members,
            closed,
            items,
            any_of,
        } = self;
        kinds == &[JsonKind::Object]
            && values.is_empty()
            && members.is_empty()
            && !closed
            && items.is_none()
            && any_of.is_empty()
    }
}

/// A member of an object in a [`Shape`].
#[derive(Debug, Clone, PartialEq)]
pub struct ShapeMember {
    /// The name.
    pub wire: String,
    /// Whether every such object has it.
    pub required: bool,
    /// What its value looks like.
    pub shape: Shape,
}

/// A format that can be told from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// RFC 3339 `date-time`.
    DateTime,
    /// RFC 3339 `full-date`.
    Date,
    /// RFC 3339 `full-time`.
    Time,
    /// ISO 8601 duration.
    Duration,
    /// RFC 9562.
    Uuid,
    /// An integer of this size.
    Integer(IntegerType),
}
