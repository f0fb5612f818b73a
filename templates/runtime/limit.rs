//! Limits that a description sets to the values of a request, checked before they are sent.
//!
//! A limit is put around the value: `request.query("PageSize", &limit::range(&self.page_size, 1.0, 1000.0))`. What is not
//! set is not checked. A value beyond its limit is refused with [`Error::Build`](super::error::Error::Build).
//!
//! A body of JSON is checked part by part before it is written, by [`Check`].

pub use super::check::{Check, Checks, Container};

use super::check::outcome;
use super::encode_value::{EncodeValue, Slot};
use super::field::Field;
use super::json_text::JsonString;
use std::collections::BTreeMap;

/// A value and the limit it must keep.
pub struct Limited<'a, T> {
    value: &'a T,
    limit: Limit,
}

/// What a value is measured by.
#[derive(Debug, Clone, Copy)]
enum Limit {
    /// The number of characters of a text (JSON Schema Validation, 6.3.1 and 6.3.2).
    Length(usize, usize),
    /// The size of a number, both ends included.
    Range(f64, f64),
    /// What a number is more than.
    Above(f64),
    /// What a number is less than.
    Below(f64),
    /// The number of items of a list, or of entries of a map.
    Items(usize, usize),
}

/// Asks for a text of `min` to `max` characters.
pub fn length<T: Measured>(value: &T, min: usize, max: usize) -> Limited<'_, T> {
    Limited {
        value,
        limit: Limit::Length(min, max),
    }
}

/// Asks for a number from `min` to `max`.
pub fn range<T: Measured>(value: &T, min: f64, max: f64) -> Limited<'_, T> {
    Limited {
        value,
        limit: Limit::Range(min, max),
    }
}

/// Asks for a number that is more than `min`.
pub fn above<T: Measured>(value: &T, min: f64) -> Limited<'_, T> {
    Limited {
        value,
        limit: Limit::Above(min),
    }
}

/// Asks for a number that is less than `max`.
pub fn below<T: Measured>(value: &T, max: f64) -> Limited<'_, T> {
    Limited {
        value,
        limit: Limit::Below(max),
    }
}

/// Asks for a list of `min` to `max` items.
pub fn items<T: Measured>(value: &T, min: usize, max: usize) -> Limited<'_, T> {
    Limited {
        value,
        limit: Limit::Items(min, max),
    }
}

/// A list or a map, and the limit that each of its items or values must keep.
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

/// A value that can be measured: texts, numbers, lists, maps, and what may hold one.
pub trait Measured {
    /// Calls `length` with the number of characters, `size` with the number, or `items` with the number of items.
    fn measure(&self, scale: &mut Scale);
}

/// What a [`Measured`] value says of itself; a part that it does not have is left out.
#[derive(Debug, Default)]
pub struct Scale {
    length: Option<usize>,
    size: Option<f64>,
    items: Option<usize>,
}

impl Scale {
    /// Notes the number of characters.
    #[inline]
    pub fn length(&mut self, characters: usize) {
        self.length = Some(characters);
    }

    /// Notes the size of a number.
    #[inline]
    pub fn size(&mut self, number: f64) {
        self.size = Some(number);
    }

    /// Notes the number of items.
    #[inline]
    pub fn items(&mut self, items: usize) {
        self.items = Some(items);
    }

    #[inline]
    fn refusal(&self, limit: Limit) -> Option<String> {
        match limit {
            Limit::Length(min, max) => beyond(self.length?, min, max, "characters"),
            Limit::Items(min, max) => beyond(self.items?, min, max, "items"),
            Limit::Range(min, max) => {
                let number = self.size?;
                if number < min {
                    Some(format!("is {number}, and at least {min} is asked for"))
                } else if number > max {
                    Some(format!("is {number}, and at most {max} is allowed"))
                } else {
                    None
                }
            }
            Limit::Above(min) => self
                .size
                .filter(|number| *number <= min)
                .map(|number| format!("is {number}, and more than {min} is asked for")),
            Limit::Below(max) => self
                .size
                .filter(|number| *number >= max)
                .map(|number| format!("is {number}, and less than {max} is allowed")),
        }
    }
}

#[inline]
fn beyond(count: usize, min: usize, max: usize, unit: &str) -> Option<String> {
    if count < min {
        Some(format!(
            "has {count} {unit}, and at least {min} are asked for"
        ))
    } else if count > max {
        Some(format!("has {count} {unit}, and at most {max} are allowed"))
    } else {
        None
    }
}

impl<T: Measured> Limited<'_, T> {
    fn refusal(&self) -> Option<String> {
        let mut scale = Scale::default();
        self.value.measure(&mut scale);
        scale.refusal(self.limit)
    }
}

impl<T: Measured + EncodeValue> EncodeValue for Limited<'_, T> {
    fn encode_value(&self, slot: &mut Slot<'_>) {
        match self.refusal() {
            Some(reason) => slot.refuse(reason),
            None => self.value.encode_value(slot),
        }
    }
}

impl<T: Measured> Check for Limited<'_, T> {
    fn check(&self, checks: &mut Checks<'_>) {
        if let Some(reason) = self.refusal() {
            checks.refuse(&reason);
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

impl<'a, T, F, L> EncodeValue for Each<'a, T, F>
where
    T: Container + EncodeValue,
    F: Fn(&'a T::Item) -> L,
    L: Check,
{
    fn encode_value(&self, slot: &mut Slot<'_>) {
        match outcome(self) {
            Err(reason) => slot.refuse(reason),
            Ok(()) => self.items.encode_value(slot),
        }
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
    #[inline]
    fn measure(&self, scale: &mut Scale) {
        scale.length(self.chars().count());
    }
}

impl Measured for JsonString {
    #[inline]
    fn measure(&self, scale: &mut Scale) {
        scale.length(self.as_str().chars().count());
    }
}

impl Measured for i32 {
    #[inline]
    fn measure(&self, scale: &mut Scale) {
        scale.size(f64::from(*self));
    }
}

impl Measured for i64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "limits are small; beyond 2^53 the last digit does not decide"
    )]
    #[inline]
    fn measure(&self, scale: &mut Scale) {
        scale.size(*self as f64);
    }
}

impl Measured for f64 {
    #[inline]
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
