//! The limits that the description sets to the values of a request, checked before it is sent.
//!
//! A limit is put around the value: `request.query("PageSize", &limit::range(&self.page_size, 1.0, 1000.0))`. Absent values
//! are not checked. A value beyond its limit is rejected with [`Error::Build`](super::super::Error::Build).
//!
//! JSON bodies are checked part by part by [`Check`].

pub use super::check::{Check, Checks, Container};
pub use super::pattern::{Matching, Pattern, Textual, pattern};
pub use super::unique::{Unique, unique};

use super::super::model::Field;
use super::unique::Items;
use std::collections::BTreeMap;

/// A value and its limit.
pub struct Limited<'a, T> {
    value: &'a T,
    limit: Limit,
}

/// A limit on one measure of a value.
#[derive(Debug, Clone, Copy)]
enum Limit {
    /// The number of characters of a text (JSON Schema Validation, 6.3.1 and 6.3.2).
    Length(usize, usize),
    /// The size of a number, both ends included.
    Range(f64, f64),
    /// The exclusive minimum of a number.
    Above(f64),
    /// The exclusive maximum of a number.
    Below(f64),
    /// The number of items of a list, or of entries of a map.
    Items(usize, usize),
    /// What a number is a multiple of.
    MultipleOf(f64),
}

/// Requires a text of `min` to `max` characters.
pub fn length<T: Measured>(value: &T, min: usize, max: usize) -> Limited<'_, T> {
    Limited {
        value,
        limit: Limit::Length(min, max),
    }
}

/// Requires a number from `min` to `max`.
pub fn range<T: Measured>(value: &T, min: f64, max: f64) -> Limited<'_, T> {
    Limited {
        value,
        limit: Limit::Range(min, max),
    }
}

/// Requires a number that is more than `min`.
pub fn above<T: Measured>(value: &T, min: f64) -> Limited<'_, T> {
    Limited {
        value,
        limit: Limit::Above(min),
    }
}

/// Requires a number that is less than `max`.
pub fn below<T: Measured>(value: &T, max: f64) -> Limited<'_, T> {
    Limited {
        value,
        limit: Limit::Below(max),
    }
}

/// Requires a list of `min` to `max` items.
pub fn items<T: Measured>(value: &T, min: usize, max: usize) -> Limited<'_, T> {
    Limited {
        value,
        limit: Limit::Items(min, max),
    }
}

/// Requires a number that is a multiple of `step`.
pub fn multiple_of<T: Measured>(value: &T, step: f64) -> Limited<'_, T> {
    Limited {
        value,
        limit: Limit::MultipleOf(step),
    }
}

/// A list or a map, and the limit of each of its items or values.
pub struct Each<'a, T, F> {
    items: &'a T,
    limit: F,
}

/// Puts a limit around each item of a list, or each value of a map: `limit::each(&self.tags, |tag| limit::length(tag, 1, 8))`.
pub fn each<'a, T, F, L>(items: &'a T, limit: F) -> Each<'a, T, F>
where
    T: Container,
    F: Fn(&'a T::Item) -> L,
    L: Check,
{
    Each { items, limit }
}

/// A value that can be measured: a text, number, list or map, or an optional one.
pub trait Measured {
    /// Calls `length` with the number of characters, `size` with the number itself, or `items` with the number of items.
    fn measure(&self, scale: &mut Scale);
}

/// The measures of a value; those that do not apply are left out.
#[derive(Debug, Default)]
pub struct Scale {
    length: Option<usize>,
    size: Option<f64>,
    items: Option<usize>,
}

impl Scale {
    /// Sets the number of characters.
    pub fn length(&mut self, characters: usize) {
        self.length = Some(characters);
    }

    /// Sets the size of a number.
    pub fn size(&mut self, number: f64) {
        self.size = Some(number);
    }

    /// Sets the number of items.
    pub fn items(&mut self, items: usize) {
        self.items = Some(items);
    }

    fn violation(&self, limit: Limit) -> Option<String> {
        match limit {
            Limit::Length(min, max) => beyond(self.length?, min, max, "characters"),
            Limit::Items(min, max) => beyond(self.items?, min, max, "items"),
            Limit::Range(min, max) => {
                let number = self.size?;
                if number < min {
                    Some(format!("is {number}, but the minimum is {min}"))
                } else if number > max {
                    Some(format!("is {number}, but the maximum is {max}"))
                } else {
                    None
                }
            }
            Limit::MultipleOf(step) => {
                let number = self.size?;
                let quotient = number / step;
                // Decimal fractions are not exact in binary: 0.3 is a multiple of 0.1.
                let is_multiple =
                    (quotient - quotient.round()).abs() <= 1e-9 * quotient.abs().max(1.0);
                (!is_multiple).then(|| format!("is {number}, but must be a multiple of {step}"))
            }
            Limit::Above(min) => self
                .size
                .filter(|number| *number <= min)
                .map(|number| format!("is {number}, but must be more than {min}")),
            Limit::Below(max) => self
                .size
                .filter(|number| *number >= max)
                .map(|number| format!("is {number}, but must be less than {max}")),
        }
    }
}

fn beyond(count: usize, min: usize, max: usize, unit: &str) -> Option<String> {
    if count < min {
        Some(format!("has {count} {unit}, but the minimum is {min}"))
    } else if count > max {
        Some(format!("has {count} {unit}, but the maximum is {max}"))
    } else {
        None
    }
}

impl<T> Limited<'_, T> {
    pub(crate) fn value(&self) -> &T {
        self.value
    }
}

impl<T, F> Each<'_, T, F> {
    pub(crate) fn items(&self) -> &T {
        self.items
    }
}

impl<T: Measured> Limited<'_, T> {
    pub(crate) fn violation(&self) -> Option<String> {
        let mut scale = Scale::default();
        self.value.measure(&mut scale);
        scale.violation(self.limit)
    }
}

impl<T: Measured> Check for Limited<'_, T> {
    fn check(&self, checks: &mut Checks<'_>) {
        if let Some(reason) = self.violation() {
            checks.fail(&reason);
        }
    }
}

impl<'a, T, F, L> Check for Each<'a, T, F>
where
    T: Container,
    F: Fn(&'a T::Item) -> L,
    L: Check,
{
    fn check(&self, checks: &mut Checks<'_>) {
        self.items
            .each(checks, |item, checks| (self.limit)(item).check(checks));
    }
}

impl<T: Measured> Measured for Matching<'_, T> {
    fn measure(&self, scale: &mut Scale) {
        self.value().measure(scale);
    }
}

impl<T: Measured> Measured for Unique<'_, T> {
    fn measure(&self, scale: &mut Scale) {
        self.value().measure(scale);
    }
}

impl<T: Textual> Textual for Limited<'_, T> {
    fn text(&self) -> Option<&str> {
        self.value.text()
    }
}

impl<T: Items> Items for Limited<'_, T> {
    fn each_item(&self, visit: &mut dyn FnMut(Vec<u8>) -> bool) {
        self.value.each_item(visit);
    }
}

impl<T: Items, F> Items for Each<'_, T, F> {
    fn each_item(&self, visit: &mut dyn FnMut(Vec<u8>) -> bool) {
        self.items.each_item(visit);
    }
}

impl<T: Measured, F> Measured for Each<'_, T, F> {
    fn measure(&self, scale: &mut Scale) {
        self.items.measure(scale);
    }
}

impl<T: Measured> Measured for Limited<'_, T> {
    fn measure(&self, scale: &mut Scale) {
        self.value.measure(scale);
    }
}

impl Measured for String {
    fn measure(&self, scale: &mut Scale) {
        scale.length(self.chars().count());
    }
}

macro_rules! integers {
    ($($type:ty)*) => {$(
        impl Measured for $type {
            #[allow(
                clippy::cast_precision_loss,
                clippy::cast_lossless,
                reason = "limits are small; beyond 2^53 the last digit does not decide"
            )]
            #[inline]
            fn measure(&self, scale: &mut Scale) {
                scale.size(*self as f64);
            }
        }
    )*};
}

integers!(i8 i16 i32 i64 u8 u16 u32 u64);

impl Measured for f64 {
    fn measure(&self, scale: &mut Scale) {
        scale.size(*self);
    }
}

impl<T> Measured for Vec<T> {
    fn measure(&self, scale: &mut Scale) {
        scale.items(self.len());
    }
}

impl<T> Measured for BTreeMap<String, T> {
    fn measure(&self, scale: &mut Scale) {
        scale.items(self.len());
    }
}

impl<T: Measured> Measured for Box<T> {
    fn measure(&self, scale: &mut Scale) {
        (**self).measure(scale);
    }
}

impl<T: Measured> Measured for Option<T> {
    fn measure(&self, scale: &mut Scale) {
        if let Some(value) = self {
            value.measure(scale);
        }
    }
}

impl<T: Measured> Measured for Field<T> {
    fn measure(&self, scale: &mut Scale) {
        if let Self::Value(value) = self {
            value.measure(scale);
        }
    }
}
