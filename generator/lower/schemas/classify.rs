//! The kind of a schema: every schema is classified once, by where it is.

use super::alternatives::{Reduced, require_common};
use super::facts::{Additional, Choice, Facts, Group, Keyword, Part, Use};
use super::keywords::SchemaRef;
use super::kind::{Kind, Scalar, Schema, Union};
use super::scalar::{integer, number, text};
use super::{Schemas, Target};
use crate::base::TUPLE;
use crate::base::pointer::{component_pointer, unescape};
use serde_json::Value;
use std::collections::BTreeMap;
use std::rc::Rc;

/// How many times a union that has one alternative left is looked at again.
const ROUNDS: usize = 8;

/// How many alternatives of alternatives are merged with what is beside them, in one description: schemas that are
/// alternatives of each other have more of them than anyone could use.
pub(super) const SPREADS: usize = 1000;

/// How many alternatives a union has, at most. Whatever uses it is compiled with all of them: the schema of Microsoft Graph
/// beta that everything with an id is a subtype of has 1,544, which takes the compiler 5.6 GB; the 653 of version 1.0 take
/// 3.4 GB. The next largest union there has 137.
const ALTERNATIVES: usize = 1000;

/// How many alternatives two unions that have to hold at once have together, at most.
const PAIRS: usize = 64;

impl<'d> Schemas<'d> {
    /// Classifies a schema; none while that is under way, which is so where a schema leads to itself.
    pub fn classify(&self, place: &Use<'d>) -> Option<Rc<Schema<'d>>> {
        let id = self.id(place);
        if let Some(known) = self.classified.borrow().get(&id) {
            return known.clone();
        }
        self.classified.borrow_mut().insert(id.clone(), None);
        let schema = Rc::new(self.decide(place, &id));
        self.classified
            .borrow_mut()
            .insert(id, Some(Rc::clone(&schema)));
        Some(schema)
    }

    fn decide(&self, place: &Use<'d>, id: &str) -> Schema<'d> {
        let mut place = place.clone();
        let mut facts = self.facts(&place);
        if let Some(only) = self.aliased(&place) {
            let kind = Kind::Same(only);
            return Schema { facts, kind };
        }
        let mut groups = Vec::new();
        for _ in 0..ROUNDS {
            let mut only = None;
            groups.clear();
            for group in std::mem::take(&mut facts.groups) {
                let reduced = self.reduce(&group, id, &mut facts);
                // Many write `type: object` beside alternatives of other types and mean these.
                let typ = facts
                    .typ
                    .filter(|typ| *typ != "object" || place.parts.len() > 1);
                match self.possible(reduced, typ) {
                    Reduced::Nothing => {}
                    Reduced::One(one) if only.is_none() => only = Some(one),
                    Reduced::One(one) => only = only.map(|only: Use<'d>| only.and(one)),
                    Reduced::Several(group) => groups.push(group),
                }
            }
            let Some(only) = only else { break };
            if groups.is_empty() && facts.only_describes() && facts.required.is_empty() {
                let kind = Kind::Same(only);
                return Schema { facts, kind };
            }
            let nullable = facts.nullable;
            place = without_groups(&place).and(only);
            let kept = std::mem::take(&mut groups);
            let choices = std::mem::take(&mut facts.choices);
            facts = Facts {
                nullable,
                choices,
                ..self.facts(&place)
            };
            facts.groups.extend(kept);
        }
        let mut kind = self.kind(&place, &mut facts, groups);
        if matches!(&kind, Kind::Union(union) if union.alternatives.len() > ALTERNATIVES) {
            self.give_up(&place);
            kind = Kind::Any;
        }
        Schema { facts, kind }
    }

    /// Takes out of several alternatives those whose type no value has beside what else has to hold: a text where that is a
    /// list.
    fn possible(&self, reduced: Reduced<'d>, typ: Option<&str>) -> Reduced<'d> {
        let (mut group, typ) = match (reduced, typ) {
            (Reduced::Several(group), Some(typ)) => (group, typ),
            (reduced, _) => return reduced,
        };
        let is_possible = |one: &Use<'d>| match self.facts(one).typ {
            Some("integer" | "number") => matches!(typ, "integer" | "number"),
            Some(other) => other == typ,
            None => true,
        };
        if group.alternatives.iter().any(is_possible) {
            group.alternatives.retain(is_possible);
        }
        match group.alternatives.as_slice() {
            [only] => Reduced::One(only.clone()),
            _ => Reduced::Several(group),
        }
    }

    fn kind(&self, place: &Use<'d>, facts: &mut Facts<'d>, groups: Vec<Group<'d>>) -> Kind<'d> {
        if let Some(subtypes) = self.union_of_subtypes(place, facts) {
            return Kind::Union(subtypes);
        }
        if !facts.values.is_empty() {
            return of_values(facts);
        }
        if !groups.is_empty() && self.hold_together(facts, &groups) {
            return self.plain(facts);
        }
        let mut groups = groups.into_iter();
        let Some(first) = groups.next() else {
            return self.plain(facts);
        };
        let says_more = facts.typ.is_some_and(|typ| typ != "object")
            || !facts.properties.is_empty()
            || !facts.required.is_empty()
            || matches!(facts.additional, Additional::Schema(_));
        if says_more && !self.may_spread(place, first.alternatives.len()) {
            return Kind::Any;
        }
        let mut alternatives = if says_more {
            let base = without_groups(place);
            let whole = first.alternatives.into_iter();
            whole.map(|one| base.clone().and(one)).collect()
        } else {
            first.alternatives
        };
        for group in groups {
            let pairs = alternatives.len() * group.alternatives.len();
            if pairs > PAIRS {
                self.give_up(place);
                return Kind::Any;
            }
            alternatives = self.pairs(&alternatives, &group);
        }
        self.union(alternatives, facts)
    }

    /// Returns the alternatives of two unions that have to hold at once: one of each, where a value can be both.
    fn pairs(&self, alternatives: &[Use<'d>], group: &Group<'d>) -> Vec<Use<'d>> {
        let each = alternatives.iter().flat_map(|one| {
            let others = group.alternatives.iter();
            others.map(|other| one.clone().and(other.clone()))
        });
        let (possible, rest): (Vec<_>, Vec<_>) =
            each.partition(|pair| !self.facts(pair).contradicts);
        if possible.is_empty() { rest } else { possible }
    }

    /// Returns whether the alternatives of a schema are merged with what is beside them, which takes from [`SPREADS`] where
    /// the schema is itself such an alternative.
    fn may_spread(&self, place: &Use<'d>, alternatives: usize) -> bool {
        let merged = place.parts.iter().filter(|part| part.without_groups);
        let depth = merged.count();
        if depth == 0 {
            return true;
        }
        let left = self.spreads_left.get().checked_sub(alternatives);
        self.spreads_left.set(left.unwrap_or_default());
        let may_spread = left.is_some() && depth <= ROUNDS;
        if !may_spread {
            self.give_up(place);
        }
        may_spread
    }

    fn give_up(&self, place: &Use<'d>) {
        self.given_up.borrow_mut().insert(self.id(place));
    }

    /// Returns whether a schema counts as any value, because it has too many alternatives, or alternatives within alternatives.
    pub fn is_given_up(&self, id: &str) -> bool {
        self.given_up.borrow().contains(id)
    }

    /// Adds the properties of alternatives of which several may hold at once; false where some are no such alternatives.
    fn hold_together(&self, facts: &mut Facts<'d>, groups: &[Group<'d>]) -> bool {
        let mut whole = facts.clone();
        for group in groups {
            if group.keyword != Keyword::AnyOf || !self.may_hold_together(&whole, group) {
                return false;
            }
            let each = group.alternatives.iter();
            let required: Vec<Vec<&str>> = each.map(|one| self.facts(one).required).collect();
            require_common(&mut whole, &required);
            if required.iter().all(|one| !one.is_empty()) {
                let keyword = Keyword::AnyOf;
                whole.choices.push(Choice { keyword, required });
            }
            self.absorb(&mut whole, group);
        }
        *facts = whole;
        true
    }

    /// Returns whether alternatives of which any may hold only say which members there may be: a value can be several of them.
    /// Objects with a name are types of their own, unless they only add to the properties beside them and require nothing.
    fn may_hold_together(&self, facts: &Facts<'d>, group: &Group<'d>) -> bool {
        let is_part = |one: &Use<'d>| {
            let part = self.facts(one);
            let is_named = self.component(one).is_some() || part.title.is_some();
            if facts.properties.is_empty() {
                return part.is_object()
                    && !is_named
                    && !part.properties.is_empty()
                    && part.groups.is_empty()
                    && matches!(part.additional, Additional::Unstated | Additional::Allowed);
            }
            matches!(part.typ, None | Some("object")) && (!is_named || part.required.is_empty())
        };
        facts.discriminator.is_none()
            && group.alternatives.iter().all(is_part)
            && !self.disagree(facts, group)
    }

    /// Returns whether two alternatives, or one and what is beside them, have another schema for the same property.
    fn disagree(&self, facts: &Facts<'d>, group: &Group<'d>) -> bool {
        let mut known: BTreeMap<&str, Use<'d>> = BTreeMap::new();
        let own = facts.properties.iter();
        known.extend(own.map(|(wire, property)| (*wire, property.clone())));
        let alternatives = group.alternatives.iter().map(|one| self.facts(one));
        let mut properties = alternatives.flat_map(|facts| facts.properties);
        properties.any(|(wire, property)| {
            let other = known.insert(wire, property.clone());
            other.is_some_and(|other| !self.is_same(&other, &property))
        })
    }

    /// Whether two places have one schema, or schemas that say the same.
    fn is_same(&self, one: &Use<'d>, other: &Use<'d>) -> bool {
        let in_place = |place: &Use<'d>| match place.parts.as_slice() {
            [
                Part {
                    schema: SchemaRef::Item(schema),
                    ..
                },
            ] => Some(*schema),
            _ => None,
        };
        let both = in_place(one).zip(in_place(other));
        self.id(one) == self.id(other) || both.is_some_and(|(one, other)| one == other)
    }

    /// Adds the properties of alternatives of which any may hold: each may be there.
    fn absorb(&self, facts: &mut Facts<'d>, group: &Group<'d>) {
        for alternative in &group.alternatives {
            let part = self.facts(alternative);
            for (wire, property) in part.properties {
                facts.properties.entry(wire).or_insert(property);
            }
            for group in &part.groups {
                for inner in &group.alternatives {
                    for (wire, property) in self.facts(inner).properties {
                        facts.properties.entry(wire).or_insert(property);
                    }
                }
            }
        }
    }

    /// A schema with a discriminator that others are made of by `allOf` is one of these, or itself where the discriminator allows
    /// that: it is mapped, no name is, or the tag may be missing.
    fn union_of_subtypes(&self, place: &Use<'d>, facts: &Facts<'d>) -> Option<Union<'d>> {
        let discriminator = facts.discriminator?;
        if self.base(place).is_some() {
            return None;
        }
        let component = self.component(place).or_else(|| self.defined(place))?;
        let subtypes = self.subtypes(component);
        if subtypes.is_empty() {
            return None;
        }
        let use_of = |name: &&'d str| Use::new(SchemaRef::Component(name), component_pointer(name));
        let mut alternatives: Vec<Use<'d>> = subtypes.iter().map(use_of).collect();
        let mut mapped = discriminator.mapping.values();
        let is_mapped =
            discriminator.mapping.is_empty() || mapped.any(|target| is_target(target, component));
        if is_mapped || !facts.requires(&discriminator.property_name) {
            alternatives.push(without_groups(&use_of(&component)));
        }
        Some(Union {
            alternatives,
            discriminator: Some(discriminator),
        })
    }

    /// Returns the component that a place is without its subtypes.
    pub fn base(&self, place: &Use<'d>) -> Option<&'d str> {
        let [part] = place.parts.as_slice() else {
            return None;
        };
        match (part.without_groups, self.follow(part.schema)) {
            (true, Target::Found { component, .. }) => component,
            _ => None,
        }
    }

    /// Returns the schema at the end of schemas that are nothing but another one.
    pub fn resolved(&self, place: &Use<'d>) -> Use<'d> {
        let mut place = place.clone();
        for _ in 0..ROUNDS {
            if let Some(only) = self.wrapped(&place) {
                place = only;
                continue;
            }
            match self.classify(&place).as_deref() {
                Some(Schema {
                    kind: Kind::Same(other),
                    ..
                }) => place = other.clone(),
                Some(_) | None => break,
            }
        }
        place
    }

    fn plain(&self, facts: &Facts<'d>) -> Kind<'d> {
        match facts.typ {
            Some("array") => self.list(facts),
            Some("object") => object(facts),
            Some("string") => Kind::Scalar(text(facts.format)),
            Some("boolean") => Kind::Scalar(Scalar::Bool),
            Some("integer") => Kind::Scalar(Scalar::Integer(integer(facts))),
            Some("number") => Kind::Scalar(number(facts)),
            Some(_) => Kind::Any,
            None if facts.is_object() => object(facts),
            None if facts.items.is_some() => self.list(facts),
            None => match text(facts.format) {
                Scalar::String if facts.patterns.is_empty() => Kind::Any,
                scalar => Kind::Scalar(scalar),
            },
        }
    }

    fn list(&self, facts: &Facts<'d>) -> Kind<'d> {
        let is_tuple = facts.extension(TUPLE) == Some(&Value::Bool(true));
        if let (Some(items), true) = (&facts.items, is_tuple) {
            let of_items = self.facts(items);
            if let [group] = of_items.groups.as_slice() {
                return Kind::Tuple(group.alternatives.clone());
            }
        }
        Kind::List(facts.items.clone())
    }
}

fn object<'d>(facts: &Facts<'d>) -> Kind<'d> {
    if !facts.properties.is_empty() {
        return Kind::Struct;
    }
    match &facts.additional {
        Additional::Schema(values) => Kind::Map(Some(values.clone())),
        Additional::Unstated | Additional::Allowed | Additional::Denied => Kind::Map(None),
    }
}

/// The kind of a schema that lists its values.
fn of_values<'d>(facts: &Facts<'d>) -> Kind<'d> {
    let all = |is: fn(&Value) -> bool| facts.values.iter().all(|listed| is(&listed.value));
    if all(Value::is_string) {
        Kind::TextEnum
    } else if all(Value::is_i64) {
        Kind::IntegerEnum
    } else if all(Value::is_boolean) {
        Kind::Scalar(Scalar::Bool)
    } else if all(Value::is_number) {
        Kind::Scalar(Scalar::Number)
    } else {
        Kind::Any
    }
}

/// Whether the target of a mapping is a component.
pub(super) fn is_target(target: &str, component: &str) -> bool {
    let last = target.rsplit('/').next().unwrap_or(target);
    target == component || unescape(last) == component
}

fn without_groups<'d>(place: &Use<'d>) -> Use<'d> {
    let parts = place.parts.iter().map(|part| Part {
        without_groups: true,
        ..part.clone()
    });
    Use {
        parts: parts.collect(),
    }
}
