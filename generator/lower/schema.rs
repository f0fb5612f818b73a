//! What a schema is: the one place where it is decided.

use super::docs::{described, docs_of};
use super::following::Step;
use super::shape::{EnumValue, SchemaRef, Shape};
use super::{Lowering, component_pointer, sid};
use crate::api::{Limit, NoteKind, OpenEnum, SidUse, Type, TypePath, Variant};
use crate::diagnostics::Diagnostic;
use crate::names::{Kind, Name, Scope};
use crate::pointer::Pointer;
use openapiv3::{AdditionalProperties, Schema};

/// How many objects without a name become structs: those that lead to one another in many ways are without end.
const MOST_INLINE_MODELS: usize = 10_000;

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
    /// What is checked of it before it is sent.
    pub limits: Vec<Limit>,
}

/// A type, and the limits of each value that it holds.
pub(super) type Held = (Type, Vec<Limit>);

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
        match self.following.enter(name) {
            Step::Next => {}
            Step::Circle => {
                self.note(
                    NoteKind::Generalised,
                    site.pointer,
                    format!("`{name}` refers to nothing but itself: any JSON value"),
                );
                return Lowered::any();
            }
            Step::TooMany => {
                self.complain_of_copies(name);
                return Lowered::any();
            }
            Step::Enough => return Lowered::any(),
        }
        let pointer = component_pointer(name);
        let lowered = self.inline(
            schema,
            Site {
                pointer: &Pointer::to(&pointer),
                ..site
            },
        );
        self.following.leave();
        lowered
    }

    fn complain_of_copies(&mut self, last: &'d str) {
        let name = self.following.first().unwrap_or(last);
        let message =
            format!("`{name}` refers to more schemas, by way of others, than can be copied");
        let help = "a schema with `properties` is a type of its own and is never copied; the others stand in full wherever they are \
                    referred to";
        self.diagnostics
            .push(Diagnostic::error("too-large", component_pointer(name), message).help(help));
    }

    /// Decides what a schema without a name of its own is.
    fn inline(&mut self, schema: &'d Schema, site: Site<'_>) -> Lowered {
        if let Some(lowered) = self.wrapped(schema, site) {
            return lowered;
        }
        let shape = self.schemas.shape(schema);
        let (ty, held) = self.classify(&shape, site);
        let limits = self.limits(&shape, &ty, held, site);
        Lowered {
            ty,
            limits,
            ..Lowered::any().with_data(&shape)
        }
    }

    fn classify(&mut self, shape: &Shape<'d>, site: Site<'_>) -> Held {
        if shape.not {
            self.note(
                NoteKind::NotEnforced,
                &site.pointer.key("not"),
                "what a value must not be (`not`)",
            );
        }
        if shape.has_alternatives() && !shape.has_properties() {
            return (self.alternatives(shape, site), Vec::new());
        }
        match shape.typ {
            Some("array") => self.list(shape, site),
            Some("object") => self.object(shape, site),
            None if shape.is_text_enum() => (self.single(shape, site), Vec::new()),
            None if shape.has_properties() || shape.additional.is_some() => {
                self.object(shape, site)
            }
            None if shape.items.is_some() => self.list(shape, site),
            Some(_) | None => (self.single(shape, site), Vec::new()),
        }
    }

    /// Decides what a schema is that is neither a list nor an object.
    fn single(&mut self, shape: &Shape<'d>, site: Site<'_>) -> Type {
        if shape.is_text_enum() {
            return Type::Named(self.inline_enum(shape, site));
        }
        match shape.typ {
            Some("string") => self.text(shape, site),
            Some("boolean") => Type::Bool,
            Some("integer") if shape.format == Some("int32") => Type::I32,
            Some("integer") => Type::I64,
            Some("number") => Type::F64,
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
            _ if shape.is_file() && site.position == Position::Part => Type::File,
            _ if self.is_twilio => match sid::recognise(shape, site.pointer) {
                Some(kind) => Type::Sid(self.sid(&kind, site)),
                None => Type::String,
            },
            _ => Type::String,
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

    fn list(&mut self, shape: &Shape<'d>, site: Site<'_>) -> Held {
        let (items, limits) = match shape.items {
            Some(items) => {
                let pointer = &site.pointer.key("items");
                let Lowered { ty, limits, .. } = self.schema(items, Site { pointer, ..site });
                (ty, limits)
            }
            None => (site.position.any(), Vec::new()),
        };
        (Type::List(Box::new(items)), limits)
    }

    fn object(&mut self, shape: &Shape<'d>, site: Site<'_>) -> Held {
        if site.position == Position::Text {
            return (Type::JsonText, Vec::new());
        }
        if shape.has_properties() {
            let ty = if self.is_twilio && super::model::is_page_meta(shape) {
                Type::PageMeta
            } else {
                self.inline_model(shape, site)
                    .map_or_else(|| site.position.any(), Type::Named)
            };
            return (ty, Vec::new());
        }
        let (values, limits) = match shape.additional {
            Some(AdditionalProperties::Schema(values)) => {
                let pointer = &site.pointer.key("additionalProperties");
                // As if there were properties, too: they may come and go.
                let owner = &format!("{}_{}", site.owner, site.field);
                let values_site = Site {
                    pointer,
                    owner,
                    field: "value",
                    position: site.position.inside(),
                    ..site
                };
                let Lowered { ty, limits, .. } = self.schema(values.as_ref(), values_site);
                (ty, limits)
            }
            _ if shape.format == Some("uri-map") => (Type::String, Vec::new()),
            _ => (Type::Json, Vec::new()),
        };
        // A map of anything is a JSON object, and a service may send something else.
        if values == Type::Json {
            (Type::Json, Vec::new())
        } else {
            (Type::Map(Box::new(values)), limits)
        }
    }

    fn inline_enum(&mut self, shape: &Shape<'d>, site: Site<'_>) -> TypePath {
        let name = self.inline_name(site);
        let open_enum = Self::open_enum(shape, name.clone(), site.pointer);
        self.resource(site.module).enums.push(open_enum);
        TypePath {
            module: site.module.clone(),
            name,
            is_enum: true,
        }
    }

    /// Makes a struct of an object without a name of its own; none where there are too many.
    fn inline_model(&mut self, shape: &Shape<'d>, site: Site<'_>) -> Option<TypePath> {
        let under_way = self.under_way(shape);
        if under_way.is_some() {
            return under_way;
        }
        if self.inline_models == MOST_INLINE_MODELS {
            self.note(
                NoteKind::Generalised,
                site.pointer,
                format!("there are more than {MOST_INLINE_MODELS} objects without a name: any JSON value"),
            );
            return None;
        }
        self.inline_models += 1;
        let name = self.inline_name(site);
        let path = TypePath {
            module: site.module.clone(),
            name,
            is_enum: false,
        };
        // Before the types of its own fields, which are made on the way.
        let index = self.resource(site.module).models.len();
        let model = self.inside(shape, &path, |lowering| {
            lowering.model(shape, &path, site.pointer, site.position)
        });
        self.resource(site.module).models.insert(index, model);
        Some(path)
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
    pub(super) fn open_enum(shape: &Shape<'_>, name: Name, pointer: &Pointer<'_>) -> OpenEnum {
        let mut wires: Vec<(usize, &str)> = Vec::new();
        for (index, value) in shape.enumeration.iter().enumerate() {
            if let EnumValue::Text(text) = value
                && !wires.iter().any(|(_, known)| *known == text.as_ref())
            {
                wires.push((index, text));
            }
        }
        let spellings = wires.iter().map(|(_, wire)| *wire);
        let names = Scope::new(name.as_str()).claim_all(Kind::Variant, spellings);
        let listed = pointer.key("enum");
        let variants = names
            .into_iter()
            .zip(wires)
            .map(|(name, (index, wire))| Variant {
                name,
                wire: wire.to_owned(),
                pointer: listed.index(index).to_string(),
            })
            .collect();
        let docs = docs_of(shape);
        OpenEnum {
            name,
            docs,
            variants,
            pointer: pointer.to_string(),
        }
    }
}

impl Position {
    /// How a value travels that an object holds: a part that is an object is JSON.
    pub(super) fn inside(self) -> Self {
        match self {
            Self::Part => Self::Input,
            Self::Json | Self::Input | Self::Text => self,
        }
    }

    pub(super) fn any(self) -> Type {
        match self {
            Self::Json | Self::Input | Self::Part => Type::Json,
            Self::Text => Type::JsonText,
        }
    }
}

impl Lowered {
    fn any() -> Self {
        Self::of(Type::Json)
    }

    /// A type of which nothing else is known.
    pub(super) fn of(ty: Type) -> Self {
        Self {
            ty,
            nullable: false,
            description: String::new(),
            sensitive: false,
            read_only: false,
            limits: Vec::new(),
        }
    }

    fn with_data(self, shape: &Shape<'_>) -> Self {
        Self {
            nullable: shape.nullable(),
            description: described(shape.data.description.as_deref().unwrap_or_default(), shape),
            sensitive: is_sensitive(shape),
            read_only: shape.data.read_only,
            ..self
        }
    }

    /// Puts what stands beside a reference over what it refers to.
    pub(super) fn overridden_by(self, shape: &Shape<'_>) -> Self {
        Self {
            nullable: self.nullable || shape.nullable(),
            description: described(
                shape.data.description.as_ref().unwrap_or(&self.description),
                shape,
            ),
            sensitive: self.sensitive || is_sensitive(shape),
            read_only: self.read_only || shape.data.read_only,
            ..self
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
