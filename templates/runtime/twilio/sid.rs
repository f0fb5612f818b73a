//! SIDs: identifiers with a prefix for the kind of resource.

use super::super::decode::{Decode, Mismatch, Node};
use super::super::model::{Encode, JsonWriter};
use super::super::wire::{EncodeValue, Slot};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::cmp::Ordering;
use std::error::Error;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

const LENGTH: usize = 34;

/// An identifier of 34 characters: a prefix of two letters for the kind of resource, and 32 digits.
///
/// The kind `K` determines the prefix, so that SIDs of different resources are different types. A `Sid` always matches the
/// pattern of its kind: [`parse`](Self::parse), `FromStr`, `TryFrom` and `Deserialize` check it. It is `Copy`.
pub struct Sid<K> {
    text: [u8; LENGTH],
    kind: PhantomData<fn() -> K>,
}

/// A kind of SID: its prefixes and digits.
pub trait SidKind {
    /// The first two characters.
    const PREFIX: SidPrefix;
    /// The 32 characters after them.
    const DIGITS: SidDigits;
}

/// The first two characters of a kind of SID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SidPrefix {
    /// One of these.
    OneOf(&'static [&'static str]),
    /// Any two letters, `A` to `Z`.
    AnyUpper,
    /// Any two letters, `A` to `Z` and `a` to `z`.
    AnyLetters,
}

/// The 32 characters after the prefix of a kind of SID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SidDigits {
    /// Hexadecimal digits, `[0-9a-fA-F]`.
    Hex,
    /// Lower-case hexadecimal digits, `[0-9a-f]`.
    LowerHex,
    /// Letters and digits, `[0-9a-zA-Z]`.
    Alphanumeric,
}

impl SidPrefix {
    fn matches(self, prefix: &[u8]) -> bool {
        match self {
            Self::OneOf(prefixes) => prefixes.iter().any(|one| one.as_bytes() == prefix),
            Self::AnyUpper => prefix.iter().all(u8::is_ascii_uppercase),
            Self::AnyLetters => prefix.iter().all(u8::is_ascii_alphabetic),
        }
    }
}

impl SidDigits {
    /// Returns whether all characters of a SID after its prefix are digits of this kind.
    fn are_in(self, text: &[u8; LENGTH]) -> bool {
        match self {
            Self::Hex => all_digits(text, |byte| Self::Hex.contain(byte)),
            Self::LowerHex => all_digits(text, |byte| Self::LowerHex.contain(byte)),
            Self::Alphanumeric => all_digits(text, |byte| Self::Alphanumeric.contain(byte)),
        }
    }

    fn contain(self, byte: u8) -> bool {
        let digit = byte.wrapping_sub(b'0') < 10;
        match self {
            Self::Hex => digit | ((byte | 0x20).wrapping_sub(b'a') < 6),
            Self::LowerHex => digit | (byte.wrapping_sub(b'a') < 6),
            Self::Alphanumeric => digit | ((byte | 0x20).wrapping_sub(b'a') < 26),
        }
    }
}

impl<K: SidKind> Sid<K> {
    /// Parses a SID.
    ///
    /// # Errors
    /// Returns an error when the text does not match the pattern of the kind.
    pub fn parse(text: &str) -> Result<Self, SidError> {
        let text = checked(text, K::PREFIX, K::DIGITS)?;
        Ok(Self {
            text,
            kind: PhantomData,
        })
    }
}

fn checked(text: &str, prefix: SidPrefix, digits: SidDigits) -> Result<[u8; LENGTH], SidError> {
    match <&[u8; LENGTH]>::try_from(text.as_bytes()) {
        Ok(bytes) if prefix.matches(&bytes[..2]) && digits.are_in(bytes) => Ok(*bytes),
        _ => Err(SidError::new(text, prefix, digits)),
    }
}

/// Checks all digits without branches; generic over the kind of digit, so that each compiles to a few vector instructions.
fn all_digits(text: &[u8; LENGTH], is_digit: impl Fn(u8) -> bool) -> bool {
    let mismatches = text[2..].iter().fold(0, |mismatches, &byte| {
        mismatches | u8::from(!is_digit(byte))
    });
    mismatches == 0
}

impl<K> Sid<K> {
    /// Returns the text of the SID.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.text).unwrap_or_default()
    }
}

/// Why a text is not a SID of the expected kind.
///
/// The message contains the expected prefix and the reason, but not the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SidError(Box<Flaw>);

/// Boxed, so that a result is not larger than a SID.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Flaw {
    expected: SidPrefix,
    reason: Reason,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Reason {
    Length(usize),
    Prefix([char; 2]),
    Digit {
        position: usize,
        found: char,
        digits: SidDigits,
    },
}

impl SidError {
    #[cold]
    fn new(text: &str, expected: SidPrefix, digits: SidDigits) -> Self {
        let reason = match text.chars().count() {
            LENGTH => Reason::in_characters(text, expected, digits),
            length => Reason::Length(length),
        };
        Self(Box::new(Flaw { expected, reason }))
    }
}

impl Reason {
    fn in_characters(text: &str, expected: SidPrefix, digits: SidDigits) -> Self {
        let mut characters = text.chars();
        let prefix = [
            characters.next().unwrap_or_default(),
            characters.next().unwrap_or_default(),
        ];
        if !expected.matches(prefix.iter().collect::<String>().as_bytes()) {
            return Self::Prefix(prefix);
        }
        let wrong = characters
            .enumerate()
            .find(|(_, found)| !u8::try_from(*found).is_ok_and(|byte| digits.contain(byte)));
        let (index, found) = wrong.unwrap_or_default();
        Self::Digit {
            position: index + 3,
            found,
            digits,
        }
    }
}

impl fmt::Display for SidError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Flaw { expected, reason } = &*self.0;
        f.write_str("expected a SID that begins with ")?;
        match expected {
            SidPrefix::OneOf(prefixes) => {
                prefixes.iter().enumerate().try_for_each(|(index, prefix)| {
                    f.write_str(if index == 0 { "" } else { " or " })?;
                    f.write_str(prefix)
                })
            }
            SidPrefix::AnyUpper => f.write_str("two capital letters"),
            SidPrefix::AnyLetters => f.write_str("two letters"),
        }?;
        match reason {
            Reason::Length(length) => {
                write!(f, " and has {LENGTH} characters; this one has {length}")
            }
            Reason::Prefix([first, second]) => {
                let (first, second) = (first.escape_debug(), second.escape_debug());
                write!(f, "; this one begins with {first}{second}")
            }
            Reason::Digit {
                position,
                found,
                digits,
            } => {
                write!(
                    f,
                    "; its character {position}, {found:?}, is not in {digits}"
                )
            }
        }
    }
}

impl fmt::Display for SidDigits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Hex => "[0-9a-fA-F]",
            Self::LowerHex => "[0-9a-f]",
            Self::Alphanumeric => "[0-9a-zA-Z]",
        })
    }
}

impl Error for SidError {}

impl<K: SidKind> FromStr for Sid<K> {
    type Err = SidError;

    fn from_str(text: &str) -> Result<Self, SidError> {
        Self::parse(text)
    }
}

impl<K: SidKind> TryFrom<&str> for Sid<K> {
    type Error = SidError;

    fn try_from(text: &str) -> Result<Self, SidError> {
        Self::parse(text)
    }
}

impl<K: SidKind> TryFrom<String> for Sid<K> {
    type Error = SidError;

    fn try_from(text: String) -> Result<Self, SidError> {
        Self::parse(&text)
    }
}

impl<K> From<Sid<K>> for String {
    fn from(sid: Sid<K>) -> Self {
        sid.as_str().to_owned()
    }
}

impl<K> AsRef<str> for Sid<K> {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl<K> fmt::Display for Sid<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl<K> fmt::Debug for Sid<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sid({})", self.as_str())
    }
}

impl<K> Clone for Sid<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for Sid<K> {}

impl<K> PartialEq for Sid<K> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<K> Eq for Sid<K> {}

impl<K> PartialOrd for Sid<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<K> Ord for Sid<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl<K> Hash for Sid<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl<K> EncodeValue for Sid<K> {
    fn encode_value(&self, slot: &mut Slot<'_>) {
        slot.alphanumeric(&self.text);
    }
}

impl<K: SidKind> Decode for Sid<K> {
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        let text = node.parse(|text| checked(text, K::PREFIX, K::DIGITS))?;
        Ok(Self {
            text,
            kind: PhantomData,
        })
    }
}

impl<K> Encode for Sid<K> {
    fn encode(&self, json: &mut JsonWriter) {
        json.text(self.as_str());
    }
}

impl<K> Serialize for Sid<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de, K: SidKind> Deserialize<'de> for Sid<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'_, str>>::deserialize(deserializer)?;
        Self::parse(&text).map_err(de::Error::custom)
    }
}
