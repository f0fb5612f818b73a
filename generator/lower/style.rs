//! How a value is written outside of JSON: the styles of parameters and of the fields of forms.

use super::Lowering;
use super::media::{essence, is_json};
use super::schemas::{Kind, Use};
use crate::base::pointer::Pointer;
use crate::model::api::{NoteKind, Style};
use openapiv3::{CookieStyle, Encoding, HeaderStyle, PathStyle, QueryStyle};

/// The format of Twilio's parameters whose entries are parameters of their own.
const PREFIXED: &str = "prefixed-collapsible-map-";

/// How deep lists in lists and unions in unions are looked into.
const DEPTH: usize = 8;

/// How a field of a form is written.
pub(super) struct FieldStyle {
    pub style: Style,
    pub reserved: bool,
}

impl<'d> Lowering<'d> {
    /// Returns the style of a query parameter (OpenAPI 3.0, 4.7.12.2).
    pub(super) fn query_style(
        &mut self,
        style: &QueryStyle,
        explode: Option<bool>,
        schema: Option<&Use<'d>>,
        at: &str,
    ) -> Style {
        let facts = schema.map(|schema| self.schemas.facts(schema));
        let format = facts.and_then(|facts| facts.format);
        if let Some(prefix) = format.and_then(|format| format.strip_prefix(PREFIXED)) {
            return Style::Prefixed(prefix.to_owned());
        }
        let style = query_style(style, explode);
        self.check_nesting(&style, schema, at);
        style
    }

    pub(super) fn path_style(
        &mut self,
        style: &PathStyle,
        explode: Option<bool>,
        schema: Option<&Use<'d>>,
        at: &str,
    ) -> Style {
        let explode = explode.unwrap_or(false);
        let style = match style {
            PathStyle::Simple => Style::Simple { explode },
            PathStyle::Label => Style::Label { explode },
            PathStyle::Matrix => Style::Matrix { explode },
        };
        self.check_nesting(&style, schema, at);
        style
    }

    pub(super) fn header_style(
        &mut self,
        HeaderStyle::Simple: &HeaderStyle,
        explode: Option<bool>,
        schema: Option<&Use<'d>>,
        at: &str,
    ) -> Style {
        let explode = explode.unwrap_or(false);
        let style = Style::Simple { explode };
        self.check_nesting(&style, schema, at);
        style
    }

    pub(super) fn cookie_style(
        &mut self,
        CookieStyle::Form: &CookieStyle,
        explode: Option<bool>,
        schema: Option<&Use<'d>>,
        at: &str,
    ) -> Style {
        let explode = explode.unwrap_or(true);
        let style = Style::Form { explode };
        self.check_nesting(&style, schema, at);
        style
    }

    /// Returns the style of a field of a form (OpenAPI 3.0, 4.7.15): by its `style`, else by its `contentType`.
    pub(super) fn field_style(
        &mut self,
        encoding: Option<&Encoding>,
        schema: &Use<'d>,
        at: &str,
    ) -> FieldStyle {
        let plain = FieldStyle {
            style: Style::form(),
            reserved: false,
        };
        let Some(Encoding {
            content_type,
            headers: _,
            style,
            explode,
            allow_reserved,
            extensions: _,
        }) = encoding
        else {
            if self.conventions.writes_json_in_forms() && self.is_structured(schema, DEPTH) {
                let style = Style::TextOrJson;
                return FieldStyle { style, ..plain };
            }
            self.check_nesting(&plain.style, Some(schema), at);
            return plain;
        };
        let json = |content_type: &str| is_json(&essence(content_type));
        let style = match (style, content_type) {
            (Some(style), _) => query_style(style, Some(*explode)),
            (None, Some(content_type)) if json(content_type) => Style::Json,
            (None, _) => Style::form(),
        };
        self.check_nesting(&style, Some(schema), at);
        FieldStyle {
            style,
            reserved: *allow_reserved,
        }
    }

    /// Whether values are objects, of several types, or of any.
    fn is_structured(&self, schema: &Use<'d>, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else {
            return true;
        };
        let schema = self.schemas.classify(&self.schemas.resolved(schema));
        schema.is_none_or(|schema| match &schema.kind {
            Kind::Any | Kind::Map(_) | Kind::Struct | Kind::Union(_) | Kind::Tuple(_) => true,
            Kind::List(items) => {
                let items = items.as_ref();
                items.is_none_or(|items| self.is_structured(items, depth))
            }
            Kind::Scalar(_) | Kind::TextEnum | Kind::IntegerEnum | Kind::Same(_) => false,
        })
    }

    /// Notes what no style is defined for: values inside of values, and lists in `deepObject`.
    fn check_nesting(&mut self, style: &Style, schema: Option<&Use<'d>>, at: &str) {
        let Some(schema) = schema else { return };
        let message = match style {
            Style::Json | Style::TextOrJson | Style::EachTextOrJson | Style::Prefixed(_) => {
                return;
            }
            Style::DeepObject if self.is_list(schema) => {
                "OpenAPI does not define `deepObject` for a list: each item is sent under its index, `name[0]=a`"
            }
            Style::DeepObject if self.has_structured_parts(schema, DEPTH) => {
                "OpenAPI does not define `deepObject` for values inside of values: they are sent as `name[a][b]=c`, and a list repeats its name"
            }
            Style::Simple { .. }
            | Style::Label { .. }
            | Style::Matrix { .. }
            | Style::Form { .. }
            | Style::SpaceDelimited
            | Style::PipeDelimited
                if self.has_structured_parts(schema, DEPTH) =>
            {
                "OpenAPI does not define a style for lists and objects inside of the value: they are sent as JSON text; a list in an exploded object repeats its name"
            }
            Style::Simple { .. }
            | Style::Label { .. }
            | Style::Matrix { .. }
            | Style::Form { .. }
            | Style::SpaceDelimited
            | Style::PipeDelimited
            | Style::DeepObject => return,
        };
        self.note(NoteKind::Generalised, &Pointer::to(at), message);
    }

    fn is_list(&self, schema: &Use<'d>) -> bool {
        let schema = self.schemas.classify(&self.schemas.resolved(schema));
        schema.is_some_and(|schema| matches!(schema.kind, Kind::List(_) | Kind::Tuple(_)))
    }

    /// Whether the items or the members of a value are lists or objects themselves.
    fn has_structured_parts(&self, schema: &Use<'d>, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else {
            return true;
        };
        let Some(schema) = self.schemas.classify(&self.schemas.resolved(schema)) else {
            return false;
        };
        let is_nested = |one: &Use<'d>| {
            let one = self.schemas.classify(&self.schemas.resolved(one));
            one.is_some_and(|one| match one.kind {
                Kind::List(_) | Kind::Tuple(_) | Kind::Map(_) | Kind::Struct => true,
                Kind::Any
                | Kind::Scalar(_)
                | Kind::TextEnum
                | Kind::IntegerEnum
                | Kind::Union(_)
                | Kind::Same(_) => false,
            })
        };
        match &schema.kind {
            Kind::List(inner) | Kind::Map(inner) => inner.as_ref().is_some_and(is_nested),
            Kind::Tuple(positions) => positions.iter().any(is_nested),
            Kind::Struct => schema.facts.properties.values().any(is_nested),
            Kind::Union(union) => union
                .alternatives
                .iter()
                .any(|one| self.has_structured_parts(one, depth)),
            Kind::Any | Kind::Scalar(_) | Kind::TextEnum | Kind::IntegerEnum | Kind::Same(_) => {
                false
            }
        }
    }
}

fn query_style(style: &QueryStyle, explode: Option<bool>) -> Style {
    match (style, explode) {
        (QueryStyle::Form, explode) => Style::Form {
            explode: explode.unwrap_or(true),
        },
        (QueryStyle::SpaceDelimited, None | Some(false)) => Style::SpaceDelimited,
        (QueryStyle::PipeDelimited, None | Some(false)) => Style::PipeDelimited,
        (QueryStyle::SpaceDelimited | QueryStyle::PipeDelimited, Some(true)) => Style::form(),
        (QueryStyle::DeepObject, _) => Style::DeepObject,
    }
}
