//! Text, booleans, numbers and lists of text; each method returns whether the value can stay.

use super::{Walk, describe};
use crate::base::pointer::Pointer;
use serde_json::{Number, Value};

impl Walk<'_> {
    pub(super) fn text(&mut self, value: &mut Value, at: &Pointer<'_>) -> bool {
        match value {
            Value::String(_) => true,
            Value::Null => {
                self.left_out(at);
                false
            }
            Value::Bool(_) | Value::Number(_) => {
                let message = format!(
                    "expected a string, found {}; treated as a string",
                    describe(value)
                );
                self.fixed(at, message);
                *value = self.as_text(value, at);
                true
            }
            Value::Array(_) | Value::Object(_) if is_prose(at) => {
                let message = format!("expected a string, found {}; ignored", describe(value));
                self.fixed(at, message);
                false
            }
            Value::Array(_) | Value::Object(_) => {
                self.expected("text", value, at);
                false
            }
        }
    }

    pub(super) fn flag(&mut self, value: &mut Value, at: &Pointer<'_>) -> bool {
        let meant = match value {
            Value::Bool(_) => return true,
            Value::Null => {
                self.left_out(at);
                return false;
            }
            Value::String(text) => match text.to_ascii_lowercase().as_str() {
                "true" | "yes" | "1" => true,
                "false" | "no" | "0" | "" => false,
                _ => return self.no_flag(value, at),
            },
            Value::Number(number) => match number.as_f64() {
                Some(1.0) => true,
                Some(0.0) => false,
                _ => return self.no_flag(value, at),
            },
            Value::Array(_) | Value::Object(_) => return self.no_flag(value, at),
        };
        let message = format!(
            "expected a boolean, found {}; treated as `{meant}`",
            describe(value)
        );
        self.fixed(at, message);
        *value = Value::Bool(meant);
        true
    }

    fn no_flag(&mut self, value: &Value, at: &Pointer<'_>) -> bool {
        self.expected("`true` or `false`", value, at);
        false
    }

    /// A length or a number of items.
    pub(super) fn count(&mut self, value: &mut Value, at: &Pointer<'_>) -> bool {
        if !self.number(value, at) {
            return false;
        }
        let Value::Number(number) = value else {
            return false;
        };
        if number.is_u64() {
            return true;
        }
        let whole = number
            .as_f64()
            .filter(|whole| whole.fract() == 0.0 && *whole >= 0.0);
        // Exact up to 2^53; beyond it no text or list is too long.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it saturates"
        )]
        match whole {
            Some(whole) => {
                *value = Value::from(whole as u64);
                true
            }
            None => {
                let message = format!("expected a whole number, found {number}; ignored");
                self.fixed(at, message);
                false
            }
        }
    }

    pub(super) fn number(&mut self, value: &mut Value, at: &Pointer<'_>) -> bool {
        match value {
            Value::Number(_) => true,
            Value::Null => {
                self.left_out(at);
                false
            }
            Value::String(text) => match parsed(text) {
                Some(number) => {
                    self.fixed(at, "expected a number, found a string; treated as a number");
                    *value = Value::Number(number);
                    true
                }
                None => {
                    self.expected("a number", value, at);
                    false
                }
            },
            Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
                self.expected("a number", value, at);
                false
            }
        }
    }

    pub(super) fn texts(&mut self, value: &mut Value, at: &Pointer<'_>) -> bool {
        match value {
            Value::Array(items) => {
                let mut kept = Vec::new();
                let mut index = 0;
                items.retain_mut(|item| {
                    let name = item.get("name").filter(|name| name.is_string()).cloned();
                    if let Some(name) = name {
                        self.fixed(
                            &at.index(index),
                            "expected a string, found a map; its name is used",
                        );
                        *item = name;
                    }
                    let stays = self.text(item, &at.index(index));
                    if stays {
                        kept.push(index);
                    }
                    index += 1;
                    stays
                });
                self.shifted(at, &kept);
                true
            }
            Value::String(_) => {
                self.only_entry(value, at);
                true
            }
            Value::Null => {
                self.left_out(at);
                false
            }
            Value::Object(entries) if entries.is_empty() => {
                self.fixed(
                    at,
                    "expected a list, found an empty map; treated as an empty list",
                );
                *value = Value::Array(Vec::new());
                true
            }
            Value::Bool(_) | Value::Number(_) | Value::Object(_) => {
                self.expected("a list of texts", value, at);
                false
            }
        }
    }

    pub(super) fn text_map(&mut self, value: &mut Value, at: &Pointer<'_>) -> bool {
        match value {
            Value::Object(entries) => {
                for (key, text) in entries.iter_mut() {
                    if text.is_null() {
                        *text = Value::String(String::new());
                    }
                    if !self.text(text, &at.key(key)) {
                        *text = Value::String(String::new());
                    }
                }
                true
            }
            Value::Null => {
                self.left_out(at);
                false
            }
            Value::Array(items) if items.is_empty() => {
                self.fixed(
                    at,
                    "expected a map, found an empty list; treated as an empty map",
                );
                *value = Value::Object(super::Entries::new());
                true
            }
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                self.expected("a map", value, at);
                false
            }
        }
    }
}

/// Reads a number out of text.
pub(super) fn parsed(text: &str) -> Option<Number> {
    let text = text.trim();
    text.parse::<i64>()
        .map(Number::from)
        .ok()
        .or_else(|| text.parse::<u64>().map(Number::from).ok())
        .or_else(|| text.parse::<f64>().ok().and_then(Number::from_f64))
}

/// Whether a text is for people only.
fn is_prose(at: &Pointer<'_>) -> bool {
    let pointer = at.to_string();
    matches!(pointer.rsplit('/').next(), Some("description" | "summary"))
}
