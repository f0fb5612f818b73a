//! Schemas that stand in place and lead elsewhere: to a component with something said of it here, or back to themselves.

use super::Lowering;
use super::schema::{Lowered, Site};
use super::shape::Shape;
use crate::model::api::TypePath;
use openapiv3::{AnySchema, ReferenceOr, Schema, SchemaData, SchemaKind};
use std::ptr;

/// A type that is being made, and what it is made of.
#[derive(Debug)]
pub(super) struct UnderWay<'d> {
    of: &'d SchemaData,
    path: TypePath,
}

impl<'d> Lowering<'d> {
    /// Decides what a schema is that has one part in its `allOf`, besides what only describes it: that part, as described
    /// here.
    pub(super) fn wrapped(&mut self, schema: &'d Schema, site: Site<'_>) -> Option<Lowered> {
        let plain = Shape::of(schema);
        let at = site.pointer.key("allOf");
        for (index, part) in plain.all_of.iter().enumerate() {
            if let ReferenceOr::Reference { reference } = part {
                self.resolve(reference, &at.index(index));
            }
        }
        let (said, parts): (Vec<_>, Vec<_>) = plain
            .all_of
            .iter()
            .enumerate()
            .partition(|(_, part)| part.as_item().is_some_and(only_describes));
        let ([(index, only)], false) = (parts.as_slice(), plain.has_properties()) else {
            return None;
        };
        let pointer = &at.index(*index);
        let inner = self.schema(*only, Site { pointer, ..site });
        let said = said.into_iter().filter_map(|(_, part)| part.as_item());
        let described = said.fold(inner, |inner, part| inner.overridden_by(&Shape::of(part)));
        let mut outer = described.overridden_by(&plain);
        let besides = self.limits(&plain, &outer.ty, Vec::new(), site);
        outer.limits.extend(besides);
        Some(outer)
    }

    /// Returns the type that is being made of a schema, where it holds itself.
    pub(super) fn under_way(&self, shape: &Shape<'d>) -> Option<TypePath> {
        let mut types = self.under_way.iter();
        let found = types.find(|one| ptr::eq(one.of, shape.data));
        found.map(|one| one.path.clone())
    }

    /// Makes a type of a schema that stands in place; where the schema leads back to itself, that is the type.
    pub(super) fn inside<T>(
        &mut self,
        shape: &Shape<'d>,
        path: &TypePath,
        make: impl FnOnce(&mut Self) -> T,
    ) -> T {
        self.following.enter_type();
        self.under_way.push(UnderWay {
            of: shape.data,
            path: path.clone(),
        });
        let done = make(self);
        self.under_way.pop();
        self.following.leave_type();
        done
    }
}

/// Whether a part of an `allOf` says nothing of the values: `{description: The address to write to.}`.
fn only_describes(part: &Schema) -> bool {
    matches!(&part.schema_kind, SchemaKind::Any(any) if *any == AnySchema::default())
}
