//! Lists that come page by page.

use crate::json_object;

/// The paging part of a list: where this page stands, and where the others are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct PageMeta {
    /// The name of the field that holds the records.
    pub key: Option<String>,
    /// The index of this page, from 0.
    pub page: Option<i64>,
    /// How many records a page has at most.
    pub page_size: Option<i64>,
    /// The URL of this page.
    pub url: Option<String>,
    /// The URL of the first page.
    pub first_page_url: Option<String>,
    /// The URL of the page before this one; none on the first page.
    pub previous_page_url: Option<String>,
    /// The URL of the page after this one; none on the last page.
    pub next_page_url: Option<String>,
}

json_object! {
    PageMeta: Default {
        key: nullable = "key",
        page: nullable = "page",
        page_size: nullable = "page_size",
        url: nullable = "url",
        first_page_url: nullable = "first_page_url",
        previous_page_url: nullable = "previous_page_url",
        next_page_url: nullable = "next_page_url",
    }
}
