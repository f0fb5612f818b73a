//! How a list is paged, as it is stated: by the user, or by `x-cratewright-paging` of an operation, a path item or the
//! document.

use super::super::header_names::is_header_name;
use super::page::is_token;
use super::{Leaf, List, Listing, NextPage, Paging, is_number};
use crate::model::api::{More, Type};
use crate::model::settings::Key;
use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

/// The extension that states how lists are paged.
const EXTENSION: &str = "x-cratewright-paging";

/// A rule, and for what it is meant.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Stated<'d> {
    pub rule: Rule,
    pub scope: Scope<'d>,
}

impl Stated<'_> {
    /// Whether it is stated for one operation, which it has to fit.
    pub fn is_of_one(&self) -> bool {
        self.scope != Scope::Several
    }
}

/// What a rule is meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lower) enum Scope<'d> {
    /// An operation, as the user names it.
    Chosen(&'d Key),
    /// The operation that the description states it at.
    Operation,
    /// Those of several operations that it fits.
    Several,
}

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
    /// The way to the records, with dots between the names; without `next`, they are received record by record.
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
    expecting = "expected `next` to have one of `url`, `header`, `page` and `offset`, or `header`, `token` or `last` with a `parameter`"
)]
enum Next {
    /// `url: links.next`.
    Url { url: String },
    /// `header: Link`, or `header: X-Next-Page` and `parameter: page`.
    Header {
        header: String,
        #[serde(default)]
        parameter: Option<String>,
    },
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
    /// How a rule is written.
    pub const HELP: &str = "`{next: {token: next_cursor, parameter: cursor}}` says where the next page is, `{items: data.records}` where \
        the records of a single page are, `false` that there are no pages";

    /// Reads a rule; `false` is that of a list that is not paged.
    ///
    /// # Errors
    ///
    /// Returns the reason why it is not valid.
    pub fn read(value: &Value) -> Result<Self, String> {
        if *value == Value::Bool(false) {
            return Ok(Self::none());
        }
        // Serde would take a list for the members in their order.
        if !value.is_object() {
            return Err("expected a table of members, or `false`".to_owned());
        }
        let rule = Self::deserialize(value).map_err(|error| error.to_string())?;
        rule.check()?;
        Ok(rule)
    }

    /// Checks what the members say together.
    fn check(&self) -> Result<(), String> {
        let Self {
            items,
            next,
            more,
            total,
            pages,
            size,
        } = self;
        for way in [items, more, total, pages].into_iter().flatten() {
            if way.split('.').any(str::is_empty) {
                return Err(format!(
                    "`{way}` has an empty name; names have one dot between them"
                ));
            }
        }
        if next.is_some() {
            return Ok(());
        }
        let others = [
            ("more", more),
            ("total", total),
            ("pages", pages),
            ("size", size),
        ];
        match others.iter().find(|(_, value)| value.is_some()) {
            Some((name, _)) => Err(format!("`{name}` says nothing without `next`")),
            None if items.is_none() => Err("expected `next` or `items`".to_owned()),
            None => Ok(()),
        }
    }

    /// Returns the rule at an object of the description.
    pub fn at(extensions: &IndexMap<String, Value>) -> Option<&Value> {
        extensions.get(EXTENSION)
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

    /// Returns how an operation lists records by this rule.
    ///
    /// # Errors
    ///
    /// Returns what the operation has not got.
    pub(super) fn listing(&self, list: &List<'_, '_>) -> Result<Listing, String> {
        let records = if self.is_of_records() {
            let records = self.records(list)?.records();
            if list.operation.streaming.is_some() {
                return Err("the response is a stream already".to_owned());
            }
            if !list.is_only {
                return Err(
                    "the response has several types, by its status or its media type".to_owned(),
                );
            }
            records
        } else {
            list.body()
        };
        Ok(Listing {
            paging: self.paging(list)?,
            records,
        })
    }

    /// Whether it says where the records are, and nothing about pages.
    pub(super) fn is_of_records(&self) -> bool {
        self.next.is_none() && self.items.is_some()
    }

    /// Returns how an operation is paged by this rule; none where it says that it is not.
    fn paging(&self, list: &List<'_, '_>) -> Result<Option<Paging>, String> {
        let Some(next) = &self.next else {
            return Ok(None);
        };
        let of_body;
        let list = match next.parameter() {
            Some(name) if !list.has_param(name) && list.has_member(&way(name)) => {
                of_body = list.with_params_of_body();
                &of_body
            }
            _ => list,
        };
        let records = self.records(list)?;
        self.check_members(list, &records)?;
        let next = next.page(list)?;
        let Some(mut paging) = list.paging(&records, next) else {
            return Ok(None);
        };
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
        Ok(Some(paging))
    }

    /// Checks the members of the response that the rule names, as far as they are described: an API may have others.
    fn check_members(&self, list: &List<'_, '_>, records: &Leaf<'_>) -> Result<(), String> {
        let is_value = |ty: &Type| is_token(ty) || matches!(ty, Type::Named(_));
        let check = |ty: &Type, way_to: &str, expected: &str, is_wanted: &dyn Fn(&Type) -> bool| {
            let found = Leaf::at(ty, &way(way_to), list.models);
            let ty = found.map(|leaf| match leaf.ty {
                Type::Nullable(inner) => inner,
                ty => ty,
            });
            match ty {
                Some(ty) if *ty != Type::Json && !is_wanted(ty) => {
                    Err(format!("`{way_to}` in the response is not {expected}"))
                }
                Some(_) | None => Ok(()),
            }
        };
        let is_single =
            |ty: &Type| is_value(ty) && super::page::model_of(ty, list.models).is_none();
        match &self.next {
            Some(Next::Token { token, .. }) => {
                check(list.ty, token, "a text or a number", &is_single)?;
            }
            Some(Next::Last { last, .. }) => {
                if let Type::List(item) = records.ty {
                    check(item, last, "a text or a number", &is_single)?;
                }
            }
            Some(
                Next::Url { .. } | Next::Header { .. } | Next::Page { .. } | Next::Offset { .. },
            )
            | None => {}
        }
        if let Some(more) = &self.more {
            let more = more.strip_prefix('!').unwrap_or(more);
            check(list.ty, more, "a boolean", &|ty| {
                matches!(ty, Type::Bool | Type::String)
            })?;
        }
        for number in [&self.total, &self.pages].into_iter().flatten() {
            check(list.ty, number, "a number", &|ty| {
                is_number(ty) || *ty == Type::String
            })?;
        }
        Ok(())
    }

    fn records<'a>(&self, list: &List<'a, '_>) -> Result<Leaf<'a>, String> {
        match &self.items {
            Some(items) => {
                let records = list.list_at(&way(items));
                records.ok_or_else(|| format!("there is no list at `{items}` in the response"))
            }
            None => {
                let records = list.page.records(&list.operation.path).cloned();
                records.ok_or_else(|| "the response has no list that is clearly the one of the records: `items` says which is".to_owned())
            }
        }
    }
}

impl Next {
    /// The parameter that a value is for.
    fn parameter(&self) -> Option<&str> {
        match self {
            Next::Url { .. } => None,
            Next::Header { parameter, .. } => parameter.as_deref(),
            Next::Token { parameter, .. } | Next::Last { parameter, .. } => Some(parameter),
            Next::Page { page, .. } => Some(page),
            Next::Offset { offset, .. } => Some(offset),
        }
    }

    fn page(&self, list: &List<'_, '_>) -> Result<NextPage, String> {
        let param = |name: &String| {
            if list.in_body || list.has_param(name) {
                Ok(name.clone())
            } else {
                Err(format!(
                    "the operation has no parameter `{name}`, neither in its query nor in a JSON body"
                ))
            }
        };
        let next = match self {
            Next::Url { url } => NextPage::Url(way(url)),
            Next::Header { header, parameter } => {
                let is_link = header.eq_ignore_ascii_case("link");
                match parameter {
                    None if is_link => NextPage::Link,
                    Some(_) if is_link => {
                        return Err("`Link` has URLs, and no value for a `parameter`".to_owned());
                    }
                    Some(parameter) => NextPage::Header {
                        header: name_of_header(header)?,
                        param: param(parameter)?,
                    },
                    None => {
                        return Err(format!(
                            "`{header}` needs the `parameter` that its value is for"
                        ));
                    }
                }
            }
            Next::Token { token, parameter } => NextPage::Token {
                token: way(token),
                param: param(parameter)?,
            },
            Next::Last { last, parameter } => NextPage::LastItem {
                field: way(last),
                param: param(parameter)?,
            },
            Next::Page { page, first } => NextPage::Number {
                param: param(page)?,
                first: *first,
            },
            Next::Offset { offset, first } => NextPage::Offset {
                param: param(offset)?,
                first: *first,
            },
        };
        Ok(next)
    }
}

/// Returns the name of a header in lower case.
fn name_of_header(header: &str) -> Result<String, String> {
    if is_header_name(header) {
        Ok(header.to_ascii_lowercase())
    } else {
        Err(format!("`{header}` is not the name of a header"))
    }
}

fn way(dotted: &str) -> Vec<String> {
    let names = dotted.split('.').filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
}
