//! What a walk found: errors up to a limit, warnings and notes.

use crate::base::diagnostics::{Diagnostic, Diagnostics, Severity};
use crate::base::note::{Note, NoteKind};

/// The errors that are reported; nobody reads more.
const ERRORS: usize = 1000;

#[derive(Default)]
pub(super) struct Findings {
    diagnostics: Vec<Diagnostic>,
    notes: Vec<Note>,
    errors: usize,
}

impl Findings {
    /// Returns how many errors there are so far.
    pub(super) fn errors(&self) -> usize {
        self.errors
    }

    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        if diagnostic.severity == Severity::Error {
            self.errors += 1;
            if self.errors > ERRORS {
                return;
            }
        }
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn note(&mut self, kind: NoteKind, pointer: String, message: String) {
        self.notes.push(Note {
            kind,
            pointer,
            message,
        });
    }

    pub(super) fn finish(mut self) -> (Diagnostics, Vec<Note>) {
        if self.errors > ERRORS {
            let message = format!("and {} more errors of this kind", self.errors - ERRORS);
            self.diagnostics
                .push(Diagnostic::failure("structure", message));
        }
        (self.diagnostics.into_iter().collect(), self.notes)
    }
}
