//! How many types are within each other.

use super::recursion::{Key, circles, key};
use crate::model::api::{Resource, Type};
use crate::model::names::Name;
use std::collections::BTreeMap;

/// Returns the number of types on the longest way from a type to what it has inside, by way of lists, maps and pointers as
/// well. Of types that lead to each other, all are on it.
pub(super) fn nesting(resources: &BTreeMap<Name, Resource>) -> usize {
    let holds = fields(resources);
    let circles = circles(&holds);
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    let mut leads_to: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (owner, targets) in &holds {
        let Some(circle) = circles.get(owner) else {
            continue;
        };
        *sizes.entry(*circle).or_default() += 1;
        let targets = targets.iter().filter_map(|target| circles.get(target));
        let others = targets.copied().filter(|target| target != circle);
        leads_to.entry(*circle).or_default().extend(others);
    }
    let mut longest = BTreeMap::new();
    for circle in sizes.keys() {
        measure(*circle, &sizes, &leads_to, &mut longest);
    }
    longest.into_values().max().unwrap_or_default()
}

/// Finds the longest way from a circle; those that it leads to come first, without recursion.
fn measure(
    circle: usize,
    sizes: &BTreeMap<usize, usize>,
    leads_to: &BTreeMap<usize, Vec<usize>>,
    longest: &mut BTreeMap<usize, usize>,
) {
    let mut open = vec![circle];
    while let Some(circle) = open.last().copied() {
        let targets = leads_to.get(&circle).map_or(&[][..], Vec::as_slice);
        let unknown = targets
            .iter()
            .filter(|target| !longest.contains_key(target));
        let unknown: Vec<usize> = unknown.copied().collect();
        if unknown.is_empty() {
            let below = targets.iter().filter_map(|target| longest.get(target));
            let below = below.max().copied().unwrap_or_default();
            let own = sizes.get(&circle).copied().unwrap_or_default();
            longest.insert(circle, below + own);
            open.pop();
        } else {
            open.extend(unknown);
        }
    }
}

/// The types that each struct and each union has inside.
fn fields(resources: &BTreeMap<Name, Resource>) -> BTreeMap<Key, Vec<Key>> {
    let mut holds = BTreeMap::new();
    for (module, resource) in resources {
        let owner = |name: &Name| (module.clone(), name.clone());
        for model in &resource.models {
            let types = model.types().flat_map(Type::named);
            holds.insert(owner(&model.name), types.map(key).collect());
        }
        for union in &resource.unions {
            let types = union.types().flat_map(Type::named);
            holds.insert(owner(&union.name), types.map(key).collect());
        }
    }
    holds
}

#[cfg(test)]
mod tests {
    use crate::{Options, generate, source::Source};

    fn nesting(schemas: &str) -> usize {
        let text = format!(
            r##"{{"openapi": "3.1.0", "info": {{"title": "T", "version": "1"}}, "paths": {{"/s": {{"get": {{"operationId": "s",
            "responses": {{"200": {{"description": "", "content": {{"application/json": {{"schema": {{
            "$ref": "#/components/schemas/S0"}}}}}}}}}}}}}}}}, "components": {{"schemas": {{{schemas}}}}}}}"##
        );
        let source = Source::new("s.json", text);
        let Ok(generation) = generate([&source], &Options::new("deep", "0.1.0")) else {
            return 0;
        };
        let apis = generation.analysis.krate.apis();
        apis.map(|(_, api)| api.nesting).max().unwrap_or_default()
    }

    fn chain(count: usize, last: usize) -> String {
        let schema = |index: usize| {
            let next = if index + 1 == count { last } else { index + 1 };
            let fields = format!(r##""next": {{"$ref": "#/components/schemas/S{next}"}}"##);
            let fields = if next == index { String::new() } else { fields };
            format!(
                r#""S{index}": {{"type": "object", "properties": {{"a": {{"type": "string"}}{}{fields}}}}}"#,
                if fields.is_empty() { "" } else { ", " }
            )
        };
        (0..count).map(schema).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn chains_and_rings_are_as_long_as_they_are() {
        assert_eq!(nesting(&chain(5, 4)), 5);
        assert_eq!(nesting(&chain(130, 129)), 130);
        assert_eq!(nesting(&chain(70, 0)), 70);
    }

    #[test]
    fn what_a_tuple_has_inside_counts() {
        let schemas = r##""S0": {"type": "object", "properties": {"pair": {"type": "array", "prefixItems": [
            {"type": "string"}, {"$ref": "#/components/schemas/S1"}], "items": false, "minItems": 2}}},
            "S1": {"type": "object", "properties": {"a": {"type": "string"}}}"##;
        assert_eq!(nesting(schemas), 2);
    }
}
