//! References that are followed into a schema without a type of its own, whose copy stands in every place that refers to it.

use std::mem;

/// Copies that one place may lead to; no description that a person wrote comes near.
const MOST: usize = 10_000;

/// The chain of references that is being followed.
#[derive(Debug, Default)]
pub(super) struct Following<'d> {
    chain: Vec<&'d str>,
    /// Copies that the first of the chain has led to so far.
    copies: usize,
    exhausted: bool,
    /// The chains that led to the types which are being made, from the outermost on.
    outer: Vec<Vec<&'d str>>,
}

/// Whether another reference can be followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Next,
    /// It leads to itself.
    Circle,
    /// It is one copy too many; said once.
    TooMany,
    /// There were too many before.
    Enough,
}

impl<'d> Following<'d> {
    /// Goes on to a component; after [`Step::Next`] it has to be left again.
    pub(super) fn enter(&mut self, name: &'d str) -> Step {
        if self.chain.contains(&name) {
            return Step::Circle;
        }
        if self.exhausted {
            return Step::Enough;
        }
        if self.chain.is_empty() && self.outer.is_empty() {
            self.copies = 0;
        }
        self.copies += 1;
        if self.copies > MOST {
            self.exhausted = true;
            return Step::TooMany;
        }
        self.chain.push(name);
        Step::Next
    }

    pub(super) fn leave(&mut self) {
        self.chain.pop();
    }

    /// Begins with a type: within it a component may stand again.
    pub(super) fn enter_type(&mut self) {
        self.outer.push(mem::take(&mut self.chain));
    }

    pub(super) fn leave_type(&mut self) {
        self.chain = self.outer.pop().unwrap_or_default();
    }

    /// The component that all of it began with.
    pub(super) fn first(&self) -> Option<&'d str> {
        self.outer
            .iter()
            .flatten()
            .chain(&self.chain)
            .next()
            .copied()
    }
}
