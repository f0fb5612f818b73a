//! Patterns of texts as tables, so that a crate checks them without a regular expression engine.

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
            let class = usize::from(self.class(character));
            let next = self.next.get(usize::from(state) * self.classes + class);
            match next.copied().unwrap_or(Self::FAILED) {
                Self::MATCHED => return true,
                Self::FAILED => return false,
                next => state = next,
            }
        }
        self.ends.get(usize::from(state)).copied().unwrap_or(false)
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
