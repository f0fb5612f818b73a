//! A struct that holds itself needs a pointer on the way.

use crate::api::{Model, ModelField, Resource, Type, TypePath};
use crate::names::Name;
use std::collections::{BTreeMap, BTreeSet};

/// Puts every field behind a pointer whose type leads back to the struct that has it.
pub(super) fn break_cycles(resources: &mut BTreeMap<Name, Resource>) {
    let holds = direct_fields(resources);
    for (module, resource) in resources {
        for Model { name, fields, .. } in &mut resource.models {
            for field in fields {
                if let Type::Named(target) = &field.ty {
                    field.boxed = reaches(&holds, target, &(module.clone(), name.clone()));
                }
            }
        }
    }
}

type Key = (Name, Name);

fn key(path: &TypePath) -> Key {
    (path.module.clone(), path.name.clone())
}

/// The structs that each struct holds by value; lists and maps are pointers already.
fn direct_fields(resources: &BTreeMap<Name, Resource>) -> BTreeMap<Key, Vec<Key>> {
    let mut holds = BTreeMap::new();
    for (module, resource) in resources {
        for model in &resource.models {
            let targets = model
                .fields
                .iter()
                .filter_map(|ModelField { ty, .. }| match ty {
                    Type::Named(path) if !path.is_enum => Some(key(path)),
                    _ => None,
                });
            holds.insert((module.clone(), model.name.clone()), targets.collect());
        }
    }
    holds
}

fn reaches(holds: &BTreeMap<Key, Vec<Key>>, from: &TypePath, goal: &Key) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![key(from)];
    while let Some(at) = open.pop() {
        if at == *goal {
            return true;
        }
        if let Some(targets) = holds.get(&at)
            && seen.insert(at)
        {
            open.extend(targets.iter().cloned());
        }
    }
    false
}
