//! What is the same for all resources of an API.

use super::root::Root;
use super::users::Users;
use crate::model::api::{Api, Hashable, LimitedTypes};
use crate::model::names::Name;
use std::collections::{BTreeMap, BTreeSet};

/// What is the same for all resources of an API.
pub(super) struct Facts<'a> {
    pub root: &'a Root,
    pub limits: &'a LimitedTypes<'a>,
    pub hashable: &'a Hashable<'a>,
    pub users: &'a Users<'a>,
    /// The response headers that most operations have, which the documentation of each one does not repeat.
    pub common_headers: &'a BTreeSet<&'a Name>,
}

/// Returns the response headers that most operations have.
pub(super) fn common_headers(api: &Api) -> BTreeSet<&Name> {
    let operations = || api.resources.values().flat_map(|one| &one.operations);
    let mut counts: BTreeMap<&Name, usize> = BTreeMap::new();
    for name in operations().flat_map(|operation| &operation.headers) {
        *counts.entry(name).or_default() += 1;
    }
    let is_common = |count: usize| count > 2 && 2 * count > operations().count();
    let common = counts.into_iter().filter(|(_, count)| is_common(*count));
    common.map(|(name, _)| name).collect()
}
