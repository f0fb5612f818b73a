//! The schemas of the components, and what a schema says once its parts are put together.

use super::shape::{Property, SchemaRef, Shape};
use indexmap::IndexMap;
use openapiv3::{ReferenceOr, Schema};
use std::collections::BTreeSet;
use std::ptr;

/// How deep `allOf` is followed; no description that a person wrote comes near.
const DEPTH: usize = 32;

/// What a schema is made of: a part counts once, however often it is named and whatever names it, so that neither parts that
/// name each other nor parts that are named twice at each of many steps take longer than they are long.
type Parts = BTreeSet<*const Schema>;

/// The schemas of the components, by name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Schemas<'d>(pub Option<&'d IndexMap<String, ReferenceOr<Schema>>>);

impl<'d> Schemas<'d> {
    pub fn get(self, name: &str) -> Option<(&'d str, &'d ReferenceOr<Schema>)> {
        let (name, schema) = self.0?.get_key_value(name)?;
        Some((name, schema))
    }

    pub fn names(self) -> impl Iterator<Item = &'d str> {
        self.0
            .into_iter()
            .flat_map(|schemas| schemas.keys().map(String::as_str))
    }

    /// Follows references to a schema, with the name of the last component on the way.
    pub fn follow(self, schema: SchemaRef<'d>) -> Option<(Option<&'d str>, &'d Schema)> {
        let mut schema = schema;
        let mut last = None;
        for _ in 0..DEPTH {
            match schema {
                SchemaRef::Item(found) => return Some((last, found)),
                SchemaRef::Reference(reference) => {
                    let name = reference.strip_prefix("#/components/schemas/")?;
                    let (name, found) = self.get(name)?;
                    last = Some(name);
                    schema = found.into();
                }
            }
        }
        None
    }

    /// Follows references to a schema.
    pub fn target(self, schema: impl Into<SchemaRef<'d>>) -> Option<&'d Schema> {
        self.follow(schema.into()).map(|(_, schema)| schema)
    }

    /// Returns what a schema says, with the parts of its `allOf` merged in.
    pub fn shape(self, schema: &'d Schema) -> Shape<'d> {
        self.merged(schema, DEPTH, &mut Parts::from([ptr::from_ref(schema)]))
    }

    fn merged(self, schema: &'d Schema, depth: usize, parts: &mut Parts) -> Shape<'d> {
        let mut shape = Shape::of(schema);
        let Some(depth) = depth.checked_sub(1) else {
            return shape;
        };
        let is_part = parts.len() > 1;
        let own = std::mem::take(&mut shape.properties);
        for part in std::mem::take(&mut shape.all_of) {
            let Some((name, part)) = self.follow(part.into()) else {
                continue;
            };
            if !parts.insert(ptr::from_ref(part)) {
                continue;
            }
            let mut part = self.merged(part, depth, parts);
            if part.has_properties() {
                // Where a base lists what is made of it, that is not what its heirs are.
                part.one_of = &[];
                part.any_of = &[];
            }
            if let Some(name) = name {
                let base = super::component_pointer(name);
                for property in &mut part.properties {
                    property.pointer.get_or_insert_with(|| {
                        format!(
                            "{base}/properties/{}",
                            crate::base::pointer::escape(property.wire)
                        )
                    });
                }
            }
            absorb(&mut shape, part);
        }
        for property in own {
            put(&mut shape.properties, property);
        }
        if shape.has_properties() && !(is_part && self.lists_heirs(schema, &shape)) {
            self.absorb_alternatives(&mut shape, depth, parts);
        }
        shape
    }

    /// Whether the alternatives of a schema are made of it.
    fn lists_heirs(self, schema: &'d Schema, shape: &Shape<'d>) -> bool {
        let targets = |parts: &'d [ReferenceOr<Schema>]| {
            parts
                .iter()
                .filter_map(move |part| self.follow(part.into()))
                .map(|(_, target)| target)
        };
        targets(shape.one_of)
            .chain(targets(shape.any_of))
            .any(|one| targets(Shape::of(one).all_of).any(|base| ptr::eq(base, schema)))
    }

    /// Adds the properties of alternatives to an object that has properties of its own: any of them may be there.
    fn absorb_alternatives(self, shape: &mut Shape<'d>, depth: usize, parts: &mut Parts) {
        for part in shape.one_of.iter().chain(shape.any_of) {
            if let Some((_, part)) = self.follow(part.into())
                && parts.insert(ptr::from_ref(part))
            {
                for property in self.merged(part, depth.min(4), parts).properties {
                    if !shape
                        .properties
                        .iter()
                        .any(|known| known.wire == property.wire)
                    {
                        shape.properties.push(property);
                    }
                }
            }
        }
    }

    /// Whether a schema becomes an enum of several types: some alternative is an object or a list.
    pub fn is_union(self, shape: &Shape<'d>) -> bool {
        let (_, alternatives) = shape.alternatives();
        let is_structured = |part: &'d ReferenceOr<Schema>| {
            self.follow(part.into()).is_some_and(|(_, part)| {
                let part = self.shape(part);
                part.has_properties() || part.typ == Some("array") || self.is_nested_union(&part)
            })
        };
        !shape.has_properties() && alternatives.len() > 1 && alternatives.iter().any(is_structured)
    }

    fn is_nested_union(self, shape: &Shape<'d>) -> bool {
        let (_, alternatives) = shape.alternatives();
        alternatives.len() > 1
            && alternatives.iter().any(|part| {
                self.follow(part.into())
                    .is_some_and(|(_, part)| self.shape(part).has_properties())
            })
    }
}

/// Adds what a part of an `allOf` says and the whole does not.
fn absorb<'d>(shape: &mut Shape<'d>, part: Shape<'d>) {
    for property in part.properties {
        put(&mut shape.properties, property);
    }
    shape.required.extend(part.required);
    shape.typ = shape.typ.or(part.typ);
    shape.format = shape.format.or(part.format);
    shape.pattern = shape.pattern.or(part.pattern);
    shape.min_length = shape.min_length.or(part.min_length);
    shape.max_length = shape.max_length.or(part.max_length);
    shape.minimum = shape.minimum.or(part.minimum);
    shape.maximum = shape.maximum.or(part.maximum);
    shape.exclusive_minimum |= part.exclusive_minimum;
    shape.exclusive_maximum |= part.exclusive_maximum;
    shape.multiple_of = shape.multiple_of.or(part.multiple_of);
    shape.additional = shape.additional.or(part.additional);
    shape.items = shape.items.or(part.items);
    shape.min_items = shape.min_items.or(part.min_items);
    shape.max_items = shape.max_items.or(part.max_items);
    shape.unique_items |= part.unique_items;
    if shape.enumeration.is_empty() {
        shape.enumeration = part.enumeration;
    }
    if shape.one_of.is_empty() {
        shape.one_of = part.one_of;
    }
    if shape.any_of.is_empty() {
        shape.any_of = part.any_of;
    }
    shape.not |= part.not;
    shape.hidden |= part.hidden || part.data.write_only;
}

/// A property that is there already keeps its place and takes the later schema.
fn put<'d>(properties: &mut Vec<Property<'d>>, property: Property<'d>) {
    match properties
        .iter_mut()
        .find(|known| known.wire == property.wire)
    {
        Some(known) => *known = property,
        None => properties.push(property),
    }
}
