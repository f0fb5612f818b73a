//! How a list is paged, as the description states it: `x-cratewright-paging` of an operation, a path item or the document.

use super::{List, NextPage, Paging};
use crate::model::api::More;
use serde::Deserialize;
use serde_json::Value;

/// The extension that states how lists are paged.
const EXTENSION: &str = "x-cratewright-paging";

/// How lists are paged.
///
/// ```yaml
/// x-cratewright-paging:
///   items: data.records          # the records; the only list of a page where it is left out
///   next: {token: meta.next, parameter: cursor}
///   more: has_more               # `!done` for a member that says the opposite
/// ```
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::lower) struct Rule {
    /// The way to the records, with dots between the names.
    #[serde(default)]
    items: Option<String>,
    /// Where the next page is; none where the list is not paged.
    #[serde(default)]
    next: Option<Next>,
    /// The way to the boolean that says whether there are more pages; with `!` before it, to one that says the opposite.
    #[serde(default)]
    more: Option<String>,
    /// The way to the number of all records.
    #[serde(default)]
    total: Option<String>,
    /// The way to the number of all pages.
    #[serde(default)]
    pages: Option<String>,
    /// The parameter for the size of a page.
    #[serde(default)]
    size: Option<String>,
}

/// Where the next page is.
#[derive(Debug, Clone, Deserialize)]
#[serde(
    untagged,
    deny_unknown_fields,
    expecting = "expected `next` to have one of `url`, `header`, `page` and `offset`, or `token` or `last` with a `parameter`"
)]
enum Next {
    /// `url: links.next`.
    Url { url: String },
    /// `header: Link`.
    Header { header: String },
    /// `token: next_cursor` and `parameter: cursor`.
    Token { token: String, parameter: String },
    /// `last: id` and `parameter: starting_after`.
    Last { last: String, parameter: String },
    /// `page: page`.
    Page {
        page: String,
        #[serde(default = "one")]
        first: i64,
    },
    /// `offset: offset`.
    Offset {
        offset: String,
        #[serde(default)]
        first: i64,
    },
}

fn one() -> i64 {
    1
}

impl Rule {
    /// Reads the rule among extensions, the innermost first; `Err` with the reason where there is one that is not valid.
    pub fn find<'e>(
        extensions: impl IntoIterator<Item = &'e indexmap::IndexMap<String, Value>>,
    ) -> Option<Result<Self, String>> {
        let value = extensions
            .into_iter()
            .find_map(|extensions| extensions.get(EXTENSION))?;
        if *value == Value::Bool(false) {
            return Some(Ok(Self::none()));
        }
        Some(Self::deserialize(value).map_err(|error| error.to_string()))
    }

    fn none() -> Self {
        Self {
            items: None,
            next: None,
            more: None,
            total: None,
            pages: None,
            size: None,
        }
    }

    /// Returns how an operation is paged by this rule; none where it has not got the parameter or the records.
    pub(super) fn paging(&self, list: &List<'_, '_>) -> Option<Paging> {
        let next = self.next.as_ref()?;
        let records = match &self.items {
            Some(items) => {
                let items = way(items);
                list.page.lists.iter().find(|list| list.path == items)
            }
            None => list.page.records(&list.operation.path),
        }?;
        let has = |name: &str| list.params.iter().any(|(_, param)| param.wire == name);
        let next = match next {
            Next::Url { url } => NextPage::Url(way(url)),
            Next::Header { header } if header.eq_ignore_ascii_case("link") => NextPage::Link,
            Next::Header { .. } => return None,
            Next::Token { token, parameter } => NextPage::Token {
                token: way(token),
                param: Some(parameter).filter(|name| has(name))?.clone(),
            },
            Next::Last { last, parameter } => NextPage::LastItem {
                field: way(last),
                param: Some(parameter).filter(|name| has(name))?.clone(),
            },
            Next::Page { page, first } => NextPage::Number {
                param: Some(page).filter(|name| has(name))?.clone(),
                first: *first,
            },
            Next::Offset { offset, first } => NextPage::Offset {
                param: Some(offset).filter(|name| has(name))?.clone(),
                first: *first,
            },
        };
        let mut paging = list.paging(records, next)?;
        if let Some(more) = &self.more {
            let (path, value) = match more.strip_prefix('!') {
                Some(path) => (way(path), false),
                None => (way(more), true),
            };
            paging.more = Some(More { path, value });
        }
        paging.total = self.total.as_deref().map(way).or(paging.total);
        paging.pages = self.pages.as_deref().map(way).or(paging.pages);
        if let (Some(name), Some(size)) = (&self.size, &mut paging.size) {
            size.param.clone_from(name);
        }
        Some(paging)
    }
}

fn way(dotted: &str) -> Vec<String> {
    let names = dotted.split('.').filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
}
