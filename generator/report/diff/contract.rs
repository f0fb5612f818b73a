//! The responses of an operation as the description has them: media types, headers, and the bodies of errors.

use super::catalogue::Direction;
use super::change::{Rust, Wire};
use super::code::ChangeCode;
use super::collector::{At, Collector, Noun, Subject};
use super::operation::Pair;
use super::{outline, response_headers};
use crate::model::api::{Content, DocumentedResponse, Operation};

pub(super) fn compare(pair: &Pair<'_, '_>, out: &mut Collector) {
    let (old, new) = (&pair.old.contract.responses, &pair.new.contract.responses);
    let success = |responses: &'_ [DocumentedResponse]| -> Vec<DocumentedResponse> {
        responses
            .iter()
            .filter(|one| one.success)
            .cloned()
            .collect()
    };
    successes(pair, (&success(old), &success(new)), out);
    let errors = |responses: &'_ [DocumentedResponse]| -> Vec<DocumentedResponse> {
        responses
            .iter()
            .filter(|one| !one.success)
            .cloned()
            .collect()
    };
    compare_errors(pair, (&errors(old), &errors(new)), out);
}

/// Compares what success may look like.
fn successes(
    pair: &Pair<'_, '_>,
    (old, new): (&[DocumentedResponse], &[DocumentedResponse]),
    out: &mut Collector,
) {
    let subject = Subject {
        noun: Noun::Response,
        label: format!("response of {}", pair.subject().label),
        ..pair.subject()
    };
    statuses(pair, (old, new), out);
    let contents = |responses: &'_ [DocumentedResponse]| -> Vec<Content> {
        let contents = responses.iter().flat_map(|response| &response.contents);
        contents.cloned().collect()
    };
    let is_empty = |responses: &[DocumentedResponse]| {
        responses
            .iter()
            .all(|response| response.contents.is_empty())
    };
    // A body that comes or goes is a change of the output.
    if !is_empty(old) && !is_empty(new) {
        media_types(pair, (&contents(old), &contents(new)), &subject, out);
    }
    let bodies = (contents(old), contents(new));
    compare_bodies(
        pair,
        ChangeCode::OtherBodyChanged,
        (&bodies.0, &bodies.1),
        &subject,
        out,
    );
    response_headers::compare(pair.ctx, (&refs(old), &refs(new)), true, &subject, out);
}

/// Compares the statuses that mean success. The crate takes any of 2xx for one.
fn statuses(
    pair: &Pair<'_, '_>,
    (old, new): (&[DocumentedResponse], &[DocumentedResponse]),
    out: &mut Collector,
) {
    let is_covered = |one: &DocumentedResponse, by: &[DocumentedResponse]| {
        let range = format!("{}XX", one.status.get(..1).unwrap_or_default());
        let mut others = by.iter();
        others.any(|other| {
            let status = other.status.to_ascii_uppercase();
            status == one.status.to_ascii_uppercase() || status == range || status == "DEFAULT"
        })
    };
    let lost = old.iter().find(|one| !is_covered(one, new));
    let gained = new.iter().find(|one| !is_covered(one, old));
    let is_read_otherwise = pair.old.accepts != pair.new.accepts;
    let (before, after) = responses(pair);
    let (wire, at) = match (lost, gained) {
        (None, None) => return,
        (Some(lost), Some(gained)) => (
            Wire::BreaksResponses,
            At::Both(&lost.pointer, &gained.pointer),
        ),
        (Some(lost), None) => (Wire::BreaksResponses, At::Both(&lost.pointer, &after)),
        (None, Some(gained)) if is_read_otherwise => {
            (Wire::BreaksResponses, At::Both(&before, &gained.pointer))
        }
        (None, Some(gained)) => (Wire::ExtendsResponses, At::Both(&before, &gained.pointer)),
    };
    let rust = if is_read_otherwise {
        Rust::Patch
    } else {
        Rust::None
    };
    let shown = |responses: &[DocumentedResponse]| {
        let statuses = responses.iter().map(|one| one.status.clone());
        let statuses: Vec<String> = statuses.collect();
        if statuses.is_empty() {
            "none".to_owned()
        } else {
            statuses.join(", ")
        }
    };
    let what = format!(
        "successful statuses changed from {} to {}",
        shown(old),
        shown(new)
    );
    let code = ChangeCode::ResponseStatusesChanged;
    out.add(code, &pair.subject(), (wire, rust), at, what);
}

/// Where the responses of both versions are.
fn responses(pair: &Pair<'_, '_>) -> (String, String) {
    let at = |operation: &Operation| format!("{}/responses", operation.pointer);
    (at(pair.old), at(pair.new))
}

fn refs(responses: &[DocumentedResponse]) -> Vec<&DocumentedResponse> {
    responses.iter().collect()
}

fn media_types(
    pair: &Pair<'_, '_>,
    (old, new): (&[Content], &[Content]),
    subject: &Subject,
    out: &mut Collector,
) {
    let (before, after) = responses(pair);
    let has = |contents: &[Content], one: &Content| {
        let mut contents = contents.iter();
        contents.any(|other| other.is_of_same_type(one))
    };
    for content in old.iter().filter(|one| !has(new, one)) {
        let what = format!("can no longer be `{}`", content.media_type);
        let class = (Wire::BreaksResponses, Rust::None);
        let at = At::Both(&content.pointer, &after);
        out.add(
            ChangeCode::ResponseMediaTypeRemoved,
            subject,
            class,
            at,
            what,
        );
    }
    for content in new.iter().filter(|one| !has(old, one)) {
        let what = format!("may be `{}`", content.media_type);
        let class = (Wire::Compatible, Rust::None);
        let at = At::Both(&before, &content.pointer);
        out.add(ChangeCode::ResponseMediaTypeAdded, subject, class, at, what);
    }
}

fn compare_bodies(
    pair: &Pair<'_, '_>,
    code: ChangeCode,
    (old, new): (&[Content], &[Content]),
    subject: &Subject,
    out: &mut Collector,
) {
    for body in old {
        let Content {
            media_type: _, // what pairs them
            schema: _,     // by `outline`
            encoding: _,   // responses have none
            pointer: _,    // the differences inside have places of their own
        } = body;
        let mut others = new.iter();
        let now = others.find(|other| other.is_of_same_type(body));
        if let Some(now) = now {
            outline::compare(
                pair.ctx,
                (code, Direction::RESPONSE),
                (body, now),
                subject,
                out,
            );
        }
    }
}

/// Compares the responses that mean failure, by their status.
fn compare_errors(
    pair: &Pair<'_, '_>,
    (old, new): (&[DocumentedResponse], &[DocumentedResponse]),
    out: &mut Collector,
) {
    let operation = pair.subject();
    let (before, after) = responses(pair);
    for response in old {
        let DocumentedResponse {
            status,
            success: _, // only these are here
            contents,
            headers: _, // by `response_headers`
            pointer,
        } = response;
        let Some(now) = new.iter().find(|other| other.status == *status) else {
            let what = format!("removed error response {status}");
            let class = (Wire::Compatible, Rust::None);
            let at = At::Both(pointer, &after);
            out.add(
                ChangeCode::ErrorResponseRemoved,
                &operation,
                class,
                at,
                what,
            );
            continue;
        };
        let subject = Subject {
            noun: Noun::Response,
            label: format!("{status} response of {}", operation.label),
            ..operation.clone()
        };
        let at = At::Both(pointer, &now.pointer);
        error_body(pair, (contents, &now.contents), &subject, at, out);
        response_headers::compare(pair.ctx, (&[response], &[now]), false, &subject, out);
    }
    for response in new {
        let status = &response.status;
        if !old.iter().any(|other| other.status == *status) {
            let what = format!("added error response {status}");
            let class = (Wire::Compatible, Rust::None);
            let at = At::Both(&before, &response.pointer);
            out.add(ChangeCode::ErrorResponseAdded, &operation, class, at, what);
        }
    }
}

fn error_body(
    pair: &Pair<'_, '_>,
    bodies: (&[Content], &[Content]),
    subject: &Subject,
    at: At<'_>,
    out: &mut Collector,
) {
    let (old, new) = bodies;
    match (old.is_empty(), new.is_empty()) {
        (true, true) => {}
        (false, true) => {
            let what = "no longer has a body";
            let class = (Wire::BreaksResponses, Rust::None);
            out.add(ChangeCode::ErrorBodyChanged, subject, class, at, what);
        }
        (true, false) => {
            let what = "now has a body";
            let class = (Wire::Compatible, Rust::None);
            out.add(ChangeCode::ErrorBodyChanged, subject, class, at, what);
        }
        (false, false) => {
            media_types(pair, bodies, subject, out);
            compare_bodies(pair, ChangeCode::ErrorBodyChanged, bodies, subject, out);
        }
    }
}
