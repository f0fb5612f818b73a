//! What a page consists of: its lists, and the single values that may say where the next page is.

use super::Records;
use super::names::{NO_RECORDS, OTHER_LISTS, RECORDS, is_called_token, is_container, normal};
use crate::model::api::{Model, ModelField, Presence, Rule, Type, Union};
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
    /// What the description says about it, where it is a member.
    field: Option<&'a ModelField>,
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

    /// Whether it may be sent back in a parameter.
    pub fn is_token(&self) -> bool {
        is_token(self.ty) || (*self.ty == Type::DateTime && is_called_token(&self.key))
    }

    /// Whether it is a URL, as its format says, or the documentation of what is next where that has nothing of a token.
    pub fn is_url(&self) -> bool {
        let Some(field) = self.field else {
            return false;
        };
        let of_format = |rule: &Rule| matches!(rule, Rule::Format(format) if URL_FORMATS.contains(&format.as_str()));
        let of_docs = || {
            let docs = field.docs.lines().join(" ").to_ascii_lowercase();
            let mut words = docs.split(|c: char| !c.is_ascii_alphanumeric());
            let is_opaque = ["token", "cursor", "opaque"]
                .iter()
                .any(|word| docs.contains(word));
            !is_opaque && words.any(|word| matches!(word, "url" | "uri" | "link" | "href"))
        };
        field.rules.iter().any(of_format) || (self.key.starts_with("next") && of_docs())
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
                field: None,
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
                field: None,
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
                let is_container = is_container(&leaf.key) || is_wrapper || is_list(inner);
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

    /// Returns the list of records: the only one, or the one that its name or its place says it is. What usually is beside
    /// records is only taken where there is nothing else, and links and errors where the path has that name.
    pub fn records(&self, path: &str) -> Option<&Leaf<'a>> {
        let is_outer = |list: &&Leaf<'_>| list.path.len() <= 1;
        let outer: Vec<&Leaf<'a>> = self.lists.iter().filter(is_outer).collect();
        let inner: Vec<&Leaf<'a>> = self.lists.iter().collect();
        let lists = [outer, inner];
        let of_kind = |others: &[&str]| lists.iter().find_map(|lists| chosen(lists, others, path));
        of_kind(OTHER_LISTS).or_else(|| of_kind(NO_RECORDS))
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
            field: Some(field),
        }
    }
}

const URL_FORMATS: &[&str] = &["uri", "url", "uri-reference"];

/// Chooses among lists; `others` are the names of those that have no records.
fn chosen<'l, 'a>(lists: &[&'l Leaf<'a>], others: &[&str], path: &str) -> Option<&'l Leaf<'a>> {
    let segments = path
        .rsplit('/')
        .filter(|part| !part.is_empty() && !part.contains('{'));
    let segments: Vec<String> = segments
        .map(|part| normal(part.trim_end_matches(".json")))
        .collect();
    let of_key = |key: &str| lists.iter().find(|list| list.key == key).copied();
    let of_usual_name = RECORDS.iter().find_map(|name| of_key(name));
    let of_last_segment = || of_key(segments.first()?);
    let of_path = || segments.iter().find_map(|segment| of_key(segment));
    let ends_like_path = |list: &&'l Leaf<'a>| {
        let mut long = segments.iter().filter(|segment| segment.len() > 3);
        long.any(|segment| list.key.ends_with(segment) || is_plural(&list.key, segment))
    };
    let is_candidate = |list: &&&'l Leaf<'a>| !others.contains(&list.key.as_str());
    let candidates = || lists.iter().filter(is_candidate).copied();
    let has_models = |list: &&'l Leaf<'a>| match list.ty {
        Type::List(item) => matches!(**item, Type::Named(_)),
        _ => false,
    };
    let has_name_of_records = |list: &&'l Leaf<'a>| {
        let mut usual = RECORDS.iter();
        usual.any(|name| name.len() > 3 && list.key.ends_with(name))
    };
    of_usual_name
        .or_else(of_last_segment)
        .or_else(|| only(candidates()))
        .or_else(of_path)
        .or_else(|| only(candidates().filter(ends_like_path)))
        .or_else(|| only(candidates().filter(has_models)))
        .or_else(|| only(candidates().filter(has_name_of_records)))
}

/// Whether a name is the plural of another: `activities` of `activity`.
fn is_plural(name: &str, singular: &str) -> bool {
    let stem = singular.strip_suffix('y').unwrap_or(singular);
    let ending = name.strip_prefix(stem);
    ending == Some(if stem == singular { "s" } else { "ies" })
}

fn only<T>(mut of: impl Iterator<Item = T>) -> Option<T> {
    of.next().filter(|_| of.next().is_none())
}

/// Whether a value may be sent back in a parameter.
pub(super) fn is_token(ty: &Type) -> bool {
    match ty {
        Type::String
        | Type::Json
        | Type::Uuid
        | Type::Base64
        | Type::Integer(_)
        | Type::F64
        | Type::Sid(_) => true,
        Type::Nullable(inner) => is_token(inner),
        _ => false,
    }
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

/// Whether an object has a list and nothing else, as in `Ships: {Ship: [{…}]}`.
fn is_list(model: &Model) -> bool {
    matches!(model.fields.as_slice(), [field] if matches!(field.ty, Type::List(_)))
}

pub(super) fn model_of<'a>(ty: &Type, models: &Models<'a>) -> Option<&'a Model> {
    match ty {
        Type::Named(path) => models.structs.get(&(&path.module, &path.name)).copied(),
        Type::Nullable(inner) => model_of(inner, models),
        _ => None,
    }
}
