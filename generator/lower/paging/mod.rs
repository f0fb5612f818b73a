//! Lists that are returned page by page, recognised from the parameters and from what a page consists of, or stated by the
//! description.

mod names;
mod page;
mod rule;

pub(super) use rule::{Rule, Scope, Stated};

use crate::model::api::{
    Limit, Location, Model, ModelField, More, NextPage, Operation, PageSize, Paging, Param,
    Resource, Responses, Type,
};
use crate::model::names::Name;
use names::{
    DONE, LAST_ITEM_PARAMS, MORE, NUMBER_PARAMS, OFFSET_PARAMS, PAGES, SIZE_PARAMS, TOKEN_PARAMS,
    TOKENS, TOTALS, URLS, normal,
};
use page::{Leaf, Models, Page, model_of};
use std::collections::BTreeMap;

/// Returns how the list of each operation goes on, in the order of the operations; `Err` where a rule is stated for it that does
/// not fit. `rules` are those that are stated, by the pointer of the operation.
pub(super) fn of_each(
    resources: &BTreeMap<Name, Resource>,
    rules: &BTreeMap<String, Stated<'_>>,
) -> Vec<Result<Option<Paging>, String>> {
    let mut models: BTreeMap<(&Name, &Name), &Model> = BTreeMap::new();
    let mut responses: BTreeMap<(&Name, &Name), &Responses> = BTreeMap::new();
    for (module, resource) in resources {
        let of_module = resource.models.iter();
        models.extend(of_module.map(|model| ((module, &model.name), model)));
        let of_module = resource.responses.iter();
        responses.extend(of_module.map(|one| ((module, &one.name), one)));
    }
    let operations = resources.values().flat_map(|resource| &resource.operations);
    operations
        .map(|operation| {
            let stated = rules.get(&operation.pointer);
            let Some(ty) = page_type(operation, &responses) else {
                return match stated {
                    Some(stated) if stated.is_of_one() => {
                        Err("the response is described as no JSON".to_owned())
                    }
                    Some(_) | None => Ok(None),
                };
            };
            let list = List {
                operation,
                ty,
                page: Page::of(ty, &models),
                params: query_params(operation),
                models: &models,
            };
            let Some(stated) = stated else {
                return Ok(list.recognise());
            };
            match stated.rule.paging(&list) {
                Err(_) if !stated.is_of_one() => Ok(list.recognise()),
                paging => paging,
            }
        })
        .collect()
}

/// Returns the type of a page: what the operation returns with 200, where that differs by status.
fn page_type<'a>(
    operation: &'a Operation,
    responses: &BTreeMap<(&'a Name, &'a Name), &'a Responses>,
) -> Option<&'a Type> {
    let ty = operation.output.as_ref()?;
    match ty {
        Type::Named(path) => match responses.get(&(&path.module, &path.name)) {
            Some(responses) => responses.of_status(200)?.ty.as_ref(),
            None => Some(ty),
        },
        _ => Some(ty),
    }
}

/// An operation that may return a list.
struct List<'a, 'm> {
    operation: &'a Operation,
    ty: &'a Type,
    page: Page<'a>,
    /// The parameters of the query, by their names without separators.
    params: Vec<(String, &'a Param)>,
    models: &'m Models<'a>,
}

fn query_params(operation: &Operation) -> Vec<(String, &Param)> {
    let params = operation.params.iter();
    params
        .filter(|param| param.location == Location::Query)
        .map(|param| (normal(&param.wire), param))
        .collect()
}

impl<'a> List<'a, '_> {
    fn recognise(&self) -> Option<Paging> {
        if self.operation.method != "GET" {
            return None;
        }
        let records = self.page.records(&self.operation.path)?;
        self.paging(records, self.next(records)?)
    }

    /// Returns the list that these names lead to, whatever they are.
    fn list_at(&self, path: &[String]) -> Option<Leaf<'a>> {
        Leaf::at(self.ty, path, self.models).filter(|leaf| matches!(leaf.ty, Type::List(_)))
    }

    fn paging(&self, records: &Leaf<'a>, next: NextPage) -> Option<Paging> {
        let Type::List(item) = records.ty else {
            return None;
        };
        let path = |leaf: &Leaf<'_>| leaf.path.clone();
        Some(Paging {
            items: path(records),
            items_may_be_absent: records.is_optional,
            item: (**item).clone(),
            size: self.size(),
            more: self.more(),
            total: self.page.value(TOTALS, |leaf| is_number(leaf.ty)).map(path),
            pages: self.page.value(PAGES, |leaf| is_number(leaf.ty)).map(path),
            next,
        })
    }

    fn next(&self, records: &Leaf<'a>) -> Option<NextPage> {
        self.url()
            .or_else(|| self.token())
            .or_else(|| self.link())
            .or_else(|| self.last_item(records))
            .or_else(|| self.number())
            .or_else(|| self.offset())
    }

    fn param(&self, names: &[&str], is_wanted: impl Fn(&Param) -> bool) -> Option<&'a Param> {
        names.iter().find_map(|name| {
            let mut params = self.params.iter();
            let found = params.find(|(key, param)| key == name && is_wanted(param));
            found.map(|(_, param)| *param)
        })
    }

    /// A URL of the next page: by a name that says so, or `next` where no parameter takes a token.
    fn url(&self) -> Option<NextPage> {
        let is_text = |leaf: &Leaf<'_>| matches!(leaf.ty, Type::String | Type::Json);
        let url = self.page.value(URLS, is_text);
        let inside = self.page.value(&["href", "url", "uri", "link"], |leaf| {
            is_text(leaf) && leaf.container == "next"
        });
        let next = self.page.value(&["next"], |leaf| {
            let is_of_links = matches!(leaf.container.as_str(), "links" | "pages");
            is_text(leaf) && (is_of_links || self.param(TOKEN_PARAMS, is_open_value).is_none())
        });
        let url = url.or(inside).or(next)?;
        Some(NextPage::Url(url.path.clone()))
    }

    /// A value of the page for a parameter.
    fn token(&self) -> Option<NextPage> {
        TOKENS.iter().find_map(|name| {
            let mut values = self.page.values.iter();
            let found = values.find(|leaf| leaf.key == *name && is_token(leaf.ty))?;
            let param = self.param_of(found)?;
            Some(NextPage::Token {
                param: param.wire.clone(),
                token: found.path.clone(),
            })
        })
    }

    /// Returns the parameter that takes a value of the page.
    fn param_of(&self, token: &Leaf<'a>) -> Option<&'a Param> {
        let key = token.key.as_str();
        let stem = key.strip_prefix("next").filter(|stem| !stem.is_empty());
        let alike: Vec<&str> = [Some(key), stem].into_iter().flatten().collect();
        if matches!(token.ty, Type::Integer(_) | Type::F64) {
            let names = match stem.unwrap_or(key) {
                "page" | "pagenumber" => NUMBER_PARAMS,
                "offset" | "start" | "pagestart" | "pageoffset" => OFFSET_PARAMS,
                _ if key == "next" => NUMBER_PARAMS,
                _ => &alike,
            };
            return self.param(names, is_open_value);
        }
        let of_name = self.param(&alike, is_open_value);
        let in_container = (token.container == "nextpage" || token.container == "next")
            .then(|| self.param(&[key], is_open_value))
            .flatten();
        // A string called `cursor` is the next one only where a parameter of that kind is there.
        of_name
            .or(in_container)
            .or_else(|| self.param(TOKEN_PARAMS, is_open_value))
            .or_else(|| match key {
                "nextpage" | "next" => self.param(NUMBER_PARAMS, is_open_value),
                _ => None,
            })
    }

    fn link(&self) -> Option<NextPage> {
        let has_link = self
            .operation
            .headers
            .iter()
            .any(|name| name.as_str() == "LINK");
        has_link.then_some(NextPage::Link)
    }

    /// The last record is where the next page begins: with a member that says whether there is one, or where nothing goes
    /// the other way.
    fn last_item(&self, records: &Leaf<'a>) -> Option<NextPage> {
        let param = self.param(LAST_ITEM_PARAMS, is_open_value)?;
        let goes_both_ways = self
            .param(&["before", "beforeid", "endingbefore"], |_| true)
            .is_some();
        let has_size = self.size().is_some();
        if self.more().is_none() && (goes_both_ways || !has_size) {
            return None;
        }
        let Type::List(item) = records.ty else {
            return None;
        };
        let model = model_of(item, self.models)?;
        let own = model.fields.iter().find(|field| is_id(field));
        let own = own.map(|id| vec![id.wire.clone()]);
        let of_member = || {
            model.fields.iter().find_map(|field| {
                let inner = model_of(&field.ty, self.models)?;
                let id = inner.fields.iter().find(|field| is_id(field))?;
                Some(vec![field.wire.clone(), id.wire.clone()])
            })
        };
        Some(NextPage::LastItem {
            param: param.wire.clone(),
            field: own.or_else(of_member)?,
        })
    }

    fn number(&self) -> Option<NextPage> {
        let param = self.param(NUMBER_PARAMS, is_number_param)?;
        Some(NextPage::Number {
            param: param.wire.clone(),
            first: i64::from(!begins_at_zero(param)),
        })
    }

    fn offset(&self) -> Option<NextPage> {
        let param = self.param(OFFSET_PARAMS, is_number_param)?;
        let is_scim = self
            .page
            .lists
            .iter()
            .any(|list| list.path == ["Resources"]);
        let begins_at_one = is_scim || least(param).is_some_and(|least| least >= 1.0);
        Some(NextPage::Offset {
            param: param.wire.clone(),
            first: i64::from(begins_at_one),
        })
    }

    fn more(&self) -> Option<More> {
        let is_bool = |leaf: &Leaf<'_>| *leaf.ty == Type::Bool;
        let more = self.page.value(MORE, is_bool).map(|leaf| (leaf, true));
        let done = || self.page.value(DONE, is_bool).map(|leaf| (leaf, false));
        let (leaf, value) = more.or_else(done)?;
        Some(More {
            path: leaf.path.clone(),
            value,
        })
    }

    /// The parameter for the size of a page, with the sizes that the description allows.
    fn size(&self) -> Option<PageSize> {
        let param = self.param(SIZE_PARAMS, |param| {
            matches!(param.ty, Type::Integer(_) | Type::F64)
        })?;
        let range = param.limits.iter().find_map(|limit| match limit {
            Limit::Range(min, max) => Some((whole(*min), whole(*max))),
            Limit::Above(_)
            | Limit::Below(_)
            | Limit::Length(..)
            | Limit::Items(..)
            | Limit::MultipleOf(_)
            | Limit::Pattern(..)
            | Limit::Unique
            | Limit::Each(_) => None,
        });
        let (min, max) = range.unwrap_or_default();
        Some(PageSize {
            param: param.wire.clone(),
            range: (min.map(|min| min.max(1)), max.filter(|max| *max >= 1)),
        })
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a limit outside the range of i64 saturates"
)]
fn whole(bound: f64) -> Option<i64> {
    bound.is_finite().then_some(bound as i64)
}

fn least(param: &Param) -> Option<f64> {
    param.limits.iter().find_map(|limit| match limit {
        Limit::Range(min, _) => Some(*min).filter(|min| min.is_finite()),
        Limit::Above(_)
        | Limit::Below(_)
        | Limit::Length(..)
        | Limit::Items(..)
        | Limit::MultipleOf(_)
        | Limit::Pattern(..)
        | Limit::Unique
        | Limit::Each(_) => None,
    })
}

/// Whether the first page has the number 0: its least value or its documentation says so.
fn begins_at_zero(param: &Param) -> bool {
    if let Some(least) = least(param) {
        return least <= 0.0;
    }
    let docs = param.docs.lines().join(" ").to_ascii_lowercase();
    let hints = [
        "zero-based",
        "zero based",
        "0-based",
        "0 based",
        "zero-indexed",
        "0-indexed",
    ];
    hints.iter().any(|hint| docs.contains(hint))
}

fn is_number(ty: &Type) -> bool {
    match ty {
        Type::Integer(_) | Type::F64 => true,
        Type::Nullable(inner) => is_number(inner),
        _ => false,
    }
}

fn is_number_param(param: &Param) -> bool {
    matches!(
        param.ty,
        Type::Integer(_) | Type::F64 | Type::String | Type::Json
    )
}

/// Whether a parameter takes a value that is not listed.
fn is_open_value(param: &Param) -> bool {
    !matches!(
        param.ty,
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

/// Whether a value may be sent back in a parameter.
fn is_token(ty: &Type) -> bool {
    match ty {
        Type::String
        | Type::Json
        | Type::Uuid
        | Type::Base64
        | Type::Integer(_)
        | Type::F64
        | Type::Sid(_) => true,
        Type::Nullable(inner) => is_token(inner),
        _ => false,
    }
}

fn is_id(field: &ModelField) -> bool {
    field.wire == "id" && is_token(&field.ty)
}
