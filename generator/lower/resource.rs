//! The modules of the crate.

use super::Lowering;
use crate::model::api::{Docs, Resource};
use crate::model::names::Name;

impl Lowering<'_> {
    /// Returns the module of that name, made when it is first asked for.
    pub(super) fn resource(&mut self, module: &Name) -> &mut Resource {
        self.resources
            .entry(module.clone())
            .or_insert_with(|| Resource {
                docs: Docs::default(),
                models: Vec::new(),
                enums: Vec::new(),
                unions: Vec::new(),
                responses: Vec::new(),
                webhooks: Vec::new(),
                operations: Vec::new(),
                feature: None,
            })
    }
}
