//! The modules that lead to the APIs of a crate, from its root on.

use crate::assemble::Crate;
use crate::model::api::Api;
use crate::model::module_path::ModulePath;
use crate::model::names::Name;
use std::collections::{BTreeMap, BTreeSet};

/// A module that APIs stand in: the root of the crate, `flex`, `flex::v1`.
#[derive(Debug, Default)]
pub(super) struct Branch<'a> {
    /// The API that the module is, where it is one.
    pub api: Option<&'a Api>,
    /// The modules in it that lead to further APIs, with the features that turn these on.
    pub children: BTreeMap<Name, BTreeSet<String>>,
    /// The titles of the APIs in it.
    pub titles: BTreeSet<&'a str>,
}

/// Returns every module that leads to an API, the root first. An API with the crate to itself has no module but that.
pub(super) fn branches(krate: &Crate) -> BTreeMap<ModulePath, Branch<'_>> {
    let mut branches: BTreeMap<ModulePath, Branch<'_>> = BTreeMap::new();
    for (module, api) in krate.apis() {
        let names = module.segments().iter().map(Some).chain([None]);
        for (at, next) in module.ancestry().zip(names) {
            let branch = branches.entry(at).or_default();
            branch.titles.insert(&api.title);
            match next {
                Some(name) => {
                    let features = branch.children.entry(name.clone()).or_default();
                    features.extend(module.feature());
                }
                None => branch.api = Some(api),
            }
        }
    }
    branches
}

/// Returns the condition that one of several features is on.
pub(super) fn condition(features: &BTreeSet<String>) -> String {
    let each: Vec<String> = features
        .iter()
        .map(|feature| format!("feature = \"{feature}\""))
        .collect();
    match each.as_slice() {
        [only] => only.clone(),
        several => format!("any({})", several.join(", ")),
    }
}
