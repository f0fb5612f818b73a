//! What a schema is: the one place where it is decided.

use super::shape::{EnumValue, SchemaRef, Shape};
use super::{Lowering, component_pointer, sid};
use crate::api::{NoteKind, OpenEnum, SidUse, Type, TypePath, Variant};
use crate::diagnostics::Diagnostic;
use crate::markdown;
use crate::names::{Kind, Name, Scope};
use crate::pointer::Pointer;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema};

/// Where a schema stands, and what that makes of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Site<'s> {
    pub pointer: &'s Pointer<'s>,
    /// The module for types that have no name of their own.
    pub module: &'s Name,
    /// The struct that holds the value; types without a name are called after it and the field.
    pub owner: &'s str,
    /// The name of the value on the wire.
    pub field: &'s str,
    pub position: Position,
}

/// How a value travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    /// As JSON, in a response.
    Json,
    /// As JSON, in the body of a request.
    Input,
    /// As a part of a body of several parts.
    Part,
    /// As text, in a form, a query, a path or a header.
    Text,
}

/// What a schema came to.
#[derive(Debug)]
pub(super) struct Lowered {
    pub ty: Type,
    pub nullable: bool,
    pub description: String,
    /// Whether the value is personal or secret.
    pub sensitive: bool,
    /// Whether only responses have it.
    pub read_only: bool,
}

impl<'d> Lowering<'d> {
    /// Decides what a schema is, following references.
    pub(super) fn schema(&mut self, schema: impl Into<SchemaRef<'d>>, site: Site<'_>) -> Lowered {
        match schema.into() {
            SchemaRef::Reference(reference) => self.reference(reference, site),
            SchemaRef::Item(schema) => self.inline(schema, site),
        }
    }

    fn reference(&mut self, reference: &'d str, site: Site<'_>) -> Lowered {
        let Some((name, schema)) = self.resolve(reference, site.pointer) else {
            return Lowered::any();
        };
        let shape = self.schemas.shape(schema);
        if let Some(path) = self.places.get(name) {
            let travels_as_text = site.position == Position::Text && !path.is_enum;
            let ty = if travels_as_text {
                Type::JsonText
            } else {
                self.reach(name).map_or(Type::Json, Type::Named)
            };
            return Lowered {
                ty,
                ..Lowered::any().with_data(&shape)
            };
        }
        if self.following.contains(&name) {
            self.note(
                NoteKind::Generalised,
                site.pointer,
                format!("`{name}` refers to nothing but itself: any JSON value"),
            );
            return Lowered::any();
        }
        self.following.push(name);
        let pointer = component_pointer(name);
        let lowered = self.inline(
            schema,
            Site {
                pointer: &Pointer::to(&pointer),
                ..site
            },
        );
        self.following.pop();
        lowered
    }

    /// Decides what a schema without a name of its own is.
    fn inline(&mut self, schema: &'d Schema, site: Site<'_>) -> Lowered {
        let plain = Shape::of(schema);
        for (index, part) in plain.all_of.iter().enumerate() {
            if let ReferenceOr::Reference { reference } = part {
                self.resolve(reference, &site.pointer.key("allOf").index(index));
            }
        }
        if let ([only], false) = (plain.all_of, plain.has_properties()) {
            let at = site.pointer.key("allOf");
            let at = at.index(0);
            let inner = self.schema(
                only,
                Site {
                    pointer: &at,
                    ..site
                },
            );
            return inner.overridden_by(&plain);
        }
        let shape = self.schemas.shape(schema);
        let ty = self.classify(&shape, site);
        Lowered {
            ty,
            ..Lowered::any().with_data(&shape)
        }
    }

    fn classify(&mut self, shape: &Shape<'d>, site: Site<'_>) -> Type {
        if shape.not {
            self.note(
                NoteKind::NotEnforced,
                &site.pointer.key("not"),
                "what a value must not be (`not`)",
            );
        }
        if shape.has_alternatives() && !shape.has_properties() {
            return self.alternatives(shape, site);
        }
        if shape.is_text_enum() {
            return Type::Named(self.inline_enum(shape, site));
        }
        match shape.typ {
            Some("string") => self.text(shape, site),
            Some("boolean") => Type::Bool,
            Some("integer") if shape.format == Some("int32") => Type::I32,
            Some("integer") => Type::I64,
            Some("number") => Type::F64,
            Some("array") => Type::List(Box::new(self.items(shape, site))),
            Some("object") => self.object(shape, site),
            None if shape.has_properties() || shape.additional.is_some() => {
                self.object(shape, site)
            }
            None if shape.items.is_some() => Type::List(Box::new(self.items(shape, site))),
            None => site.position.any(),
            Some(other) => {
                let at = site.pointer.key("type").to_string();
                let message = format!("`{other}` is no type of OpenAPI 3.0");
                let help = "the types are string, number, integer, boolean, array and object";
                self.diagnostics
                    .push(Diagnostic::error("structure", at, message).help(help));
                Type::Json
            }
        }
    }

    fn text(&mut self, shape: &Shape<'d>, site: Site<'_>) -> Type {
        match shape.format {
            Some("date-time") => Type::DateTime,
            Some("date-time-rfc-2822") => match site.position {
                Position::Json => Type::Rfc2822,
                Position::Input | Position::Part => Type::String,
                Position::Text => Type::DateTime,
            },
            Some("date") => Type::Date,
            Some("binary") if site.position == Position::Part => Type::File,
            _ => match sid::recognise(shape) {
                Some(kind) => Type::Sid(self.sid(&kind, site)),
                None => Type::String,
            },
        }
    }

    /// Returns a SID as a field has it, with the alias that the field's own name stands for.
    fn sid(&mut self, kind: &crate::api::SidKind, site: Site<'_>) -> SidUse {
        let name = sid::name_of(kind);
        self.sids
            .entry(name.clone())
            .or_insert_with(|| kind.clone());
        let spelling = match site.field {
            "sid" | "Sid" => format!("{}_sid", site.module),
            other => other.to_owned(),
        };
        let wanted = Scope::default().claim(Kind::Type, &spelling, &spelling);
        let alias = self
            .aliases
            .get_key_value(&wanted)
            .filter(|(_, alias)| alias.kind == name)
            .map(|(alias, _)| alias.clone());
        self.used_aliases.extend(alias.clone());
        SidUse { kind: name, alias }
    }

    fn items(&mut self, shape: &Shape<'d>, site: Site<'_>) -> Type {
        match shape.items {
            Some(items) => {
                self.schema(
                    items,
                    Site {
                        pointer: &site.pointer.key("items"),
                        ..site
                    },
                )
                .ty
            }
            None => site.position.any(),
        }
    }

    fn object(&mut self, shape: &Shape<'d>, site: Site<'_>) -> Type {
        if site.position == Position::Text {
            return Type::JsonText;
        }
        if shape.has_properties() {
            if super::model::is_page_meta(shape) {
                return Type::PageMeta;
            }
            return Type::Named(self.inline_model(shape, site));
        }
        let values = match shape.additional {
            Some(AdditionalProperties::Schema(values)) => {
                self.schema(
                    values.as_ref(),
                    Site {
                        pointer: &site.pointer.key("additionalProperties"),
                        ..site
                    },
                )
                .ty
            }
            _ if shape.format == Some("uri-map") => Type::String,
            _ => Type::Json,
        };
        // A map of anything is a JSON object, and a service may send something else.
        if values == Type::Json {
            Type::Json
        } else {
            Type::Map(Box::new(values))
        }
    }

    fn inline_enum(&mut self, shape: &Shape<'d>, site: Site<'_>) -> TypePath {
        let name = self.inline_name(site);
        let open_enum = Self::open_enum(shape, name.clone());
        self.resource(site.module).enums.push(open_enum);
        TypePath {
            module: site.module.clone(),
            name,
            is_enum: true,
        }
    }

    fn inline_model(&mut self, shape: &Shape<'d>, site: Site<'_>) -> TypePath {
        let name = self.inline_name(site);
        let path = TypePath {
            module: site.module.clone(),
            name,
            is_enum: false,
        };
        // Before the types of its own fields, which are made on the way.
        let index = self.resource(site.module).models.len();
        let model = self.model(shape, &path, site.pointer, site.position);
        self.resource(site.module).models.insert(index, model);
        path
    }

    /// A type without a name of its own is called after the struct that holds it and its field.
    pub(super) fn inline_name(&mut self, site: Site<'_>) -> Name {
        let Site {
            pointer: _,
            module,
            owner,
            field,
            position: _,
        } = site;
        let spelling = format!("{owner}_{field}");
        self.scope(module)
            .claim(Kind::Type, &spelling, &format!("{spelling}_value"))
    }

    /// Makes an enum of the listed values of a schema.
    pub(super) fn open_enum(shape: &Shape<'_>, name: Name) -> OpenEnum {
        let mut wires: Vec<&str> = Vec::new();
        for value in &shape.enumeration {
            if let EnumValue::Text(text) = value
                && !wires.contains(&text.as_ref())
            {
                wires.push(text);
            }
        }
        let names = Scope::new(name.as_str()).claim_all(Kind::Variant, wires.iter().copied());
        let variants = names
            .into_iter()
            .zip(wires)
            .map(|(name, wire)| Variant {
                name,
                wire: wire.to_owned(),
            })
            .collect();
        let docs = markdown::docs(shape.data.description.as_deref().unwrap_or_default());
        OpenEnum {
            name,
            docs,
            variants,
        }
    }
}

impl Position {
    pub(super) fn any(self) -> Type {
        match self {
            Self::Json | Self::Input | Self::Part => Type::Json,
            Self::Text => Type::JsonText,
        }
    }
}

impl Lowered {
    fn any() -> Self {
        Self {
            ty: Type::Json,
            nullable: false,
            description: String::new(),
            sensitive: false,
            read_only: false,
        }
    }

    fn with_data(self, shape: &Shape<'_>) -> Self {
        Self {
            nullable: shape.nullable(),
            description: shape.data.description.clone().unwrap_or_default(),
            sensitive: is_sensitive(shape),
            read_only: shape.data.read_only,
            ty: self.ty,
        }
    }

    /// Puts what stands beside a reference over what it refers to.
    fn overridden_by(self, shape: &Shape<'_>) -> Self {
        Self {
            nullable: self.nullable || shape.nullable(),
            description: shape.data.description.clone().unwrap_or(self.description),
            sensitive: self.sensitive || is_sensitive(shape),
            read_only: self.read_only || shape.data.read_only,
            ty: self.ty,
        }
    }
}

/// Whether a value is personal (`x-twilio: {pii}`) or secret (`format: password`, `writeOnly`).
fn is_sensitive(shape: &Shape<'_>) -> bool {
    shape.data.write_only
        || shape.hidden
        || shape.format == Some("password")
        || shape
            .data
            .extensions
            .get("x-twilio")
            .and_then(|twilio| twilio.get("pii"))
            .is_some()
}
