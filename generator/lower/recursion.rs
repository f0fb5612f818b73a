//! A struct that holds itself needs a pointer on the way.

use crate::model::api::{Model, ModelField, NamedKind, Resource, Type, TypePath};
use crate::model::names::Name;
use std::collections::BTreeMap;

/// Puts every field behind a pointer whose type leads back to the struct that has it.
pub(super) fn break_cycles(resources: &mut BTreeMap<Name, Resource>) {
    let holds = direct_fields(resources);
    let circles = circles(&holds);
    for (module, resource) in resources {
        for Model { name, fields, .. } in &mut resource.models {
            let owner = circles.get(&(module.clone(), name.clone()));
            for field in fields {
                let mut targets = held_directly(&field.ty).into_iter();
                field.boxed =
                    owner.is_some() && targets.any(|target| owner == circles.get(&key(target)));
            }
        }
    }
}

pub(super) type Key = (Name, Name);

pub(super) fn key(path: &TypePath) -> Key {
    (path.module.clone(), path.name.clone())
}

/// The structs that each struct holds by value; lists and maps are pointers already.
fn direct_fields(resources: &BTreeMap<Name, Resource>) -> BTreeMap<Key, Vec<Key>> {
    let mut holds = BTreeMap::new();
    for (module, resource) in resources {
        for model in &resource.models {
            let fields = model.fields.iter();
            let targets = fields.flat_map(|ModelField { ty, .. }| held_directly(ty));
            let targets = targets.map(key).collect();
            holds.insert((module.clone(), model.name.clone()), targets);
        }
    }
    holds
}

/// Returns the structs that a value of a type has inside without a pointer; lists, maps and unions have one.
fn held_directly(ty: &Type) -> Vec<&TypePath> {
    match ty {
        Type::Named(path) if path.kind == NamedKind::Model => vec![path],
        Type::Tuple(positions) => positions.iter().flat_map(held_directly).collect(),
        Type::Nullable(inner) => held_directly(inner),
        _ => Vec::new(),
    }
}

/// Numbers the structs so that those which hold each other have the same number: the strongly connected components, in
/// time in proportion to the fields (Kosaraju).
pub(super) fn circles(holds: &BTreeMap<Key, Vec<Key>>) -> BTreeMap<&Key, usize> {
    let numbers: BTreeMap<&Key, usize> = holds.keys().zip(0..).collect();
    let mut forth: Vec<Vec<usize>> = Vec::with_capacity(holds.len());
    let mut back: Vec<Vec<usize>> = vec![Vec::new(); holds.len()];
    for (owner, targets) in holds.values().enumerate() {
        let targets = targets.iter().filter_map(|target| numbers.get(target));
        let targets: Vec<usize> = targets.copied().collect();
        for target in &targets {
            back[*target].push(owner);
        }
        forth.push(targets);
    }
    let mut finished = Vec::with_capacity(holds.len());
    let mut seen = vec![false; holds.len()];
    for start in 0..holds.len() {
        visit(&forth, start, &mut seen, |node| finished.push(node));
    }
    let mut circle_of = vec![0; holds.len()];
    let mut seen = vec![false; holds.len()];
    for start in finished.into_iter().rev() {
        visit(&back, start, &mut seen, |node| circle_of[node] = start);
    }
    holds.keys().zip(circle_of).collect()
}

/// Goes through what has not been seen, depth first, and hands on each node after all that it leads to.
fn visit(edges: &[Vec<usize>], start: usize, seen: &mut [bool], mut leave: impl FnMut(usize)) {
    if seen[start] {
        return;
    }
    seen[start] = true;
    let mut open = vec![(start, edges[start].iter())];
    while let Some((node, targets)) = open.last_mut() {
        match targets.next() {
            Some(&target) if !seen[target] => {
                seen[target] = true;
                open.push((target, edges[target].iter()));
            }
            Some(_) => {}
            None => {
                leave(*node);
                open.pop();
            }
        }
    }
}
