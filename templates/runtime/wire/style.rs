//! The styles of parameters other than the default one (OpenAPI 3.0, Style Values).

use super::super::model::Field;
use super::super::validate::{Checks, Container, Measured, Scale};
use super::encode_value::{EncodeValue, Slot};
use super::escape::HEADER;
use std::borrow::Cow;

/// A list that is sent as one value, with a separator between its items.
pub struct Joined<'a, T> {
    items: &'a T,
    separator: &'static str,
}

/// Sends a list as one value: `a,b` (`form` without `explode`), `a b` (`spaceDelimited`), `a|b` (`pipeDelimited`).
pub fn joined<'a, T>(items: &'a T, separator: &'static str) -> Joined<'a, T> {
    Joined { items, separator }
}

impl<T: EncodeValue> EncodeValue for Joined<'_, Vec<T>> {
    fn encode_value(&self, slot: &mut Slot<'_>) {
        let mut text = String::new();
        for (index, item) in self.items.iter().enumerate() {
            match text_of(item) {
                Ok(item) => {
                    if index > 0 {
                        text.push_str(self.separator);
                    }
                    text.push_str(item.as_deref().unwrap_or_default());
                }
                Err(reason) => return slot.reject(reason),
            }
        }
        if !self.items.is_empty() {
            slot.text(&text);
        }
    }
}

impl<T: EncodeValue> EncodeValue for Joined<'_, Field<Vec<T>>> {
    fn encode_value(&self, slot: &mut Slot<'_>) {
        match self.items {
            Field::Absent => {}
            Field::Null => slot.empty(),
            Field::Value(items) => joined(items, self.separator).encode_value(slot),
        }
    }
}

/// The cookies of a request, as one header (RFC 6265, section 4.2.1).
pub struct Cookies<'a>(&'a [(&'a str, &'a dyn EncodeValue)]);

/// Sends cookies, each by its name; absent ones are left out.
pub fn cookies<'a>(cookies: &'a [(&'a str, &'a dyn EncodeValue)]) -> Cookies<'a> {
    Cookies(cookies)
}

impl EncodeValue for Cookies<'_> {
    fn encode_value(&self, slot: &mut Slot<'_>) {
        let mut text = String::new();
        for (name, value) in self.0 {
            match text_of(*value) {
                Ok(None) => {}
                Ok(Some(value)) if value.contains([';', ',', ' ', '"', '\\']) => {
                    return slot.reject(format!(
                        "has a character in `{name}` that is not allowed in a cookie"
                    ));
                }
                Ok(Some(value)) => {
                    if !text.is_empty() {
                        text.push_str("; ");
                    }
                    text.push_str(name);
                    text.push('=');
                    text.push_str(&value);
                }
                Err(reason) => return slot.reject(reason),
            }
        }
        if !text.is_empty() {
            slot.text(&text);
        }
    }
}

/// Returns the text of a single value; `None` when it is absent.
fn text_of(value: &dyn EncodeValue) -> Result<Option<String>, Cow<'static, str>> {
    let mut text = Vec::new();
    let mut slot = Slot::bare(&mut text, &HEADER);
    value.encode_value(&mut slot);
    let occurrences = slot.finish()?;
    Ok((occurrences > 0).then(|| String::from_utf8_lossy(&text).into_owned()))
}

impl<T: Measured> Measured for Joined<'_, T> {
    fn measure(&self, scale: &mut Scale) {
        self.items.measure(scale);
    }
}

impl<T: Container> Container for Joined<'_, T> {
    type Item = T::Item;

    fn each<'a>(&'a self, checks: &mut Checks<'_>, check: impl Fn(&'a T::Item, &mut Checks<'_>)) {
        self.items.each(checks, check);
    }
}
