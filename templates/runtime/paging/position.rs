//! What a page says about its records and the next page.

use super::super::decode::{Mismatch, Node};
use super::paged::{Next, Paging, Path};
use std::borrow::Cow;

/// What a page says about the next one.
#[derive(Debug, Default)]
pub(super) struct Position {
    /// The number of records.
    pub(super) count: usize,
    /// The URL, the token, or the value of the last record.
    pub(super) next: Option<String>,
    /// Whether that is a number.
    pub(super) next_is_number: bool,
    /// Whether there are more pages, if the page says so.
    pub(super) more: Option<bool>,
    pub(super) total: Option<i64>,
    pub(super) pages: Option<i64>,
}

impl Position {
    /// Reads what a page says, whose records are the elements of `list`.
    pub(super) fn of(root: Node<'_>, list: Option<Node<'_>>, paging: &Paging) -> Self {
        let count = list.map_or(0, |list| list.items().count());
        let next = match paging.next {
            // A link is a URL or an object that has one (JSON:API, "Links").
            Next::Url(path) => at(root, path).map(|link| link.get("href").unwrap_or(link)),
            Next::Token { token, .. } => at(root, token),
            Next::LastItem { field, .. } => {
                let last = list.and_then(|list| list.items().last());
                last.and_then(|last| at(last, field))
            }
            Next::Link | Next::Header { .. } | Next::Number { .. } | Next::Offset { .. } => None,
        };
        let number = |path: Option<Path>| path.and_then(|path| integer(at(root, path)?));
        Self {
            count,
            next: next.and_then(text),
            next_is_number: next.is_some_and(|next| next.number().is_some()),
            more: paging
                .more
                .and_then(|(path, value)| Some(boolean(at(root, path)?)? == value)),
            total: number(paging.total),
            pages: number(paging.pages),
        }
    }
}

/// Returns the list of records; `None` where there are none and that is allowed.
pub(super) fn list<'n>(root: Node<'n>, paging: &Paging) -> Result<Option<Node<'n>>, Mismatch> {
    let mut node = root;
    for name in paging.items {
        node = match node.get(name) {
            Some(inner) => inner,
            None if paging.items_may_be_absent => return Ok(None),
            None => {
                let reason = format!(
                    "expected the list `{}`, found nothing",
                    paging.items.join(".")
                );
                return Err(node.mismatch(reason));
            }
        };
    }
    if node.is_null() && !paging.items.is_empty() {
        if !paging.items_may_be_absent {
            node.note("expected an array, found null", "treated as an empty one");
        }
        return Ok(None);
    }
    node.list()?;
    Ok(Some(node))
}

fn at<'n>(node: Node<'n>, path: &[&str]) -> Option<Node<'n>> {
    path.iter().try_fold(node, |node, name| node.get(name))
}

/// Returns a text or the digits of a number; nothing for an empty text.
fn text(node: Node<'_>) -> Option<String> {
    let text = node.text().map(Cow::into_owned);
    let text = text.or_else(|| node.number().map(str::to_owned));
    text.filter(|text| !text.is_empty())
}

fn integer(node: Node<'_>) -> Option<i64> {
    let digits = text(node)?;
    let digits = digits.strip_suffix(".0").unwrap_or(&digits);
    digits.trim().parse().ok()
}

fn boolean(node: Node<'_>) -> Option<bool> {
    match node.text().as_deref() {
        Some("true") => Some(true),
        Some("false") => Some(false),
        Some(_) => None,
        None => node.bool(),
    }
}
