//! Tags: members that say which variant of a union an object is.

use super::kind::Kind;
use super::node::Node;
use super::number::integer;
use std::borrow::Cow;

/// The value of a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag<'a> {
    /// A string.
    Text(&'a str),
    /// An integer.
    Integer(i64),
    /// A boolean.
    Bool(bool),
    /// A value of another type.
    Other,
    /// No member.
    Missing,
}

/// The value of a tag, with its text.
#[derive(Debug, Clone)]
pub struct TagValue<'a>(Found<'a>);

#[derive(Debug, Clone)]
enum Found<'a> {
    Text(Cow<'a, str>),
    Integer(i64),
    Bool(bool),
    Other,
    Missing,
}

impl<'a> Node<'a> {
    /// Returns the value of a tag: a member of this object, or of objects inside of it.
    pub fn tag(self, path: &[&str]) -> TagValue<'a> {
        let value = path.iter().try_fold(self, |object, name| object.get(name));
        TagValue(value.map_or(Found::Missing, Found::of))
    }
}

impl<'a> Found<'a> {
    fn of(node: Node<'a>) -> Self {
        match node.kind() {
            Kind::String => node.text().map_or(Self::Other, Self::Text),
            Kind::Bool => node.bool().map_or(Self::Other, Self::Bool),
            Kind::Number => {
                let value = node.number().and_then(|digits| integer(digits).ok());
                let value = value.and_then(|value| value.try_into().ok());
                value.map_or(Self::Other, Self::Integer)
            }
            Kind::Null | Kind::List | Kind::Object => Self::Other,
        }
    }
}

impl TagValue<'_> {
    /// Returns the value, to be matched.
    #[inline]
    pub fn get(&self) -> Tag<'_> {
        match &self.0 {
            Found::Text(text) => Tag::Text(text),
            Found::Integer(value) => Tag::Integer(*value),
            Found::Bool(value) => Tag::Bool(*value),
            Found::Other => Tag::Other,
            Found::Missing => Tag::Missing,
        }
    }
}
