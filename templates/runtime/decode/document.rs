//! A body that is indexed: its text, its tokens, and what is noted about it.

use super::grammar::Malformed;
use super::mismatch::Mismatch;
use super::notes::{Note, Notes};
use super::reason::Reason;
use super::scan::scan;
use super::text::unescape;
use super::token::Token;
use super::value_end::ValueEnd;
use std::borrow::Cow;
use std::ops::Range;

/// How much of the stack decoding may use, in bytes, beyond which values count as nested too deeply. Threads have 2 MiB, and
/// the first one of a program on Windows 1 MiB.
const STACK: usize = if cfg!(windows) { 512 } else { 1024 } * 1024;

/// The text of a body, an index of its values, and what is noted while they are decoded.
pub(super) struct Document<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    pub(super) notes: Notes,
    /// Where the stack is when decoding begins.
    stack: usize,
    /// Whether members that only responses have may be missing without a note.
    pub(super) is_request: bool,
}

impl<'t> Document<'t> {
    /// Indexes a text.
    pub(super) fn new(text: &'t str) -> Result<Self, Box<Malformed>> {
        let tokens = scan(text.as_bytes())?;
        let document = Self {
            text,
            tokens: tokens.list,
            notes: Notes::default(),
            stack: stack_pointer(),
            is_request: false,
        };
        for token in tokens.too_deep {
            document.note(
                token,
                "found arrays or objects nested too deeply",
                "treated as null",
            );
        }
        Ok(document)
    }

    /// Returns the first two tokens of a range.
    #[inline]
    pub(super) fn first_tokens(&self, range: &Range<u32>) -> Option<&[Token; 2]> {
        let range = range.start as usize..range.end as usize;
        self.tokens.get(range)?.first_chunk()
    }

    #[inline]
    pub(super) fn token(&self, position: u32) -> Token {
        // No position is ever made up: the fallback is for the compiler.
        let token = self.tokens.get(position as usize);
        token.copied().unwrap_or(Token::leaf(0, 0))
    }

    /// Returns the position after a value and all that it contains.
    #[inline]
    pub(super) fn next(&self, position: u32) -> u32 {
        self.token(position).next(position)
    }

    /// Returns the first byte of a value.
    #[inline]
    pub(super) fn first_byte(&self, token: Token) -> u8 {
        let byte = self.text.as_bytes().get(token.start());
        byte.copied().unwrap_or_default()
    }

    /// Whether a value is an object.
    pub(super) fn is_object(&self, position: u32) -> bool {
        let token = self.token(position);
        token.is_container() && self.first_byte(token) == b'{'
    }

    /// Returns the text of a scalar as it is written.
    #[inline]
    pub(super) fn source(&self, token: Token) -> &str {
        self.text
            .get(token.start()..token.end())
            .unwrap_or_default()
    }

    /// Returns the text between the quotes of a string or name, escapes as they are written.
    #[inline]
    pub(super) fn quoted(&self, token: Token) -> &str {
        let inside = token.start() + 1..token.end().wrapping_sub(1);
        self.text.get(inside).unwrap_or_default()
    }

    /// Returns the bytes between the quotes of a string or name.
    #[inline]
    pub(super) fn quoted_bytes(&self, token: Token) -> &[u8] {
        let inside = token.start() + 1..token.end().wrapping_sub(1);
        self.text.as_bytes().get(inside).unwrap_or_default()
    }

    /// Returns the name of a member.
    #[inline]
    pub(super) fn name(&self, position: u32) -> Cow<'_, str> {
        let token = self.token(position);
        if token.has_escapes() {
            Cow::Owned(unescape(self.quoted(token)).text)
        } else {
            Cow::Borrowed(self.quoted(token))
        }
    }

    /// Returns a part of the text.
    pub(super) fn text(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    /// Returns where a value is in the text.
    pub(super) fn range(&self, position: u32) -> Range<usize> {
        let token = self.token(position);
        let end = if token.is_container() {
            let text = self.text.as_bytes().get(token.start()..);
            let length = text.and_then(|text| ValueEnd::default().find(text));
            length.map_or(self.text.len(), |length| token.start() + length)
        } else {
            token.end()
        };
        token.start()..end
    }

    #[inline]
    pub(super) fn notes(&self) -> &Notes {
        &self.notes
    }

    /// Notes a deviation.
    #[cold]
    pub(super) fn note(&self, token: u32, reason: impl Into<Reason>, outcome: &'static str) {
        self.notes.add(Note {
            token,
            reason: reason.into(),
            cause: token,
            outcome,
        });
    }

    /// Notes that a value does not match its type.
    #[cold]
    pub(super) fn note_mismatch(&self, token: u32, mismatch: Mismatch, outcome: &'static str) {
        let (cause, reason) = mismatch.into_parts();
        self.notes.add(Note {
            token,
            reason,
            cause,
            outcome,
        });
    }

    /// Whether there is enough of the stack left to decode a value inside of another.
    #[inline]
    pub(super) fn has_stack_left(&self) -> bool {
        self.stack.abs_diff(stack_pointer()) < STACK
    }
}

/// Returns about where the stack is.
#[inline(never)]
fn stack_pointer() -> usize {
    let local = 0_u8;
    std::ptr::from_ref(std::hint::black_box(&local)).addr()
}
