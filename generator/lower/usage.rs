//! Which schemas the requests of an API use, and which its responses.

use super::incoming::{callbacks_of, webhooks_of};
use super::media::is_json;
use super::schemas::{Additional, Kind, Schemas, Use};
use crate::input::document::{Described, Document};
use openapiv3::{
    MediaType, OpenAPI, Operation, Parameter, ParameterSchemaOrContent, ReferenceOr, RequestBody,
    Response, Responses,
};
use std::collections::BTreeSet;

/// The schemas by where they are used.
#[derive(Debug, Default)]
pub(super) struct Usage {
    /// Those that callers make values of: what the bodies of requests consist of.
    requests: BTreeSet<String>,
    /// Those that callers get values of.
    responses: BTreeSet<String>,
}

impl Usage {
    /// Finds out what the bodies of all operations consist of.
    pub fn of<'d>(document: &'d Document, schemas: &Schemas<'d>) -> Self {
        let openapi = document.openapi();
        let mut requests = Vec::new();
        let mut responses = Vec::new();
        for (path, item) in &openapi.paths.paths {
            let Some(item) = item.as_item() else { continue };
            let at = format!("/paths/{}", crate::base::pointer::escape(path));
            requests.extend(parameters(openapi, &item.parameters, &at));
        }
        for described in document.operations() {
            let Described {
                operation, pointer, ..
            } = described;
            requests.extend(parameters(openapi, &operation.parameters, &pointer));
            if let Some((body, at)) = request_body(openapi, operation, &pointer) {
                requests.extend(all_of(&body.content, &at));
            }
            for (_, response, at) in responses_of(operation, &pointer) {
                if let Some((response, at)) = response_at(openapi, response, &at) {
                    responses.extend(json_of(&response.content, &at));
                }
            }
            for sent in callbacks_of(operation, &pointer) {
                responses.extend(received(openapi, sent.operation, &sent.pointer));
            }
        }
        for sent in webhooks_of(document) {
            responses.extend(received(openapi, sent.operation, &sent.pointer));
        }
        Self {
            requests: reached(schemas, requests),
            responses: reached(schemas, responses),
        }
    }

    /// Returns whether callers make values of a schema.
    pub fn is_in_requests(&self, id: &str) -> bool {
        self.requests.contains(id)
    }

    /// Returns whether callers get values of a schema.
    pub fn is_in_responses(&self, id: &str) -> bool {
        self.responses.contains(id)
    }
}

/// The schemas of what the service sends to a URL of its user.
fn received<'d>(openapi: &'d OpenAPI, operation: &'d Operation, at: &str) -> Vec<Use<'d>> {
    let Some((body, at)) = request_body(openapi, operation, at) else {
        return Vec::new();
    };
    let each = body.content.iter().filter_map(|(media_type, media)| {
        let media_type = crate::base::pointer::escape(media_type);
        let at = format!("{at}/content/{media_type}/schema");
        Some(Use::new(media.schema.as_ref()?, at))
    });
    each.collect()
}

/// The schemas of parameters.
fn parameters<'d>(
    openapi: &'d OpenAPI,
    parameters: &'d [ReferenceOr<Parameter>],
    at: &str,
) -> Vec<Use<'d>> {
    let mut found = Vec::new();
    for (index, parameter) in parameters.iter().enumerate() {
        let (parameter, at) = match parameter {
            ReferenceOr::Item(parameter) => (parameter, format!("{at}/parameters/{index}")),
            ReferenceOr::Reference { reference } => {
                let components = openapi.components.as_ref();
                let name = reference.strip_prefix("#/components/parameters/");
                let parameter = name
                    .zip(components)
                    .and_then(|(name, components)| components.parameters.get(name)?.as_item());
                let Some(parameter) = parameter else { continue };
                (parameter, reference.trim_start_matches('#').to_owned())
            }
        };
        match &parameter.parameter_data_ref().format {
            ParameterSchemaOrContent::Schema(schema) => {
                found.push(Use::new(schema, format!("{at}/schema")));
            }
            ParameterSchemaOrContent::Content(content) => found.extend(all_of(content, &at)),
        }
    }
    found
}

/// The schemas of a body, whatever its media type.
fn all_of<'d>(
    content: &'d indexmap::IndexMap<String, MediaType>,
    at: &str,
) -> impl Iterator<Item = Use<'d>> {
    content.iter().filter_map(move |(media_type, media)| {
        let schema = media.schema.as_ref()?;
        let media_type = crate::base::pointer::escape(media_type);
        Some(Use::new(
            schema,
            format!("{at}/content/{media_type}/schema"),
        ))
    })
}

/// The schemas of a body that are sent as JSON, in whole or in part.
fn json_of<'d>(
    content: &'d indexmap::IndexMap<String, MediaType>,
    at: &str,
) -> impl Iterator<Item = Use<'d>> {
    let is_json_in_part = |media_type: &str| {
        let essence = super::media::essence(media_type);
        is_json(&essence)
            || essence.contains("json")
            || essence.starts_with("multipart/")
            || super::media::stream_format(&essence).is_some()
            || essence.contains('*')
    };
    content.iter().filter_map(move |(media_type, media)| {
        let schema = media
            .schema
            .as_ref()
            .filter(|_| is_json_in_part(media_type))?;
        let media_type = crate::base::pointer::escape(media_type);
        Some(Use::new(
            schema,
            format!("{at}/content/{media_type}/schema"),
        ))
    })
}

/// Returns the schemas, and everything that they consist of.
fn reached<'d>(schemas: &Schemas<'d>, uses: Vec<Use<'d>>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = uses;
    while let Some(place) = open.pop() {
        if !found.insert(schemas.id(&place)) {
            continue;
        }
        if let Some(only) = schemas.wrapped(&place) {
            open.push(only);
            continue;
        }
        let Some(schema) = schemas.classify(&place) else {
            continue;
        };
        match &schema.kind {
            Kind::Any | Kind::Scalar(_) | Kind::TextEnum | Kind::IntegerEnum => {}
            Kind::List(inner) | Kind::Map(inner) => open.extend(inner.clone()),
            Kind::Tuple(positions) => open.extend(positions.iter().cloned()),
            Kind::Same(other) => open.push(other.clone()),
            Kind::Union(union) => open.extend(union.alternatives.iter().cloned()),
            Kind::Struct => {
                open.extend(schema.facts.properties.values().cloned());
                if let Additional::Schema(values) = &schema.facts.additional {
                    open.push(values.clone());
                }
            }
        }
    }
    found
}

/// Returns the body of an operation's request, with where it is.
pub(super) fn request_body<'d>(
    openapi: &'d OpenAPI,
    operation: &'d Operation,
    at: &str,
) -> Option<(&'d RequestBody, String)> {
    match operation.request_body.as_ref()? {
        ReferenceOr::Item(body) => Some((body, format!("{at}/requestBody"))),
        ReferenceOr::Reference { reference } => {
            let name = reference.strip_prefix("#/components/requestBodies/")?;
            let components = openapi.components.as_ref()?;
            let body = components.request_bodies.get(name)?.as_item()?;
            Some((body, reference.trim_start_matches('#').to_owned()))
        }
    }
}

/// Returns the responses of an operation by their keys, with where each is.
pub(super) fn responses_of<'d>(
    operation: &'d Operation,
    at: &str,
) -> Vec<(String, &'d ReferenceOr<Response>, String)> {
    let Responses {
        default,
        responses,
        extensions: _,
    } = &operation.responses;
    let listed = responses
        .iter()
        .map(|(status, response)| (status.to_string(), response));
    let default = default
        .iter()
        .map(|response| ("default".to_owned(), response));
    listed
        .chain(default)
        .map(|(key, response)| {
            let at = format!("{at}/responses/{key}");
            (key, response, at)
        })
        .collect()
}

/// Returns a response, with where it is.
pub(super) fn response_at<'d>(
    openapi: &'d OpenAPI,
    response: &'d ReferenceOr<Response>,
    at: &str,
) -> Option<(&'d Response, String)> {
    match response {
        ReferenceOr::Item(response) => Some((response, at.to_owned())),
        ReferenceOr::Reference { reference } => {
            let name = reference.strip_prefix("#/components/responses/")?;
            let components = openapi.components.as_ref()?;
            let response = components.responses.get(name)?.as_item()?;
            Some((response, reference.trim_start_matches('#').to_owned()))
        }
    }
}
