//! Operations: paired by their id, then by what they ask the server for.

use super::catalogue::{operations, path};
use super::change::{Rust, Wire};
use super::code::ChangeCode;
use super::collector::{At, Collector, Noun, Subject};
use super::context::Context;
use super::{
    constructor, contract, paging, params, paths, request_body, response, security, streaming,
    traits,
};
use crate::model::api::{Api, Operation};
use crate::model::names::Name;
use std::collections::{BTreeMap, BTreeSet};

/// An operation, and the module that it is in.
type Placed<'a> = (&'a Name, &'a Operation);

/// Which operations are the same on both sides.
pub(super) struct Pairing<'a> {
    pairs: Vec<(Placed<'a>, Placed<'a>)>,
    pub removed: Vec<Placed<'a>>,
    pub added: Vec<Placed<'a>>,
}

impl<'a> Pairing<'a> {
    pub fn new(old: &'a Api, new: &'a Api) -> Self {
        let mut free: Vec<Placed<'a>> = operations(new).collect();
        let mut pairing = Self {
            pairs: Vec::new(),
            removed: operations(old).collect(),
            added: Vec::new(),
        };
        pairing.pair(&mut free, |one| format!("{} {:?}", one.id, one.variant));
        pairing.pair(&mut free, |one| one.id.clone());
        pairing.pair(&mut free, |one| {
            format!("{} {} {:?}", one.method, url(one), one.variant)
        });
        pairing.pair(&mut free, |one| {
            format!(
                "{} {} {:?}",
                one.method,
                paths::skeleton(&one.path),
                one.variant
            )
        });
        pairing.added = free;
        pairing
    }

    /// Pairs what has the same key.
    fn pair(&mut self, free: &mut Vec<Placed<'a>>, key: impl Fn(&Operation) -> String) {
        let by_key: BTreeMap<String, Placed<'a>> =
            free.iter().map(|one| (key(one.1), *one)).collect();
        let mut taken: BTreeSet<String> = BTreeSet::new();
        let pairs = &mut self.pairs;
        self.removed.retain(|old| {
            let key = key(old.1);
            match by_key.get(&key).filter(|_| !taken.contains(&key)) {
                Some(new) => {
                    pairs.push((*old, *new));
                    taken.insert(key);
                    false
                }
                None => true,
            }
        });
        free.retain(|one| !taken.contains(&key(one.1)));
    }

    pub fn pairs(&self) -> impl Iterator<Item = (Placed<'a>, Placed<'a>)> {
        self.pairs.iter().copied()
    }
}

/// Where requests go, whatever the parameters in the path are called.
fn url(operation: &Operation) -> String {
    paths::skeleton(&format!("{}{}", operation.server.url, operation.path))
}

/// Both versions of an operation.
pub(super) struct Pair<'c, 'a> {
    pub ctx: &'c Context<'a>,
    pub old: &'a Operation,
    pub new: &'a Operation,
    pub old_module: &'a Name,
    pub module: &'a Name,
}

impl Pair<'_, '_> {
    /// The operation, as the subject of a difference.
    pub fn subject(&self) -> Subject {
        Subject::item(Noun::Operation, path((self.module, &self.new.name)))
    }

    /// Where both versions are.
    pub fn at(&self) -> At<'_> {
        At::Both(&self.old.pointer, &self.new.pointer)
    }
}

/// Compares the operations of two APIs.
pub(super) fn compare_all(ctx: &Context<'_>, out: &mut Collector) {
    for ((old_module, old), (module, new)) in ctx.operations.pairs() {
        let pair = Pair {
            ctx,
            old,
            new,
            old_module,
            module,
        };
        compare(&pair, out);
    }
    for (module, old) in &ctx.operations.removed {
        let subject = whole(module, old);
        let class = (Wire::BreaksRequests, Rust::Major);
        let at = At::Old(&old.pointer);
        out.add(ChangeCode::OperationRemoved, &subject, class, at, "removed");
    }
    for (module, new) in &ctx.operations.added {
        let subject = whole(module, new);
        let class = (Wire::Compatible, Rust::Minor);
        let at = At::New(&new.pointer);
        out.add(ChangeCode::OperationAdded, &subject, class, at, "added");
    }
}

/// An operation as a subject that names its request, too.
fn whole(module: &Name, operation: &Operation) -> Subject {
    let subject = Subject::item(Noun::Operation, path((module, &operation.name)));
    Subject {
        label: format!(
            "{} (`{} {}`)",
            subject.label, operation.method, operation.path
        ),
        ..subject
    }
}

fn compare(pair: &Pair<'_, '_>, out: &mut Collector) {
    let old = pair.old;
    let Operation {
        name: _,   // by `renamed`
        id: _,     // by `renamed`
        method: _, // by `request`
        server: _, // by `request`
        path: _,   // by `request`
        target: _, // the path and the constants, as they are sent
        docs,
        deprecated,
        security: _,          // by `security`
        accepts: _,           // by `response`
        params: _,            // by `params`
        constants: _,         // by `params`
        constructor: _,       // by `constructor`
        body: _,              // by `request_body`
        formats: _,           // by `request_body`
        variant: _,           // what pairs them, with the id
        output: _,            // by `response`
        reading: _,           // by `response`
        accept: _,            // by `response`
        error: _,             // by `response`
        error_reading: _,     // by `response`
        streaming: _,         // by `streaming`
        paging: _,            // by `paging`
        headers: _,           // the headers of each response are in the contract
        contract: _,          // by `security`, `request_body` and `contract`
        request_examples: _,  // tests and documentation of the crate, which reach no caller
        response_examples: _, // the same
        pointer: _,           // the place
    } = pair.new;
    renamed(pair, out);
    request(pair, out);
    out.docs((&old.docs, docs), &pair.subject(), pair.at());
    if old.deprecated != *deprecated {
        let (code, what) = if *deprecated {
            (ChangeCode::OperationDeprecated, "deprecated")
        } else {
            (ChangeCode::OperationUndeprecated, "no longer deprecated")
        };
        let class = (Wire::Unseen, Rust::Patch);
        out.add(code, &pair.subject(), class, pair.at(), what);
    }
    security::compare(pair, out);
    params::compare_all(pair, out);
    constructor::of_operation(pair, out);
    traits::of_operation(pair, out);
    request_body::compare(pair, out);
    response::compare(pair, out);
    paging::compare(pair, out);
    streaming::compare(pair, out);
    contract::compare(pair, out);
}

fn renamed(pair: &Pair<'_, '_>, out: &mut Collector) {
    let (old, new) = (pair.old, pair.new);
    let subject = pair.subject();
    if pair.old_module != pair.module || old.name != new.name {
        let before = path((pair.old_module, &old.name));
        let subject = Subject {
            label: format!("`{before}`"),
            ..subject
        };
        let what = if old.name == new.name {
            format!("moved to the module `{}`", pair.module)
        } else {
            format!("renamed to `{}`", subject.path)
        };
        let class = (Wire::Unseen, Rust::Major);
        out.add(
            ChangeCode::OperationRenamed,
            &subject,
            class,
            pair.at(),
            what,
        );
    } else if old.id != new.id {
        let what = format!("operationId changed from `{}` to `{}`", old.id, new.id);
        let class = (Wire::Unseen, Rust::Patch);
        out.add(
            ChangeCode::OperationIdChanged,
            &subject,
            class,
            pair.at(),
            what,
        );
    }
}

/// What a request asks for, and where it goes. A prefix that moved from the server into the path changes nothing, and neither
/// does the name of a parameter in it, which is compared as such.
fn request(pair: &Pair<'_, '_>, out: &mut Collector) {
    let (old, new) = (pair.old, pair.new);
    let subject = pair.subject();
    if old.method != new.method {
        let what = format!("method changed from {} to {}", old.method, new.method);
        let class = (Wire::BreaksRequests, Rust::Patch);
        out.add(ChangeCode::MethodChanged, &subject, class, pair.at(), what);
    }
    let is_same_url = url(old) == url(new);
    let is_same_path = paths::skeleton(&old.path) == paths::skeleton(&new.path);
    if !is_same_path && !is_same_url {
        let what = path_change(&old.path, &new.path);
        let class = (Wire::BreaksRequests, Rust::Patch);
        out.add(ChangeCode::PathChanged, &subject, class, pair.at(), what);
    }
    if old.server.url != new.server.url {
        let (wire, beside) = if is_same_url {
            (
                Wire::Unseen,
                ", and the paths so that the URLs are the same",
            )
        } else {
            (Wire::BreaksRequests, "")
        };
        let what = format!(
            "server changed from {} to {}{beside}",
            shown(&old.server.url),
            shown(&new.server.url)
        );
        let class = (wire, Rust::Patch);
        out.add(ChangeCode::ServerChanged, &subject, class, pair.at(), what);
    }
}

/// What happened to a path: where one part of it was replaced, the part, which other paths may share.
fn path_change(old: &str, new: &str) -> String {
    let (before, after): (Vec<&str>, Vec<&str>) =
        (old.split('/').collect(), new.split('/').collect());
    let is_same = |(one, other): &(&&str, &&str)| paths::skeleton(one) == paths::skeleton(other);
    let start = before.iter().zip(&after).take_while(is_same).count();
    let ends = before[start..]
        .iter()
        .rev()
        .zip(after[start..].iter().rev());
    let end = ends.take_while(is_same).count();
    let part = |segments: &[&str]| segments[start..segments.len() - end].join("/");
    let (was, is) = (part(&before), part(&after));
    if start + end > 1 && !was.is_empty() && !is.is_empty() {
        format!("`{was}` in the path changed to `{is}`")
    } else {
        format!("path changed from `{old}` to `{new}`")
    }
}

fn shown(server: &str) -> String {
    if server.is_empty() {
        "none".to_owned()
    } else {
        format!("`{server}`")
    }
}
