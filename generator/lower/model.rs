//! Objects to structs.

use super::Lowering;
use super::arguments::needs_names;
use super::docs::docs_of;
use super::lowered::Lowered;
use super::schema::{Position, Site};
use super::schemas::{Additional, Facts, Kind, Use};
use super::secret::is_secret;
use crate::base::markdown;
use crate::base::pointer::Pointer;
use crate::model::api::{
    Access, Constant, Constructor, Limit, Literal, Model, ModelField, NoteKind, Presence, Rest,
    Rule, Type, TypePath,
};
use crate::model::names::{Kind as NameKind, Name, Scope};
use heck::ToSnakeCase;

/// The complexity of a type that clippy allows (`type_complexity`).
const MOST_COMPLEX: usize = 240;

/// Which way the values of a struct go.
#[derive(Debug, Clone, Copy)]
struct Direction {
    is_sent: bool,
    is_received: bool,
    /// Whether the service sends every member of an object, so that null and absent mean the same.
    sends_all: bool,
}

impl<'d> Lowering<'d> {
    /// Makes a struct of an object's properties.
    pub(super) fn model(&mut self, facts: &Facts<'d>, path: &TypePath, place: &Use<'d>) -> Model {
        let id = self.schemas.id(place);
        let direction = Direction {
            is_sent: self.usage.is_in_requests(&id),
            is_received: self.usage.is_in_responses(&id),
            sends_all: self.conventions.sends_every_member(),
        };
        let mut scope = Scope::new("");
        let (fields, constants) = self.model_fields(facts, path, direction, &mut scope);
        let rest = self.rest(facts, path, direction.position());
        Model {
            name: path.name.clone(),
            docs: docs_of(facts),
            rest: rest.map(|Lowered { ty, limits, .. }| Rest {
                name: scope.claim(
                    NameKind::Rest,
                    "additional_properties",
                    "additional_properties",
                ),
                ty,
                limits,
            }),
            members: members(facts).filter(|_| direction.is_sent),
            constructor: direction
                .is_sent
                .then(|| self.model_constructor(path, &fields)),
            fields,
            constants,
            derives: Vec::new(),
            rules: if direction.is_sent {
                Self::rules_of_object(facts)
            } else {
                let limits = members(facts).map(|(min, max)| vec![Limit::Items(min, max)]);
                let limits = limits.map(Rule::Limits).into_iter();
                limits.chain(Self::rules_of_object(facts)).collect()
            },
            pointer: facts.pointer.clone(),
        }
    }

    /// Returns the fields of a struct, and the properties that have one possible value.
    fn model_fields(
        &mut self,
        facts: &Facts<'d>,
        path: &TypePath,
        direction: Direction,
        scope: &mut Scope,
    ) -> (Vec<ModelField>, Vec<Constant>) {
        let names = self.field_names(scope, facts);
        let mut fields = Vec::new();
        let mut constants = Vec::new();
        for (name, (wire, property)) in names.into_iter().zip(&facts.properties) {
            let is_required = facts.requires(wire);
            let constant = is_required.then(|| self.constant_of(property)).flatten();
            if let Some(value) = constant {
                constants.push(Constant {
                    name,
                    wire: (*wire).to_owned(),
                    value,
                    pointer: property.pointer().to_owned(),
                });
                continue;
            }
            let site = Site {
                module: &path.module,
                owner: path.name.as_str(),
                field: wire,
                position: direction.position(),
            };
            fields.push(self.model_field(name, property, is_required, site, direction));
        }
        if direction.is_sent {
            fields.extend(self.undescribed_fields(facts, direction, scope));
        }
        for field in &mut fields {
            if field.presence == Presence::OptionalNullable {
                let spelling = format!("clear_{}", field.name);
                field.clear = Some(scope.claim(NameKind::Clear, &spelling, &spelling));
            }
        }
        (fields, constants)
    }

    /// Returns a field for each property that is required and not described, so that it can be sent. It takes any value and
    /// may be left out: which properties are required is often copied from another schema.
    fn undescribed_fields(
        &mut self,
        facts: &Facts<'d>,
        direction: Direction,
        scope: &mut Scope,
    ) -> Vec<ModelField> {
        if !matches!(facts.additional, Additional::Unstated) {
            return Vec::new();
        }
        let is_described = |wire: &str| {
            let mut described = facts.properties.keys();
            described.any(|known| known.to_snake_case() == wire.to_snake_case())
        };
        let mut undescribed = facts.required.clone();
        undescribed.retain(|wire| !is_described(wire));
        undescribed.dedup();
        let names = scope.claim_all(NameKind::Setter, undescribed.clone());
        let fields = names.into_iter().zip(undescribed).map(|(name, wire)| {
            let message = format!("`{wire}` is required and not described; a field of any type");
            self.note(
                NoteKind::Generalised,
                &Pointer::to(&facts.pointer).key("required"),
                message,
            );
            let lowered = Lowered {
                description: "The description requires it, and does not say what it is.".to_owned(),
                ..Lowered::of(Type::Json)
            };
            let mut field = direction.field(name, wire, lowered, false);
            field.pointer = format!("{}/required", facts.pointer);
            field
        });
        fields.collect()
    }

    fn model_field(
        &mut self,
        name: Name,
        property: &Use<'d>,
        is_required: bool,
        site: Site<'_>,
        direction: Direction,
    ) -> ModelField {
        let lowered = self.schema(property, site);
        let mut field = direction.field(name, site.field, lowered, is_required);
        property.pointer().clone_into(&mut field.pointer);
        field.sensitive |= is_secret(site.field, site.owner, &field.ty);
        if field.ty.complexity(2) > MOST_COMPLEX {
            let spelling = format!("{}_{}", site.owner, site.field);
            let scope = self.scope(site.module);
            field.alias = Some(scope.claim_numbered(NameKind::Type, &spelling));
        }
        field.rules = if direction.is_sent {
            self.rules(property)
        } else {
            self.rules_of_received(property)
        };
        field
    }

    /// Claims a name for each property: those that the user chose first.
    fn field_names(&self, scope: &mut Scope, facts: &Facts<'d>) -> Vec<Name> {
        let wires = || facts.properties.keys().copied();
        let mut chosen: Vec<Option<Name>> = wires()
            .map(|wire| {
                let name = self.renamed_field(&facts.pointer, wire)?;
                scope.claim_chosen(NameKind::Setter, name)
            })
            .collect();
        let others = wires().zip(&chosen).filter(|(_, chosen)| chosen.is_none());
        let others = others.map(|(wire, _)| wire).collect::<Vec<_>>();
        let mut others = scope.claim_all(NameKind::Setter, others).into_iter();
        let names = chosen
            .iter_mut()
            .map(|chosen| chosen.take().or_else(|| others.next()));
        names.flatten().collect()
    }

    /// Returns the only value that a property may have.
    fn constant_of(&self, property: &Use<'d>) -> Option<Literal> {
        let schema = self.schemas.classify(&self.schemas.resolved(property))?;
        let is_listed = matches!(
            schema.kind,
            Kind::TextEnum | Kind::IntegerEnum | Kind::Scalar(_)
        );
        let nullable = self.schemas.facts(property).nullable;
        super::open_enum::constant(&schema.facts).filter(|_| is_listed && !nullable)
    }

    /// What an object may have besides its properties, where the description says so.
    fn rest(&mut self, facts: &Facts<'d>, path: &TypePath, position: Position) -> Option<Lowered> {
        match &facts.additional {
            Additional::Unstated | Additional::Denied => None,
            Additional::Allowed => Some(Lowered::of(Type::Json)),
            Additional::Schema(values) => {
                let site = Site {
                    module: &path.module,
                    owner: path.name.as_str(),
                    field: "value",
                    position,
                };
                let mut values = self.schema(values, site);
                if values.nullable && values.ty != Type::Json {
                    values.ty = Type::Nullable(Box::new(values.ty));
                }
                Some(values)
            }
        }
    }

    fn model_constructor(&mut self, path: &TypePath, fields: &[ModelField]) -> Constructor {
        let required = fields.iter().filter(|field| field.is_asked_for());
        if !needs_names(required.map(|field| &field.ty)) {
            return Constructor::Positional;
        }
        let spelling = format!("{}_params", path.name);
        Constructor::Named(
            self.scope(&path.module)
                .claim(NameKind::Params, &spelling, &spelling),
        )
    }
}

impl Direction {
    fn position(self) -> Position {
        if self.is_sent {
            Position::Input
        } else {
            Position::Json
        }
    }

    fn field(self, name: Name, wire: &str, lowered: Lowered, is_required: bool) -> ModelField {
        let Lowered {
            ty,
            nullable,
            description,
            sensitive,
            read_only,
            write_only,
            default,
            limits,
        } = lowered;
        // `required` takes effect in one direction only (OpenAPI 3.0, section 4.7.24.2).
        let in_requests = is_required && !read_only;
        let in_responses = is_required && !write_only;
        let always = (in_requests || !self.is_sent) && (in_responses || !self.is_received);
        let is_always = is_required && always;
        let presence = match (is_always, nullable) {
            (true, false) => Presence::Required,
            (true, true) => Presence::Nullable,
            (false, true) if self.sends_all && !self.is_sent => Presence::NullOrAbsent,
            (false, true) => Presence::OptionalNullable,
            (false, false) => Presence::Optional,
        };
        let access = match (read_only, write_only) {
            (true, false) => Access::ReadOnly,
            (false, true) => Access::WriteOnly,
            (false, false) | (true, true) => Access::Both,
        };
        ModelField {
            name,
            wire: wire.to_owned(),
            docs: markdown::docs(&description),
            ty,
            alias: None,
            presence,
            access,
            required: is_required,
            required_in_requests: self.is_sent && in_requests && !is_always,
            default,
            limits,
            rules: Vec::new(),
            clear: None,
            boxed: false,
            sensitive,
            pointer: String::new(),
        }
    }
}

/// The least and the most members of an object, if it has a limit on them.
fn members(facts: &Facts<'_>) -> Option<(usize, usize)> {
    let ends = (
        facts.min_properties.unwrap_or(0),
        facts.max_properties.unwrap_or(usize::MAX),
    );
    (ends != (0, usize::MAX) && ends.0 <= ends.1).then_some(ends)
}
