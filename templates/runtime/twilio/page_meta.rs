//! The paging members of a list.

use super::super::decode::member::nullable;
use super::super::decode::object::{self, Members, Object, Written};
use serde::de::{Deserialize, Deserializer, MapAccess};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// The paging members of a list: this page, and the URLs of other ones.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
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

impl Object for PageMeta {
    const NAME: &'static str = "PageMeta";
    const MEMBERS: &'static [&'static str] = &[
        "key",
        "page",
        "page_size",
        "url",
        "first_page_url",
        "previous_page_url",
        "next_page_url",
    ];

    fn read<'de, A: MapAccess<'de>>(mut members: Members<A>) -> Result<Self, A::Error> {
        let mut meta = Self::default();
        while let Some(index) = members.advance()? {
            match index {
                0 => nullable::read(&mut members, &mut meta.key),
                1 => nullable::read(&mut members, &mut meta.page),
                2 => nullable::read(&mut members, &mut meta.page_size),
                3 => nullable::read(&mut members, &mut meta.url),
                4 => nullable::read(&mut members, &mut meta.first_page_url),
                5 => nullable::read(&mut members, &mut meta.previous_page_url),
                _ => nullable::read(&mut members, &mut meta.next_page_url),
            }?;
        }
        Ok(meta)
    }

    fn write<S: SerializeMap>(&self, members: &mut Written<S>) {
        nullable::write(members, "key", &self.key);
        nullable::write(members, "page", &self.page);
        nullable::write(members, "page_size", &self.page_size);
        nullable::write(members, "url", &self.url);
        nullable::write(members, "first_page_url", &self.first_page_url);
        nullable::write(members, "previous_page_url", &self.previous_page_url);
        nullable::write(members, "next_page_url", &self.next_page_url);
    }
}

impl<'de> Deserialize<'de> for PageMeta {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        object::deserialize(deserializer)
    }
}

impl Serialize for PageMeta {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        object::serialize(self, serializer)
    }
}
