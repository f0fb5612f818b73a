//! The parameters that an operation has: its own and those of its path item.

use super::Lowering;
use super::media::{essence, examples_of, is_json, schema_of};
use super::raw::Raw;
use super::references::Section;
use super::schemas::Use;
use crate::base::RESERVED;
use crate::base::diagnostics::Diagnostic;
use crate::base::path_template::{name_in_expression, query_expressions, template_params};
use crate::base::pointer::Pointer;
use crate::model::api::{Location, NoteKind, Style};
use openapiv3::{
    MediaType, Operation, Parameter, ParameterData, ParameterSchemaOrContent, PathItem, ReferenceOr,
};

impl<'d> Lowering<'d> {
    /// Collects the parameters of the path item and the operation: those in the path in the order of the template, then the
    /// others.
    pub(super) fn declared_params(
        &mut self,
        operation: &'d Operation,
        item: &'d PathItem,
        path: &'d str,
        (item_pointer, pointer): (&Pointer<'_>, &Pointer<'_>),
    ) -> Vec<Raw<'d>> {
        let (mut found, lost) = self.found_params(operation, item, (item_pointer, pointer));
        let mut ordered: Vec<Raw<'d>> = Vec::new();
        let (path, in_query) = query_expressions(path);
        for wire in in_query {
            let is_it = |raw: &Raw<'d>| raw.location == Location::Query && raw.wire == wire;
            if !lost && !found.iter().any(is_it) {
                self.warn_undeclared_query(wire, pointer);
            }
        }
        for wire in template_params(path) {
            let is_known = |location: Location, raws: &[Raw<'d>]| {
                let mut raws = raws.iter();
                raws.position(|raw| raw.location == location && raw.wire == wire)
            };
            match is_known(Location::Path, &found) {
                Some(index) => ordered.push(found.remove(index)),
                // The query of the path says the same as the parameter.
                None if is_known(Location::Query, &found).is_some() => {}
                None if lost || is_known(Location::Path, &ordered).is_some() => {}
                None => ordered.push(self.named_in_expression(wire, &mut found, pointer)),
            }
        }
        found.retain(|raw| {
            let is_unused = raw.location == Location::Path;
            if is_unused {
                self.warn_unused(raw, path);
            }
            !is_unused
        });
        found.sort_by_key(|raw| raw.location);
        ordered.extend(found);
        ordered
    }

    /// Returns the parameter that is named in an expression of the path; one that nothing describes is text.
    fn named_in_expression(
        &mut self,
        expression: &'d str,
        found: &mut Vec<Raw<'d>>,
        pointer: &Pointer<'_>,
    ) -> Raw<'d> {
        let (name, has_slashes) = name_in_expression(expression);
        let is_it = |raw: &Raw<'d>| raw.location == Location::Path && raw.wire == name;
        let Some(index) = found.iter().position(is_it) else {
            self.warn_undeclared(expression, pointer);
            return Raw {
                required: true,
                style: Style::simple(),
                ..Raw::new(expression, Location::Path, pointer.to_string())
            };
        };
        let raw = found.remove(index);
        let message = format!("the path has `{{{expression}}}`; treated as `{{{name}}}`");
        let warning = Diagnostic::warning("path-template", pointer.to_string(), message);
        self.diagnostics.push(warning);
        Raw {
            reserved: raw.reserved || has_slashes,
            ..raw
        }
    }

    /// Returns the parameters in the order of the description, each once, and whether a reference to one leads nowhere.
    fn found_params(
        &mut self,
        operation: &'d Operation,
        item: &'d PathItem,
        (item_pointer, pointer): (&Pointer<'_>, &Pointer<'_>),
    ) -> (Vec<Raw<'d>>, bool) {
        let mut found: Vec<Raw<'d>> = Vec::new();
        let mut lost = false;
        for (parameters, at) in [
            (&operation.parameters, pointer),
            (&item.parameters, item_pointer),
        ] {
            let at = at.key("parameters");
            for (index, parameter) in parameters.iter().enumerate() {
                let Some((parameter, pointer)) = self.declared(parameter, &at.index(index)) else {
                    lost = true;
                    continue;
                };
                let Some(raw) = self.parameter(parameter, pointer) else {
                    continue;
                };
                if !found.iter().any(|other| is_same_param(other, &raw)) {
                    found.push(raw);
                }
            }
        }
        (found, lost)
    }

    fn warn_undeclared(&mut self, wire: &str, pointer: &Pointer<'_>) {
        let message = format!(
            "the path has `{{{wire}}}`, and no parameter describes it; treated as a string"
        );
        let warning =
            Diagnostic::warning("undeclared-path-parameter", pointer.to_string(), message);
        let help = "declare it under `parameters` with `in: path`";
        self.diagnostics.push(warning.help(help));
    }

    fn warn_undeclared_query(&mut self, wire: &str, pointer: &Pointer<'_>) {
        let message =
            format!("the path has `{wire}` in its query, and no parameter describes it; left out");
        let warning =
            Diagnostic::warning("undeclared-path-parameter", pointer.to_string(), message);
        let help = "declare it under `parameters` with `in: query`";
        self.diagnostics.push(warning.help(help));
    }

    fn warn_unused(&mut self, raw: &Raw<'d>, path: &str) {
        let message = format!(
            "the path parameter `{}` is not in the path `{path}`; left out",
            raw.wire
        );
        let warning = Diagnostic::warning("unused-path-parameter", raw.pointer.clone(), message);
        let is_colon = |part: &str| part.strip_prefix(':') == Some(raw.wire);
        self.diagnostics.push(if path.split('/').any(is_colon) {
            warning.help(format!("write `{{{0}}}` in place of `:{0}`", raw.wire))
        } else {
            warning
        });
    }

    /// Returns a parameter and where it stands; none where the reference to it leads nowhere.
    fn declared(
        &mut self,
        parameter: &'d ReferenceOr<Parameter>,
        at: &Pointer<'_>,
    ) -> Option<(&'d Parameter, String)> {
        match parameter {
            ReferenceOr::Item(parameter) => Some((parameter, at.to_string())),
            ReferenceOr::Reference { reference } => {
                let components = self.openapi.components.as_ref();
                let section = Section {
                    key: "parameters",
                    what: "parameter",
                    items: components.map(|components| &components.parameters),
                };
                let found = self.component(reference, &section, at)?;
                Some((found, reference.trim_start_matches('#').to_owned()))
            }
        }
    }

    fn parameter(&mut self, parameter: &'d Parameter, pointer: String) -> Option<Raw<'d>> {
        let (data, location) = match parameter {
            Parameter::Query { parameter_data, .. } => (parameter_data, Location::Query),
            Parameter::Header { parameter_data, .. } => (parameter_data, Location::Header),
            Parameter::Path { parameter_data, .. } => (parameter_data, Location::Path),
            Parameter::Cookie { parameter_data, .. } => (parameter_data, Location::Cookie),
        };
        let ParameterData {
            name,
            description,
            required,
            deprecated,
            format,
            example,
            examples,
            explode,
            extensions: _,
        } = data;
        if location == Location::Header && !self.is_sent_header(name, &pointer) {
            return None;
        }
        let Content {
            schema,
            media,
            is_json,
        } = content_of(format, &pointer);
        let first_example = examples
            .values()
            .find_map(|example| example.as_item()?.value.as_ref());
        let of_media = || media.and_then(|media| examples_of(media).next().map(|(_, value)| value));
        let mut raw = Raw {
            example: example.as_ref().or(first_example).or_else(of_media),
            schema,
            description: description.as_deref().unwrap_or_default(),
            deprecated: deprecated.unwrap_or_default(),
            required: *required,
            ..Raw::new(name, location, pointer)
        };
        if is_json {
            raw.style = Style::Json;
        } else {
            self.set_style(&mut raw, parameter, *explode);
        }
        Some(raw)
    }

    fn set_style(&mut self, raw: &mut Raw<'d>, parameter: &'d Parameter, explode: Option<bool>) {
        let schema = raw.schema.clone();
        let (schema, at) = (schema.as_ref(), raw.pointer.clone());
        raw.style = match parameter {
            Parameter::Query {
                parameter_data: _,
                allow_reserved,
                style,
                allow_empty_value,
            } => {
                raw.reserved = *allow_reserved;
                raw.takes_empty = allow_empty_value.unwrap_or(false);
                self.query_style(style, explode, schema, &at)
            }
            Parameter::Header {
                parameter_data: _,
                style,
            } => self.header_style(style, explode, schema, &at),
            Parameter::Path {
                parameter_data,
                style,
            } => {
                raw.reserved = parameter_data.extensions.contains_key(RESERVED);
                self.path_style(style, explode, schema, &at)
            }
            Parameter::Cookie {
                parameter_data: _,
                style,
            } => self.cookie_style(style, explode, schema, &at),
        };
    }

    /// Returns whether a header parameter is one that is sent: OpenAPI ignores three names (OpenAPI 3.0, 4.7.12.1), and those
    /// of the connection and of the length of a message are the transport's (RFC 9110, sections 7.2, 7.6.1 and 10.1.4; RFC
    /// 9112, sections 6.1 and 6.2).
    fn is_sent_header(&mut self, name: &str, pointer: &str) -> bool {
        let lower = name.to_ascii_lowercase();
        let instead = match lower.as_str() {
            "accept" => "the media types of the responses decide",
            "content-type" => "the media type of the body decides",
            "authorization" => "the credentials of the client decide",
            "content-length" => "the length of the body decides",
            "host" => "the URL of the request decides",
            "connection" | "keep-alive" | "proxy-connection" | "te" | "trailer"
            | "transfer-encoding" | "upgrade" => "the transport decides",
            _ => return self.check_header_name(name, format!("{pointer}/name"), false),
        };
        let message = format!("the header parameter `{name}` is ignored: {instead} what is sent");
        self.note(NoteKind::Generalised, &Pointer::to(pointer), message);
        false
    }
}

/// Whether two parameters are one: the names of headers have no case (RFC 9110, section 5.1).
fn is_same_param(one: &Raw<'_>, other: &Raw<'_>) -> bool {
    let is_same_name = match one.location {
        Location::Header => one.wire.eq_ignore_ascii_case(other.wire),
        _ => one.wire == other.wire,
    };
    one.location == other.location && is_same_name
}

/// What a parameter contains.
struct Content<'d> {
    schema: Option<Use<'d>>,
    media: Option<&'d MediaType>,
    is_json: bool,
}

fn content_of<'d>(format: &'d ParameterSchemaOrContent, pointer: &str) -> Content<'d> {
    let content = match format {
        ParameterSchemaOrContent::Schema(schema) => {
            return Content {
                schema: Some(Use::new(schema, format!("{pointer}/schema"))),
                media: None,
                is_json: false,
            };
        }
        ParameterSchemaOrContent::Content(content) => content,
    };
    let Some((media_type, media)) = content.first() else {
        return Content {
            schema: None,
            media: None,
            is_json: false,
        };
    };
    let is_json = is_json(&essence(media_type));
    let at = Pointer::to(pointer);
    let at = at.key("content");
    let schema = schema_of(media, &at.key(media_type).to_string());
    Content {
        schema: schema.filter(|_| is_json),
        media: Some(media),
        is_json,
    }
}
