//! What tells the alternatives of a union apart, found from their schemas alone.
//!
//! The JSON type of a value comes first. Among objects, a tag decides: the declared discriminator, or a member that the
//! alternatives pin to different values (`const`, `enum`), which may be inside another member. What no tag decides is
//! chosen by shape: the members that are there.

use super::classify::is_target;
use super::shape::{leave_out_what_tells_nothing, leave_what_rules_out, literals, shapes};
use super::{Facts, Kind, Scalar, Schemas, Union, Use};
use crate::model::api::{JsonKind, Literal, Selection, Shape};
use openapiv3::Discriminator;
use serde_json::Value;
use std::collections::BTreeMap;

/// How many alternatives there may be among which a value without the tag that all of them require is given a shape: beyond, it is
/// hardly the right one, and what compares them is a tenth of the models of Microsoft Graph.
const GUESSED: usize = 64;

/// The extension that states the value of the tag of a subtype.
const TAG_VALUE: &str = "x-ms-discriminator-value";

/// How deep in an alternative a tag is looked for.
const TAG_DEPTH: usize = 3;

/// What is known of each alternative of a union.
pub(in crate::lower) struct Selector<'s, 'd> {
    alternatives: &'s [Use<'d>],
    discriminator: Option<&'d Discriminator>,
    shapes: Vec<Shape>,
    /// The members that are pinned in each alternative, by their paths.
    pins: Vec<Pins>,
    /// The values of the declared tag of each alternative.
    declared: Vec<Vec<Literal>>,
}

/// Members that have a few possible values, by the names that lead to them, in the order of the description.
type Pins = Vec<(Vec<String>, Vec<Literal>)>;

impl<'s, 'd> Selector<'s, 'd> {
    pub fn new(schemas: &'s Schemas<'d>, union: &'s Union<'d>) -> Self {
        let alternatives = union.alternatives.as_slice();
        let mut shapes = shapes(schemas, alternatives);
        leave_out_what_tells_nothing(&mut shapes);
        let is_nullable = |index: usize| {
            let one = alternatives.get(index);
            one.is_some_and(|one| schemas.facts(one).nullable)
        };
        leave_what_rules_out(&mut shapes, is_nullable);
        let pins: Vec<Pins> = alternatives
            .iter()
            .map(|one| pins(schemas, one, TAG_DEPTH, TAG_DEPTH))
            .collect();
        let declared = alternatives.iter().zip(&pins).map(|(one, pins)| {
            let discriminator = union.discriminator?;
            Some(declared(schemas, discriminator, one, pins))
        });
        Self {
            alternatives,
            discriminator: union.discriminator,
            shapes,
            declared: declared.map(Option::unwrap_or_default).collect(),
            pins,
        }
    }

    /// Returns what the values of each alternative look like.
    pub fn shapes(&self) -> Vec<Shape> {
        self.shapes.clone()
    }

    /// Returns how the alternative of a value is found.
    pub fn selection(&self) -> Selection {
        let mut arms = Vec::new();
        for kind in JsonKind::ALL {
            let takes = |index: &usize| {
                let kinds = &self.shapes[*index].kinds;
                kinds.is_empty() || kinds.contains(&kind)
            };
            let candidates: Vec<usize> = (0..self.alternatives.len()).filter(takes).collect();
            let selection = match candidates.as_slice() {
                [] => continue,
                // Null is for the place that has the union; only any value takes it here.
                _ if kind == JsonKind::Null
                    && candidates
                        .iter()
                        .all(|index| !self.shapes[*index].kinds.is_empty()) =>
                {
                    continue;
                }
                [only] if kind != JsonKind::Object || self.discriminator.is_none() => {
                    Selection::Alternative(*only)
                }
                _ if kind == JsonKind::Object => self.objects(candidates),
                _ => Selection::Shape(candidates),
            };
            arms.push((kind, selection));
        }
        Selection::Kind(arms)
    }

    /// Returns the values of the tag that select each alternative, where a tag does.
    pub fn tags(&self, selection: &Selection) -> Vec<Vec<Literal>> {
        let mut tags = vec![Vec::new(); self.alternatives.len()];
        collect_tags(selection, &mut tags);
        tags
    }

    fn objects(&self, candidates: Vec<usize>) -> Selection {
        match self.discriminator {
            Some(discriminator) => self.by_declared(discriminator, candidates),
            None => self.by_pins(candidates, &mut Vec::new()),
        }
    }

    /// Selects by the declared discriminator; alternatives of one tag are told apart by what else they pin.
    fn by_declared(&self, discriminator: &Discriminator, candidates: Vec<usize>) -> Selection {
        let path = vec![discriminator.property_name.clone()];
        let arms = self.arms(&candidates, &path, |index| self.declared[index].clone());
        let is_guess = candidates.len() > GUESSED && self.all_require(&candidates, &path[0]);
        Selection::Tag {
            path,
            arms,
            missing: (!is_guess).then(|| Box::new(by_shape(candidates))),
        }
    }

    fn all_require(&self, candidates: &[usize], wire: &str) -> bool {
        let mut shapes = candidates.iter().map(|index| &self.shapes[*index]);
        shapes.all(|shape| {
            let mut members = shape.members.iter();
            members.any(|member| member.wire == wire && member.required)
        })
    }

    /// Selects by a member that all of the candidates pin: best one whose values are different in each.
    fn by_pins(&self, candidates: Vec<usize>, used: &mut Vec<Vec<String>>) -> Selection {
        let Some(path) = self.best_path(&candidates, used) else {
            return by_shape(candidates);
        };
        used.push(path.clone());
        let values = |index: usize| self.pinned(index, &path).unwrap_or_default().to_vec();
        let mut arms = Vec::new();
        for (tags, group) in grouped(&candidates, values) {
            let selection = match group.as_slice() {
                [only] => Selection::Alternative(*only),
                _ => self.by_pins(group, used),
            };
            arms.push((tags, selection));
        }
        used.pop();
        Selection::Tag {
            path,
            arms,
            missing: Some(Box::new(by_shape(candidates))),
        }
    }

    fn arms(
        &self,
        candidates: &[usize],
        path: &[String],
        values: impl Fn(usize) -> Vec<Literal>,
    ) -> Vec<(Vec<Literal>, Selection)> {
        let arm = |(tags, group): (Vec<Literal>, Vec<usize>)| {
            let selection = match group.as_slice() {
                [only] => Selection::Alternative(*only),
                _ => self.by_pins(group, &mut vec![path.to_vec()]),
            };
            (tags, selection)
        };
        grouped(candidates, values).into_iter().map(arm).collect()
    }

    /// Returns the path of the member that tells most of the candidates apart; none where none tells any two.
    fn best_path(&self, candidates: &[usize], used: &[Vec<String>]) -> Option<Vec<String>> {
        let (first, others) = candidates.split_first()?;
        let shared = self.pins[*first]
            .iter()
            .map(|(path, _)| path)
            .filter(|path| {
                !used.contains(path)
                    && others
                        .iter()
                        .all(|other| self.pinned(*other, path).is_some())
            });
        let groups = |path: &&Vec<String>| {
            let values = |index: usize| self.pinned(index, path).unwrap_or_default().to_vec();
            grouped(candidates, values).len()
        };
        // Of those that tell as many apart, the one that is named first and is not inside another.
        let mut best: Option<(usize, &Vec<String>)> = None;
        for path in shared {
            let count = groups(&path);
            let is_better = best.is_none_or(|(most, known)| {
                count > most || (count == most && path.len() < known.len())
            });
            if count > 1 && is_better {
                best = Some((count, path));
            }
        }
        best.map(|(_, path)| path.clone())
    }

    fn pinned(&self, index: usize, path: &[String]) -> Option<&[Literal]> {
        let mut pins = self.pins[index].iter();
        pins.find(|(known, _)| known == path)
            .map(|(_, values)| values.as_slice())
    }
}

fn by_shape(candidates: Vec<usize>) -> Selection {
    match candidates.as_slice() {
        [only] => Selection::Alternative(*only),
        _ => Selection::Shape(candidates),
    }
}

/// Puts candidates together that share a value, each group with its values, in the order of the candidates.
fn grouped(
    candidates: &[usize],
    values: impl Fn(usize) -> Vec<Literal>,
) -> Vec<(Vec<Literal>, Vec<usize>)> {
    let mut by_value: BTreeMap<Literal, Vec<usize>> = BTreeMap::new();
    let mut order: Vec<Literal> = Vec::new();
    for index in candidates {
        for value in values(*index) {
            let group = by_value.entry(value.clone()).or_default();
            if group.is_empty() {
                order.push(value);
            }
            if !group.contains(index) {
                group.push(*index);
            }
        }
    }
    let mut groups: Vec<(Vec<Literal>, Vec<usize>)> = Vec::new();
    for value in order {
        let group = by_value.remove(&value).unwrap_or_default();
        match groups.iter_mut().find(|(_, known)| *known == group) {
            Some((values, _)) => values.push(value),
            None => groups.push((vec![value], group)),
        }
    }
    groups
}

fn collect_tags(selection: &Selection, tags: &mut Vec<Vec<Literal>>) {
    match selection {
        Selection::Alternative(_) | Selection::Shape(_) => {}
        Selection::Kind(arms) => arms.iter().for_each(|(_, arm)| collect_tags(arm, tags)),
        Selection::Tag { arms, .. } => {
            for (values, arm) in arms {
                match arm {
                    Selection::Alternative(index) => {
                        if let Some(of_one) = tags.get_mut(*index) {
                            for value in values {
                                if !of_one.contains(value) {
                                    of_one.push(value.clone());
                                }
                            }
                        }
                    }
                    other => collect_tags(other, tags),
                }
            }
        }
    }
}

/// Returns the values of the declared tag that stand for an alternative: those that are mapped to it, those that it pins the
/// member to, or else its own name (OpenAPI 3.0, section 4.7.25).
fn declared<'d>(
    schemas: &Schemas<'d>,
    discriminator: &Discriminator,
    alternative: &Use<'d>,
    pins: &Pins,
) -> Vec<Literal> {
    let Discriminator {
        property_name,
        mapping,
        extensions: _,
    } = discriminator;
    let mut parts = alternative.each().rev();
    let component = parts.find_map(|part| schemas.component(&part));
    let component = component.or_else(|| schemas.base(alternative));
    let mapped = mapping
        .iter()
        .filter(|(_, target)| component.is_some_and(|name| is_target(target, name)));
    let mut tags: Vec<Literal> = mapped.map(|(tag, _)| Literal::Text(tag.clone())).collect();
    let pinned = pins
        .iter()
        .find(|(path, _)| path.as_slice() == std::slice::from_ref(property_name));
    for value in pinned.map(|(_, values)| values).into_iter().flatten() {
        // `mapping` has texts only: the tag `"1"` stands for the integer.
        let mapped = Literal::Text(value.to_string());
        tags.retain(|known| *known != mapped || known == value);
        if !tags.contains(value) {
            tags.push(value.clone());
        }
    }
    if tags.is_empty() {
        // What Azure's descriptions have in place of a mapping.
        let stated = schemas.facts(alternative).extension(TAG_VALUE);
        let stated = stated.and_then(Value::as_str);
        tags.extend(stated.map(|value| Literal::Text(value.to_owned())));
    }
    if tags.is_empty() {
        tags.extend(component.map(|name| Literal::Text(name.to_owned())));
    }
    tags
}

/// Returns the members that a schema pins to a few values.
fn pins<'d>(schemas: &Schemas<'d>, place: &Use<'d>, depth: usize, unions: usize) -> Pins {
    let Some(schema) = schemas.classify(&schemas.resolved(place)) else {
        return Pins::new();
    };
    match &schema.kind {
        Kind::Struct => pins_of_object(schemas, &schema.facts, depth),
        Kind::Union(union) if unions > 0 => {
            let each = union.alternatives.iter();
            let mut each = each.map(|one| pins(schemas, one, depth, unions - 1));
            let mut shared = each.next().unwrap_or_default();
            for other in each {
                shared.retain_mut(|(path, values)| {
                    let found = other.iter().find(|(known, _)| known == path);
                    found.is_some_and(|(_, more)| {
                        values.extend(more.iter().cloned());
                        true
                    })
                });
            }
            shared
        }
        _ => Pins::new(),
    }
}

fn pins_of_object<'d>(schemas: &Schemas<'d>, facts: &Facts<'d>, depth: usize) -> Pins {
    let mut found = Pins::new();
    let Some(depth) = depth.checked_sub(1) else {
        return found;
    };
    for (wire, property) in &facts.properties {
        let property = schemas.resolved(property);
        let Some(schema) = schemas.classify(&property) else {
            continue;
        };
        match schema.kind {
            Kind::TextEnum | Kind::IntegerEnum | Kind::Scalar(Scalar::Bool) => {
                let values = literals(&schema.facts);
                if !values.is_empty() {
                    found.push((vec![(*wire).to_owned()], values));
                }
            }
            Kind::Struct if facts.requires(wire) => {
                for (path, values) in pins_of_object(schemas, &schema.facts, depth) {
                    let path = std::iter::once((*wire).to_owned()).chain(path).collect();
                    found.push((path, values));
                }
            }
            _ => {}
        }
    }
    found
}
