//! The headers that responses declare.

use super::Lowering;
use super::header_names::is_header_name;
use super::references::Section;
use super::schemas::{Kind, Scalar, Use};
use crate::base::diagnostics::Diagnostic;
use crate::base::markdown;
use crate::base::pointer::Pointer;
use crate::model::api::{Header, IntegerType, NoteKind, Type};
use crate::model::names::Name;
use openapiv3::{Header as SpecHeader, ParameterSchemaOrContent, ReferenceOr};

impl<'d> Lowering<'d> {
    /// Files a response header under its constant; where operations disagree on its type, it is text.
    pub(super) fn header(
        &mut self,
        wire: &str,
        header: &'d ReferenceOr<SpecHeader>,
        at: &Pointer<'_>,
    ) -> Option<Name> {
        let (description, format) = self.header_of(wire, header, at)?;
        let is_text;
        let ty = match format {
            ParameterSchemaOrContent::Schema(schema) => {
                let place = Use::new(schema, at.key(wire).key("schema").to_string());
                let schema = self.schemas.classify(&self.schemas.resolved(&place));
                let kind = schema.as_ref().map(|schema| &schema.kind);
                is_text = !matches!(
                    kind,
                    Some(Kind::Struct | Kind::Map(_) | Kind::Union(_) | Kind::Tuple(_))
                );
                self.header_type(&place)
            }
            ParameterSchemaOrContent::Content(_) => {
                is_text = false;
                Type::String
            }
        };
        if !is_text {
            let message = format!("the header `{wire}` has a structure; it is read as text");
            self.note(NoteKind::Generalised, &at.key(wire), message);
        }
        let lower = wire.to_ascii_lowercase();
        if !self.check_header_name(wire, at.key(wire).to_string(), true) {
            return None;
        }
        let name = self.header_names.get(&lower)?.clone();
        let docs = markdown::docs(&description);
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

    /// Returns the description and the schema of a header. Some descriptions refer to a header parameter, which says the
    /// same.
    fn header_of(
        &mut self,
        wire: &str,
        header: &'d ReferenceOr<SpecHeader>,
        at: &Pointer<'_>,
    ) -> Option<(String, &'d ParameterSchemaOrContent)> {
        let components = self.openapi.components.as_ref();
        let header = match header {
            ReferenceOr::Item(header) => header,
            ReferenceOr::Reference { reference } => {
                let parameter = reference.strip_prefix("#/components/parameters/");
                let parameter =
                    parameter.and_then(|name| components?.parameters.get(name)?.as_item());
                if let Some(parameter) = parameter {
                    let message = format!("`{reference}` is a parameter; read as a header");
                    let pointer = at.key(wire).key("$ref").to_string();
                    self.diagnostics
                        .push(Diagnostic::warning("fixed", pointer, message));
                    let data = parameter.parameter_data_ref();
                    let docs = data.description.clone().unwrap_or_default();
                    return Some((docs, &data.format));
                }
                let section = Section {
                    key: "headers",
                    what: "header",
                    items: components.map(|components| &components.headers),
                };
                self.component(reference, &section, &at.key(wire))?
            }
        };
        let SpecHeader {
            description,
            style: _,
            required: _,
            deprecated,
            format,
            example: _,
            examples: _,
            extensions: _,
        } = header;
        let description = description.as_deref().unwrap_or_default();
        let docs = if deprecated.unwrap_or_default() {
            super::docs::deprecated(description)
        } else {
            description.to_owned()
        };
        Some((docs, format))
    }

    /// Returns the type of the value of a header, which has the style `simple`.
    fn header_type(&self, place: &Use<'d>) -> Type {
        let schema = self.schemas.classify(&self.schemas.resolved(place));
        match schema.as_ref().map(|schema| &schema.kind) {
            Some(Kind::Scalar(scalar)) => match scalar {
                Scalar::Bool => Type::Bool,
                Scalar::Integer(integer) => Type::Integer(*integer),
                Scalar::Number => Type::F64,
                Scalar::DateTime | Scalar::Rfc2822 => Type::DateTime,
                Scalar::Date => Type::Date,
                Scalar::Uuid => Type::Uuid,
                Scalar::String
                | Scalar::Time
                | Scalar::Duration
                | Scalar::Base64
                | Scalar::Binary => Type::String,
            },
            Some(Kind::IntegerEnum) => Type::Integer(IntegerType::I64),
            Some(Kind::List(Some(items))) => match self.header_type(items) {
                list @ Type::List(_) => list,
                item => Type::List(Box::new(item)),
            },
            Some(Kind::List(None)) => Type::List(Box::new(Type::String)),
            Some(
                Kind::Any
                | Kind::TextEnum
                | Kind::Tuple(_)
                | Kind::Map(_)
                | Kind::Struct
                | Kind::Union(_)
                | Kind::Same(_),
            )
            | None => Type::String,
        }
    }

    /// Leaves out what is no token: a field name is one (RFC 9110, section 5.1), so that nothing else can be sent or received.
    pub(super) fn check_header_name(&mut self, name: &str, pointer: String, is_key: bool) -> bool {
        if is_header_name(name) {
            return true;
        }
        let message = format!("`{name}` cannot be the name of a header; left out");
        let help = "a name has letters, digits and `-` (RFC 9110, section 5.1)";
        self.note(
            NoteKind::Generalised,
            &Pointer::to(&pointer),
            message.clone(),
        );
        let diagnostic = Diagnostic::warning("header-name", pointer, message).help(help);
        self.diagnostics.push(if is_key {
            diagnostic.on_key()
        } else {
            diagnostic
        });
        false
    }
}
