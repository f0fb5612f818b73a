//! Where the next page of a list is, by the names of parameters, members and headers.

use super::names::{
    LAST_ITEM_PARAMS, NUMBER_PARAMS, OFFSET_PARAMS, OTHER_WAY_PARAMS, SIZE_PARAMS, TOKEN_HEADERS,
    TOKEN_PARAMS, TOKENS, URLS, normal,
};
use super::page::{Leaf, is_token, model_of};
use super::params::PageParam;
use super::{List, is_number};
use crate::model::api::{ModelField, NextPage, Type};

impl<'a> List<'a, '_> {
    /// The next page of what may be a search: by a token, or by a number where the size of a page can be chosen as well.
    pub(super) fn next_of_search(&self) -> Option<NextPage> {
        let counted = || self.number().or_else(|| self.offset());
        // `token` is what may be created.
        let token = self.token().or_else(|| self.header());
        token
            .filter(|next| !matches!(next, NextPage::Token { param, .. } if param == "token"))
            .or_else(|| self.size().and_then(|_| counted()))
    }

    pub(super) fn next(&self, records: &Leaf<'a>) -> Option<NextPage> {
        self.url()
            .or_else(|| self.token())
            .or_else(|| self.link())
            .or_else(|| self.header())
            .or_else(|| self.last_item(records))
            .or_else(|| self.number())
            .or_else(|| self.offset())
            .or_else(|| self.url_without_param())
    }

    /// A URL of the next page: by a name that says so, or `next` where it is called one or no parameter takes a token.
    fn url(&self) -> Option<NextPage> {
        let is_text = |leaf: &Leaf<'_>| matches!(leaf.ty, Type::String | Type::Json);
        let url = self.page.value(URLS, is_text);
        let inside = self.page.value(&["href", "url", "uri", "link"], |leaf| {
            is_text(leaf) && leaf.container == "next"
        });
        let next = self.page.value(&["next"], |leaf| {
            let is_of_links = matches!(leaf.container.as_str(), "links" | "pages");
            is_text(leaf) && (is_of_links || leaf.is_url() || !self.has_token_param())
        });
        let url = url.or(inside).or(next)?;
        Some(NextPage::Url(url.path.clone()))
    }

    /// `nextPage` where no parameter leads to it.
    fn url_without_param(&self) -> Option<NextPage> {
        let is_text = |leaf: &Leaf<'_>| matches!(leaf.ty, Type::String | Type::Json);
        let url = self.page.value(&["nextpage"], is_text)?;
        Some(NextPage::Url(url.path.clone()))
    }

    /// A value of the page for a parameter: the one that the object of the next page has under the name of the parameter, one
    /// of a usual name, the identifier of the last record, one for the parameter that takes a token, or the next value of a
    /// parameter, `next_position` for `position`.
    fn token(&self) -> Option<NextPage> {
        let is_text_of_links = |leaf: &Leaf<'_>| leaf.container == "links" && !is_number(leaf.ty);
        let values = self.page.values.iter();
        let values =
            values.filter(|leaf| leaf.is_token() && !leaf.is_url() && !is_text_of_links(leaf));
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
        let of_same_name = || {
            values.clone().find_map(|leaf| {
                let mut params = self.opaque_params();
                Some((leaf, params.find(|param| param.key == leaf.key)?))
            })
        };
        let is_list = self.operation.method == "GET" || self.size().is_some();
        let of_next_value = || {
            let mut params = self.params.iter().filter(|_| is_list);
            params.find_map(|param| Some((values.clone().find(|leaf| param.takes(leaf))?, param)))
        };
        let found = found.or_else(of_same_name).or_else(|| self.text_offset());
        let (leaf, param) = found.or_else(of_next_value)?;
        Some(NextPage::Token {
            param: param.wire.clone(),
            token: leaf.path.clone(),
        })
    }

    /// A text for the parameter `offset`, where a page has nothing else beside the records: what is sent is not returned.
    fn text_offset(&self) -> Option<(&Leaf<'a>, &PageParam<'a>)> {
        let [leaf] = self.page.values.as_slice() else {
            return None;
        };
        let is_text = |ty: &Type| *ty == Type::String;
        let param = self.param(OFFSET_PARAMS, |param| {
            param.key == leaf.key && is_text(param.ty) && is_text(leaf.ty)
        });
        Some((leaf, param?))
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
                // The number of a page, or the time of its first record.
                _ if key == "next" => {
                    let number = self.param(NUMBER_PARAMS, PageParam::is_open_value);
                    return number.or_else(|| self.param(&["until"], PageParam::is_open_value));
                }
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
        if let Some(cursor) = self
            .cursor_of_record(records)
            .filter(|_| param.key == "cursor")
        {
            return Some(NextPage::LastItem {
                param: param.wire.clone(),
                field: vec![cursor.wire.clone()],
            });
        }
        let is_of_both_ways = !matches!(param.key.as_str(), "startingafter" | "startafter");
        let goes_both_ways = is_of_both_ways && self.param(OTHER_WAY_PARAMS, |_| true).is_some();
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
            field: own.or_else(|| self.more().and_then(|_| of_member()))?,
        })
    }

    /// The member `cursor` that each record has.
    fn cursor_of_record(&self, records: &Leaf<'a>) -> Option<&'a ModelField> {
        let Type::List(item) = records.ty else {
            return None;
        };
        let mut fields = model_of(item, self.models)?.fields.iter();
        fields.find(|field| normal(&field.wire) == "cursor" && is_token(&field.ty))
    }

    fn number(&self) -> Option<NextPage> {
        // As a text, `p` may be anything.
        let is_page =
            |param: &PageParam<'_>| param.is_number() && (param.key != "p" || is_number(param.ty));
        let param = self.param(NUMBER_PARAMS, is_page)?;
        let is_number_before = param.key == "skippages";
        let begins_at_zero = Some(true)
            .filter(|_| is_number_before)
            .or_else(|| param.begins_at_zero());
        Some(NextPage::Number {
            param: param.wire.clone(),
            first: i64::from(!begins_at_zero.unwrap_or_else(|| self.is_of_spring())),
        })
    }

    /// Whether a parameter is where a range begins, such as a span of time, and not where a page does: its documentation has a
    /// time, or there is a parameter for the end and nothing of records in the documentation.
    fn is_of_a_range(&self, param: &PageParam<'a>) -> bool {
        let ends = match param.key.as_str() {
            "start" => ["end", "stop", "until"],
            "from" => ["to", "until", "end"],
            _ => return false,
        };
        let has_end = || self.param(&ends, |_| true).is_some();
        !param.is_place() && (param.is_time() || (has_end() && !param.is_of_records()))
    }

    /// Whether this is a page of Spring Data, whose first one has the number 0.
    fn is_of_spring(&self) -> bool {
        let has = |name| self.page.value(&[name], |_| true).is_some();
        has("numberofelements") || (has("number") && has("totalelements") && has("totalpages"))
    }

    fn offset(&self) -> Option<NextPage> {
        let param = self.param(OFFSET_PARAMS, |param| {
            param.is_number() && !self.is_of_a_range(param)
        });
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
}

fn is_id(field: &ModelField) -> bool {
    field.wire == "id" && is_token(&field.ty)
}
