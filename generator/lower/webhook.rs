//! Webhooks and callbacks: the requests that the service sends to a URL of its user.

use super::Lowering;
use super::docs::operation_docs;
use super::incoming::{Sent, of_callbacks, webhooks_of};
use super::media::{essence, is_json};
use super::owner::Owner;
use super::schemas::Use;
use super::usage::request_body;
use crate::base::pointer::{Pointer, escape};
use crate::model::api::{NoteKind, Reading, Type, Webhook};
use crate::model::names::{Kind, Name};
use indexmap::IndexMap;
use openapiv3::{Callback, MediaType};

/// The module of the webhooks.
const MODULE: &str = "webhooks";

impl<'d> Lowering<'d> {
    /// Lowers the webhooks of the description.
    pub(super) fn webhooks(&mut self) {
        let module = self.renamed_module(Name::module(MODULE));
        for sent in webhooks_of(self.document) {
            let spelling = sent.id.clone();
            self.webhook(sent, &spelling, &module, None);
        }
    }

    /// Lowers the callbacks of an operation.
    pub(super) fn callbacks(
        &mut self,
        callbacks: &'d IndexMap<String, Callback>,
        owner: Owner<'_>,
        pointer: &Pointer<'_>,
    ) {
        for sent in of_callbacks(callbacks, &pointer.to_string()) {
            let spelling = format!("{}_{}", owner.operation, sent.id);
            self.webhook(sent, &spelling, owner.module, Some(owner.operation));
        }
    }

    fn webhook(
        &mut self,
        sent: Sent<'d>,
        spelling: &str,
        module: &Name,
        operation_name: Option<&Name>,
    ) {
        let Sent {
            id,
            expression,
            method,
            operation,
            pointer,
        } = sent;
        let scope = self.scope(module);
        let name = scope.claim(Kind::Type, spelling, &format!("{spelling}_webhook"));
        let body = request_body(self.openapi, operation, &pointer);
        let (payload, reading) = match body {
            Some((body, at)) => self.payload(&body.content, &at, module, &name),
            None => (None, Reading::Empty),
        };
        if !operation.parameters.is_empty() {
            let message =
                format!("`{id}`: its parameters have no types; they are read from the request");
            self.note(
                NoteKind::Generalised,
                &Pointer::to(&pointer).key("parameters"),
                message,
            );
        }
        let webhook = Webhook {
            name,
            id,
            callback: operation_name
                .zip(expression)
                .map(|(name, expression)| (name.clone(), expression.to_owned())),
            docs: operation_docs(operation, &[]),
            deprecated: operation.deprecated,
            method: method.to_owned(),
            payload,
            reading,
            pointer,
        };
        self.resource(module).webhooks.push(webhook);
    }

    /// Returns the type of a body that the service sends: of JSON where it is offered, otherwise of the first media type.
    fn payload(
        &mut self,
        content: &'d IndexMap<String, MediaType>,
        at: &str,
        module: &Name,
        name: &Name,
    ) -> (Option<Type>, Reading) {
        let reading = |media_type: &str| {
            let essence = essence(media_type);
            if is_json(&essence) || essence.contains('*') {
                Reading::Json
            } else if essence == "application/x-www-form-urlencoded" {
                Reading::Form
            } else if essence.starts_with("text/") {
                Reading::Text
            } else {
                Reading::Bytes
            }
        };
        let offers = || {
            content
                .iter()
                .map(|(name, media)| (reading(name), name, media))
        };
        let rank = |reading: Reading| match reading {
            Reading::Json => 0,
            Reading::Form => 1,
            Reading::Text | Reading::Bytes | Reading::Empty => 2,
        };
        let Some((reading, media_type, media)) =
            offers().min_by_key(|(reading, ..)| rank(*reading))
        else {
            return (None, Reading::Empty);
        };
        let at = format!("{at}/content");
        if content.len() > 1 {
            let message = format!("several media types; `{media_type}` is decoded");
            self.note(NoteKind::Generalised, &Pointer::to(&at), message);
        }
        let ty = match (reading, &media.schema) {
            (Reading::Json | Reading::Form, Some(schema)) => {
                let place = Use::new(schema, format!("{at}/{}/schema", escape(media_type)));
                self.value_type(&place, module, name, "payload")
            }
            (Reading::Json | Reading::Form, None) => Type::Json,
            (Reading::Text, _) => Type::String,
            (Reading::Bytes | Reading::Empty, _) => Type::Bytes,
        };
        (Some(ty), reading)
    }
}
