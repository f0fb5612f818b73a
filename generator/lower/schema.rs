//! The Rust type of every schema, by its kind.

use super::Lowering;
use super::conventions::sid;
use super::conventions::twilio::is_page_meta;
use super::lowered::Lowered;
use super::schemas::{Facts, Kind, Scalar, SchemaRef, Target, Use};
use crate::base::diagnostics::Diagnostic;
use crate::base::pointer::Pointer;
use crate::model::api::{Limit, NamedKind, NoteKind, SidUse, Type};
use crate::model::names::{Kind as NameKind, Name, Scope};

/// How many schemas without a name of their own may be inside one another.
const DEEPEST: usize = 64;

/// What a place makes of a schema.
#[derive(Debug, Clone, Copy)]
pub(super) struct Site<'s> {
    /// The module for types that have no name of their own.
    pub module: &'s Name,
    /// The type that has the value; types without a name are called after it and the field.
    pub owner: &'s str,
    /// The name of the value in JSON or in the request.
    pub field: &'s str,
    pub position: Position,
}

/// How a value is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    /// As JSON, in a response.
    Json,
    /// In a request, as JSON or as a parameter.
    Input,
    /// As a part of a multipart body.
    Part,
}

/// A type, and the limits of each value that it has inside.
pub(super) type Held = (Type, Vec<Limit>);

impl<'d> Lowering<'d> {
    /// Returns what the schema of a place comes to.
    pub(super) fn schema(&mut self, place: &Use<'d>, site: Site<'_>) -> Lowered {
        if !self.resolve(place) {
            return Lowered::of(Type::Json);
        }
        let facts = self.schemas.facts(place);
        if let Some(ty) = self.type_of_schema(place, &facts) {
            return Lowered::new(ty, &facts);
        }
        if let Some(path) = self
            .schemas
            .component(place)
            .and_then(|name| self.reach(name))
        {
            let schema = self.schemas.classify(place);
            let nullable = schema.is_some_and(|schema| schema.facts.nullable);
            return Lowered {
                nullable: nullable || facts.nullable,
                ..Lowered::new(Type::Named(path), &facts)
            };
        }
        if let Some(only) = self.schemas.wrapped(place) {
            self.note_required(place, &facts, &only);
            let mut inner = self.schema(&only, site);
            let own = self.limits(&facts, &inner.ty, Vec::new(), site);
            for limit in own {
                if !inner.limits.contains(&limit) {
                    inner.limits.push(limit);
                }
            }
            return inner.overridden_by(&facts);
        }
        self.inside(place, &facts, site)
    }

    /// Returns what a schema comes to that is no type with a name of its own.
    fn inside(&mut self, place: &Use<'d>, facts: &Facts<'d>, site: Site<'_>) -> Lowered {
        let id = self.schemas.id(place);
        if let Some(path) = self.inline_types.get(&id) {
            return Lowered::new(Type::Named(path.clone()), facts);
        }
        if self.chain.contains(&id) || self.chain.len() >= DEEPEST {
            let message = if self.chain.contains(&id) {
                "the schema refers to nothing but itself: any JSON value"
            } else {
                "the schemas are nested too deeply: any JSON value"
            };
            self.note(
                NoteKind::Generalised,
                &Pointer::to(place.pointer()),
                message,
            );
            return Lowered::new(Type::Json, facts);
        }
        let Some(schema) = self.schemas.classify(place) else {
            return Lowered::new(Type::Json, facts);
        };
        if self.schemas.is_given_up(&id) {
            self.note(
                NoteKind::Generalised,
                &Pointer::to(place.pointer()),
                "the schema has too many alternatives: any JSON value",
            );
        }
        self.chain.push(id);
        let component = self.schemas.component(place);
        let alias = component.map(|component| self.alias_site(component));
        let site = match &alias {
            Some((module, owner)) => Site {
                module,
                owner,
                field: "item",
                ..site
            },
            None => site,
        };
        let mut lowered = match &schema.kind {
            Kind::Same(other) => self.schema(other, site).overridden_by(&schema.facts),
            kind => {
                let (ty, held) = self.classified(kind, place, &schema.facts, site);
                let limits = self.limits(&schema.facts, &ty, held, site);
                Lowered {
                    limits,
                    ..Lowered::new(ty, &schema.facts)
                }
            }
        };
        lowered.nullable |= facts.nullable;
        self.chain.pop();
        lowered
    }

    fn classified(
        &mut self,
        kind: &Kind<'d>,
        place: &Use<'d>,
        facts: &Facts<'d>,
        site: Site<'_>,
    ) -> Held {
        self.note_rules(facts);
        let ty = match kind {
            Kind::Any | Kind::Same(_) => Type::Json,
            Kind::Scalar(scalar) => self.scalar(*scalar, facts, site),
            Kind::TextEnum => {
                Type::Named(self.inline_enum(NamedKind::TextEnum, place, facts, site))
            }
            Kind::IntegerEnum => {
                Type::Named(self.inline_enum(NamedKind::IntegerEnum, place, facts, site))
            }
            Kind::List(items) => return self.list(items.as_ref(), site),
            Kind::Map(values) => return self.map(values.as_ref(), facts, site),
            Kind::Tuple(positions) => self.tuple(positions, site),
            Kind::Struct if self.conventions.is_twilio() && is_page_meta(facts) => Type::PageMeta,
            Kind::Struct => Type::Named(self.inline_model(place, facts, site)),
            Kind::Union(_) if site.position == Position::Part => match self.files(place, site) {
                Some(files) => files,
                None => Type::Named(self.inline_union(place, site)),
            },
            Kind::Union(_) => Type::Named(self.inline_union(place, site)),
        };
        (ty, Vec::new())
    }

    fn scalar(&mut self, scalar: Scalar, facts: &Facts<'d>, site: Site<'_>) -> Type {
        if let Some(ty) = self.type_of_format(facts) {
            return ty;
        }
        match scalar {
            Scalar::String if !self.conventions.is_twilio() => Type::String,
            Scalar::String => match sid::recognise(facts) {
                Some(kind) => Type::Sid(self.sid(&kind, site)),
                None => Type::String,
            },
            Scalar::DateTime => Type::DateTime,
            Scalar::Rfc2822 => match site.position {
                Position::Json => Type::Rfc2822,
                Position::Input | Position::Part => Type::String,
            },
            Scalar::Date => Type::Date,
            Scalar::Time => Type::Time,
            Scalar::Duration => Type::Duration,
            Scalar::Uuid => Type::Uuid,
            Scalar::Base64 => Type::Base64,
            Scalar::Binary if site.position == Position::Part => Type::File,
            Scalar::Binary => Type::String,
            Scalar::Bool => Type::Bool,
            Scalar::Integer(integer) => Type::Integer(integer),
            Scalar::Number => Type::F64,
        }
    }

    /// Returns a SID as a field has it, with the alias that the field's own name stands for.
    fn sid(&mut self, kind: &crate::model::api::SidKind, site: Site<'_>) -> SidUse {
        let name = sid::name_of(kind);
        self.sids
            .entry(name.clone())
            .or_insert_with(|| kind.clone());
        let spelling = match site.field {
            "sid" | "Sid" => format!("{}_sid", site.module),
            other => other.to_owned(),
        };
        let wanted = Scope::default().claim(NameKind::Type, &spelling, &spelling);
        let alias = self
            .aliases
            .get_key_value(&wanted)
            .filter(|(_, alias)| alias.kind == name)
            .map(|(alias, _)| alias.clone());
        self.used_aliases.extend(alias.clone());
        SidUse { kind: name, alias }
    }

    fn list(&mut self, items: Option<&Use<'d>>, site: Site<'_>) -> Held {
        match items {
            Some(items) => {
                let (ty, limits) = self.held(items, site);
                (Type::List(Box::new(ty)), limits)
            }
            None => (Type::List(Box::new(Type::Json)), Vec::new()),
        }
    }

    fn map(&mut self, values: Option<&Use<'d>>, facts: &Facts<'d>, site: Site<'_>) -> Held {
        if !facts.required.is_empty() {
            let pointer = Pointer::to(&facts.pointer);
            let message = "which properties a map has (`required`)";
            self.note(NoteKind::NotEnforced, &pointer.key("required"), message);
        }
        let (values, limits) = match values {
            Some(values) => {
                // As if there were properties, too: they may come and go.
                let owner = &format!("{}_{}", site.owner, site.field);
                let site = Site {
                    owner,
                    field: "value",
                    position: site.position.inside(),
                    ..site
                };
                self.held(values, site)
            }
            None if facts.format == Some("uri-map") => (Type::String, Vec::new()),
            None => (Type::Json, Vec::new()),
        };
        (Type::Map(Box::new(values)), limits)
    }

    fn tuple(&mut self, positions: &[Use<'d>], site: Site<'_>) -> Type {
        let types = positions.iter().enumerate().map(|(index, place)| {
            let field = format!("{}_{index}", site.field);
            let site = Site {
                field: &field,
                ..site
            };
            let (ty, limits) = self.held(place, site);
            if !limits.is_empty() {
                let message = format!("`{field}`: the limits of an item of a tuple");
                let pointer = Pointer::to(place.pointer());
                self.note(NoteKind::NotEnforced, &pointer, message);
            }
            ty
        });
        Type::Tuple(types.collect())
    }

    /// Returns the type of values inside a list or a map, which may be null each.
    fn held(&mut self, place: &Use<'d>, site: Site<'_>) -> Held {
        let Lowered {
            ty,
            nullable,
            limits,
            ..
        } = self.schema(place, site);
        // Any JSON value may be null already.
        let is_null_already = matches!(ty, Type::Json | Type::File);
        if nullable && !is_null_already {
            (Type::Nullable(Box::new(ty)), limits)
        } else {
            (ty, limits)
        }
    }

    /// Notes what nothing checks.
    pub(super) fn note_rules(&mut self, facts: &Facts<'d>) {
        let pointer = Pointer::to(&facts.pointer);
        if facts.not {
            let message = "what a value must not be (`not`)";
            self.note(NoteKind::NotEnforced, &pointer.key("not"), message);
        }
        for choice in &facts.choices {
            let keyword = choice.keyword.as_str();
            let message = format!("which properties there have to be together (`{keyword}`)");
            self.note(NoteKind::NotEnforced, &pointer.key(keyword), message);
        }
        if facts.contradicts {
            let message = "parts of an `allOf` that no value fits at once: only one of them counts";
            self.note(NoteKind::Generalised, &pointer, message);
        }
    }

    /// Notes what has to be there as well where a component is used: it stays the type that it is.
    fn note_required(&mut self, place: &Use<'d>, facts: &Facts<'d>, only: &Use<'d>) {
        let known = self.schemas.facts(only);
        let added = facts.required.iter().filter(|wire| !known.requires(wire));
        for wire in added {
            let message = format!("`{wire}` is required here, and not wherever its type is used");
            self.note(
                NoteKind::NotEnforced,
                &Pointer::to(place.pointer()),
                message,
            );
        }
    }

    /// Returns whether every reference of a place leads to a schema, and reports those that do not.
    pub(super) fn resolve(&mut self, place: &Use<'d>) -> bool {
        let mut leads = true;
        for part in &place.parts {
            let SchemaRef::Reference(_) = part.schema else {
                continue;
            };
            match self.schemas.follow(part.schema) {
                Target::Found { .. } => {}
                Target::Dangling(reference) => {
                    leads = false;
                    self.dangling(reference, &part.pointer);
                }
                Target::Circular(reference) => {
                    leads = false;
                    let message = format!("`$ref` to `{reference}` leads back to itself");
                    let at = format!("{}/$ref", part.pointer);
                    let help = "a schema at the end of the references has to say what it is";
                    self.diagnostics
                        .push(Diagnostic::error("circular-ref", at, message).help(help));
                }
            }
        }
        leads
    }
}

impl Position {
    /// How a value is sent that an object has: a part that is an object is JSON.
    pub(super) fn inside(self) -> Self {
        match self {
            Self::Part => Self::Input,
            Self::Json | Self::Input => self,
        }
    }
}
