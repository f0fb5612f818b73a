//! The types of values.

use crate::model::names::Name;

/// The type of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// Text.
    String,
    /// `true` or `false`.
    Bool,
    /// `format: int32`.
    I32,
    /// Any other integer.
    I64,
    /// Any other number.
    F64,
    /// An instant in RFC 3339.
    DateTime,
    /// An instant in the form of e-mail headers, RFC 2822.
    Rfc2822,
    /// A calendar date, ISO 8601.
    Date,
    /// Any JSON value.
    Json,
    /// Any JSON value that travels as text in one field of a form, a query or a header.
    JsonText,
    /// A string that holds JSON by convention; the caller's text goes out as it is.
    JsonString,
    /// A SID.
    Sid(SidUse),
    /// A model or an enum of this crate.
    Named(TypePath),
    /// A list.
    List(Box<Type>),
    /// A map with text keys.
    Map(Box<Type>),
    /// The paging fields of a list, the same for every resource.
    PageMeta,
    /// A file in a body of several parts.
    File,
    /// A body of bytes.
    Bytes,
}

impl Type {
    /// Whether its values are strings in JSON, and no file.
    #[must_use]
    pub fn is_text(&self) -> bool {
        match self {
            Self::String | Self::DateTime | Self::Rfc2822 | Self::Date | Self::Sid(_) => true,
            Self::Named(path) => path.is_enum,
            Self::Bool
            | Self::I32
            | Self::I64
            | Self::F64
            | Self::Json
            | Self::JsonText
            | Self::JsonString
            | Self::List(_)
            | Self::Map(_)
            | Self::PageMeta
            | Self::File
            | Self::Bytes => false,
        }
    }

    /// Whether its values are single ones in JSON: strings, numbers or booleans.
    #[must_use]
    pub fn is_single(&self) -> bool {
        self.is_text() || matches!(self, Self::Bool | Self::I32 | Self::I64 | Self::F64)
    }
}

/// A model or an enum, by where it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypePath {
    /// The module.
    pub module: Name,
    /// The name in it.
    pub name: Name,
    /// Whether it is an [`OpenEnum`](super::OpenEnum).
    pub is_enum: bool,
}

/// A SID as a field has it.
#[derive(Debug, Clone)]
pub struct SidUse {
    /// The marker type.
    pub kind: Name,
    /// The alias to write instead of `Sid<Kind>`.
    pub alias: Option<Name>,
}

/// The alias is a spelling: two SIDs of one kind are of one type.
impl PartialEq for SidUse {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl Eq for SidUse {}

/// A kind of SID: what its text looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SidKind {
    /// The pattern, as the description has it.
    pub pattern: String,
    /// What the text begins with.
    pub prefixes: Prefixes,
    /// What follows, 32 characters of it.
    pub digits: Digits,
    /// Where the description first has it, as a JSON pointer into the finished document.
    pub pointer: String,
}

/// What the text of a SID may begin with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Prefixes {
    /// One of these pairs of letters.
    Listed(Vec<String>),
    /// Any two upper-case letters.
    AnyUpper,
    /// Any two letters.
    AnyLetters,
}

impl Prefixes {
    /// Returns how they read in a sentence.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Self::Listed(listed) => listed
                .iter()
                .map(|prefix| format!("`{prefix}`"))
                .collect::<Vec<_>>()
                .join(" or "),
            Self::AnyUpper => "any two capital letters".to_owned(),
            Self::AnyLetters => "any two letters".to_owned(),
        }
    }
}

/// The alphabet of the 32 characters after the prefix of a SID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Digits {
    /// `0-9a-fA-F`.
    Hex,
    /// `0-9a-f`.
    LowerHex,
    /// `0-9a-zA-Z`.
    Alphanumeric,
}

/// The name that a resource gives to its own SID.
#[derive(Debug, Clone)]
pub struct SidAlias {
    /// The marker type.
    pub kind: Name,
    /// The model whose `sid` it is.
    pub model: TypePath,
    /// Where the description has it, as a JSON pointer into the finished document.
    pub pointer: String,
}
