//! What a page consists of: its lists, and the single values that may say where the next page is.

use super::Records;
use super::names::{OTHER_LISTS, RECORDS, is_container, normal};
use crate::model::api::{Model, ModelField, Presence, Type, Union};
use crate::model::names::Name;
use std::collections::BTreeMap;

/// How deep members of members are looked at.
const DEPTH: usize = 3;

/// The types of a crate, by module and name.
#[derive(Debug, Default)]
pub(super) struct Models<'a> {
    pub structs: BTreeMap<(&'a Name, &'a Name), &'a Model>,
    pub unions: BTreeMap<(&'a Name, &'a Name), &'a Union>,
}

impl<'a> Models<'a> {
    /// Returns the number or the string that a union may be; any other type as it is.
    pub fn single(&self, ty: &'a Type) -> &'a Type {
        let Type::Named(path) = ty else {
            return ty;
        };
        let union = self.unions.get(&(&path.module, &path.name));
        let types = || union.into_iter().flat_map(|union| &union.alternatives);
        let mut types = types().map(|alternative| &alternative.ty);
        let is_single = |ty: &&Type| matches!(ty, Type::Integer(_) | Type::F64 | Type::String);
        types.find(is_single).unwrap_or(ty)
    }
}

/// A member of a page, by the names that lead to it.
#[derive(Debug, Clone)]
pub(super) struct Leaf<'a> {
    pub path: Vec<String>,
    /// Its own name, and that of the object that it is in, without separators.
    pub key: String,
    pub container: String,
    pub ty: &'a Type,
    /// Whether it may be left out, or null.
    pub is_optional: bool,
}

impl<'a> Leaf<'a> {
    /// Returns the list, where it is one.
    pub fn records(&self) -> Option<Records> {
        let Type::List(item) = self.ty else {
            return None;
        };
        Some(Records {
            path: self.path.clone(),
            item: (**item).clone(),
            may_be_absent: self.is_optional,
        })
    }

    /// Returns what these names lead to in a type.
    pub fn at(ty: &'a Type, path: &[String], models: &Models<'a>) -> Option<Self> {
        if let Type::Nullable(inner) = ty {
            let found = Self::at(inner, path, models)?;
            return Some(Self {
                is_optional: true,
                ..found
            });
        }
        let [name, rest @ ..] = path else {
            return Some(Self {
                path: Vec::new(),
                key: String::new(),
                container: String::new(),
                ty,
                is_optional: false,
            });
        };
        let mut fields = model_of(ty, models)?.fields.iter();
        let field = fields.find(|field| field.wire == *name)?;
        let outer = Inside::default().leaf(field);
        let mut found = Self::at(&field.ty, rest, models)?;
        found.path.insert(0, name.clone());
        let may_be_null = matches!(field.presence, Presence::Nullable | Presence::NullOrAbsent);
        found.is_optional |= outer.is_optional || may_be_null;
        Some(found)
    }
}

/// The members of a page.
#[derive(Debug, Clone, Default)]
pub(super) struct Page<'a> {
    pub lists: Vec<Leaf<'a>>,
    pub values: Vec<Leaf<'a>>,
}

/// The fields of Twilio's paging object, which has one type in all crates.
const PAGE_META_URL: &str = "next_page_url";

impl<'a> Page<'a> {
    pub fn of(ty: &'a Type, models: &Models<'a>) -> Self {
        let mut page = Self::default();
        match ty {
            Type::Nullable(inner) => return Self::of(inner, models),
            Type::List(_) => page.lists.push(Leaf {
                path: Vec::new(),
                key: String::new(),
                container: String::new(),
                ty,
                is_optional: false,
            }),
            _ => {
                if let Some(model) = model_of(ty, models) {
                    page.collect(model, models, &Inside::default(), DEPTH);
                }
            }
        }
        page
    }

    fn collect(&mut self, model: &'a Model, models: &Models<'a>, inside: &Inside, depth: usize) {
        let is_wrapper = inside.path.is_empty() && is_wrapper(model, models);
        for field in &model.fields {
            let leaf = inside.leaf(field);
            if let Type::List(_) = field.ty {
                self.lists.push(leaf);
            } else if field.ty == Type::PageMeta {
                let mut leaf = leaf;
                leaf.path.push(PAGE_META_URL.to_owned());
                leaf.key = normal(PAGE_META_URL);
                leaf.ty = &Type::String;
                self.values.push(leaf);
            } else if let Some(inner) = model_of(&field.ty, models) {
                let is_container = is_container(&leaf.key) || is_wrapper;
                if let (true, Some(depth)) = (is_container, depth.checked_sub(1)) {
                    let inside = Inside {
                        key: leaf.key,
                        path: leaf.path,
                        is_optional: leaf.is_optional,
                    };
                    self.collect(inner, models, &inside, depth);
                }
            } else {
                let ty = models.single(leaf.ty);
                self.values.push(Leaf { ty, ..leaf });
            }
        }
    }

    /// Returns the list of records: the only one, or the one that its name or its place says it is.
    pub fn records(&self, path: &str) -> Option<&Leaf<'a>> {
        let is_outer = |list: &&Leaf<'_>| list.path.len() <= 1;
        let outer: Vec<&Leaf<'a>> = self.lists.iter().filter(is_outer).collect();
        let inner: Vec<&Leaf<'a>> = self.lists.iter().collect();
        [outer, inner]
            .into_iter()
            .find_map(|lists| chosen(&lists, path))
    }

    /// Returns the first value whose name is one of these, in their order, and that is as wanted.
    pub fn value(
        &self,
        names: &[&str],
        is_wanted: impl Fn(&Leaf<'a>) -> bool,
    ) -> Option<&Leaf<'a>> {
        names.iter().find_map(|name| {
            let mut values = self.values.iter();
            values.find(|leaf| leaf.key == *name && is_wanted(leaf))
        })
    }
}

/// Where a model is inside a page.
#[derive(Default)]
struct Inside {
    key: String,
    path: Vec<String>,
    is_optional: bool,
}

impl Inside {
    fn leaf<'a>(&self, field: &'a ModelField) -> Leaf<'a> {
        let mut path = self.path.clone();
        path.push(field.wire.clone());
        let is_optional = match field.presence {
            Presence::Optional | Presence::OptionalNullable => true,
            // Such APIs send every member.
            Presence::Required | Presence::Nullable | Presence::NullOrAbsent => false,
        };
        Leaf {
            path,
            key: normal(&field.wire),
            container: self.key.clone(),
            ty: &field.ty,
            is_optional: self.is_optional || is_optional,
        }
    }
}

fn chosen<'l, 'a>(lists: &[&'l Leaf<'a>], path: &str) -> Option<&'l Leaf<'a>> {
    let is_other = |list: &&&Leaf<'_>| OTHER_LISTS.contains(&list.key.as_str());
    let candidates: Vec<&&Leaf<'a>> = lists.iter().filter(|list| !is_other(list)).collect();
    let only = |of: Vec<&&'l Leaf<'a>>| match of.as_slice() {
        [only] => Some(**only),
        _ => None,
    };
    if let [only] = lists {
        return Some(*only);
    }
    let named = || {
        RECORDS.iter().find_map(|name| {
            let mut candidates = lists.iter();
            candidates.find(|list| list.key == *name).copied()
        })
    };
    let segments = path
        .rsplit('/')
        .filter(|part| !part.is_empty() && !part.contains('{'));
    let segments: Vec<String> = segments
        .map(|part| normal(part.trim_end_matches(".json")))
        .collect();
    let of_path = || {
        segments.iter().find_map(|segment| {
            let mut lists = lists.iter();
            lists.find(|list| list.key == *segment).copied()
        })
    };
    let has_models = |list: &&&'l Leaf<'a>| match list.ty {
        Type::List(item) => matches!(**item, Type::Named(_)),
        _ => false,
    };
    let candidates = || {
        lists
            .iter()
            .filter(|list| candidates.iter().any(|one| one.path == list.path))
    };
    only(candidates().collect())
        .or_else(named)
        .or_else(of_path)
        .or_else(|| only(candidates().filter(has_models).collect()))
}

/// Whether an object has no list, and one member that is an object, which is the page.
fn is_wrapper(model: &Model, models: &Models<'_>) -> bool {
    let has_list = model
        .fields
        .iter()
        .any(|field| matches!(field.ty, Type::List(_)));
    let objects = model
        .fields
        .iter()
        .filter(|field| model_of(&field.ty, models).is_some());
    !has_list && objects.count() == 1
}

pub(super) fn model_of<'a>(ty: &Type, models: &Models<'a>) -> Option<&'a Model> {
    match ty {
        Type::Named(path) => models.structs.get(&(&path.module, &path.name)).copied(),
        Type::Nullable(inner) => model_of(inner, models),
        _ => None,
    }
}
