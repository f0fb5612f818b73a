//! Operations that list records page by page.

use super::super::client::Operation;
use super::super::decode::Decode;

/// An operation that lists records page by page.
///
/// `pages` and `items` of a client iterate over such a list.
pub trait Paged: Operation {
    /// The type of the records.
    type Item: Decode;

    /// Where the records of a page are, and where the next page is.
    const PAGING: Paging;
}

/// Where the records of a page are, and where the next page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paging {
    pub(super) next: Next,
    pub(super) place: Place,
    pub(super) items: Path,
    pub(super) items_may_be_absent: bool,
    pub(super) more: Option<(Path, bool)>,
    pub(super) total: Option<Path>,
    pub(super) pages: Option<Path>,
    pub(super) size: Option<Size>,
}

/// The names of the members that lead to a value of a page.
pub(super) type Path = &'static [&'static str];

/// Where the next page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    Url(Path),
    Link,
    Token {
        parameter: &'static str,
        token: Path,
    },
    Header {
        parameter: &'static str,
        header: &'static str,
    },
    LastItem {
        parameter: &'static str,
        field: Path,
    },
    Number {
        parameter: &'static str,
        first: i64,
    },
    Offset {
        parameter: &'static str,
        first: i64,
    },
}

/// Where the parameters are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Place {
    Query,
    /// In the JSON body, each at the end of names that have dots between them.
    Body(Form),
}

/// How the parameter for the next page is written in a JSON body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Form {
    /// As a number where the page has a number, and otherwise as a string.
    AsFound,
    String,
    Number,
}

/// The parameter for the size of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Size {
    pub(super) parameter: &'static str,
    pub(super) least: Option<i64>,
    pub(super) most: Option<i64>,
}

impl Paging {
    const fn new(next: Next) -> Self {
        Self {
            next,
            place: Place::Query,
            items: &[],
            items_may_be_absent: false,
            more: None,
            total: None,
            pages: None,
            size: None,
        }
    }

    /// The next page is at a URL in the page, absolute or relative to the server.
    #[must_use]
    pub const fn url(url: &'static [&'static str]) -> Self {
        Self::new(Next::Url(url))
    }

    /// The next page is at the URL of the header `Link` with the relation `next` (RFC 8288).
    #[must_use]
    pub const fn link() -> Self {
        Self::new(Next::Link)
    }

    /// The next page is the response to the same request with a value of the page in a query parameter.
    #[must_use]
    pub const fn token(parameter: &'static str, token: &'static [&'static str]) -> Self {
        Self::new(Next::Token { parameter, token })
    }

    /// The next page is the response to the same request with the value of a response header in a query parameter.
    #[must_use]
    pub const fn header(parameter: &'static str, header: &'static str) -> Self {
        Self::new(Next::Header { parameter, header })
    }

    /// The next page is the response to the same request with a value of the last record in a query parameter.
    #[must_use]
    pub const fn last_item(parameter: &'static str, field: &'static [&'static str]) -> Self {
        Self::new(Next::LastItem { parameter, field })
    }

    /// Pages have numbers, the first of which is `first`, in a query parameter.
    #[must_use]
    pub const fn number(parameter: &'static str, first: i64) -> Self {
        Self::new(Next::Number { parameter, first })
    }

    /// Pages begin after a number of records, in a query parameter; `first` is that of the first page.
    #[must_use]
    pub const fn offset(parameter: &'static str, first: i64) -> Self {
        Self::new(Next::Offset { parameter, first })
    }

    /// Sets where the records are in a page; by default, the page is the list.
    #[must_use]
    pub const fn items(mut self, items: &'static [&'static str]) -> Self {
        self.items = items;
        self
    }

    /// Allows that a page without records has no list.
    #[must_use]
    pub const fn items_may_be_absent(mut self) -> Self {
        self.items_may_be_absent = true;
        self
    }

    /// Sets where a page says whether there are more: the value there is `value` if there are.
    #[must_use]
    pub const fn more(mut self, more: &'static [&'static str], value: bool) -> Self {
        self.more = Some((more, value));
        self
    }

    /// Sets where a page has the number of all records.
    #[must_use]
    pub const fn total(mut self, total: &'static [&'static str]) -> Self {
        self.total = Some(total);
        self
    }

    /// Sets where a page has the number of all pages.
    #[must_use]
    pub const fn pages(mut self, pages: &'static [&'static str]) -> Self {
        self.pages = Some(pages);
        self
    }

    /// Sets the query parameter for the size of a page, with the sizes that the description allows.
    #[must_use]
    pub const fn size(
        mut self,
        parameter: &'static str,
        least: Option<i64>,
        most: Option<i64>,
    ) -> Self {
        self.size = Some(Size {
            parameter,
            least,
            most,
        });
        self
    }

    /// Sets that all parameters are members of the JSON body instead of the query; the names of one inside of another have
    /// dots between them. The one for the next page is a number where the page has one.
    #[must_use]
    pub const fn in_body(mut self) -> Self {
        self.place = Place::Body(Form::AsFound);
        self
    }

    /// Sets the same for a parameter that is a string, whatever the page has.
    #[must_use]
    pub const fn in_body_as_string(mut self) -> Self {
        self.place = Place::Body(Form::String);
        self
    }

    /// Sets the same for a parameter that is a number, whatever the page has.
    #[must_use]
    pub const fn in_body_as_number(mut self) -> Self {
        self.place = Place::Body(Form::Number);
        self
    }
}
