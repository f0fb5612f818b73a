//! What every schema is: the one place where it is decided, for schemas with a name and schemas in place alike.
//!
//! ```text
//! openapiv3::Schema --keywords--> Keywords --merge (allOf)--> Facts --classify--> Schema { facts, kind }
//! ```
//!
//! A schema is identified by where it is, and is classified once. Whether null is allowed belongs to the place that uses a
//! schema; it is in the facts of that place.

mod alternatives;
mod classify;
mod facts;
mod keywords;
mod kind;
mod merge;
mod scalar;
mod selection;
mod shape;
mod subtypes;
mod union;

pub(super) use facts::{Additional, Bound, Facts, Listed, Use};
pub(super) use keywords::SchemaRef;
pub(super) use kind::{Kind, Scalar, Schema, Union};
pub(super) use selection::Selector;

use crate::base::pointer::component_pointer;
use facts::Part;
use indexmap::IndexMap;
use keywords::Keywords;
use openapiv3::{ReferenceOr, Schema as SpecSchema};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ptr;
use std::rc::Rc;

/// How deep `allOf` and references to references are followed; no description that a person wrote comes near.
const DEPTH: usize = 256;

/// The schemas of the components, and what is known of every schema.
pub(super) struct Schemas<'d> {
    components: Option<&'d IndexMap<String, ReferenceOr<SpecSchema>>>,
    /// The components that are made of each component by `allOf`, where that has a discriminator.
    subtypes: BTreeMap<&'d str, Vec<&'d str>>,
    classified: RefCell<HashMap<String, Option<Rc<Schema<'d>>>>>,
    spreads_left: Cell<usize>,
    /// The schemas that have too many alternatives, or alternatives within alternatives.
    given_up: RefCell<BTreeSet<String>>,
}

/// Where a reference leads, by way of others.
pub(super) enum Target<'d> {
    Found {
        /// The last component on the way, if there is one.
        component: Option<&'d str>,
        schema: &'d SpecSchema,
    },
    /// There is nothing at the end.
    Dangling(&'d str),
    /// It leads back to itself.
    Circular(&'d str),
}

impl<'d> Schemas<'d> {
    pub fn new(components: Option<&'d IndexMap<String, ReferenceOr<SpecSchema>>>) -> Self {
        let mut schemas = Self {
            components,
            subtypes: BTreeMap::new(),
            classified: RefCell::default(),
            spreads_left: Cell::new(classify::SPREADS),
            given_up: RefCell::default(),
        };
        schemas.subtypes = subtypes::find(&schemas);
        schemas
    }

    pub fn names(&self) -> impl Iterator<Item = &'d str> + use<'d> {
        let components = self.components.into_iter();
        components.flat_map(|schemas| schemas.keys().map(String::as_str))
    }

    fn get(&self, name: &str) -> Option<(&'d str, &'d ReferenceOr<SpecSchema>)> {
        let (name, schema) = self.components?.get_key_value(name)?;
        Some((name, schema))
    }

    /// Returns the components that are made of a component by `allOf`, where that has a discriminator.
    pub fn subtypes(&self, component: &str) -> &[&'d str] {
        self.subtypes.get(component).map_or(&[], Vec::as_slice)
    }

    /// Follows references to a schema.
    pub fn follow(&self, schema: SchemaRef<'d>) -> Target<'d> {
        let mut schema = schema;
        let mut component = None;
        let mut passed: BTreeSet<&'d str> = BTreeSet::new();
        loop {
            let (name, reference) = match schema {
                SchemaRef::Item(schema) => return Target::Found { component, schema },
                SchemaRef::Component(name) => (Some(name), name),
                SchemaRef::Reference(reference) => {
                    let name = reference.strip_prefix("#/components/schemas/");
                    (name, reference)
                }
            };
            let Some((name, found)) = name.and_then(|name| self.get(name)) else {
                return Target::Dangling(reference);
            };
            if !passed.insert(name) {
                return Target::Circular(reference);
            }
            component = Some(name);
            schema = found.into();
        }
    }

    /// Returns the component that a place refers to, where it adds nothing of its own.
    pub fn component(&self, place: &Use<'d>) -> Option<&'d str> {
        let [part] = place.parts.as_slice() else {
            return None;
        };
        match (part.without_groups, self.follow(part.schema)) {
            (false, Target::Found { component, .. }) => component,
            (true, _) | (_, Target::Dangling(_) | Target::Circular(_)) => None,
        }
    }

    /// Returns the component that a place is the definition of.
    fn defined(&self, place: &Use<'d>) -> Option<&'d str> {
        let [part] = place.parts.as_slice() else {
            return None;
        };
        let mut names = self.names();
        names.find(|name| component_pointer(name) == part.pointer)
    }

    /// Returns what identifies the schema of a place: where it is, or where all of its parts are.
    pub fn id(&self, place: &Use<'d>) -> String {
        let ids = place.parts.iter().map(|part| {
            let at = match self.follow(part.schema) {
                Target::Found {
                    component: Some(component),
                    ..
                } => component_pointer(component),
                Target::Found { .. } | Target::Dangling(_) | Target::Circular(_) => {
                    part.pointer.clone()
                }
            };
            if part.without_groups {
                format!("{at}!")
            } else {
                at
            }
        });
        ids.collect::<Vec<_>>().join("&")
    }

    /// Returns the use of a component by its name.
    pub fn component_use(&self, name: &str) -> Option<Use<'d>> {
        let (_, schema) = self.get(name)?;
        Some(Use::new(schema, component_pointer(name)))
    }

    /// Returns what a schema says, everything merged that has to hold at once.
    pub fn facts(&self, place: &Use<'d>) -> Facts<'d> {
        let mut seen = BTreeSet::new();
        let mut parts = place.parts.iter().rev();
        let first = parts
            .next()
            .and_then(|part| self.part(part, DEPTH, &mut seen));
        let Some((mut facts, _)) = first else {
            return nothing(place.pointer());
        };
        let is_single = place.parts.len() == 1;
        for part in parts {
            if let Some((part, _)) = self.part(part, DEPTH, &mut seen) {
                let forbids_null = |one: &Facts<'_>| {
                    !one.nullable && (one.typ.is_some() || !one.values.is_empty())
                };
                facts.nullable = (facts.nullable || part.nullable)
                    && !forbids_null(&facts)
                    && !forbids_null(&part);
                facts.description = facts.description.or(part.description);
                facts.title = facts.title.or(part.title);
                facts.and(part);
            }
        }
        if !is_single {
            place.pointer().clone_into(&mut facts.pointer);
        }
        facts
    }

    /// Returns what a part says, with the component that it is; none where it leads nowhere, or was merged already.
    fn part(
        &self,
        part: &Part<'d>,
        depth: usize,
        seen: &mut BTreeSet<*const SpecSchema>,
    ) -> Option<(Facts<'d>, Option<&'d str>)> {
        let Target::Found { component, schema } = self.follow(part.schema) else {
            return None;
        };
        // A part counts once, however often it is named, so that parts that name each other end.
        if !seen.insert(ptr::from_ref(schema)) {
            return None;
        }
        let pointer = match component {
            Some(component) => component_pointer(component),
            None => part.pointer.clone(),
        };
        let mut facts = self.merged(schema, &pointer, depth, seen);
        if part.without_groups {
            facts.groups.clear();
        }
        Some((facts, component))
    }

    fn merged(
        &self,
        schema: &'d SpecSchema,
        pointer: &str,
        depth: usize,
        seen: &mut BTreeSet<*const SpecSchema>,
    ) -> Facts<'d> {
        let keywords = Keywords::of(schema);
        let mut facts = Facts::of(&keywords, pointer);
        let Some(depth) = depth.checked_sub(1) else {
            return facts;
        };
        if keywords.all_of.is_empty() {
            return facts;
        }
        // The properties of a base come before those that are added to it.
        let own = std::mem::take(&mut facts.properties);
        let mut whole = None;
        let own_type = facts.typ.is_some();
        let mut takes_null = true;
        for (index, part) in keywords.all_of.iter().enumerate() {
            let part = Part {
                schema: part.into(),
                pointer: format!("{pointer}/allOf/{index}"),
                without_groups: false,
            };
            let Some((mut part, component)) = self.part(&part, depth, seen) else {
                continue;
            };
            if component.is_some_and(|component| self.is_base(component, &part)) {
                part.groups.clear();
                part.discriminator = None;
            }
            if !part.only_describes() {
                takes_null &= part.nullable;
                whole = match whole {
                    None => Some(Inherited::of(&part)),
                    // Null is what all parts allow.
                    Some(_) => Some(Inherited {
                        nullable: takes_null && !own_type,
                        ..Inherited::default()
                    }),
                };
            }
            facts.description = facts
                .description
                .or(part.only_describes().then_some(part.description).flatten());
            facts.and(part);
        }
        for (wire, property) in own {
            facts.and_property(wire, property);
        }
        // What is one part and a few words about it is that part.
        let Inherited {
            nullable,
            deprecated,
            description,
            title,
        } = whole.unwrap_or_default();
        facts.nullable |= nullable;
        facts.deprecated |= deprecated;
        facts.description = facts.description.or(description);
        facts.title = facts.title.or(title);
        facts
    }

    /// Returns whether the alternatives of a component are what is made of it, and not what it is as a part of them.
    fn is_base(&self, component: &str, facts: &Facts<'d>) -> bool {
        if !self.subtypes(component).is_empty() {
            return true;
        }
        facts.groups.iter().any(|group| {
            group.alternatives.iter().any(|alternative| {
                let parts = self.component(alternative).and_then(|name| self.get(name));
                let parts = parts.and_then(|(_, schema)| schema.as_item());
                parts.is_some_and(|schema| {
                    Keywords::of(schema).all_of.iter().any(|part| {
                        let part = Use::new(part, "");
                        self.component(&part) == Some(component)
                    })
                })
            })
        })
    }

    /// Returns the only part of an `allOf` in place that says something of values, where nothing else describes them:
    /// a component with another description, or that may be null here.
    pub fn wrapped(&self, place: &Use<'d>) -> Option<Use<'d>> {
        let [part] = place.parts.as_slice() else {
            return None;
        };
        let SchemaRef::Item(schema) = part.schema else {
            return None;
        };
        let keywords = Keywords::of(schema);
        if !Facts::of(&keywords, "").only_describes() {
            return None;
        }
        let parts = keywords.all_of.iter().enumerate();
        let mut telling = parts.filter_map(|(index, one)| {
            let one = Use::new(one, format!("{}/allOf/{index}", part.pointer));
            (!self.facts(&one).only_describes() || self.component(&one).is_some()).then_some(one)
        });
        let only = telling.next().filter(|_| telling.next().is_none())?;
        // What has to be there as well belongs to a struct in place; a component stays what it is.
        let requires = keywords.all_of.iter().any(|one| {
            let required = self.facts(&Use::new(one, "")).required;
            required
                .iter()
                .any(|wire| !self.facts(&only).requires(wire))
        });
        let requires = requires || !keywords.required.is_empty();
        (!requires || self.component(&only).is_some()).then_some(only)
    }
}

impl<'d> Schemas<'d> {
    /// Returns the schema with subtypes of which a component only says that it may be null.
    fn aliased(&self, place: &Use<'d>) -> Option<Use<'d>> {
        let [part] = place.parts.as_slice() else {
            return None;
        };
        let Target::Found { schema, .. } = self.follow(part.schema) else {
            return None;
        };
        let keywords = Keywords::of(schema);
        let only = only_nullable(&keywords).filter(|_| !part.without_groups)?;
        let only = Use::new(only, format!("{}/allOf/0", part.pointer));
        let component = self.component(&only)?;
        (!self.subtypes(component).is_empty()).then_some(only)
    }
}

/// Returns the schema of which another one only says that it may be null.
fn only_nullable<'d>(keywords: &Keywords<'d>) -> Option<&'d ReferenceOr<SpecSchema>> {
    let [only] = keywords.all_of else {
        return None;
    };
    (keywords.data.nullable && Facts::of(keywords, "").only_describes()).then_some(only)
}

/// What a schema of one part takes over from it.
#[derive(Default)]
struct Inherited<'d> {
    nullable: bool,
    deprecated: bool,
    description: Option<&'d str>,
    title: Option<&'d str>,
}

impl<'d> Inherited<'d> {
    fn of(part: &Facts<'d>) -> Self {
        Self {
            nullable: part.nullable,
            deprecated: part.deprecated,
            description: part.description,
            title: part.title,
        }
    }
}

fn nothing<'d>(pointer: &str) -> Facts<'d> {
    static EMPTY: std::sync::OnceLock<SpecSchema> = std::sync::OnceLock::new();
    let empty = EMPTY.get_or_init(|| SpecSchema {
        schema_data: openapiv3::SchemaData::default(),
        schema_kind: openapiv3::SchemaKind::Any(openapiv3::AnySchema::default()),
    });
    Facts::of(&Keywords::of(empty), pointer)
}
