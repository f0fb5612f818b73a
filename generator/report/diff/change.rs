//! What a change is, and what it means.

use super::code::ChangeCode;
use crate::input::document::Located;
use serde::Serialize;
use std::fmt;

/// What a change means to programs that follow the old description, whatever language they are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wire {
    /// Nothing is sent differently.
    Unseen,
    /// What was sent before may still be sent, and what was read before is still there.
    Compatible,
    /// A response may have a value where the description listed all before: of an enum or of a union. Programs that take
    /// values which are not listed, as generated crates do, are not affected.
    ExtendsResponses,
    /// A request that was valid before may be refused, or mean something else.
    BreaksRequests,
    /// A response may lack what was there before, or have it in another form.
    BreaksResponses,
    /// Both.
    BreaksBoth,
}

impl Wire {
    /// Returns the class of a change that is visible, and breaks what is described.
    #[must_use]
    pub fn breaking(requests: bool, responses: bool) -> Self {
        match (requests, responses) {
            (false, false) => Self::Compatible,
            (true, false) => Self::BreaksRequests,
            (false, true) => Self::BreaksResponses,
            (true, true) => Self::BreaksBoth,
        }
    }

    /// Returns the class of both changes together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::BreaksRequests, Self::BreaksResponses)
            | (Self::BreaksResponses, Self::BreaksRequests) => Self::BreaksBoth,
            (one, other) => one.max(other),
        }
    }

    /// Returns whether something breaks.
    #[must_use]
    pub fn is_breaking(self) -> bool {
        match self {
            Self::Unseen | Self::Compatible | Self::ExtendsResponses => false,
            Self::BreaksRequests | Self::BreaksResponses | Self::BreaksBoth => true,
        }
    }
}

impl fmt::Display for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unseen => "unseen",
            Self::Compatible => "compatible",
            Self::ExtendsResponses => "extends responses",
            Self::BreaksRequests => "breaks requests",
            Self::BreaksResponses => "breaks responses",
            Self::BreaksBoth => "breaks requests and responses",
        })
    }
}

/// What a change means to Rust programs that use the generated crate, by the rules of Semantic Versioning for cargo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Rust {
    /// The crate is the same for them.
    None,
    /// What it does or documents is different, and its public items are not.
    Patch,
    /// There is something new.
    Minor,
    /// A program that compiled may not compile any more.
    Major,
}

impl fmt::Display for Rust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}

/// What a change asks of those who follow the description: by its classes, unless a rule decides otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Nothing.
    Notice,
    /// A look: there is something new.
    Addition,
    /// To act.
    Breaking,
}

impl Level {
    pub(super) fn from_classes(wire: Wire, rust: Rust) -> Self {
        if rust == Rust::Major || wire.is_breaking() {
            Self::Breaking
        } else if rust == Rust::Minor || wire >= Wire::Compatible {
            Self::Addition
        } else {
            Self::Notice
        }
    }
}

/// One cause of differences between two generations, and everywhere it shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What kind of change it is.
    pub code: ChangeCode,
    /// What changed, in a sentence without a full stop.
    pub message: String,
    /// What it asks of those who follow the description.
    pub level: Level,
    /// What it means on the wire.
    pub wire: Wire,
    /// What it means in Rust.
    pub rust: Rust,
    /// How many places have changed.
    pub count: usize,
    /// The first of them.
    #[serde(flatten)]
    pub place: Place,
    /// The others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub more: Vec<Place>,
    /// What comes with it: types that only what was added or removed uses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub consequences: Vec<Consequence>,
}

/// One place of a [`Change`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The item of the crate, from its root on: of the new crate, or of the old one where the new one does not have it.
    pub rust_path: String,
    /// The module that the item is in.
    pub resource: String,
    /// Where it was, if it was there and the description is known.
    pub old: Option<Located>,
    /// Where it is, if it is there.
    pub new: Option<Located>,
    /// What is left around it in the new description, if it is gone.
    #[serde(skip)]
    pub around: Option<Located>,
}

/// A difference that another one brings with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Consequence {
    /// What kind of change it is.
    pub code: ChangeCode,
    /// Where it is.
    #[serde(flatten)]
    pub place: Place,
}

impl Change {
    /// Returns whether someone has to act: a Rust program or another.
    #[must_use]
    pub fn is_breaking(&self) -> bool {
        self.level == Level::Breaking
    }

    /// Returns every place.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        std::iter::once(&self.place).chain(&self.more)
    }
}
