//! What OpenAPI 3.0, 3.1 and 3.2 have where: the objects, their fields, and what each field holds.

mod fields;

use Kind as K;
pub(super) use fields::FIELDS;

/// An object of OpenAPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Document,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Tag,
    ExternalDocs,
    Paths,
    PathItem,
    Callback,
    Operation,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Header,
    Example,
    Schema,
    Discriminator,
    Components,
    SecurityScheme,
    OAuthFlows,
    OAuthFlow,
    SecurityRequirement,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Text,
    Flag,
    Count,
    Number,
    Texts,
    TextMap,
    /// Any value; nothing in it is OpenAPI's.
    Data,
    /// What no later stage wants.
    Ignored,
    Node(Kind),
    FlagOrNode(Kind),
    List(Kind),
    Map(Kind),
}

impl Kind {
    /// Returns the name with its article.
    pub(super) const fn name(self) -> &'static str {
        match self {
            K::Document => "an OpenAPI document",
            K::Info => "an info object",
            K::Contact => "a contact",
            K::License => "a license",
            K::Server => "a server",
            K::ServerVariable => "a server variable",
            K::Tag => "a tag",
            K::ExternalDocs => "external documentation",
            K::Paths => "a map of paths",
            K::PathItem => "a path item",
            K::Callback => "a callback",
            K::Operation => "an operation",
            K::Parameter => "a parameter",
            K::RequestBody => "a request body",
            K::MediaType => "a media type",
            K::Encoding => "an encoding",
            K::Responses => "a map of responses",
            K::Response => "a response",
            K::Header => "a header",
            K::Example => "an example",
            K::Schema => "a schema",
            K::Discriminator => "a discriminator",
            K::Components => "a map of components",
            K::SecurityScheme => "a security scheme",
            K::OAuthFlows => "a map of OAuth flows",
            K::OAuthFlow => "an OAuth flow",
            K::SecurityRequirement => "a security requirement",
        }
    }

    /// Returns where a key belongs that is no field of it and is often written into it.
    pub(super) fn place_of(self, key: &str) -> Option<&'static str> {
        match (self, key) {
            (K::MediaType, "$ref") => {
                Some("write it under `schema`, below a media type such as `application/json`")
            }
            (K::Response | K::RequestBody, "schema") => Some(
                "a schema stands under a media type: `content: {application/json: {schema: {…}}}`",
            ),
            (K::Components, _) => Some("a component stands in a section, such as `schemas`"),
            _ => None,
        }
    }

    /// Returns a small one, as it is written in YAML.
    pub(super) const fn example(self) -> Option<&'static str> {
        Some(match self {
            K::Schema => "{type: string}",
            K::Parameter => "{name: Id, in: query, schema: {type: string}}",
            K::Responses => "{'200': {description: Fine.}}",
            K::Response => "{description: Fine.}",
            K::RequestBody => "{content: {application/json: {schema: {type: object}}}}",
            K::MediaType => "{schema: {type: object}}",
            K::Header => "{schema: {type: string}}",
            K::Operation => "{operationId: FetchShip, responses: {'200': {description: Fine.}}}",
            K::PathItem => "{get: {responses: {'200': {description: Fine.}}}}",
            K::Paths => "{/ships: {get: {responses: {'200': {description: Fine.}}}}}",
            K::Info => "{title: Harbour, version: '1'}",
            K::Contact => "{name: Harbour office, email: office@example.com}",
            K::License => "{name: MIT}",
            K::Server => "{url: 'https://harbour.example'}",
            K::Tag => "{name: ships}",
            K::Components => "{schemas: {Ship: {type: object}}}",
            K::SecurityScheme => "{type: http, scheme: basic}",
            K::SecurityRequirement => "{basicAuth: []}",
            K::Example => "{value: 1}",
            K::Encoding => "{contentType: application/json}",
            K::Discriminator => "{propertyName: kind}",
            K::ServerVariable => "{default: eu}",
            K::Callback => {
                "{'{$request.body#/url}': {post: {responses: {'200': {description: Fine.}}}}}"
            }
            K::Document | K::ExternalDocs | K::OAuthFlows | K::OAuthFlow => return None,
        })
    }

    /// Returns the section of the components that holds what a `$ref` in this place refers to.
    pub(super) const fn section(self) -> Option<&'static str> {
        match self {
            K::Parameter => Some("parameters"),
            K::RequestBody => Some("requestBodies"),
            K::Response => Some("responses"),
            K::Header => Some("headers"),
            K::Example => Some("examples"),
            K::Schema => Some("schemas"),
            K::SecurityScheme => Some("securitySchemes"),
            K::Document
            | K::Info
            | K::Contact
            | K::License
            | K::Server
            | K::ServerVariable
            | K::Tag
            | K::ExternalDocs
            | K::Paths
            | K::PathItem
            | K::Callback
            | K::Operation
            | K::MediaType
            | K::Encoding
            | K::Responses
            | K::Discriminator
            | K::Components
            | K::OAuthFlows
            | K::OAuthFlow
            | K::SecurityRequirement => None,
        }
    }
}
