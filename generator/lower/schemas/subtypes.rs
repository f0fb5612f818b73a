//! Components that are made of another one by `allOf`, where that has a discriminator: its subtypes (OpenAPI 3.0, section
//! 4.7.25).

use super::keywords::Keywords;
use super::{Schemas, Use, only_nullable};
use openapiv3::ReferenceOr;
use std::collections::BTreeMap;

/// Returns the subtypes of every component that has a discriminator and lists no alternatives, in the order of the
/// description: those that refer to it, and their own subtypes.
pub(super) fn find<'d>(schemas: &Schemas<'d>) -> BTreeMap<&'d str, Vec<&'d str>> {
    let mut children: BTreeMap<&'d str, Vec<&'d str>> = BTreeMap::new();
    let mut parents = Vec::new();
    for name in schemas.names() {
        let Some((_, ReferenceOr::Item(schema))) = schemas.get(name) else {
            continue;
        };
        let keywords = Keywords::of(schema);
        if keywords.data.discriminator.is_some()
            && keywords.one_of.is_empty()
            && keywords.any_of.is_empty()
        {
            parents.push(name);
        }
        // What only says of a schema that it may be null is no subtype of it.
        let is_alias = only_nullable(&keywords).is_some();
        for part in keywords.all_of {
            if is_alias {
                continue;
            }
            if let Some(base) = schemas.component(&Use::new(part, "")) {
                children.entry(base).or_default().push(name);
            }
        }
    }
    let of_parent = |parent: &'d str| {
        let mut found: Vec<&'d str> = Vec::new();
        let mut open = vec![parent];
        while let Some(base) = open.pop() {
            for child in children.get(base).into_iter().flatten() {
                if *child != parent && !found.contains(child) {
                    found.push(child);
                    open.push(child);
                }
            }
        }
        found.sort_by_key(|name| schemas.components.and_then(|all| all.get_index_of(*name)));
        found
    };
    parents
        .into_iter()
        .map(|parent| (parent, of_parent(parent)))
        .filter(|(_, found)| !found.is_empty())
        .collect()
}
