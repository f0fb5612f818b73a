//! A value of a body, as types are decoded from it.

use super::document::Document;
use super::kind::Kind;
use super::mismatch::Mismatch;
use super::number::float;
use super::reason::Reason;
use super::text::unescape;
use super::token::Token;
use serde_json::{Map, Number, Value};
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

/// A value of an indexed JSON text.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    document: &'a Document<'a>,
    position: u32,
}

impl Document<'_> {
    /// Returns the whole value.
    #[inline]
    pub(super) fn root(&self) -> Node<'_> {
        Node::new(self, 0)
    }
}

impl<'a> Node<'a> {
    #[inline]
    pub(super) fn new(document: &'a Document<'a>, position: u32) -> Self {
        Self { document, position }
    }

    #[inline]
    pub(super) fn document(self) -> &'a Document<'a> {
        self.document
    }

    #[inline]
    pub(super) fn position(self) -> u32 {
        self.position
    }

    #[inline]
    fn token(self) -> Token {
        self.document.token(self.position)
    }

    /// Returns the type of the value.
    #[inline]
    pub fn kind(self) -> Kind {
        let token = self.token();
        match (self.document.first_byte(token), token.is_container()) {
            (b'{', true) => Kind::Object,
            (_, true) => Kind::List,
            (b'"', false) => Kind::String,
            (b't' | b'f', false) => Kind::Bool,
            (b'-' | b'0'..=b'9', false) => Kind::Number,
            // An array or object without contents in the index is nested too deeply.
            (_, false) => Kind::Null,
        }
    }

    /// Whether the value is null.
    #[inline]
    pub fn is_null(self) -> bool {
        self.kind() == Kind::Null
    }

    /// Returns the text of a string.
    #[inline]
    pub fn text(self) -> Option<Cow<'a, str>> {
        let token = self.token();
        if token.is_container() || self.document.first_byte(token) != b'"' {
            None
        } else if token.has_escapes() {
            Some(Cow::Owned(self.unescaped()))
        } else {
            Some(Cow::Borrowed(self.document.quoted(token)))
        }
    }

    #[cold]
    fn unescaped(self) -> String {
        let unescaped = unescape(self.document.quoted(self.token()));
        if unescaped.has_lone_surrogate {
            self.note(
                "found half a surrogate pair in a string",
                "replaced by U+FFFD",
            );
        }
        unescaped.text
    }

    /// Returns the digits of a number, as they are in the body.
    #[inline]
    pub fn number(self) -> Option<&'a str> {
        (self.kind() == Kind::Number).then(|| self.document.source(self.token()))
    }

    /// Returns the value of a boolean.
    #[inline]
    pub fn bool(self) -> Option<bool> {
        (self.kind() == Kind::Bool).then(|| self.document.first_byte(self.token()) == b't')
    }

    /// Returns the elements of an array; none for other values.
    #[inline]
    pub fn items(self) -> Items<'a> {
        let tokens = match self.kind() {
            Kind::List => self.inside(),
            Kind::Null | Kind::Bool | Kind::Number | Kind::String | Kind::Object => 0..0,
        };
        Items {
            document: self.document,
            tokens,
        }
    }

    /// Returns the members of an object, each name with its value; none for other values.
    #[inline]
    pub fn entries(self) -> Entries<'a> {
        let tokens = match self.kind() {
            Kind::Object => self.inside(),
            Kind::Null | Kind::Bool | Kind::Number | Kind::String | Kind::List => 0..0,
        };
        Entries {
            document: self.document,
            tokens,
        }
    }

    /// Returns the positions of the tokens inside an array or object.
    #[inline]
    pub(super) fn inside(self) -> Range<u32> {
        self.position + 1..self.document.next(self.position)
    }

    /// Returns the value of a member of an object, the last one of that name.
    pub fn get(self, name: &str) -> Option<Node<'a>> {
        let mut found = None;
        for (key, value) in self.entries() {
            if key.is(name) {
                found = Some(value);
            }
        }
        found
    }

    /// Returns the value as it is in the body.
    pub fn raw(self) -> &'a str {
        self.document.text(self.document.range(self.position))
    }

    /// Returns the value as a tree.
    ///
    /// A number that a 64-bit float has not all the digits of is rounded, which is noted as a deviation; one that
    /// is too large for a float becomes a string of its digits.
    pub fn to_value(self) -> Value {
        match self.kind() {
            Kind::Null => Value::Null,
            Kind::Bool => Value::Bool(self.bool() == Some(true)),
            Kind::Number => self.number_value(),
            Kind::String => Value::String(self.text().unwrap_or_default().into_owned()),
            Kind::List => Value::Array(self.items().map(Self::to_value).collect()),
            Kind::Object => Value::Object(self.to_map()),
        }
    }

    /// Returns the members of an object as trees; none for other values.
    pub fn to_map(self) -> Map<String, Value> {
        let mut map = Map::new();
        for (name, value) in self.entries() {
            if map
                .insert(name.text().into_owned(), value.to_value())
                .is_some()
            {
                value.note_duplicate();
            }
        }
        map
    }

    fn number_value(self) -> Value {
        let digits = self.number().unwrap_or_default();
        if let (Ok(integer), false) = (digits.parse::<i64>(), digits == "-0") {
            return integer.into();
        }
        if let Ok(integer) = digits.parse::<u64>() {
            return integer.into();
        }
        let number = float(digits)
            .and_then(|float| Some((Number::from_f64(float.value)?, float.is_rounded)));
        match number {
            Some((number, is_rounded)) => {
                if is_rounded {
                    self.note_rounded();
                }
                number.into()
            }
            None => {
                self.note("found a number that is too large", "treated as a string");
                digits.into()
            }
        }
    }

    #[cold]
    pub(super) fn note_rounded(self) {
        self.note(
            "found a number with more digits than a 64-bit float has",
            "rounded",
        );
    }

    /// Notes that the member of this value is there more than once.
    #[cold]
    pub(super) fn note_duplicate(self) {
        self.note("found a member more than once", "the last one is used");
    }

    /// Notes that the value is of another type.
    #[cold]
    pub(super) fn note_type(self, expected: &'static str, outcome: &'static str) {
        self.document
            .note(self.position, self.other_type(expected), outcome);
    }

    /// Notes a deviation of the value: what was expected and what was found, and what became of it. Neither should repeat it.
    pub fn note(self, reason: impl Into<Cow<'static, str>>, outcome: &'static str) {
        self.document.note(self.position, reason.into(), outcome);
    }

    /// Returns the error for a value that cannot be decoded. The reason is for logs and should not repeat the value.
    #[cold]
    pub fn mismatch(self, reason: impl Into<Cow<'static, str>>) -> Mismatch {
        Mismatch::new(self.position, Reason::Other(reason.into()))
    }

    /// Returns the error for a value of another type: `expected a string, found null`.
    #[cold]
    pub fn unexpected(self, expected: &'static str) -> Mismatch {
        Mismatch::new(self.position, self.other_type(expected))
    }

    #[cold]
    pub(super) fn other_type(self, expected: &'static str) -> Reason {
        Reason::Unexpected {
            expected,
            found: self.kind(),
        }
    }

    /// Returns the elements of an array.
    ///
    /// # Errors
    /// Returns an error for another value, and for one that is nested too deeply.
    #[inline]
    pub fn list(self) -> Result<Items<'a>, Mismatch> {
        if self.kind() != Kind::List {
            return Err(self.unexpected("an array"));
        }
        self.check_stack()?;
        Ok(self.items())
    }

    /// Returns the members of an object.
    ///
    /// # Errors
    /// Returns an error for another value, and for one that is nested too deeply.
    #[inline]
    pub fn object(self) -> Result<Entries<'a>, Mismatch> {
        Ok(Entries {
            document: self.document,
            tokens: self.inside_of_object()?,
        })
    }

    /// Returns the positions of the tokens inside an object.
    #[inline]
    pub(super) fn inside_of_object(self) -> Result<Range<u32>, Mismatch> {
        if self.kind() != Kind::Object {
            return Err(self.unexpected("an object"));
        }
        self.check_stack()?;
        Ok(self.inside())
    }

    #[inline]
    fn check_stack(self) -> Result<(), Mismatch> {
        if self.document.has_stack_left() {
            Ok(())
        } else {
            Err(self.mismatch("found arrays or objects nested too deeply"))
        }
    }
}

/// Shows the type of the value, not the value.
impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Node").field(&self.kind()).finish()
    }
}

/// The elements of an array.
#[derive(Clone)]
pub struct Items<'a> {
    document: &'a Document<'a>,
    tokens: Range<u32>,
}

impl<'a> Iterator for Items<'a> {
    type Item = Node<'a>;

    #[inline]
    fn next(&mut self) -> Option<Node<'a>> {
        if self.tokens.is_empty() {
            return None;
        }
        let node = Node::new(self.document, self.tokens.start);
        self.tokens.start = self.document.next(self.tokens.start);
        Some(node)
    }
}

/// The members of an object.
#[derive(Clone)]
pub struct Entries<'a> {
    document: &'a Document<'a>,
    tokens: Range<u32>,
}

impl<'a> Iterator for Entries<'a> {
    type Item = (Key<'a>, Node<'a>);

    #[inline]
    fn next(&mut self) -> Option<(Key<'a>, Node<'a>)> {
        if self.tokens.is_empty() {
            return None;
        }
        let key = Key::new(self.document, self.tokens.start);
        let value = Node::new(self.document, self.tokens.start + 1);
        self.tokens.start = self.document.next(value.position);
        Some((key, value))
    }
}

/// The name of a member.
#[derive(Clone, Copy)]
pub struct Key<'a> {
    document: &'a Document<'a>,
    position: u32,
}

impl<'a> Key<'a> {
    #[inline]
    pub(super) fn new(document: &'a Document<'a>, position: u32) -> Self {
        Self { document, position }
    }

    /// Returns the name.
    #[inline]
    pub fn text(self) -> Cow<'a, str> {
        let token = self.document.token(self.position);
        if token.has_escapes() {
            Cow::Owned(self.unescaped())
        } else {
            Cow::Borrowed(self.document.quoted(token))
        }
    }

    #[cold]
    fn unescaped(self) -> String {
        let unescaped = unescape(self.document.quoted(self.document.token(self.position)));
        if unescaped.has_lone_surrogate {
            let value = Node::new(self.document, self.position + 1);
            value.note(
                "found half a surrogate pair in a name",
                "replaced by U+FFFD",
            );
        }
        unescaped.text
    }

    /// Whether this is the name.
    #[inline]
    pub fn is(self, name: &str) -> bool {
        let token = self.document.token(self.position);
        if token.has_escapes() {
            self.document.name(self.position) == name
        } else {
            self.document.quoted(token) == name
        }
    }
}

/// Shows nothing of the body.
impl fmt::Debug for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key")
    }
}
