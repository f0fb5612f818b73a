//! Types as the generator writes them, for the tests of this crate; no part of a generated crate.

use super::super::decode::{Decode, Kind, Mismatch, Node, Shape, Tag, Types};
use super::{Base64, Encode, Field, JsonWriter, integer_enum, open_enum, serde_impls};
use crate as runtime;
use chrono::{DateTime, FixedOffset};
use serde_json::Value;
use std::collections::BTreeMap;

/// A struct with every kind of member.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Message {
    /// Always there.
    pub id: i64,
    /// Sometimes there.
    pub title: Option<String>,
    /// Always there, sometimes null.
    pub created: Option<DateTime<FixedOffset>>,
    /// Sometimes there, sometimes null.
    pub score: Field<f64>,
    /// A list.
    pub tags: Vec<String>,
    /// An open enum.
    pub status: Option<Status>,
    /// An enum of integers.
    pub priority: Option<Priority>,
    /// A union with tags.
    pub figure: Option<Figure>,
    /// Bytes.
    pub data: Option<Base64>,
    /// The message that this one is a reply to.
    pub parent: Option<Box<Message>>,
}

impl Decode for Message {
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        let [
            kind,
            id,
            title,
            created,
            score,
            tags,
            status,
            priority,
            figure,
            data,
            parent,
        ] = node.members(&[
            "kind", "id", "title", "created", "score", "tags", "status", "priority", "figure",
            "data", "parent",
        ])?;
        kind.constant("message");
        Ok(Self {
            id: id.required()?,
            title: title.optional(),
            created: created.nullable(),
            score: score.tristate(),
            tags: tags.required()?,
            status: status.optional(),
            priority: priority.optional(),
            figure: figure.optional(),
            data: data.optional(),
            parent: parent.optional(),
        })
    }
}

impl Encode for Message {
    fn encode(&self, json: &mut JsonWriter) {
        let mut object = json.object();
        object.constant("kind", "message");
        object.read_only().required("id", &self.id);
        object.optional("title", &self.title);
        object.nullable("created", &self.created);
        object.optional("score", &self.score);
        object.required("tags", &self.tags);
        object.optional("status", &self.status);
        object.optional("priority", &self.priority);
        object.optional("figure", &self.figure);
        object.optional("data", &self.data);
        object.optional("parent", &self.parent);
        object.end();
    }
}

open_enum! {
    /// An enum of text.
    pub enum Status {
        /// `open`
        Open = "open",
        /// `in-progress`
        InProgress = "in-progress",
    }
}

integer_enum! {
    /// An enum of integers.
    pub enum Priority {
        /// `-1`
        Low = -1,
        /// `1`
        High = 1,
    }
}

/// A circle, whose schema declares the tag.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Circle {
    /// The radius.
    pub radius: f64,
}

impl Decode for Circle {
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        let [kind, radius] = node.members(&["kind", "radius"])?;
        kind.constant("circle");
        Ok(Self {
            radius: radius.required()?,
        })
    }
}

impl Encode for Circle {
    fn encode(&self, json: &mut JsonWriter) {
        let mut object = json.object();
        object.constant("kind", "circle");
        object.required("radius", &self.radius);
        object.end();
    }
}

/// A group of figures, whose schema does not declare the tag.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Group {
    /// The figures.
    pub figures: Vec<Figure>,
    /// Additional properties.
    pub additional_properties: BTreeMap<String, Value>,
}

impl Decode for Group {
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        let ([figures], rest) = node.members_and_rest(&["figures"])?;
        Ok(Self {
            figures: figures.required()?,
            additional_properties: rest.values(),
        })
    }
}

impl Encode for Group {
    fn encode(&self, json: &mut JsonWriter) {
        let mut object = json.object();
        object.required("figures", &self.figures);
        object.rest(&self.additional_properties);
        object.end();
    }
}

/// A union with a tag.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Figure {
    /// `circle`
    Circle(Box<Circle>),
    /// `group` or `groups`
    Group(Box<Group>),
    /// A value that the description does not list.
    Unlisted(Value),
}

impl Decode for Figure {
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        match node.kind() {
            Kind::Object => match node.tag(&["kind"]).get() {
                Tag::Text("circle") => node.variant(Self::Circle, Self::Unlisted),
                Tag::Text("group" | "groups") => node.variant(Self::Group, Self::Unlisted),
                _ => node.unlisted(Self::Unlisted),
            },
            _ => node.no_variant(Self::Unlisted),
        }
    }
}

impl Encode for Figure {
    fn encode(&self, json: &mut JsonWriter) {
        match self {
            Self::Circle(value) => value.encode(json),
            Self::Group(value) => json.tagged("kind", "group", value),
            Self::Unlisted(value) => value.encode(json),
        }
    }
}

/// A union without a tag, of itself as well.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Tree {
    /// Text.
    Text(String),
    /// A list of trees.
    List(Vec<Tree>),
    /// A node with a left branch.
    Left(Box<Left>),
    /// A node with a right branch.
    Right(Box<Right>),
    /// A value that the description does not list.
    Unlisted(Value),
}

const OBJECTS: [Shape; 2] = [
    Shape::object(&[
        Shape::new(Types::ANY).required("left"),
        Shape::new(Types::STRING).optional("name"),
    ]),
    Shape::object(&[
        Shape::new(Types::ANY).required("right"),
        Shape::new(Types::STRING).optional("name"),
    ])
    .closed(),
];

impl Decode for Tree {
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        match node.kind() {
            Kind::String => node.variant(Self::Text, Self::Unlisted),
            Kind::List => node.variant(Self::List, Self::Unlisted),
            Kind::Object => match node.best(&OBJECTS) {
                Some(0) => node.variant(Self::Left, Self::Unlisted),
                Some(1) => node.variant(Self::Right, Self::Unlisted),
                _ => node.no_variant(Self::Unlisted),
            },
            _ => node.no_variant(Self::Unlisted),
        }
    }
}

impl Encode for Tree {
    fn encode(&self, json: &mut JsonWriter) {
        match self {
            Self::Text(value) => value.encode(json),
            Self::List(value) => value.encode(json),
            Self::Left(value) => value.encode(json),
            Self::Right(value) => value.encode(json),
            Self::Unlisted(value) => value.encode(json),
        }
    }
}

/// A node with a left branch.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Left {
    /// The branch.
    pub left: Tree,
    /// The name.
    pub name: Option<String>,
}

impl Decode for Left {
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        let [left, name] = node.members(&["left", "name"])?;
        Ok(Self {
            left: left.required()?,
            name: name.optional(),
        })
    }
}

impl Encode for Left {
    fn encode(&self, json: &mut JsonWriter) {
        let mut object = json.object();
        object.required("left", &self.left);
        object.optional("name", &self.name);
        object.end();
    }
}

/// A node with a right branch.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Right {
    /// The branch.
    pub right: Tree,
    /// The name.
    pub name: Option<String>,
}

impl Decode for Right {
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        let [right, name] = node.members(&["right", "name"])?;
        Ok(Self {
            right: right.required()?,
            name: name.optional(),
        })
    }
}

impl Encode for Right {
    fn encode(&self, json: &mut JsonWriter) {
        let mut object = json.object();
        object.required("right", &self.right);
        object.optional("name", &self.name);
        object.end();
    }
}

serde_impls! { Message, Circle, Group, Figure, Tree, Left, Right }
