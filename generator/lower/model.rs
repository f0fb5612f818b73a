//! Objects to structs.

use super::Lowering;
use super::docs::docs_of;
use super::params::needs_names;
use super::schema::{Lowered, Position, Site};
use super::shape::Shape;
use crate::base::markdown;
use crate::base::pointer::Pointer;
use crate::model::api::{Constructor, Model, ModelField, Presence, Rest, Type, TypePath};
use crate::model::names::{Kind, Name, Scope};
use openapiv3::AdditionalProperties;

impl<'d> Lowering<'d> {
    /// Makes a struct of an object's properties.
    pub(super) fn model(
        &mut self,
        shape: &Shape<'d>,
        path: &TypePath,
        pointer: &Pointer<'_>,
        position: Position,
    ) -> Model {
        let is_input = matches!(position, Position::Input | Position::Part);
        let position = position.inside();
        let mut scope = Scope::new("");
        let wires = shape.properties.iter().map(|property| property.wire);
        let names = scope.claim_all(Kind::Setter, wires);
        let object = pointer.to_string();
        let mut fields = Vec::new();
        for (name, property) in names.into_iter().zip(&shape.properties) {
            let at = property.pointer(&object);
            let at = Pointer::to(&at);
            let (module, owner) = (&path.module, path.name.as_str());
            let site = Site {
                pointer: &at,
                module,
                owner,
                field: property.wire,
                position,
            };
            let lowered = self.schema(property.schema, site);
            let is_required = shape.required.contains(&property.wire);
            let field = field(name, property.wire, lowered, is_required, is_input);
            fields.push(ModelField {
                pointer: at.to_string(),
                ..field
            });
        }
        for field in fields
            .iter_mut()
            .filter(|field| field.presence == Presence::Tristate)
        {
            let spelling = format!("clear_{}", field.name);
            field.clear = Some(scope.claim(Kind::Clear, &spelling, &spelling));
        }
        let rest = self.rest(shape, path, pointer, position);
        Model {
            name: path.name.clone(),
            docs: docs_of(shape),
            rest: rest.map(|Lowered { ty, limits, .. }| Rest {
                name: scope.claim(Kind::Rest, "additional_properties", "additional_properties"),
                ty,
                limits,
            }),
            constructor: is_input.then(|| self.model_constructor(path, &fields)),
            fields,
            pointer: object,
        }
    }

    /// What an object may hold besides its properties, where the description says so.
    fn rest(
        &mut self,
        shape: &Shape<'d>,
        path: &TypePath,
        pointer: &Pointer<'_>,
        position: Position,
    ) -> Option<Lowered> {
        match shape.additional? {
            AdditionalProperties::Any(allowed) => allowed.then(|| Lowered::of(Type::Json)),
            AdditionalProperties::Schema(values) => {
                let at = pointer.key("additionalProperties");
                let (module, owner) = (&path.module, path.name.as_str());
                let site = Site {
                    pointer: &at,
                    module,
                    owner,
                    field: "value",
                    position,
                };
                Some(self.schema(values.as_ref(), site))
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
                .claim(Kind::Params, &spelling, &spelling),
        )
    }
}

fn field(
    name: Name,
    wire: &str,
    lowered: Lowered,
    is_required: bool,
    is_input: bool,
) -> ModelField {
    let Lowered {
        ty,
        nullable,
        description,
        sensitive,
        read_only,
        limits,
    } = lowered;
    let presence = match (is_required && !(is_input && read_only), nullable) {
        (true, false) => Presence::Required,
        (true, true) => Presence::Nullable,
        (false, true) if is_input => Presence::Tristate,
        (false, _) => Presence::Optional,
    };
    ModelField {
        name,
        wire: wire.to_owned(),
        docs: markdown::docs(&description),
        ty,
        presence,
        limits,
        clear: None,
        boxed: false,
        sensitive,
        pointer: String::new(),
    }
}

/// Whether an object is the paging part of a list: nothing but the fields that all such lists share.
pub(super) fn is_page_meta(shape: &Shape<'_>) -> bool {
    const TEXT: &[&str] = &[
        "first_page_url",
        "key",
        "next_page_url",
        "previous_page_url",
        "url",
    ];
    const NUMBER: &[&str] = &["page", "page_size"];
    shape
        .properties
        .iter()
        .any(|property| property.wire == "next_page_url")
        && shape
            .properties
            .iter()
            .all(|property| match property.schema.inline_type() {
                Some("string") => TEXT.contains(&property.wire),
                Some("integer") => NUMBER.contains(&property.wire),
                _ => false,
            })
}
