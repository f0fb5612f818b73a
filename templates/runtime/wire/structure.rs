//! Writing objects, lists and values of any type in the style of a parameter.

use super::super::decode::{Kind as JsonKind, Node};
use super::slot::{Place, Slot};
use super::styles::Kind;
use super::visit::visit_json;
use std::borrow::Cow;

impl Slot<'_> {
    /// Adds a value by its JSON text.
    pub(super) fn structure(&mut self, json: Vec<u8>) {
        if self.style.kind == Kind::Json {
            match std::str::from_utf8(&json) {
                Ok(text) if self.place == Place::Header => self.text(&in_ascii(text)),
                Ok(text) => self.text(text),
                Err(_) => self.reject("cannot be written as text"),
            }
            return;
        }
        if visit_json(json, &mut |node| self.node(node)).is_err() {
            self.reject("cannot be written as text");
        }
    }

    fn node(&mut self, node: Node<'_>) {
        match (self.style.kind, node.kind()) {
            (_, JsonKind::Null) => self.empty(),
            (Kind::TextOrJson, JsonKind::List) if self.style.is_exploded => {
                for item in node.items() {
                    self.text(&text(item));
                }
            }
            (Kind::TextOrJson, _) => self.text(&text(node)),
            (_, JsonKind::List | JsonKind::Object) if self.style.is_deep() => {
                let name = self.key();
                self.deep(&name, node);
            }
            (_, JsonKind::List) => {
                for item in node.items().filter(|item| !item.is_null()) {
                    self.text(&text(item));
                }
            }
            (_, JsonKind::Object) => self.members(node),
            (_, JsonKind::String | JsonKind::Number | JsonKind::Bool) => self.text(&text(node)),
        }
    }

    /// Adds the members of an object: as pairs, or as names and values in turn.
    fn members(&mut self, node: Node<'_>) {
        let has_names = matches!(self.style.kind, Kind::Form | Kind::Matrix);
        for (key, value) in node.entries() {
            let key = key.text();
            match (self.style.is_exploded, has_names) {
                (true, true) => {
                    let name = self.name(&key);
                    match value.kind() {
                        JsonKind::List => {
                            for item in value.items() {
                                self.open_named(&name);
                                self.push(&text(item));
                            }
                        }
                        _ => {
                            self.open_named(&name);
                            self.push(&text(value));
                        }
                    }
                }
                (true, false) => {
                    self.text(&key);
                    self.out.push(b'=');
                    self.push(&text(value));
                }
                (false, _) if value.is_null() => {}
                (false, _) => {
                    self.text(&key);
                    self.text(&text(value));
                }
            }
        }
    }

    /// Adds the members of an object and the items of a list, each under its own name.
    fn deep(&mut self, name: &[u8], node: Node<'_>) {
        match node.kind() {
            JsonKind::Object => {
                for (key, value) in node.entries() {
                    let name = match self.style.kind {
                        Kind::Prefixed(prefix) => self.name(&format!("{prefix}.{}", key.text())),
                        _ => inside(name, &self.name(&key.text())),
                    };
                    match value.kind() {
                        JsonKind::List if value.items().all(is_single) => {
                            for item in value.items() {
                                self.open_named(&name);
                                self.push(&text(item));
                            }
                        }
                        _ => self.deep(&name, value),
                    }
                }
            }
            JsonKind::List => {
                for (index, item) in node.items().enumerate() {
                    self.deep(&inside(name, index.to_string().as_bytes()), item);
                }
            }
            JsonKind::Null | JsonKind::Bool | JsonKind::Number | JsonKind::String => {
                self.open_named(name);
                self.push(&text(node));
            }
        }
    }
}

/// Returns JSON text with escapes for what a header cannot have (RFC 9110, section 5.5).
fn in_ascii(json: &str) -> Cow<'_, str> {
    let is_allowed = |c: char| (' '..='~').contains(&c);
    if json.chars().all(is_allowed) {
        return Cow::Borrowed(json);
    }
    let mut text = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if is_allowed(c) {
            text.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                text.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    Cow::Owned(text)
}

/// `name[key]`, with its brackets encoded (RFC 3986, section 3.4).
fn inside(name: &[u8], key: &[u8]) -> Vec<u8> {
    [name, b"%5B", key, b"%5D"].concat()
}

fn is_single(node: Node<'_>) -> bool {
    !matches!(node.kind(), JsonKind::List | JsonKind::Object)
}

/// Returns a value as text: JSON for objects and lists, for which no style has a form.
pub(super) fn text(node: Node<'_>) -> Cow<'_, str> {
    match node.kind() {
        JsonKind::Null => Cow::Borrowed(""),
        JsonKind::String => node.text().unwrap_or_default(),
        JsonKind::Bool | JsonKind::Number | JsonKind::List | JsonKind::Object => {
            Cow::Borrowed(node.raw())
        }
    }
}
