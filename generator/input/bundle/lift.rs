//! What becomes a component: the names that are there already, the copies, and where they go.

use super::{
    Bundler, Kind, Lifted, Place, Pointer, Site, Spot, component, is_parameter, naming,
    only_reference,
};
use crate::base::pointer::escape;
use crate::input::source_map::{Origin, ROOT};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

impl Bundler {
    /// Gives what the description's components refer to the name of the component, the first by alphabet where two do.
    pub(super) fn claim_components(&mut self) {
        for kind in [
            Kind::Schema,
            Kind::Response,
            Kind::Parameter,
            Kind::Example,
            Kind::RequestBody,
            Kind::Header,
            Kind::SecurityScheme,
        ] {
            let Some(section) = kind.section() else {
                continue;
            };
            let Ok(container) = self.resolve(ROOT, &format!("#/components/{section}"), "") else {
                continue;
            };
            let Some(Value::Object(entries)) = self.value(&container) else {
                continue;
            };
            let references: Vec<(String, Option<String>)> = entries
                .iter()
                .map(|(name, entry)| (name.clone(), only_reference(entry).map(str::to_owned)))
                .collect();
            for (name, reference) in references {
                let place = Place {
                    file: container.file,
                    pointer: format!("{}/{}", container.pointer, escape(&name)),
                };
                if let Some(reference) = reference
                    && let Ok(target) = self.resolve(place.file, &reference, &place.pointer)
                    && component(&target, section).is_none()
                {
                    self.claim(target, section, &name);
                }
                self.claim(place, section, &name);
            }
        }
    }

    fn claim(&mut self, place: Place, section: &'static str, name: &str) {
        let known = self
            .claims
            .entry((place, section))
            .or_insert_with(|| name.to_owned());
        if name < known.as_str() {
            name.clone_into(known);
        }
    }

    /// Copies what becomes components, and what that refers to, until nothing new is referred to.
    pub(super) fn lift(&mut self) -> Vec<Value> {
        let mut contents = Vec::new();
        while let Some(Lifted { place, kind }) = self.lifted.get(contents.len()) {
            let (place, kind, token) = (place.clone(), *kind, token(contents.len()));
            let site = Site {
                file: place.file,
                at: Pointer::to(&place.pointer),
                out: Pointer::to(&token),
            };
            let mut content = self.value(&place).cloned().unwrap_or_default();
            if !self.afford(&content, site) {
                content = Value::Null;
            }
            if kind == Kind::Header && is_parameter(Some(&content)) {
                content = header_of(content);
            }
            self.spot(Spot::Node(kind), &mut content, site);
            let origin = Origin {
                file: place.file,
                pointer: place.pointer,
            };
            self.stage_map.record(token, origin);
            contents.push(content);
        }
        contents
    }

    /// Names what became components, and puts it there, in the order of the names.
    pub(super) fn insert(&mut self, document: &mut Value, mut contents: Vec<Value>) {
        let taken: BTreeSet<(&str, String)> = self
            .claims
            .iter()
            .map(|((_, section), name)| (*section, name.to_lowercase()))
            .collect();
        let names = naming::assign(&self.lifted, &self.files, &taken);
        let references: Vec<String> = names
            .iter()
            .map(|(section, name)| format!("#/components/{section}/{name}"))
            .collect();
        redeem(document, &references);
        for content in &mut contents {
            redeem(content, &references);
        }
        let mut sorted: Vec<(usize, Value)> = contents.into_iter().enumerate().collect();
        sorted.sort_by(|(a, _), (b, _)| names.get(*a).cmp(&names.get(*b)));
        for (index, content) in sorted {
            let Some((section, name)) = names.get(index) else {
                continue;
            };
            let to = format!("/components/{section}/{}", escape(name));
            self.stage_map.rename(&token(index), &to);
            let Some(components) = child_map(document, "components") else {
                continue;
            };
            let components = components
                .entry(*section)
                .or_insert_with(|| Map::new().into());
            if let Value::Object(entries) = components {
                entries.insert(name.clone(), content);
            }
        }
    }
}

/// Makes a header of a parameter.
fn header_of(mut parameter: Value) -> Value {
    if let Value::Object(entries) = &mut parameter {
        for key in ["name", "in"] {
            entries.shift_remove(key);
        }
    }
    parameter
}

fn child_map<'v>(value: &'v mut Value, key: &str) -> Option<&'v mut Map<String, Value>> {
    let entries = value.as_object_mut()?;
    entries
        .entry(key)
        .or_insert_with(|| Map::new().into())
        .as_object_mut()
}

/// Stands for a component until it has a name; no description can hold a NUL and mean something by it.
pub(super) fn token(index: usize) -> String {
    format!("\0{index}")
}

/// Puts names in the places of tokens.
fn redeem(value: &mut Value, references: &[String]) {
    match value {
        Value::Object(entries) => entries
            .values_mut()
            .for_each(|child| redeem(child, references)),
        Value::Array(items) => items.iter_mut().for_each(|item| redeem(item, references)),
        Value::String(text) => {
            if let Some(index) = text.strip_prefix('\0')
                && let Some(reference) = index
                    .parse()
                    .ok()
                    .and_then(|index: usize| references.get(index))
            {
                reference.clone_into(text);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

pub(super) fn size(value: &Value) -> usize {
    match value {
        Value::Object(entries) => 1 + entries.values().map(size).sum::<usize>(),
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 1,
    }
}
