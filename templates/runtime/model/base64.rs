//! Bytes as Base64 (RFC 4648, section 4).

use super::super::decode::{Decode, Mismatch, Node};
use super::json_writer::{Encode, JsonWriter};
use bytes::Bytes;
use std::fmt;
use std::str::FromStr;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Bytes that are sent and received as Base64.
///
/// The text of a response is kept as it is, so that one in another form, such as a data URL, is not lost.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Base64(Box<str>);

/// Why a text is not Base64.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Base64Error(());

impl Base64 {
    /// Returns the bytes; the alphabet for URLs, a missing padding and line breaks are allowed.
    ///
    /// # Errors
    /// Returns an error for a text that is not Base64.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Base64Error> {
        decode(&self.0)
            .map(|(bytes, _)| bytes)
            .ok_or(Base64Error(()))
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Appends `bytes` as Base64.
pub(crate) fn push_base64(out: &mut String, bytes: &[u8]) {
    out.reserve(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk
            .iter()
            .fold(0_usize, |group, &byte| group << 8 | usize::from(byte));
        let group = group << (8 * (3 - chunk.len()));
        for position in 0..4 {
            let digit = ALPHABET[group >> (18 - 6 * position) & 63];
            out.push(if position > chunk.len() {
                '='
            } else {
                char::from(digit)
            });
        }
    }
}

/// Decodes Base64, also of the alphabet for URLs, without padding or with line breaks; `is_canonical` tells whether
/// the text is as [`push_base64`] writes it.
fn decode(text: &str) -> Option<(Vec<u8>, bool)> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    let mut is_canonical = text.len() % 4 == 0;
    let mut group = 0_u32;
    let mut digits = 0_u32;
    let padding = text.bytes().rev().take_while(|byte| *byte == b'=').count();
    for byte in text.bytes().take(text.len() - padding) {
        let Some(digit) = digit(byte) else {
            is_canonical = false;
            if byte.is_ascii_whitespace() {
                continue;
            }
            return None;
        };
        is_canonical &= byte != b'-' && byte != b'_';
        group = group << 6 | digit;
        digits += 1;
        if digits == 4 {
            bytes.extend(group.to_be_bytes().into_iter().skip(1));
            (group, digits) = (0, 0);
        }
    }
    // A single digit is no whole byte.
    if padding > 2 || digits == 1 {
        return None;
    }
    if digits > 0 {
        let kept = digits as usize - 1;
        let [_, last @ ..] = (group << (6 * (4 - digits))).to_be_bytes();
        is_canonical &= padding + kept == 3;
        is_canonical &= last.iter().skip(kept).all(|byte| *byte == 0);
        bytes.extend(last.into_iter().take(kept));
    } else {
        is_canonical &= padding == 0;
    }
    Some((bytes, is_canonical))
}

fn digit(byte: u8) -> Option<u32> {
    let digit = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    };
    Some(digit.into())
}

/// Whether a text is Base64 with padding.
pub(super) fn is_base64(text: &str) -> bool {
    decode(text).is_some_and(|(_, is_canonical)| is_canonical)
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from(bytes.as_slice())
    }
}

impl From<Bytes> for Base64 {
    fn from(bytes: Bytes) -> Self {
        Self::from(bytes.as_ref())
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        let mut text = String::new();
        push_base64(&mut text, bytes);
        Self(text.into())
    }
}

/// Takes a text that is Base64 already.
impl FromStr for Base64 {
    type Err = Base64Error;

    fn from_str(text: &str) -> Result<Self, Base64Error> {
        let base64 = Self(text.into());
        base64.to_bytes()?;
        Ok(base64)
    }
}

impl fmt::Display for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Shows the length, not the bytes.
impl fmt::Debug for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64({} characters)", self.0.len())
    }
}

impl Decode for Base64 {
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        node.string().map(|text| Self(text.into()))
    }
}

impl Encode for Base64 {
    fn encode(&self, json: &mut JsonWriter) {
        json.text(&self.0);
    }
}

impl fmt::Display for Base64Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected Base64, found another string")
    }
}

impl std::error::Error for Base64Error {}
