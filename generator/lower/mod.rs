//! [`Document`] to [`Api`]: the only stage that looks at `openapiv3`, and the only one that decides what a schema is and what
//! it is called.

mod accept;
mod arguments;
mod body;
mod body_params;
mod check_settings;
mod checker;
mod collect;
mod components;
mod contract;
mod conventions;
mod docs;
mod encoded_examples;
mod examples;
mod extensions;
mod header_names;
mod headers;
mod identity;
mod incoming;
mod inline;
mod limits;
mod lowered;
mod media;
mod model;
mod module;
mod nesting;
mod open_enum;
mod operation;
mod operation_name;
mod outline;
mod owner;
mod paging;
mod param_samples;
mod params;
mod part;
mod pattern;
mod preferred;
mod quickstart;
mod raw;
mod reached;
mod recursion;
mod references;
mod request_media;
mod resource;
mod response;
mod rules;
mod samples;
mod schema;
mod schemas;
mod secret;
mod security;
mod selection;
mod server;
mod setters;
mod settings;
mod sid_alias;
mod status;
mod streaming;
mod style;
mod target;
mod union;
mod usage;
mod used_patterns;
mod webhook;

pub use self::checker::Checker;
use crate::base::diagnostics::{Diagnostic, Diagnostics};
use crate::base::markdown;
use crate::base::pointer::Pointer;
use crate::input::document::Document;
use crate::model::api::{
    Api, Header, Note, NoteKind, Outline, Pattern, Resource, Scheme, Server, SidAlias, SidKind,
    TypePath,
};
use crate::model::names::{Kind as NameKind, Name, Scope};
use crate::model::settings::Settings;
pub use check_settings::{check_settings, unknown_modules};
use components::Places;
use conventions::Conventions;
pub use identity::module_path;
use openapiv3::{Components, Info, OpenAPI};
use schemas::Schemas;
pub use selection::{Wanted, operation_ids, select};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::rc::Rc;
use std::sync::Arc;
use usage::Usage;

/// Decides what the crate will be: one with the operations that are asked for, as the settings say.
///
/// # Errors
///
/// Returns everything that the generated crate could not be right about: dangling references, operations that are asked
/// for and do not exist, and what OpenAPI does not allow. Warnings come with either outcome.
pub fn lower(document: &Document, wanted: Wanted<'_>) -> Result<(Api, Diagnostics), Diagnostics> {
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
        components: _,
        security: _,
        tags: _,
        external_docs: _,
        extensions: _,
    } = document.openapi();
    let mut lowering = Lowering::new(document, wanted.settings);
    lowering.read_schemes();
    lowering.read_servers();
    lowering.operations(wanted);
    if wanted.takes_all() {
        lowering.webhooks();
    }
    lowering.reach_all_of_no_operations();
    lowering.reached_components();
    lowering.apply_to_types();
    if lowering.diagnostics.has_errors() {
        return Err(document.place(lowering.diagnostics));
    }
    recursion::break_cycles(&mut lowering.resources);
    lowering.drop_unused_aliases();
    lowering.drop_unused_patterns();
    lowering.finish_schemes();
    lowering.deduplicate_notes();
    let mut api = Api {
        nesting: nesting::nesting(&lowering.resources),
        title: title.clone(),
        docs: markdown::docs(description.as_deref().unwrap_or_default()),
        is_twilio: lowering.conventions.is_twilio(),
        sids: lowering.sids,
        sid_aliases: lowering.aliases,
        schemes: lowering.schemes,
        servers: lowering.servers,
        patterns: lowering.patterns,
        headers: lowering.headers,
        quickstart: quickstart::read(&lowering.resources).or(lowering.quickstart),
        resources: lowering.resources,
        outlines: lowering.outlines,
        notes: document.place_notes(lowering.notes),
    };
    secret::hide_on_both_sides(&mut api);
    Ok((api, document.place(lowering.diagnostics)))
}

/// What is known while the description is walked.
struct Lowering<'d> {
    document: &'d Document,
    openapi: &'d OpenAPI,
    /// What the user decided.
    settings: &'d Settings,
    conventions: Conventions,
    schemas: Rc<Schemas<'d>>,
    usage: Usage,
    /// Where the type of each schema of the components is.
    places: Places<'d>,
    /// The types of schemas without a name of their own, by where these are.
    inline_types: HashMap<String, TypePath>,
    /// The schemas without a type of their own that are being looked at, one inside the other.
    chain: Vec<String>,
    /// The names that are taken, by module.
    scopes: BTreeMap<Name, Scope>,
    /// Schemas that something refers to, in the order of the first reference.
    queue: VecDeque<&'d str>,
    reached: BTreeSet<&'d str>,
    /// The functions of the generated tests, by module.
    tests: BTreeMap<Name, Scope>,
    sids: BTreeMap<Name, SidKind>,
    aliases: BTreeMap<Name, SidAlias>,
    used_aliases: BTreeSet<Name>,
    schemes: Vec<Scheme>,
    servers: Vec<Server>,
    server_names: Scope,
    patterns: BTreeMap<Name, Pattern>,
    pattern_names: Scope,
    /// The constants of patterns, and those of which there is no table, by their text.
    compiled: HashMap<String, Result<(Name, Arc<Pattern>), &'static str>>,
    headers: BTreeMap<Name, Header>,
    /// The constants of response headers, by the name on the wire.
    header_names: BTreeMap<String, Name>,
    quickstart: Option<(Name, usize)>,
    /// How operations are paged, where the description states it, by their pointers.
    paging_rules: BTreeMap<String, paging::Stated<'d>>,
    resources: BTreeMap<Name, Resource>,
    outlines: BTreeMap<String, Outline>,
    notes: Vec<Note>,
    diagnostics: Diagnostics,
}

impl<'d> Lowering<'d> {
    fn new(document: &'d Document, settings: &'d Settings) -> Self {
        let openapi = document.openapi();
        let components = openapi.components.as_ref();
        let schemas = Schemas::new(components.map(|Components { schemas, .. }| schemas));
        let conventions = Conventions::of(openapi);
        let mut scopes = BTreeMap::new();
        let mut lowering = Self {
            document,
            openapi,
            settings,
            conventions,
            usage: Usage::of(document, &schemas),
            places: components::place(&schemas, conventions, settings, &mut scopes),
            schemas: Rc::new(schemas),
            inline_types: HashMap::new(),
            chain: Vec::new(),
            scopes,
            queue: VecDeque::new(),
            reached: BTreeSet::new(),
            tests: BTreeMap::new(),
            sids: BTreeMap::new(),
            aliases: BTreeMap::new(),
            used_aliases: BTreeSet::new(),
            schemes: Vec::new(),
            servers: Vec::new(),
            server_names: Scope::new("server"),
            patterns: BTreeMap::new(),
            pattern_names: Scope::new("pattern"),
            compiled: HashMap::new(),
            headers: BTreeMap::new(),
            header_names: header_names::header_names(document),
            quickstart: None,
            paging_rules: BTreeMap::new(),
            resources: BTreeMap::new(),
            outlines: BTreeMap::new(),
            notes: Vec::new(),
            diagnostics: Diagnostics::default(),
        };
        lowering.name_sids();
        lowering
    }

    fn scope(&mut self, module: &Name) -> &mut Scope {
        self.scopes
            .entry(module.clone())
            .or_insert_with(|| Scope::new(module.as_str()))
    }

    /// Claims the name of a function in the tests of a module.
    fn test_name(&mut self, module: &Name, spelling: &str) -> Name {
        self.tests.entry(module.clone()).or_default().claim(
            NameKind::Field,
            spelling,
            &format!("{spelling}_example"),
        )
    }

    fn note(&mut self, kind: NoteKind, pointer: &Pointer<'_>, message: impl Into<String>) {
        self.notes.push(Note {
            kind,
            pointer: pointer.to_string(),
            message: message.into(),
        });
    }

    /// Several requests of an operation have the same parameters.
    fn deduplicate_notes(&mut self) {
        let mut seen = HashSet::new();
        self.notes
            .retain(|note| seen.insert((note.pointer.clone(), note.message.clone())));
    }

    fn error(&mut self, code: &'static str, pointer: &Pointer<'_>, message: impl Into<String>) {
        self.diagnostics
            .push(Diagnostic::error(code, pointer.to_string(), message));
    }
}
