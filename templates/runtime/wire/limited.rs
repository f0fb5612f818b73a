//! Values with limits, which are checked before they are written.

use super::super::validate::{
    Check, Container, Each, Items, Limited, Matching, Measured, Textual, Unique, check,
};
use super::encode_value::EncodeValue;
use super::slot::Slot;

impl<T: Measured + EncodeValue> EncodeValue for Limited<'_, T> {
    fn encode_value(&self, slot: &mut Slot<'_>) {
        match self.violation() {
            Some(reason) => slot.reject(reason),
            None => self.value().encode_value(slot),
        }
    }
}

impl<'a, T, F, L> EncodeValue for Each<'a, T, F>
where
    T: Container + EncodeValue,
    F: Fn(&'a T::Item) -> L,
    L: Check,
{
    fn encode_value(&self, slot: &mut Slot<'_>) {
        match check(self) {
            Err(reason) => slot.reject(reason),
            Ok(()) => self.items().encode_value(slot),
        }
    }
}

impl<T: Textual + EncodeValue> EncodeValue for Matching<'_, T> {
    fn encode_value(&self, slot: &mut Slot<'_>) {
        match self.violation() {
            Some(reason) => slot.reject(reason),
            None => self.value().encode_value(slot),
        }
    }
}

impl<T: Items + EncodeValue> EncodeValue for Unique<'_, T> {
    fn encode_value(&self, slot: &mut Slot<'_>) {
        match self.violation() {
            Some(reason) => slot.reject(reason),
            None => self.value().encode_value(slot),
        }
    }
}
