//! Rules on values that are checked before they are sent.

use super::{Api, Model, Pattern, Type, TypePath, Union};
use crate::model::names::Name;
use serde_json::Value;
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

/// A rule on the value of a parameter, or of a part of a body.
#[derive(Debug, Clone, PartialEq)]
pub enum Limit {
    /// The number of characters of a text.
    Length(usize, usize),
    /// The size of a number, both ends included.
    Range(f64, f64),
    /// What a number is more than.
    Above(f64),
    /// What a number is less than.
    Below(f64),
    /// The number of items of a list, or of entries of a map.
    Items(usize, usize),
    /// What a number is a multiple of.
    MultipleOf(f64),
    /// What a text matches, by the name of the constant.
    Pattern(Name, Arc<Pattern>),
    /// No item of a list occurs twice.
    Unique,
    /// Rules on each item of a list, or on each value of a map.
    Each(Vec<Limit>),
}

impl Limit {
    /// Returns whether a value keeps the limit; one that it does not apply to does.
    #[must_use]
    pub fn is_kept_by(&self, value: &Value) -> bool {
        let number = |keeps: &dyn Fn(f64) -> bool| value.as_f64().is_none_or(keeps);
        match self {
            Self::Length(min, max) => value
                .as_str()
                .is_none_or(|text| (*min..=*max).contains(&text.chars().count())),
            Self::Range(min, max) => number(&|number| (*min..=*max).contains(&number)),
            Self::Above(min) => number(&|number| number > *min),
            Self::Below(max) => number(&|number| number < *max),
            Self::Items(min, max) => {
                let entries = value.as_object().map(serde_json::Map::len);
                let count = value.as_array().map(Vec::len).or(entries);
                count.is_none_or(|count| (*min..=*max).contains(&count))
            }
            Self::MultipleOf(step) => number(&|number| is_multiple(number, *step)),
            Self::Pattern(_, pattern) => value.as_str().is_none_or(|text| pattern.matches(text)),
            Self::Unique => value.as_array().is_none_or(|items| {
                let mut seen = HashSet::new();
                items.iter().all(|item| seen.insert(item.to_string()))
            }),
            Self::Each(limits) => match value {
                Value::Array(items) => items.iter().all(|item| keeps_all(limits, item)),
                Value::Object(entries) => entries.values().all(|value| keeps_all(limits, value)),
                _ => true,
            },
        }
    }
}

/// Whether a number is a multiple of another, but for the rounding of binary fractions.
fn is_multiple(number: f64, step: f64) -> bool {
    let quotient = number / step;
    (quotient - quotient.round()).abs() <= 1e-9 * quotient.abs().max(1.0)
}

/// Returns whether a value keeps all of several limits.
#[must_use]
pub fn keeps_all(limits: &[Limit], value: &Value) -> bool {
    limits.iter().all(|limit| limit.is_kept_by(value))
}

/// The models and unions of an API with a limit somewhere inside.
#[derive(Debug)]
pub struct LimitedTypes<'a>(BTreeSet<(&'a Name, &'a Name)>);

impl<'a> LimitedTypes<'a> {
    /// Finds them: those with a limit of their own, and those that hold one of them.
    #[must_use]
    pub fn of(api: &'a Api) -> Self {
        let types = api.resources.iter().flat_map(|(module, resource)| {
            let models = resource.models.iter().filter(|model| is_sent(model));
            let models = models.map(move |model| {
                (
                    (module, &model.name),
                    model.members.is_some(),
                    parts_of_model(model),
                )
            });
            let unions = resource.unions.iter();
            let unions =
                unions.map(move |union| ((module, &union.name), false, parts_of_union(union)));
            models.chain(unions)
        });
        let mut open: Vec<_> = types.collect();
        let mut found = Self(BTreeSet::new());
        loop {
            let before = open.len();
            open.retain(|(key, has_own, parts)| {
                let is_limited = *has_own
                    || parts
                        .iter()
                        .any(|(limits, ty)| !limits.is_empty() || found.holds(ty));
                if is_limited {
                    found.0.insert(*key);
                }
                !is_limited
            });
            if open.len() == before {
                return found;
            }
        }
    }

    /// Returns whether a value of a type has a limit inside, besides those that its own place sets.
    #[must_use]
    pub fn holds(&self, ty: &Type) -> bool {
        match ty {
            Type::Named(TypePath {
                module,
                name,
                kind: _,
            }) => self.contains(module, name),
            Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => self.holds(inner),
            _ => false,
        }
    }

    /// Returns whether a model or a union is one of them.
    #[must_use]
    pub fn contains(&self, module: &Name, name: &Name) -> bool {
        self.0.contains(&(module, name))
    }
}

/// A part of a model or a union: the limits of its place, and its type.
type Part<'a> = (&'a [Limit], &'a Type);

/// Whether a caller makes values of it: what only ever comes out of a response is not checked.
fn is_sent(model: &Model) -> bool {
    model.constructor.is_some()
}

fn parts_of_model(model: &Model) -> Vec<Part<'_>> {
    let fields = model.fields.iter();
    fields
        .map(|field| (field.limits.as_slice(), &field.ty))
        .chain(
            model
                .rest
                .iter()
                .map(|rest| (rest.limits.as_slice(), &rest.ty)),
        )
        .collect()
}

fn parts_of_union(union: &Union) -> Vec<Part<'_>> {
    let alternatives = union.alternatives.iter();
    alternatives
        .map(|one| (one.limits.as_slice(), &one.ty))
        .collect()
}
