//! The parameters that an operation has: its own and those of its path item.

use super::Lowering;
use super::params::Raw;
use super::references::Section;
use super::schemas::{Additional, Facts, Use};
use crate::base::diagnostics::Diagnostic;
use crate::base::path_template::template_params;
use crate::base::pointer::Pointer;
use crate::model::api::{Location, Style};
use openapiv3::{
    Operation, Parameter, ParameterData, ParameterSchemaOrContent, PathItem, QueryStyle,
    ReferenceOr,
};

impl<'d> Lowering<'d> {
    /// Collects the parameters of the path item and the operation: those in the path in the order of the template, then the rest.
    pub(super) fn path_params(
        &mut self,
        operation: &'d Operation,
        item: &'d PathItem,
        path: &'d str,
        (item_pointer, pointer): (&Pointer<'_>, &Pointer<'_>),
    ) -> Vec<Raw<'d>> {
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
                if !found
                    .iter()
                    .any(|other| other.wire == raw.wire && other.location == raw.location)
                {
                    found.push(raw);
                }
            }
        }
        let mut ordered = Vec::new();
        for wire in template_params(path) {
            match found
                .iter()
                .position(|raw| raw.location == Location::Path && raw.wire == wire)
            {
                Some(index) => ordered.push(found.remove(index)),
                None if lost || ordered.iter().any(|raw: &Raw<'_>| raw.wire == wire) => {}
                None => {
                    let message = format!(
                        "the path has `{{{wire}}}`, and no parameter describes it: it is taken for text"
                    );
                    let help = "declare it under `parameters` with `in: path`";
                    self.diagnostics.push(
                        Diagnostic::warning(
                            "undeclared-path-parameter",
                            pointer.to_string(),
                            message,
                        )
                        .help(help),
                    );
                    ordered.push(Raw {
                        wire,
                        location: Location::Path,
                        schema: None,
                        description: "",
                        deprecated: false,
                        required: true,
                        style: Style::Plain,
                        is_object: false,
                        example: None,
                        pointer: pointer.to_string(),
                    });
                }
            }
        }
        found.retain(|raw| {
            let unused = raw.location == Location::Path;
            if unused {
                let message = format!(
                    "the path parameter `{}` is not in the path `{path}`: it is left out",
                    raw.wire
                );
                let warning =
                    Diagnostic::warning("unused-path-parameter", raw.pointer.clone(), message);
                let is_colon = |part: &str| part.strip_prefix(':') == Some(raw.wire);
                self.diagnostics.push(if path.split('/').any(is_colon) {
                    warning.help(format!("write `{{{0}}}` in place of `:{0}`", raw.wire))
                } else {
                    warning
                });
            }
            !unused
        });
        found.sort_by_key(|raw| raw.location);
        ordered.extend(found);
        ordered
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
        let (data, location, query_style) = match parameter {
            Parameter::Query {
                parameter_data,
                allow_reserved: _,
                style,
                allow_empty_value: _,
            } => (parameter_data, Location::Query, Some(style)),
            Parameter::Header {
                parameter_data,
                style: _,
            } => (parameter_data, Location::Header, None),
            Parameter::Path {
                parameter_data,
                style: _,
            } => (parameter_data, Location::Path, None),
            Parameter::Cookie {
                parameter_data,
                style: _,
            } => (parameter_data, Location::Cookie, None),
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
        // OpenAPI 3.0, 4.7.12.1: header parameters of these names are ignored. A token in `Authorization` is what it is.
        if location == Location::Header
            && ["accept", "content-type"].contains(&name.to_ascii_lowercase().as_str())
        {
            return None;
        }
        if location == Location::Header
            && !self.check_header_name(name, format!("{pointer}/name"), false)
        {
            return None;
        }
        let schema = match format {
            ParameterSchemaOrContent::Schema(schema) => {
                Some(Use::new(schema, format!("{pointer}/schema")))
            }
            ParameterSchemaOrContent::Content(_) => None,
        };
        let facts = schema.as_ref().map(|schema| self.schemas.facts(schema));
        let style = query_style.map_or(Style::Plain, |style| {
            style_of(style, *explode, facts.as_ref())
        });
        let is_object = facts.is_some_and(|facts| facts.typ == Some("object"));
        let first_example = examples
            .values()
            .find_map(|example| example.as_item()?.value.as_ref());
        Some(Raw {
            wire: name,
            location,
            schema,
            description: description.as_deref().unwrap_or_default(),
            deprecated: deprecated.unwrap_or_default(),
            required: *required,
            style,
            is_object,
            example: example.as_ref().or(first_example),
            pointer,
        })
    }
}

/// How a query parameter is written (OpenAPI 3.0, 4.7.12.2).
fn style_of(style: &QueryStyle, explode: Option<bool>, facts: Option<&Facts<'_>>) -> Style {
    let prefix = facts.and_then(|facts| facts.format?.strip_prefix("prefixed-collapsible-map-"));
    if let Some(prefix) = prefix {
        return Style::Prefixed(prefix.to_owned());
    }
    let has_entries = facts.is_some_and(|facts| {
        !facts.properties.is_empty() || !matches!(facts.additional, Additional::Unstated)
    });
    match (style, explode) {
        (QueryStyle::Form, Some(false)) => Style::Joined(","),
        (QueryStyle::Form, _) if has_entries => Style::Exploded,
        (QueryStyle::SpaceDelimited, None | Some(false)) => Style::Joined(" "),
        (QueryStyle::PipeDelimited, None | Some(false)) => Style::Joined("|"),
        (QueryStyle::DeepObject, _) => Style::DeepObject,
        (QueryStyle::Form | QueryStyle::SpaceDelimited | QueryStyle::PipeDelimited, _) => {
            Style::Plain
        }
    }
}
