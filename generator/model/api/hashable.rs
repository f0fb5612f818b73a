//! The types that can be compared and hashed by value: all but those with a floating-point number somewhere inside.

use super::{Api, Param, Type};
use crate::model::names::Name;
use std::collections::BTreeSet;

/// The structs and unions of an API that are `Eq` and `Hash`.
#[derive(Debug)]
pub struct Hashable<'a>(BTreeSet<(&'a Name, &'a Name)>);

impl<'a> Hashable<'a> {
    /// Finds them: all that have nothing inside that is not.
    #[must_use]
    pub fn new(api: &'a Api) -> Self {
        let types = api.resources.iter().flat_map(|(module, resource)| {
            let types = resource.types_by_name();
            types.map(move |(name, parts)| ((module, name), parts))
        });
        let types: Vec<((&Name, &Name), Vec<&Type>)> = types.collect();
        let mut found = Self(types.iter().map(|(key, _)| *key).collect());
        loop {
            let before = found.0.len();
            for (key, parts) in &types {
                if !parts.iter().all(|part| found.contains(part)) {
                    found.0.remove(key);
                }
            }
            if found.0.len() == before {
                return found;
            }
        }
    }

    /// Returns whether a struct or a union is one of them.
    #[must_use]
    pub fn has(&self, module: &Name, name: &Name) -> bool {
        self.0.contains(&(module, name))
    }

    /// Returns whether the value of a parameter is one of them; that of a part with headers of its own is not.
    #[must_use]
    pub fn contains_param(&self, param: &Param) -> bool {
        let has_headers = param.part.as_ref().is_some_and(|part| part.has_headers);
        !has_headers && self.contains(&param.ty)
    }

    /// Returns whether a type is one of them, or has only such types inside.
    #[must_use]
    pub fn contains(&self, ty: &Type) -> bool {
        match ty {
            Type::F64 | Type::PageMeta | Type::File | Type::Custom(_) => false,
            Type::Named(path) => path.kind.is_enum() || self.has(&path.module, &path.name),
            Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => self.contains(inner),
            Type::Tuple(positions) => positions.iter().all(|position| self.contains(position)),
            Type::String
            | Type::Bool
            | Type::Integer(_)
            | Type::DateTime
            | Type::Rfc2822
            | Type::Date
            | Type::Time
            | Type::Duration
            | Type::Uuid
            | Type::Base64
            | Type::Json
            | Type::Sid(_)
            | Type::Bytes => true,
        }
    }
}
