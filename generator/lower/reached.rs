//! The types of the components that something refers to, in the order of the description.

use super::Lowering;
use super::open_enum::open_enum;
use super::schema::Position;
use super::schemas::Kind;
use crate::model::api::{Model, OpenEnum, TypePath, Union};
use crate::model::names::Name;
use std::collections::BTreeMap;

impl<'d> Lowering<'d> {
    /// A description without operations is of its schemas.
    pub(super) fn reach_all_of_no_operations(&mut self) {
        let has_any = self.document.operations().next().is_some();
        if has_any || !self.document.webhooks().is_empty() {
            return;
        }
        let names: Vec<&'d str> = self.schemas.names().collect();
        for name in names {
            self.reach(name);
        }
    }

    /// Lowers the schemas that something refers to, until nothing new is referred to.
    pub(super) fn reached_components(&mut self) {
        let mut items: BTreeMap<&'d str, Item> = BTreeMap::new();
        while let Some(name) = self.queue.pop_front() {
            let Some(path) = self.places.get(name).cloned() else {
                continue;
            };
            let Some(place) = self.schemas.component_use(name) else {
                continue;
            };
            let Some(schema) = self.schemas.classify(&place) else {
                continue;
            };
            let is_sent = self.usage.is_in_requests(&self.schemas.id(&place));
            let position = if is_sent {
                self.note_rules(&schema.facts);
                Position::Input
            } else {
                Position::Json
            };
            let item = match &schema.kind {
                Kind::TextEnum | Kind::IntegerEnum => Item::Enum(open_enum(
                    &schema.facts,
                    path.kind,
                    path.name.clone(),
                    place.pointer(),
                )),
                Kind::Struct => Item::Model(self.model(&schema.facts, &path, &place)),
                Kind::Union(_) => Item::Union(self.union(&place, &path, position)),
                // These have no type of their own.
                Kind::Any
                | Kind::Scalar(_)
                | Kind::List(_)
                | Kind::Tuple(_)
                | Kind::Map(_)
                | Kind::Same(_) => continue,
            };
            items.insert(name, item);
        }
        self.file_in_order(items);
    }

    /// Puts each item into its module, in the order of the description and before what stands inline.
    fn file_in_order(&mut self, mut items: BTreeMap<&'d str, Item>) {
        let mut in_order: BTreeMap<Name, Filed> = BTreeMap::new();
        for (name, path) in &self.places {
            let filed = in_order.entry(path.module.clone()).or_default();
            match items.remove(name) {
                Some(Item::Model(model)) => filed.models.push(model),
                Some(Item::Enum(open_enum)) => filed.enums.push(open_enum),
                Some(Item::Union(union)) => filed.unions.push(union),
                None => {}
            }
        }
        for (module, filed) in in_order {
            let Filed {
                models,
                enums,
                unions,
            } = filed;
            if models.is_empty() && enums.is_empty() && unions.is_empty() {
                continue;
            }
            let resource = self.resource(&module);
            resource.models.splice(0..0, models);
            resource.enums.splice(0..0, enums);
            resource.unions.splice(0..0, unions);
        }
    }

    /// Marks a schema as referred to, and returns where it stands.
    pub(super) fn reach(&mut self, schema: &'d str) -> Option<TypePath> {
        let path = self.places.get(schema)?.clone();
        if self.reached.insert(schema) {
            self.queue.push_back(schema);
        }
        Some(path)
    }
}

/// What a schema with a name of its own becomes.
enum Item {
    Model(Model),
    Enum(OpenEnum),
    Union(Union),
}

/// The items of a module, in the order of the description.
#[derive(Default)]
struct Filed {
    models: Vec<Model>,
    enums: Vec<OpenEnum>,
    unions: Vec<Union>,
}
