//! What an action does to a node.

use super::Overlay;
use crate::base::diagnostics::Diagnostic;
use crate::base::pointer::Pointer;
use crate::input::source_map::Origin;
use serde_json::{Map, Value};
use std::cmp::Ordering;

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

    pub(super) fn update(&mut self, document: &mut Value, pointer: &str, update: &Value, at: &str) {
        let from = format!("{at}/update");
        match (document.pointer_mut(pointer), update) {
            (Some(Value::Object(target)), Value::Object(update)) => {
                self.merge(target, update, &Pointer::to(pointer), &Pointer::to(&from));
            }
            (Some(Value::Array(target)), entry) => {
                self.record(&format!("{pointer}/{}", target.len()), &from);
                target.push(entry.clone());
            }
            (Some(Value::Object(_)), _) => {
                self.wrong(
                    "overlay-structure",
                    &from,
                    "what is merged into a map must be a map",
                );
            }
            (Some(_), _) => {
                let message =
                    format!("an update changes maps and lists, and `{pointer}` is neither");
                let diagnostic =
                    Diagnostic::error("overlay-target", format!("{at}/target"), message);
                self.diagnostics.push(
                    diagnostic.help("select the map that holds it, and name it in the update"),
                );
            }
            // An earlier match of the same action took its place.
            (None, _) => {}
        }
    }

    /// Merges maps; lists are joined, and everything else is replaced.
    fn merge(
        &mut self,
        target: &mut Map<String, Value>,
        update: &Map<String, Value>,
        out: &Pointer<'_>,
        from: &Pointer<'_>,
    ) {
        for (key, value) in update {
            let (out, from) = (out.key(key), from.key(key));
            match (target.get_mut(key), value) {
                (Some(Value::Object(target)), Value::Object(update)) => {
                    self.merge(target, update, &out, &from);
                }
                (Some(Value::Array(target)), Value::Array(more)) => {
                    for (index, item) in more.iter().enumerate() {
                        self.record(
                            &out.index(target.len()).to_string(),
                            &from.index(index).to_string(),
                        );
                        target.push(item.clone());
                    }
                }
                (Some(_) | None, _) => {
                    let out = out.to_string();
                    self.stage_map.forget(&out);
                    self.record(&out, &from.to_string());
                    target.insert(key.clone(), value.clone());
                }
            }
        }
    }

    fn record(&mut self, out: &str, from: &str) {
        let origin = Origin {
            file: self.file,
            pointer: from.to_owned(),
        };
        self.stage_map.record(out.to_owned(), origin);
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
