//! Operations to requests.

use super::Lowering;
use super::arguments::needs_names;
use super::body::BodyChoice;
use super::params::{Inputs, Raw};
use super::response::Outputs;
use super::target::target;
use super::resource::{id_of, module_of, spelling_of};
use crate::base::diagnostics::Diagnostic;
use crate::base::markdown;
use crate::base::pointer::Pointer;
use crate::base::suggestions::nearest;
use crate::model::api::{Constructor, Docs, NoteKind, Operation, OperationServer, Param, Security};
use crate::model::names::{Kind, Name};
use heck::ToSnakeCase;
use indexmap::IndexMap;
use openapiv3::{PathItem, ReferenceOr};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// An operation of the description, with the name it will have.
struct Found<'d> {
    path: &'d str,
    method: &'static str,
    item: &'d PathItem,
    operation: &'d openapiv3::Operation,
    id: String,
    module: Name,
    name: Option<Name>,
}

/// An operation, as far as all of its requests share it.
struct Described<'d> {
    path: &'d str,
    method: &'static str,
    item: &'d PathItem,
    operation: &'d openapiv3::Operation,
    declared: Vec<Raw<'d>>,
    outputs: Outputs,
    security: Security,
    server: OperationServer,
    pointer: String,
    id: String,
    module: Name,
}

impl<'d> Lowering<'d> {
    /// Lowers every operation that is asked for, in the order of the description.
    pub(super) fn operations(&mut self, asked: &[String]) {
        let mut found = self.find();
        self.check_ids(&found);
        self.name(&mut found);
        let wanted = self.selection(&found, asked);
        for one in found {
            if wanted
                .as_ref()
                .is_none_or(|wanted| wanted.contains(one.id.as_str()))
            {
                self.operation(one);
            }
        }
        self.finish_examples();
    }

    fn find(&mut self) -> Vec<Found<'d>> {
        let mut found = Vec::new();
        for (path, item) in &self.openapi.paths.paths {
            let item = match item {
                ReferenceOr::Item(item) => item,
                ReferenceOr::Reference { reference } => {
                    let at = Pointer::ROOT;
                    let (at, message) = (
                        at.key("paths"),
                        format!("a path item by `$ref` (`{reference}`) is not supported"),
                    );
                    self.error("unsupported-ref", &at.key(path), message);
                    continue;
                }
            };
            for (method, operation) in methods(item) {
                let id = id_of(operation, method, path);
                let module = module_of(operation, item, &id, path);
                found.push(Found {
                    path,
                    method,
                    item,
                    operation,
                    id,
                    module,
                    name: None,
                });
            }
        }
        found
    }

    fn check_ids(&mut self, found: &[Found<'d>]) {
        let mut first: BTreeMap<&str, &Found<'d>> = BTreeMap::new();
        for one in found {
            if let Some(other) = first.insert(&one.id, one) {
                let pointer = Pointer::ROOT;
                let (pointer, method) = (pointer.key("paths"), one.method.to_ascii_lowercase());
                let message = format!(
                    "the operationId `{}` is also that of {} {}",
                    one.id, other.method, other.path
                );
                let pointer = pointer.key(one.path);
                let pointer = pointer.key(&method).key("operationId").to_string();
                let diagnostic = Diagnostic::error("duplicate-operation-id", pointer, message);
                self.diagnostics.push(
                    diagnostic.help(
                        "give each operation an operationId of its own (OpenAPI 3.0, 4.7.10.1)",
                    ),
                );
            }
        }
    }

    /// Claims the name of every operation, asked for or not, so that a selection renames nothing.
    fn name(&mut self, found: &mut [Found<'d>]) {
        let mut by_module: BTreeMap<Name, Vec<usize>> = BTreeMap::new();
        for (index, one) in found.iter().enumerate() {
            by_module.entry(one.module.clone()).or_default().push(index);
        }
        for (module, members) in by_module {
            let scope = self.scope(&module);
            let short = |index: &usize| {
                let one = &found[*index];
                spelling_of(one.operation, one.method, one.path, &one.id)
            };
            let mut wanted: BTreeMap<String, usize> = BTreeMap::new();
            for spelling in members.iter().map(short) {
                *wanted.entry(spelling).or_default() += 1;
            }
            let spelled: Vec<(String, &str)> = members
                .iter()
                .map(|index| {
                    let id = found[*index].id.as_str();
                    let short = short(index);
                    let is_free = wanted[&short] == 1 && !scope.has(Kind::Type, &short);
                    let spelling = if is_free {
                        short
                    } else if scope.has(Kind::Type, id) {
                        format!("{id}_request")
                    } else {
                        id.to_owned()
                    };
                    (spelling, id)
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

    /// Returns the operations that are asked for; none when all are.
    fn selection<'o>(
        &mut self,
        found: &[Found<'d>],
        asked: &'o [String],
    ) -> Option<BTreeSet<&'o str>> {
        if asked.is_empty() {
            return None;
        }
        for wanted in asked {
            if !found.iter().any(|one| one.id == *wanted) {
                let message = format!("there is no operation `{wanted}` in the description");
                let help = match nearest(wanted, found.iter().map(|one| one.id.as_str())) {
                    Some(other) => format!("did you mean `{other}`?"),
                    None => "`cratewright inspect` lists the operations".to_owned(),
                };
                self.diagnostics
                    .push(Diagnostic::error("unknown-operation", "/paths", message).help(help));
            }
        }
        Some(asked.iter().map(String::as_str).collect())
    }

    fn operation(&mut self, found: Found<'d>) {
        let Found {
            path,
            method,
            item,
            operation,
            id,
            module,
            name,
        } = found;
        let Some(name) = name else { return };
        let lower_method = method.to_ascii_lowercase();
        let root = Pointer::ROOT;
        let paths = root.key("paths");
        let item_pointer = paths.key(path);
        let pointer = item_pointer.key(&lower_method);
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
        if !callbacks.is_empty() {
            self.note(
                NoteKind::Generalised,
                &pointer.key("callbacks"),
                format!("`{id}`: callbacks are not generated"),
            );
        }
        let pointers = (&item_pointer, &pointer);
        let described = Described {
            path,
            method,
            item,
            operation,
            declared: self.declared_params(operation, item, path, pointers),
            outputs: self.outputs(responses, method, (&module, &name), &pointer),
            security: self.security(security.as_ref(), &pointer),
            server: self.server((servers, &item.servers), &id, pointers),
            pointer: pointer.to_string(),
            id,
            module,
        };
        for choice in self.bodies(operation, &pointer) {
            let name = self.variant_name(&described.module, &name, &choice);
            let is_first = choice.suffix.is_none();
            let inputs = self.inputs(&described.declared, choice, (&described.module, &name));
            for condition in conditions(extensions, &inputs.params) {
                if is_first {
                    self.note(NoteKind::NotEnforced, &pointer, condition);
                }
            }
            self.request(&described, name, is_first, inputs);
        }
    }

    /// Makes a request of an operation, and puts it into its module.
    fn request(
        &mut self,
        described: &Described<'d>,
        name: Name,
        is_first: bool,
        inputs: Inputs<'d>,
    ) {
        let Inputs {
            params,
            samples,
            constants,
            body,
            formats,
            media,
        } = inputs;
        let outputs = described.outputs.clone();
        let module = &described.module;
        let media_type = media.as_ref().and_then(|(_, at)| media_type_at(at));
        let examples = if is_first { outputs.examples } else { Vec::new() };
        let mut lowered = Operation {
            constructor: self.constructor(module, &name, &params),
            name,
            id: described.id.clone(),
            method: described.method.to_owned(),
            server: described.server.clone(),
            path: described.path.to_owned(),
            target: target(described.path, &described.declared, &constants),
            docs: docs(described.operation, &conditions(&described.operation.extensions, &params)),
            deprecated: described.operation.deprecated,
            security: described.security.clone(),
            accepts: outputs.accepts,
            params,
            constants,
            body,
            formats,
            variant: media_type.filter(|_| !is_first),
            output: outputs.output,
            reading: outputs.reading,
            accept: outputs.accept,
            paging: None,
            headers: outputs.headers,
            request_examples: Vec::new(),
            response_examples: examples,
            pointer: described.pointer.clone(),
        };
        let given = media
            .as_ref()
            .is_some_and(|(media, _)| super::body::examples_of(media).next().is_some());
        self.request_examples(&mut lowered, module, &samples, media);
        self.file_operation(lowered, module, described.item, given);
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

    /// Decides how the required parameters reach `new`: by name, unless no two could be swapped unnoticed.
    fn constructor(&mut self, module: &Name, name: &Name, params: &[Param]) -> Constructor {
        let required = params.iter().filter(|param| param.required);
        if !needs_names(required.map(|param| &param.ty)) {
            return Constructor::Positional;
        }
        let spelling = format!("{name}_params");
        Constructor::Named(self.scope(module).claim(Kind::Params, &spelling, &spelling))
    }

    /// Puts an operation into its module; the first with an example of the description is the one to begin with.
    fn file_operation(
        &mut self,
        operation: Operation,
        module: &Name,
        item: &PathItem,
        given: bool,
    ) {
        if given && self.quickstart.is_none() && !operation.request_examples.is_empty() {
            let index = self.resource(module).operations.len();
            self.quickstart = Some((module.clone(), index));
        }
        let resource = self.resource(module);
        if resource.docs.is_empty() {
            let description = item.description.as_deref();
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

/// The summary first, then what the description says beyond it.
fn docs(operation: &openapiv3::Operation, conditions: &[String]) -> Docs {
    let summary = operation.summary.as_deref().unwrap_or_default();
    let description = operation.description.as_deref().unwrap_or_default();
    let beyond = if description.trim() == summary.trim() {
        ""
    } else {
        description
    };
    // A URL is one word; what has line breaks could begin a block of its own.
    let url = |url: &str| url.split_whitespace().collect::<Vec<_>>().join("%20");
    let external = operation.external_docs.as_ref();
    let link = external.map(|docs| format!("See <{}>.", url(&docs.url)));
    let conditions = conditions.iter().map(String::as_str);
    let paragraphs = [summary, beyond].into_iter().chain(conditions);
    markdown::paragraphs(paragraphs.chain(link.as_deref()))
}

pub(super) fn methods(
    item: &PathItem,
) -> impl Iterator<Item = (&'static str, &openapiv3::Operation)> {
    let PathItem {
        summary: _,
        description: _,
        get,
        put,
        post,
        delete,
        options,
        head,
        patch,
        trace,
        servers: _,
        parameters: _,
        extensions: _,
    } = item;
    [
        ("GET", get),
        ("POST", post),
        ("PUT", put),
        ("PATCH", patch),
        ("DELETE", delete),
        ("HEAD", head),
        ("OPTIONS", options),
        ("TRACE", trace),
    ]
    .into_iter()
    .filter_map(|(method, operation)| Some((method, operation.as_ref()?)))
}

/// Returns the modules that operations of a description belong to.
pub(super) fn modules(openapi: &openapiv3::OpenAPI) -> BTreeSet<Name> {
    let mut found = BTreeSet::new();
    for (path, item) in &openapi.paths.paths {
        let Some(item) = item.as_item() else { continue };
        for (method, operation) in methods(item) {
            let id = id_of(operation, method, path);
            found.insert(module_of(operation, item, &id, path));
        }
    }
    found
}

/// The media type at the end of a pointer to its content.
fn media_type_at(pointer: &str) -> Option<String> {
    let last = pointer.rsplit('/').next()?;
    Some(crate::base::pointer::unescape(last).into_owned())
}
