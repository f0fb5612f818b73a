//! Operations to requests.

use super::Lowering;
use super::arguments::needs_names;
use super::docs::operation_docs;
use super::module::{id_of, module_of, spelling_of};
use super::owner::{Outputs, Owner};
use super::params::Inputs;
use super::raw::{BodyChoice, Raw};
use super::selection::{Candidate, Wanted};
use super::settings::renamed_module;
use super::target::target;
use crate::base::diagnostics::Diagnostic;
use crate::base::markdown;
use crate::base::pointer::Pointer;
use crate::input::document::Described;
use crate::model::api::{
    Constructor, Docs, Literal, Location, NamedKind, NoteKind, OpenEnum, Operation,
    OperationServer, Param, Security, Style, Type, TypePath, Variant,
};
use crate::model::names::{Kind, Name, Scope};
use heck::ToSnakeCase;
use indexmap::IndexMap;
use openapiv3::{PathItem, ReferenceOr};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::mem;

/// An operation of the description, with the name it will have.
struct Found<'d> {
    described: Described<'d>,
    id: String,
    /// What its name is made of.
    spelling: String,
    module: Name,
    name: Option<Name>,
}

/// What all requests of an operation share.
struct Shared<'d> {
    described: Described<'d>,
    declared: Vec<Raw<'d>>,
    outputs: Outputs,
    security: Security,
    server: OperationServer,
    id: String,
    module: Name,
}

impl<'d> Found<'d> {
    fn candidate(&self) -> Candidate<'d> {
        Candidate {
            id: self.id.clone(),
            ..Candidate::new(&self.described)
        }
    }
}

impl<'d> Lowering<'d> {
    /// Lowers every operation that is asked for, in the order of the description.
    pub(super) fn operations(&mut self, wanted: Wanted<'_>) {
        let mut found = self.find();
        self.distinguish(&mut found);
        self.name(&mut found);
        for one in found {
            if wanted.has(&one.candidate()) {
                self.operation(one);
            }
        }
        self.finish_examples();
    }

    fn find(&mut self) -> Vec<Found<'d>> {
        for (path, item) in &self.openapi.paths.paths {
            if let ReferenceOr::Reference { reference } = item {
                let at = Pointer::ROOT;
                let (at, message) = (
                    at.key("paths"),
                    format!("a path item by `$ref` (`{reference}`) is not supported"),
                );
                self.error("unsupported-ref", &at.key(path), message);
            }
        }
        let described = self.document.operations();
        described
            .map(|described| {
                let Described {
                    path,
                    method,
                    item,
                    operation,
                    pointer: _,
                } = described;
                let id = id_of(operation, method, path);
                Found {
                    module: renamed_module(self.settings, module_of(operation, item, &id, path)),
                    spelling: id.clone(),
                    id,
                    name: None,
                    described,
                }
            })
            .collect()
    }

    /// Gives an operation whose operationId another one has before it an id of its own: its method and its path.
    ///
    /// Its name is still made of the operationId where the two are in different modules.
    fn distinguish(&mut self, found: &mut [Found<'d>]) {
        let mut first: BTreeMap<String, String> = BTreeMap::new();
        let mut spelled: BTreeSet<(Name, String)> = BTreeSet::new();
        for one in found {
            let is_free = spelled.insert((one.module.clone(), one.id.clone()));
            let Described { path, method, .. } = &one.described;
            let Some(other) = first.get(&one.id) else {
                first.insert(one.id.clone(), format!("{method} {path}"));
                continue;
            };
            let id = format!("{} {path}", method.to_ascii_lowercase());
            let message = format!(
                "operationId `{}` is already used by `{other}`; identified as `{id}`",
                one.id
            );
            let pointer = format!("{}/operationId", one.described.pointer);
            let diagnostic = Diagnostic::warning("duplicate-operation-id", pointer, message);
            self.diagnostics.push(
                diagnostic
                    .help("give each operation an operationId of its own (OpenAPI 3.0, 4.7.10.1)"),
            );
            if !is_free {
                id.clone_into(&mut one.spelling);
            }
            one.id = id;
        }
    }

    /// Claims the name of every operation, asked for or not, so that a selection renames nothing.
    fn name(&mut self, found: &mut [Found<'d>]) {
        let mut by_module: BTreeMap<Name, Vec<usize>> = BTreeMap::new();
        for (index, one) in found.iter_mut().enumerate() {
            let chosen = self.renamed_operation(&one.candidate());
            let scope = self.scope(&one.module);
            one.name = chosen.and_then(|name| scope.claim_chosen(Kind::Type, name));
            if one.name.is_none() {
                by_module.entry(one.module.clone()).or_default().push(index);
            }
        }
        for (module, members) in by_module {
            let scope = self.scope(&module);
            let short = |index: &usize| {
                let one = &found[*index];
                let Described {
                    path,
                    method,
                    operation,
                    ..
                } = &one.described;
                spelling_of(operation, &module, (method, path), &one.spelling)
            };
            let mut wanted: BTreeMap<String, usize> = BTreeMap::new();
            for spelling in members.iter().map(short) {
                *wanted.entry(spelling).or_default() += 1;
            }
            let spelled: Vec<(String, &str)> = members
                .iter()
                .map(|index| {
                    let Found { id, spelling, .. } = &found[*index];
                    let short = short(index);
                    let is_free = wanted[&short] == 1 && !scope.has(Kind::Type, &short);
                    let spelling = if is_free {
                        short
                    } else if scope.has(Kind::Type, spelling) {
                        format!("{spelling}_request")
                    } else {
                        spelling.clone()
                    };
                    (spelling, id.as_str())
                })
                .collect();
            let names = scope.claim_each(
                Kind::Type,
                spelled
                    .iter()
                    .map(|(spelling, id)| (spelling.as_str(), *id)),
            );
            for (index, name) in members.into_iter().zip(names) {
                found[index].name = Some(name);
            }
        }
    }

    fn operation(&mut self, found: Found<'d>) {
        let candidate = found.candidate();
        let Found {
            described,
            id,
            spelling: _,
            module,
            name,
        } = found;
        let Some(name) = name else { return };
        let Described {
            path,
            method,
            item,
            operation,
            pointer: _,
        } = described;
        let root = Pointer::ROOT;
        let paths = root.key("paths");
        let item_pointer = paths.key(path);
        let at = described.pointer.clone();
        let pointer = Pointer::to(&at);
        let openapiv3::Operation {
            tags: _,
            summary: _,
            description: _,
            external_docs: _,
            operation_id: _,
            parameters: _,
            request_body: _,
            responses,
            callbacks,
            deprecated: _,
            security,
            servers,
            extensions,
        } = operation;
        let pointers = (&item_pointer, &pointer);
        let declared = self.declared_params(operation, item, path, pointers);
        let owner = Owner {
            module: &module,
            operation: &name,
            method,
            is_conditional: declared.iter().any(is_precondition),
        };
        let mut outputs = self.outputs(responses, owner, &pointer);
        if let Some(streaming) = &mut outputs.streaming {
            let stated = self.stated_ends(&candidate);
            streaming.ends = stated.unwrap_or_else(|| mem::take(&mut streaming.ends));
        }
        self.callbacks(callbacks, owner, &pointer);
        let accept = self.accept_param(&outputs.choices, owner, &pointer);
        self.paging_rule(
            &candidate,
            [extensions, &item.extensions, &self.openapi.extensions],
            &pointer,
        );
        let shared = Shared {
            security: self.security(security.as_ref(), &pointer),
            server: self.server((servers, &item.servers), &id, pointers),
            described,
            declared,
            outputs,
            id,
            module,
        };
        for choice in self.bodies(operation, &pointer) {
            let name = self.variant_name(&shared.module, &name, &choice);
            let is_first = choice.suffix.is_none();
            let mut inputs = self.inputs(&shared.declared, choice, (&shared.module, &name));
            if let Some((param, sample)) = &accept {
                add_accept(&mut inputs, param.clone(), sample.clone());
            }
            for condition in conditions(extensions, &inputs.params) {
                if is_first {
                    self.note(NoteKind::NotEnforced, &pointer, condition);
                }
            }
            self.request(&shared, name, is_first, inputs);
        }
    }

    /// Makes a request of an operation, and puts it into its module.
    fn request(&mut self, shared: &Shared<'d>, name: Name, is_first: bool, inputs: Inputs<'d>) {
        let Inputs {
            params,
            samples,
            constants,
            body,
            formats,
            media,
        } = inputs;
        let Described {
            path,
            method,
            item,
            operation,
            ref pointer,
        } = shared.described;
        let outputs = shared.outputs.clone();
        let module = &shared.module;
        let media_type = media.as_ref().and_then(|(_, at)| media_type_at(at));
        let examples = if is_first {
            outputs.examples
        } else {
            Vec::new()
        };
        let sent = media.as_ref().map(|(_, at)| at.as_str());
        let contract = self.contract(operation, sent, &Pointer::to(pointer));
        let conditions = conditions(&operation.extensions, &params);
        let docs = operation_docs(
            operation.summary.as_deref(),
            operation.description.as_deref(),
            &conditions,
            operation.external_docs.as_ref(),
        );
        let mut lowered = Operation {
            constructor: self.constructor(module, &name, &params),
            name,
            id: shared.id.clone(),
            method: method.to_owned(),
            server: shared.server.clone(),
            path: path.to_owned(),
            target: target(path, &shared.declared, &constants),
            docs,
            deprecated: operation.deprecated,
            security: shared.security.clone(),
            accepts: outputs.accepts,
            params,
            constants,
            body,
            formats,
            variant: media_type.filter(|_| !is_first),
            output: outputs.output,
            reading: outputs.reading,
            accept: outputs.accept,
            error: outputs.error,
            error_reading: outputs.error_reading,
            streaming: outputs.streaming,
            paging: None,
            headers: outputs.headers,
            contract,
            request_examples: Vec::new(),
            response_examples: examples,
            pointer: pointer.clone(),
        };
        let given = media
            .as_ref()
            .is_some_and(|(media, _)| super::media::examples_of(media).next().is_some());
        self.request_examples(&mut lowered, module, &samples, media);
        self.file_operation(lowered, module, (item, operation.tags.first()), given);
    }

    fn variant_name(&mut self, module: &Name, name: &Name, choice: &BodyChoice<'d>) -> Name {
        match &choice.suffix {
            None => name.clone(),
            Some(suffix) => {
                let spelling = format!("{name}_{suffix}");
                self.scope(module).claim(Kind::Type, &spelling, &spelling)
            }
        }
    }

    /// Returns the parameter that chooses a media type of the response, where there are several.
    fn accept_param(
        &mut self,
        choices: &[String],
        owner: Owner<'_>,
        pointer: &Pointer<'_>,
    ) -> Option<(Param, Value)> {
        let first = choices.first()?;
        let spelling = format!("{}_accept", owner.operation);
        let name = self
            .scope(owner.module)
            .claim(Kind::Type, &spelling, &spelling);
        let pointer = pointer.key("responses").to_string();
        let spellings = choices.iter().map(String::as_str);
        let names = Scope::new(name.as_str()).claim_all(Kind::Variant, spellings);
        let variants = names.into_iter().zip(choices).map(|(name, wire)| Variant {
            name,
            docs: Docs::default(),
            wire: Literal::Text(wire.clone()),
            pointer: pointer.clone(),
        });
        let docs = "The media types that the response is available in.";
        let open_enum = OpenEnum {
            name: name.clone(),
            docs: markdown::docs(docs),
            kind: NamedKind::TextEnum,
            variants: variants.collect(),
            is_closed: false,
            derives: Vec::new(),
            pointer: pointer.clone(),
        };
        self.resource(owner.module).enums.push(open_enum);
        let docs =
            format!("The media type of the response; any of them by default, `{first}` preferred.");
        let param = Param {
            // Another parameter may have the name; see `add_accept`.
            name: Scope::new("").claim(Kind::Setter, "accept", "accept_media_type"),
            clear: None,
            wire: "Accept".to_owned(),
            location: Location::Header,
            docs: markdown::docs(&docs),
            ty: Type::Named(TypePath {
                module: owner.module.clone(),
                name,
                kind: NamedKind::TextEnum,
            }),
            required: false,
            default: None,
            sends_default: false,
            style: Style::Simple { explode: false },
            reserved: false,
            part: None,
            limits: Vec::new(),
            rules: Vec::new(),
            sensitive: false,
            pointer,
        };
        Some((param, Value::String(first.clone())))
    }

    /// Decides how the required parameters reach `new`: by name, unless no two could be swapped unnoticed.
    fn constructor(&mut self, module: &Name, name: &Name, params: &[Param]) -> Constructor {
        let required = params.iter().filter(|param| param.required);
        if !needs_names(required.map(|param| &param.ty)) {
            return Constructor::Positional;
        }
        let spelling = format!("{name}_params");
        Constructor::Named(self.scope(module).claim(Kind::Params, &spelling, &spelling))
    }

    /// Returns what the description says about a tag, after which a module is called.
    fn tag_description(&self, tag: Option<&String>) -> Option<&'d str> {
        let tags = &self.openapi.tags;
        let found = tags.iter().find(|known| Some(&known.name) == tag)?;
        found.description.as_deref()
    }

    /// Puts an operation into its module; the first with an example of the description is the one to begin with.
    fn file_operation(
        &mut self,
        operation: Operation,
        module: &Name,
        (item, tag): (&PathItem, Option<&String>),
        given: bool,
    ) {
        if given && self.quickstart.is_none() && !operation.request_examples.is_empty() {
            let index = self.resource(module).operations.len();
            self.quickstart = Some((module.clone(), index));
        }
        let of_tag = self.tag_description(tag);
        let resource = self.resource(module);
        if resource.docs.is_empty() {
            let description = item.description.as_deref().or(of_tag);
            resource.docs = description.map_or_else(Docs::default, markdown::docs);
        }
        resource.operations.push(operation);
    }
}

/// What Twilio's extension says of parameters of which one is needed, in words (`x-twilio: {conditional: [[From, To]]}`).
fn conditions(extensions: &IndexMap<String, Value>, params: &[Param]) -> Vec<String> {
    let spelled = |wire: &str| wire.to_snake_case();
    let groups = extensions
        .get("x-twilio")
        .and_then(|twilio| twilio.get("conditional")?.as_array());
    let groups = groups.into_iter().flatten().filter_map(Value::as_array);
    groups
        .filter_map(|group| {
            let names = group.iter().filter_map(Value::as_str);
            let of_group = |name| {
                let mut params = params.iter();
                let param = params.find(|param| spelled(&param.wire) == spelled(name))?;
                Some(markdown::code(param.name.as_str()))
            };
            let names: Vec<String> = names.filter_map(of_group).collect();
            let (last, others) = names
                .split_last()
                .filter(|(_, others)| !others.is_empty())?;
            Some(format!(
                "At least one of {} and {last} is needed.",
                others.join(", ")
            ))
        })
        .collect()
}

/// Whether a parameter is a precondition that a response may fail with 304 (RFC 9110, section 13.1).
fn is_precondition(param: &Raw<'_>) -> bool {
    let names = ["if-none-match", "if-modified-since"];
    param.location == Location::Header
        && names
            .iter()
            .any(|name| param.wire.eq_ignore_ascii_case(name))
}

/// Adds the parameter that chooses a media type of the response before those of the body.
fn add_accept(inputs: &mut Inputs<'_>, mut param: Param, sample: Value) {
    let mut scope = Scope::new("");
    for param in &inputs.params {
        scope.claim(Kind::Setter, param.name.as_str(), param.wire.as_str());
    }
    param.name = scope.claim(Kind::Setter, "accept", "accept_media_type");
    let before_body = |param: &Param| param.location != Location::Body;
    let at = inputs.params.partition_point(before_body);
    inputs.params.insert(at, param);
    inputs.samples.insert(at, sample);
}

/// The media type that a pointer ends with.
fn media_type_at(pointer: &str) -> Option<String> {
    let last = pointer.rsplit('/').next()?;
    Some(crate::base::pointer::unescape(last).into_owned())
}
