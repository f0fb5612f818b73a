//! Aliases of SIDs, which have the names of models: `ChannelSid` for the `sid` of a channel.

use super::Lowering;
use super::conventions::sid::{name_of, recognise};
use crate::base::pointer::component_pointer;
use crate::model::api::SidAlias;
use crate::model::names::{Kind, Name, Scope};
use std::collections::BTreeSet;

impl Lowering<'_> {
    /// Gives every model's own `sid` the model's name.
    pub(super) fn name_sids(&mut self) {
        if !self.conventions.is_twilio() {
            return;
        }
        let mut scope = Scope::new("");
        for (schema, path) in &self.places {
            let place = self.schemas.component_use(schema);
            let facts = place.map(|place| self.schemas.facts(&place));
            let sid = facts.and_then(|facts| facts.properties.get("sid").cloned());
            let sid = sid.map(|sid| self.schemas.facts(&sid));
            let Some(kind) = sid.and_then(|sid| recognise(&sid)) else {
                continue;
            };
            // Only the module can tell the aliases of two models of one name apart, whether or not both are there.
            let spelling = if Name::module(path.name.as_str()) == path.module {
                format!("{}Sid", path.name)
            } else {
                format!("{}_{}Sid", path.module, path.name)
            };
            let alias = scope.claim(Kind::Type, &spelling, schema);
            self.aliases.insert(
                alias,
                SidAlias {
                    kind: name_of(&kind),
                    model: path.clone(),
                    pointer: component_pointer(schema),
                },
            );
        }
    }

    pub(super) fn drop_unused_aliases(&mut self) {
        let emitted: BTreeSet<(Name, Name)> = self
            .resources
            .iter()
            .flat_map(|(module, resource)| {
                resource
                    .models
                    .iter()
                    .map(|model| (module.clone(), model.name.clone()))
            })
            .collect();
        let (used, sids) = (&self.used_aliases, &self.sids);
        self.aliases.retain(|name, SidAlias { kind, model, .. }| {
            let is_wanted = used.contains(name)
                || emitted.contains(&(model.module.clone(), model.name.clone()));
            is_wanted && sids.contains_key(kind)
        });
    }
}
