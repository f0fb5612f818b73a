//! What is noted about a body while it is decoded.

use super::reason::Reason;
use std::cell::RefCell;

/// How many deviations are listed one by one, so that a hostile body cannot fill the memory with them.
const MAX_LISTED: usize = 1000;

/// A deviation, before its path is known.
#[derive(Debug)]
pub(super) struct Note {
    /// The position of the value's token.
    pub(super) token: u32,
    pub(super) reason: Reason,
    /// The position of the token that the reason is about, inside the value or the value itself.
    pub(super) cause: u32,
    /// What became of the value.
    pub(super) outcome: &'static str,
}

/// The deviations that were noted so far.
#[derive(Debug, Default)]
pub(super) struct Notes(RefCell<Vec<Note>>);

impl Notes {
    /// Returns where the notes on what is decoded next begin.
    #[inline]
    pub(super) fn mark(&self) -> usize {
        self.0.borrow().len()
    }

    /// Drops the notes since `mark`: what they are about is left out as a whole.
    #[cold]
    pub(super) fn forget_since(&self, mark: usize) {
        self.0.borrow_mut().truncate(mark);
    }

    /// Adds a note, unless there are too many already.
    #[cold]
    pub(super) fn add(&self, note: Note) {
        let mut notes = self.0.borrow_mut();
        match notes.len() {
            ..MAX_LISTED => notes.push(note),
            MAX_LISTED => notes.push(Note {
                token: 0,
                reason: Reason::Other(
                    format!("further deviations after the first {MAX_LISTED} are not listed")
                        .into(),
                ),
                cause: 0,
                outcome: "",
            }),
            _ => {}
        }
    }

    /// Returns all notes, in the order of the body; what was noted twice is there once.
    pub(super) fn into_sorted(self) -> Vec<Note> {
        let mut notes = self.0.into_inner();
        // The note that there are more of them stays the last one.
        let more = (notes.len() > MAX_LISTED).then(|| notes.pop()).flatten();
        let mut sorted: Vec<Note> = Vec::with_capacity(notes.len() + 1);
        for note in notes {
            let index = sorted.partition_point(|other| other.token <= note.token);
            let is_known = |last: &Note| {
                (last.token, last.cause, &last.reason) == (note.token, note.cause, &note.reason)
            };
            if !sorted[..index].last().is_some_and(is_known) {
                sorted.insert(index, note);
            }
        }
        sorted.extend(more);
        sorted
    }
}
