//! Which schemas the bodies of requests are made of.

use super::schemas::Schemas;
use super::shape::{SchemaRef, Shape};
use openapiv3::{AdditionalProperties, OpenAPI, ReferenceOr, RequestBody, Schema};
use std::collections::BTreeSet;
use std::ptr;

/// Returns the schemas of the components that a JSON body of any operation holds: callers make values of these.
pub(super) fn of_requests<'d>(openapi: &'d OpenAPI, schemas: Schemas<'d>) -> BTreeSet<&'d str> {
    let mut found = BTreeSet::new();
    // A schema in place that wraps a component in `allOf` may lead back to itself without a reference to follow.
    let mut seen = BTreeSet::new();
    let mut open: Vec<SchemaRef<'d>> = Vec::new();
    for (_, item) in &openapi.paths.paths {
        let operations = item
            .as_item()
            .into_iter()
            .flat_map(openapiv3::PathItem::iter);
        for (_, operation) in operations {
            let body = operation
                .request_body
                .as_ref()
                .and_then(|body| body_of(openapi, body));
            for (media_type, media) in body.into_iter().flat_map(|body| &body.content) {
                if media_type.contains("json")
                    || media_type.starts_with("multipart/")
                    || media_type == "*/*"
                {
                    open.extend(media.schema.as_ref().map(SchemaRef::from));
                }
            }
        }
    }
    // What stands in place holds itself where it takes the properties of what it stands in.
    let mut inline: BTreeSet<*const Schema> = BTreeSet::new();
    while let Some(schema) = open.pop() {
        let schema = match schema {
            SchemaRef::Item(schema) if inline.insert(ptr::from_ref(schema)) => schema,
            SchemaRef::Item(_) => continue,
            SchemaRef::Reference(_) => match schemas.follow(schema) {
                Some((Some(name), schema)) if found.insert(name) => schema,
                _ => continue,
            },
        };
        if !seen.insert(std::ptr::from_ref(schema)) {
            continue;
        }
        let shape = schemas.shape(schema);
        open.extend(shape.properties.iter().map(|property| property.schema));
        open.extend(shape.items.map(SchemaRef::from));
        let parts = Shape::of(schema).all_of;
        open.extend(
            shape
                .one_of
                .iter()
                .chain(shape.any_of)
                .chain(parts)
                .map(SchemaRef::from),
        );
        if let Some(AdditionalProperties::Schema(values)) = shape.additional {
            open.push(SchemaRef::from(values.as_ref()));
        }
    }
    found
}

fn body_of<'d>(
    openapi: &'d OpenAPI,
    body: &'d ReferenceOr<RequestBody>,
) -> Option<&'d RequestBody> {
    match body {
        ReferenceOr::Item(body) => Some(body),
        ReferenceOr::Reference { reference } => {
            let name = reference.strip_prefix("#/components/requestBodies/")?;
            openapi
                .components
                .as_ref()?
                .request_bodies
                .get(name)?
                .as_item()
        }
    }
}
