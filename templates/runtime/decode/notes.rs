//! What is noted while a body is salvaged.

use super::deviation::Deviation;
use super::place::Place;
use serde_json::Value;
use std::cell::RefCell;

/// How many deviations are listed one by one, so that a hostile body cannot fill the memory with
/// them.
const LISTED_DEVIATIONS: usize = 1000;

/// What was noted so far. The values are borrowed from the body, and copied only when the whole
/// body was salvaged.
#[derive(Default)]
pub(crate) struct Notes<'de>(RefCell<Vec<Note<'de>>>);

struct Note<'de> {
    path: String,
    value: &'de Value,
    reason: String,
}

impl<'de> Notes<'de> {
    /// Returns where the notes of what is decoded next begin.
    pub(crate) fn mark(&self) -> usize {
        self.0.borrow().len()
    }

    /// Drops the notes since `mark`: what they are about is taken out as a whole.
    pub(crate) fn forget_since(&self, mark: usize) {
        self.0.borrow_mut().truncate(mark);
    }

    /// Notes a deviation; the first ones only, so that there is a bound to them.
    pub(crate) fn add(&self, place: &Place<'_>, value: &'de Value, reason: String) {
        let mut notes = self.0.borrow_mut();
        if notes.len() < LISTED_DEVIATIONS {
            notes.push(Note {
                path: place.to_string(),
                value,
                reason,
            });
        } else if notes.len() == LISTED_DEVIATIONS {
            let reason =
                format!("further deviations after the first {LISTED_DEVIATIONS} are not listed");
            notes.push(Note {
                path: Place::Root.to_string(),
                value: &Value::Null,
                reason,
            });
        }
    }

    /// Returns all that was noted.
    pub(crate) fn into_deviations(self) -> Vec<Deviation> {
        let notes = self.0.into_inner().into_iter();
        notes
            .map(|note| Deviation::new(note.path, note.value.clone(), note.reason))
            .collect()
    }
}
