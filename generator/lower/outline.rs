//! Outlines of the schemas that the crate has no type for, for the change report.

use super::Lowering;
use super::schemas::{Facts, Kind, Scalar, Schema, Union, Use};
use crate::model::api::{Literal, Outline, OutlineKind, OutlineMember, OutlineUse};

impl<'d> Lowering<'d> {
    /// Files the outline of a place, with those of everything inside.
    pub(super) fn outline(&mut self, place: &Use<'d>) -> OutlineUse {
        let nullable = self.schemas.facts(place).nullable;
        let resolved = self.schemas.resolved(place);
        let key = self.schemas.id(&resolved);
        let outline = OutlineUse {
            key: key.clone(),
            nullable: nullable || self.schemas.facts(&resolved).nullable,
        };
        if self.outlines.contains_key(&key) {
            return outline;
        }
        let schema = self.schemas.classify(&resolved);
        let pointer = match schema.as_deref() {
            Some(schema) => schema.facts.pointer.clone(),
            None => resolved.pointer().to_owned(),
        };
        // A schema that holds itself finds this entry.
        let entry = |kind| Outline {
            kind,
            pointer: pointer.clone(),
        };
        self.outlines.insert(key.clone(), entry(OutlineKind::Any));
        if let Some(schema) = schema {
            let kind = self.outline_kind(&schema);
            self.outlines.insert(key, entry(kind));
        }
        outline
    }

    fn outline_kind(&mut self, schema: &Schema<'d>) -> OutlineKind {
        let Schema { facts, kind } = schema;
        match kind {
            // What is nothing but another schema was resolved before.
            Kind::Any | Kind::Same(_) => OutlineKind::Any,
            Kind::Scalar(scalar) => OutlineKind::Scalar(scalar_name(*scalar, facts)),
            Kind::TextEnum | Kind::IntegerEnum => {
                let values = facts.values.iter();
                OutlineKind::Values(
                    values
                        .filter_map(|listed| Literal::from_json(&listed.value))
                        .collect(),
                )
            }
            Kind::List(items) => OutlineKind::List(items.as_ref().map(|items| self.outline(items))),
            Kind::Tuple(positions) => {
                OutlineKind::Tuple(positions.iter().map(|one| self.outline(one)).collect())
            }
            Kind::Map(values) => {
                OutlineKind::Map(values.as_ref().map(|values| self.outline(values)))
            }
            Kind::Struct => {
                let members = facts
                    .properties
                    .iter()
                    .map(|(wire, property)| OutlineMember {
                        wire: (*wire).to_owned(),
                        required: facts.requires(wire),
                        value: self.outline(property),
                        pointer: property.pointer().to_owned(),
                    });
                OutlineKind::Object(members.collect())
            }
            Kind::Union(Union {
                alternatives,
                discriminator: _,
            }) => OutlineKind::OneOf(alternatives.iter().map(|one| self.outline(one)).collect()),
        }
    }
}

/// The type and the format of a scalar, as the description has them.
fn scalar_name(scalar: Scalar, facts: &Facts<'_>) -> String {
    let name = match scalar {
        Scalar::String
        | Scalar::DateTime
        | Scalar::Rfc2822
        | Scalar::Date
        | Scalar::Time
        | Scalar::Duration
        | Scalar::Uuid
        | Scalar::Base64
        | Scalar::Binary => "string",
        Scalar::Bool => "boolean",
        Scalar::Integer(_) => "integer",
        Scalar::Number => "number",
    };
    match facts.format {
        Some(format) => format!("{name} {format}"),
        None => name.to_owned(),
    }
}
