//! Operations: paired by their id, then by what they ask the server for.

use super::catalogue::Catalogue;
use super::change::{At, Collector, Rust, Wire};
use super::{answer, param};
use crate::model::api::{Api, Body, Constructor, ContentType, Operation, Param, Type};
use crate::model::names::Name;
use crate::report::inspect::type_name;
use std::collections::{BTreeMap, BTreeSet};

/// An operation, and the module that it is in.
type Placed<'a> = (&'a Name, &'a Operation);

/// Both versions of an operation, with what their types mean.
pub(super) struct Pair<'c, 'a> {
    pub before: &'c Catalogue<'a>,
    pub after: &'c Catalogue<'a>,
    pub old: &'a Operation,
    pub new: &'a Operation,
    /// Its path in the new crate.
    pub path: String,
}

/// Compares the operations of two APIs.
pub(super) fn compare_all(before: &Catalogue<'_>, after: &Catalogue<'_>, out: &mut Collector<'_>) {
    let (old, new) = (all(before.api), all(after.api));
    let mut partners: BTreeMap<&str, Placed<'_>> = BTreeMap::new();
    let by_id: BTreeMap<&str, &Placed<'_>> =
        new.iter().map(|one| (one.1.id.as_str(), one)).collect();
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    for (_, operation) in &old {
        if let Some(found) = by_id.get(operation.id.as_str()) {
            partners.insert(&operation.id, **found);
            taken.insert(&operation.id);
        }
    }
    let free = new.iter().filter(|one| !taken.contains(one.1.id.as_str()));
    let by_request: BTreeMap<(&str, String), &Placed<'_>> =
        free.map(|one| (request(one.1), one)).collect();
    for (_, operation) in &old {
        if !partners.contains_key(operation.id.as_str())
            && let Some(found) = by_request.get(&request(operation))
        {
            partners.insert(&operation.id, **found);
            taken.insert(&found.1.id);
        }
    }
    for (old_module, old) in old {
        match partners.get(old.id.as_str()) {
            Some((module, new)) => {
                renamed((old_module, old), (module, new), out);
                let path = format!("{module}::{}", new.name);
                let pair = Pair {
                    before,
                    after,
                    old,
                    new,
                    path,
                };
                compare(&pair, out);
            }
            None => removed(old_module, old, out),
        }
    }
    for (module, new) in new.iter().filter(|one| !taken.contains(one.1.id.as_str())) {
        added(module, new, out);
    }
}

fn all(api: &Api) -> Vec<Placed<'_>> {
    let resources = api.resources.iter();
    resources
        .flat_map(|(module, resource)| resource.operations.iter().map(move |one| (module, one)))
        .collect()
}

/// What an operation asks the server for: the names of the path's parameters are the description's own business.
fn request(operation: &Operation) -> (&str, String) {
    (&operation.method, skeleton(&operation.path))
}

fn skeleton(path: &str) -> String {
    let mut skeleton = String::new();
    let mut is_name = false;
    for character in path.chars() {
        match character {
            '{' => is_name = true,
            '}' => is_name = false,
            _ if is_name => continue,
            _ => {}
        }
        skeleton.push(character);
    }
    skeleton
}

fn removed(module: &Name, old: &Operation, out: &mut Collector<'_>) {
    let message = format!("`{}` (`{} {}`) is gone", old.name, old.method, old.path);
    let class = (Wire::BreaksRequests, Rust::Major);
    let path = format!("{module}::{}", old.name);
    out.add(
        "operation-removed",
        &path,
        class,
        At::Old(&old.pointer),
        message,
    );
}

fn added(module: &Name, new: &Operation, out: &mut Collector<'_>) {
    let message = format!("`{}` (`{} {}`) is new", new.name, new.method, new.path);
    let class = (Wire::Compatible, Rust::Minor);
    let path = format!("{module}::{}", new.name);
    out.add(
        "operation-added",
        &path,
        class,
        At::New(&new.pointer),
        message,
    );
}

fn renamed((old_module, old): Placed<'_>, (module, new): Placed<'_>, out: &mut Collector<'_>) {
    let path = format!("{module}::{}", new.name);
    let at = At::Both(&old.pointer, &new.pointer);
    if old_module != module || old.name != new.name {
        let message = format!("`{old_module}::{}` is called `{path}` now", old.name);
        let class = (Wire::Unseen, Rust::Major);
        out.add("operation-renamed", &path, class, at, message);
    } else if old.id != new.id {
        let message = format!(
            "the id of the operation is `{}`, and was `{}`",
            new.id, old.id
        );
        let class = (Wire::Unseen, Rust::Patch);
        out.add("operation-id-changed", &path, class, at, message);
    }
}

fn compare(pair: &Pair<'_, '_>, out: &mut Collector<'_>) {
    let Operation {
        name,
        id: _,
        method,
        server,
        path,
        target: _,
        docs: _,
        deprecated: _,
        security,
        accepts,
        params: _,
        constants: _,
        constructor: _,
        body,
        formats: _,
        variant: _,
        output: _,
        reading: _,
        accept: _,
        error: _,
        error_reading: _,
        streaming: _,
        paging: _,
        headers: _,
        // Examples are tests and documentation of the crate, and reach no caller.
        request_examples: _,
        response_examples: _,
        pointer,
    } = pair.new;
    let old = pair.old;
    let at = At::Both(&old.pointer, pointer);
    let mut add =
        |code, wire, rust, message: String| out.add(code, &pair.path, (wire, rust), at, message);
    if old.method != *method {
        let message = format!("`{name}` is sent with {method} instead of {}", old.method);
        add("method-changed", Wire::BreaksRequests, Rust::Patch, message);
    }
    if old.path != *path {
        let is_same = skeleton(&old.path) == skeleton(path);
        let wire = if is_same {
            Wire::Unseen
        } else {
            Wire::BreaksRequests
        };
        let message = format!("the path of `{name}` is `{path}`, and was `{}`", old.path);
        add("path-changed", wire, Rust::Patch, message);
    }
    if old.server != *server {
        let message = format!(
            "`{name}` goes to `{}` instead of `{}`",
            server.url, old.server.url
        );
        add("server-changed", Wire::BreaksRequests, Rust::Patch, message);
    }
    if old.security.is_some() != security.is_some() {
        let (wire, what) = if security.is_some() {
            (Wire::BreaksRequests, "needs credentials now")
        } else {
            (
                Wire::Compatible,
                "needs no credentials any more, and is sent none",
            )
        };
        add(
            "security-changed",
            wire,
            Rust::Patch,
            format!("`{name}` {what}"),
        );
    }
    if old.accepts != *accepts {
        let wire = Wire::breaking(false, accepts.iter().any(|one| !old.accepts.contains(one)));
        let message = format!(
            "`{name}` is answered with other statuses: {accepts:?} instead of {:?}",
            old.accepts
        );
        add("answer-statuses-changed", wire, Rust::Patch, message);
    }
    if old.body != *body && old.body != Body::None && *body != Body::None {
        let message = format!(
            "the body of `{name}` is sent as {}, and was {}",
            form(body),
            form(&old.body)
        );
        add(
            "body-form-changed",
            Wire::BreaksRequests,
            Rust::Patch,
            message,
        );
    }
    prose(pair, out);
    param::compare_all(pair, out);
    constructor(pair, out);
    answer::form(pair, out);
    answer::output(pair, out);
    answer::paging(pair, out);
    answer::headers(pair, out);
}

/// What the description says about the operation.
fn prose(pair: &Pair<'_, '_>, out: &mut Collector<'_>) {
    let (old, name) = (pair.old, &pair.new.name);
    let at = At::Both(&old.pointer, &pair.new.pointer);
    let what = format!("`{name}`");
    out.docs((&old.docs, &pair.new.docs), &what, &pair.path, at);
    if old.deprecated != pair.new.deprecated {
        let (code, what) = if pair.new.deprecated {
            ("operation-deprecated", "is deprecated now")
        } else {
            ("operation-undeprecated", "is not deprecated any more")
        };
        let class = (Wire::Compatible, Rust::Patch);
        out.add(code, &pair.path, class, at, format!("`{name}` {what}"));
    }
}

fn form(body: &Body) -> &str {
    match body {
        Body::None => "nothing",
        Body::Form => "a form",
        Body::Multipart(media_type) => media_type,
        Body::Json(media_type) | Body::JsonLines(media_type) => media_type,
        Body::Text(content_type) | Body::Bytes(content_type) => match content_type {
            ContentType::Fixed(media_type) | ContentType::Given(_, media_type) => media_type,
        },
    }
}

fn constructor(pair: &Pair<'_, '_>, out: &mut Collector<'_>) {
    let (old, new) = (pair.old, pair.new);
    let mut add = |rust, message: String| {
        let at = At::Both(&old.pointer, &new.pointer);
        out.add(
            "constructor-changed",
            &pair.path,
            (Wire::Unseen, rust),
            at,
            message,
        );
    };
    match (&old.constructor, &new.constructor) {
        (Constructor::Positional, Constructor::Named(params)) => add(
            Rust::Major,
            format!(
                "`{}::new` takes the struct `{params}` instead of arguments",
                new.name
            ),
        ),
        (Constructor::Named(params), Constructor::Positional) => add(
            Rust::Major,
            format!(
                "`{}::new` takes arguments instead of the struct `{params}`",
                new.name
            ),
        ),
        (Constructor::Named(old_params), Constructor::Named(params)) if old_params != params => {
            add(
                Rust::Major,
                format!("the struct `{old_params}` is called `{params}` now"),
            );
        }
        (Constructor::Named(_), Constructor::Named(_)) => {}
        (Constructor::Positional, Constructor::Positional) => {
            let (before, after) = (arguments(&old.params), arguments(&new.params));
            let is_reordered = before.len() == after.len()
                && before.iter().all(|one| after.contains(one))
                && before != after;
            if is_reordered {
                let message = format!(
                    "`{}::new` takes its arguments in another order: {}",
                    new.name,
                    after.join(", ")
                );
                add(Rust::Major, message);
            }
        }
    }
    let has_default = |operation: &Operation| operation.params.iter().all(|param| !param.required);
    if let Some((code, rust, what)) = default_change(has_default(old), has_default(new)) {
        let at = At::Both(&old.pointer, &new.pointer);
        let message = format!("`{}` {what} `Default`", new.name);
        out.add(code, &pair.path, (Wire::Unseen, rust), at, message);
    }
}

/// A type has a default as long as nothing is required.
pub(super) fn default_change(
    before: bool,
    after: bool,
) -> Option<(&'static str, Rust, &'static str)> {
    match (before, after) {
        (true, false) => Some(("default-lost", Rust::Major, "is no longer")),
        (false, true) => Some(("default-gained", Rust::Minor, "is now")),
        (true, true) | (false, false) => None,
    }
}

fn arguments(params: &[Param]) -> Vec<&str> {
    let required = params.iter().filter(|param| param.required);
    required.map(|param| param.wire.as_str()).collect()
}

/// How a type reads in a sentence.
pub(super) fn typed(ty: &Type) -> String {
    format!("`{}`", type_name(ty))
}
