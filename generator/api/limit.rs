//! Rules on values that are checked before they are sent.

use super::{Api, Model, Type, TypePath, Union};
use crate::names::Name;
use serde_json::Value;
use std::collections::BTreeSet;

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
    /// The number of items of a list.
    Items(usize, usize),
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
            Self::Items(min, max) => value
                .as_array()
                .is_none_or(|items| (*min..=*max).contains(&items.len())),
            Self::Each(limits) => match value {
                Value::Array(items) => items.iter().all(|item| keeps_all(limits, item)),
                Value::Object(entries) => entries.values().all(|value| keeps_all(limits, value)),
                _ => true,
            },
        }
    }
}

/// Returns whether a value keeps all of several limits.
#[must_use]
pub fn keeps_all(limits: &[Limit], value: &Value) -> bool {
    limits.iter().all(|limit| limit.is_kept_by(value))
}

/// The models and unions of an API with a limit somewhere inside.
#[derive(Debug)]
pub struct LimitedTypes(BTreeSet<(Name, Name)>);

impl LimitedTypes {
    /// Finds them: those with a limit of their own, and those that hold one of them.
    #[must_use]
    pub fn of(api: &Api) -> Self {
        let mut found = Self(BTreeSet::new());
        loop {
            let before = found.0.len();
            for (module, resource) in &api.resources {
                let models = resource.models.iter();
                let models = models.filter(|model| found.has_limits(model));
                let unions = resource.unions.iter();
                let unions = unions.filter(|union| found.has_limited_alternative(union));
                let names = models.map(|model| &model.name);
                let names: Vec<&Name> = names.chain(unions.map(|union| &union.name)).collect();
                let keys = names.into_iter().map(|name| (module.clone(), name.clone()));
                found.0.extend(keys.collect::<Vec<_>>());
            }
            if found.0.len() == before {
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
                is_enum: _,
            }) => self.contains(module, name),
            Type::List(inner) | Type::Map(inner) => self.holds(inner),
            _ => false,
        }
    }

    /// Returns whether a model or a union is one of them.
    #[must_use]
    pub fn contains(&self, module: &Name, name: &Name) -> bool {
        self.0.contains(&(module.clone(), name.clone()))
    }

    fn has_limits(&self, model: &Model) -> bool {
        // What only ever comes out of a response is not checked.
        let fields = model.fields.iter();
        let mut parts = fields
            .map(|field| (&field.limits, &field.ty))
            .chain(model.rest.iter().map(|rest| (&rest.limits, &rest.ty)));
        model.constructor.is_some()
            && parts.any(|(limits, ty)| !limits.is_empty() || self.holds(ty))
    }

    fn has_limited_alternative(&self, union: &Union) -> bool {
        union
            .alternatives
            .iter()
            .any(|one| !one.limits.is_empty() || self.holds(&one.ty))
    }
}
