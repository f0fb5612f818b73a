//! The patterns that limits refer to in the end.

use super::Lowering;
use crate::model::api::{Limit, Model, Operation, Union};
use crate::model::names::Name;
use std::collections::BTreeSet;

impl Lowering<'_> {
    /// Leaves out the patterns of limits that no value has, such as those of alternatives that became one type.
    pub(super) fn drop_unused_patterns(&mut self) {
        let mut used = BTreeSet::new();
        for resource in self.resources.values() {
            let of_operations = resource.operations.iter().flat_map(of_operation);
            let of_models = resource.models.iter().flat_map(of_model);
            let of_unions = resource.unions.iter().flat_map(of_union);
            for limits in of_operations.chain(of_models).chain(of_unions) {
                collect(limits, &mut used);
            }
        }
        self.patterns.retain(|name, _| used.contains(name));
    }
}

fn of_operation(operation: &Operation) -> impl Iterator<Item = &[Limit]> {
    let params = operation.params.iter();
    params.map(|param| param.limits.as_slice())
}

fn of_model(model: &Model) -> impl Iterator<Item = &[Limit]> {
    let fields = model.fields.iter().map(|field| field.limits.as_slice());
    let rest = model.rest.iter().map(|rest| rest.limits.as_slice());
    fields.chain(rest)
}

fn of_union(union: &Union) -> impl Iterator<Item = &[Limit]> {
    let alternatives = union.alternatives.iter();
    alternatives.map(|alternative| alternative.limits.as_slice())
}

fn collect(limits: &[Limit], used: &mut BTreeSet<Name>) {
    for limit in limits {
        match limit {
            Limit::Pattern(name, _) => {
                used.insert(name.clone());
            }
            Limit::Each(limits) => collect(limits, used),
            Limit::Length(..)
            | Limit::Range(..)
            | Limit::Above(_)
            | Limit::Below(_)
            | Limit::Items(..)
            | Limit::MultipleOf(_)
            | Limit::Unique => {}
        }
    }
}
