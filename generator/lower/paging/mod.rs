//! Lists that are returned page by page, recognised from the parameters and from what a page consists of, or stated by the
//! description.

mod names;
mod page;
mod params;
mod rule;

pub(super) use rule::{Rule, Scope, Stated};

use crate::model::api::{
    ModelField, More, NextPage, Operation, PageSize, Paging, Reading, Resource, Responses, Type,
};
use crate::model::names::Name;
use names::{
    DONE, LAST_ITEM_PARAMS, MORE, NUMBER_PARAMS, OFFSET_PARAMS, OTHER_WAY_PARAMS, PAGES,
    SIZE_PARAMS, TOKEN_HEADERS, TOKEN_PARAMS, TOKENS, TOTALS, URLS, normal,
};
use page::{Leaf, Models, Page, model_of};
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
            next,
            in_body: self.in_body,
        })
    }

    /// The number of all records: by a usual name, or `total_ships` of the list `ships`.
    fn total(&self, records: &Leaf<'a>) -> Option<&Leaf<'a>> {
        let is_wanted = |leaf: &Leaf<'_>| is_number(leaf.ty);
        let of_records = format!("total{}", records.key);
        let usual = self.page.value(TOTALS, is_wanted);
        usual.or_else(|| self.page.value(&[&of_records], is_wanted))
    }

    /// The next page of what may be a search: by a token, or by a number where the size of a page can be chosen as well.
    fn next_of_search(&self) -> Option<NextPage> {
        let counted = || self.number().or_else(|| self.offset());
        // `token` is what may be created.
        let token = self.token();
        token
            .filter(|next| !matches!(next, NextPage::Token { param, .. } if param == "token"))
            .or_else(|| self.size().and_then(|_| counted()))
    }

    fn next(&self, records: &Leaf<'a>) -> Option<NextPage> {
        self.url()
            .or_else(|| self.token())
            .or_else(|| self.link())
            .or_else(|| self.header())
            .or_else(|| self.last_item(records))
            .or_else(|| self.number())
            .or_else(|| self.offset())
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

    /// A URL of the next page: by a name that says so, or `next` where no parameter takes a token.
    fn url(&self) -> Option<NextPage> {
        let is_text = |leaf: &Leaf<'_>| matches!(leaf.ty, Type::String | Type::Json);
        let url = self.page.value(URLS, is_text);
        let inside = self.page.value(&["href", "url", "uri", "link"], |leaf| {
            is_text(leaf) && leaf.container == "next"
        });
        let next = self.page.value(&["next"], |leaf| {
            let is_of_links = matches!(leaf.container.as_str(), "links" | "pages");
            is_text(leaf) && (is_of_links || !self.has_token_param())
        });
        let url = url.or(inside).or(next)?;
        Some(NextPage::Url(url.path.clone()))
    }

    /// A value of the page for a parameter: the one that the object of the next page has under the name of the parameter, one
    /// of a usual name, the identifier of the last record, or one for the parameter that takes a token.
    fn token(&self) -> Option<NextPage> {
        let mut values = self.page.values.iter().filter(|leaf| is_token(leaf.ty));
        let of_next_page = values.clone().find_map(|leaf| {
            let is_of_next = matches!(leaf.container.as_str(), "next" | "nextpage");
            let names = [leaf.key.as_str()];
            let is_size = SIZE_PARAMS.contains(&leaf.key.as_str());
            let param = self.param(&names, PageParam::is_open_value);
            Some((leaf, param.filter(|_| is_of_next && !is_size)?))
        });
        let of_usual_name = || {
            TOKENS.iter().find_map(|name| {
                let found = values.clone().find(|leaf| leaf.key == *name)?;
                Some((found, self.param_of(found)?))
            })
        };
        let found = of_next_page
            .or_else(of_usual_name)
            .or_else(|| self.last_id());
        let (leaf, param) = found.or_else(|| {
            values.find_map(|leaf| {
                let mut params = self.opaque_params();
                Some((leaf, params.find(|param| param.key == leaf.key)?))
            })
        })?;
        Some(NextPage::Token {
            param: param.wire.clone(),
            token: leaf.path.clone(),
        })
    }

    /// `last_ship_id` for a parameter `start_after_ship_id`.
    fn last_id(&self) -> Option<(&Leaf<'a>, &PageParam<'a>)> {
        self.page.values.iter().find_map(|leaf| {
            let id = leaf.key.strip_prefix("last").filter(|id| id.len() > 2)?;
            let names = ["startafter", "startingafter", "after"].map(|after| after.to_owned() + id);
            let names = names.each_ref().map(String::as_str);
            let param = self.param(&names, PageParam::is_open_value);
            Some((leaf, param.filter(|_| is_token(leaf.ty))?))
        })
    }

    /// Returns the parameter that takes a value of the page.
    fn param_of(&self, token: &Leaf<'a>) -> Option<&PageParam<'a>> {
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
            return self.param(names, PageParam::is_open_value);
        }
        let of_name = self.param(&alike, PageParam::is_open_value);
        // A string called `cursor` is the next one only where a parameter of that kind is there.
        of_name
            .or_else(|| self.param(TOKEN_PARAMS, PageParam::is_open_value))
            .or_else(|| match key {
                "nextpage" | "next" => self.param(NUMBER_PARAMS, PageParam::is_open_value),
                _ => None,
            })
            .or_else(|| self.opaque_params().next())
    }

    /// A response header with a token for a parameter: the one of the same name, or the one that takes a token.
    fn header(&self) -> Option<NextPage> {
        let responses = self.operation.contract.responses.iter();
        let mut headers = responses
            .filter(|response| response.success)
            .flat_map(|response| &response.headers);
        headers.find_map(|header| {
            let key = normal(&header.wire);
            let token = TOKEN_HEADERS.iter().find(|name| key.ends_with(**name))?;
            let stem = token.strip_prefix("next").unwrap_or(token);
            let param = self
                .param(&[token, stem], PageParam::is_open_value)
                .or_else(|| self.param(TOKEN_PARAMS, PageParam::is_open_value))?;
            Some(NextPage::Header {
                param: param.wire.clone(),
                header: header.wire.clone(),
            })
        })
    }

    /// The header `Link`, declared or in the documentation of a parameter.
    fn link(&self) -> Option<NextPage> {
        let mut headers = self.operation.headers.iter();
        let is_declared = headers.any(|name| name.as_str() == "LINK");
        let is_documented = || self.param(TOKEN_PARAMS, PageParam::is_in_link).is_some();
        (is_declared || is_documented()).then_some(NextPage::Link)
    }

    /// The last record is where the next page begins: with a member that says whether there is one, or where nothing goes
    /// the other way and the parameter is no cursor of the service's own.
    fn last_item(&self, records: &Leaf<'a>) -> Option<NextPage> {
        let param = self.param(LAST_ITEM_PARAMS, PageParam::is_open_value)?;
        let goes_both_ways = self.param(OTHER_WAY_PARAMS, |_| true).is_some();
        let is_clear = !goes_both_ways && self.size().is_some() && !param.is_own_cursor();
        if self.more().is_none() && !is_clear {
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
        // As a text, `p` may be anything.
        let is_page =
            |param: &PageParam<'_>| param.is_number() && (param.key != "p" || is_number(param.ty));
        let param = self.param(NUMBER_PARAMS, is_page)?;
        let begins_at_zero = param.begins_at_zero();
        Some(NextPage::Number {
            param: param.wire.clone(),
            first: i64::from(!begins_at_zero.unwrap_or_else(|| self.is_of_spring())),
        })
    }

    /// Whether this is a page of Spring Data, whose first one has the number 0.
    fn is_of_spring(&self) -> bool {
        let has = |name| self.page.value(&[name], |_| true).is_some();
        has("numberofelements") || (has("number") && has("totalelements") && has("totalpages"))
    }

    fn offset(&self) -> Option<NextPage> {
        let param = self.param(OFFSET_PARAMS, PageParam::is_number);
        // `first` beside `max` is a number of records to skip; elsewhere, it is the size of a page.
        let first = || {
            let max = self.param(&["max"], PageParam::is_number)?;
            self.param(&["first"], |param| param.ty == max.ty)
        };
        let param = param.or_else(first)?;
        let is_scim = self
            .page
            .lists
            .iter()
            .any(|list| list.path == ["Resources"]);
        Some(NextPage::Offset {
            param: param.wire.clone(),
            first: i64::from(is_scim || param.begins_at_one()),
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
