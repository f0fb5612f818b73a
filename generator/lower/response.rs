//! Responses: what the answers of an operation are decoded into.

use super::Lowering;
use super::body::examples_of;
use super::media::{Media, accepted, media_of};
use super::references::Section;
use super::schema::{Lowered, Position, Site};
use super::schemas::Use;
use crate::base::markdown;
use crate::base::pointer::Pointer;
use crate::model::api::{
    Answer, Answers, NamedKind, NoteKind, Reading, ResponseExample, Type, TypePath,
};
use crate::model::names::{Kind, Name, Scope};
use openapiv3::{ReferenceOr, Response, Responses, StatusCode};
use serde_json::Value;

/// What the answers of an operation come to.
#[derive(Debug, Clone)]
pub(super) struct Outputs {
    pub output: Option<Type>,
    pub reading: Reading,
    pub accept: String,
    pub accepts: Vec<u16>,
    pub headers: Vec<Name>,
    pub examples: Vec<ResponseExample>,
}

/// A success that is described.
struct Success<'d> {
    /// The first and the last status that it stands for.
    statuses: (u16, u16),
    response: &'d Response,
    pointer: String,
    /// What its body is, as far as it has one.
    media: Option<Media<'d>>,
}

impl Success<'_> {
    fn reading(&self) -> Reading {
        self.media
            .as_ref()
            .map_or(Reading::Empty, |media| media.reading)
    }

    /// Whether both are decoded in the same way and into the same.
    fn is_like(&self, other: &Self) -> bool {
        let schema = |one: &Self| match &one.media {
            Some(media) if media.reading == Reading::Json => media.content.schema.clone(),
            Some(_) | None => None,
        };
        self.reading() == other.reading() && schema(self) == schema(other)
    }
}

impl<'d> Lowering<'d> {
    /// Reads the answers that mean success: every 2xx; where there is none, every 3xx; where there is none either, the
    /// one that stands for all statuses.
    pub(super) fn outputs(
        &mut self,
        responses: &'d Responses,
        method: &str,
        (module, owner): (&Name, &Name),
        pointer: &Pointer<'_>,
    ) -> Outputs {
        let (successes, accepts) = self.successes(responses, method, pointer);
        let mut headers = Vec::new();
        for success in &successes {
            let at = Pointer::to(&success.pointer);
            for (name, header) in &success.response.headers {
                headers.extend(self.header(name, header, &at.key("headers")));
            }
        }
        headers.sort();
        headers.dedup();
        let differ = successes
            .split_first()
            .is_some_and(|(first, others)| others.iter().any(|other| !other.is_like(first)));
        let (output, reading) = if differ {
            (
                Some(self.answers(&successes, (module, owner), pointer)),
                Reading::Json,
            )
        } else {
            let first = successes.first();
            let ty = first.and_then(|one| self.content(one, (module, owner), "Response"));
            (ty, first.map_or(Reading::Empty, Success::reading))
        };
        let mut examples = Vec::new();
        for success in &successes {
            self.response_examples(success, differ, (module, owner), &mut examples);
        }
        Outputs {
            output,
            reading,
            accept: accepted(successes.iter().filter_map(|one| one.media.as_ref())),
            accepts,
            headers,
            examples,
        }
    }

    /// Returns the answers that mean success, single statuses first, and those statuses outside 2xx.
    fn successes(
        &mut self,
        responses: &'d Responses,
        method: &str,
        pointer: &Pointer<'_>,
    ) -> (Vec<Success<'d>>, Vec<u16>) {
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
        let of_class = |class: u16| {
            let all = responses.iter();
            let chosen = all.filter(move |(status, _)| statuses(status).0 / 100 == class);
            chosen
                .map(|(status, response)| (status.to_string(), statuses(status), response))
                .collect::<Vec<_>>()
        };
        let mut accepts = Vec::new();
        let mut chosen = of_class(2);
        if chosen.is_empty() {
            chosen = of_class(3);
            let single = chosen.iter().filter(|(_, (first, last), _)| first == last);
            accepts = single.map(|(_, (status, _), _)| *status).collect();
        }
        if chosen.is_empty() {
            let default = default.iter();
            chosen = default
                .map(|response| ("default".to_owned(), (200, 299), response))
                .collect();
        }
        chosen.sort_by_key(|(_, (first, last), _)| (first != last, *first));
        let mut successes = Vec::new();
        for (key, statuses, response) in chosen {
            let at = at.key(&key);
            if let Some((response, at)) = self.response(response, &at) {
                let at = Pointer::to(&at);
                successes.push(Success {
                    statuses,
                    response,
                    pointer: at.to_string(),
                    media: self.body_of(response, statuses.0, method, &at),
                });
            }
        }
        (successes, accepts)
    }

    /// Returns what the body of a response is; answers of some statuses and methods have none, whatever the description says.
    fn body_of(
        &mut self,
        response: &'d Response,
        status: u16,
        method: &str,
        at: &Pointer<'_>,
    ) -> Option<Media<'d>> {
        let media = media_of(&response.content)?;
        if method == "HEAD" || [204, 205, 304].contains(&status) {
            let what = if method == "HEAD" {
                "an answer to HEAD".to_owned()
            } else {
                format!("an answer of status {status}")
            };
            let message = format!("{what} has no body (RFC 9110): its content is left out");
            self.note(NoteKind::Generalised, &at.key("content"), message);
            return None;
        }
        Some(media)
    }

    /// Makes an enum of the answers, which has a variant for each.
    fn answers(
        &mut self,
        successes: &[Success<'d>],
        (module, owner): (&Name, &Name),
        pointer: &Pointer<'_>,
    ) -> Type {
        let spelling = format!("{owner}_output");
        let name =
            self.scope(module)
                .claim(Kind::Type, &spelling, &format!("{spelling}_by_status"));
        let phrases: Vec<String> = successes.iter().map(|one| phrase(one.statuses)).collect();
        let names = Scope::new("").claim_all(Kind::Variant, phrases.iter().map(String::as_str));
        let mut types: Vec<Option<Type>> = Vec::new();
        for (index, success) in successes.iter().enumerate() {
            let known = successes[..index]
                .iter()
                .position(|other| other.is_like(success));
            let ty = match known {
                Some(known) => types[known].clone(),
                None => self.content(success, (module, owner), &phrases[index]),
            };
            types.push(ty);
        }
        let answers = names
            .into_iter()
            .zip(successes)
            .zip(types)
            .map(|((name, success), ty)| Answer {
                name,
                docs: markdown::docs(&success.response.description),
                statuses: success.statuses,
                ty,
                reading: success.reading(),
                pointer: success.pointer.clone(),
            })
            .collect();
        self.resource(module).answers.push(Answers {
            name: name.clone(),
            operation: owner.clone(),
            answers,
            pointer: pointer.key("responses").to_string(),
        });
        Type::Named(TypePath {
            module: module.clone(),
            name,
            kind: NamedKind::Answers,
        })
    }

    /// Returns the type of a body; none where there is no body.
    fn content(
        &mut self,
        success: &Success<'d>,
        (module, owner): (&Name, &Name),
        field: &str,
    ) -> Option<Type> {
        let Media {
            name,
            content,
            reading,
        } = success.media.as_ref()?;
        let schema = match (reading, &content.schema) {
            (Reading::Empty, _) => return None,
            (Reading::Text, _) => return Some(Type::String),
            (Reading::Bytes, _) => return Some(Type::Bytes),
            (Reading::Json, None) => return Some(Type::Json),
            (Reading::Json, Some(schema)) => schema,
        };
        let at = Pointer::to(&success.pointer);
        let at = at.key("content");
        let place = Use::new(schema, at.key(name).key("schema").to_string());
        let site = Site {
            module,
            owner: owner.as_str(),
            field,
            position: Position::Json,
        };
        let Lowered { ty, nullable, .. } = self.schema(&place, site);
        let is_null_already = matches!(ty, Type::Json);
        Some(if nullable && !is_null_already {
            Type::Nullable(Box::new(ty))
        } else {
            ty
        })
    }

    /// Adds the examples of a response; one whose status says it all is an example of itself.
    fn response_examples(
        &mut self,
        success: &Success<'d>,
        differ: bool,
        (module, owner): (&Name, &Name),
        examples: &mut Vec<ResponseExample>,
    ) {
        let status = success.statuses.0;
        let reading = success.reading();
        let mut found: Vec<(String, Value)> = Vec::new();
        match &success.media {
            Some(media) if reading != Reading::Bytes => found.extend(
                examples_of(media.content)
                    .filter(|(_, body)| reading == Reading::Json || body.is_string())
                    .map(|(key, body)| (format!("{owner}_{status}_{key}"), body.clone())),
            ),
            None if differ => found.push((format!("{owner}_{status}"), Value::Null)),
            Some(_) | None => {}
        }
        for (spelling, body) in found {
            examples.push(ResponseExample {
                name: self.test_name(module, &spelling),
                status,
                body,
                reading,
                deviations: Vec::new(),
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

/// What a status is called (RFC 9110, section 15, and the IANA registry of status codes).
fn phrase(statuses: (u16, u16)) -> String {
    let (first, last) = statuses;
    let phrase = match first {
        _ if first != last => return format!("Status{}xx", first / 100),
        200 => "Ok",
        201 => "Created",
        202 => "Accepted",
        203 => "NonAuthoritativeInformation",
        204 => "NoContent",
        205 => "ResetContent",
        206 => "PartialContent",
        207 => "MultiStatus",
        208 => "AlreadyReported",
        226 => "ImUsed",
        300 => "MultipleChoices",
        301 => "MovedPermanently",
        302 => "Found",
        303 => "SeeOther",
        304 => "NotModified",
        307 => "TemporaryRedirect",
        308 => "PermanentRedirect",
        _ => return format!("Status{first}"),
    };
    phrase.to_owned()
}
