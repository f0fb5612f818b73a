//! The pieces of JSON's grammar (RFC 8259) below arrays and objects.

use super::bytes::special;
use super::token::Token;
use std::fmt;

/// Why a text is not JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Malformed {
    at: usize,
    expected: &'static str,
}

#[cold]
pub(super) fn malformed<T>(at: usize, expected: &'static str) -> Result<T, Box<Malformed>> {
    Err(Box::new(Malformed { at, expected }))
}

impl Malformed {
    /// Returns the reason for a reader: what was expected, and where.
    #[cold]
    pub(super) fn reason(self, text: &[u8]) -> String {
        let before = text.get(..self.at).unwrap_or(text);
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let line_start = before
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1);
        let column = before.len() - line_start + 1;
        let found = Found(text.get(self.at).copied());
        format!(
            "expected {}, found {found} at line {line}, column {column}",
            self.expected
        )
    }
}

/// What was found in place of what was expected, in words: a byte, or the end.
pub(crate) struct Found(pub(crate) Option<u8>);

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(byte @ 0x21..=0x7E) => write!(f, "`{}`", char::from(byte)),
            Some(_) => f.write_str("another character"),
            None => f.write_str("the end"),
        }
    }
}

/// Whether a byte is whitespace (RFC 8259, section 2).
#[inline]
pub(crate) fn is_whitespace(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
}

/// Returns the offset of the first byte from `at` on that is not whitespace.
#[inline]
pub(super) fn skip_whitespace(text: &[u8], mut at: usize) -> usize {
    while text.get(at).copied().is_some_and(is_whitespace) {
        at += 1;
    }
    at
}

/// Reads a literal, which should be at `start`.
#[inline]
pub(super) fn literal(
    text: &[u8],
    start: usize,
    literal: &'static [u8],
) -> Result<Token, Box<Malformed>> {
    let end = start + literal.len();
    if text.get(start..end) != Some(literal) {
        return malformed(start, "a value");
    }
    Ok(Token::leaf(start, end))
}

/// Reads a string, whose opening quote is at `start`.
#[inline]
pub(super) fn string(text: &[u8], start: usize) -> Result<Token, Box<Malformed>> {
    let end = special(text, start + 1);
    if text.get(end) == Some(&b'"') {
        Ok(Token::leaf(start, end + 1))
    } else {
        Ok(Token::escaped(start, escaped_end(text, end)?))
    }
}

/// Returns where a string ends, the first special byte of which is at `at`.
fn escaped_end(text: &[u8], mut at: usize) -> Result<usize, Box<Malformed>> {
    loop {
        match text.get(at) {
            Some(b'"') => return Ok(at + 1),
            Some(b'\\') => at = escape_end(text, at)?,
            Some(_) => return malformed(at, "no control character in a string"),
            None => return malformed(at, "the end of a string"),
        }
        at = special(text, at);
    }
}

/// Returns where an escape ends, the backslash of which is at `at`.
fn escape_end(text: &[u8], at: usize) -> Result<usize, Box<Malformed>> {
    match text.get(at + 1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(at + 2),
        Some(b'u') => match text.get(at + 2..at + 6) {
            Some(digits) if digits.iter().all(u8::is_ascii_hexdigit) => Ok(at + 6),
            _ => malformed(at + 2, "four hexadecimal digits"),
        },
        Some(_) | None => malformed(at + 1, "an escape"),
    }
}

/// Returns where a number ends that starts at `at`.
#[inline]
pub(super) fn number_end(text: &[u8], mut at: usize) -> Result<usize, Box<Malformed>> {
    if text.get(at) == Some(&b'-') {
        at += 1;
    }
    at = match text.get(at) {
        Some(b'0') => at + 1,
        _ => digits_end(text, at)?,
    };
    if text.get(at) == Some(&b'.') {
        at = digits_end(text, at + 1)?;
    }
    if let Some(b'e' | b'E') = text.get(at) {
        at += 1;
        if let Some(b'+' | b'-') = text.get(at) {
            at += 1;
        }
        at = digits_end(text, at)?;
    }
    Ok(at)
}

#[inline]
fn digits_end(text: &[u8], start: usize) -> Result<usize, Box<Malformed>> {
    let mut at = start;
    while text.get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
    }
    if at == start {
        return malformed(at, "a digit");
    }
    Ok(at)
}
