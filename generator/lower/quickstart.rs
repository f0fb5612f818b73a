//! The operation that a reader of the crate begins with.

use crate::model::api::{Location, Operation, Reading, Resource};
use crate::model::names::Name;
use std::collections::BTreeMap;

/// Returns the read that asks for the least, so that trying it changes nothing and costs nothing; `None` where nothing is read.
pub(super) fn read(resources: &BTreeMap<Name, Resource>) -> Option<(Name, usize)> {
    let operations = resources.iter().flat_map(|(module, resource)| {
        let operations = resource.operations.iter().enumerate();
        operations.map(move |(index, operation)| (module, index, operation))
    });
    let reads = operations.filter(|(_, _, operation)| {
        operation.method == "GET" && !operation.request_examples.is_empty()
    });
    let (module, index, _) = reads.min_by_key(|(_, _, operation)| effort(operation))?;
    Some((module.clone(), index))
}

/// What an operation asks for, and how little its response shows.
fn effort(operation: &Operation) -> (bool, usize, bool) {
    let asked = operation.params.iter();
    let asked = asked.filter(|param| param.required && param.location != Location::Account);
    let shows_data = operation.output.is_some() && operation.reading == Reading::Json;
    (operation.deprecated, asked.count(), !shows_data)
}
