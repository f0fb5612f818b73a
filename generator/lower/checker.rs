//! Examples against the types they are decoded into, by the rules of the runtime's decoder.

use crate::model::api::{
    Model, ModelField, NamedKind, OpenEnum, Operation, Presence, RequestExample, Resource,
    ResponseExample, Responses, SidKind, Type, TypePath, Union, keeps_all,
};
use crate::model::names::Name;
use crate::model::wire;
use chrono::{DateTime, NaiveDate};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

type Key<'a> = (&'a Name, &'a Name);

/// The types that examples are compared with.
pub(super) struct Checker<'a> {
    models: BTreeMap<Key<'a>, &'a Model>,
    unions: BTreeMap<Key<'a>, &'a Union>,
    responses: BTreeMap<Key<'a>, &'a Responses>,
    /// The enums that take nothing but their listed values.
    closed: BTreeMap<Key<'a>, &'a OpenEnum>,
    sids: &'a BTreeMap<Name, SidKind>,
}

/// Whether every value has to come back as it was, or a body only has to decode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Decodes,
    ComesBack,
}

/// What the examples of an operation came to.
pub(super) struct Compared {
    /// Where each example of a request does not come back as it is.
    pub lost: Vec<Option<String>>,
    /// Where each example of a response does not match its schema.
    pub deviations: Vec<Vec<String>>,
}

/// A comparison that is under way.
struct Comparison<'c, 'a> {
    checker: &'c Checker<'a>,
    mode: Mode,
    /// Whether the description has the value, which types of the user's are to take, as they need not take what is made up.
    is_given: bool,
    /// Where something had to be taken out or converted.
    found: Vec<String>,
}

impl<'a> Checker<'a> {
    pub fn new(resources: &'a BTreeMap<Name, Resource>, sids: &'a BTreeMap<Name, SidKind>) -> Self {
        let mut models = BTreeMap::new();
        let mut unions = BTreeMap::new();
        let mut responses = BTreeMap::new();
        let mut closed = BTreeMap::new();
        for (module, resource) in resources {
            models.extend(
                resource
                    .models
                    .iter()
                    .map(|model| ((module, &model.name), model)),
            );
            unions.extend(
                resource
                    .unions
                    .iter()
                    .map(|union| ((module, &union.name), union)),
            );
            let enums = resource.enums.iter().filter(|one| one.is_closed);
            closed.extend(enums.map(|one| ((module, &one.name), one)));
            let by_status = resource.responses.iter();
            responses.extend(by_status.map(|one| ((module, &one.name), one)));
        }
        Self {
            models,
            unions,
            responses,
            closed,
            sids,
        }
    }

    /// Compares the examples of an operation with the types they are made of or decoded into.
    pub fn examples(&self, operation: &Operation) -> Compared {
        let lost = |example: &RequestExample| {
            example.values.iter().find_map(|(index, value)| {
                let param = operation.params.get(*index)?;
                let is_given = example.key.is_some();
                let deviations = self.deviations(&param.ty, value, Mode::ComesBack, is_given);
                deviations
                    .into_iter()
                    .next()
                    .filter(|_| param.is_structured() || self.is_closed(&param.ty))
            })
        };
        let requests = operation.request_examples.iter().map(lost);
        let deviations = |example: &ResponseExample| match self.type_of(operation, example) {
            Some(ty) => self.deviations(ty, &example.body, Mode::Decodes, true),
            None => Vec::new(),
        };
        let responses = operation.response_examples.iter().map(deviations);
        Compared {
            lost: requests.collect(),
            deviations: responses.collect(),
        }
    }

    /// Returns what the example of a response is decoded into.
    fn type_of<'o>(&self, operation: &'o Operation, example: &ResponseExample) -> Option<&'o Type>
    where
        'a: 'o,
    {
        match operation.output.as_ref()? {
            Type::Named(path) => match self.responses.get(&(&path.module, &path.name)) {
                Some(responses) => responses.of_status(example.status)?.ty.as_ref(),
                None => operation.output.as_ref(),
            },
            ty => Some(ty),
        }
    }

    /// Whether a type is a closed enum, or a list of one.
    fn is_closed(&self, ty: &Type) -> bool {
        match ty {
            Type::Named(path) => self.closed.contains_key(&(&path.module, &path.name)),
            Type::List(inner) | Type::Nullable(inner) => self.is_closed(inner),
            _ => false,
        }
    }

    /// Whether an enum takes a value; all do that are not closed.
    fn lists(&self, path: &TypePath, value: &Value) -> bool {
        let closed = self.closed.get(&(&path.module, &path.name));
        closed.is_none_or(|closed| {
            let mut listed = closed.variants.iter();
            listed.any(|variant| variant.wire.to_json() == *value)
        })
    }

    fn deviations(&self, ty: &Type, value: &Value, mode: Mode, is_given: bool) -> Vec<String> {
        let mut comparison = Comparison {
            checker: self,
            mode,
            is_given,
            found: Vec::new(),
        };
        if comparison.check(ty, value, "$") {
            comparison.found
        } else {
            vec!["$".to_owned()]
        }
    }
}

impl Comparison<'_, '_> {
    /// Returns whether the value decodes.
    fn check(&mut self, ty: &Type, value: &Value, path: &str) -> bool {
        match ty {
            Type::Custom(custom) => {
                custom.form.has(value) && (self.is_given || custom.sample.as_ref() == Some(value))
            }
            Type::Named(target) if !self.checker.lists(target, value) => false,
            Type::String
            | Type::Named(TypePath {
                kind: NamedKind::TextEnum,
                ..
            }) => {
                if value.is_number() || value.is_boolean() {
                    self.found.push(path.to_owned());
                }
                !value.is_null() && !value.is_array() && !value.is_object()
            }
            Type::Bool => match value {
                Value::Bool(_) => true,
                Value::String(text) if text == "true" || text == "false" => {
                    self.found.push(path.to_owned());
                    true
                }
                _ => false,
            },
            Type::Integer(integer) => {
                let (min, max) = integer.range();
                self.integer(value)
                    .is_some_and(|number| (min..=max).contains(&number.into()))
            }
            Type::Nullable(inner) => value.is_null() || self.check(inner, value, path),
            Type::Tuple(positions) => value.as_array().is_some_and(|values| {
                values.len() == positions.len()
                    && positions
                        .iter()
                        .zip(values)
                        .all(|(ty, value)| self.check(ty, value, path))
            }),
            Type::Named(TypePath {
                kind: NamedKind::IntegerEnum,
                ..
            }) => value.is_i64(),
            Type::F64 => value.is_number() || (self.mode == Mode::Decodes && is_number_text(value)),
            Type::DateTime => self.instant(value),
            Type::Rfc2822 => value
                .as_str()
                .is_some_and(|text| DateTime::parse_from_rfc2822(text).is_ok()),
            Type::Date => value
                .as_str()
                .is_some_and(|text| text.parse::<NaiveDate>().is_ok()),
            Type::Json => true,
            Type::PageMeta => value.is_object(),
            Type::Time | Type::Duration | Type::Uuid | Type::Base64 | Type::File | Type::Bytes => {
                value.is_string()
            }
            Type::Sid(sid) => {
                let kind = self.checker.sids.get(&sid.kind);
                value
                    .as_str()
                    .is_some_and(|text| kind.is_some_and(|kind| kind.matches(text)))
            }
            Type::List(items) => value.as_array().is_some_and(|values| {
                for (index, value) in values.iter().enumerate() {
                    self.or_left_out(items, value, &format!("{path}[{index}]"));
                }
                true
            }),
            Type::Map(values) => value.as_object().is_some_and(|entries| {
                for (key, value) in entries {
                    self.or_left_out(values, value, &wire::json_path(path, key));
                }
                true
            }),
            Type::Named(target) => self.named(target, value, path),
        }
    }

    fn named(&mut self, target: &TypePath, value: &Value, path: &str) -> bool {
        let key = (&target.module, &target.name);
        match (
            self.checker.models.get(&key),
            self.checker.unions.get(&key),
            value,
        ) {
            (Some(model), _, Value::Object(entries)) => self.model(model, entries, path),
            (None, Some(union), value) => {
                let comes_back = |ty: &Type| {
                    self.checker
                        .deviations(ty, value, Mode::ComesBack, self.is_given)
                        .is_empty()
                };
                // A union keeps what fits none of its alternatives.
                self.mode == Mode::Decodes
                    || union
                        .alternatives
                        .iter()
                        .any(|alternative| comes_back(&alternative.ty))
            }
            _ => false,
        }
    }

    fn model(&mut self, model: &Model, entries: &Map<String, Value>, path: &str) -> bool {
        for field in &model.fields {
            match entries.get(&field.wire) {
                None if field.is_optional() => {}
                Some(Value::Null) if self.takes_null(field) => {}
                None => return false,
                Some(value) => {
                    let at = wire::json_path(path, &field.wire);
                    if self.mode == Mode::ComesBack && !keeps_all(&field.limits, value) {
                        self.found.push(at.clone());
                    }
                    if field.is_optional() {
                        self.or_left_out(&field.ty, value, &at);
                    } else if !self.check(&field.ty, value, &at) {
                        return false;
                    }
                }
            }
        }
        self.rest(model, entries, path);
        true
    }

    /// Checks what an object holds besides its fields.
    fn rest(&mut self, model: &Model, entries: &Map<String, Value>, path: &str) {
        let is_field = |key: &String| model.fields.iter().any(|field| field.wire == *key);
        for (key, value) in entries.iter().filter(|(key, _)| !is_field(key)) {
            let at = wire::json_path(path, key);
            match (&model.rest, self.mode) {
                (Some(_), Mode::Decodes) if value.is_null() => {}
                (Some(rest), Mode::Decodes) => self.or_left_out(&rest.ty, value, &at),
                (Some(rest), Mode::ComesBack) if keeps_all(&rest.limits, value) => {
                    self.or_left_out(&rest.ty, value, &at);
                }
                (None, Mode::Decodes) => {}
                (_, Mode::ComesBack) => self.found.push(at),
            }
        }
    }

    fn takes_null(&self, field: &ModelField) -> bool {
        match field.presence {
            Presence::Required => false,
            Presence::Optional => self.mode == Mode::Decodes,
            Presence::Nullable | Presence::OptionalNullable | Presence::NullOrAbsent => true,
        }
    }

    /// Checks a value that can be done without: what does not decode is one deviation.
    fn or_left_out(&mut self, ty: &Type, value: &Value, path: &str) {
        let before = self.found.len();
        if !self.check(ty, value, path) {
            self.found.truncate(before);
            self.found.push(path.to_owned());
        }
    }

    fn integer(&self, value: &Value) -> Option<i64> {
        match value {
            Value::Number(number) => number.as_i64(),
            Value::String(text) if self.mode == Mode::Decodes => text.parse().ok(),
            _ => None,
        }
    }

    fn instant(&self, value: &Value) -> bool {
        let Some(text) = value.as_str() else {
            return false;
        };
        let is_plain = || wire::is_plain_date_time(text);
        DateTime::parse_from_rfc3339(text).is_ok() && (self.mode == Mode::Decodes || is_plain())
    }
}

fn is_number_text(value: &Value) -> bool {
    value
        .as_str()
        .is_some_and(|text| text.parse::<f64>().is_ok_and(f64::is_finite))
}
