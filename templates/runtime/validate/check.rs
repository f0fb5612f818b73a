//! Checking the limits inside of a JSON body before it is sent.
//!
//! Only types with a limit somewhere inside implement [`Check`].

use super::super::model::Field;
use super::place::Place;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A value with limits inside.
pub trait Check {
    /// Checks every part that has a limit.
    fn check(&self, checks: &mut Checks<'_>);
}

/// The current place in the body, and the first violated limit.
pub struct Checks<'a> {
    place: Place<'a>,
    violation: &'a mut Option<String>,
}

impl Checks<'_> {
    /// Checks a member of an object.
    pub fn field(&mut self, name: &str, value: &dyn Check) -> &mut Self {
        let place = Place::Key(&self.place, name);
        value.check(&mut Checks {
            place,
            violation: self.violation,
        });
        self
    }

    /// Checks how many members an object has, of which these are there.
    pub fn members(&mut self, present: &[bool], min: usize, max: usize) -> &mut Self {
        self.members_and_rest(present, 0, min, max)
    }

    /// Checks how many members an object has, of which these are there and `others` besides.
    pub fn members_and_rest(
        &mut self,
        present: &[bool],
        others: usize,
        min: usize,
        max: usize,
    ) -> &mut Self {
        let count = others + present.iter().filter(|is_present| **is_present).count();
        if count < min {
            self.fail(&format!("has {count} members, but the minimum is {min}"));
        } else if count > max {
            self.fail(&format!("has {count} members, but the maximum is {max}"));
        }
        self
    }

    /// Checks a value at the same place.
    pub fn value(&mut self, value: &dyn Check) -> &mut Self {
        value.check(self);
        self
    }

    fn item(&mut self, index: usize, check: impl FnOnce(&mut Checks<'_>)) {
        let place = Place::Index(&self.place, index);
        check(&mut Checks {
            place,
            violation: self.violation,
        });
    }

    fn entry(&mut self, key: &str, check: impl FnOnce(&mut Checks<'_>)) {
        let place = Place::Key(&self.place, key);
        check(&mut Checks {
            place,
            violation: self.violation,
        });
    }

    /// Records a violated limit; the reason follows the place, as in "has 9 characters". Only the first one is kept.
    pub fn fail(&mut self, reason: &str) {
        let place = &self.place;
        self.violation
            .get_or_insert_with(|| format!("violates a limit: `{place}` {reason}"));
    }
}

/// Checks a value, and returns the first violated limit with its place.
pub(crate) fn check<T: Check + ?Sized>(value: &T) -> Result<(), Cow<'static, str>> {
    let mut violation = None;
    value.check(&mut Checks {
        place: Place::Root,
        violation: &mut violation,
    });
    violation.map_or(Ok(()), |reason| Err(reason.into()))
}

/// A list or a map, or an optional one.
pub trait Container {
    /// The type of its items or values.
    type Item;

    /// Calls `check` with each item or value, at its place.
    fn each<'a>(&'a self, checks: &mut Checks<'_>, check: impl Fn(&'a Self::Item, &mut Checks<'_>));
}

impl<T> Container for Vec<T> {
    type Item = T;

    fn each<'a>(&'a self, checks: &mut Checks<'_>, check: impl Fn(&'a T, &mut Checks<'_>)) {
        for (index, item) in self.iter().enumerate() {
            checks.item(index, |checks| check(item, checks));
        }
    }
}

impl<T> Container for BTreeMap<String, T> {
    type Item = T;

    fn each<'a>(&'a self, checks: &mut Checks<'_>, check: impl Fn(&'a T, &mut Checks<'_>)) {
        for (key, value) in self {
            checks.entry(key, |checks| check(value, checks));
        }
    }
}

impl<T: Container> Container for Option<T> {
    type Item = T::Item;

    fn each<'a>(&'a self, checks: &mut Checks<'_>, check: impl Fn(&'a T::Item, &mut Checks<'_>)) {
        if let Some(items) = self {
            items.each(checks, check);
        }
    }
}

impl<T: Container> Container for Field<T> {
    type Item = T::Item;

    fn each<'a>(&'a self, checks: &mut Checks<'_>, check: impl Fn(&'a T::Item, &mut Checks<'_>)) {
        if let Self::Value(items) = self {
            items.each(checks, check);
        }
    }
}

impl<T: Container> Container for Box<T> {
    type Item = T::Item;

    fn each<'a>(&'a self, checks: &mut Checks<'_>, check: impl Fn(&'a T::Item, &mut Checks<'_>)) {
        (**self).each(checks, check);
    }
}

impl<T: Check> Check for Vec<T> {
    fn check(&self, checks: &mut Checks<'_>) {
        self.each(checks, T::check);
    }
}

impl<T: Check> Check for BTreeMap<String, T> {
    fn check(&self, checks: &mut Checks<'_>) {
        self.each(checks, T::check);
    }
}

impl<T: Check> Check for Option<T> {
    fn check(&self, checks: &mut Checks<'_>) {
        if let Some(value) = self {
            value.check(checks);
        }
    }
}

impl<T: Check> Check for Field<T> {
    fn check(&self, checks: &mut Checks<'_>) {
        if let Self::Value(value) = self {
            value.check(checks);
        }
    }
}

impl<T: Check> Check for Box<T> {
    fn check(&self, checks: &mut Checks<'_>) {
        (**self).check(checks);
    }
}

/// Both limits of one value.
impl<A: Check, B: Check> Check for (A, B) {
    fn check(&self, checks: &mut Checks<'_>) {
        self.0.check(checks);
        self.1.check(checks);
    }
}
