//! Patterns of texts as tables, so that a crate checks them without a regular expression engine.

use std::collections::{BTreeMap, BTreeSet};

/// The longest text that is made up.
const LONGEST: usize = 256;

/// What a text is made up of, where that is possible; other characters follow.
const PREFERRED: &str = "abcdefghijklmnopqrstuvwxyz1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ-_.:@+/ ";

/// A regular expression as the table of a deterministic automaton.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// The regular expression, as the description has it.
    pub source: String,
    /// The class of each ASCII character.
    pub ascii: Vec<u8>,
    /// The classes of other characters, in their order: the first, the last, and the class; class 0 for those between.
    pub ranges: Vec<(char, char, u8)>,
    /// How many classes there are.
    pub classes: usize,
    /// The next state for each state and class; [`Self::MATCHED`] and [`Self::FAILED`] are final.
    pub next: Vec<u16>,
    /// The states in which a text may end.
    pub ends: Vec<bool>,
}

impl Pattern {
    /// The state in which every text matches, whatever follows.
    pub const MATCHED: u16 = u16::MAX;
    /// The state in which no text matches.
    pub const FAILED: u16 = u16::MAX - 1;

    /// Returns whether a text matches.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        let mut state = 0;
        for character in text.chars() {
            match self.after(state, character) {
                Self::MATCHED => return true,
                Self::FAILED => return false,
                next => state = next,
            }
        }
        self.may_end(state)
    }

    /// Returns a text that matches, the shortest of at least so many characters; none where there is none that is short enough.
    #[must_use]
    pub fn sample(&self, least: usize, most: usize) -> Option<String> {
        let letters = self.letters();
        let mut reached = BTreeMap::from([(0, String::new())]);
        for length in 0..=most.min(LONGEST) {
            let mut texts = reached.iter();
            let end = texts.find(|(state, _)| length >= least && self.may_end(**state));
            if let Some((_, text)) = end {
                return Some(text.clone());
            }
            let mut longer = BTreeMap::new();
            for (state, text) in &reached {
                for letter in &letters {
                    let next = self.after(*state, *letter);
                    if next != Self::FAILED {
                        longer
                            .entry(next)
                            .or_insert_with(|| format!("{text}{letter}"));
                    }
                }
            }
            reached = longer;
        }
        None
    }

    /// Returns a character of each class.
    fn letters(&self) -> Vec<char> {
        let printable = ('!'..='~').chain(self.ranges.iter().map(|(first, _, _)| *first));
        let mut classes = BTreeSet::new();
        let letters = PREFERRED.chars().chain(printable);
        letters
            .filter(|letter| classes.insert(self.class(*letter)))
            .collect()
    }

    fn may_end(&self, state: u16) -> bool {
        state == Self::MATCHED || self.ends.get(usize::from(state)) == Some(&true)
    }

    /// Returns the state after a character.
    fn after(&self, state: u16, character: char) -> u16 {
        if state == Self::MATCHED {
            return state;
        }
        let class = usize::from(self.class(character));
        let next = self.next.get(usize::from(state) * self.classes + class);
        next.copied().unwrap_or(Self::FAILED)
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
