//! Both APIs, and which types have another name now.

use super::catalogue::{Catalogue, Key};
use super::operation::Pairing;
use super::rename;
use crate::model::api::Api;
use std::collections::BTreeMap;

/// Both APIs, with what is known of both at once.
pub(super) struct Context<'a> {
    pub before: Catalogue<'a>,
    pub after: Catalogue<'a>,
    /// The new keys of types that are called otherwise now, by their old ones.
    pub renamed: BTreeMap<Key<'a>, Key<'a>>,
    pub operations: Pairing<'a>,
}

impl<'a> Context<'a> {
    pub fn new(old: &'a Api, new: &'a Api) -> Self {
        let (before, after) = (Catalogue::new(old), Catalogue::new(new));
        let operations = Pairing::new(old, new);
        let renamed = rename::types(&before, &after, &operations);
        Self {
            before,
            after,
            renamed,
            operations,
        }
    }
}
