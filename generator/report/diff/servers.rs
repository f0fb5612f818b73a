//! The servers that a client can choose. Where an operation is sent to without a choice is compared with the operation.

use super::change::{Rust, Wire};
use super::code::ChangeCode;
use super::collector::{At, Collector, Noun, Subject};
use super::context::Context;
use super::pairing::Pairing;
use crate::model::api::{OpenEnum, Server, ServerVariable, Variant};

/// Both versions of the servers, and whether the crate has types for them.
struct Pair {
    was_choice: bool,
    is_choice: bool,
}

/// Whether there is anything to choose: the crate has no types for servers where there is not.
fn has_choice(servers: &[Server]) -> bool {
    match servers {
        [] => false,
        [only] => !only.variables.is_empty(),
        [_, _, ..] => true,
    }
}

fn subject(server: &Server, is_choice: bool) -> Subject {
    let path = if is_choice {
        format!("base_urls::{}", server.name)
    } else {
        String::new()
    };
    Subject {
        label: format!("server `{}`", server.url),
        owner: format!("base_urls::{}", server.name),
        ..Subject::item(Noun::Place, path)
    }
}

/// Compares the servers of two APIs.
pub(super) fn compare_all(ctx: &Context<'_>, out: &mut Collector) {
    let (old, new) = (&ctx.before.api.servers, &ctx.after.api.servers);
    let pair = Pair {
        was_choice: has_choice(old),
        is_choice: has_choice(new),
    };
    let Pairing {
        pairs,
        removed,
        added,
    } = paired(old, new);
    for (before, now) in pairs {
        url(ctx, &pair, (before, now), out);
        compare(&pair, before, now, out);
    }
    // Where there is nothing to choose, the operations show it.
    for before in removed.into_iter().filter(|_| pair.was_choice) {
        let class = (Wire::BreaksRequests, Rust::Major);
        let at = At::Old(&before.pointer);
        let subject = subject(before, true);
        out.add(ChangeCode::ServerRemoved, &subject, class, at, "removed");
    }
    for now in added.into_iter().filter(|_| pair.is_choice) {
        let at = At::New(&now.pointer);
        let subject = subject(now, true);
        let class = (Wire::Compatible, Rust::Minor);
        out.add(ChangeCode::ServerAdded, &subject, class, at, "added");
    }
}

/// Pairs servers by their URL, then by the name of their type, then by their order.
fn paired<'a>(old: &'a [Server], new: &'a [Server]) -> Pairing<'a, Server> {
    Pairing::new(old, new)
        .by(|old, new| old.url == new.url)
        .by(|old, new| old.name == new.name)
        .by_order()
}

/// A server with another URL: nothing is sent differently where the paths of the operations make up for it.
fn url(ctx: &Context<'_>, pair: &Pair, (old, new): (&Server, &Server), out: &mut Collector) {
    if old.url == new.url || !pair.was_choice && !pair.is_choice {
        return;
    }
    let mut operations = ctx.operations.pairs().peekable();
    let is_same = operations.peek().is_some()
        && operations.all(|((_, before), (_, now))| {
            let before = format!("{}{}", with_defaults(old), before.path);
            let now = format!("{}{}", with_defaults(new), now.path);
            before.trim_end_matches('/') == now.trim_end_matches('/')
        });
    let wire = if is_same {
        Wire::Unseen
    } else {
        Wire::BreaksRequests
    };
    let what = format!("changed to `{}`", new.url);
    let subject = Subject {
        label: format!("server `{}`", old.url),
        ..subject(new, pair.is_choice)
    };
    let at = At::Both(&old.pointer, &new.pointer);
    let class = (wire, Rust::Patch);
    out.add(ChangeCode::ServerChanged, &subject, class, at, what);
}

/// The URL that a client uses without a choice.
fn with_defaults(server: &Server) -> String {
    let variables = server.variables.iter();
    variables.fold(server.url.clone(), |url, variable| {
        url.replace(&format!("{{{}}}", variable.wire), &variable.default)
    })
}

fn compare(pair: &Pair, old: &Server, new: &Server, out: &mut Collector) {
    let Server {
        name,
        url: _, // by `url`
        docs,
        variables,
        operations,
        pointer,
    } = new;
    let at = At::Both(&old.pointer, pointer);
    let subject = subject(new, pair.is_choice);
    out.docs((&old.docs, docs), &subject, at);
    let rust = match (pair.was_choice, pair.is_choice) {
        (true, true) if old.name != *name => {
            let what = format!("its type was renamed from `{}` to `{name}`", old.name);
            Some((Rust::Major, what))
        }
        (true, false) => Some((
            Rust::Major,
            "no longer has a type: there is no other to choose".to_owned(),
        )),
        (false, true) => Some((
            Rust::Minor,
            "has a type: there is another to choose".to_owned(),
        )),
        (true, true) | (false, false) => None,
    };
    if let Some((rust, what)) = rust {
        let named = if pair.is_choice {
            subject.clone()
        } else {
            self::subject(old, pair.was_choice)
        };
        out.add(
            ChangeCode::ServerRenamed,
            &named,
            (Wire::Unseen, rust),
            at,
            what,
        );
    }
    if old.operations != *operations {
        let class = (Wire::Unseen, Rust::Patch);
        let what = "used by other operations";
        out.add(ChangeCode::ServerChanged, &subject, class, at, what);
    }
    let both = (old.variables.as_slice(), variables.as_slice());
    compare_variables(both, &subject, at, out);
}

fn compare_variables(
    (old, new): (&[ServerVariable], &[ServerVariable]),
    subject: &Subject,
    at: At<'_>,
    out: &mut Collector,
) {
    for before in old {
        match new.iter().find(|other| other.wire == before.wire) {
            Some(now) => variable(before, now, subject, at, out),
            None => {
                let what = format!("removed variable `{}`", before.wire);
                let class = (Wire::BreaksRequests, Rust::Major);
                out.add(ChangeCode::ServerVariableChanged, subject, class, at, what);
            }
        }
    }
    for now in new {
        if !old.iter().any(|other| other.wire == now.wire) {
            let what = format!("added variable `{}`", now.wire);
            let class = (Wire::Compatible, Rust::Minor);
            out.add(ChangeCode::ServerVariableChanged, subject, class, at, what);
        }
    }
}

fn variable(
    old: &ServerVariable,
    new: &ServerVariable,
    subject: &Subject,
    at: At<'_>,
    out: &mut Collector,
) {
    let ServerVariable {
        name,
        wire,
        docs,
        default,
        values,
    } = new;
    let code = ChangeCode::ServerVariableChanged;
    out.docs((&old.docs, docs), subject, at);
    if old.name != *name {
        let what = format!("variable `{wire}` renamed in Rust from `{}`", old.name);
        out.add(code, subject, (Wire::Unseen, Rust::Major), at, what);
    }
    if old.default != *default {
        let what = format!(
            "default of `{wire}` changed from `{}` to `{default}`",
            old.default
        );
        out.add(code, subject, (Wire::Unseen, Rust::Patch), at, what);
    }
    let listed = |values: &Option<OpenEnum>| -> Vec<String> {
        let variants = values.iter().flat_map(|values| &values.variants);
        variants
            .map(|Variant { name, wire, .. }| format!("`{wire}` ({name})"))
            .collect()
    };
    let (before, after) = (listed(&old.values), listed(values));
    let is_enum = |values: &Option<OpenEnum>| values.as_ref().map(|values| values.name.clone());
    let lost: Vec<&String> = before.iter().filter(|one| !after.contains(one)).collect();
    let gained: Vec<&String> = after.iter().filter(|one| !before.contains(one)).collect();
    if is_enum(&old.values) != is_enum(values) || !lost.is_empty() {
        let class = (Wire::BreaksRequests, Rust::Major);
        let what = format!("values of `{wire}` are {}", after.join(", "));
        out.add(code, subject, class, at, what);
    } else if !gained.is_empty() {
        let class = (Wire::Compatible, Rust::Minor);
        let what = format!("values of `{wire}` are {}", after.join(", "));
        out.add(code, subject, class, at, what);
    }
}
