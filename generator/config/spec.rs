//! `spec` in cratewright.toml: a path, a table with a path and a module, or a list of either.

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;
use std::ops::Range;
use toml::Spanned;

/// The descriptions of a crate.
#[derive(Debug)]
pub(super) struct Specs(pub Vec<Entry>);

/// A description.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub path: String,
    /// Where its API is in the crate.
    pub module: Option<String>,
    /// Where it is in a list.
    #[serde(skip)]
    pub span: Option<Range<usize>>,
}

impl Entry {
    fn of_path(path: &str) -> Self {
        Self {
            path: path.to_owned(),
            module: None,
            span: None,
        }
    }
}

/// A member of a list.
struct Member(Entry);

impl<'de> Deserialize<'de> for Specs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SpecsVisitor)
    }
}

struct SpecsVisitor;

impl<'de> Visitor<'de> for SpecsVisitor {
    type Value = Specs;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a path or a list of paths")
    }

    fn visit_str<E>(self, path: &str) -> Result<Specs, E> {
        Ok(Specs(vec![Entry::of_path(path)]))
    }

    fn visit_map<A: MapAccess<'de>>(self, table: A) -> Result<Specs, A::Error> {
        let entry = Entry::deserialize(MapAccessDeserializer::new(table))?;
        Ok(Specs(vec![entry]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Specs, A::Error> {
        let mut entries = Vec::new();
        while let Some(member) = list.next_element::<Spanned<Member>>()? {
            let span = Some(member.span());
            let Member(entry) = member.into_inner();
            entries.push(Entry { span, ..entry });
        }
        Ok(Specs(entries))
    }
}

impl<'de> Deserialize<'de> for Member {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MemberVisitor)
    }
}

struct MemberVisitor;

impl<'de> Visitor<'de> for MemberVisitor {
    type Value = Member;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a path, or a table with `path` and `module`")
    }

    fn visit_str<E>(self, path: &str) -> Result<Member, E> {
        Ok(Member(Entry::of_path(path)))
    }

    fn visit_map<A: MapAccess<'de>>(self, table: A) -> Result<Member, A::Error> {
        Entry::deserialize(MapAccessDeserializer::new(table)).map(Member)
    }
}
