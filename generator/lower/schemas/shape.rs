//! What the values of an alternative look like from outside, for unions without a tag.

use super::{Additional, Facts, Kind, Scalar, Schemas, Use};
use crate::model::api::{Format, JsonKind, Literal, Shape, ShapeMember};
use std::cell::Cell;

/// How much of a shape is looked at.
#[derive(Debug, Clone, Copy)]
struct Depth {
    /// Lists in lists, unions in unions.
    nested: usize,
    /// Objects in objects.
    objects: usize,
}

/// How deep the types of a value are looked for.
const KINDS_DEPTH: usize = 4;

/// How much is looked at, from the most on: the first that is not too much is taken.
const DEPTHS: [Depth; 4] = [
    Depth {
        nested: 3,
        objects: 2,
    },
    Depth {
        nested: 1,
        objects: 2,
    },
    Depth {
        nested: 1,
        objects: 1,
    },
    Depth {
        nested: 0,
        objects: 1,
    },
];

/// How many shapes and listed values the shapes of one union may consist of, and those of one alternative. Those of published
/// descriptions have a few hundred at most; without a bound, one of Microsoft Graph has 60,000, in 240,000 lines.
const OF_A_UNION: usize = 20_000;
const OF_AN_ALTERNATIVE: std::ops::RangeInclusive<usize> = 100..=2_000;

/// Returns what the values of each alternative of a union look like from outside.
pub(super) fn shapes<'d>(schemas: &Schemas<'d>, alternatives: &[Use<'d>]) -> Vec<Shape> {
    let most = OF_A_UNION / alternatives.len().max(1);
    let most = most.clamp(*OF_AN_ALTERNATIVE.start(), *OF_AN_ALTERNATIVE.end());
    let each = alternatives.iter();
    each.map(|one| shape(schemas, one, most)).collect()
}

fn shape<'d>(schemas: &Schemas<'d>, place: &Use<'d>, most: usize) -> Shape {
    let mut last = Shape::default();
    for depth in DEPTHS {
        let looks_left = Cell::new(most);
        let outside = Outside {
            schemas,
            looks_left: &looks_left,
        };
        last = outside.shape(place, depth);
        if looks_left.get() > 0 {
            break;
        }
    }
    last
}

/// Looks at schemas from outside.
#[derive(Clone, Copy)]
struct Outside<'s, 'd> {
    schemas: &'s Schemas<'d>,
    looks_left: &'s Cell<usize>,
}

impl<'d> Outside<'_, 'd> {
    fn shape(self, place: &Use<'d>, depth: Depth) -> Shape {
        let Some(left) = self.looks_left.get().checked_sub(1) else {
            return Shape::default();
        };
        self.looks_left.set(left);
        let schemas = self.schemas;
        let place = schemas.resolved(place);
        let Some(schema) = schemas.classify(&place) else {
            return Shape::default();
        };
        let facts = &schema.facts;
        self.looks_left
            .set(self.looks_left.get().saturating_sub(facts.values.len()));
        let nested = depth.nested.checked_sub(1);
        let nested = nested.map(|nested| Depth { nested, ..depth });
        let inside = |values: Option<&Use<'d>>| {
            let shape = self.nullable_shape(values?, nested?);
            Some(Box::new(shape))
        };
        let of = |kind: JsonKind| Shape {
            kinds: vec![kind],
            ..Shape::default()
        };
        match &schema.kind {
            Kind::Any | Kind::Same(_) => Shape::default(),
            Kind::Scalar(scalar) => Shape {
                values: literals(facts),
                format: format_of(*scalar),
                is_integer: matches!(scalar, Scalar::Integer(_)),
                ..of(kind_of(*scalar))
            },
            Kind::TextEnum => Shape {
                values: literals(facts),
                ..of(JsonKind::String)
            },
            Kind::IntegerEnum => Shape {
                values: literals(facts),
                is_integer: true,
                ..of(JsonKind::Number)
            },
            Kind::List(items) => Shape {
                items: inside(items.as_ref()),
                ..of(JsonKind::List)
            },
            Kind::Tuple(_) => of(JsonKind::List),
            Kind::Map(values) => Shape {
                closed: matches!(facts.additional, Additional::Denied),
                items: inside(values.as_ref()),
                ..of(JsonKind::Object)
            },
            Kind::Struct => Shape {
                members: self.members(facts, depth),
                closed: matches!(facts.additional, Additional::Denied),
                ..of(JsonKind::Object)
            },
            Kind::Union(union) => {
                let Kinds { kinds, is_integer } = kinds(schemas, &place, KINDS_DEPTH);
                let alternatives = nested.into_iter().flat_map(|depth| {
                    let each = union.alternatives.iter();
                    each.map(move |one| self.shape(one, depth))
                });
                Shape {
                    is_integer,
                    kinds,
                    any_of: without_what_any_object_is(alternatives.collect()),
                    ..Shape::default()
                }
            }
        }
    }

    /// Returns the shape of values that may be null where they are used.
    fn nullable_shape(self, place: &Use<'d>, depth: Depth) -> Shape {
        let mut shape = self.shape(place, depth);
        if self.schemas.facts(place).nullable {
            // A value that is not listed may be null.
            shape.values.clear();
            if !shape.kinds.is_empty() {
                shape.kinds.push(JsonKind::Null);
            }
        }
        shape
    }

    fn members(self, facts: &Facts<'d>, depth: Depth) -> Vec<ShapeMember> {
        let schemas = self.schemas;
        let Some(objects) = depth.objects.checked_sub(1) else {
            return Vec::new();
        };
        let member = |(wire, property): (&&str, &Use<'d>)| {
            let resolved = schemas.resolved(property);
            let schema = schemas.classify(&resolved);
            let is_write_only = schema.is_some_and(|schema| schema.facts.write_only);
            ShapeMember {
                wire: (*wire).to_owned(),
                required: facts.requires(wire) && !is_write_only,
                shape: self.nullable_shape(property, Depth { objects, ..depth }),
            }
        };
        facts.properties.iter().map(member).collect()
    }
}

/// Leaves the members of members out where the members alone tell each shape from the others, but for those that are
/// pinned to a value.
pub(super) fn leave_out_what_tells_nothing(shapes: &mut [Shape]) {
    let is_told = |(index, shape): (usize, &Shape)| {
        let mut others = shapes.iter().enumerate();
        others.all(|(other, known)| other == index || are_told_apart(shape, known))
    };
    let told: Vec<bool> = shapes.iter().enumerate().map(is_told).collect();
    for (shape, _) in shapes.iter_mut().zip(told).filter(|(_, is_told)| *is_told) {
        for member in &mut shape.members {
            keep_pins(&mut member.shape);
        }
    }
}

/// Returns whether every value of one of two shapes has a member that no value of the other has.
fn are_told_apart(one: &Shape, other: &Shape) -> bool {
    let has_own = |one: &Shape, other: &Shape| {
        one.members.iter().filter(|own| own.required).any(|own| {
            let known = other.members.iter().find(|known| known.wire == own.wire);
            known.is_none_or(|known| known.required && excludes(own, known))
        })
    };
    has_own(one, other) || has_own(other, one)
}

/// Returns whether no value is one of both members: their types or their listed values have nothing in common.
fn excludes(one: &ShapeMember, other: &ShapeMember) -> bool {
    fn is_disjoint<T: PartialEq>(one: &[T], other: &[T]) -> bool {
        !one.is_empty() && !other.is_empty() && !one.iter().any(|value| other.contains(value))
    }
    is_disjoint(&one.shape.kinds, &other.shape.kinds)
        || is_disjoint(&one.shape.values, &other.shape.values)
}

/// Takes out what does not pin a member to a value; returns whether there is anything left.
fn keep_pins(shape: &mut Shape) -> bool {
    shape.format = None;
    shape.items = None;
    shape.any_of.clear();
    shape.closed = false;
    shape
        .members
        .retain_mut(|member| keep_pins(&mut member.shape));
    !shape.values.is_empty() || !shape.members.is_empty()
}

/// Leaves out what objects look like where one of the alternatives is any object: all of them are valid.
fn without_what_any_object_is(mut alternatives: Vec<Shape>) -> Vec<Shape> {
    if alternatives.iter().any(Shape::is_any_object) {
        alternatives.retain(|one| one.kinds != [JsonKind::Object]);
        if !alternatives.is_empty() {
            alternatives.push(Shape {
                kinds: vec![JsonKind::Object],
                ..Shape::default()
            });
        }
    }
    alternatives
}

/// Of an object with members beside any object that may be null, leaves what rules the first out: the members that are required,
/// and those that are pinned to a value.
///
/// `OData` writes a reference that may be null as such a union, for each property that is one, and means only the null of the
/// second. Beside any object that may not be null, a value is the first only if all its members match.
pub(super) fn leave_what_rules_out(shapes: &mut [Shape], is_nullable: impl Fn(usize) -> bool) {
    let takes_objects = |one: &Shape| one.kinds.is_empty() || one.kinds.contains(&JsonKind::Object);
    let objects = shapes.iter_mut().enumerate();
    let mut objects = objects.filter(|(_, one)| takes_objects(one));
    let (Some((_, first)), Some((index, second)), None) =
        (objects.next(), objects.next(), objects.next())
    else {
        return;
    };
    let has_members_only = first.is_object_of_members() && !first.closed && first.items.is_none();
    if has_members_only && second.is_any_object() && is_nullable(index) {
        rules_out(first);
    }
}

/// Leaves what can make a value one of no such shape, or one without something that is required; returns whether there is any.
fn rules_out(shape: &mut Shape) -> bool {
    shape.format = None;
    shape.closed = false;
    // Of several values, the service may add others.
    if shape.values.len() > 1 {
        shape.values.clear();
    }
    shape
        .members
        .retain_mut(|member| rules_out(&mut member.shape) || member.required);
    if !shape.items.as_deref_mut().is_some_and(rules_out) {
        shape.items = None;
    }
    let decisive = shape.any_of.iter_mut().map(rules_out);
    if decisive.filter(|is_decisive| *is_decisive).count() == 0 {
        shape.any_of.clear();
    }
    !shape.values.is_empty()
        || !shape.members.is_empty()
        || shape.items.is_some()
        || !shape.any_of.is_empty()
}

/// The types that the values of a schema have in JSON.
#[derive(Default)]
struct Kinds {
    /// None where they may have all.
    kinds: Vec<JsonKind>,
    /// Whether all numbers are whole.
    is_integer: bool,
}

/// Returns the types that the values of a schema have in JSON.
fn kinds<'d>(schemas: &Schemas<'d>, place: &Use<'d>, depth: usize) -> Kinds {
    let place = schemas.resolved(place);
    let (Some(schema), Some(depth)) = (schemas.classify(&place), depth.checked_sub(1)) else {
        return Kinds::default();
    };
    let of = |kind: JsonKind, is_integer: bool| Kinds {
        kinds: vec![kind],
        is_integer,
    };
    match &schema.kind {
        Kind::Any | Kind::Same(_) => Kinds::default(),
        Kind::Scalar(scalar) => of(kind_of(*scalar), matches!(scalar, Scalar::Integer(_))),
        Kind::TextEnum => of(JsonKind::String, false),
        Kind::IntegerEnum => of(JsonKind::Number, true),
        Kind::List(_) | Kind::Tuple(_) => of(JsonKind::List, false),
        Kind::Map(_) | Kind::Struct => of(JsonKind::Object, false),
        Kind::Union(union) => {
            let mut found = of(JsonKind::Null, true);
            found.kinds.clear();
            for one in &union.alternatives {
                let Kinds { kinds, is_integer } = kinds(schemas, one, depth);
                if kinds.is_empty() {
                    return Kinds::default();
                }
                found.is_integer &= is_integer || !kinds.contains(&JsonKind::Number);
                found.kinds.extend(kinds);
            }
            found.kinds.sort_unstable();
            found.kinds.dedup();
            found
        }
    }
}

pub(super) fn literals(facts: &Facts<'_>) -> Vec<Literal> {
    let values = facts.values.iter();
    values
        .filter_map(|listed| Literal::from_json(&listed.value))
        .collect()
}

fn kind_of(scalar: Scalar) -> JsonKind {
    if scalar.is_text() {
        JsonKind::String
    } else if scalar == Scalar::Bool {
        JsonKind::Bool
    } else {
        JsonKind::Number
    }
}

fn format_of(scalar: Scalar) -> Option<Format> {
    match scalar {
        Scalar::DateTime => Some(Format::DateTime),
        Scalar::Date => Some(Format::Date),
        Scalar::Time => Some(Format::Time),
        Scalar::Duration => Some(Format::Duration),
        Scalar::Uuid => Some(Format::Uuid),
        Scalar::Integer(integer) => Some(Format::Integer(integer)),
        Scalar::String
        | Scalar::Rfc2822
        | Scalar::Base64
        | Scalar::Binary
        | Scalar::Bool
        | Scalar::Number => None,
    }
}
