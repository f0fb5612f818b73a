//! The parts of multipart bodies (OpenAPI 3.0, 4.7.14.4 and 4.7.15).

use super::Lowering;
use super::raw::{PartEncoding, Separator};
use super::schemas::{Kind, Use};
use crate::base::MEDIA_TYPE;
use crate::base::pointer::Pointer;
use crate::model::api::{NamedKind, NoteKind, Part, PartKind, Type};
use serde_json::Value;

impl<'d> Lowering<'d> {
    /// Returns how a part is written, with its type, which the media type may change.
    pub(super) fn part(
        &mut self,
        ty: Type,
        encoding: &PartEncoding,
        schema: Option<&Use<'d>>,
        at: &str,
    ) -> (Type, Part) {
        let (ty, kind) = self.kind_of_part(ty, encoding, schema, at);
        if kind == PartKind::Json && encoding.separator.is_some() {
            let message = "the style of the part: it is sent as JSON";
            self.note(NoteKind::Generalised, &Pointer::to(at), message);
        }
        let has_headers = encoding.has_headers && kind != PartKind::File;
        if has_headers && matches!(ty, Type::List(_)) {
            let message = "the headers of the parts of a list";
            self.note(NoteKind::Generalised, &Pointer::to(at), message);
        }
        let part = Part {
            kind,
            content_type: match encoding.content_types.as_slice() {
                [] if kind != PartKind::Json => {
                    schema.and_then(|schema| self.described_media_type(schema))
                }
                _ => encoding.content_type(),
            },
            has_headers: has_headers && !matches!(ty, Type::List(_)),
        };
        (ty, part)
    }

    fn kind_of_part(
        &mut self,
        ty: Type,
        encoding: &PartEncoding,
        schema: Option<&Use<'d>>,
        at: &str,
    ) -> (Type, PartKind) {
        let base = match &ty {
            Type::List(items) => items.as_ref(),
            ty => ty,
        };
        let wrap = |inner: Type| match &ty {
            Type::List(_) => Type::List(Box::new(inner)),
            _ => inner,
        };
        if is_files(base) {
            return (ty, PartKind::File);
        }
        if matches!(&ty, Type::Map(values) if **values == Type::File) {
            return (ty, PartKind::Files);
        }
        if encoding.is_json() {
            return (ty, PartKind::Json);
        }
        if base.is_scalar() {
            let kind = self.kind_of_text(&ty, encoding, at);
            return (ty, kind);
        }
        let is_untyped = schema.is_some_and(|schema| self.is_any(schema, &ty));
        if is_untyped && encoding.is_text() {
            return (wrap(Type::String), PartKind::Text);
        }
        if is_untyped {
            return (wrap(Type::File), PartKind::File);
        }
        if !encoding.content_types.is_empty() {
            let message = format!(
                "the value is sent as text of the media type `{}`, which the caller writes",
                encoding.content_types.join(", ")
            );
            self.note(NoteKind::Generalised, &Pointer::to(at), message);
            return (wrap(Type::String), PartKind::Text);
        }
        let is_union = |ty: &Type| matches!(ty, Type::Named(path) if path.kind == NamedKind::Union);
        let kind = if is_union(base) || *base == Type::Json {
            PartKind::Value
        } else {
            PartKind::Json
        };
        (ty, kind)
    }

    /// Returns how text is written, and lists of it: as a part for each item, unless the description has them in one.
    fn kind_of_text(&mut self, ty: &Type, encoding: &PartEncoding, at: &str) -> PartKind {
        match (ty, encoding.separator) {
            (Type::List(_), Some(Separator::Comma)) => PartKind::Joined,
            (Type::List(_), Some(Separator::Other)) => {
                let message = "the style of the list: it is sent as a part for each item";
                self.note(NoteKind::Generalised, &Pointer::to(at), message);
                PartKind::Text
            }
            _ => PartKind::Text,
        }
    }

    /// Returns the media type of what a text contains, or each text of a list (OpenAPI 3.1, 4.8.14.5).
    fn described_media_type(&self, schema: &Use<'d>) -> Option<String> {
        let facts = self.schemas.facts(&self.schemas.resolved(schema));
        let stated = facts.extension(MEDIA_TYPE).and_then(Value::as_str);
        match (stated, &facts.items) {
            (None, Some(items)) => self.described_media_type(items),
            (stated, _) => stated.map(str::to_owned),
        }
    }

    /// Whether nothing is described for a value, or of the items of a list: in a multipart body, these are bytes (OpenAPI 3.1,
    /// 4.8.15).
    fn is_any(&self, schema: &Use<'d>, ty: &Type) -> bool {
        let schema = self.schemas.classify(&self.schemas.resolved(schema));
        let Some(schema) = schema else { return false };
        match (&schema.kind, ty) {
            (Kind::Any, _) => schema.facts.typ.is_none(),
            (Kind::List(Some(items)), Type::List(inner)) => self.is_any(items, inner),
            _ => false,
        }
    }
}

fn is_files(ty: &Type) -> bool {
    match ty {
        Type::File => true,
        Type::List(items) => is_files(items),
        _ => false,
    }
}
