//! Lists in which no item occurs twice.

use super::super::model::{Encode, Field, JsonWriter};
use super::check::{Check, Checks};
use std::collections::HashSet;

/// A list that has no item twice.
pub struct Unique<'a, T>(&'a T);

/// Requires a list in which no item occurs twice.
pub fn unique<T: Items>(value: &T) -> Unique<'_, T> {
    Unique(value)
}

/// A list, or an optional one.
pub trait Items {
    /// Calls `visit` with the JSON text of each item, until it returns `false`.
    fn each_item(&self, visit: &mut dyn FnMut(Vec<u8>) -> bool);
}

impl<T: Encode> Items for Vec<T> {
    fn each_item(&self, visit: &mut dyn FnMut(Vec<u8>) -> bool) {
        for item in self {
            let mut json = JsonWriter::new();
            item.encode(&mut json);
            if !visit(json.finish().unwrap_or_default()) {
                return;
            }
        }
    }
}

impl<T: Items> Items for Box<T> {
    fn each_item(&self, visit: &mut dyn FnMut(Vec<u8>) -> bool) {
        (**self).each_item(visit);
    }
}

impl<T: Items> Items for Option<T> {
    fn each_item(&self, visit: &mut dyn FnMut(Vec<u8>) -> bool) {
        if let Some(items) = self {
            items.each_item(visit);
        }
    }
}

impl<T: Items> Items for Field<T> {
    fn each_item(&self, visit: &mut dyn FnMut(Vec<u8>) -> bool) {
        if let Self::Value(items) = self {
            items.each_item(visit);
        }
    }
}

impl<T> Unique<'_, T> {
    pub(crate) fn value(&self) -> &T {
        self.0
    }
}

impl<T: Items> Unique<'_, T> {
    pub(crate) fn violation(&self) -> Option<String> {
        let mut seen = HashSet::new();
        let mut index = 0;
        let mut found = None;
        self.0.each_item(&mut |item| {
            if !seen.insert(item) {
                found = Some(index);
            }
            index += 1;
            found.is_none()
        });
        found.map(|index| format!("has the item {index} twice"))
    }
}

impl<T: Items> Check for Unique<'_, T> {
    fn check(&self, checks: &mut Checks<'_>) {
        if let Some(reason) = self.violation() {
            checks.fail(&reason);
        }
    }
}
