//! Operations to requests.

use super::Lowering;
use super::params::{Inputs, needs_names};
use super::resource::{id_of, module_of, spelling_of};
use super::selection::{Described, Wanted};
use crate::base::diagnostics::Diagnostic;
use crate::base::markdown;
use crate::base::pointer::Pointer;
use crate::model::api::{Constructor, Docs, NoteKind, Operation, Param};
use crate::model::names::{Kind, Name};
use heck::ToSnakeCase;
use indexmap::IndexMap;
use openapiv3::{ExternalDocumentation, PathItem, ReferenceOr, Server};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// An operation of the description, with the name it will have.
struct Found<'d> {
    path: &'d str,
    method: &'static str,
    item: &'d PathItem,
    operation: &'d openapiv3::Operation,
    id: String,
    /// What its name is made of.
    spelling: String,
    module: Name,
    name: Option<Name>,
}

impl<'d> Found<'d> {
    fn described(&self) -> Described<'d> {
        Described {
            id: self.id.clone(),
            ..Described::new(self.operation, self.method, self.path)
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
            if wanted.has(&one.described()) {
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
                let module = self.renamed_module(module_of(operation, item, &id, path));
                found.push(Found {
                    path,
                    method,
                    item,
                    operation,
                    spelling: id.clone(),
                    id,
                    module,
                    name: None,
                });
            }
        }
        found
    }

    /// Gives an operation whose operationId another one has before it an id of its own: its method and its path.
    ///
    /// Its name is still made of the operationId where the two are in different modules.
    fn distinguish(&mut self, found: &mut [Found<'d>]) {
        let mut first: BTreeMap<String, (&'static str, &'d str)> = BTreeMap::new();
        let mut spelled: BTreeSet<(Name, String)> = BTreeSet::new();
        for one in found {
            let is_free = spelled.insert((one.module.clone(), one.id.clone()));
            let known = first.get(&one.id).copied();
            let Some((method, path)) = known else {
                first.insert(one.id.clone(), (one.method, one.path));
                continue;
            };
            let lower_method = one.method.to_ascii_lowercase();
            let id = format!("{lower_method} {}", one.path);
            let message = format!(
                "operationId `{}` is already used by `{method} {path}`; identified as `{id}`",
                one.id
            );
            let paths = Pointer::ROOT;
            let paths = paths.key("paths");
            let pointer = paths.key(one.path);
            let pointer = pointer.key(&lower_method).key("operationId").to_string();
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
            let chosen = self.renamed_operation(&one.described());
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
                spelling_of(one.operation, one.method, one.path, &one.spelling)
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
        let Found {
            path,
            method,
            item,
            operation,
            id,
            spelling: _,
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
            summary,
            description,
            external_docs,
            operation_id: _,
            parameters: _,
            request_body: _,
            responses,
            callbacks,
            deprecated,
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
        let inputs = self.inputs(operation, item, path, &module, &name, pointers);
        let outputs = self.outputs(responses, method, (&module, &name), &pointer);
        let Inputs {
            params,
            samples,
            body,
            media,
        } = inputs;
        let constructor = self.constructor(&module, &name, &params);
        let server = self.server([servers, &item.servers, &self.openapi.servers], &pointer);
        let conditions = conditions(extensions, &params);
        for condition in &conditions {
            self.note(NoteKind::NotEnforced, &pointer, condition);
        }
        let docs = docs(
            summary.as_deref(),
            description.as_deref(),
            &conditions,
            external_docs.as_ref(),
        );
        let mut lowered = Operation {
            name,
            id,
            method: method.to_owned(),
            server,
            path: path.to_owned(),
            docs,
            deprecated: *deprecated,
            authenticated: security
                .as_ref()
                .is_none_or(|alternatives| !alternatives.is_empty()),
            accepts: outputs.accepts,
            params,
            constructor,
            body,
            output: outputs.output,
            reading: outputs.reading,
            accept: outputs.accept,
            paging: None,
            headers: outputs.headers,
            request_examples: Vec::new(),
            response_examples: outputs.examples,
            pointer: pointer.to_string(),
        };
        let given = media
            .as_ref()
            .is_some_and(|(media, _)| super::body::examples_of(media).next().is_some());
        self.request_examples(&mut lowered, &module, &samples, media);
        self.file_operation(lowered, &module, item, given);
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

    /// Returns the first server that applies, its variables at their defaults.
    fn server(&mut self, candidates: [&'d Vec<Server>; 3], pointer: &Pointer<'_>) -> String {
        let Some(Server {
            url,
            description: _,
            variables,
            extensions: _,
        }) = candidates.into_iter().find_map(|servers| servers.first())
        else {
            return String::new();
        };
        let mut url = url.clone();
        for (name, variable) in variables.iter().flatten() {
            url = url.replace(&format!("{{{name}}}"), &variable.default);
        }
        let url = url.trim_end_matches('/').to_owned();
        let absolute = url.starts_with("https://") || url.starts_with("http://");
        if absolute && !url.contains(['{', '}', ' ', '"', '\\', '?', '#', '@']) {
            return url;
        }
        if !url.is_empty() {
            self.note(
                NoteKind::Generalised,
                pointer,
                format!("the server `{url}` is no absolute URL: set the client's base URL"),
            );
        }
        String::new()
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
fn docs(
    summary: Option<&str>,
    description: Option<&str>,
    conditions: &[String],
    external: Option<&ExternalDocumentation>,
) -> Docs {
    let summary = summary.unwrap_or_default();
    let description = description.unwrap_or_default();
    let beyond = if description.trim() == summary.trim() {
        ""
    } else {
        description
    };
    // A URL is one word; what has line breaks could begin a block of its own.
    let url = |url: &str| url.split_whitespace().collect::<Vec<_>>().join("%20");
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
