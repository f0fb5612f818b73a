//! The rules that a schema sets to its values: those that are checked before sending, and those that nothing checks.

use super::Lowering;
use super::schema::{Position, Site};
use super::schemas::{Bound, Facts, Kind, Scalar, Use};
use crate::base::markdown;
use crate::base::pointer::Pointer;
use crate::model::api::{Limit, NoteKind, Type};
use crate::model::names::Kind as NameKind;
use std::sync::Arc;

impl<'d> Lowering<'d> {
    /// Returns the rules of a schema that are checked before a value is sent, and notes the others; `held` are those on
    /// each item or value that it holds. What only comes out of a response has none; see [`Self::limits_of_received`].
    pub(super) fn limits(
        &mut self,
        facts: &Facts<'d>,
        ty: &Type,
        held: Vec<Limit>,
        site: Site<'_>,
    ) -> Vec<Limit> {
        if site.position == Position::Json {
            return Vec::new();
        }
        let held = (!held.is_empty()).then_some(Limit::Each(held));
        let mut limits = Vec::from_iter(held);
        let mut noted: Vec<String> = Vec::new();
        match ty {
            Type::String => {
                limits.extend(of_length(facts));
                for pattern in &facts.patterns {
                    match self.pattern(pattern, site) {
                        Ok(limit) => limits.push(limit),
                        Err(reason) => {
                            let pattern = markdown::code(pattern);
                            noted.push(format!("the pattern {pattern}: {reason}"));
                        }
                    }
                }
            }
            Type::Integer(_) | Type::F64 => {
                limits.extend(of_number(facts, ty));
                limits.extend(of_step(facts));
                noted.extend(only_listed(facts));
            }
            Type::Bool => noted.extend(only_listed(facts)),
            Type::Json => {
                noted.extend(only_listed(facts));
                noted.extend(has_limits(facts).then(|| "limits of a value of any type".to_owned()));
            }
            Type::Base64 => {
                let is_limited = facts.min_length.is_some() || facts.max_length.is_some();
                noted.extend(is_limited.then(|| "the length of Base64".to_owned()));
            }
            Type::Date
            | Type::DateTime
            | Type::Duration
            | Type::Rfc2822
            | Type::Time
            | Type::Uuid => noted.extend(of_formatted_text(facts, ty)),
            Type::List(_) => limits.extend(of_list(facts)),
            Type::Map(_) => limits.extend(of_map(facts)),
            _ => {}
        }
        for rule in noted {
            let message = format!("`{}`: {rule}", site.field);
            self.note(NoteKind::NotEnforced, &Pointer::to(&facts.pointer), message);
        }
        limits
    }
}

impl Lowering<'_> {
    /// Returns the limit of a pattern, or why there is none.
    fn pattern(&mut self, source: &str, site: Site<'_>) -> Result<Limit, &'static str> {
        if let Some(known) = self.compiled.get(source) {
            return known
                .clone()
                .map(|(name, pattern)| Limit::Pattern(name, pattern));
        }
        let compiled = super::pattern::compile(source).map(|pattern| {
            let spelling = format!("{}_{}", site.owner, site.field);
            let name = self
                .pattern_names
                .claim_numbered(NameKind::Constant, &spelling);
            self.patterns.insert(name.clone(), pattern.clone());
            (name, Arc::new(pattern))
        });
        self.compiled.insert(source.to_owned(), compiled.clone());
        compiled.map(|(name, pattern)| Limit::Pattern(name, pattern))
    }
}

/// How many lists and maps may be inside one another.
const DEEPEST: usize = 16;

impl<'d> Lowering<'d> {
    /// Returns the limits of a value that is only received, which nothing checks.
    pub(super) fn limits_of_received(&self, place: &Use<'d>) -> Vec<Limit> {
        self.limits_inside(place, DEEPEST)
    }

    fn limits_inside(&self, place: &Use<'d>, depth: usize) -> Vec<Limit> {
        let Some(depth) = depth.checked_sub(1) else {
            return Vec::new();
        };
        let resolved = self.schemas.resolved(place);
        let Some(schema) = self.schemas.classify(&resolved) else {
            return Vec::new();
        };
        let facts = self.schemas.facts(place);
        let each = |inner: &Option<Use<'d>>| {
            let inner = inner.as_ref();
            let limits = inner.map(|inner| self.limits_inside(inner, depth));
            let limits = limits.filter(|limits| !limits.is_empty());
            limits.map(Limit::Each)
        };
        let number = |ty: &Type| {
            let limits = of_number(&facts, ty).into_iter();
            limits.chain(of_step(&facts)).collect()
        };
        match &schema.kind {
            // What is typed as a SID has one length.
            Kind::Scalar(Scalar::String) if self.is_sid(&facts) => Vec::new(),
            Kind::Scalar(Scalar::String) => of_length(&facts).into_iter().collect(),
            Kind::Scalar(Scalar::Integer(integer)) => number(&Type::Integer(*integer)),
            Kind::Scalar(Scalar::Number) => number(&Type::F64),
            Kind::List(items) => each(items).into_iter().chain(of_list(&facts)).collect(),
            Kind::Map(values) => each(values).into_iter().chain(of_map(&facts)).collect(),
            Kind::Scalar(_)
            | Kind::Any
            | Kind::TextEnum
            | Kind::IntegerEnum
            | Kind::Tuple(_)
            | Kind::Struct
            | Kind::Union(_)
            | Kind::Same(_) => Vec::new(),
        }
    }
}

fn of_length(facts: &Facts<'_>) -> Option<Limit> {
    let ends = between(facts.min_length, facts.max_length);
    ends.map(|(min, max)| Limit::Length(min, max))
}

fn of_step(facts: &Facts<'_>) -> Option<Limit> {
    let step = facts.multiple_of.filter(|step| *step > 0.0);
    step.map(Limit::MultipleOf)
}

fn of_list(facts: &Facts<'_>) -> impl Iterator<Item = Limit> {
    let ends = between(facts.min_items, facts.max_items);
    let ends = ends.map(|(min, max)| Limit::Items(min, max));
    let unique = facts.unique_items.then_some(Limit::Unique);
    ends.into_iter().chain(unique)
}

fn of_map(facts: &Facts<'_>) -> Option<Limit> {
    let ends = between(facts.min_properties, facts.max_properties);
    ends.map(|(min, max)| Limit::Items(min, max))
}

/// Returns the listed values as JSON; none where all values of the type are listed.
pub(super) fn listed(facts: &Facts<'_>) -> Vec<String> {
    let values = facts.values.iter().map(|listed| listed.value.to_string());
    let values: Vec<String> = values.collect();
    let is_bool = |value: &String| value == "true" || value == "false";
    if values.len() > 1 && values.iter().all(is_bool) {
        return Vec::new();
    }
    values
}

fn only_listed(facts: &Facts<'_>) -> Option<String> {
    let values = listed(facts);
    (!values.is_empty()).then(|| format!("one of {}", values.join(", ")))
}

/// The rules on the text of a value that is no text in the crate, but for those that all its values keep.
fn of_formatted_text(facts: &Facts<'_>, ty: &Type) -> Vec<String> {
    let length = match ty {
        Type::Date => Some(10),
        Type::Uuid => Some(36),
        _ => None,
    };
    let is_kept =
        |(min, max): (usize, usize)| length.is_some_and(|length| (min..=max).contains(&length));
    let ends = between(facts.min_length, facts.max_length).filter(|ends| !is_kept(*ends));
    let length = ends.map(|_| "the length of a value that has a type of its own".to_owned());
    let patterns = facts.patterns.iter().map(|pattern| {
        let pattern = markdown::code(pattern);
        format!("the pattern {pattern}: the value has a type of its own")
    });
    length.into_iter().chain(patterns).collect()
}

/// Whether a schema has limits for values of some type.
fn has_limits(facts: &Facts<'_>) -> bool {
    facts.min_length.is_some()
        || facts.max_length.is_some()
        || !facts.patterns.is_empty()
        || facts.minimum.is_some()
        || facts.maximum.is_some()
        || facts.multiple_of.is_some()
        || facts.min_items.is_some()
        || facts.max_items.is_some()
        || facts.min_properties.is_some()
        || facts.max_properties.is_some()
}

/// The two ends of a count, if it has any that rules something out.
fn between(min: Option<usize>, max: Option<usize>) -> Option<(usize, usize)> {
    let ends = (min.unwrap_or(0), max.unwrap_or(usize::MAX));
    (ends != (0, usize::MAX) && ends.0 <= ends.1).then_some(ends)
}

/// The ends of a number; an end that is left out of whole numbers is moved by one.
pub(super) fn of_number(facts: &Facts<'_>, ty: &Type) -> Vec<Limit> {
    let is_whole = *ty != Type::F64;
    let step = |bound: Bound| f64::from(u8::from(is_whole && bound.exclusive));
    let min = facts
        .minimum
        .map(|bound| (bound.value + step(bound), bound.exclusive && !is_whole));
    let max = facts
        .maximum
        .map(|bound| (bound.value - step(bound), bound.exclusive && !is_whole));
    if min.zip(max).is_some_and(|((min, _), (max, _))| min > max) {
        return Vec::new();
    }
    let closed = |end: Option<(f64, bool)>| end.filter(|(_, is_open)| !is_open);
    let open = |end: Option<(f64, bool)>| end.filter(|(_, is_open)| *is_open);
    let ends = (closed(min), closed(max));
    let range = (ends != (None, None)).then(|| {
        let min = ends.0.map_or(f64::NEG_INFINITY, |(min, _)| min);
        Limit::Range(min, ends.1.map_or(f64::INFINITY, |(max, _)| max))
    });
    let above = open(min).map(|(min, _)| Limit::Above(min));
    let below = open(max).map(|(max, _)| Limit::Below(max));
    [range, above, below].into_iter().flatten().collect()
}
