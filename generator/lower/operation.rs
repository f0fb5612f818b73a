//! Operations to requests.

use super::Lowering;
use super::accept::add_accept;
use super::arguments::needs_names;
use super::conventions::twilio::conditions;
use super::docs::operation_docs;
use super::media::examples_of;
use super::operation_name::Found;
use super::owner::{Outputs, Owner};
use super::params::Inputs;
use super::raw::{BodyChoice, Raw};
use super::selection::Wanted;
use super::target::target;
use crate::base::markdown;
use crate::base::pointer::Pointer;
use crate::input::document::Described;
use crate::model::api::{
    Constructor, Docs, Location, NoteKind, Operation, OperationServer, Param, Security,
};
use crate::model::names::{Kind, Name};
use serde_json::Value;
use std::mem;

/// What all requests of an operation share.
struct Shared<'d> {
    described: Described<'d>,
    id: String,
    module: Name,
    /// The name of the first request.
    name: Name,
    declared: Vec<Raw<'d>>,
    outputs: Outputs,
    /// The parameter that chooses a media type of the response, with a value for examples.
    accept: Option<(Param, Value)>,
    security: Security,
    server: OperationServer,
}

impl<'d> Lowering<'d> {
    /// Lowers every operation that is asked for, in the order of the description.
    pub(super) fn operations(&mut self, wanted: Wanted<'_>) {
        for one in self.named_operations() {
            if wanted.has(&one.candidate()) {
                self.operation(one);
            }
        }
        self.finish_examples();
    }

    /// Lowers an operation to a request for each form that its body may have.
    fn operation(&mut self, found: Found<'d>) {
        let Some(shared) = self.shared(found) else {
            return;
        };
        let operation = shared.described.operation;
        let pointer = Pointer::to(&shared.described.pointer);
        for choice in self.bodies(operation, &pointer) {
            let name = self.variant_name(&shared, &choice);
            let is_first = choice.suffix.is_none();
            let mut inputs = self.inputs(&shared.declared, choice, (&shared.module, &name));
            if let Some((param, sample)) = &shared.accept {
                add_accept(&mut inputs, param.clone(), sample.clone());
            }
            for condition in conditions(&operation.extensions, &inputs.params) {
                if is_first {
                    self.note(NoteKind::NotEnforced, &pointer, condition);
                }
            }
            self.request(&shared, name, is_first, inputs);
        }
    }

    /// Reads what does not depend on the body; none where the operation has no name.
    fn shared(&mut self, found: Found<'d>) -> Option<Shared<'d>> {
        let candidate = found.candidate();
        let Found {
            described,
            id,
            spelling: _,
            module,
            name,
        } = found;
        let name = name?;
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
        } = described.operation;
        let item = described.item;
        let paths = Pointer::ROOT;
        let paths = paths.key("paths");
        let pointer = Pointer::to(&described.pointer);
        let pointers = (&paths.key(described.path), &pointer);
        let declared = self.declared_params(described.operation, item, described.path, pointers);
        let owner = Owner {
            module: &module,
            operation: &name,
            method: described.method,
            is_conditional: declared.iter().any(is_precondition),
        };
        let mut outputs = self.outputs(responses, owner, &pointer);
        if let Some(streaming) = &mut outputs.streaming {
            let stated = self.stated_ends(&candidate);
            streaming.ends = stated.unwrap_or_else(|| mem::take(&mut streaming.ends));
        }
        self.callbacks(callbacks, owner, &pointer);
        let accept = self.accept_param(&outputs.choices, owner, &pointer);
        let of_each = [extensions, &item.extensions, &self.openapi.extensions];
        self.paging_rule(&candidate, of_each, &pointer);
        Some(Shared {
            security: self.security(security.as_ref(), &pointer),
            server: self.server((servers, &item.servers), &id, pointers),
            declared,
            outputs,
            accept,
            id,
            module,
            name,
            described,
        })
    }

    /// Makes a request of an operation, and puts it into its module.
    fn request(&mut self, shared: &Shared<'d>, name: Name, is_first: bool, mut inputs: Inputs<'d>) {
        let samples = mem::take(&mut inputs.samples);
        let media = inputs.media.take();
        let sent = media.as_ref().map(|(_, at)| at.as_str());
        let mut operation = self.without_examples(shared, name, inputs, sent);
        if is_first {
            operation
                .response_examples
                .clone_from(&shared.outputs.examples);
        } else {
            operation.variant = sent.and_then(media_type_at);
        }
        let given = media
            .as_ref()
            .is_some_and(|(media, _)| examples_of(media).next().is_some());
        self.request_examples(&mut operation, &shared.module, &samples, media);
        self.file_operation(operation, shared, given);
    }

    fn without_examples(
        &mut self,
        shared: &Shared<'d>,
        name: Name,
        inputs: Inputs<'d>,
        sent: Option<&str>,
    ) -> Operation {
        let Inputs {
            params,
            samples: _,
            constants,
            body,
            formats,
            media: _,
        } = inputs;
        let Described {
            path,
            method,
            item: _,
            operation,
            ref pointer,
        } = shared.described;
        let outputs = shared.outputs.clone();
        let conditions = conditions(&operation.extensions, &params);
        Operation {
            contract: self.contract(operation, sent, &Pointer::to(pointer)),
            constructor: self.constructor(&shared.module, &name, &params),
            name,
            id: shared.id.clone(),
            method: method.to_owned(),
            server: shared.server.clone(),
            path: path.to_owned(),
            target: target(path, &shared.declared, &constants),
            docs: operation_docs(operation, &conditions),
            deprecated: operation.deprecated,
            security: shared.security.clone(),
            accepts: outputs.accepts,
            params,
            constants,
            body,
            formats,
            variant: None,
            output: outputs.output,
            reading: outputs.reading,
            accept: outputs.accept,
            error: outputs.error,
            error_reading: outputs.error_reading,
            streaming: outputs.streaming,
            paging: None,
            headers: outputs.headers,
            request_examples: Vec::new(),
            response_examples: Vec::new(),
            pointer: pointer.clone(),
        }
    }

    fn variant_name(&mut self, shared: &Shared<'d>, choice: &BodyChoice<'d>) -> Name {
        let name = &shared.name;
        match &choice.suffix {
            None => name.clone(),
            Some(suffix) => {
                let spelling = format!("{name}_{suffix}");
                let scope = self.scope(&shared.module);
                scope.claim(Kind::Type, &spelling, &spelling)
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

    /// Returns what the description says about a tag, after which a module is called.
    fn tag_description(&self, tag: Option<&String>) -> Option<&'d str> {
        let tags = &self.openapi.tags;
        let found = tags.iter().find(|known| Some(&known.name) == tag)?;
        found.description.as_deref()
    }

    /// Puts an operation into its module; the first with an example of the description is the one to begin with.
    fn file_operation(&mut self, operation: Operation, shared: &Shared<'d>, given: bool) {
        let Shared {
            module, described, ..
        } = shared;
        if given && self.quickstart.is_none() && !operation.request_examples.is_empty() {
            let index = self.resource(module).operations.len();
            self.quickstart = Some((module.clone(), index));
        }
        let of_tag = self.tag_description(described.operation.tags.first());
        let resource = self.resource(module);
        if resource.docs.is_empty() {
            let description = described.item.description.as_deref().or(of_tag);
            resource.docs = description.map_or_else(Docs::default, markdown::docs);
        }
        resource.operations.push(operation);
    }
}

/// Whether a parameter is a precondition that a response may fail with 304 (RFC 9110, section 13.1).
fn is_precondition(param: &Raw<'_>) -> bool {
    let names = ["if-none-match", "if-modified-since"];
    param.location == Location::Header
        && names
            .iter()
            .any(|name| param.wire.eq_ignore_ascii_case(name))
}

/// The media type that a pointer ends with.
fn media_type_at(pointer: &str) -> Option<String> {
    let last = pointer.rsplit('/').next()?;
    Some(crate::base::pointer::unescape(last).into_owned())
}
