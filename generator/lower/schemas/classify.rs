//! The kind of a schema: every schema is classified once, by where it is.

use super::Schemas;
use super::facts::{Additional, Facts, Group, Keyword, Part, Use};
use crate::base::TUPLE;
use crate::model::api::IntegerType;
use indexmap::IndexMap;
use openapiv3::Discriminator;
use serde_json::Value;
use std::collections::BTreeMap;
use std::rc::Rc;

/// How many times a union that has one alternative left is looked at again, and how deep unions in unions are flattened.
const ROUNDS: usize = 8;

/// How many alternatives of alternatives are merged with what is beside them, in one description: schemas that are
/// alternatives of each other have more of them than anyone could use.
pub(super) const SPREADS: usize = 1000;

/// A schema that is classified.
#[derive(Debug)]
pub(in crate::lower) struct Schema<'d> {
    /// What it says, without its alternatives.
    pub facts: Facts<'d>,
    pub kind: Kind<'d>,
}

/// What a schema is.
#[derive(Debug)]
pub(in crate::lower) enum Kind<'d> {
    /// Any JSON value.
    Any,
    Scalar(Scalar),
    /// Listed strings, or listed integers; the values are in the facts.
    TextEnum,
    IntegerEnum,
    List(Option<Use<'d>>),
    Tuple(Vec<Use<'d>>),
    /// An object without properties of its own, by the schema of its values.
    Map(Option<Use<'d>>),
    /// An object with properties; they are in the facts.
    Struct,
    Union(Union<'d>),
    /// Nothing but another schema.
    Same(Use<'d>),
}

/// A schema of single values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lower) enum Scalar {
    String,
    DateTime,
    Rfc2822,
    Date,
    Time,
    Duration,
    Uuid,
    Base64,
    Binary,
    Bool,
    Integer(IntegerType),
    Number,
}

/// Several schemas of which one has to hold.
#[derive(Debug)]
pub(in crate::lower) struct Union<'d> {
    pub alternatives: Vec<Use<'d>>,
    pub discriminator: Option<&'d Discriminator>,
}

/// What a list of alternatives comes to.
enum Reduced<'d> {
    Nothing,
    One(Use<'d>),
    Several(Group<'d>),
}

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
        let mut groups = Vec::new();
        for _ in 0..ROUNDS {
            let mut only = None;
            groups.clear();
            for group in std::mem::take(&mut facts.groups) {
                match self.reduce(&group, id, &mut facts) {
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
            facts = Facts {
                nullable,
                ..self.facts(&place)
            };
            facts.groups.extend(kept);
        }
        let kind = self.kind(&place, &mut facts, groups);
        Schema { facts, kind }
    }

    /// Takes out of a list of alternatives what is none: null, the schema itself, and what only says which properties are
    /// required.
    fn reduce(&self, group: &Group<'d>, id: &str, facts: &mut Facts<'d>) -> Reduced<'d> {
        let mut found: IndexMap<String, Use<'d>> = IndexMap::new();
        let mut is_nullable = false;
        self.flatten(
            &group.alternatives,
            id,
            ROUNDS,
            &mut found,
            &mut is_nullable,
        );
        facts.nullable |= is_nullable;
        let only_requires =
            |one: &Use<'d>| self.component(one).is_none() && only_requires(&self.facts(one));
        if !facts.only_describes() && found.values().all(only_requires) {
            return Reduced::Nothing;
        }
        match found.len() {
            0 => Reduced::Nothing,
            1 => found
                .pop()
                .map_or(Reduced::Nothing, |(_, only)| Reduced::One(only)),
            _ => Reduced::Several(Group {
                keyword: group.keyword,
                alternatives: found.into_values().collect(),
            }),
        }
    }

    fn flatten(
        &self,
        alternatives: &[Use<'d>],
        id: &str,
        depth: usize,
        found: &mut IndexMap<String, Use<'d>>,
        is_nullable: &mut bool,
    ) {
        for one in alternatives {
            let one_id = self.id(one);
            if one_id == id || found.contains_key(&one_id) {
                continue;
            }
            let facts = self.facts(one);
            let is_null = facts.nullable && facts.only_describes() && facts.required.is_empty();
            if is_null {
                *is_nullable = true;
                continue;
            }
            *is_nullable |= facts.nullable;
            let inner = match (self.component(one), facts.groups.as_slice(), depth) {
                (None, [group], 1..) if says_only_groups(&facts) => Some(&group.alternatives),
                _ => None,
            };
            match inner {
                Some(inner) => self.flatten(inner, id, depth - 1, found, is_nullable),
                None => drop(found.insert(one_id, one.clone())),
            }
        }
    }

    fn kind(&self, place: &Use<'d>, facts: &mut Facts<'d>, groups: Vec<Group<'d>>) -> Kind<'d> {
        if let Some(subtypes) = self.union_of_subtypes(place, facts) {
            return Kind::Union(subtypes);
        }
        if !facts.values.is_empty() {
            return of_values(facts);
        }
        let mut groups = groups.into_iter();
        let Some(first) = groups.next() else {
            return self.plain(facts);
        };
        if !facts.properties.is_empty()
            && first.keyword == Keyword::AnyOf
            && !self.disagree(facts, &first)
        {
            self.absorb(facts, &first);
            groups.for_each(|group| self.absorb(facts, &group));
            return self.plain(facts);
        }
        let says_more = facts.typ.is_some_and(|typ| typ != "object")
            || !facts.properties.is_empty()
            || !facts.required.is_empty()
            || matches!(facts.additional, Additional::Schema(_));
        if says_more && !self.may_spread(place, first.alternatives.len()) {
            return Kind::Any;
        }
        let alternatives = if says_more {
            let base = without_groups(place);
            let whole = first.alternatives.into_iter();
            whole.map(|one| base.clone().and(one)).collect()
        } else {
            first.alternatives
        };
        self.union(alternatives, facts)
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
            self.given_up.borrow_mut().insert(self.id(place));
        }
        may_spread
    }

    /// Returns whether a schema counts as any value, because it has too many alternatives within alternatives.
    pub fn is_given_up(&self, id: &str) -> bool {
        self.given_up.borrow().contains(id)
    }

    /// Returns whether two alternatives, or one and what is beside them, have another schema for the same property.
    fn disagree(&self, facts: &Facts<'d>, group: &Group<'d>) -> bool {
        let mut known: BTreeMap<&str, String> = BTreeMap::new();
        let own = facts
            .properties
            .iter()
            .map(|(wire, property)| (*wire, self.id(property)));
        known.extend(own);
        let alternatives = group.alternatives.iter().map(|one| self.facts(one));
        let mut properties = alternatives.flat_map(|facts| facts.properties);
        properties.any(|(wire, property)| {
            let id = self.id(&property);
            known
                .insert(wire, id.clone())
                .is_some_and(|other| other != id)
        })
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

    /// A schema with a discriminator that others are made of by `allOf` is one of these.
    fn union_of_subtypes(&self, place: &Use<'d>, facts: &Facts<'d>) -> Option<Union<'d>> {
        let component = self.component(place)?;
        let discriminator = facts.discriminator?;
        let subtypes = self.subtypes(component);
        let alternatives = subtypes.iter().filter_map(|name| self.component_use(name));
        (!subtypes.is_empty()).then(|| Union {
            alternatives: alternatives.collect(),
            discriminator: Some(discriminator),
        })
    }

    /// Several alternatives: one type where they are values of one, otherwise a union.
    fn union(&self, alternatives: Vec<Use<'d>>, facts: &mut Facts<'d>) -> Kind<'d> {
        let schemas: Vec<Option<Rc<Schema<'d>>>> = alternatives
            .iter()
            .map(|one| self.classify(&self.resolved(one)))
            .collect();
        let all = |is: fn(&Kind<'_>) -> bool| {
            schemas
                .iter()
                .all(|schema| schema.as_ref().is_some_and(|schema| is(&schema.kind)))
        };
        let in_place = |index: usize| self.component(&alternatives[index]).is_none();
        let is_text = |kind: &Kind<'_>| match kind {
            Kind::TextEnum => true,
            Kind::Scalar(scalar) => scalar.is_text(),
            _ => false,
        };
        if all(|kind| matches!(kind, Kind::TextEnum)) && (0..schemas.len()).all(in_place) {
            list_values(facts, schemas.iter().flatten());
            return Kind::TextEnum;
        }
        if all(|kind| matches!(kind, Kind::IntegerEnum)) && (0..schemas.len()).all(in_place) {
            list_values(facts, schemas.iter().flatten());
            return Kind::IntegerEnum;
        }
        if all(is_text) {
            return texts(alternatives, &schemas, facts);
        }
        if all(|kind| matches!(kind, Kind::Scalar(Scalar::Integer(_) | Scalar::Number)))
            && let Some(number) = number_of(&schemas)
        {
            return Kind::Scalar(number);
        }
        if all(|kind| matches!(kind, Kind::Scalar(Scalar::Bool))) {
            return Kind::Scalar(Scalar::Bool);
        }
        Kind::Union(Union {
            alternatives,
            discriminator: facts.discriminator,
        })
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

impl Scalar {
    /// Returns whether the values are strings in JSON.
    pub fn is_text(self) -> bool {
        match self {
            Self::String
            | Self::DateTime
            | Self::Rfc2822
            | Self::Date
            | Self::Time
            | Self::Duration
            | Self::Uuid
            | Self::Base64
            | Self::Binary => true,
            Self::Bool | Self::Integer(_) | Self::Number => false,
        }
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

fn text(format: Option<&str>) -> Scalar {
    match format {
        Some("date-time") => Scalar::DateTime,
        Some("date-time-rfc-2822") => Scalar::Rfc2822,
        Some("date") => Scalar::Date,
        Some("time") => Scalar::Time,
        Some("duration") => Scalar::Duration,
        Some("uuid") => Scalar::Uuid,
        Some("byte" | "base64") => Scalar::Base64,
        Some("binary") => Scalar::Binary,
        Some(_) | None => Scalar::String,
    }
}

/// The size of an integer: by its format (the OpenAPI format registry, and what schemars writes), or by its limits where
/// these are beyond `i64`.
fn integer(facts: &Facts<'_>) -> IntegerType {
    match facts.format {
        Some("int8") => IntegerType::I8,
        Some("int16") => IntegerType::I16,
        Some("int32") => IntegerType::I32,
        Some("uint8") => IntegerType::U8,
        Some("uint16") => IntegerType::U16,
        Some("uint32" | "uint") if facts.format == Some("uint32") => IntegerType::U32,
        Some("uint64" | "uint") => IntegerType::U64,
        Some(_) | None => {
            /// 2^63, the first integer beyond `i64`.
            const BEYOND: f64 = 9_223_372_036_854_775_808.0;
            let is_large = facts.maximum.is_some_and(|maximum| maximum.value >= BEYOND);
            let is_positive = facts.minimum.is_none_or(|minimum| minimum.value >= 0.0);
            if is_large && is_positive {
                IntegerType::U64
            } else {
                IntegerType::I64
            }
        }
    }
}

/// A number is a float, unless its format says that it is whole.
fn number(facts: &Facts<'_>) -> Scalar {
    match facts.format {
        Some("int8" | "int16" | "int32" | "int64" | "uint8" | "uint16" | "uint32" | "uint64") => {
            Scalar::Integer(integer(facts))
        }
        Some(_) | None => Scalar::Number,
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

/// Lists the values of several schemas as those of one, each with the title and the description of its own schema.
fn list_values<'s, 'd: 's>(
    facts: &mut Facts<'d>,
    schemas: impl Iterator<Item = &'s Rc<Schema<'d>>>,
) {
    for schema in schemas {
        let of_one = &schema.facts;
        let is_single = of_one.values.len() == 1;
        for listed in &of_one.values {
            if facts.values.iter().any(|known| known.value == listed.value) {
                continue;
            }
            let mut listed = listed.clone();
            if is_single {
                listed.name = listed.name.or(of_one.title);
                listed.description = listed.description.or(of_one.description);
            }
            facts.values.push(listed);
        }
    }
}

/// Alternatives that are all strings: text, unless some values are listed, which have names then.
fn texts<'d>(
    alternatives: Vec<Use<'d>>,
    schemas: &[Option<Rc<Schema<'d>>>],
    facts: &mut Facts<'d>,
) -> Kind<'d> {
    let of = |index: usize| schemas.get(index).and_then(Option::as_ref);
    let is_enum =
        |index: &usize| of(*index).is_some_and(|schema| matches!(schema.kind, Kind::TextEnum));
    let enums: Vec<usize> = (0..schemas.len()).filter(is_enum).collect();
    if enums.len() == schemas.len() {
        return Kind::Union(Union {
            alternatives,
            discriminator: None,
        });
    }
    match enums.as_slice() {
        [] => Kind::Scalar(Scalar::String),
        // What lists one value would be a constant.
        [only] if of(*only).is_some_and(|schema| schema.facts.values.len() == 1) => {
            Kind::Scalar(Scalar::String)
        }
        // An open enum takes any text.
        [only] => Kind::Same(alternatives[*only].clone()),
        several => {
            list_values(facts, several.iter().filter_map(|index| of(*index)));
            Kind::TextEnum
        }
    }
}

fn number_of(schemas: &[Option<Rc<Schema<'_>>>]) -> Option<Scalar> {
    let mut widest = None;
    for schema in schemas.iter().flatten() {
        let Kind::Scalar(scalar) = schema.kind else {
            return None;
        };
        widest = Some(match (widest, scalar) {
            (None, scalar) => scalar,
            (Some(Scalar::Integer(one)), Scalar::Integer(other)) => {
                Scalar::Integer(wider(one, other)?)
            }
            // A float does not have every integer of 64 bits.
            (Some(Scalar::Integer(integer)), Scalar::Number)
            | (Some(Scalar::Number), Scalar::Integer(integer))
                if is_beyond_float(integer) =>
            {
                return None;
            }
            (Some(_), _) => Scalar::Number,
        });
    }
    widest
}

fn wider(one: IntegerType, other: IntegerType) -> Option<IntegerType> {
    let holds = |outer: IntegerType, inner: IntegerType| {
        outer.range().0 <= inner.range().0 && inner.range().1 <= outer.range().1
    };
    let all = [one, other, IntegerType::I64];
    all.into_iter()
        .find(|outer| holds(*outer, one) && holds(*outer, other))
}

fn is_beyond_float(integer: IntegerType) -> bool {
    matches!(integer, IntegerType::I64 | IntegerType::U64)
}

/// Whether a schema says nothing but which properties there have to be, or what does not hold.
fn only_requires(facts: &Facts<'_>) -> bool {
    let says_a_rule = !facts.required.is_empty() || facts.not || facts.min_properties.is_some();
    let has_content = !facts.only_describes() && facts.typ != Some("object");
    says_a_rule && !has_content && facts.properties.is_empty()
}

fn says_only_groups(facts: &Facts<'_>) -> bool {
    facts.typ.is_none()
        && facts.values.is_empty()
        && facts.properties.is_empty()
        && facts.items.is_none()
        && facts.required.is_empty()
        && facts.discriminator.is_none()
        && matches!(facts.additional, Additional::Unstated)
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
