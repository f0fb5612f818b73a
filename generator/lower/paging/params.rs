//! The parameters that may lead to a page: those in the query of an operation, with the members of those that are objects, or
//! the members of its JSON body.

use super::names::{
    NUMBER_PARAMS, OFFSET_PARAMS, TOKEN_PARAMS, is_called_token, is_object_of_params, normal,
};
use super::page::{Leaf, Models, model_of};
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
const OPAQUE: &[&str] = &["cursor", "opaque"];

/// Words beside `token` in such documentation.
const WITH_TOKEN: &[&str] = &["next", "page", "previous", "continu", "result", "offset"];

/// Tokens that are credentials, and no value of a page.
const CREDENTIALS: &[&str] = &[
    "access token",
    "access_token",
    "api token",
    "auth token",
    "authentication token",
    "authorization token",
    "bearer token",
    "oauth token",
    "session token",
    "user token",
];

/// Words in the documentation of a point in time.
const TIMES: &[&str] = &[
    "date",
    "datetime",
    "day",
    "epoch",
    "iso8601",
    "milliseconds",
    "millis",
    "time",
    "timestamp",
    "unix",
];

/// Words in the documentation of a place among records.
const PLACES: &[&str] = &[
    "index",
    "offset",
    "page",
    "pages",
    "pagination",
    "row",
    "rows",
    "skip",
];

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
            ty: models.single(not_null(&param.ty)),
            docs: &param.docs,
            default: param.default.as_ref(),
            limits: &param.limits,
        }
    }

    fn member(field: &'a ModelField, wire: String, models: &Models<'a>) -> Self {
        Self {
            key: normal(&wire),
            wire,
            ty: models.single(not_null(&field.ty)),
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
        let is_token = || {
            let credentials = CREDENTIALS.iter();
            let docs = credentials.fold(self.documentation(), |docs, credential| {
                docs.replace(credential, "")
            });
            let is_of_page = |names: &[&str]| names.contains(&self.key.as_str());
            let is_of_page = [NUMBER_PARAMS, OFFSET_PARAMS, TOKEN_PARAMS]
                .into_iter()
                .any(is_of_page);
            docs.contains("token") && (is_of_page || has_any(&docs, WITH_TOKEN))
        };
        let is_text = matches!(self.ty, Type::String | Type::Json);
        is_text && (self.documentation_has(OPAQUE) || is_token())
    }

    /// Whether a value of a page is clearly the one that it takes on the next page: it is called the next one of the parameter,
    /// or is the next or the last one of something and named in the documentation of the parameter.
    pub fn takes(&self, value: &Leaf<'_>) -> bool {
        let next = value.key.strip_prefix("next").filter(|stem| stem.len() > 2);
        let is_next = next.is_some_and(|stem| self.key == stem || self.key == value.key);
        let is_last = || value.key.strip_prefix("last").is_some();
        let is_named = || {
            let name = value.path.last().map(|name| name.to_ascii_lowercase());
            name.is_some_and(|name| {
                self.documentation()
                    .split(not_of_a_name)
                    .any(|word| word == name)
            })
        };
        self.is_open_value() && (is_next || ((next.is_some() || is_last()) && is_named()))
    }

    /// Whether the documentation refers to the header `Link`.
    pub fn is_in_link(&self) -> bool {
        self.documentation_has(&["link header", "`link`"])
    }

    /// Whether it takes a value that is not listed.
    pub fn is_open_value(&self) -> bool {
        let is_cursor_of_time = self.ty == &Type::DateTime && is_called_token(&self.key);
        is_cursor_of_time
            || !matches!(
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

    /// Whether the documentation has a point in time.
    pub fn is_time(&self) -> bool {
        self.documentation_has_word(TIMES)
    }

    /// Whether the documentation has the place of a record among others.
    pub fn is_place(&self) -> bool {
        self.documentation_has_word(PLACES)
    }

    /// Whether the documentation has records.
    pub fn is_of_records(&self) -> bool {
        self.documentation_has_word(&["record", "records", "result", "results"])
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
        first.is_some_and(|first| (1.0..2.0).contains(&first))
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
        has_any(&self.documentation(), words)
    }

    fn documentation_has_word(&self, words: &[&str]) -> bool {
        let docs = self.documentation();
        let mut found = docs.split(|c: char| !c.is_ascii_alphanumeric());
        found.any(|word| words.contains(&word))
    }

    fn documentation(&self) -> String {
        self.docs.lines().join(" ").to_ascii_lowercase()
    }
}

fn has_any(docs: &str, words: &[&str]) -> bool {
    words.iter().any(|word| docs.contains(word))
}

/// Returns the type of a body that is sent as JSON and as nothing else.
pub(super) fn body(operation: &Operation) -> Option<&Type> {
    let is_json = matches!(operation.body, Body::Json(_)) && operation.formats.is_none();
    let mut params = operation.params.iter();
    let body = params.find(|param| is_json && param.location == Location::Body);
    body.map(|body| &body.ty)
}

fn not_of_a_name(c: char) -> bool {
    !c.is_ascii_alphanumeric() && c != '_' && c != '-'
}

fn not_null(ty: &Type) -> &Type {
    match ty {
        Type::Nullable(inner) => inner,
        ty => ty,
    }
}

/// Returns the members whose names can have dots between them.
fn can_be_named(model: &Model) -> impl Iterator<Item = &ModelField> {
    let fields = model.fields.iter();
    fields.filter(|field| !field.wire.is_empty() && !field.wire.contains('.'))
}
