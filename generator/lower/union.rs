//! Values that are one of several types (`oneOf`, `anyOf`).

use super::Lowering;
use super::docs::docs_of;
use super::schema::{Lowered, Position, Site};
use super::shape::{SchemaRef, Shape};
use crate::base::pointer::Pointer;
use crate::model::api::{Alternative, NoteKind, Type, TypePath, Union};
use crate::model::names::{Kind, Scope};
use openapiv3::{Discriminator, ReferenceOr, Schema};

impl<'d> Lowering<'d> {
    /// Decides what several alternatives come to: one type that holds them all, or an enum of them.
    pub(super) fn alternatives(&mut self, shape: &Shape<'d>, site: Site<'_>) -> Type {
        if site.position == Position::Text {
            return if self.schemas.is_union(shape) {
                Type::JsonText
            } else {
                self.scalar(shape, site)
            };
        }
        if site.position == Position::Part
            && let Some(files) = self.files(shape, site)
        {
            return files;
        }
        if !self.schemas.is_union(shape) {
            return self.scalar(shape, site);
        }
        if let Some(path) = self.under_way(shape) {
            return Type::Named(path);
        }
        let name = self.inline_name(site);
        let path = TypePath {
            module: site.module.clone(),
            name,
            is_enum: false,
        };
        let union = self.inside(shape, &path, |lowering| {
            lowering.union(shape, &path, site.pointer, site.position)
        });
        self.resource(site.module).unions.push(union);
        Type::Named(path)
    }

    /// Returns what the alternatives of a part come to where one is a file, which JSON cannot hold.
    fn files(&mut self, shape: &Shape<'d>, site: Site<'_>) -> Option<Type> {
        let (_, alternatives) = shape.alternatives();
        let shape_of = |schema: SchemaRef<'d>| {
            let schema = self.schemas.target(schema)?;
            Some(self.schemas.shape(schema))
        };
        let shapes: Vec<Shape<'d>> = alternatives
            .iter()
            .filter_map(|part| shape_of(part.into()))
            .collect();
        let is_list = |shape: &Shape<'d>| {
            let items = shape.items.and_then(|items| shape_of(items.into()));
            items.is_some_and(|items| items.is_file())
        };
        let lists = shapes.iter().filter(|shape| is_list(shape)).count();
        let files = shapes.iter().filter(|shape| shape.is_file()).count();
        if lists + files == 0 {
            return None;
        }
        if lists + files < alternatives.len() {
            let message = format!("`{}`: the alternatives that are no file", site.field);
            self.note(NoteKind::Generalised, site.pointer, message);
        }
        Some(if lists == 0 {
            Type::File
        } else {
            Type::List(Box::new(Type::File))
        })
    }

    /// Returns the one type of alternatives that are single values; text holds whatever is written as a string.
    fn scalar(&mut self, shape: &Shape<'d>, site: Site<'_>) -> Type {
        let alternatives = self.each_alternative(shape, site);
        if alternatives
            .iter()
            .any(|(_, alternative)| !alternative.limits.is_empty())
        {
            let message = format!("`{}`: the limits of each alternative", site.field);
            self.note(NoteKind::NotEnforced, site.pointer, message);
        }
        let types: Vec<Type> = alternatives
            .into_iter()
            .map(|(_, alternative)| alternative.ty)
            .collect();
        let mut distinct: Vec<&Type> = Vec::new();
        for ty in &types {
            if !distinct.contains(&ty) {
                distinct.push(ty);
            }
        }
        let is_enum = |ty: &&Type| matches!(ty, Type::Named(path) if path.is_enum);
        match distinct.as_slice() {
            [] => site.position.any(),
            [only] => (*only).clone(),
            // An open enum takes any text.
            [Type::String, other] | [other, Type::String] if is_enum(other) => (*other).clone(),
            several if several.iter().all(|ty| ty.is_text()) => Type::String,
            several if several.iter().all(|ty| matches!(ty, Type::I32 | Type::I64)) => Type::I64,
            several
                if several
                    .iter()
                    .all(|ty| matches!(ty, Type::I32 | Type::I64 | Type::F64)) =>
            {
                Type::F64
            }
            several
                if site.position == Position::Text && several.iter().all(|ty| ty.is_single()) =>
            {
                Type::String
            }
            _ => site.position.any(),
        }
    }

    /// Makes an enum of the alternatives.
    pub(super) fn union(
        &mut self,
        shape: &Shape<'d>,
        path: &TypePath,
        pointer: &Pointer<'_>,
        position: Position,
    ) -> Union {
        let site = Site {
            pointer,
            module: &path.module,
            owner: path.name.as_str(),
            field: "",
            position,
        };
        let mut found: Vec<(usize, Option<&'d str>, Lowered)> = Vec::new();
        for (index, (component, one)) in self.each_alternative(shape, site).into_iter().enumerate()
        {
            match found.iter_mut().find(|(_, _, known)| known.ty == one.ty) {
                // A value may keep the limits of either.
                Some((_, _, known)) if known.limits != one.limits => known.limits.clear(),
                Some(_) => {}
                None => found.push((index, component, one)),
            }
        }
        let spellings: Vec<String> = found
            .iter()
            .map(|(_, _, one)| beside(path.name.as_str(), spelling(&one.ty)))
            .collect();
        let names = Scope::new("").claim_all(Kind::Variant, spellings.iter().map(String::as_str));
        let discriminator = shape.data.discriminator.as_ref();
        let (keyword, _) = shape.alternatives();
        let listed = pointer.key(keyword);
        let alternatives = names
            .into_iter()
            .zip(found)
            .map(|(name, (index, component, one))| {
                let Lowered { ty, limits, .. } = one;
                let tags = match (discriminator, component) {
                    (Some(discriminator), Some(component)) => tags(discriminator, component),
                    _ => Vec::new(),
                };
                Alternative {
                    name,
                    ty,
                    tags,
                    limits,
                    pointer: listed.index(index).to_string(),
                }
            })
            .collect();
        Union {
            name: path.name.clone(),
            docs: docs_of(shape),
            tag: discriminator.map(|discriminator| discriminator.property_name.clone()),
            alternatives,
            pointer: pointer.to_string(),
        }
    }

    /// Lowers each alternative, with the component that it refers to.
    fn each_alternative(
        &mut self,
        shape: &Shape<'d>,
        site: Site<'_>,
    ) -> Vec<(Option<&'d str>, Lowered)> {
        let (keyword, alternatives) = shape.alternatives();
        let at = site.pointer.key(keyword);
        alternatives
            .iter()
            .enumerate()
            .map(|(index, part)| {
                let field = self.alternative_name(part, site.field);
                let at = at.index(index);
                let lowered = self.schema(
                    part,
                    Site {
                        pointer: &at,
                        field: &field,
                        ..site
                    },
                );
                let component = self.schemas.follow(part.into()).and_then(|(name, _)| name);
                (component, lowered)
            })
            .collect()
    }

    /// An alternative without a name is called by its title, or by the property that tells it from the others.
    fn alternative_name(&self, part: &'d ReferenceOr<Schema>, field: &str) -> String {
        let SchemaRef::Item(schema) = SchemaRef::from(part) else {
            return field.to_owned();
        };
        let shape = self.schemas.shape(schema);
        let title = shape.data.title.as_deref();
        let property = shape
            .required
            .first()
            .copied()
            .or_else(|| shape.properties.first().map(|property| property.wire));
        match title.or(property) {
            Some(name) => format!("{field}_{name}"),
            None => field.to_owned(),
        }
    }
}

/// The values of the tag that stand for a component: those that are mapped to it, or its own name.
pub(super) fn tags(discriminator: &Discriminator, component: &str) -> Vec<String> {
    let Discriminator {
        property_name: _,
        mapping,
        extensions: _,
    } = discriminator;
    let is_target =
        |target: &str| target == component || target.rsplit('/').next() == Some(component);
    let mapped: Vec<String> = mapping
        .iter()
        .filter(|(_, target)| is_target(target))
        .map(|(tag, _)| tag.clone())
        .collect();
    if mapped.is_empty() {
        vec![component.to_owned()]
    } else {
        mapped
    }
}

/// What the name of a type says beyond that of the enum that has it: `Text` for the type `NoteText` in the enum `Note`.
fn beside(union: &str, spelling: String) -> String {
    match spelling.strip_prefix(union) {
        Some(rest) if rest.starts_with(|first: char| first.is_ascii_uppercase()) => rest.to_owned(),
        _ => spelling,
    }
}

fn spelling(ty: &Type) -> String {
    match ty {
        Type::String | Type::JsonText | Type::JsonString => "Text".to_owned(),
        Type::Bool => "Bool".to_owned(),
        Type::I32 | Type::I64 => "Integer".to_owned(),
        Type::F64 => "Number".to_owned(),
        Type::DateTime | Type::Rfc2822 => "Instant".to_owned(),
        Type::Date => "Date".to_owned(),
        Type::Json => "Json".to_owned(),
        Type::Sid(sid) => format!("Sid{}", sid.kind),
        Type::Named(path) => path.name.to_string(),
        Type::List(items) => format!("{}List", spelling(items)),
        Type::Map(values) => format!("{}Map", spelling(values)),
        Type::PageMeta => "PageMeta".to_owned(),
        Type::File | Type::Bytes => "Bytes".to_owned(),
    }
}
