//! Shapes: what a value of a variant looks like, for unions without a tag.

use super::constant::Constant;
use super::types::Types;

/// The values that a description lists.
#[derive(Debug, Clone, Copy)]
pub(super) enum Values {
    Any,
    /// These, and others that it does not know yet.
    Listed(&'static [Constant]),
    /// These and no others.
    Pinned(&'static [Constant]),
}

/// What a value of a variant looks like.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    pub(super) types: Types,
    pub(super) values: Values,
    pub(super) format: Option<fn(&str) -> bool>,
    pub(super) members: &'static [ShapeMember],
    pub(super) is_closed: bool,
    pub(super) items: Option<&'static Shape>,
    pub(super) any_of: &'static [Shape],
}

/// What a member of an object looks like.
#[derive(Debug, Clone, Copy)]
pub struct ShapeMember {
    pub(super) name: &'static str,
    pub(super) is_required: bool,
    pub(super) shape: Shape,
}

impl Shape {
    /// A value of some types.
    #[must_use]
    pub const fn new(types: Types) -> Self {
        Self {
            types,
            values: Values::Any,
            format: None,
            members: &[],
            is_closed: false,
            items: None,
            any_of: &[],
        }
    }

    /// An object with these members.
    #[must_use]
    pub const fn object(members: &'static [ShapeMember]) -> Self {
        Self {
            members,
            ..Self::new(Types::OBJECT)
        }
    }

    /// Sets what the members look like, where the value is an object.
    #[must_use]
    pub const fn members(self, members: &'static [ShapeMember]) -> Self {
        Self { members, ..self }
    }

    /// A list.
    #[must_use]
    pub const fn list(items: &'static Shape) -> Self {
        Self::new(Types::LIST).items(items)
    }

    /// Sets shapes of which the value has to be one as well.
    #[must_use]
    pub const fn any_of(self, any_of: &'static [Shape]) -> Self {
        Self { any_of, ..self }
    }

    /// Lists values, which are preferred to others.
    #[must_use]
    pub const fn listed(self, values: &'static [Constant]) -> Self {
        Self {
            values: Values::Listed(values),
            ..self
        }
    }

    /// Pins the values: others are not of this shape.
    #[must_use]
    pub const fn pinned(self, values: &'static [Constant]) -> Self {
        Self {
            values: Values::Pinned(values),
            ..self
        }
    }

    /// Sets what the text of a string, or the digits of a number, look like.
    #[must_use]
    pub const fn format(self, format: fn(&str) -> bool) -> Self {
        Self {
            format: Some(format),
            ..self
        }
    }

    /// Sets what the elements of a list, or the other members of an object, look like.
    #[must_use]
    pub const fn items(self, items: &'static Shape) -> Self {
        Self {
            items: Some(items),
            ..self
        }
    }

    /// Allows no other members.
    #[must_use]
    pub const fn closed(self) -> Self {
        Self {
            is_closed: true,
            ..self
        }
    }

    /// Makes a member of an object, which may be missing, of what its value looks like.
    #[must_use]
    pub const fn optional(self, name: &'static str) -> ShapeMember {
        ShapeMember {
            name,
            is_required: false,
            shape: self,
        }
    }

    /// Makes a member of an object, which is always there, of what its value looks like.
    #[must_use]
    pub const fn required(self, name: &'static str) -> ShapeMember {
        ShapeMember {
            is_required: true,
            ..self.optional(name)
        }
    }
}
