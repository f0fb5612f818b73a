//! [`Document`] to [`Api`]: the only stage that looks at `openapiv3`, and the only one that decides what a schema is and what
//! it is called.

mod body;
mod boxes;
mod checker;
mod collect;
mod components;
mod conventions;
mod docs;
mod examples;
mod following;
mod headers;
mod identity;
mod inputs;
mod limits;
mod media;
mod model;
mod operation;
mod paging;
mod params;
mod references;
mod resource;
mod response;
mod samples;
mod schema;
mod schemas;
mod security;
mod shape;
mod sid;
mod union;
mod wrapped;

use crate::Options;
use crate::api::{
    Api, Header, Model, Note, NoteKind, OpenEnum, Resource, SidAlias, SidKind, TypePath, Union,
};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::document::Document;
use crate::markdown;
use crate::names::{Kind, Name, Scope};
use crate::pointer::Pointer;
pub(crate) use collect::template_params;
use components::Places;
use following::Following;
pub use identity::{module_path, operation_ids};
use indexmap::IndexMap;
use openapiv3::{Components, Info, OpenAPI, ReferenceOr, Schema};
use schema::Position;
use schemas::Schemas;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use wrapped::UnderWay;

/// Decides what the crate will be.
///
/// # Errors
///
/// Returns everything that the generated crate could not be right about: dangling references, operations that are asked
/// for and do not exist, and what OpenAPI does not allow. Warnings come with either outcome.
pub fn lower(document: &Document, options: &Options) -> Result<(Api, Diagnostics), Diagnostics> {
    let OpenAPI {
        openapi: _,
        info:
            Info {
                title,
                description,
                terms_of_service: _,
                contact: _,
                license: _,
                version: _,
                extensions: _,
            },
        servers: _,
        paths: _,
        components,
        security: _,
        tags: _,
        external_docs: _,
        extensions: _,
    } = document.openapi();
    let schemas = components
        .as_ref()
        .map(|Components { schemas, .. }| schemas);
    let mut lowering = Lowering::new(document.openapi(), schemas);
    lowering.operations(options);
    lowering.reached_components();
    if lowering.diagnostics.has_errors() {
        return Err(lowering.diagnostics);
    }
    boxes::break_cycles(&mut lowering.resources);
    lowering.drop_unused_aliases();
    let credentials = lowering.schemes();
    let api = Api {
        title: title.clone(),
        docs: markdown::docs(description.as_deref().unwrap_or_default()),
        is_twilio: lowering.is_twilio,
        sids: lowering.sids,
        sid_aliases: lowering.aliases,
        schemes: credentials,
        headers: lowering.headers,
        quickstart: lowering.quickstart,
        resources: lowering.resources,
        notes: lowering.notes,
    };
    Ok((api, lowering.diagnostics))
}

/// What is known while the description is walked.
struct Lowering<'d> {
    openapi: &'d OpenAPI,
    is_twilio: bool,
    schemas: Schemas<'d>,
    /// Where each schema of the components stands.
    places: Places<'d>,
    /// The schemas that callers make values of.
    inputs: BTreeSet<&'d str>,
    /// The names that are taken, by module.
    scopes: BTreeMap<Name, Scope>,
    /// Schemas that something refers to, in the order of the first reference.
    queue: VecDeque<&'d str>,
    reached: BTreeSet<&'d str>,
    following: Following<'d>,
    /// The types without a name of their own that are being made.
    under_way: Vec<UnderWay<'d>>,
    /// How many of them are structs.
    inline_models: usize,
    /// The functions of the generated tests, by module.
    tests: BTreeMap<Name, Scope>,
    sids: BTreeMap<Name, SidKind>,
    aliases: BTreeMap<Name, SidAlias>,
    used_aliases: BTreeSet<Name>,
    headers: BTreeMap<Name, Header>,
    /// The constants of response headers, by the name on the wire.
    header_names: BTreeMap<String, Name>,
    quickstart: Option<(Name, usize)>,
    resources: BTreeMap<Name, Resource>,
    notes: Vec<Note>,
    diagnostics: Diagnostics,
}

impl<'d> Lowering<'d> {
    fn new(
        openapi: &'d OpenAPI,
        schemas: Option<&'d IndexMap<String, ReferenceOr<Schema>>>,
    ) -> Self {
        let mut scopes = BTreeMap::new();
        let schemas = Schemas(schemas);
        let places = components::place(schemas, &mut scopes);
        let mut lowering = Self {
            openapi,
            is_twilio: conventions::is_twilio(openapi),
            schemas,
            places,
            inputs: inputs::of_requests(openapi, schemas),
            scopes,
            queue: VecDeque::new(),
            reached: BTreeSet::new(),
            following: Following::default(),
            under_way: Vec::new(),
            inline_models: 0,
            tests: BTreeMap::new(),
            sids: BTreeMap::new(),
            aliases: BTreeMap::new(),
            used_aliases: BTreeSet::new(),
            headers: BTreeMap::new(),
            header_names: headers::names_of(openapi),
            quickstart: None,
            resources: BTreeMap::new(),
            notes: Vec::new(),
            diagnostics: Diagnostics::default(),
        };
        lowering.name_sids();
        lowering
    }

    /// Gives every model's own `sid` the model's name.
    fn name_sids(&mut self) {
        if !self.is_twilio {
            return;
        }
        let mut scope = Scope::new("");
        for (schema, path) in &self.places {
            let Some((_, ReferenceOr::Item(item))) = self.schemas.get(schema) else {
                continue;
            };
            let shape = self.schemas.shape(item);
            let Some(sid) = shape
                .properties
                .iter()
                .find(|property| property.wire == "sid")
            else {
                continue;
            };
            let Some((_, sid)) = self.schemas.follow(sid.schema) else {
                continue;
            };
            let Some(kind) = sid::recognise(&shape::Shape::of(sid), &Pointer::ROOT) else {
                continue;
            };
            // Only the module can tell the aliases of two models of one name apart, whether or not both are there.
            let spelling = if Name::module(path.name.as_str()) == path.module {
                format!("{}Sid", path.name)
            } else {
                format!("{}_{}Sid", path.module, path.name)
            };
            let alias = scope.claim(Kind::Type, &spelling, schema);
            self.aliases.insert(
                alias,
                SidAlias {
                    kind: sid::name_of(&kind),
                    model: path.clone(),
                    pointer: component_pointer(schema),
                },
            );
        }
    }

    /// Lowers the schemas that something refers to, until nothing new is referred to.
    fn reached_components(&mut self) {
        let mut items: BTreeMap<&'d str, Item> = BTreeMap::new();
        while let Some(name) = self.queue.pop_front() {
            let Some((_, ReferenceOr::Item(schema))) = self.schemas.get(name) else {
                continue;
            };
            let Some(path) = self.places.get(name).cloned() else {
                continue;
            };
            let pointer = component_pointer(name);
            let pointer = Pointer::to(&pointer);
            let shape = self.schemas.shape(schema);
            let position = if self.inputs.contains(name) {
                Position::Input
            } else {
                Position::Json
            };
            let item = if path.is_enum {
                Item::Enum(Self::open_enum(&shape, path.name.clone(), &pointer))
            } else if shape.has_properties() {
                Item::Model(self.model(&shape, &path, &pointer, position))
            } else {
                Item::Union(self.union(&shape, &path, &pointer, position))
            };
            items.insert(name, item);
        }
        self.file_in_order(items);
    }

    /// Puts each item into its module, in the order of the description and before what stands inline.
    fn file_in_order(&mut self, mut items: BTreeMap<&'d str, Item>) {
        let mut in_order: BTreeMap<Name, Filed> = BTreeMap::new();
        for (name, path) in &self.places {
            let filed = in_order.entry(path.module.clone()).or_default();
            match items.remove(name) {
                Some(Item::Model(model)) => filed.models.push(model),
                Some(Item::Enum(open_enum)) => filed.enums.push(open_enum),
                Some(Item::Union(union)) => filed.unions.push(union),
                None => {}
            }
        }
        for (module, filed) in in_order {
            let Filed {
                models,
                enums,
                unions,
            } = filed;
            if models.is_empty() && enums.is_empty() && unions.is_empty() {
                continue;
            }
            let resource = self.resource(&module);
            resource.models.splice(0..0, models);
            resource.enums.splice(0..0, enums);
            resource.unions.splice(0..0, unions);
        }
    }

    fn drop_unused_aliases(&mut self) {
        let emitted: BTreeSet<(Name, Name)> = self
            .resources
            .iter()
            .flat_map(|(module, resource)| {
                resource
                    .models
                    .iter()
                    .map(|model| (module.clone(), model.name.clone()))
            })
            .collect();
        let (used, sids) = (&self.used_aliases, &self.sids);
        self.aliases.retain(|name, SidAlias { kind, model, .. }| {
            let is_wanted = used.contains(name)
                || emitted.contains(&(model.module.clone(), model.name.clone()));
            is_wanted && sids.contains_key(kind)
        });
    }

    fn scope(&mut self, module: &Name) -> &mut Scope {
        self.scopes
            .entry(module.clone())
            .or_insert_with(|| Scope::new(module.as_str()))
    }

    /// Claims the name of a function in the tests of a module.
    fn test_name(&mut self, module: &Name, spelling: &str) -> Name {
        self.tests.entry(module.clone()).or_default().claim(
            Kind::Field,
            spelling,
            &format!("{spelling}_example"),
        )
    }

    /// Marks a schema as referred to, and returns where it stands.
    fn reach(&mut self, schema: &'d str) -> Option<TypePath> {
        let path = self.places.get(schema)?.clone();
        if self.reached.insert(schema) {
            self.queue.push_back(schema);
        }
        Some(path)
    }

    fn note(&mut self, kind: NoteKind, pointer: &Pointer<'_>, message: impl Into<String>) {
        self.notes.push(Note {
            kind,
            pointer: pointer.to_string(),
            message: message.into(),
        });
    }

    fn error(&mut self, code: &'static str, pointer: &Pointer<'_>, message: impl Into<String>) {
        self.diagnostics
            .push(Diagnostic::error(code, pointer.to_string(), message));
    }
}

/// What a schema with a name of its own becomes.
enum Item {
    Model(Model),
    Enum(OpenEnum),
    Union(Union),
}

/// The items of a module, in the order of the description.
#[derive(Default)]
struct Filed {
    models: Vec<Model>,
    enums: Vec<OpenEnum>,
    unions: Vec<Union>,
}

fn component_pointer(schema: &str) -> String {
    format!("/components/schemas/{}", crate::pointer::escape(schema))
}

/// What is longer was not mistyped.
const LONGEST_HINT: usize = 200;

/// The entry of a list of candidates whose spelling is nearest to what was written, for a hint.
pub(crate) fn nearest<'c>(
    written: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    // The comparison takes time that grows with the product of the lengths.
    if written.len() > LONGEST_HINT {
        return None;
    }
    let lower = written.to_lowercase();
    let most = |candidate: &str| candidate.len().max(written.len()) / 3;
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(written.len()) <= most(candidate))
        .map(|candidate| {
            let distance = strsim::damerau_levenshtein(&lower, &candidate.to_lowercase());
            (distance, candidate)
        })
        .filter(|(distance, candidate)| *distance <= most(candidate))
        .min()
        .map(|(_, candidate)| candidate)
}
