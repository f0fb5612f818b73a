//! Whether several alternatives are a union, or values of one type.

use super::Schemas;
use super::facts::{Facts, Use};
use super::kind::{Kind, Scalar, Schema, Union};
use super::scalar::widest;
use std::rc::Rc;

impl<'d> Schemas<'d> {
    /// Returns one type where all alternatives are values of it, otherwise a union.
    pub(super) fn union(&self, alternatives: Vec<Use<'d>>, facts: &mut Facts<'d>) -> Kind<'d> {
        let schemas: Vec<Option<Rc<Schema<'d>>>> = alternatives
            .iter()
            .map(|one| self.classify(&self.resolved(one)))
            .collect();
        let all = |is: fn(&Kind<'_>) -> bool| {
            schemas
                .iter()
                .all(|schema| schema.as_ref().is_some_and(|schema| is(&schema.kind)))
        };
        let in_place = || alternatives.iter().all(|one| self.component(one).is_none());
        let is_text = |kind: &Kind<'_>| match kind {
            Kind::TextEnum => true,
            Kind::Scalar(scalar) => scalar.is_text(),
            _ => false,
        };
        if all(|kind| matches!(kind, Kind::TextEnum)) && in_place() {
            list_values(facts, schemas.iter().flatten());
            return Kind::TextEnum;
        }
        if all(|kind| matches!(kind, Kind::IntegerEnum)) && in_place() {
            list_values(facts, schemas.iter().flatten());
            return Kind::IntegerEnum;
        }
        if all(is_text) {
            return texts(alternatives, &schemas, facts);
        }
        if let Some(number) = number_of(&schemas) {
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

/// Returns the number type that has the values of all schemas; none where one of them is not a number.
fn number_of(schemas: &[Option<Rc<Schema<'_>>>]) -> Option<Scalar> {
    let numbers = schemas.iter().map(|schema| match schema.as_ref()?.kind {
        Kind::Scalar(number @ (Scalar::Integer(_) | Scalar::Number)) => Some(number),
        _ => None,
    });
    widest(numbers.collect::<Option<Vec<_>>>()?)
}
