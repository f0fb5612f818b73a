//! The automaton of a regular expression, as Thompson makes it.

use super::expression::{Expression, Ranges};

/// How many steps an automaton may have.
const MOST: usize = 8192;

/// A step of an automaton.
#[derive(Debug)]
pub(super) enum Step {
    /// One character of a class, by its index.
    Class(usize, usize),
    /// Either of two steps.
    Split(usize, usize),
    Start(usize),
    End(usize),
    Match,
}

/// An automaton with several steps at a time.
#[derive(Debug)]
pub(super) struct Nfa {
    pub steps: Vec<Step>,
    pub first: usize,
    /// The classes of characters that it tells apart.
    pub classes: Vec<Ranges>,
}

impl Nfa {
    pub fn new(expression: &Expression) -> Result<Self, &'static str> {
        let mut nfa = Self {
            steps: vec![Step::Match],
            first: 0,
            classes: Vec::new(),
        };
        nfa.first = nfa.before(expression, 0)?;
        Ok(nfa)
    }

    /// Adds the steps of an expression in front of a step, and returns the first of them.
    fn before(&mut self, expression: &Expression, next: usize) -> Result<usize, &'static str> {
        match expression {
            Expression::Sequence(each) => {
                let mut each = each.iter().rev();
                each.try_fold(next, |next, one| self.before(one, next))
            }
            Expression::AnyOf(each) => {
                let mut first = None;
                for one in each.iter().rev() {
                    let one = self.before(one, next)?;
                    first = Some(match first {
                        None => one,
                        Some(other) => self.add(Step::Split(one, other))?,
                    });
                }
                Ok(first.unwrap_or(next))
            }
            Expression::Repeated { inner, min, max } => self.repeated(inner, *min, *max, next),
            Expression::Class(ranges) => {
                let known = self.classes.iter().position(|known| known == ranges);
                let class = known.unwrap_or_else(|| {
                    self.classes.push(ranges.clone());
                    self.classes.len() - 1
                });
                self.add(Step::Class(class, next))
            }
            Expression::Start => self.add(Step::Start(next)),
            Expression::End => self.add(Step::End(next)),
        }
    }

    fn repeated(
        &mut self,
        inner: &Expression,
        min: u32,
        max: Option<u32>,
        next: usize,
    ) -> Result<usize, &'static str> {
        let mut first = next;
        match max {
            None => {
                let again = self.add(Step::Split(next, next))?;
                let inner = self.before(inner, again)?;
                if let Some(step) = self.steps.get_mut(again) {
                    *step = Step::Split(inner, next);
                }
                first = again;
            }
            Some(max) => {
                for _ in min..max {
                    let inner = self.before(inner, first)?;
                    first = self.add(Step::Split(inner, next))?;
                }
            }
        }
        for _ in 0..min {
            first = self.before(inner, first)?;
        }
        Ok(first)
    }

    fn add(&mut self, step: Step) -> Result<usize, &'static str> {
        if self.steps.len() == MOST {
            return Err("its table would be too large");
        }
        self.steps.push(step);
        Ok(self.steps.len() - 1)
    }
}
