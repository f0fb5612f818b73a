//! What the examples of requests are sent as, once every type is known.

use crate::base::path_template::template_params;
use crate::model::api::{
    Body, Location, Model, Operation, Param, RequestExample, Resource, Type, TypePath,
};
use crate::model::names::Name;
use crate::model::wire;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Works out what examples are sent as.
pub(super) struct Writer<'a> {
    resources: &'a BTreeMap<Name, Resource>,
    models: BTreeMap<(&'a Name, &'a Name), &'a Model>,
}

impl<'a> Writer<'a> {
    pub fn new(resources: &'a BTreeMap<Name, Resource>) -> Self {
        let models = resources.iter().flat_map(|(module, resource)| {
            let models = resource.models.iter();
            models.map(move |model| ((module, &model.name), model))
        });
        Self {
            models: models.collect(),
            resources,
        }
    }

    /// Returns the examples of each operation.
    pub fn examples(&self) -> Vec<Vec<RequestExample>> {
        let operations = self
            .resources
            .values()
            .flat_map(|resource| &resource.operations);
        let written = operations.map(|operation| {
            let examples = operation.request_examples.iter();
            examples
                .map(|example| self.written(operation, example))
                .collect()
        });
        written.collect()
    }

    fn written(&self, operation: &Operation, example: &RequestExample) -> RequestExample {
        let values: Vec<(usize, Value)> = example
            .values
            .iter()
            .map(|(index, value)| (*index, self.in_order(&operation.params[*index].ty, value)))
            .collect();
        let json = match operation.body {
            Body::Json(_) => values
                .iter()
                .find(|(index, _)| operation.params[*index].location == Location::Body)
                .map_or(Value::Null, |(_, value)| value.clone()),
            Body::None
            | Body::Form
            | Body::JsonLines(_)
            | Body::Multipart(_)
            | Body::Text(_)
            | Body::Bytes(_) => Value::Null,
        };
        let form = match operation.body {
            Body::Form => form(operation, &values),
            Body::None
            | Body::Json(_)
            | Body::JsonLines(_)
            | Body::Multipart(_)
            | Body::Text(_)
            | Body::Bytes(_) => String::new(),
        };
        RequestExample {
            name: example.name.clone(),
            key: example.key.clone(),
            target: target(operation, &values),
            form,
            json,
            values,
        }
    }

    /// Puts the members of objects into the order in which they are written: constants, fields, then others by their names.
    fn in_order(&self, ty: &Type, value: &Value) -> Value {
        match (ty, value) {
            (Type::List(items), Value::Array(values)) => values
                .iter()
                .map(|value| self.in_order(items, value))
                .collect(),
            (Type::Nullable(inner), value) => self.in_order(inner, value),
            (Type::Map(values), Value::Object(_)) => {
                sorted(value, |value| self.in_order(values, value))
            }
            (Type::Named(path), Value::Object(members)) => match self.model(path) {
                Some(model) => self.members_in_order(model, members),
                None => value.clone(),
            },
            (Type::Json, value) => sorted_deeply(value),
            (_, value) => value.clone(),
        }
    }

    fn model(
        &self,
        TypePath {
            module,
            name,
            kind: _,
        }: &TypePath,
    ) -> Option<&Model> {
        self.models.get(&(module, name)).copied()
    }

    fn members_in_order(&self, model: &Model, members: &Map<String, Value>) -> Value {
        let mut ordered = Map::new();
        for constant in &model.constants {
            if let Some(value) = members.get(&constant.wire) {
                ordered.insert(constant.wire.clone(), value.clone());
            }
        }
        for field in &model.fields {
            if let Some(value) = members.get(&field.wire) {
                ordered.insert(field.wire.clone(), self.in_order(&field.ty, value));
            }
        }
        let mut others: Vec<(&String, &Value)> = members
            .iter()
            .filter(|(key, _)| !ordered.contains_key(*key))
            .collect();
        others.sort_unstable_by_key(|(key, _)| *key);
        for (key, value) in others {
            let value = match &model.rest {
                Some(rest) => self.in_order(&rest.ty, value),
                None => value.clone(),
            };
            ordered.insert(key.clone(), value);
        }
        Value::Object(ordered)
    }
}

fn sorted(value: &Value, inside: impl Fn(&Value) -> Value) -> Value {
    let Value::Object(members) = value else {
        return value.clone();
    };
    let mut members: Vec<(&String, &Value)> = members.iter().collect();
    members.sort_unstable_by_key(|(key, _)| *key);
    members
        .into_iter()
        .map(|(key, value)| (key.clone(), inside(value)))
        .collect()
}

fn sorted_deeply(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(sorted_deeply).collect(),
        value => sorted(value, sorted_deeply),
    }
}

/// Fills the template with the values, and adds the pairs of the query.
fn target(operation: &Operation, values: &[(usize, Value)]) -> String {
    let mut target = operation.target.clone();
    for name in template_params(&operation.target) {
        let value = values.iter().find(|(index, _)| {
            let Param { wire, location, .. } = &operation.params[*index];
            wire == name && matches!(location, Location::Path | Location::Account)
        });
        let param = |wire: &str| {
            let mut params = operation.params.iter();
            params.find(|param| param.wire == wire && param.location == Location::Path)
        };
        let default = param(name).and_then(|param| Some((param, param.default.as_ref()?)));
        let text = match (value, default) {
            (Some((index, value)), _) => wire::in_path(&operation.params[*index], value),
            (None, Some((param, default))) => wire::in_path(param, default),
            (None, None) => continue,
        };
        target = target.replacen(&format!("{{{name}}}"), &text, 1);
    }
    for pair in pairs(operation, Location::Query, values) {
        target.push(if target.contains('?') { '&' } else { '?' });
        target.push_str(&pair);
    }
    target
}

fn form(operation: &Operation, values: &[(usize, Value)]) -> String {
    let constants = operation.constants.iter();
    let constants = constants.filter(|constant| constant.location == Location::Body);
    let mut pairs_of_form: Vec<String> = constants
        .map(|constant| wire::form_pair(&constant.wire, &constant.value.to_string()))
        .collect();
    pairs_of_form.extend(pairs(operation, Location::Body, values));
    pairs_of_form.join("&")
}

/// The pairs of a place, in the order of the parameters; those whose default is sent are there without a value.
fn pairs(operation: &Operation, location: Location, values: &[(usize, Value)]) -> Vec<String> {
    let mut pairs = Vec::new();
    for (index, param) in operation.params.iter().enumerate() {
        if param.location != location {
            continue;
        }
        let value = values.iter().find(|(known, _)| *known == index);
        let default = param.default.as_ref().filter(|_| param.sends_default);
        if let Some(value) = value.map(|(_, value)| value).or(default) {
            pairs.extend(wire::pairs(param, value));
        }
    }
    pairs
}
