//! The body of a request: its form, its other media types, and how the properties of a form are encoded.

use super::catalogue::Direction;
use super::change::{Rust, Wire};
use super::code::ChangeCode;
use super::collector::{At, Collector, Noun, Subject};
use super::operation::Pair;
use super::outline;
use crate::model::api::{
    Body, BodyFormat, BodyFormats, Content, ContentType, Operation, Part, PropertyEncoding,
};
use std::collections::BTreeMap;

pub(super) fn compare(pair: &Pair<'_, '_>, out: &mut Collector) {
    let (old, new) = (pair.old, pair.new);
    if old.body != new.body && old.body != Body::None && new.body != Body::None {
        let what = format!(
            "body changed from {} to {}",
            in_words(&old.body),
            in_words(&new.body)
        );
        let is_known = |body: &Content| {
            let mut others = new.contract.bodies.iter();
            others.any(|other| other.is_of_same_type(body))
        };
        // What was sent may be another media type than it is now, and still be right.
        let is_spelling =
            old.contract.bodies.len() == 1 && old.contract.bodies.iter().all(is_known);
        let wire = if is_spelling {
            Wire::Unseen
        } else {
            Wire::BreaksRequests
        };
        let class = (wire, Rust::Patch);
        out.add(
            ChangeCode::BodyFormChanged,
            &pair.subject(),
            class,
            pair.at(),
            what,
        );
    }
    formats(pair, out);
    requirement(pair, out);
    media_types(pair, out);
}

/// Compares the other media types that the same body can be written in, each with a method that chooses it.
fn formats(pair: &Pair<'_, '_>, out: &mut Collector) {
    let each = |formats: &'_ Option<BodyFormats>| -> Vec<BodyFormat> {
        let formats = formats
            .iter()
            .flat_map(|BodyFormats { field: _, each }| each);
        formats.cloned().collect()
    };
    let (old, new) = (each(&pair.old.formats), each(&pair.new.formats));
    if old == new {
        return;
    }
    let is_lost = |one: &BodyFormat| !new.iter().any(|other| other.method == one.method);
    let is_new = |one: &BodyFormat| !old.iter().any(|other| other.method == one.method);
    let rust = if old.iter().any(is_lost) {
        Rust::Major
    } else if new.iter().any(is_new) {
        Rust::Minor
    } else {
        Rust::Patch
    };
    let shown = |formats: &[BodyFormat]| {
        let names: Vec<String> = formats
            .iter()
            .map(|one| format!("`{}`", one.media_type))
            .collect();
        if names.is_empty() {
            "nothing else".to_owned()
        } else {
            names.join(", ")
        }
    };
    let what = format!(
        "body can also be written as {}, was {}",
        shown(&new),
        shown(&old)
    );
    let class = (Wire::Unseen, rust);
    out.add(
        ChangeCode::BodyFormatsChanged,
        &pair.subject(),
        class,
        pair.at(),
        what,
    );
}

fn in_words(body: &Body) -> String {
    let media_type = match body {
        Body::None => return "nothing".to_owned(),
        Body::Form => "application/x-www-form-urlencoded",
        Body::Json(media_type) | Body::JsonLines(media_type) | Body::Multipart(media_type) => {
            media_type
        }
        Body::Text(content_type) | Body::Bytes(content_type) => match content_type {
            ContentType::Fixed(media_type) | ContentType::Given(_, media_type) => media_type,
        },
    };
    format!("`{media_type}`")
}

/// Whether there has to be a body; where the body is one parameter, that says so.
fn requirement(pair: &Pair<'_, '_>, out: &mut Collector) {
    let (old, new) = (pair.old, pair.new);
    let is_form = Body::has_fields;
    if !is_form(&old.body) || !is_form(&new.body) {
        return;
    }
    let (code, wire, what) = match (old.contract.body_required, new.contract.body_required) {
        (false, true) => (
            ChangeCode::BodyNowRequired,
            Wire::BreaksRequests,
            "body now required",
        ),
        (true, false) => (
            ChangeCode::BodyNowOptional,
            Wire::Compatible,
            "body now optional",
        ),
        (true, true) | (false, false) => return,
    };
    out.add(code, &pair.subject(), (wire, Rust::None), pair.at(), what);
}

/// Compares the media types of request bodies. That which the crate sends is the form of the body.
fn media_types(pair: &Pair<'_, '_>, out: &mut Collector) {
    let (old, new) = (&pair.old.contract.bodies, &pair.new.contract.bodies);
    let subject = pair.subject();
    let place = |operation: &Operation| format!("{}/requestBody", operation.pointer);
    let (before, after) = (place(pair.old), place(pair.new));
    for body in old {
        let now = new.iter().find(|other| other.is_of_same_type(body));
        match now {
            Some(now) => contents(pair, body, now, out),
            // The body changed as a whole.
            None if new.is_empty() || old.len() == 1 && new.len() == 1 => {}
            None => {
                let what = format!("request body can no longer be `{}`", body.media_type);
                let class = (Wire::BreaksRequests, Rust::None);
                let at = At::Both(&body.pointer, &after);
                out.add(
                    ChangeCode::RequestMediaTypeRemoved,
                    &subject,
                    class,
                    at,
                    what,
                );
            }
        }
    }
    for body in new {
        let is_new = !old.iter().any(|other| other.is_of_same_type(body));
        if is_new && !old.is_empty() && !(old.len() == 1 && new.len() == 1) {
            let what = format!("request body may be `{}`", body.media_type);
            let class = (Wire::Compatible, Rust::None);
            let at = At::Both(&before, &body.pointer);
            out.add(ChangeCode::RequestMediaTypeAdded, &subject, class, at, what);
        }
    }
}

fn contents(pair: &Pair<'_, '_>, old: &Content, new: &Content, out: &mut Collector) {
    let Content {
        media_type,
        schema: _, // by `outline`
        encoding,
        pointer,
    } = new;
    let subject = Subject {
        noun: Noun::Body,
        label: format!("`{media_type}` body of {}", pair.subject().label),
        ..pair.subject()
    };
    let code = ChangeCode::OtherBodyChanged;
    outline::compare(
        pair.ctx,
        (code, Direction::REQUEST),
        (old, new),
        &subject,
        out,
    );
    let before: BTreeMap<&String, &PropertyEncoding> =
        old.encoding.iter().map(|(name, one)| (name, one)).collect();
    let after: BTreeMap<&String, &PropertyEncoding> =
        encoding.iter().map(|(name, one)| (name, one)).collect();
    let names = before
        .keys()
        .chain(after.keys().filter(|name| !before.contains_key(*name)));
    for name in names {
        let (before, after) = (before.get(name), after.get(name));
        if before != after {
            let shown = |encoding: Option<&&PropertyEncoding>| {
                encoding.map_or_else(|| "the default".to_owned(), |one| encoding_in_words(one))
            };
            let what = format!(
                "encoding of `{name}` changed from {} to {}",
                shown(before),
                shown(after)
            );
            let is_kept = matches!((before, after), (Some(old), Some(new)) if is_allowed(old, new));
            let rust = if part(pair.old, name) == part(pair.new, name) {
                Rust::None
            } else {
                Rust::Patch
            };
            let class = (Wire::breaking(!is_kept, false), rust);
            let at = At::Both(&old.pointer, pointer);
            out.add(ChangeCode::EncodingChanged, &subject, class, at, what);
        }
    }
}

/// How the crate sends a property.
fn part<'a>(operation: &'a Operation, name: &str) -> Option<&'a Part> {
    let mut params = operation.params.iter();
    params.find(|param| param.wire == name)?.part.as_ref()
}

/// Whether what was encoded in the old way is right in the new one: more media types, fewer headers.
fn is_allowed(old: &PropertyEncoding, new: &PropertyEncoding) -> bool {
    let PropertyEncoding {
        content_type,
        style,
        explode,
        allow_reserved,
        headers,
    } = new;
    let listed = |types: &Option<String>| -> Vec<String> {
        let types = types.iter().flat_map(|types| types.split(','));
        types.map(|one| one.trim().to_ascii_lowercase()).collect()
    };
    let (before, after) = (listed(&old.content_type), listed(content_type));
    let fits = |one: &String, range: &String| {
        let family = range
            .strip_suffix('*')
            .filter(|family| family.ends_with('/'));
        one == range || range == "*/*" || family.is_some_and(|family| one.starts_with(family))
    };
    let is_listed = before
        .iter()
        .all(|one| after.iter().any(|range| fits(one, range)));
    (old.content_type == *content_type || !before.is_empty() && is_listed)
        && old.style == *style
        && old.explode == *explode
        && old.allow_reserved == *allow_reserved
        && headers.iter().all(|header| old.headers.contains(header))
}

fn encoding_in_words(encoding: &PropertyEncoding) -> String {
    let PropertyEncoding {
        content_type,
        style,
        explode,
        allow_reserved,
        headers,
    } = encoding;
    let content_type = content_type.as_ref().map(|name| format!("`{name}`"));
    let style = style.as_ref().map(|style| format!("style `{style}`"));
    let explode = explode.then(|| "exploded".to_owned());
    let reserved = allow_reserved.then(|| "reserved characters allowed".to_owned());
    let headers = (!headers.is_empty()).then(|| format!("headers `{}`", headers.join("`, `")));
    let all = [content_type, style, explode, reserved, headers];
    let all: Vec<String> = all.into_iter().flatten().collect();
    if all.is_empty() {
        "the default".to_owned()
    } else {
        all.join(", ")
    }
}
