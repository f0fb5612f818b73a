//! The rules of the runtime's decoder (`templates/runtime/decode`), for the value of an example.

use super::text::has_uuid_hyphens;
use super::{Checker, Mode, is_text_of, member_name, number, rfc3339, selection};
use crate::model::api::{
    Access, Constant, IntegerType, Literal, Model, ModelField, NamedKind, Presence, Type, TypePath,
    Union, keeps_all,
};
use crate::model::wire;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// The type cannot be made of the value.
pub(super) struct Mismatch;

type Outcome = Result<(), Mismatch>;

/// A value that is being decoded.
pub(super) struct Decoding<'c, 'a> {
    pub checker: &'c Checker<'a>,
    pub mode: Mode,
    /// Whether the description has the value, which types of the user's are to take, as they need not take what is made up.
    pub is_given: bool,
    /// Where something had to be taken out or converted.
    pub found: Vec<String>,
}

impl Decoding<'_, '_> {
    pub fn decode(&mut self, ty: &Type, value: &Value, path: &str) -> Outcome {
        match ty {
            Type::String | Type::Base64 | Type::File | Type::Bytes => {
                self.string(value, path).map(drop)
            }
            Type::Bool => self.bool(value, path),
            Type::Integer(integer) => self.integer(*integer, value, path).map(drop),
            Type::F64 => self.float(value, path),
            Type::DateTime => self.date_time(value, path),
            Type::Rfc2822 | Type::Date | Type::Time | Type::Duration => {
                self.text(value, path, |text| is_text_of(ty, text))
            }
            Type::Uuid => {
                self.text(value, path, |text| is_text_of(ty, text))?;
                if !value.as_str().is_some_and(has_uuid_hyphens) {
                    self.note(path);
                }
                Ok(())
            }
            Type::Sid(sid) => {
                let kind = self.checker.sids.get(&sid.kind);
                self.text(value, path, |text| {
                    kind.is_some_and(|kind| kind.matches(text))
                })
            }
            Type::Json => Ok(()),
            Type::Nullable(_) if value.is_null() => Ok(()),
            Type::Nullable(inner) => self.decode(inner, value, path),
            Type::List(items) => self.list(items, value, path),
            Type::Map(values) => self.map(values, value, path),
            Type::Tuple(positions) => self.tuple(positions, value, path),
            Type::PageMeta => self.page_meta(value, path),
            Type::Named(target) => self.named(target, value, path),
            Type::Custom(custom) => or_mismatch(
                custom.form.has(value) && (self.is_given || custom.sample.as_ref() == Some(value)),
            ),
        }
    }

    fn note(&mut self, path: &str) {
        self.found.push(path.to_owned());
    }

    /// Decodes a value that can be done without: what does not decode is one deviation.
    pub fn or_left_out(&mut self, ty: &Type, value: &Value, path: &str) {
        let before = self.found.len();
        if self.decode(ty, value, path).is_err() {
            self.found.truncate(before);
            self.note(path);
        }
    }

    fn string<'v>(&mut self, value: &'v Value, path: &str) -> Result<Cow<'v, str>, Mismatch> {
        match value {
            Value::String(text) => Ok(Cow::Borrowed(text)),
            Value::Number(_) | Value::Bool(_) => {
                self.note(path);
                Ok(Cow::Owned(value.to_string()))
            }
            Value::Null | Value::Array(_) | Value::Object(_) => Err(Mismatch),
        }
    }

    fn text(&mut self, value: &Value, path: &str, is_valid: impl FnOnce(&str) -> bool) -> Outcome {
        or_mismatch(is_valid(&self.string(value, path)?))
    }

    fn bool(&mut self, value: &Value, path: &str) -> Outcome {
        match value {
            Value::Bool(_) => Ok(()),
            Value::String(text) if matches!(text.as_str(), "true" | "True" | "false" | "False") => {
                self.note(path);
                Ok(())
            }
            _ => Err(Mismatch),
        }
    }

    /// Returns the digits of a number, which may be in a string.
    fn digits(&mut self, value: &Value, path: &str) -> Result<String, Mismatch> {
        match value {
            Value::Number(number) => Ok(number.to_string()),
            Value::String(text) if super::text::is_number(text) => {
                self.note(path);
                Ok(text.clone())
            }
            _ => Err(Mismatch),
        }
    }

    fn integer(
        &mut self,
        integer: IntegerType,
        value: &Value,
        path: &str,
    ) -> Result<i128, Mismatch> {
        let (least, most) = integer.range();
        let number = number::integer(&self.digits(value, path)?).map_err(|_| Mismatch)?;
        if (least..=most).contains(&number) {
            Ok(number)
        } else {
            Err(Mismatch)
        }
    }

    fn float(&mut self, value: &Value, path: &str) -> Outcome {
        let float = number::float(&self.digits(value, path)?).ok_or(Mismatch)?;
        if float.is_rounded {
            self.note(path);
        }
        Ok(())
    }

    fn date_time(&mut self, value: &Value, path: &str) -> Outcome {
        let text = self.string(value, path)?;
        let (_, flaws) = rfc3339::date_time(&text).ok_or(Mismatch)?;
        let rfc3339::Flaws {
            has_space,
            has_no_offset,
            has_short_offset,
            is_rounded,
        } = flaws;
        let is_other = self.mode == Mode::ComesBack && !wire::is_plain_date_time(&text);
        for flaw in [
            has_space,
            has_no_offset,
            has_short_offset,
            is_rounded,
            is_other,
        ] {
            if flaw {
                self.note(path);
            }
        }
        Ok(())
    }

    fn list(&mut self, items: &Type, value: &Value, path: &str) -> Outcome {
        for (index, value) in value.as_array().ok_or(Mismatch)?.iter().enumerate() {
            self.or_left_out(items, value, &format!("{path}[{index}]"));
        }
        Ok(())
    }

    fn map(&mut self, values: &Type, value: &Value, path: &str) -> Outcome {
        for (key, value) in value.as_object().ok_or(Mismatch)? {
            self.or_left_out(values, value, &member_path(path, key));
        }
        Ok(())
    }

    fn tuple(&mut self, positions: &[Type], value: &Value, path: &str) -> Outcome {
        let values = value.as_array().ok_or(Mismatch)?;
        for (index, ty) in positions.iter().enumerate() {
            match values.get(index) {
                Some(value) => self.decode(ty, value, &format!("{path}[{index}]"))?,
                None if can_be_missing(ty) => self.note(path),
                None => return Err(Mismatch),
            }
        }
        if values.len() > positions.len() {
            self.note(path);
        }
        Ok(())
    }

    fn page_meta(&mut self, value: &Value, path: &str) -> Outcome {
        let members = value.as_object().ok_or(Mismatch)?;
        for (name, ty) in [
            ("key", Type::String),
            ("page", Type::Integer(IntegerType::I64)),
            ("page_size", Type::Integer(IntegerType::I64)),
            ("url", Type::String),
            ("first_page_url", Type::String),
            ("previous_page_url", Type::String),
            ("next_page_url", Type::String),
        ] {
            if let Some(value) = members.get(name).filter(|value| !value.is_null()) {
                self.or_left_out(&ty, value, &member_path(path, name));
            }
        }
        Ok(())
    }

    fn named(&mut self, target: &TypePath, value: &Value, path: &str) -> Outcome {
        let checker = self.checker;
        let key = (&target.module, &target.name);
        let listed = checker.closed.get(&key);
        let listed = listed.map(|closed| closed.variants.iter().map(|variant| &variant.wire));
        match target.kind {
            NamedKind::TextEnum => {
                let text = self.string(value, path)?;
                let is_text = |one: &Literal| matches!(one, Literal::Text(one) if *one == text);
                or_mismatch(listed.is_none_or(|mut listed| listed.any(is_text)))
            }
            NamedKind::IntegerEnum => {
                let found = self.integer(IntegerType::I64, value, path)?;
                let is_found = |one: &Literal| matches!(one, Literal::Integer(one) if i128::from(*one) == found);
                or_mismatch(listed.is_none_or(|mut listed| listed.any(is_found)))
            }
            NamedKind::Model => {
                let model = checker.models.get(&key).ok_or(Mismatch)?;
                self.model(model, value.as_object().ok_or(Mismatch)?, path)
            }
            NamedKind::Union => {
                let union = checker.unions.get(&key).ok_or(Mismatch)?;
                self.union(union, value, path)
            }
            NamedKind::Responses => Err(Mismatch),
        }
    }

    /// Decodes what a union selects for the value; a request keeps what any alternative keeps.
    fn union(&mut self, union: &Union, value: &Value, path: &str) -> Outcome {
        if self.mode == Mode::ComesBack {
            let comes_back = union.alternatives.iter().any(|alternative| {
                let decoded =
                    self.checker
                        .deviations(&alternative.ty, value, self.mode, self.is_given);
                decoded.is_some_and(|deviations| deviations.is_empty())
            });
            return or_mismatch(comes_back);
        }
        match selection::select(union, value) {
            selection::Selected::Alternative(alternative) => {
                self.or_left_out(&alternative.ty, value, path);
            }
            selection::Selected::Unlisted => {}
            selection::Selected::None if value.is_null() => return Err(Mismatch),
            selection::Selected::None => self.note(path),
        }
        Ok(())
    }

    fn model(&mut self, model: &Model, members: &Map<String, Value>, path: &str) -> Outcome {
        for Constant {
            wire,
            value: expected,
            ..
        } in &model.constants
        {
            match members.get(wire) {
                Some(value) if selection::is_literal(expected, value) => {}
                Some(_) => self.note(&member_path(path, wire)),
                None => self.note(path),
            }
        }
        for field in &model.fields {
            self.field(field, members.get(&field.wire), path)?;
        }
        self.rest(model, members, path);
        Ok(())
    }

    fn field(&mut self, field: &ModelField, value: Option<&Value>, path: &str) -> Outcome {
        let at = member_path(path, &field.wire);
        let is_response = self.mode == Mode::Decodes;
        let presence = match (field.access, field.presence) {
            // A response has no member that is for requests only.
            (Access::WriteOnly, Presence::Nullable) if is_response => Presence::NullOrAbsent,
            (_, presence) => presence,
        };
        let Some(value) = value else {
            let is_expected = is_response && field.required && field.access == Access::ReadOnly;
            match presence {
                Presence::Required if !can_be_missing(&field.ty) => return Err(Mismatch),
                Presence::Required | Presence::Nullable => self.note(path),
                Presence::Optional if is_expected => self.note(path),
                Presence::Optional | Presence::OptionalNullable | Presence::NullOrAbsent => {}
            }
            return Ok(());
        };
        if !is_response && !keeps_all(&field.limits, value) {
            self.note(&at);
        }
        match presence {
            Presence::Nullable | Presence::OptionalNullable | Presence::NullOrAbsent
                if value.is_null() => {}
            Presence::Required => match self.decode(&field.ty, value, &at) {
                Err(Mismatch) if value.is_null() && can_be_missing(&field.ty) => self.note(&at),
                outcome => return outcome,
            },
            Presence::Optional
            | Presence::Nullable
            | Presence::OptionalNullable
            | Presence::NullOrAbsent => self.or_left_out(&field.ty, value, &at),
        }
        Ok(())
    }

    /// Decodes what an object has besides its fields.
    fn rest(&mut self, model: &Model, members: &Map<String, Value>, path: &str) {
        let fields = model.fields.iter().map(|field| &field.wire);
        let known: Vec<&String> = fields
            .chain(model.constants.iter().map(|constant| &constant.wire))
            .collect();
        for (key, value) in members.iter().filter(|(key, _)| !known.contains(key)) {
            let at = member_path(path, key);
            match (&model.rest, self.mode) {
                (Some(rest), Mode::ComesBack) if !keeps_all(&rest.limits, value) => self.note(&at),
                (Some(rest), _) => self.or_left_out(&rest.ty, value, &at),
                (None, Mode::Decodes) => {}
                (None, Mode::ComesBack) => self.note(&at),
            }
        }
    }
}

/// Whether a type has a value for a required member that is missing or null.
fn can_be_missing(ty: &Type) -> bool {
    matches!(
        ty,
        Type::List(_) | Type::Map(_) | Type::Nullable(_) | Type::Json
    )
}

fn or_mismatch(is_decoded: bool) -> Outcome {
    if is_decoded { Ok(()) } else { Err(Mismatch) }
}

/// Returns the path of a member of the object at a path.
fn member_path(object: &str, name: &str) -> String {
    let mut path = object.to_owned();
    member_name::push_name(&mut path, name);
    path
}
