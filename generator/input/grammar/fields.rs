//! The fields of each object, and what each field holds.

use super::Kind as K;
use super::{Kind, Shape};

/// The names of fields, of any object.
pub(in crate::input) const FIELDS: &[&str] = &[
    "additionalOperations",
    "additionalProperties",
    "allOf",
    "allowEmptyValue",
    "allowReserved",
    "anyOf",
    "authorizationCode",
    "authorizationUrl",
    "bearerFormat",
    "callbacks",
    "clientCredentials",
    "components",
    "contact",
    "content",
    "contentSchema",
    "contentType",
    "dataValue",
    "default",
    "defaultMapping",
    "definitions",
    "delete",
    "deprecated",
    "description",
    "discriminator",
    "email",
    "encoding",
    "enum",
    "example",
    "examples",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "explode",
    "externalDocs",
    "externalValue",
    "flows",
    "format",
    "get",
    "head",
    "headers",
    "identifier",
    "implicit",
    "in",
    "info",
    "items",
    "itemSchema",
    "jsonSchemaDialect",
    "kind",
    "license",
    "links",
    "mapping",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "mediaTypes",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "name",
    "not",
    "nullable",
    "oneOf",
    "openIdConnectUrl",
    "openapi",
    "operationId",
    "options",
    "parameters",
    "parent",
    "password",
    "patch",
    "pathItems",
    "paths",
    "pattern",
    "patternProperties",
    "post",
    "prefixItems",
    "properties",
    "propertyName",
    "put",
    "query",
    "readOnly",
    "refreshUrl",
    "requestBodies",
    "requestBody",
    "required",
    "responses",
    "schema",
    "schemas",
    "scheme",
    "scopes",
    "security",
    "securitySchemes",
    "serializedValue",
    "servers",
    "style",
    "summary",
    "tags",
    "termsOfService",
    "title",
    "tokenUrl",
    "trace",
    "type",
    "uniqueItems",
    "url",
    "value",
    "variables",
    "version",
    "webhooks",
    "writeOnly",
    "xml",
];

impl Kind {
    /// Returns what a field holds, or `None` for one that OpenAPI does not have.
    pub(in crate::input) fn field(self, key: &str) -> Option<Shape> {
        // A requirement has the names of schemes for keys, and no extensions.
        if key.starts_with("x-") && self != K::SecurityRequirement {
            return Some(Shape::Data);
        }
        match self {
            K::Schema => schema(key),
            K::Paths | K::Callback => Some(Shape::Node(K::PathItem)),
            K::Responses => Some(Shape::Node(K::Response)),
            K::SecurityRequirement => Some(Shape::Texts),
            K::Document => document(key),
            K::Components => components(key),
            K::PathItem => path_item(key),
            K::Operation => operation(key),
            K::Parameter | K::Header => parameter(self, key),
            K::SecurityScheme => security_scheme(key),
            _ => self.small_field(key),
        }
    }

    fn small_field(self, key: &str) -> Option<Shape> {
        Some(match (self, key) {
            (K::Info, "title" | "summary" | "description" | "termsOfService" | "version")
            | (K::Contact, "name" | "url" | "email")
            | (K::License, "name" | "identifier" | "url")
            | (K::Server, "url" | "description" | "name")
            | (K::ServerVariable, "default" | "description")
            | (K::Tag, "name" | "summary" | "description" | "parent" | "kind")
            | (K::ExternalDocs, "url" | "description")
            | (K::RequestBody | K::Response, "description" | "summary")
            | (K::Encoding, "contentType" | "style")
            | (K::Example, "summary" | "description" | "externalValue")
            | (K::Discriminator, "propertyName" | "defaultMapping")
            | (K::OAuthFlow, "authorizationUrl" | "tokenUrl" | "refreshUrl") => Shape::Text,
            (K::RequestBody, "required") | (K::Encoding, "explode" | "allowReserved") => {
                Shape::Flag
            }
            (K::Info, "contact") => Shape::Node(K::Contact),
            (K::Info, "license") => Shape::Node(K::License),
            (K::Server, "variables") => Shape::Map(K::ServerVariable),
            (K::ServerVariable, "enum") => Shape::Texts,
            (K::Tag, "externalDocs") => Shape::Node(K::ExternalDocs),
            (K::RequestBody | K::Response, "content") => Shape::Map(K::MediaType),
            (K::Response | K::Encoding, "headers") => Shape::Map(K::Header),
            (K::MediaType, "schema" | "itemSchema") => Shape::Node(K::Schema),
            (K::MediaType, "example") | (K::Example, "value" | "dataValue" | "serializedValue") => {
                Shape::Data
            }
            (K::Response, "links")
            | (K::MediaType, "prefixEncoding" | "itemEncoding")
            | (K::Encoding, "encoding" | "prefixEncoding" | "itemEncoding")
            | (K::OAuthFlows, "deviceAuthorization") => Shape::Ignored,
            (K::MediaType, "examples") => Shape::Map(K::Example),
            (K::MediaType, "encoding") => Shape::Map(K::Encoding),
            (K::Discriminator, "mapping") | (K::OAuthFlow, "scopes") => Shape::TextMap,
            (
                K::OAuthFlows,
                "implicit" | "password" | "clientCredentials" | "authorizationCode",
            ) => Shape::Node(K::OAuthFlow),
            _ => return None,
        })
    }
}

fn document(key: &str) -> Option<Shape> {
    Some(match key {
        "openapi" => Shape::Text,
        "info" => Shape::Node(K::Info),
        "servers" => Shape::List(K::Server),
        "paths" => Shape::Node(K::Paths),
        "components" => Shape::Node(K::Components),
        "security" => Shape::List(K::SecurityRequirement),
        "tags" => Shape::List(K::Tag),
        "externalDocs" => Shape::Node(K::ExternalDocs),
        "webhooks" => Shape::Map(K::PathItem),
        "jsonSchemaDialect" | "$self" => Shape::Ignored,
        _ => return None,
    })
}

fn components(key: &str) -> Option<Shape> {
    Some(match key {
        "schemas" => Shape::Map(K::Schema),
        "responses" => Shape::Map(K::Response),
        "parameters" => Shape::Map(K::Parameter),
        "examples" => Shape::Map(K::Example),
        "requestBodies" => Shape::Map(K::RequestBody),
        "headers" => Shape::Map(K::Header),
        "securitySchemes" => Shape::Map(K::SecurityScheme),
        // What refers to them has taken them in.
        "links" | "callbacks" | "pathItems" | "mediaTypes" => Shape::Ignored,
        _ => return None,
    })
}

fn path_item(key: &str) -> Option<Shape> {
    Some(match key {
        "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" | "query" => {
            Shape::Node(K::Operation)
        }
        "additionalOperations" => Shape::Map(K::Operation),
        "parameters" => Shape::List(K::Parameter),
        "servers" => Shape::List(K::Server),
        "summary" | "description" => Shape::Text,
        _ => return None,
    })
}

fn operation(key: &str) -> Option<Shape> {
    Some(match key {
        "operationId" | "summary" | "description" => Shape::Text,
        "tags" => Shape::Texts,
        "parameters" => Shape::List(K::Parameter),
        "requestBody" => Shape::Node(K::RequestBody),
        "responses" => Shape::Node(K::Responses),
        "deprecated" => Shape::Flag,
        "security" => Shape::List(K::SecurityRequirement),
        "servers" => Shape::List(K::Server),
        "externalDocs" => Shape::Node(K::ExternalDocs),
        "callbacks" => Shape::Map(K::Callback),
        _ => return None,
    })
}

fn parameter(kind: Kind, key: &str) -> Option<Shape> {
    Some(match key {
        "name" | "in" if kind == K::Parameter => Shape::Text,
        "description" | "style" => Shape::Text,
        "required" | "deprecated" | "allowEmptyValue" | "explode" | "allowReserved" => Shape::Flag,
        "schema" => Shape::Node(K::Schema),
        "content" => Shape::Map(K::MediaType),
        "example" => Shape::Data,
        "examples" => Shape::Map(K::Example),
        _ => return None,
    })
}

fn security_scheme(key: &str) -> Option<Shape> {
    Some(match key {
        "type" | "description" | "name" | "in" | "scheme" | "bearerFormat" | "openIdConnectUrl" => {
            Shape::Text
        }
        "oauth2MetadataUrl" | "deprecated" => Shape::Ignored,
        "flows" => Shape::Node(K::OAuthFlows),
        _ => return None,
    })
}

/// The keywords of OpenAPI 3.0, and those of JSON Schema that are lowered to them or hold schemas that count.
fn schema(key: &str) -> Option<Shape> {
    Some(match key {
        "type" | "format" | "title" | "description" | "pattern" | "$ref" => Shape::Text,
        "nullable" | "readOnly" | "writeOnly" | "deprecated" | "uniqueItems"
        | "exclusiveMinimum" | "exclusiveMaximum" => Shape::Flag,
        "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" => {
            Shape::Count
        }
        "minimum" | "maximum" | "multipleOf" => Shape::Number,
        "required" => Shape::Texts,
        "enum" | "default" | "example" => Shape::Data,
        "properties" | "patternProperties" => Shape::Map(K::Schema),
        "items" | "not" => Shape::Node(K::Schema),
        "additionalProperties" => Shape::FlagOrNode(K::Schema),
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => Shape::List(K::Schema),
        "discriminator" => Shape::Node(K::Discriminator),
        "externalDocs" => Shape::Node(K::ExternalDocs),
        "xml" | "$schema" | "$id" | "id" | "$anchor" | "$comment" | "$vocabulary" | "$defs"
        | "definitions" | "$dynamicAnchor" | "$recursiveAnchor" | "contentSchema" => Shape::Ignored,
        _ => return None,
    })
}
