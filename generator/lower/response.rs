//! Responses: what an answer is decoded into, and the headers that come with it.

use super::Lowering;
use super::body::{examples_of, is_json};
use super::schema::{Position, Site};
use super::shape::Shape;
use crate::api::{Header, NoteKind, ResponseExample, Type};
use crate::diagnostics::Diagnostic;
use crate::markdown;
use crate::names::{Kind, Name, Scope};
use crate::pointer::Pointer;
use openapiv3::{
    Header as SpecHeader, MediaType, ParameterSchemaOrContent, ReferenceOr, Response, Responses,
    Schema, StatusCode,
};

/// What the answers of an operation come to.
#[derive(Debug, Default)]
pub(super) struct Outputs<'d> {
    pub output: Option<Type>,
    schema: Option<&'d ReferenceOr<Schema>>,
    pub accepts: Vec<u16>,
    pub headers: Vec<Name>,
    pub examples: Vec<ResponseExample>,
}

impl<'d> Lowering<'d> {
    /// Reads the answers that mean success: every 2xx, or a 3xx where no 2xx is described.
    pub(super) fn outputs(
        &mut self,
        responses: &'d Responses,
        module: &Name,
        owner: &Name,
        pointer: &Pointer<'_>,
    ) -> Outputs<'d> {
        let Responses {
            default: _,
            responses,
            extensions: _,
        } = responses;
        let at = pointer.key("responses");
        let class = |status: &StatusCode| match status {
            StatusCode::Code(code) => code / 100,
            StatusCode::Range(class) => *class,
        };
        let succeeds = |wanted: u16| {
            responses
                .iter()
                .filter(move |(status, _)| class(status) == wanted)
        };
        let mut outputs = Outputs::default();
        let mut chosen: Vec<(&StatusCode, &'d ReferenceOr<Response>)> = succeeds(2).collect();
        if chosen.is_empty() {
            chosen = succeeds(3).collect();
            outputs.accepts = chosen
                .iter()
                .filter_map(|(status, _)| match status {
                    StatusCode::Code(code) => Some(*code),
                    StatusCode::Range(_) => None,
                })
                .collect();
        }
        for (status, response) in chosen {
            let text = status.to_string();
            let at = at.key(&text);
            let Some(response) = self.response(response, &at) else {
                continue;
            };
            self.one_output(&mut outputs, status, response, (module, owner), &at);
        }
        outputs.headers.sort();
        outputs.headers.dedup();
        outputs
    }

    fn one_output(
        &mut self,
        outputs: &mut Outputs<'d>,
        status: &StatusCode,
        response: &'d Response,
        (module, owner): (&Name, &Name),
        at: &Pointer<'_>,
    ) {
        let Response {
            description: _,
            headers,
            content,
            links: _,
            extensions: _,
        } = response;
        for (name, header) in headers {
            outputs
                .headers
                .extend(self.header(name, header, &at.key("headers")));
        }
        let content_at = at.key("content");
        let json = content.iter().find(|(media_type, _)| {
            is_json(
                &media_type
                    .split(';')
                    .next()
                    .unwrap_or_default()
                    .trim()
                    .to_ascii_lowercase(),
            )
        });
        let Some((media_type, media)) = json else {
            if let Some(other) = content.keys().next() {
                self.note(
                    NoteKind::Generalised,
                    &content_at,
                    format!("an answer of `{other}` is not decoded: read its bytes"),
                );
            }
            return;
        };
        let media_at = content_at.key(media_type);
        match &outputs.output {
            None => {
                outputs.output = Some(self.content(media, (module, owner), &media_at));
                outputs.schema = media.schema.as_ref();
            }
            Some(_) if outputs.schema == media.schema.as_ref() => {}
            Some(_) => {
                self.note(
                    NoteKind::Generalised,
                    &media_at,
                    "the answers of this operation differ by status: any JSON value",
                );
                outputs.output = Some(Type::Json);
            }
        }
        let status = match status {
            StatusCode::Code(code) => *code,
            StatusCode::Range(class) => class * 100,
        };
        for (key, body) in examples_of(media) {
            let name = self.test_name(module, &format!("{owner}_{status}_{key}"));
            outputs.examples.push(ResponseExample {
                name,
                status,
                body: body.clone(),
                deviations: Vec::new(),
            });
        }
    }

    fn content(
        &mut self,
        media: &'d MediaType,
        (module, owner): (&Name, &Name),
        at: &Pointer<'_>,
    ) -> Type {
        let Some(schema) = &media.schema else {
            return Type::Json;
        };
        let at = at.key("schema");
        let site = Site {
            pointer: &at,
            module,
            owner: owner.as_str(),
            field: "Response",
            position: Position::Json,
        };
        self.schema(schema, site).ty
    }

    fn response(
        &mut self,
        response: &'d ReferenceOr<Response>,
        at: &Pointer<'_>,
    ) -> Option<&'d Response> {
        match response {
            ReferenceOr::Item(response) => Some(response),
            ReferenceOr::Reference { reference } => {
                let components = self.openapi.components.as_ref();
                let found = reference
                    .strip_prefix("#/components/responses/")
                    .and_then(|name| components?.responses.get(name)?.as_item());
                if found.is_none() {
                    let message =
                        format!("`$ref` to `{reference}`, which is no response of this file");
                    self.error("dangling-ref", &at.key("$ref"), message);
                }
                found
            }
        }
    }

    /// Files a response header under its constant; where operations disagree on its type, it is text.
    fn header(
        &mut self,
        wire: &str,
        header: &'d ReferenceOr<SpecHeader>,
        at: &Pointer<'_>,
    ) -> Option<Name> {
        let header = match header {
            ReferenceOr::Item(header) => header,
            ReferenceOr::Reference { reference } => {
                let components = self.openapi.components.as_ref();
                let found = reference
                    .strip_prefix("#/components/headers/")
                    .and_then(|name| components?.headers.get(name)?.as_item());
                if found.is_none() {
                    let message =
                        format!("`$ref` to `{reference}`, which is no header of this file");
                    self.error("dangling-ref", &at.key(wire).key("$ref"), message);
                }
                found?
            }
        };
        let SpecHeader {
            description,
            style: _,
            required: _,
            deprecated: _,
            format,
            example: _,
            examples: _,
            extensions: _,
        } = header;
        let ty = match format {
            ParameterSchemaOrContent::Schema(schema) => {
                match self
                    .schemas
                    .target(schema)
                    .map(|schema| Shape::of(schema).typ)
                {
                    Some(Some("boolean")) => Type::Bool,
                    Some(Some("integer")) => Type::I64,
                    Some(Some("number")) => Type::F64,
                    _ => Type::String,
                }
            }
            ParameterSchemaOrContent::Content(_) => Type::String,
        };
        let lower = wire.to_ascii_lowercase();
        if !self.check_header_name(wire, at.key(wire).to_string(), true) {
            return None;
        }
        let name = Scope::new("").claim(Kind::Constant, &lower, &lower);
        let docs = markdown::docs(description.as_deref().unwrap_or_default());
        let entry = self.headers.entry(name.clone()).or_insert_with(|| Header {
            wire: lower,
            docs,
            ty: ty.clone(),
            pointer: at.key(wire).to_string(),
        });
        if entry.ty != ty {
            entry.ty = Type::String;
        }
        Some(name)
    }

    /// Refuses what is no token: a field name is one (RFC 9110, section 5.1).
    pub(super) fn check_header_name(&mut self, name: &str, pointer: String, is_key: bool) -> bool {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if !name.is_empty() && name.bytes().all(allowed) {
            return true;
        }
        let message = format!("`{name}` cannot be the name of a header");
        let help = "a name has letters, digits and `-` (RFC 9110, section 5.1)";
        let diagnostic = Diagnostic::error("header-name", pointer, message).help(help);
        self.diagnostics.push(if is_key {
            diagnostic.on_key()
        } else {
            diagnostic
        });
        false
    }
}
