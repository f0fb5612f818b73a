//! The headers that responses declare.

use super::Lowering;
use super::shape::Shape;
use crate::api::{Header, Type};
use crate::diagnostics::Diagnostic;
use crate::markdown;
use crate::names::{Kind, Name, Scope};
use crate::pointer::Pointer;
use openapiv3::{Header as SpecHeader, ParameterSchemaOrContent, ReferenceOr};

impl<'d> Lowering<'d> {
    /// Files a response header under its constant; where operations disagree on its type, it is text.
    pub(super) fn header(
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
