//! Examples against the types they are decoded into, by the rules of the runtime's decoder.
//!
//! How numbers, dates and durations are read, how variants are ranked and members called, is the runtime's own code; `tests/judge` compares
//! the rest with what crates do.

mod decoding;
#[path = "../../../templates/runtime/model/iso8601.rs"]
#[expect(
    dead_code,
    reason = "only the runtime needs to know how long a duration is"
)]
mod iso8601;
#[path = "../../../templates/runtime/decode/member_name.rs"]
mod member_name;
#[path = "../../../templates/runtime/decode/number.rs"]
mod number;
#[path = "../../../templates/runtime/decode/rank.rs"]
mod rank;
#[path = "../../../templates/runtime/model/rfc3339.rs"]
mod rfc3339;
mod selection;
mod text;

use self::decoding::Decoding;
use crate::model::api::{
    Model, OpenEnum, Operation, RequestExample, Resource, ResponseExample, Responses, SidKind,
    Type, Union,
};
use crate::model::names::Name;
use base64::Engine as _;
use chrono::DateTime;
use serde_json::Value;
use std::collections::BTreeMap;

type Key<'a> = (&'a Name, &'a Name);

/// The types that examples are compared with.
pub struct Checker<'a> {
    models: BTreeMap<Key<'a>, &'a Model>,
    unions: BTreeMap<Key<'a>, &'a Union>,
    responses: BTreeMap<Key<'a>, &'a Responses>,
    /// The enums that take nothing but their listed values.
    closed: BTreeMap<Key<'a>, &'a OpenEnum>,
    sids: &'a BTreeMap<Name, SidKind>,
}

/// Whether a text is one that a type of formatted text reads; true for types of other values.
pub(super) fn is_text_of(ty: &Type, text: &str) -> bool {
    match ty {
        Type::Rfc2822 => DateTime::parse_from_rfc2822(text).is_ok(),
        Type::Date => rfc3339::date(text).is_some(),
        Type::Time => rfc3339::time_of_day(text).is_some(),
        Type::Duration => iso8601::duration(text).is_some(),
        Type::Uuid => text::is_uuid(text),
        Type::Base64 => base64::engine::general_purpose::STANDARD
            .decode(text)
            .is_ok(),
        _ => true,
    }
}

/// Whether every value has to come back as it was, or a body only has to decode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Decodes,
    ComesBack,
}

/// What the examples of an operation came to.
pub(super) struct Compared {
    /// Where each example of a request does not come back as it is.
    pub lost: Vec<Option<String>>,
    /// Where each example of a response does not match its schema; none for one that cannot be decoded.
    pub deviations: Vec<Option<Vec<String>>>,
}

impl<'a> Checker<'a> {
    /// Collects the types of an API.
    #[must_use]
    pub fn new(resources: &'a BTreeMap<Name, Resource>, sids: &'a BTreeMap<Name, SidKind>) -> Self {
        let mut models = BTreeMap::new();
        let mut unions = BTreeMap::new();
        let mut responses = BTreeMap::new();
        let mut closed = BTreeMap::new();
        for (module, resource) in resources {
            models.extend(
                resource
                    .models
                    .iter()
                    .map(|model| ((module, &model.name), model)),
            );
            unions.extend(
                resource
                    .unions
                    .iter()
                    .map(|union| ((module, &union.name), union)),
            );
            let enums = resource.enums.iter().filter(|one| one.is_closed);
            closed.extend(enums.map(|one| ((module, &one.name), one)));
            let by_status = resource.responses.iter();
            responses.extend(by_status.map(|one| ((module, &one.name), one)));
        }
        Self {
            models,
            unions,
            responses,
            closed,
            sids,
        }
    }

    /// Compares the examples of an operation with the types they are made of or decoded into.
    pub(super) fn examples(&self, operation: &Operation) -> Compared {
        let lost = |example: &RequestExample| {
            example.values.iter().find_map(|(index, value)| {
                let param = operation.params.get(*index)?;
                let is_given = example.key.is_some();
                let deviations = self.deviations(&param.ty, value, Mode::ComesBack, is_given);
                let lost = match deviations {
                    Some(deviations) => deviations.into_iter().next(),
                    None => Some("$".to_owned()),
                };
                lost.filter(|_| param.is_structured() || self.is_closed(&param.ty))
            })
        };
        let requests = operation.request_examples.iter().map(lost);
        let deviations = |example: &ResponseExample| match self.type_of(operation, example) {
            Some(ty) => self.deviations(ty, &example.body, Mode::Decodes, true),
            None => Some(Vec::new()),
        };
        let responses = operation.response_examples.iter().map(deviations);
        Compared {
            lost: requests.collect(),
            deviations: responses.collect(),
        }
    }

    /// Returns what the example of a response is decoded into.
    fn type_of<'o>(&self, operation: &'o Operation, example: &ResponseExample) -> Option<&'o Type>
    where
        'a: 'o,
    {
        match operation.output.as_ref()? {
            Type::Named(path) => match self.responses.get(&(&path.module, &path.name)) {
                Some(responses) => responses.of_status(example.status)?.ty.as_ref(),
                None => operation.output.as_ref(),
            },
            ty => Some(ty),
        }
    }

    /// Whether a type is a closed enum, or a list of one.
    fn is_closed(&self, ty: &Type) -> bool {
        match ty {
            Type::Named(path) => self.closed.contains_key(&(&path.module, &path.name)),
            Type::List(inner) | Type::Nullable(inner) => self.is_closed(inner),
            _ => false,
        }
    }

    /// Returns the paths of the deviations that the body of a response has; none where it cannot be decoded.
    #[must_use]
    pub fn deviations_of(&self, ty: &Type, body: &Value) -> Option<Vec<String>> {
        self.deviations(ty, body, Mode::Decodes, true)
    }

    /// Decodes a value; returns where something had to be taken out or converted, and nothing for a value that does not decode.
    fn deviations(
        &self,
        ty: &Type,
        value: &Value,
        mode: Mode,
        is_given: bool,
    ) -> Option<Vec<String>> {
        let mut decoding = Decoding {
            checker: self,
            mode,
            is_given,
            found: Vec::new(),
        };
        let outcome = decoding.decode(ty, value, "$");
        outcome.is_ok().then_some(decoding.found)
    }
}
