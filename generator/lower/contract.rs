//! What an operation promises beyond what the crate sends and decodes, for the change report.

use super::Lowering;
use super::media::{Offers, essence, is_json};
use super::schemas::Use;
use crate::base::pointer::Pointer;
use crate::model::api::{
    BodySchema, Content, Contract, DocumentedHeader, DocumentedResponse, DocumentedScheme, Flow,
    KeyLocation, Mechanism, PropertyEncoding,
};
use indexmap::IndexMap;
use openapiv3::{
    APIKeyLocation, Encoding, Header, MediaType, OAuth2Flows, Operation, ParameterSchemaOrContent,
    QueryStyle, ReferenceOr, RequestBody, Response, Responses, SecurityScheme, StatusCode,
};

/// The bodies of one message, and the media types of those that the crate has a type for.
struct Bodies<'d, 'p> {
    content: &'d IndexMap<String, MediaType>,
    typed: Vec<&'d str>,
    at: Pointer<'p>,
}

impl<'d> Lowering<'d> {
    /// Returns the promises of an operation; `typed` is where the request body is that the crate sends.
    pub(super) fn contract(
        &mut self,
        operation: &'d Operation,
        typed: Option<&str>,
        pointer: &Pointer<'_>,
    ) -> Contract {
        let (body_required, bodies) = self.request_bodies(operation, typed, pointer);
        Contract {
            security: self.requirements(operation),
            body_required,
            bodies,
            responses: self.documented(&operation.responses, pointer),
        }
    }

    fn requirements(&self, operation: &Operation) -> Vec<Vec<DocumentedScheme>> {
        let security = operation.security.as_ref();
        let security = security.or(self.openapi.security.as_ref());
        let alternatives = security.into_iter().flatten();
        let alternatives = alternatives.map(|schemes| {
            let schemes = schemes.iter();
            let requirement = |(scheme, scopes): (&String, &Vec<String>)| DocumentedScheme {
                scheme: scheme.clone(),
                mechanism: self.mechanism(scheme),
                scopes: scopes.clone(),
            };
            schemes.map(requirement).collect()
        });
        let alternatives: Vec<Vec<DocumentedScheme>> = alternatives.collect();
        if alternatives.is_empty() {
            vec![Vec::new()]
        } else {
            alternatives
        }
    }

    fn mechanism(&self, name: &str) -> Mechanism {
        let components = self.openapi.components.as_ref();
        let schemes = components.map(|components| &components.security_schemes);
        let find = |name: &str| schemes.and_then(|schemes| schemes.get(name));
        let scheme = match find(name) {
            Some(ReferenceOr::Reference { reference }) => reference
                .strip_prefix("#/components/securitySchemes/")
                .and_then(find)
                .and_then(ReferenceOr::as_item),
            Some(ReferenceOr::Item(scheme)) => Some(scheme),
            None => None,
        };
        scheme.map_or(Mechanism::Undefined, mechanism_of)
    }

    fn request_bodies(
        &mut self,
        operation: &'d Operation,
        typed: Option<&str>,
        pointer: &Pointer<'_>,
    ) -> (bool, Vec<Content>) {
        let components = self.openapi.components.as_ref();
        let shared = components.map(|components| &components.request_bodies);
        let at = pointer.key("requestBody");
        let Some(body) = &operation.request_body else {
            return (false, Vec::new());
        };
        let Some((body, at)) = found(body, shared, "#/components/requestBodies/", at.to_string())
        else {
            return (false, Vec::new());
        };
        let RequestBody {
            description: _,
            content,
            required,
            extensions: _,
        } = body;
        let at = Pointer::to(&at);
        let at = at.key("content");
        let is_sent = |name: &&str| typed == Some(at.key(name).to_string().as_str());
        let names = content.keys().map(String::as_str);
        let bodies = Bodies {
            content,
            typed: names.filter(is_sent).collect(),
            at,
        };
        (*required, self.contents(&bodies))
    }

    fn documented(
        &mut self,
        responses: &'d Responses,
        pointer: &Pointer<'_>,
    ) -> Vec<DocumentedResponse> {
        let Responses {
            default,
            responses,
            extensions: _,
        } = responses;
        let at = pointer.key("responses");
        let class_of = |status: &StatusCode| match status {
            StatusCode::Code(code) => code / 100,
            StatusCode::Range(class) => *class,
        };
        let is_success = |status: &StatusCode| {
            matches!(class_of(status), 2 | 3) && *status != StatusCode::Code(304)
        };
        let has_success = responses.keys().any(is_success);
        let by_status = responses
            .iter()
            .map(|(status, response)| (status.to_string(), is_success(status), response));
        let default = default.iter();
        let default = default.map(|one| ("default".to_owned(), !has_success, one));
        let all: Vec<(String, bool, &'d ReferenceOr<Response>)> =
            by_status.chain(default).collect();
        let components = self.openapi.components.as_ref();
        let shared = components.map(|components| &components.responses);
        let mut documented = Vec::new();
        for (status, success, response) in all {
            let at = at.key(&status).to_string();
            if let Some((response, at)) = found(response, shared, "#/components/responses/", at) {
                documented.push(self.documented_response(status, success, response, &at));
            }
        }
        documented
    }

    fn documented_response(
        &mut self,
        status: String,
        success: bool,
        response: &'d Response,
        at: &str,
    ) -> DocumentedResponse {
        let Response {
            description: _,
            headers,
            content,
            links: _,
            extensions: _,
        } = response;
        let pointer = Pointer::to(at);
        let at_content = pointer.key("content");
        let offers = Offers::of(content, &self.schemas, &at_content.to_string());
        let names = content.keys().map(String::as_str);
        let bodies = Bodies {
            content,
            typed: names
                .filter(|name| !offers.dropped.contains(name))
                .collect(),
            at: pointer.key("content"),
        };
        let at_headers = pointer.key("headers");
        let headers = headers.iter();
        let headers = headers.map(|(name, header)| {
            self.documented_header(name, header, at_headers.key(name).to_string())
        });
        let headers = headers.collect();
        DocumentedResponse {
            status,
            success,
            headers,
            contents: self.contents(&bodies),
            pointer: at.to_owned(),
        }
    }

    fn documented_header(
        &mut self,
        name: &str,
        header: &'d ReferenceOr<Header>,
        at: String,
    ) -> DocumentedHeader {
        let components = self.openapi.components.as_ref();
        let shared = components.map(|components| &components.headers);
        let header = found(header, shared, "#/components/headers/", at);
        let mut documented = DocumentedHeader {
            wire: name.to_ascii_lowercase(),
            required: false,
            media_type: None,
            schema: None,
        };
        let Some((header, at)) = header else {
            return documented;
        };
        documented.required = header.required;
        let at = Pointer::to(&at);
        let place = match &header.format {
            ParameterSchemaOrContent::Schema(schema) => {
                Some(Use::new(schema, at.key("schema").to_string()))
            }
            ParameterSchemaOrContent::Content(content) => content.first().and_then(|one| {
                let (media_type, media) = one;
                // A text is the same without a media type.
                documented.media_type = Some(essence(media_type)).filter(|it| it != "text/plain");
                let at = at.key("content");
                let at = at.key(media_type);
                Some(Use::new(
                    media.schema.as_ref()?,
                    at.key("schema").to_string(),
                ))
            }),
        };
        documented.schema = place.map(|place| self.outline(&place));
        documented
    }

    fn contents(&mut self, bodies: &Bodies<'d, '_>) -> Vec<Content> {
        let Bodies { content, typed, at } = bodies;
        let mut contents = Vec::new();
        for (media_type, media) in *content {
            let MediaType {
                schema,
                example: _,
                examples: _,
                encoding,
                extensions: _,
            } = media;
            let at = at.key(media_type);
            let schema = match schema {
                _ if typed.contains(&media_type.as_str()) => BodySchema::Typed,
                Some(schema) if has_members(media_type) => {
                    let place = Use::new(schema, at.key("schema").to_string());
                    BodySchema::Outline(self.outline(&place))
                }
                Some(_) | None => BodySchema::Any,
            };
            let encoding = encoding.iter();
            contents.push(Content {
                media_type: media_type.clone(),
                schema,
                encoding: encoding
                    .map(|(name, encoding)| (name.clone(), property_encoding(encoding)))
                    .collect(),
                pointer: at.to_string(),
            });
        }
        contents
    }
}

/// Whether the bodies of a media type have members that a schema describes.
fn has_members(media_type: &str) -> bool {
    let essence = essence(media_type);
    is_json(&essence)
        || essence.contains('*')
        || essence == "application/x-www-form-urlencoded"
        || essence == "multipart/form-data"
        || essence.ends_with("xml")
}

fn property_encoding(encoding: &Encoding) -> PropertyEncoding {
    let Encoding {
        content_type,
        headers,
        style,
        explode,
        allow_reserved,
        extensions: _,
    } = encoding;
    let style = style.as_ref().map(|style| match style {
        QueryStyle::Form => "form",
        QueryStyle::SpaceDelimited => "spaceDelimited",
        QueryStyle::PipeDelimited => "pipeDelimited",
        QueryStyle::DeepObject => "deepObject",
    });
    PropertyEncoding {
        content_type: content_type.clone(),
        style: style.map(str::to_owned),
        explode: *explode,
        allow_reserved: *allow_reserved,
        headers: headers.keys().cloned().collect(),
    }
}

/// Follows a reference to a component, and returns the component with where it is; one that leads nowhere is reported
/// where the crate needs it.
fn found<'d, T>(
    item: &'d ReferenceOr<T>,
    shared: Option<&'d IndexMap<String, ReferenceOr<T>>>,
    prefix: &str,
    at: String,
) -> Option<(&'d T, String)> {
    match item {
        ReferenceOr::Item(item) => Some((item, at)),
        ReferenceOr::Reference { reference } => {
            let name = reference.strip_prefix(prefix)?;
            let item = shared?.get(name)?.as_item()?;
            Some((item, reference.trim_start_matches('#').to_owned()))
        }
    }
}

fn mechanism_of(scheme: &SecurityScheme) -> Mechanism {
    match scheme {
        SecurityScheme::APIKey {
            location,
            name,
            description: _,
            extensions: _,
        } => match location {
            APIKeyLocation::Header => {
                Mechanism::Key(KeyLocation::Header, name.to_ascii_lowercase())
            }
            APIKeyLocation::Query => Mechanism::Key(KeyLocation::Query, name.clone()),
            APIKeyLocation::Cookie => Mechanism::Key(KeyLocation::Cookie, name.clone()),
        },
        SecurityScheme::HTTP {
            scheme,
            bearer_format: _,
            description: _,
            extensions: _,
        } => Mechanism::Http(scheme.to_ascii_lowercase()),
        SecurityScheme::OAuth2 {
            flows,
            description: _,
            extensions: _,
        } => Mechanism::OAuth2(flows_of(flows)),
        SecurityScheme::OpenIDConnect {
            open_id_connect_url,
            description: _,
            extensions: _,
        } => Mechanism::OpenIdConnect(open_id_connect_url.clone()),
    }
}

/// Returns the flows; the scopes that they list are those that operations may require.
fn flows_of(flows: &OAuth2Flows) -> Vec<Flow> {
    let OAuth2Flows {
        implicit,
        password,
        client_credentials,
        authorization_code,
        extensions: _,
    } = flows;
    let implicit = implicit.as_ref().map(|flow| Flow {
        kind: "implicit",
        authorization_url: Some(flow.authorization_url.clone()),
        token_url: None,
        refresh_url: flow.refresh_url.clone(),
    });
    let password = password.as_ref().map(|flow| Flow {
        kind: "password",
        authorization_url: None,
        token_url: Some(flow.token_url.clone()),
        refresh_url: flow.refresh_url.clone(),
    });
    let client_credentials = client_credentials.as_ref().map(|flow| Flow {
        kind: "clientCredentials",
        authorization_url: None,
        token_url: Some(flow.token_url.clone()),
        refresh_url: flow.refresh_url.clone(),
    });
    let authorization_code = authorization_code.as_ref().map(|flow| Flow {
        kind: "authorizationCode",
        authorization_url: Some(flow.authorization_url.clone()),
        token_url: Some(flow.token_url.clone()),
        refresh_url: flow.refresh_url.clone(),
    });
    let all = [implicit, password, client_credentials, authorization_code];
    all.into_iter().flatten().collect()
}
