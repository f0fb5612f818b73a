//! Parameters and bodies: what a request takes.

use super::Lowering;
use super::docs::{deprecated, described};
use super::lowered::Lowered;
use super::open_enum::constant;
use super::param_samples::can_be_sent;
use super::raw::{BodyChoice, Raw, is_content_type};
use super::schema::{Position, Site};
use super::schemas::Use;
use super::secret::is_secret;
use super::setters::{claim_formats, claim_names, needs_clear};
use crate::base::markdown;
use crate::model::api::{
    Body, BodyFormats, ConstantParam, ContentType, Docs, Location, Param, Part, Prefixes, Style,
    Type,
};
use crate::model::names::{Kind, Name};
use openapiv3::MediaType;
use serde_json::Value;

/// The parameters of a request, with a value for each that its examples may need.
pub(super) struct Inputs<'d> {
    pub params: Vec<Param>,
    pub samples: Vec<Value>,
    pub constants: Vec<ConstantParam>,
    pub body: Body,
    pub formats: Option<BodyFormats>,
    /// The media type of the body, for its examples.
    pub media: Option<(&'d MediaType, String)>,
}

/// The request that parameters belong to.
#[derive(Clone, Copy)]
struct Request<'r> {
    module: &'r Name,
    owner: &'r Name,
    body: &'r Body,
}

impl<'d> Lowering<'d> {
    /// Decides what a request takes: its declared parameters, and what its body consists of.
    pub(super) fn inputs(
        &mut self,
        declared: &[Raw<'d>],
        choice: BodyChoice<'d>,
        (module, owner): (&Name, &Name),
    ) -> Inputs<'d> {
        let BodyChoice {
            body,
            raws: of_body,
            formats,
            media,
            suffix: _,
        } = choice;
        let mut constants = Vec::new();
        let all = declared.iter().cloned().chain(of_body);
        let raws: Vec<Raw<'d>> = all
            .filter(|raw| match self.constant_of_param(raw, &body) {
                Some(constant) => {
                    constants.push(constant);
                    false
                }
                None => true,
            })
            .collect();
        let (names, mut scope) = claim_names(&raws);
        let body = with_content_type(body, &raws, &names);
        let request = Request {
            module,
            owner,
            body: &body,
        };
        let mut params = Vec::new();
        let mut samples = Vec::new();
        for (raw, name) in raws.into_iter().zip(names) {
            let (mut param, sample, is_nullable) = self.param(&raw, name, request);
            if needs_clear(&raw, &param, is_nullable, &body) {
                let spelling = format!("clear_{}", param.name);
                param.clear = Some(scope.claim(Kind::Clear, &spelling, &spelling));
            }
            params.push(param);
            samples.push(sample);
        }
        let formats = claim_formats(formats, &mut scope);
        Inputs {
            params,
            samples,
            constants,
            body,
            formats,
            media,
        }
    }

    /// Returns a required parameter that has one possible value.
    fn constant_of_param(&self, raw: &Raw<'d>, body: &Body) -> Option<ConstantParam> {
        let is_whole_body = raw.location == Location::Body && !body.has_fields();
        if !raw.required || is_whole_body || raw.style.is_json() {
            return None;
        }
        let schema = self
            .schemas
            .classify(&self.schemas.resolved(raw.schema.as_ref()?))?;
        Some(ConstantParam {
            wire: raw.wire.to_owned(),
            location: raw.location,
            value: constant(&schema.facts)?,
            pointer: raw.pointer.clone(),
        })
    }

    /// The description of a parameter counts before that of its schema.
    fn param_docs(&self, raw: &Raw<'d>, of_schema: String) -> Docs {
        let facts = raw.schema.as_ref().map(|schema| self.schemas.facts(schema));
        let text = match facts {
            _ if raw.description.is_empty() => of_schema,
            Some(facts) => described(raw.description, &facts),
            None => raw.description.to_owned(),
        };
        markdown::docs(&if raw.deprecated {
            deprecated(&text)
        } else {
            text
        })
    }

    /// Returns a parameter, a value for it, and whether that may be null.
    fn param(&mut self, raw: &Raw<'d>, name: Name, request: Request<'_>) -> (Param, Value, bool) {
        let Lowered {
            ty,
            description,
            sensitive,
            nullable,
            limits,
            read_only: _,
            write_only: _,
            default,
        } = self.lowered_param(raw, request);
        let (ty, part) = self.part_of(raw, ty);
        let is_json_body = raw.location == Location::Body
            && matches!(request.body, Body::Json(_) | Body::JsonLines(_));
        let ty = match raw.style {
            Style::Prefixed(_) => Type::Map(Box::new(Type::String)),
            _ if is_json_body && nullable && raw.required && ty != Type::Json => {
                Type::Nullable(Box::new(ty))
            }
            _ => ty,
        };
        let location = self.location_of(raw, &ty);
        let sample = self.sample_of_param(raw, &ty, location);
        let is_scalar = ty.is_scalar() && part.as_ref().is_none_or(|part| !part.has_headers);
        let sends_default = raw.required
            && is_scalar
            && location != Location::Account
            && !is_json_body
            && default
                .as_ref()
                .is_some_and(|default| self.fits(&ty, default) && can_be_sent(location, default));
        let is_required = match location {
            Location::Path => true,
            Location::Account => false,
            Location::Query | Location::Header | Location::Cookie | Location::Body => raw.required,
        };
        let rules = raw.schema.as_ref().map(|place| self.rules(place));
        let param = Param {
            name,
            clear: None,
            wire: raw.wire.to_owned(),
            location,
            docs: self.param_docs(raw, description),
            required: is_required && !sends_default,
            default,
            sends_default,
            style: match (&raw.style, &ty) {
                (Style::TextOrJson, Type::List(_)) => Style::EachTextOrJson,
                (style, _) => style.clone(),
            },
            reserved: raw.reserved,
            part,
            // A value of any type has no limits that are known.
            limits: if ty == Type::Json { Vec::new() } else { limits },
            rules: rules.unwrap_or_default(),
            sensitive: sensitive || is_secret(raw.wire, request.owner.as_str(), &ty),
            ty,
            pointer: raw.pointer.clone(),
        };
        (param, sample, nullable)
    }

    fn lowered_param(&mut self, raw: &Raw<'d>, request: Request<'_>) -> Lowered {
        let position = match (raw.location, request.body) {
            (Location::Body, Body::Multipart(_)) => Position::Part,
            _ => Position::Input,
        };
        let site = Site {
            module: request.module,
            owner: request.owner.as_str(),
            field: raw.wire,
            position,
        };
        match (&raw.schema, raw.location, request.body) {
            (Some(schema), Location::Body, Body::JsonLines(_)) => self.lines(schema, site),
            (Some(schema), Location::Body, Body::Text(_)) => {
                let lowered = self.schema(schema, site);
                if lowered.ty.is_scalar() {
                    lowered
                } else {
                    Lowered::of(Type::String)
                }
            }
            (_, Location::Body, Body::Bytes(_)) => Lowered::of(Type::Bytes),
            (Some(schema), ..) => self.schema(schema, site),
            (None, location, body) => Lowered::of(type_without_schema(location, body)),
        }
    }

    /// Returns a list of what is sent line by line.
    fn lines(&mut self, schema: &Use<'d>, site: Site<'_>) -> Lowered {
        let lowered = self.schema(schema, site);
        match lowered.ty {
            Type::List(_) => lowered,
            ty => Lowered {
                limits: Vec::new(),
                ty: Type::List(Box::new(ty)),
                ..lowered
            },
        }
    }

    fn part_of(&mut self, raw: &Raw<'d>, ty: Type) -> (Type, Option<Part>) {
        match &raw.part {
            Some(encoding) => {
                let (ty, part) = self.part(ty, encoding, raw.schema.as_ref(), &raw.pointer);
                (ty, Some(part))
            }
            None => (ty, None),
        }
    }

    fn location_of(&self, raw: &Raw<'d>, ty: &Type) -> Location {
        let is_account =
            raw.location == Location::Path && raw.wire == "AccountSid" && self.is_account(ty);
        if is_account {
            Location::Account
        } else {
            raw.location
        }
    }

    fn is_account(&self, ty: &Type) -> bool {
        let Type::Sid(sid) = ty else { return false };
        self.sids
            .get(&sid.kind)
            .is_some_and(|kind| kind.prefixes == Prefixes::Listed(vec!["AC".to_owned()]))
    }
}

/// The type of a parameter that has no schema, or of a whole body that names no fields.
fn type_without_schema(location: Location, body: &Body) -> Type {
    match (location, body) {
        (Location::Body, Body::Bytes(_)) => Type::Bytes,
        (Location::Body, Body::Multipart(_)) => Type::Map(Box::new(Type::File)),
        (Location::Body, Body::Form) => Type::Map(Box::new(Type::String)),
        (Location::Body, Body::JsonLines(_)) => Type::List(Box::new(Type::Json)),
        (Location::Body, Body::Json(_)) => Type::Json,
        _ => Type::String,
    }
}

/// Puts the name of the parameter for the media type into a body that has one.
fn with_content_type(body: Body, raws: &[Raw<'_>], names: &[Name]) -> Body {
    let given = |content_type: ContentType, usual: &str| {
        let mut each = raws.iter().zip(names);
        match (content_type, each.find(|(raw, _)| is_content_type(raw))) {
            (ContentType::Fixed(fixed), Some((_, name))) => {
                let is_range = fixed.contains('*') || !fixed.contains('/');
                let default = if is_range { usual.to_owned() } else { fixed };
                ContentType::Given(name.clone(), default)
            }
            (content_type, _) => content_type,
        }
    };
    match body {
        Body::Text(content_type) => Body::Text(given(content_type, "text/plain")),
        Body::Bytes(content_type) => Body::Bytes(given(content_type, "application/octet-stream")),
        Body::None | Body::Form | Body::Json(_) | Body::JsonLines(_) | Body::Multipart(_) => body,
    }
}
