//! Lists that come page by page, recognised from what their pages hold.

use crate::model::api::{
    Limit, Location, Member, Model, ModelField, NextPage, Operation, Paging, Param, Resource, Type,
};
use crate::model::names::Name;
use std::collections::BTreeMap;

/// Fields of a page that say where it stands, beside the records.
const PAGING_FIELDS: &[&str] = &[
    "meta",
    "links",
    "_links",
    "uri",
    "url",
    "page",
    "page_size",
    "start",
    "end",
    "num_pages",
    "total",
    "total_count",
    "first_page_uri",
    "last_page_uri",
    "next_page_uri",
    "previous_page_uri",
    "first_page_url",
    "last_page_url",
    "next_page_url",
    "previous_page_url",
    "next_token",
    "previous_token",
    "has_more",
    "object",
    "schemas",
    "startIndex",
    "itemsPerPage",
    "totalResults",
];

/// Parameters that ask for the size of a page.
const SIZE_PARAMS: &[&str] = &["pagesize", "size", "limit", "perpage", "count"];

/// Returns how the answer of each operation goes on, in the order of the operations.
pub(super) fn of_each(resources: &BTreeMap<Name, Resource>) -> Vec<Option<Paging>> {
    let models: BTreeMap<(&Name, &Name), &Model> = resources
        .iter()
        .flat_map(|(module, resource)| {
            resource
                .models
                .iter()
                .map(move |model| ((module, &model.name), model))
        })
        .collect();
    let operations = resources.values().flat_map(|resource| &resource.operations);
    operations
        .map(|operation| paging(operation, &models))
        .collect()
}

type Models<'a> = BTreeMap<(&'a Name, &'a Name), &'a Model>;

fn model_of<'a>(ty: &Type, models: &Models<'a>) -> Option<&'a Model> {
    let Type::Named(path) = ty else { return None };
    models.get(&(&path.module, &path.name)).copied()
}

fn paging(operation: &Operation, models: &Models<'_>) -> Option<Paging> {
    if operation.method != "GET" {
        return None;
    }
    let page = model_of(operation.output.as_ref()?, models)?;
    let next = next_page(operation, page, models)?;
    let is_record_list = |field: &&ModelField| {
        matches!(field.ty, Type::List(_)) && !PAGING_FIELDS.contains(&field.wire.as_str())
    };
    let mut lists = page.fields.iter().filter(is_record_list);
    let (items, None) = (lists.next()?, lists.next()) else {
        return None;
    };
    let Type::List(item) = &items.ty else {
        return None;
    };
    Some(Paging {
        items: member(items),
        item: (**item).clone(),
        page_size: page_size(operation),
        next,
    })
}

fn next_page(operation: &Operation, page: &Model, models: &Models<'_>) -> Option<NextPage> {
    let field = |wire: &str| page.fields.iter().find(|field| field.wire == wire);
    let has_query = |wire: &str| {
        operation
            .params
            .iter()
            .any(|param| param.location == Location::Query && param.wire == wire)
    };
    if let Some(url) = ["next_page_uri", "next_page_url"]
        .into_iter()
        .find_map(field)
    {
        return Some(NextPage::Url(vec![member(url)]));
    }
    if let (Some(total), Some(_)) = (field("totalResults"), field("Resources")) {
        return Some(NextPage::Index("startIndex".to_owned(), member(total)));
    }
    if let Some(meta) = field("meta") {
        if meta.ty == Type::PageMeta {
            let url = Member {
                name: Name::of_page_meta("next_page_url"),
                optional: true,
            };
            return Some(NextPage::Url(vec![member(meta), url]));
        }
        let inner = model_of(&meta.ty, models)?;
        let inner = |wire: &str| {
            inner
                .fields
                .iter()
                .find(|field| field.wire == wire && field.ty == Type::String)
        };
        if let Some(url) = ["next_page_url", "next_page_uri"]
            .into_iter()
            .find_map(inner)
        {
            return Some(NextPage::Url(vec![member(meta), member(url)]));
        }
        let names = [
            ("next_token", "Token"),
            ("next_token", "PageToken"),
            ("nextToken", "pageToken"),
        ];
        let (token, param) = names
            .into_iter()
            .find_map(|(wire, param)| Some((inner(wire)?, param)).filter(|_| has_query(param)))?;
        return Some(NextPage::Token(
            param.to_owned(),
            vec![member(meta), member(token)],
        ));
    }
    None
}

fn member(field: &ModelField) -> Member {
    Member {
        name: field.name.clone(),
        optional: field.is_optional(),
    }
}

/// The parameter for the size of a page, if the description says how large it may be.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a limit outside the range of i64 saturates"
)]
fn page_size(operation: &Operation) -> Option<(Name, i64, i64)> {
    let is_size = |param: &&Param| {
        let wire: String = param
            .wire
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        param.location == Location::Query
            && !param.required
            && matches!(param.ty, Type::Integer(_))
            && SIZE_PARAMS.contains(&wire.to_ascii_lowercase().as_str())
    };
    let param = operation.params.iter().find(is_size)?;
    param.limits.iter().find_map(|limit| match limit {
        Limit::Range(min, max) if max.is_finite() => {
            Some((param.name.clone(), min.max(1.0) as i64, *max as i64))
        }
        Limit::Range(..)
        | Limit::Above(_)
        | Limit::Below(_)
        | Limit::Length(..)
        | Limit::Items(..)
        | Limit::MultipleOf(_)
        | Limit::Pattern(..)
        | Limit::Unique
        | Limit::Each(_) => None,
    })
}
