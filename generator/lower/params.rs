//! Parameters and bodies: what a request takes.

use super::Lowering;
use super::body::{example_texts, holds_json};
use super::docs::{deprecated, described};
use super::schema::{Lowered, Position, Site};
use super::schemas::Use;
use crate::base::markdown;
use crate::base::pointer::Pointer;
use crate::model::api::{Body, Docs, Location, NoteKind, Param, Prefixes, Style, Type};
use crate::model::names::{Kind, Name, Scope};
use openapiv3::{MediaType, Operation, PathItem};
use serde_json::{Value, json};

/// The parameters of an operation, with a value for each that its examples may need.
pub(super) struct Inputs<'d> {
    pub params: Vec<Param>,
    pub samples: Vec<Value>,
    pub body: Body,
    /// The media type of the body, for its examples.
    pub media: Option<(&'d MediaType, String)>,
}

/// A parameter before its type is known.
pub(super) struct Raw<'d> {
    pub wire: &'d str,
    pub location: Location,
    pub schema: Option<Use<'d>>,
    pub description: &'d str,
    pub deprecated: bool,
    pub required: bool,
    pub style: Style,
    /// Whether its schema is an object, not just anything.
    pub is_object: bool,
    pub example: Option<&'d Value>,
    pub pointer: String,
}

impl<'d> Lowering<'d> {
    /// Reads the parameters and the body of an operation; none when the operation cannot be made.
    pub(super) fn inputs(
        &mut self,
        operation: &'d Operation,
        item: &'d PathItem,
        path: &'d str,
        module: &Name,
        owner: &Name,
        pointers: (&Pointer<'_>, &Pointer<'_>),
    ) -> Inputs<'d> {
        let (item_pointer, pointer) = pointers;
        let mut raws = self.path_params(operation, item, path, (item_pointer, pointer));
        let (body, media) = self.body(operation, pointer, &mut raws);
        let (names, mut scope) = claim_names(&raws);
        let texts: Vec<Vec<&Value>> = raws
            .iter()
            .map(|raw| example_texts(raw, media.as_ref().map(|(media, _)| *media)))
            .collect();
        let mut inputs = Inputs {
            params: Vec::new(),
            samples: Vec::new(),
            body,
            media,
        };
        for ((raw, name), texts) in raws.into_iter().zip(names).zip(texts) {
            let (mut param, sample) = self.param(&raw, name, module, owner, (&inputs.body, &texts));
            if needs_clear(&param, &inputs.body) {
                let spelling = format!("clear_{}", param.name);
                param.clear = Some(scope.claim(Kind::Clear, &spelling, &spelling));
            }
            inputs.params.push(param);
            inputs.samples.push(sample);
        }
        inputs
    }

    /// What is said of a parameter counts before what is said of its schema.
    fn param_docs(&self, raw: &Raw<'d>, of_schema: String) -> Docs {
        let facts = raw.schema.as_ref().map(|schema| self.schemas.facts(schema));
        let said = match facts {
            _ if raw.description.is_empty() => of_schema,
            Some(facts) => described(raw.description, &facts),
            None => raw.description.to_owned(),
        };
        markdown::docs(&if raw.deprecated {
            deprecated(&said)
        } else {
            said
        })
    }

    fn param(
        &mut self,
        raw: &Raw<'d>,
        name: Name,
        module: &Name,
        owner: &Name,
        (body, texts): (&Body, &[&Value]),
    ) -> (Param, Value) {
        let pointer = Pointer::to(&raw.pointer);
        let position = match (raw.location, body) {
            (Location::Body, Body::Json(_)) => Position::Input,
            (Location::Body, Body::Multipart) => Position::Part,
            _ => Position::Text,
        };
        let site = Site {
            module,
            owner: owner.as_str(),
            field: raw.wire,
            position,
        };
        let Lowered {
            mut ty,
            description,
            mut sensitive,
            nullable,
            mut limits,
            read_only: _,
            write_only: _,
            default: _,
        } = match &raw.schema {
            Some(schema) => self.schema(schema, site),
            None => Lowered {
                nullable: true,
                ..Lowered::of(type_without_schema(raw.location, body, position))
            },
        };
        if ty == Type::String
            && position == Position::Text
            && !texts.is_empty()
            && texts.iter().all(|text| holds_json(text))
        {
            ty = Type::JsonString;
        }
        if raw.location == Location::Path
            && matches!(ty, Type::JsonText | Type::List(_) | Type::Map(_))
        {
            self.note(
                NoteKind::Generalised,
                &pointer,
                format!("the path parameter `{}` is no single value: text", raw.wire),
            );
            ty = Type::String;
            limits.clear();
        }
        if raw.location == Location::Header && raw.wire.eq_ignore_ascii_case("authorization") {
            sensitive = true;
        }
        let location =
            if raw.location == Location::Path && raw.wire == "AccountSid" && self.is_account(&ty) {
                Location::Account
            } else {
                raw.location
            };
        let (ty, style) = styled(raw, ty);
        let sample = raw
            .example
            .filter(|value| self.fits(&ty, value))
            .cloned()
            .or_else(|| raw.schema.as_ref().map(|schema| self.sample(schema, &ty)))
            .unwrap_or_else(|| sample_of_any(&ty));
        let required = match location {
            Location::Path => true,
            Location::Account => false,
            Location::Query | Location::Header | Location::Cookie | Location::Body => {
                raw.required && !(nullable && position == Position::Input)
            }
        };
        let docs = self.param_docs(raw, description);
        (
            Param {
                name,
                clear: None,
                wire: raw.wire.to_owned(),
                location,
                style,
                limits,
                docs,
                ty,
                required,
                sensitive,
                pointer: raw.pointer.clone(),
            },
            sample,
        )
    }

    fn is_account(&self, ty: &Type) -> bool {
        let Type::Sid(sid) = ty else { return false };
        self.sids
            .get(&sid.kind)
            .is_some_and(|kind| kind.prefixes == Prefixes::Listed(vec!["AC".to_owned()]))
    }
}

/// The type of a parameter that has no schema, or of a whole body that names no fields.
fn type_without_schema(location: Location, body: &Body, position: Position) -> Type {
    match (location, body) {
        (Location::Path, _) | (Location::Body, Body::Text(_)) => Type::String,
        (Location::Body, Body::Bytes(_)) => Type::Bytes,
        (Location::Body, Body::Multipart) => Type::Map(Box::new(Type::File)),
        (Location::Body, Body::Form) => Type::Map(Box::new(Type::String)),
        _ => position.any(),
    }
}

/// A value of a parameter that has no schema.
fn sample_of_any(ty: &Type) -> Value {
    match ty {
        Type::Map(values) if **values == Type::File => json!({ "file": "value" }),
        Type::String => json!("value"),
        _ => json!({}),
    }
}

/// How a parameter is written, and the type that goes with it: objects that travel as entries are maps of text.
fn styled(raw: &Raw<'_>, ty: Type) -> (Type, Style) {
    let entries = || Type::Map(Box::new(Type::String));
    match (&raw.style, &ty) {
        (Style::Joined(_), Type::List(_)) | (Style::Exploded, Type::Map(_)) => {
            (ty, raw.style.clone())
        }
        (Style::DeepObject | Style::Exploded, Type::JsonText) if raw.is_object => {
            (entries(), raw.style.clone())
        }
        (Style::Prefixed(_), _) => (entries(), raw.style.clone()),
        _ => (ty, Style::Plain),
    }
}

/// Claims a name for each parameter; where two of different places share one, the later says where it travels.
fn claim_names(raws: &[Raw<'_>]) -> (Vec<Name>, Scope) {
    let mut seen: Vec<Name> = Vec::new();
    let spellings: Vec<(String, String)> = raws
        .iter()
        .map(|raw| {
            let plain = Scope::new("").claim(Kind::Setter, raw.wire, raw.wire);
            let spelling = if seen.contains(&plain) {
                let place = match raw.location {
                    Location::Path | Location::Account => "path",
                    Location::Query => "query",
                    Location::Header => "header",
                    Location::Cookie => "cookie",
                    Location::Body => "body",
                };
                format!("{place}_{}", raw.wire)
            } else {
                raw.wire.to_owned()
            };
            seen.push(plain);
            (spelling, format!("{:?} {}", raw.location, raw.wire))
        })
        .collect();
    let pairs = spellings
        .iter()
        .map(|(spelling, identity)| (spelling.as_str(), identity.as_str()));
    let mut scope = Scope::new("");
    (scope.claim_each(Kind::Setter, pairs), scope)
}

/// Whether a form field can be cleared, and its type has no value that says so.
fn needs_clear(param: &Param, body: &Body) -> bool {
    let has_empty_value = match &param.ty {
        Type::String
        | Type::JsonText
        | Type::JsonString
        | Type::Named(_)
        | Type::List(_)
        | Type::Map(_)
        | Type::Tuple(_)
        | Type::Json
        | Type::PageMeta
        | Type::File
        | Type::Bytes => true,
        Type::Bool
        | Type::Integer(_)
        | Type::F64
        | Type::DateTime
        | Type::Rfc2822
        | Type::Date
        | Type::Time
        | Type::Duration
        | Type::Uuid
        | Type::Base64
        | Type::Nullable(_)
        | Type::Sid(_)
        | Type::Custom(_) => false,
    };
    *body == Body::Form && param.location == Location::Body && !param.required && !has_empty_value
}

/// Arguments that nobody has to count.
const MOST_ARGUMENTS: usize = 7;

/// Decides how the required parameters reach `new`: by name, unless they are few and no two could be swapped unnoticed.
pub(super) fn needs_names<'t>(required: impl Iterator<Item = &'t Type>) -> bool {
    let mut seen: Vec<String> = Vec::new();
    for class in required.map(argument_class) {
        if seen.contains(&class) || seen.len() == MOST_ARGUMENTS {
            return true;
        }
        seen.push(class);
    }
    false
}

/// What the compiler tells apart in an argument: everything that takes text is of one class, and so are whole numbers.
fn argument_class(ty: &Type) -> String {
    match ty {
        Type::String | Type::JsonText | Type::JsonString | Type::Json => "text".to_owned(),
        Type::Integer(_) => "integer".to_owned(),
        Type::DateTime | Type::Rfc2822 => "instant".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::F64 => "float".to_owned(),
        Type::Date => "date".to_owned(),
        Type::Time => "time".to_owned(),
        Type::Duration => "duration".to_owned(),
        Type::Uuid => "uuid".to_owned(),
        Type::Nullable(inner) => format!("optional {}", argument_class(inner)),
        Type::Tuple(positions) => {
            let classes: Vec<String> = positions.iter().map(argument_class).collect();
            format!("tuple of {}", classes.join(", "))
        }
        Type::Sid(sid) => sid.kind.to_string(),
        Type::Named(path) => format!("{}::{}", path.module, path.name),
        Type::List(items) => format!("list of {}", argument_class(items)),
        Type::Map(values) => format!("map of {}", argument_class(values)),
        Type::PageMeta => "page".to_owned(),
        Type::Custom(custom) => custom.path.as_str().to_owned(),
        Type::Base64 | Type::File | Type::Bytes => "bytes".to_owned(),
    }
}
