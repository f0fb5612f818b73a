//! The paging members of a list.

use super::super::decode::{Decode, Mismatch, Node};
use super::super::model::{Encode, JsonWriter};

/// The paging members of a list: this page, and the URLs of other ones.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct PageMeta {
    /// The name of the member that contains the records.
    pub key: Option<String>,
    /// The index of this page, from 0.
    pub page: Option<i64>,
    /// The maximum number of records of a page.
    pub page_size: Option<i64>,
    /// The URL of this page.
    pub url: Option<String>,
    /// The URL of the first page.
    pub first_page_url: Option<String>,
    /// The URL of the previous page; `None` on the first page.
    pub previous_page_url: Option<String>,
    /// The URL of the next page; `None` on the last page.
    pub next_page_url: Option<String>,
}

impl Decode for PageMeta {
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        let [
            key,
            page,
            page_size,
            url,
            first_page_url,
            previous_page_url,
            next_page_url,
        ] = node.members(&[
            "key",
            "page",
            "page_size",
            "url",
            "first_page_url",
            "previous_page_url",
            "next_page_url",
        ])?;
        Ok(Self {
            key: key.optional_or_null(),
            page: page.optional_or_null(),
            page_size: page_size.optional_or_null(),
            url: url.optional_or_null(),
            first_page_url: first_page_url.optional_or_null(),
            previous_page_url: previous_page_url.optional_or_null(),
            next_page_url: next_page_url.optional_or_null(),
        })
    }
}

impl Encode for PageMeta {
    fn encode(&self, json: &mut JsonWriter) {
        let mut object = json.object();
        object.nullable("key", &self.key);
        object.nullable("page", &self.page);
        object.nullable("page_size", &self.page_size);
        object.nullable("url", &self.url);
        object.nullable("first_page_url", &self.first_page_url);
        object.nullable("previous_page_url", &self.previous_page_url);
        object.nullable("next_page_url", &self.next_page_url);
        object.end();
    }
}
