//! Operations that list records page by page.

use super::super::client::Operation;

/// An operation that lists records page by page.
///
/// `pages` and `items` of a client iterate over such a list.
pub trait Paged: Operation {
    /// The type of the records.
    type Item;

    /// Clamps the page size to the limits of the description.
    fn bound_page_size(&mut self) {}

    /// Returns the location of the next page; `None` if this is the last one.
    fn next_page(page: &Self::Output) -> Option<NextPage<'_>>;

    /// Returns the records of a page.
    fn items(page: Self::Output) -> Vec<Self::Item>;
}

/// The location of the next page of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextPage<'a>(pub(super) Link<'a>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link<'a> {
    Url(&'a str),
    Token {
        parameter: &'static str,
        token: &'a str,
    },
    Index {
        parameter: &'static str,
        count: usize,
        total: i64,
    },
}

impl<'a> NextPage<'a> {
    /// The page is at a URL, absolute or relative to the server; without a URL, there is none.
    pub fn url(url: Option<&'a str>) -> Option<Self> {
        url.filter(|url| !url.is_empty()).map(Link::Url).map(Self)
    }

    /// The page is the response to the same request with a token in the query parameter `parameter`; without a token, there
    /// is none.
    pub fn token(parameter: &'static str, token: Option<&'a str>) -> Option<Self> {
        token
            .filter(|token| !token.is_empty())
            .map(|token| Self(Link::Token { parameter, token }))
    }

    /// The page is the response to the same request with the index of its first record, counted from 1, in the query
    /// parameter `parameter` (RFC 7644, section 3.4.2.4).
    ///
    /// This page has `count` records, and all pages together have `total`.
    pub fn index(
        parameter: &'static str,
        count: usize,
        total: Option<impl Into<i64>>,
    ) -> Option<Self> {
        let total = total?.into();
        (count > 0).then_some(Self(Link::Index {
            parameter,
            count,
            total,
        }))
    }
}
