//! Values that are one of several types (`oneOf`, `anyOf`, subtypes).

use super::Lowering;
use super::docs::docs_of;
use super::lowered::Lowered;
use super::schema::{Position, Site};
use super::schemas::Selector;
use super::schemas::{Facts, Kind, Scalar, Schema, Union as Alternatives, Use};
use crate::base::markdown;
use crate::base::pointer::Pointer;
use crate::model::api::{Alternative, Docs, Literal, NoteKind, Selection, Type, TypePath, Union};
use crate::model::names::{Kind as NameKind, Scope};
use heck::ToUpperCamelCase;

/// An alternative before it has a name.
struct Found<'d> {
    place: Use<'d>,
    lowered: Lowered,
    /// What it is called by the description, or by what tells it from the others.
    called: Option<String>,
    tags: Vec<Literal>,
    docs: Docs,
}

impl<'d> Lowering<'d> {
    /// Returns what the alternatives of a part come to where one is a file, which JSON cannot have.
    pub(super) fn files(&mut self, place: &Use<'d>, site: Site<'_>) -> Option<Type> {
        let schema = self.schemas.classify(place)?;
        let Kind::Union(Alternatives { alternatives, .. }) = &schema.kind else {
            return None;
        };
        let kind_of = |one: &Use<'d>| self.schemas.classify(&self.schemas.resolved(one));
        let is_file = |one: &Use<'d>| {
            kind_of(one).is_some_and(|one| matches!(one.kind, Kind::Scalar(Scalar::Binary)))
        };
        let is_list = |one: &Use<'d>| match kind_of(one).as_deref() {
            Some(Schema {
                kind: Kind::List(Some(items)),
                ..
            }) => is_file(items),
            Some(_) | None => false,
        };
        let lists = alternatives.iter().filter(|one| is_list(one)).count();
        let files = alternatives.iter().filter(|one| is_file(one)).count();
        if lists + files == 0 {
            return None;
        }
        if lists + files < alternatives.len() {
            let message = format!("`{}`: the alternatives that are no file", site.field);
            let pointer = Pointer::to(place.pointer());
            self.note(NoteKind::Generalised, &pointer, message);
        }
        Some(if lists == 0 {
            Type::File
        } else {
            Type::List(Box::new(Type::File))
        })
    }

    /// Makes an enum of the alternatives of a schema.
    pub(super) fn union(&mut self, place: &Use<'d>, path: &TypePath, position: Position) -> Union {
        let classified = self.schemas.classify(place);
        let (facts, alternatives) = match classified.as_deref() {
            Some(Schema {
                facts,
                kind: Kind::Union(alternatives),
            }) => (facts.clone(), alternatives),
            // Only unions are made into one.
            Some(_) | None => (self.schemas.facts(place), &Alternatives::default()),
        };
        let selector = Selector::new(&self.schemas, alternatives);
        let selection = selector.selection();
        let tags = selector.tags(&selection);
        let shapes = selector.shapes();
        let each = alternatives.alternatives.iter().enumerate();
        let each = each.map(|(index, one)| {
            let tags = tags.get(index).cloned().unwrap_or_default();
            self.alternative(one, tags, path, position)
        });
        let (found, kept) = by_type(each.collect());
        let discriminator = alternatives.discriminator;
        let tag = discriminator.map(|discriminator| discriminator.property_name.clone());
        let spellings: Vec<String> = found
            .iter()
            .map(|(one, _)| self.variant_spelling(one, path))
            .collect();
        let names =
            Scope::new("").claim_all(NameKind::Variant, spellings.iter().map(String::as_str));
        let alternatives = names.into_iter().zip(found).map(|(name, (one, index))| {
            let written_tag = tag.as_deref().and_then(|tag| self.written_tag(tag, &one));
            let Found {
                place,
                lowered: Lowered { ty, limits, .. },
                called: _,
                tags,
                docs,
            } = one;
            Alternative {
                name,
                docs,
                ty,
                tags,
                written_tag,
                shape: shapes.get(index).cloned().unwrap_or_default(),
                limits,
                pointer: place.pointer().to_owned(),
            }
        });
        Union {
            name: path.name.clone(),
            docs: docs_of(&facts),
            alternatives: alternatives.collect(),
            selection: selection.map(&kept),
            tag,
            derives: Vec::new(),
            pointer: place.pointer().to_owned(),
        }
    }

    fn alternative(
        &mut self,
        place: &Use<'d>,
        tags: Vec<Literal>,
        path: &TypePath,
        position: Position,
    ) -> Found<'d> {
        let facts = self.schemas.facts(place);
        let called = self.called(place, &facts, &tags);
        let kind = self.schemas.classify(&self.schemas.resolved(place));
        let unnamed = match kind.as_deref().map(|schema| &schema.kind) {
            Some(Kind::TextEnum) => "text",
            Some(Kind::IntegerEnum) => "integer",
            _ => "value",
        };
        let site = Site {
            module: &path.module,
            owner: path.name.as_str(),
            field: called.as_deref().unwrap_or(unnamed),
            position,
        };
        let lowered = self.schema(place, site);
        let is_in_place = self.schemas.component(place).is_none();
        let docs = if is_in_place && !matches!(lowered.ty, Type::Named(_)) {
            markdown::docs(facts.description.unwrap_or_default())
        } else {
            Docs::default()
        };
        Found {
            place: place.clone(),
            lowered,
            called,
            tags,
            docs,
        }
    }

    /// Returns what an alternative without a name of its own is called: its title, the value that tells it from the others,
    /// or its first required property.
    fn called(&self, place: &Use<'d>, facts: &Facts<'d>, tags: &[Literal]) -> Option<String> {
        if self.schemas.component(place).is_some() {
            return None;
        }
        if self.schemas.base(place).is_some() {
            return Some("Base".to_owned());
        }
        // What is an alternative of two unions at once is called by both.
        let chosen: Vec<Use<'d>> = place.alternatives().collect();
        if let [_, _, ..] = chosen.as_slice() {
            let names = chosen.iter().filter_map(|one| {
                let component = self.schemas.component(one);
                let named = component.map(|name| self.name_of_component(name));
                named.or_else(|| self.called(one, &self.schemas.facts(one), &[]))
            });
            let words: Vec<String> = names.map(|name| name.to_upper_camel_case()).collect();
            return Some(words.concat()).filter(|name| !name.is_empty());
        }
        // An alternative in place that has a name in one of its parts is called by that.
        let mut parts = place.each().rev();
        let named = parts.find_map(|part| self.schemas.component(&part));
        if let (Some(named), true) = (named, place.parts.len() > 1) {
            return Some(self.name_of_component(named));
        }
        let tag = match tags {
            [only] => Some(only.to_string()),
            _ => None,
        };
        let property = || {
            let required = facts.required.first().copied();
            let first = facts.properties.keys().next().copied();
            required.or(first).map(str::to_owned)
        };
        facts
            .title
            .map(str::to_owned)
            .filter(|title| title.len() <= 60)
            .or(tag)
            .or_else(property)
    }

    fn name_of_component(&self, component: &str) -> String {
        super::components::identity(component, 1, self.conventions).1
    }

    fn variant_spelling(&self, one: &Found<'d>, path: &TypePath) -> String {
        match (&one.lowered.ty, &one.called) {
            (Type::Named(named), None) => match self.schemas.component(&one.place) {
                Some(component) => {
                    let (_, spelling) = super::components::identity(component, 1, self.conventions);
                    beside(path.name.as_str(), &spelling.to_upper_camel_case())
                }
                None => beside(path.name.as_str(), named.name.as_str()),
            },
            (_, Some(called)) if matches!(one.lowered.ty, Type::Named(_)) => {
                beside(path.name.as_str(), &called.to_upper_camel_case())
            }
            (ty, _) => spelling(ty, path.name.as_str()),
        }
    }

    /// Returns the tag that the union writes for an alternative that does not write it itself: a struct that does not pin
    /// the member.
    fn written_tag(&self, tag: &str, one: &Found<'d>) -> Option<Literal> {
        let [only] = one.tags.as_slice() else {
            return None;
        };
        let schema = self.schemas.classify(&self.schemas.resolved(&one.place))?;
        if !matches!(schema.kind, Kind::Struct | Kind::Map(_)) {
            return None;
        }
        // A member that the variant has is the variant's own affair, unless it has to be there and could have another value.
        let is_open = match schema.facts.properties.get(tag) {
            None => true,
            Some(property) => {
                let facts = self.schemas.facts(&self.schemas.resolved(property));
                schema.facts.requires(tag) && super::open_enum::constant(&facts).is_none()
            }
        };
        is_open.then(|| only.clone())
    }
}

/// Returns what the name of a type says beyond that of the enum that has it: `Developer` for `ChatRequestDeveloperMessage`
/// in `ChatRequestMessage`, `Text` for `NoteText` in `Note`.
fn beside(union: &str, name: &str) -> String {
    let (of_union, of_name) = (words(union), words(name));
    let shared = of_union.iter().zip(&of_name);
    let before = shared.take_while(|(one, other)| one == other).count();
    let shared = of_union[before..]
        .iter()
        .rev()
        .zip(of_name[before..].iter().rev());
    let after = shared.take_while(|(one, other)| one == other).count();
    // A name that only begins by chance like the other keeps what it begins with.
    let before = if before == of_union.len() || before + after == of_union.len() {
        before
    } else {
        0
    };
    let kept = &of_name[before..of_name.len().saturating_sub(after).max(before)];
    let spelled = kept.concat();
    match spelled.chars().next() {
        Some(first) if !first.is_ascii_digit() => spelled,
        Some(_) | None => name.to_owned(),
    }
}

/// The words of a name in camel case.
fn words(name: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let characters: Vec<(usize, char)> = name.char_indices().collect();
    for pair in characters.windows(2) {
        let [(_, before), (at, here)] = *pair else {
            continue;
        };
        if here.is_uppercase() && !before.is_uppercase() {
            words.push(&name[start..at]);
            start = at;
        }
    }
    words.push(&name[start..]);
    words
}

fn spelling(ty: &Type, union: &str) -> String {
    match ty {
        Type::String => "Text".to_owned(),
        Type::Bool => "Bool".to_owned(),
        Type::Integer(integer) if integer.range().0 == 0 => "Unsigned".to_owned(),
        Type::Integer(_) => "Integer".to_owned(),
        Type::F64 => "Number".to_owned(),
        Type::DateTime | Type::Rfc2822 => "DateTime".to_owned(),
        Type::Date => "Date".to_owned(),
        Type::Time => "Time".to_owned(),
        Type::Duration => "Duration".to_owned(),
        Type::Uuid => "Uuid".to_owned(),
        Type::Base64 | Type::File | Type::Bytes => "Bytes".to_owned(),
        Type::Json => "Json".to_owned(),
        Type::Sid(sid) => format!("Sid{}", sid.kind),
        Type::Named(path) => beside(union, path.name.as_str()),
        Type::List(items) => match **items {
            Type::Json => "List".to_owned(),
            Type::Named(ref path) if path.name.as_str() == union => "List".to_owned(),
            ref items => format!("{}List", spelling(items, union)),
        },
        Type::Map(values) => match **values {
            Type::Json => "Object".to_owned(),
            Type::Named(ref path) if path.name.as_str() == union => "Map".to_owned(),
            ref values => format!("{}Map", spelling(values, union)),
        },
        Type::Tuple(_) => "Tuple".to_owned(),
        Type::Nullable(inner) => format!("Optional{}", spelling(inner, union)),
        Type::PageMeta => "PageMeta".to_owned(),
        Type::Custom(custom) => custom.path.name().to_owned(),
    }
}

impl Selection {
    /// Returns the selection with other indices: `to` has that of each alternative.
    fn map(self, to: &[usize]) -> Self {
        let index = |index: usize| to.get(index).copied().unwrap_or(index);
        match self {
            Self::Alternative(one) => Self::Alternative(index(one)),
            Self::Kind(arms) => Self::Kind(
                arms.into_iter()
                    .map(|(kind, selection)| (kind, selection.map(to)))
                    .collect(),
            ),
            Self::Tag {
                path,
                arms,
                missing,
            } => Self::Tag {
                path,
                arms: arms
                    .into_iter()
                    .map(|(tags, selection)| (tags, selection.map(to)))
                    .collect(),
                missing: missing.map(|selection| Box::new(selection.map(to))),
            },
            Self::Shape(all) => {
                let mut mapped: Vec<usize> = Vec::new();
                for one in all.into_iter().map(index) {
                    if !mapped.contains(&one) {
                        mapped.push(one);
                    }
                }
                match mapped.as_slice() {
                    [only] => Self::Alternative(*only),
                    _ => Self::Shape(mapped),
                }
            }
        }
    }
}

/// Makes one of alternatives of the same type: returns each with the index that it had, and where each of the given ones is.
fn by_type(alternatives: Vec<Found<'_>>) -> (Vec<(Found<'_>, usize)>, Vec<usize>) {
    let mut found: Vec<(Found<'_>, usize)> = Vec::new();
    let mut kept: Vec<usize> = Vec::new();
    for (index, one) in alternatives.into_iter().enumerate() {
        match found
            .iter()
            .position(|(known, _)| known.lowered.ty == one.lowered.ty)
        {
            Some(known) => {
                kept.push(known);
                let (known, _) = &mut found[known];
                known.tags.extend(one.tags);
                // A value may keep the limits of either.
                if known.lowered.limits != one.lowered.limits {
                    known.lowered.limits.clear();
                }
            }
            None => {
                kept.push(found.len());
                found.push((one, index));
            }
        }
    }
    (found, kept)
}
