//! What an action does to a node.

use super::{Edition, Overlay};
use crate::base::diagnostics::Diagnostic;
use crate::base::pointer::Pointer;
use crate::input::source_map::Origin;
use serde_json::{Map, Value};
use std::cmp::Ordering;

/// What targets are updated with.
pub(super) struct Update {
    pub value: Value,
    /// Where it is: in the overlay, or in the description where it is a copy.
    pub from: String,
    pub is_copy: bool,
}

impl Overlay<'_> {
    pub(super) fn remove(&mut self, document: &mut Value, pointer: &str, at: &str) {
        let Some((parent_pointer, last)) = pointer.rsplit_once('/') else {
            return self.wrong(
                "overlay-target",
                at,
                "the whole description cannot be removed",
            );
        };
        match document.pointer_mut(parent_pointer) {
            Some(Value::Object(entries)) => {
                entries.shift_remove(&unescape(last));
                self.stage_map.forget(pointer);
            }
            Some(Value::Array(items)) => {
                let Some(index) = last.parse().ok().filter(|index| *index < items.len()) else {
                    return;
                };
                items.remove(index);
                self.stage_map.forget(pointer);
                for after in index..items.len() {
                    let from = format!("{parent_pointer}/{}", after + 1);
                    self.stage_map
                        .rename(&from, &format!("{parent_pointer}/{after}"));
                }
            }
            _ => {}
        }
    }

    pub(super) fn update(
        &mut self,
        document: &mut Value,
        pointer: &str,
        update: &Update,
        at: &str,
    ) {
        // An earlier match of the same action took its place.
        let Some(target) = document.pointer_mut(pointer) else {
            return;
        };
        let (out, from) = (Pointer::to(pointer), Pointer::to(&update.from));
        let place = if update.is_copy { "copy" } else { "update" };
        let place = format!("{at}/{place}");
        match (target, &update.value) {
            (Value::Object(target), Value::Object(more)) => {
                self.merge(target, more, update, (&out, &from, &place));
            }
            (Value::Array(target), Value::Array(more)) if self.edition == Edition::V11 => {
                self.join(target, more, update, (&out, &from));
            }
            (Value::Array(target), entry) => {
                self.record(&out.index(target.len()), &from, update);
                target.push(entry.clone());
            }
            (Value::Object(_), _) => {
                let message = "what is merged into a map must be a map";
                self.wrong("overlay-structure", &place, message);
            }
            (target, value) if self.edition == Edition::V11 && is_primitive(value) => {
                self.record(&out, &from, update);
                target.clone_from(value);
            }
            (_, _) if self.edition == Edition::V11 => {
                let message = format!("`{pointer}` is neither a map nor a list, and this is one");
                self.wrong("overlay-structure", &place, message);
            }
            (_, _) => {
                let message =
                    format!("an update changes maps and lists, and `{pointer}` is neither");
                let diagnostic =
                    Diagnostic::error("overlay-target", format!("{at}/target"), message);
                self.diagnostics.push(
                    diagnostic.help("select the map that holds it, and name it in the update"),
                );
            }
        }
    }

    /// Merges maps; lists are joined, and everything else is replaced, which Overlay 1.1 allows only for what is neither a map
    /// nor a list.
    fn merge(
        &mut self,
        target: &mut Map<String, Value>,
        more: &Map<String, Value>,
        update: &Update,
        (out, from, place): (&Pointer<'_>, &Pointer<'_>, &str),
    ) {
        for (key, value) in more {
            let (out, from) = (out.key(key), from.key(key));
            match (target.get_mut(key), value) {
                (Some(Value::Object(target)), Value::Object(more)) => {
                    self.merge(target, more, update, (&out, &from, place));
                }
                (Some(Value::Array(target)), Value::Array(more)) => {
                    self.join(target, more, update, (&out, &from));
                }
                (Some(old), new)
                    if self.edition == Edition::V11
                        && !(is_primitive(old) && is_primitive(new)) =>
                {
                    let message = format!("`{out}` cannot be merged with a value of another kind");
                    self.wrong("overlay-structure", place, message);
                }
                (Some(_) | None, _) => {
                    self.stage_map.forget(&out.to_string());
                    self.record(&out, &from, update);
                    target.insert(key.clone(), value.clone());
                }
            }
        }
    }

    /// Adds the items of a list to another.
    fn join(
        &mut self,
        target: &mut Vec<Value>,
        more: &[Value],
        update: &Update,
        (out, from): (&Pointer<'_>, &Pointer<'_>),
    ) {
        for (index, item) in more.iter().enumerate() {
            self.record(&out.index(target.len()), &from.index(index), update);
            target.push(item.clone());
        }
    }

    /// Remembers where a node came from: the overlay, or where the node came from that is copied.
    fn record(&mut self, out: &Pointer<'_>, from: &Pointer<'_>, update: &Update) {
        let from = from.to_string();
        let origin = if update.is_copy {
            self.stage_map.origin(&from)
        } else {
            Origin {
                file: self.file,
                pointer: from,
            }
        };
        self.stage_map.record(out.to_string(), origin);
    }
}

fn is_primitive(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
        Value::Array(_) | Value::Object(_) => false,
    }
}

/// Sorts by document, with the items of a list by number.
pub(super) fn in_order(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a.split('/'), b.split('/'));
    loop {
        return match (left.next(), right.next()) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(a), Some(b)) if a == b => continue,
            (Some(a), Some(b)) => match (a.parse::<usize>(), b.parse::<usize>()) {
                (Ok(a), Ok(b)) => a.cmp(&b),
                _ => a.cmp(b),
            },
        };
    }
}

fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}
