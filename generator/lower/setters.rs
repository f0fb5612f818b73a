//! What the setters of a request are called, and which parameters have a method that clears them.

use super::raw::{Raw, RawFormat};
use crate::model::api::{Body, BodyFormat, BodyFormats, Location, Param, Type};
use crate::model::names::{Kind, Name, Scope};

/// Claims a name for each parameter; where two of different places share one, the later says where it is sent.
pub(super) fn claim_names(raws: &[Raw<'_>]) -> (Vec<Name>, Scope) {
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

/// Claims the names of the methods that choose another format, and of the field that remembers which.
pub(super) fn claim_formats(formats: Vec<RawFormat>, scope: &mut Scope) -> Option<BodyFormats> {
    if formats.is_empty() {
        return None;
    }
    let each = formats.into_iter().map(|format| {
        let RawFormat {
            spelling,
            media_type,
            writing,
        } = format;
        BodyFormat {
            method: scope.claim(Kind::Clear, &spelling, &media_type),
            media_type,
            writing,
        }
    });
    let each = each.collect();
    let field = scope.claim(Kind::Clear, "media_type", "media_type_of_the_body");
    Some(BodyFormats { field, each })
}

/// Whether a parameter can be sent empty, and its type has no value that says so.
pub(super) fn needs_clear(raw: &Raw<'_>, param: &Param, is_nullable: bool, body: &Body) -> bool {
    if param.required {
        return false;
    }
    match (param.location, body) {
        (Location::Query, _) => raw.takes_empty && !has_empty_value(&param.ty),
        (Location::Body, Body::Form) => !has_empty_value(&param.ty),
        (Location::Body, Body::Json(_)) => is_nullable && param.ty != Type::Json,
        _ => false,
    }
}

fn has_empty_value(ty: &Type) -> bool {
    match ty {
        Type::String
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
    }
}
