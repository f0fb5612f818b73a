//! The types of values.

use crate::model::names::Name;
use crate::model::settings::RustPath;
use serde_json::Value;

/// The type of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// Text.
    String,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Integer(IntegerType),
    /// Any other number.
    F64,
    /// An instant in RFC 3339.
    DateTime,
    /// An instant in the form of e-mail headers, RFC 2822.
    Rfc2822,
    /// A calendar date, RFC 3339 `full-date`.
    Date,
    /// A time of day, RFC 3339 `full-time`.
    Time,
    /// A duration, ISO 8601.
    Duration,
    /// A UUID, RFC 9562.
    Uuid,
    /// Bytes, written as Base64 text.
    Base64,
    /// Any JSON value.
    Json,
    /// A SID.
    Sid(SidUse),
    /// A model or an enum of this crate.
    Named(TypePath),
    /// A list.
    List(Box<Type>),
    /// A map with text keys.
    Map(Box<Type>),
    /// A list with a type for each position.
    Tuple(Vec<Type>),
    /// An item of a list, or a value of a map, that may be null.
    Nullable(Box<Type>),
    /// The paging fields of a list, the same for every resource.
    PageMeta,
    /// A file in a body of several parts.
    File,
    /// A body of bytes.
    Bytes,
    /// A type of the user's.
    Custom(Custom),
}

/// A type that the user has for values of a format or of a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Custom {
    /// The path of the type.
    pub path: RustPath,
    /// What its values are in JSON.
    pub form: JsonForm,
    /// A value that it takes, where one is known.
    pub sample: Option<Value>,
}

/// What the values of a type are in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum JsonForm {
    /// Strings.
    Text,
    /// Numbers.
    Number,
    /// `true` or `false`.
    Bool,
    /// Arrays.
    List,
    /// Objects.
    Object,
    /// Any of them.
    Any,
}

impl JsonForm {
    /// Returns whether a value is of this form.
    #[must_use]
    pub fn has(self, value: &Value) -> bool {
        match self {
            Self::Text => value.is_string(),
            Self::Number => value.is_number(),
            Self::Bool => value.is_boolean(),
            Self::List => value.is_array(),
            Self::Object => value.is_object(),
            Self::Any => true,
        }
    }
}

/// The size of a whole number, by `format` (the OpenAPI format registry).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum IntegerType {
    /// `int8`.
    I8,
    /// `int16`.
    I16,
    /// `int32`.
    I32,
    /// `int64`, and every integer without a format.
    I64,
    /// `uint8`.
    U8,
    /// `uint16`.
    U16,
    /// `uint32`.
    U32,
    /// `uint64`.
    U64,
}

impl IntegerType {
    /// Returns the name of the type in Rust.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::I8 => "i8",
            Self::I16 => "i16",
            Self::I32 => "i32",
            Self::I64 => "i64",
            Self::U8 => "u8",
            Self::U16 => "u16",
            Self::U32 => "u32",
            Self::U64 => "u64",
        }
    }

    /// Returns the least and the largest value.
    #[must_use]
    pub fn range(self) -> (i128, i128) {
        match self {
            Self::I8 => (i8::MIN.into(), i8::MAX.into()),
            Self::I16 => (i16::MIN.into(), i16::MAX.into()),
            Self::I32 => (i32::MIN.into(), i32::MAX.into()),
            Self::I64 => (i64::MIN.into(), i64::MAX.into()),
            Self::U8 => (0, u8::MAX.into()),
            Self::U16 => (0, u16::MAX.into()),
            Self::U32 => (0, u32::MAX.into()),
            Self::U64 => (0, u64::MAX.into()),
        }
    }
}

impl Type {
    /// Returns whether its values are strings in JSON, and no file.
    #[must_use]
    pub fn is_text(&self) -> bool {
        match self {
            Self::String
            | Self::DateTime
            | Self::Rfc2822
            | Self::Date
            | Self::Time
            | Self::Duration
            | Self::Uuid
            | Self::Base64
            | Self::Sid(_) => true,
            Self::Named(path) => path.kind == NamedKind::TextEnum,
            Self::Nullable(inner) => inner.is_text(),
            Self::Custom(custom) => custom.form == JsonForm::Text,
            Self::Bool
            | Self::Integer(_)
            | Self::F64
            | Self::Json
            | Self::List(_)
            | Self::Map(_)
            | Self::Tuple(_)
            | Self::PageMeta
            | Self::File
            | Self::Bytes => false,
        }
    }

    /// Returns the types with a name that it is made of.
    #[must_use]
    pub fn named(&self) -> Vec<&TypePath> {
        match self {
            Self::Named(path) => vec![path],
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.named(),
            Self::Tuple(positions) => positions.iter().flat_map(Self::named).collect(),
            Self::String
            | Self::Bool
            | Self::Integer(_)
            | Self::F64
            | Self::DateTime
            | Self::Rfc2822
            | Self::Date
            | Self::Time
            | Self::Duration
            | Self::Uuid
            | Self::Base64
            | Self::Json
            | Self::Sid(_)
            | Self::PageMeta
            | Self::File
            | Self::Bytes
            | Self::Custom(_) => Vec::new(),
        }
    }

    /// Returns how complex it is to read at a depth of nesting, as clippy counts it (`type_complexity`).
    #[must_use]
    pub fn complexity(&self, depth: usize) -> usize {
        let inner: usize = match self {
            Self::List(inner) | Self::Nullable(inner) => inner.complexity(depth + 1),
            Self::Map(inner) => 10 * (depth + 1) + inner.complexity(depth + 1),
            Self::Tuple(positions) => positions.iter().map(|one| one.complexity(depth + 1)).sum(),
            Self::DateTime => 10 * (depth + 1),
            _ => 0,
        };
        10 * depth + inner
    }

    /// Returns whether its values are scalars in JSON: strings, numbers or booleans.
    #[must_use]
    pub fn is_scalar(&self) -> bool {
        match self {
            Self::Bool | Self::Integer(_) | Self::F64 => true,
            Self::Named(path) => path.kind.is_enum(),
            Self::Nullable(inner) => inner.is_scalar(),
            Self::Custom(custom) => matches!(
                custom.form,
                JsonForm::Text | JsonForm::Number | JsonForm::Bool
            ),
            _ => self.is_text(),
        }
    }
}

/// A type of this crate, by where it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypePath {
    /// The module.
    pub module: Name,
    /// The name in it.
    pub name: Name,
    /// What it is.
    pub kind: NamedKind,
}

/// What a type of this crate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NamedKind {
    /// A [`Model`](super::Model).
    Model,
    /// An [`OpenEnum`](super::OpenEnum) of strings.
    TextEnum,
    /// An [`OpenEnum`](super::OpenEnum) of integers.
    IntegerEnum,
    /// A [`Union`](super::Union).
    Union,
    /// The [`Responses`](super::Responses) of an operation.
    Responses,
}

impl NamedKind {
    /// Returns whether it is an [`OpenEnum`](super::OpenEnum).
    #[must_use]
    pub fn is_enum(self) -> bool {
        matches!(self, Self::TextEnum | Self::IntegerEnum)
    }
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
