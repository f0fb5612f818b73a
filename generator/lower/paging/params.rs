//! The parameters that may lead to a page: those in the query of an operation, with the members of those that are objects, or
//! the members of its JSON body.

use super::names::{is_object_of_params, normal};
use super::page::{Models, model_of};
use crate::base::markdown::Docs;
use crate::model::api::{Body, Limit, Location, Model, ModelField, Operation, Param, Style, Type};
use serde_json::Value;

/// The name of a parameter, and what the description says about its value.
#[derive(Debug, Clone)]
pub(super) struct PageParam<'a> {
    /// The name without separators.
    pub key: String,
    /// The name in the query; in a body, the names that lead to it, with dots between them.
    pub wire: String,
    pub ty: &'a Type,
    docs: &'a Docs,
    default: Option<&'a Value>,
    limits: &'a [Limit],
}

/// Words in the documentation of a parameter whose value is returned by the page before.
const OPAQUE: &[&str] = &["token", "cursor", "opaque"];

/// Words in the documentation of pages that are counted from 0.
const FROM_ZERO: &[&str] = &[
    "zero-based",
    "zero based",
    "zero-indexed",
    "0-based",
    "0 based",
    "0-indexed",
    "0-index",
    "0..n",
    "page is 0",
    "starts at 0",
    "starts from 0",
    "starts with 0",
    "starting at 0",
    "starting from 0",
    "starting with 0",
    "start at 0",
    "start from 0",
    "begins at 0",
    "beginning at 0",
    "0 is the first",
    "0 for the first",
];

impl<'a> PageParam<'a> {
    /// Returns those in the query of an operation.
    pub fn of_query(operation: &'a Operation, models: &Models<'a>) -> Vec<Self> {
        let params = operation.params.iter();
        params
            .filter(|param| param.location == Location::Query)
            .flat_map(|param| Self::of(param, models))
            .collect()
    }

    /// Returns those in the JSON body of an operation.
    pub fn of_body(operation: &'a Operation, models: &Models<'a>) -> Vec<Self> {
        let Some(model) = body(operation).and_then(|body| model_of(body, models)) else {
            return Vec::new();
        };
        let of_object = |field: &'a ModelField| {
            let outer = normal(&field.wire);
            let inner = model_of(&field.ty, models).filter(|_| is_object_of_params(&outer));
            let members = inner.map(|inner| Self::of_model(inner, models));
            members.into_iter().flatten().map(move |member| Self {
                // `cursor` inside of `page` is `page_cursor`, and that inside of `pagination` a cursor.
                key: match outer.as_str() {
                    "page" if !member.key.starts_with("page") => format!("page{}", member.key),
                    _ => member.key,
                },
                wire: format!("{}.{}", field.wire, member.wire),
                ..member
            })
        };
        let mut found = Self::of_model(model, models);
        found.extend(can_be_named(model).flat_map(of_object));
        found
    }

    fn of_model(model: &'a Model, models: &Models<'a>) -> Vec<Self> {
        can_be_named(model)
            .map(|field| Self::member(field, field.wire.clone(), models))
            .collect()
    }

    fn of(param: &'a Param, models: &Models<'a>) -> Vec<Self> {
        let members = |wire: &dyn Fn(&ModelField) -> String| match model_of(&param.ty, models) {
            Some(model) => {
                let fields = model.fields.iter();
                fields
                    .map(|field| Self::member(field, wire(field), models))
                    .collect()
            }
            None => vec![Self::whole(param, models)],
        };
        match param.style {
            Style::Form { explode: true } => members(&|field| field.wire.clone()),
            Style::DeepObject => members(&|field| format!("{}[{}]", param.wire, field.wire)),
            Style::Form { explode: false }
            | Style::Simple { .. }
            | Style::Label { .. }
            | Style::Matrix { .. }
            | Style::SpaceDelimited
            | Style::PipeDelimited
            | Style::Prefixed(_)
            | Style::Json
            | Style::TextOrJson
            | Style::EachTextOrJson => vec![Self::whole(param, models)],
        }
    }

    fn whole(param: &'a Param, models: &Models<'a>) -> Self {
        Self {
            key: normal(&param.wire),
            wire: param.wire.clone(),
            ty: models.single(&param.ty),
            docs: &param.docs,
            default: param.default.as_ref(),
            limits: &param.limits,
        }
    }

    fn member(field: &'a ModelField, wire: String, models: &Models<'a>) -> Self {
        let ty = match &field.ty {
            Type::Nullable(inner) => inner,
            ty => ty,
        };
        Self {
            key: normal(&wire),
            wire,
            ty: models.single(ty),
            docs: &field.docs,
            default: field.default.as_ref(),
            limits: &field.limits,
        }
    }

    /// Whether it is a number or a text that may be one.
    pub fn is_number(&self) -> bool {
        match self.ty {
            Type::Integer(_) | Type::F64 => true,
            Type::String | Type::Json => !self.is_opaque(),
            _ => false,
        }
    }

    /// Whether it takes a text that only the page before has.
    pub fn is_opaque(&self) -> bool {
        matches!(self.ty, Type::String | Type::Json) && self.documentation_has(OPAQUE)
    }

    /// Whether the documentation refers to the header `Link`.
    pub fn is_in_link(&self) -> bool {
        self.documentation_has(&["link header", "`link`"])
    }

    /// Whether it takes a value that is not listed.
    pub fn is_open_value(&self) -> bool {
        !matches!(
            self.ty,
            Type::Bool
                | Type::List(_)
                | Type::Map(_)
                | Type::Tuple(_)
                | Type::Named(_)
                | Type::DateTime
                | Type::Rfc2822
                | Type::Date
                | Type::Time
                | Type::Duration
        )
    }

    /// Whether the value is a cursor of the service's own, and not the identifier of a record.
    pub fn is_own_cursor(&self) -> bool {
        let is_id = |word: &str| word.eq_ignore_ascii_case("id") || word.starts_with("identifier");
        let words = |line: &String| line.split(|c: char| !c.is_alphanumeric()).any(is_id);
        self.key.contains("cursor") || (self.is_opaque() && !self.docs.lines().iter().any(words))
    }

    /// Whether the first page has the number 0, as its least value, its default or its documentation says.
    pub fn begins_at_zero(&self) -> Option<bool> {
        let first = self.range().0.or_else(|| self.number_by_default());
        first
            .map(|first| first <= 0.0)
            .or_else(|| self.documentation_has(FROM_ZERO).then_some(true))
    }

    /// Whether the first record has the number 1.
    pub fn begins_at_one(&self) -> bool {
        let first = self.range().0.or_else(|| self.number_by_default());
        first.is_some_and(|first| first >= 1.0)
    }

    fn number_by_default(&self) -> Option<f64> {
        let default = self.default?;
        let text = default.as_str().and_then(|text| text.parse().ok());
        default.as_f64().or(text)
    }

    /// Returns the least and the greatest value.
    pub fn range(&self) -> (Option<f64>, Option<f64>) {
        let range = self.limits.iter().find_map(|limit| match limit {
            Limit::Range(min, max) => Some((*min, *max)),
            Limit::Above(_)
            | Limit::Below(_)
            | Limit::Length(..)
            | Limit::Items(..)
            | Limit::MultipleOf(_)
            | Limit::Pattern(..)
            | Limit::Unique
            | Limit::Each(_) => None,
        });
        let (min, max) = range.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
        (
            Some(min).filter(|min| min.is_finite()),
            Some(max).filter(|max| max.is_finite()),
        )
    }

    fn documentation_has(&self, words: &[&str]) -> bool {
        let docs = self.docs.lines().join(" ").to_ascii_lowercase();
        words.iter().any(|word| docs.contains(word))
    }
}

/// Returns the type of a body that is sent as JSON and as nothing else.
pub(super) fn body(operation: &Operation) -> Option<&Type> {
    let is_json = matches!(operation.body, Body::Json(_)) && operation.formats.is_none();
    let mut params = operation.params.iter();
    let body = params.find(|param| is_json && param.location == Location::Body);
    body.map(|body| &body.ty)
}

/// Returns the members whose names can have dots between them.
fn can_be_named(model: &Model) -> impl Iterator<Item = &ModelField> {
    let fields = model.fields.iter();
    fields.filter(|field| !field.wire.is_empty() && !field.wire.contains('.'))
}
