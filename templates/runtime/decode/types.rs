//! Sets of types of JSON values.

use super::kind::Kind;
use super::node::Node;
use super::number::is_integer;

/// Types of JSON values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Types(u8);

impl Types {
    /// None of them.
    pub const NONE: Self = Self(0);
    /// `null`.
    pub const NULL: Self = Self(1);
    /// `true` and `false`.
    pub const BOOL: Self = Self(2);
    /// Numbers without a fraction.
    pub const INTEGER: Self = Self(4);
    /// Numbers.
    pub const NUMBER: Self = Self(4 | 8);
    /// Strings.
    pub const STRING: Self = Self(16);
    /// Arrays.
    pub const LIST: Self = Self(32);
    /// Objects.
    pub const OBJECT: Self = Self(64);
    /// All of them.
    pub const ANY: Self = Self(127);

    /// Returns these types and others.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a value is of one of these types.
    #[inline]
    pub(super) fn contain(self, node: Node<'_>) -> bool {
        let bit = match node.kind() {
            Kind::Null => Self::NULL.0,
            Kind::Bool => Self::BOOL.0,
            Kind::Number if self.0 & Self::NUMBER.0 == Self::INTEGER.0 => {
                let is_integer = node.number().is_some_and(is_integer);
                if is_integer { Self::INTEGER.0 } else { 0 }
            }
            Kind::Number => Self::NUMBER.0,
            Kind::String => Self::STRING.0,
            Kind::List => Self::LIST.0,
            Kind::Object => Self::OBJECT.0,
        };
        self.0 & bit != 0
    }
}
