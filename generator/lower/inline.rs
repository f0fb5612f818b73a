//! The types of schemas in place: the module of each, and what it is called after.

use super::Lowering;
use super::open_enum::open_enum;
use super::schema::Site;
use super::schemas::{Facts, Use};
use crate::model::api::{NamedKind, TypePath};
use crate::model::names::{Kind as NameKind, Name};

impl<'d> Lowering<'d> {
    pub(super) fn inline_enum(
        &mut self,
        kind: NamedKind,
        place: &Use<'d>,
        facts: &Facts<'d>,
        site: Site<'_>,
    ) -> TypePath {
        let path = self.inline_path(kind, place, site);
        let open_enum = open_enum(facts, kind, path.name.clone(), place.pointer());
        self.resource(&path.module).enums.push(open_enum);
        path
    }

    pub(super) fn inline_model(
        &mut self,
        place: &Use<'d>,
        facts: &Facts<'d>,
        site: Site<'_>,
    ) -> TypePath {
        let path = self.inline_path(NamedKind::Model, place, site);
        // Before the types of its own fields, which are made on the way.
        let index = self.resource(&path.module).models.len();
        let model = self.apart(|lowering| lowering.model(facts, &path, place));
        self.resource(&path.module).models.insert(index, model);
        path
    }

    pub(super) fn inline_union(&mut self, place: &Use<'d>, site: Site<'_>) -> TypePath {
        let path = self.inline_path(NamedKind::Union, place, site);
        let index = self.resource(&path.module).unions.len();
        let union = self.apart(|lowering| lowering.union(place, &path, site.position));
        self.resource(&path.module).unions.insert(index, union);
        path
    }

    /// Makes a type of its own, in which the schemas that are being looked at may be used again.
    fn apart<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> T {
        let chain = std::mem::take(&mut self.chain);
        let result = make(self);
        self.chain = chain;
        result
    }

    /// Claims the name of a type without one of its own, and remembers it by where its schema is.
    fn inline_path(&mut self, kind: NamedKind, place: &Use<'d>, site: Site<'_>) -> TypePath {
        let (module, owner) = self.lexical_owner(place, site);
        let spelling = format!("{owner}_{}", site.field);
        let scope = self.scope(&module);
        let name = scope.claim_numbered(NameKind::Type, &spelling);
        let path = TypePath { module, name, kind };
        self.inline_types
            .insert(self.schemas.id(place), path.clone());
        path
    }

    /// Returns the type that a schema in place belongs to: the component that it is written in, where that is a type, so
    /// that its name does not depend on what is looked at first.
    fn lexical_owner(&self, place: &Use<'d>, site: Site<'_>) -> (Name, String) {
        let inside = place.pointer().strip_prefix("/components/schemas/");
        let (component, rest) = inside
            .map(|inside| inside.split_once('/').unwrap_or((inside, "")))
            .unzip();
        let component = component.map(crate::base::pointer::unescape);
        let path = component.and_then(|name| self.places.get(name.as_ref()));
        match path {
            Some(path) if rest.is_some_and(is_direct) => {
                (path.module.clone(), path.name.to_string())
            }
            Some(_) | None => (site.module.clone(), site.owner.to_owned()),
        }
    }

    /// Returns what the types inside a component are called after that is no type itself.
    pub(super) fn alias_site(&self, component: &str) -> (Name, String) {
        let (module, owner) = super::components::identity(component, 1, self.conventions);
        (self.renamed_module(module), owner)
    }
}

/// Whether the rest of a pointer leads from a type to a property or an alternative of its own.
fn is_direct(rest: &str) -> bool {
    let mut rest = rest;
    while let Some(part) = rest.strip_prefix("allOf/") {
        rest = part.split_once('/').map_or("", |(_, rest)| rest);
    }
    let is_inside = |rest: &str| {
        ["/properties/", "/oneOf/", "/anyOf/"]
            .iter()
            .any(|step| rest.contains(step))
    };
    match rest.strip_prefix("properties/") {
        Some(property) => !is_inside(property),
        None => !is_inside(&format!("/{rest}")) || !rest.contains('/'),
    }
}
