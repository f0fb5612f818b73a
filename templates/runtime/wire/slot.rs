//! The places in a request that values are written to.

use super::escape::{Alphabet, Escape, RESERVED, RESERVED_IN_PATH, push_reserved};
use super::styles::{Kind, Style};
use std::borrow::Cow;
use std::fmt::{self, Write as _};

/// The place in the request that an [`EncodeValue`](super::EncodeValue) writes its text to.
///
/// Each call of a writing method adds one occurrence: `Key=a&Key=b` in queries and forms, `a,b` in paths and headers, or
/// what the style of the parameter says.
pub struct Slot<'a> {
    pub(super) out: &'a mut Vec<u8>,
    alphabet: &'static Alphabet,
    pub(super) style: Style,
    pub(super) place: Place,
    key: &'a str,
    lead: Lead,
    occurrences: usize,
    rejection: Option<Cow<'static, str>>,
}

/// What is written before a value.
#[derive(Clone, Copy)]
struct Lead {
    first: Mark,
    next: Mark,
}

/// A separator, and whether the name of the parameter and `=` follow.
#[derive(Clone, Copy)]
struct Mark {
    separator: &'static str,
    has_key: bool,
}

/// What part of a request a slot is in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Pairs of a query or a form, with what is written before the first one.
    Pairs(&'static str),
    Path,
    Header,
    /// Cookies, with what is written before the first one.
    Cookies(&'static str),
}

impl Lead {
    fn new(place: Place, style: Style, space: &'static str) -> Self {
        let keyed = |separator| Mark {
            separator,
            has_key: true,
        };
        let bare = |separator| Mark {
            separator,
            has_key: false,
        };
        let (first, next) = match (place, style.kind) {
            (Place::Pairs(before), kind) => {
                let next = match kind {
                    Kind::Form if !style.is_exploded => bare(","),
                    Kind::SpaceDelimited => bare(space),
                    Kind::PipeDelimited => bare("|"),
                    _ => keyed("&"),
                };
                (keyed(before), next)
            }
            (Place::Cookies(before), _) if style.is_exploded => (keyed(before), keyed("; ")),
            (Place::Cookies(before), _) => (keyed(before), bare(",")),
            (Place::Path, Kind::Label) if style.is_exploded => (bare("."), bare(".")),
            (Place::Path, Kind::Label) => (bare("."), bare(",")),
            (Place::Path, Kind::Matrix) if style.is_exploded => (keyed(";"), keyed(";")),
            (Place::Path, Kind::Matrix) => (keyed(";"), bare(",")),
            (Place::Path | Place::Header, _) => (bare(""), bare(",")),
        };
        Self { first, next }
    }
}

impl<'a> Slot<'a> {
    pub(super) fn new(
        out: &'a mut Vec<u8>,
        alphabet: &'static Alphabet,
        (place, style): (Place, Style),
        key: &'a str,
    ) -> Self {
        let space = if style.is_reserved {
            "%20"
        } else {
            alphabet.space()
        };
        Self {
            out,
            alphabet,
            style,
            place,
            key,
            lead: Lead::new(place, style, space),
            occurrences: 0,
            rejection: None,
        }
    }

    /// Returns how many occurrences were written, or the reason why the value was rejected.
    pub(super) fn finish(mut self) -> Result<usize, Cow<'static, str>> {
        self.close();
        match self.rejection {
            None => Ok(self.occurrences),
            Some(reason) => Err(reason),
        }
    }

    /// Adds a text.
    pub fn text(&mut self, text: &str) {
        self.open();
        self.push(text);
    }

    /// Adds letters and digits, which need no encoding anywhere.
    pub(crate) fn alphanumeric(&mut self, text: &[u8]) {
        self.open();
        self.out.extend_from_slice(text);
    }

    /// Adds a formatted text, without an allocation: `slot.format(format_args!("{a}-{b}"))`.
    pub fn format(&mut self, text: fmt::Arguments<'_>) {
        self.open();
        let mut escape = Escape {
            out: self.out,
            alphabet: self.alphabet,
        };
        if escape.write_fmt(text).is_err() {
            self.reject("cannot be written as text");
        }
    }

    /// Adds an empty value: `Key=`.
    pub fn empty(&mut self) {
        self.open();
    }

    /// Refuses the value: the request is not built, and its error says why.
    ///
    /// The reason goes on after the name of the parameter, as in "is not finite", and should not
    /// repeat the value. The first rejection counts.
    pub fn reject(&mut self, reason: impl Into<Cow<'static, str>>) {
        if self.rejection.is_none() {
            self.rejection = Some(reason.into());
        }
    }

    /// Starts an occurrence: what is written before its text.
    fn open(&mut self) {
        let mark = self.mark();
        self.out.extend_from_slice(mark.separator.as_bytes());
        if mark.has_key {
            self.alphabet.push(self.out, self.key.as_bytes());
            self.out.push(b'=');
        }
    }

    /// Starts an occurrence with a name of its own, which is written already encoded.
    pub(super) fn open_named(&mut self, name: &[u8]) {
        let mark = self.mark();
        self.out.extend_from_slice(mark.separator.as_bytes());
        self.out.extend_from_slice(name);
        self.out.push(b'=');
    }

    fn mark(&mut self) -> Mark {
        self.close();
        self.occurrences += 1;
        match self.occurrences {
            1 => self.lead.first,
            _ => self.lead.next,
        }
    }

    /// A name without a value has no `=` in a path (RFC 6570, section 3.2.7).
    fn close(&mut self) {
        if self.style.kind == Kind::Matrix && self.occurrences > 0 && self.out.ends_with(b"=") {
            self.out.pop();
        }
    }

    /// Adds to the text of the occurrence.
    pub(super) fn push(&mut self, text: &str) {
        if !self.style.is_reserved {
            self.alphabet.push(self.out, text.as_bytes());
        } else if self.place == Place::Path {
            push_reserved(self.out, &RESERVED_IN_PATH, text);
        } else {
            push_reserved(self.out, &RESERVED, text);
        }
    }

    /// Returns a name as it is written.
    pub(super) fn name(&self, name: &str) -> Vec<u8> {
        let mut text = Vec::with_capacity(name.len());
        self.alphabet.push(&mut text, name.as_bytes());
        text
    }

    /// Returns the name of the parameter as it is written.
    pub(super) fn key(&self) -> Vec<u8> {
        self.name(self.key)
    }
}
