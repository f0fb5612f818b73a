//! What a walk found: every error, and of warnings and notes that say the same the first few places.

use crate::base::diagnostics::{Diagnostic, Diagnostics, Severity};
use crate::base::note::{Note, NoteKind};
use std::collections::BTreeMap;

/// The places that are named of those that deserve the same words.
const NAMED: usize = 3;
/// The errors that are reported; nobody reads more.
const ERRORS: usize = 1000;

#[derive(Default)]
pub(super) struct Findings {
    diagnostics: Vec<Diagnostic>,
    notes: Vec<Note>,
    errors: usize,
    /// How often something was said, and where the last diagnostic that says it is.
    said: BTreeMap<(&'static str, String), (usize, usize)>,
}

impl Findings {
    /// Returns how many errors there are so far.
    pub(super) fn errors(&self) -> usize {
        self.errors
    }

    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        if diagnostic.severity == Severity::Error {
            self.errors += 1;
            if self.errors <= ERRORS {
                self.diagnostics.push(diagnostic);
            }
            return;
        }
        let said = self
            .said
            .entry((diagnostic.code, diagnostic.message.clone()))
            .or_default();
        said.0 += 1;
        if said.0 <= NAMED {
            said.1 = self.diagnostics.len();
            self.diagnostics.push(diagnostic);
        }
    }

    pub(super) fn note(&mut self, kind: NoteKind, pointer: String, message: String) {
        self.notes.push(Note {
            kind,
            pointer,
            message,
        });
    }

    pub(super) fn finish(mut self) -> (Diagnostics, Vec<Note>) {
        for (_, (times, last)) in self.said {
            let more = times.saturating_sub(NAMED);
            if more > 0
                && let Some(diagnostic) = self.diagnostics.get_mut(last)
            {
                let noun = if more == 1 { "place" } else { "places" };
                diagnostic
                    .message
                    .push_str(&format!(" (the same in {more} more {noun})"));
            }
        }
        if self.errors > ERRORS {
            let message = format!("and {} more errors of this kind", self.errors - ERRORS);
            self.diagnostics
                .push(Diagnostic::failure("structure", message));
        }
        (self.diagnostics.into_iter().collect(), self.notes)
    }
}
