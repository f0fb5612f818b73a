//! Where the schemas of the components stand in the crate.
//!
//! The place follows from the name of the schema alone, so that no operation moves a type. Where names are those of
//! resources, the last segment of `flex.v1.interaction.interaction_channel` is the resource; in
//! `interaction_channel_enum_status` it is what is before `_enum_`. Every other schema is in the module `models`.

use super::conventions::Conventions;
use super::module::renamed_module;
use super::schemas::{Kind as SchemaKind, Schemas};
use crate::model::api::{NamedKind, TypePath};
use crate::model::names::{Kind, Name, Scope};
use crate::model::settings::{Settings, entry};
use indexmap::IndexMap;
use std::collections::BTreeMap;

/// The schemas that become a struct or an enum, by name, and where each stands.
pub(super) type Places<'d> = IndexMap<&'d str, TypePath>;

/// Segments of a dotted name that a place is made of, at most.
const DEEPEST: usize = 8;

struct Candidate<'d> {
    schema: &'d str,
    module: Name,
    spelling: String,
    kind: NamedKind,
}

/// Gives every schema that is a type of its own its place, and claims its name.
pub(super) fn place<'d>(
    schemas: &Schemas<'d>,
    conventions: Conventions,
    settings: &Settings,
    scopes: &mut BTreeMap<Name, Scope>,
) -> Places<'d> {
    let mut candidates = candidates(schemas, conventions);
    lengthen_rivals(&mut candidates, conventions);
    for candidate in &mut candidates {
        candidate.module = renamed_module(settings, candidate.module.clone());
    }

    let mut paths = chosen_paths(&candidates, settings, scopes);
    let mut by_module: BTreeMap<Name, Vec<&Candidate<'d>>> = BTreeMap::new();
    let unnamed = candidates.iter();
    for candidate in unnamed.filter(|candidate| !paths.contains_key(candidate.schema)) {
        by_module
            .entry(candidate.module.clone())
            .or_default()
            .push(candidate);
    }
    for (module, members) in by_module {
        let scope = scopes
            .entry(module.clone())
            .or_insert_with(|| Scope::new(module.as_str()));
        let names = scope.claim_each(
            Kind::Type,
            members
                .iter()
                .map(|member| (member.spelling.as_str(), member.schema)),
        );
        for (member, name) in members.iter().zip(names) {
            paths.insert(
                member.schema,
                TypePath {
                    module: module.clone(),
                    name,
                    kind: member.kind,
                },
            );
        }
    }
    candidates
        .iter()
        .filter_map(|candidate| Some((candidate.schema, paths.get(candidate.schema)?.clone())))
        .collect()
}

/// Returns the components that are types of their own.
fn candidates<'d>(schemas: &Schemas<'d>, conventions: Conventions) -> Vec<Candidate<'d>> {
    let candidate = |name| {
        let place = schemas.component_use(name)?;
        // What is only a reference to another component has its type.
        if schemas.component(&place).is_some() {
            return None;
        }
        let kind = kind_of(&schemas.classify(&place)?.kind)?;
        let (module, spelling) = identity(name, 1, conventions);
        Some(Candidate {
            schema: name,
            module,
            spelling,
            kind,
        })
    };
    schemas.names().filter_map(candidate).collect()
}

/// Claims the names that the user chose.
fn chosen_paths<'d>(
    candidates: &[Candidate<'d>],
    settings: &Settings,
    scopes: &mut BTreeMap<Name, Scope>,
) -> BTreeMap<&'d str, TypePath> {
    let mut paths = BTreeMap::new();
    for candidate in candidates {
        let Some(chosen) = entry(&settings.renames.types, candidate.schema) else {
            continue;
        };
        let module = &candidate.module;
        let scope = scopes
            .entry(module.clone())
            .or_insert_with(|| Scope::new(module.as_str()));
        let Some(name) = scope.claim_chosen(Kind::Type, chosen) else {
            continue;
        };
        let path = TypePath {
            module: module.clone(),
            name,
            kind: candidate.kind,
        };
        paths.insert(candidate.schema, path);
    }
    paths
}

/// The kind of the type of its own that a schema is, if it is one.
fn kind_of(kind: &SchemaKind<'_>) -> Option<NamedKind> {
    match kind {
        SchemaKind::Struct => Some(NamedKind::Model),
        SchemaKind::TextEnum => Some(NamedKind::TextEnum),
        SchemaKind::IntegerEnum => Some(NamedKind::IntegerEnum),
        SchemaKind::Union(_) => Some(NamedKind::Union),
        SchemaKind::Any
        | SchemaKind::Scalar(_)
        | SchemaKind::List(_)
        | SchemaKind::Tuple(_)
        | SchemaKind::Map(_)
        | SchemaKind::Same(_) => None,
    }
}

/// The module and the spelling of the type, from the last `depth` segments of a dotted name.
pub(super) fn identity(schema: &str, depth: usize, conventions: Conventions) -> (Name, String) {
    let is_resource = conventions.dotted_names_are_resources();
    if let (Some((resource, name)), true) = (schema.split_once("_enum_"), is_resource) {
        let resource = resource.rsplit('.').next().unwrap_or(resource);
        return (Name::module(resource), name.to_owned());
    }
    let segments: Vec<&str> = schema
        .split('.')
        .filter(|segment| !segment.is_empty())
        .collect();
    if segments.len() < 2 {
        return (Name::models_module(), schema.to_owned());
    }
    let spelling = segments[segments.len().saturating_sub(depth)..].join("_");
    let module = if is_resource {
        Name::module(&spelling)
    } else {
        Name::models_module()
    };
    (module, spelling)
}

/// Dotted names with the same end take one more segment each, until they differ.
fn lengthen_rivals(candidates: &mut [Candidate<'_>], conventions: Conventions) {
    for depth in 2..=DEEPEST {
        let mut seen: BTreeMap<(Name, String), usize> = BTreeMap::new();
        for candidate in candidates.iter() {
            *seen.entry(candidate.place()).or_default() += 1;
        }
        if seen.values().all(|count| *count == 1) {
            break;
        }
        for candidate in candidates.iter_mut() {
            if seen[&candidate.place()] > 1 {
                (candidate.module, candidate.spelling) =
                    identity(candidate.schema, depth, conventions);
            }
        }
    }
}

impl Candidate<'_> {
    fn place(&self) -> (Name, String) {
        (self.module.clone(), self.spelling.clone())
    }
}
