//! Responses: what the successes and the errors of an operation are decoded into.

use super::Lowering;
use super::lowered::Lowered;
use super::media::examples_of;
use super::media::{Offers, Representation, accepted};
use super::owner::{Outputs, Owner};
use super::references::Section;
use super::schema::{Position, Site};
use super::schemas::Use;
use super::status::{phrase, representation_name};
use crate::base::markdown;
use crate::base::pointer::{Pointer, unescape};
use crate::model::api::{
    NamedKind, NoteKind, Reading, ResponseExample, ResponseVariant, Responses as ResponsesEnum,
    Role, Type, TypePath,
};
use crate::model::names::{Kind, Name, Scope};
use openapiv3::{ReferenceOr, Response, Responses, StatusCode};
use serde_json::Value;

/// Every status: those of `default`.
const ALL: (u16, u16) = (100, 599);

/// A response of an operation.
pub(super) struct Described<'d> {
    /// The first and the last status that it is for.
    pub statuses: (u16, u16),
    pub response: &'d Response,
    pub pointer: String,
    pub offers: Offers<'d>,
}

/// A response in one of its representations.
struct Entry<'r, 'd> {
    described: &'r Described<'d>,
    /// None where it has no body.
    representation: Option<&'r Representation<'d>>,
    /// Whether it is for these media types only.
    is_guarded: bool,
}

impl Entry<'_, '_> {
    fn reading(&self) -> Reading {
        self.representation
            .map_or(Reading::Empty, |representation| representation.reading)
    }

    /// Whether both are decoded in the same way and into the same.
    fn is_like(&self, other: &Self) -> bool {
        let schema = |one: &Self| match one.representation {
            Some(Representation {
                reading: Reading::Json,
                offers,
            }) => offers
                .first()
                .and_then(|offer| offer.content.schema.as_ref()),
            Some(_) | None => None,
        };
        self.reading() == other.reading() && schema(self) == schema(other)
    }
}

impl<'d> Lowering<'d> {
    /// Reads the responses of an operation. A success is every 2xx, and every 3xx that is documented; where there is
    /// neither, the one for all statuses.
    pub(super) fn outputs(
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
            self.response_examples(entry, differ, owner, &mut examples);
        }
        let offered = entries.iter().filter_map(|entry| entry.representation);
        let offered =
            offered.flat_map(|one| one.offers.iter().map(|offer| (one.reading, offer.name)));
        let accept = accepted(offered.clone());
        let mut choices: Vec<String> = Vec::new();
        for (_, name) in offered {
            if !name.contains('*') && super::media::is_header_text(name) {
                choices.push(name.to_owned());
            }
        }
        choices.dedup();
        let several = successes.iter().any(|one| {
            let names = one.offers.whole.iter().map(|one| one.offers.len());
            names.sum::<usize>() > 1
        });
        if !several || choices.len() < 2 {
            choices.clear();
        }
        let (error, error_reading) = self.error_type(&errors, owner, pointer);
        Outputs {
            output,
            reading,
            accept,
            accepts,
            error,
            error_reading,
            streaming: self.streaming(&successes, owner),
            choices,
            headers,
            examples,
        }
    }

    /// Returns the responses of an operation, single statuses first, then ranges, then the one for all.
    fn described(
        &mut self,
        responses: &'d Responses,
        method: &str,
        pointer: &Pointer<'_>,
    ) -> Vec<Described<'d>> {
        let Responses {
            default,
            responses,
            extensions: _,
        } = responses;
        let at = pointer.key("responses");
        let statuses = |status: &StatusCode| match status {
            StatusCode::Code(code) => (*code, *code),
            StatusCode::Range(class) => (class * 100, class * 100 + 99),
        };
        let listed = responses
            .iter()
            .map(|(status, response)| (status.to_string(), statuses(status), response));
        let default = default.iter();
        let default = default.map(|response| ("default".to_owned(), ALL, response));
        let mut listed: Vec<_> = listed.chain(default).collect();
        listed.sort_by_key(|(_, (first, last), _)| (last - first, *first));
        let mut described = Vec::new();
        for (key, statuses, response) in listed {
            let at = at.key(&key);
            if let Some((response, at)) = self.response(response, &at) {
                described.push(Described {
                    statuses,
                    response,
                    offers: self.offers(response, statuses.0, method, &Pointer::to(&at)),
                    pointer: at,
                });
            }
        }
        described
    }

    /// Returns what a response offers; those of some statuses and methods have no body, whatever the description says.
    fn offers(
        &mut self,
        response: &'d Response,
        status: u16,
        method: &str,
        at: &Pointer<'_>,
    ) -> Offers<'d> {
        if response.content.is_empty() {
            return Offers::default();
        }
        let at = at.key("content");
        if method == "HEAD" || [204, 205, 304].contains(&status) {
            let what = if method == "HEAD" {
                "a response to HEAD".to_owned()
            } else {
                format!("a response of status {status}")
            };
            let message = format!("{what} has no body (RFC 9110); content left out");
            self.note(NoteKind::Generalised, &at, message);
            return Offers::default();
        }
        let offers = Offers::of(&response.content, &self.schemas, &at.to_string());
        if !offers.dropped.is_empty() {
            let kept = offers.whole.first().and_then(|one| one.offers.first());
            let kept = kept.map_or("*/*", |offer| offer.name);
            let message = format!(
                "`{}` is the same in another form; `{kept}` is asked for",
                offers.dropped.join("`, `")
            );
            self.note(NoteKind::Generalised, &at, message);
        }
        offers
    }

    fn headers_of(&mut self, described: &[Described<'d>]) -> Vec<Name> {
        let mut headers = Vec::new();
        for one in described {
            let at = Pointer::to(&one.pointer);
            for (name, header) in &one.response.headers {
                headers.extend(self.header(name, header, &at.key("headers")));
            }
        }
        headers.sort();
        headers.dedup();
        headers
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

    /// Makes an enum of responses, which has a variant for each.
    fn responses_enum(
        &mut self,
        entries: &[Entry<'_, 'd>],
        role: Role,
        owner: Owner<'_>,
        pointer: &Pointer<'_>,
    ) -> Type {
        let Owner {
            module, operation, ..
        } = owner;
        let spelling = match role {
            Role::Success => format!("{operation}_output"),
            Role::Error => format!("{operation}_error"),
        };
        let name =
            self.scope(module)
                .claim(Kind::Type, &spelling, &format!("{spelling}_by_status"));
        let phrases = phrases(entries);
        let names = Scope::new("").claim_all(Kind::Variant, phrases.iter().map(String::as_str));
        let mut types: Vec<Option<Type>> = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            let known = entries[..index]
                .iter()
                .position(|other| other.is_like(entry));
            let ty = match (known, role) {
                (Some(known), _) => types[known].clone(),
                (None, Role::Success) => self.content(entry, owner, &phrases[index]),
                (None, Role::Error) => {
                    self.content(entry, owner, &format!("{}_error", phrases[index]))
                }
            };
            types.push(ty);
        }
        let variants = names.into_iter().zip(entries).zip(types);
        let variants = variants.map(|((name, entry), ty)| ResponseVariant {
            name,
            docs: markdown::docs(&entry.described.response.description),
            statuses: entry.described.statuses,
            media_types: entry.media_types(),
            ty,
            reading: entry.reading(),
            pointer: entry.described.pointer.clone(),
        });
        let responses = ResponsesEnum {
            name: name.clone(),
            operation: operation.clone(),
            role,
            variants: variants.collect(),
            pointer: pointer.key("responses").to_string(),
        };
        self.resource(module).responses.push(responses);
        Type::Named(TypePath {
            module: module.clone(),
            name,
            kind: NamedKind::Responses,
        })
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
        let (module, spelling) =
            super::components::identity(&unescape(shared), 1, self.conventions);
        let operation = Scope::default().claim(Kind::Type, &spelling, &spelling);
        Some(self.value_type(&place, &module, &operation, "body"))
    }

    /// Returns the type of a JSON value that a caller gets.
    pub(super) fn value_type(
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
        differ: bool,
        owner: Owner<'_>,
        examples: &mut Vec<ResponseExample>,
    ) {
        let Owner {
            module, operation, ..
        } = owner;
        let status = match entry.described.statuses {
            ALL => 200,
            (first, _) => first,
        };
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

    fn response(
        &mut self,
        response: &'d ReferenceOr<Response>,
        at: &Pointer<'_>,
    ) -> Option<(&'d Response, String)> {
        match response {
            ReferenceOr::Item(response) => Some((response, at.to_string())),
            ReferenceOr::Reference { reference } => {
                let components = self.openapi.components.as_ref();
                let section = Section {
                    key: "responses",
                    what: "response",
                    items: components.map(|components| &components.responses),
                };
                let found = self.component(reference, &section, at)?;
                Some((found, reference.trim_start_matches('#').to_owned()))
            }
        }
    }
}

impl Entry<'_, '_> {
    /// Returns the media types that it is for, where its status has others.
    fn media_types(&self) -> Vec<String> {
        let offers = self.representation.map(|one| one.offers.as_slice());
        match offers {
            Some(offers) if self.is_guarded => offers
                .iter()
                .map(|offer| super::media::essence(offer.name))
                .collect(),
            Some(_) | None => Vec::new(),
        }
    }
}

/// Returns each response in each of its representations; the first of several takes the media types that are not listed,
/// and so comes last.
fn entries<'r, 'd>(described: &[&'r Described<'d>]) -> Vec<Entry<'r, 'd>> {
    let mut entries = Vec::new();
    for &one in described {
        let entry = |representation, is_guarded| Entry {
            described: one,
            representation,
            is_guarded,
        };
        match one.offers.whole.as_slice() {
            [] => entries.push(entry(None, false)),
            [only] => entries.push(entry(Some(only), false)),
            [first, others @ ..] => {
                entries.push(entry(Some(first), false));
                entries.extend(others.iter().map(|other| entry(Some(other), true)));
            }
        }
    }
    entries
}

/// Returns what each variant is called: the status, the representation, or both.
fn phrases(entries: &[Entry<'_, '_>]) -> Vec<String> {
    let first = entries.first().map(|entry| entry.described.statuses);
    let one_status = entries
        .iter()
        .all(|entry| Some(entry.described.statuses) == first);
    let phrases = entries.iter().map(|entry| {
        let status = match entry.described.statuses {
            ALL => "Default".to_owned(),
            statuses => phrase(statuses),
        };
        let several = entry.described.offers.whole.len() > 1;
        match entry.representation {
            Some(representation) if several => {
                let media = representation_name(representation);
                if one_status {
                    media
                } else {
                    format!("{status}{media}")
                }
            }
            Some(_) | None => status,
        }
    });
    phrases.collect()
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
