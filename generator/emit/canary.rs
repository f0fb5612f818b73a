//! Tests that personal and secret values stay out of `Debug`: a canary is put where they stand, and looked for.

use super::code::item;
use super::example::{Construction, construct};
use crate::model::api::{
    Api, Model, NamedKind, OpenEnum, Operation, RequestExample, Resource, Type, TypePath,
};
use crate::model::names::Name;
use quote::quote;
use serde_json::{Map, Value, json};

/// What is planted; the generated tests look for it.
const CANARY: &str = "canary-8d1f";
/// How deep required objects are made up.
const DEPTH: usize = 8;

/// Returns a body with a canary for a model that has something to hide, if it can be planted.
pub(super) fn body(api: &Api, model: &Model) -> Option<String> {
    if !model.fields.iter().any(|field| field.sensitive) {
        return None;
    }
    let body = Value::Object(object(api, model, DEPTH)?).to_string();
    body.contains(CANARY).then_some(body)
}

/// Returns the test of a model that has something to hide.
pub(super) fn of_model(api: &Api, model: &Model, test: &Name) -> Option<String> {
    let body = body(api, model)?;
    let name = &model.name;
    Some(item(quote! {
        #[test]
        fn #test() {
            assert_hidden_in::<#name>(#body);
        }
    }))
}

/// Returns the test of a request that has something to hide.
pub(super) fn of_request(
    api: &Api,
    operation: &Operation,
    module: &Name,
    test: &Name,
) -> Option<(RequestExample, String)> {
    let example = operation.request_examples.first()?;
    let mut planted = RequestExample {
        values: example.values.clone(),
        ..example.clone()
    };
    let mut has_canary = false;
    for (index, param) in operation
        .params
        .iter()
        .enumerate()
        .filter(|(_, param)| param.sensitive)
    {
        let Some(canary) = canary(api, &param.ty) else {
            continue;
        };
        planted.values.retain(|(known, _)| *known != index);
        planted.values.push((index, canary));
        has_canary = true;
    }
    if !has_canary {
        return None;
    }
    let Construction { statements, value } = construct(api, operation, &planted, module);
    let function = item(quote! {
        #[test]
        fn #test() -> Result<(), Box<dyn std::error::Error>> {
            #statements
            let request = #value;
            assert_hidden(&request);
            Ok(())
        }
    });
    Some((planted, function))
}

/// Returns an object with a canary in every field that hides one, and what else is required.
fn object(api: &Api, model: &Model, depth: usize) -> Option<Map<String, Value>> {
    let depth = depth.checked_sub(1)?;
    let mut entries = Map::new();
    for constant in &model.constants {
        entries.insert(constant.wire.clone(), constant.value.to_json());
    }
    for field in &model.fields {
        let value = match canary(api, &field.ty).filter(|_| field.sensitive) {
            Some(canary) => canary,
            None if field.is_asked_for() || field.required => sample(api, &field.ty, depth)?,
            None => continue,
        };
        entries.insert(field.wire.clone(), value);
    }
    Some(entries)
}

/// The canary as a value of a type; none where the type could not hold it.
fn canary(api: &Api, ty: &Type) -> Option<Value> {
    match ty {
        Type::String | Type::Json => Some(json!(CANARY)),
        Type::Named(
            path @ TypePath {
                kind: NamedKind::TextEnum,
                ..
            },
        ) => (!listed(api, path)?.is_closed).then(|| json!(CANARY)),
        Type::List(items) => canary(api, items).map(|item| json!([item])),
        Type::Map(values) => canary(api, values).map(|value| json!({ "key": value })),
        Type::Bool
        | Type::Integer(_)
        | Type::Time
        | Type::Duration
        | Type::Uuid
        | Type::Base64
        | Type::Nullable(_)
        | Type::Tuple(_)
        | Type::F64
        | Type::DateTime
        | Type::Rfc2822
        | Type::Date
        | Type::Sid(_)
        | Type::Named(_)
        | Type::PageMeta
        | Type::File
        | Type::Bytes
        | Type::Custom(_) => None,
    }
}

/// Returns a value that decodes as a type without a deviation, if one is simple to make.
fn sample(api: &Api, ty: &Type, depth: usize) -> Option<Value> {
    Some(match ty {
        Type::String | Type::File | Type::Bytes => json!("value"),
        Type::Bool => json!(true),
        Type::Integer(_) | Type::F64 => json!(1),
        Type::Time => json!("03:04:05Z"),
        Type::Duration => json!("PT1H"),
        Type::Uuid => json!("00000000-0000-4000-8000-000000000000"),
        Type::Base64 => json!("dmFsdWU="),
        Type::Nullable(_) => Value::Null,
        Type::Custom(custom) => custom.sample.clone()?,
        Type::DateTime => json!("2024-01-02T03:04:05Z"),
        Type::Rfc2822 => json!("Tue, 02 Jan 2024 03:04:05 +0000"),
        Type::Date => json!("2024-01-02"),
        Type::Json | Type::Map(_) | Type::PageMeta => json!({}),
        Type::List(_) => json!([]),
        Type::Sid(sid) => json!(api.sids.get(&sid.kind)?.sample()),
        Type::Named(path) => match path.kind {
            NamedKind::TextEnum | NamedKind::IntegerEnum => {
                listed(api, path)?.variants.first()?.wire.to_json()
            }
            NamedKind::Model => {
                let mut models = resource(api, path)?.models.iter();
                let model = models.find(|model| model.name == path.name)?;
                Value::Object(object(api, model, depth)?)
            }
            NamedKind::Union | NamedKind::Responses => return None,
        },
        Type::Tuple(_) => return None,
    })
}

fn listed<'a>(api: &'a Api, path: &TypePath) -> Option<&'a OpenEnum> {
    let mut enums = resource(api, path)?.enums.iter();
    enums.find(|listed| listed.name == path.name)
}

fn resource<'a>(api: &'a Api, path: &TypePath) -> Option<&'a Resource> {
    api.resources.get(&path.module)
}
