//! Lists that are returned page by page, recognised from the parameters and from what a page consists of, or stated by the
//! description.

mod names;
mod next;
mod page;
mod params;
mod rule;

pub(super) use rule::{Rule, Scope, Stated};

use crate::model::api::{
    More, NextPage, Operation, PagePlace, PageSize, Paging, Reading, Resource, Responses, Type,
};
use crate::model::names::Name;
use names::{DONE, MORE, PAGES, SIZE_PARAMS, TOKEN_PARAMS, TOTALS};
use page::{Leaf, Models, Page};
use params::PageParam;
use std::collections::BTreeMap;

/// How an operation lists records.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// How the list goes on from page to page.
    pub paging: Option<Paging>,
    /// The list, where it may be received record by record.
    pub records: Option<Records>,
}

/// A list of records.
#[derive(Debug)]
pub(super) struct Records {
    /// The names that lead to it.
    pub path: Vec<String>,
    pub item: Type,
    /// Whether it may be left out or null.
    pub may_be_absent: bool,
}

/// Returns how each operation lists records, in the order of the operations; `Err` where a rule is stated for it that does
/// not fit. `rules` are those that are stated, by the pointer of the operation.
pub(super) fn of_each(
    resources: &BTreeMap<Name, Resource>,
    rules: &BTreeMap<String, Stated<'_>>,
) -> Vec<Result<Listing, String>> {
    let mut models = Models::default();
    let mut responses: BTreeMap<(&Name, &Name), &Responses> = BTreeMap::new();
    for (module, resource) in resources {
        let of_module = resource.models.iter();
        let of_module = of_module.map(|model| ((module, &model.name), model));
        models.structs.extend(of_module);
        let of_module = resource.unions.iter();
        let of_module = of_module.map(|union| ((module, &union.name), union));
        models.unions.extend(of_module);
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
                    Some(_) | None => Ok(Listing::default()),
                };
            };
            let list = List {
                operation,
                ty,
                is_only: is_only(operation, &responses),
                page: Page::of(ty, &models),
                params: PageParam::of_query(operation, &models),
                in_body: false,
                models: &models,
            };
            let Some(stated) = stated else {
                return Ok(list.recognised());
            };
            match stated.rule.listing(&list) {
                Err(_) if !stated.is_of_one() => Ok(list.recognised()),
                // A rule for several lists leaves those paged that are.
                Ok(listing) if !stated.is_of_one() && stated.rule.is_of_records() => Ok(Listing {
                    paging: list.recognise(),
                    ..listing
                }),
                listing => listing,
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

/// Returns whether there is no other success with a body, and that is JSON.
fn is_only(operation: &Operation, responses: &BTreeMap<(&Name, &Name), &Responses>) -> bool {
    let variants = match &operation.output {
        Some(Type::Named(path)) => responses.get(&(&path.module, &path.name)),
        _ => None,
    };
    let Some(responses) = variants else {
        return operation.reading == Reading::Json;
    };
    let mut with_body = responses.variants.iter().filter(|one| one.ty.is_some());
    let first = with_body.next();
    first.is_some_and(|one| one.reading == Reading::Json) && with_body.next().is_none()
}

/// An operation that may return a list, and the parameters that may lead to its pages.
#[derive(Clone)]
struct List<'a, 'm> {
    operation: &'a Operation,
    ty: &'a Type,
    /// Whether every success with a body is that type.
    is_only: bool,
    page: Page<'a>,
    params: Vec<PageParam<'a>>,
    /// Whether the parameters are those in its body.
    in_body: bool,
    models: &'m Models<'a>,
}

impl<'a> List<'a, '_> {
    fn recognised(&self) -> Listing {
        Listing {
            paging: self.recognise(),
            records: self.body(),
        }
    }

    /// Returns the body, where that is the list.
    fn body(&self) -> Option<Records> {
        let leaf = self.list_at(&[]).filter(|_| self.is_only)?;
        leaf.records()
    }

    fn recognise(&self) -> Option<Paging> {
        let records = self.page.records(&self.operation.path)?;
        match self.operation.method.as_str() {
            "GET" => self.paging(records, self.next(records)?),
            "POST" | "QUERY" if !self.sends(records) => {
                let of_body = self.with_params_of_body();
                let next = |list: &Self| list.paging(records, list.next_of_search()?);
                next(&of_body).or_else(|| next(self))
            }
            _ => None,
        }
    }

    /// Whether its body has the same kind of records, so that it creates them.
    fn sends(&self, records: &Leaf<'a>) -> bool {
        let Some(body) = params::body(self.operation) else {
            return false;
        };
        let page = Page::of(body, self.models);
        page.lists.iter().any(|list| list.ty == records.ty)
    }

    /// The same operation with the parameters in its JSON body.
    fn with_params_of_body(&self) -> Self {
        Self {
            params: PageParam::of_body(self.operation, self.models),
            in_body: true,
            ..self.clone()
        }
    }

    /// Whether there is a parameter of this name.
    fn has_param(&self, name: &str) -> bool {
        self.params.iter().any(|param| param.wire == name)
    }

    /// Whether these names lead to a member of its JSON body.
    fn has_member(&self, path: &[String]) -> bool {
        let body = params::body(self.operation);
        body.is_some_and(|body| Leaf::at(body, path, self.models).is_some())
    }

    /// Returns the list that these names lead to, whatever they are.
    fn list_at(&self, path: &[String]) -> Option<Leaf<'a>> {
        Leaf::at(self.ty, path, self.models).filter(|leaf| matches!(leaf.ty, Type::List(_)))
    }

    fn paging(&self, records: &Leaf<'a>, next: NextPage) -> Option<Paging> {
        let Records {
            path,
            item,
            may_be_absent,
        } = records.records()?;
        let of = |leaf: &Leaf<'_>| leaf.path.clone();
        Some(Paging {
            items: path,
            items_may_be_absent: may_be_absent,
            item,
            size: self.size(),
            more: self.more(),
            total: self.total(records).map(of),
            pages: self.page.value(PAGES, |leaf| is_number(leaf.ty)).map(of),
            place: self.place(&next),
            next,
        })
    }

    /// Where the parameters are, and what the one for the next page is there.
    fn place(&self, next: &NextPage) -> PagePlace {
        if !self.in_body {
            return PagePlace::Query;
        }
        let path = |name: &str| name.split('.').map(str::to_owned).collect::<Vec<_>>();
        let param = next.param().and_then(|name| {
            let body = params::body(self.operation)?;
            Leaf::at(body, &path(name), self.models)
        });
        let of_type = |ty: &Type| match ty {
            Type::Integer(_) | Type::F64 => PagePlace::BodyAsNumber,
            Type::String | Type::DateTime | Type::Uuid | Type::Base64 | Type::Sid(_) => {
                PagePlace::BodyAsString
            }
            _ => PagePlace::Body,
        };
        match param.map(|param| param.ty) {
            Some(Type::Nullable(inner)) => of_type(inner),
            Some(ty) => of_type(ty),
            None => PagePlace::Body,
        }
    }

    /// The number of all records: by a usual name, or `total_ships` of the list `ships`.
    fn total(&self, records: &Leaf<'a>) -> Option<&Leaf<'a>> {
        let is_wanted = |leaf: &Leaf<'_>| is_number(leaf.ty);
        let of_records = format!("total{}", records.key);
        let usual = self.page.value(TOTALS, is_wanted);
        usual.or_else(|| self.page.value(&[&of_records], is_wanted))
    }

    fn param(
        &self,
        names: &[&str],
        is_wanted: impl Fn(&PageParam<'a>) -> bool,
    ) -> Option<&PageParam<'a>> {
        names.iter().find_map(|name| {
            let mut params = self.params.iter();
            params.find(|param| param.key == *name && is_wanted(param))
        })
    }

    /// Whether a parameter takes a token.
    fn has_token_param(&self) -> bool {
        self.param(TOKEN_PARAMS, PageParam::is_open_value).is_some()
            || self.opaque_params().next().is_some()
    }

    /// The parameters that take a text that only the page before has, as their documentation says; none in the request of what
    /// may create something, where such a text is the name of a token.
    fn opaque_params(&self) -> impl Iterator<Item = &PageParam<'a>> {
        let is_get = self.operation.method == "GET";
        let params = self.params.iter();
        params.filter(move |param| is_get && param.is_opaque())
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
        let (min, max) = param.range();
        let (min, max) = (min.map(whole), max.map(whole));
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
fn whole(bound: f64) -> i64 {
    bound as i64
}

fn is_number(ty: &Type) -> bool {
    match ty {
        Type::Integer(_) | Type::F64 => true,
        Type::Nullable(inner) => is_number(inner),
        _ => false,
    }
}
