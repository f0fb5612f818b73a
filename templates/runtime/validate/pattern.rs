//! Patterns of texts, as tables that the generator made of regular expressions.

use super::super::model::Field;
use super::check::{Check, Checks};

/// A regular expression as the table of a deterministic automaton.
#[derive(Debug)]
pub struct Pattern {
    /// The regular expression, as the description has it.
    pub source: &'static str,
    /// The class of each ASCII character.
    pub ascii: &'static [u8; 128],
    /// The classes of other characters, in their order: the first, the last, and the class; class 0 for those between.
    pub ranges: &'static [(char, char, u8)],
    /// How many classes there are.
    pub classes: usize,
    /// The next state for each state and class; 65535 matches whatever follows, and 65534 never matches.
    pub next: &'static [u16],
    /// Whether a text may end in each state: `1` if it may.
    pub ends: &'static [u8],
}

const MATCHED: u16 = u16::MAX;
const FAILED: u16 = u16::MAX - 1;

impl Pattern {
    /// Whether a text matches.
    pub fn matches(&self, text: &str) -> bool {
        let mut state = 0;
        for character in text.chars() {
            let class = usize::from(self.class(character));
            let next = self.next.get(usize::from(state) * self.classes + class);
            match next.copied().unwrap_or(FAILED) {
                MATCHED => return true,
                FAILED => return false,
                next => state = next,
            }
        }
        self.ends.get(usize::from(state)) == Some(&1)
    }

    fn class(&self, character: char) -> u8 {
        if let Some(class) = self.ascii.get(character as usize) {
            return *class;
        }
        let after = self
            .ranges
            .partition_point(|(first, _, _)| *first <= character);
        let range = after
            .checked_sub(1)
            .and_then(|index| self.ranges.get(index));
        match range {
            Some((_, last, class)) if character <= *last => *class,
            Some(_) | None => 0,
        }
    }
}

/// A value that is a text, or an optional one.
pub trait Textual {
    /// Returns the text.
    fn text(&self) -> Option<&str>;
}

impl Textual for String {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl<T: Textual> Textual for Box<T> {
    fn text(&self) -> Option<&str> {
        (**self).text()
    }
}

impl<T: Textual> Textual for Option<T> {
    fn text(&self) -> Option<&str> {
        self.as_ref()?.text()
    }
}

impl<T: Textual> Textual for Field<T> {
    fn text(&self) -> Option<&str> {
        self.value()?.text()
    }
}

/// A text and the pattern that it must match.
pub struct Matching<'a, T> {
    value: &'a T,
    pattern: &'static Pattern,
}

/// Requires a text that matches a pattern.
pub fn pattern<'a, T: Textual>(value: &'a T, pattern: &'static Pattern) -> Matching<'a, T> {
    Matching { value, pattern }
}

impl<T> Matching<'_, T> {
    pub(crate) fn value(&self) -> &T {
        self.value
    }
}

impl<T: Textual> Matching<'_, T> {
    pub(crate) fn violation(&self) -> Option<String> {
        let text = self.value.text()?;
        let source = self.pattern.source;
        (!self.pattern.matches(text)).then(|| format!("does not match the pattern `{source}`"))
    }
}

impl<T: Textual> Textual for Matching<'_, T> {
    fn text(&self) -> Option<&str> {
        self.value.text()
    }
}

impl<T: Textual> Check for Matching<'_, T> {
    fn check(&self, checks: &mut Checks<'_>) {
        if let Some(reason) = self.violation() {
            checks.fail(&reason);
        }
    }
}
