//! Responses: what the successes and the errors of an operation are decoded into.

mod described;
mod entry;
mod variants;

use crate::base::pointer::{Pointer, unescape};
use crate::lower::lowered::Lowered;
use crate::lower::media::{accepted, examples_of, is_header_text};
use crate::lower::owner::{Outputs, Owner};
use crate::lower::schema::{Position, Site};
use crate::lower::schemas::Use;
use crate::lower::{Lowering, components};
use crate::model::api::{NamedKind, Reading, ResponseExample, Role, Type};
use crate::model::names::{Kind, Name, Scope};
use described::ALL;
pub(super) use described::Described;
use entry::{Entry, entries};
use openapiv3::Responses;
use serde_json::Value;

impl<'d> Lowering<'d> {
    /// Reads the responses of an operation. A success is every 2xx, and every 3xx that is documented; where there is
    /// neither, the one for all statuses.
    pub(in crate::lower) fn outputs(
        &mut self,
        responses: &'d Responses,
        owner: Owner<'_>,
        pointer: &Pointer<'_>,
    ) -> Outputs {
        let described = self.described(responses, owner.method, pointer);
        let headers = self.headers_of(&described);
        let is_success = |one: &Described<'_>| match one.statuses.0 / 100 {
            2 => true,
            3 => one.statuses != (304, 304) || owner.is_conditional,
            _ => false,
        };
        let has_success = described.iter().any(is_success);
        let (successes, failures): (Vec<_>, Vec<_>) = described
            .iter()
            .filter(|one| one.statuses.0 >= 200 || one.statuses == ALL)
            .partition(|one| is_success(one) || (!has_success && one.statuses == ALL));
        let accepts = accepts(&successes);
        let errors: Vec<&Described<'d>> = failures
            .into_iter()
            .chain(successes.iter().copied().filter(|one| one.statuses == ALL))
            .collect();

        let entries = entries(&successes);
        let (output, reading) = self.type_of(&entries, Role::Success, owner, pointer);
        let differ =
            matches!(&output, Some(Type::Named(path)) if path.kind == NamedKind::Responses);
        let mut examples = Vec::new();
        for entry in &entries {
            let status = example_status(entry.described, &successes);
            self.response_examples(entry, (status, differ), owner, &mut examples);
        }
        let offered = offered(&entries);
        let (error, error_reading) = self.error_type(&errors, owner, pointer);
        Outputs {
            output,
            reading,
            accept: accepted(offered.iter().copied()),
            accepts,
            error,
            error_reading,
            streaming: self.streaming(&successes, owner),
            choices: choices(&successes, &offered),
            headers,
            examples,
        }
    }

    /// Returns the type of the errors; none where no error is described with a body.
    fn error_type(
        &mut self,
        errors: &[&Described<'d>],
        owner: Owner<'_>,
        pointer: &Pointer<'_>,
    ) -> (Option<Type>, Reading) {
        if errors.iter().all(|one| one.offers.whole.is_empty()) {
            return (None, Reading::Empty);
        }
        let with_body: Vec<&Described<'d>> = errors
            .iter()
            .copied()
            .filter(|one| !one.offers.whole.is_empty())
            .collect();
        let of_bodies = entries(&with_body);
        let is_one_type = of_bodies
            .split_first()
            .is_some_and(|(first, others)| others.iter().all(|other| other.is_like(first)));
        if is_one_type {
            return self.type_of(&of_bodies, Role::Error, owner, pointer);
        }
        self.type_of(&entries(errors), Role::Error, owner, pointer)
    }

    /// Returns the type of responses, and how they are read: an enum where they differ.
    fn type_of(
        &mut self,
        entries: &[Entry<'_, 'd>],
        role: Role,
        owner: Owner<'_>,
        pointer: &Pointer<'_>,
    ) -> (Option<Type>, Reading) {
        let Some((first, others)) = entries.split_first() else {
            return (None, Reading::Empty);
        };
        if others.iter().any(|other| !other.is_like(first)) {
            let ty = self.responses_enum(entries, role, owner, pointer);
            return (Some(ty), Reading::Json);
        }
        let field = match role {
            Role::Success => "Response",
            Role::Error => "Error",
        };
        let ty = self.content(first, owner, field);
        (ty, first.reading())
    }

    /// Returns the type of a body; none where there is no body.
    fn content(&mut self, entry: &Entry<'_, 'd>, owner: Owner<'_>, field: &str) -> Option<Type> {
        let representation = entry.representation?;
        let offer = representation.offers.first()?;
        let schema = match (representation.reading, &offer.content.schema) {
            (Reading::Empty, _) => return None,
            (Reading::Text, _) => return Some(Type::String),
            (Reading::Bytes, _) => return Some(Type::Bytes),
            (Reading::Json | Reading::Form, None) => return Some(Type::Json),
            (Reading::Json | Reading::Form, Some(schema)) => schema,
        };
        let pointer = &entry.described.pointer;
        let at = Pointer::to(pointer);
        let at = at.key("content");
        let place = Use::new(schema, at.key(offer.name).key("schema").to_string());
        // What several operations have in common is called after itself.
        let Some(shared) = pointer.strip_prefix("/components/responses/") else {
            return Some(self.value_type(&place, owner.module, owner.operation, field));
        };
        let (module, spelling) = components::identity(&unescape(shared), 1, self.conventions);
        let operation = Scope::default().claim(Kind::Type, &spelling, &spelling);
        Some(self.value_type(&place, &module, &operation, "body"))
    }

    /// Returns the type of a JSON value that a caller gets.
    pub(in crate::lower) fn value_type(
        &mut self,
        place: &Use<'d>,
        module: &Name,
        owner: &Name,
        field: &str,
    ) -> Type {
        let site = Site {
            module,
            owner: owner.as_str(),
            field,
            position: Position::Json,
        };
        let Lowered { ty, nullable, .. } = self.schema(place, site);
        let is_null_already = matches!(ty, Type::Json);
        if nullable && !is_null_already {
            Type::Nullable(Box::new(ty))
        } else {
            ty
        }
    }

    /// Adds the examples of a response; one whose status says it all is an example of itself.
    fn response_examples(
        &mut self,
        entry: &Entry<'_, 'd>,
        (status, differ): (u16, bool),
        owner: Owner<'_>,
        examples: &mut Vec<ResponseExample>,
    ) {
        let Owner {
            module, operation, ..
        } = owner;
        let reading = entry.reading();
        let mut found: Vec<(String, Value)> = Vec::new();
        let offer = entry.representation.and_then(|one| one.offers.first());
        // The tests send bodies without a media type, which the first representation is for.
        let is_first = entry.described.offers.whole.first().map(|one| one.reading);
        match offer {
            Some(_) if is_first != Some(reading) => {}
            Some(offer) if matches!(reading, Reading::Json | Reading::Text) => found.extend(
                examples_of(offer.content)
                    .filter(|(_, body)| reading == Reading::Json || body.is_string())
                    .map(|(key, body)| (format!("{operation}_{status}_{key}"), body.clone())),
            ),
            None if differ => found.push((format!("{operation}_{status}"), Value::Null)),
            Some(_) | None => {}
        }
        for (spelling, body) in found {
            examples.push(ResponseExample {
                name: self.test_name(module, &spelling),
                status,
                body,
                reading,
                deviations: Some(Vec::new()),
            });
        }
    }
}

/// Returns the status of the examples of a response: of a range, one that no other response is for.
fn example_status(described: &Described<'_>, all: &[&Described<'_>]) -> u16 {
    match described.statuses {
        ALL => 200,
        (first, last) => {
            let is_other = |status: &u16| {
                let mut others = all.iter().map(|one| one.statuses);
                first != last && others.any(|one| one == (*status, *status))
            };
            let mut free = (first..=last).filter(|status| !is_other(status));
            free.next().unwrap_or(first)
        }
    }
}

/// Returns the media types that successes are read in, with how each is read.
fn offered<'d>(entries: &[Entry<'_, 'd>]) -> Vec<(Reading, &'d str)> {
    let representations = entries.iter().filter_map(|entry| entry.representation);
    let offered =
        representations.flat_map(|one| one.offers.iter().map(|offer| (one.reading, offer.name)));
    offered.collect()
}

/// Returns the media types that a caller may choose from, where a response has several.
fn choices(successes: &[&Described<'_>], offered: &[(Reading, &str)]) -> Vec<String> {
    let several = successes.iter().any(|one| {
        let names = one.offers.whole.iter().map(|one| one.offers.len());
        names.sum::<usize>() > 1
    });
    let names = offered.iter().map(|(_, name)| (*name).to_owned());
    let mut choices: Vec<String> = names
        .filter(|name| !name.contains('*') && is_header_text(name))
        .collect();
    choices.dedup();
    if !several || choices.len() < 2 {
        choices.clear();
    }
    choices
}

/// Returns the statuses outside 2xx that mean success.
fn accepts(successes: &[&Described<'_>]) -> Vec<u16> {
    let statuses = successes
        .iter()
        .map(|one| one.statuses)
        .filter(|(first, _)| first / 100 == 3);
    let mut accepts: Vec<u16> = statuses
        .flat_map(|(first, last)| first..=last.min(399))
        // The others of a range are not in use (RFC 9110, section 15.4).
        .filter(|status| (300..=308).contains(status))
        .collect();
    accepts.sort_unstable();
    accepts.dedup();
    accepts
}
