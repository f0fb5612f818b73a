//! The servers that a client can choose. Where an operation is sent to without a choice is compared with the operation.

use super::change::{Rust, Wire};
use super::code::ChangeCode;
use super::collector::{At, Collector, Noun, Subject};
use crate::model::api::{Api, OpenEnum, Server, ServerVariable, Variant};

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
        format!("servers::{}", server.name)
    } else {
        String::new()
    };
    Subject {
        label: format!("server `{}`", server.url),
        owner: format!("servers::{}", server.name),
        ..Subject::item(Noun::Place, path)
    }
}

/// Compares the servers of two APIs by their URLs.
pub(super) fn compare_all(old: &Api, new: &Api, out: &mut Collector) {
    let pair = Pair {
        was_choice: has_choice(&old.servers),
        is_choice: has_choice(&new.servers),
    };
    for before in &old.servers {
        match new.servers.iter().find(|other| other.url == before.url) {
            Some(now) => compare(&pair, before, now, out),
            // Where there was nothing to choose, the operations show it.
            None if !pair.was_choice => {}
            None => {
                let class = (Wire::BreaksRequests, Rust::Major);
                let at = At::Old(&before.pointer);
                let subject = subject(before, pair.was_choice);
                out.add(ChangeCode::ServerRemoved, &subject, class, at, "removed");
            }
        }
    }
    for now in &new.servers {
        let is_known = old.servers.iter().any(|other| other.url == now.url);
        if !is_known && pair.is_choice {
            let at = At::New(&now.pointer);
            let subject = subject(now, pair.is_choice);
            let class = (Wire::Compatible, Rust::Minor);
            out.add(ChangeCode::ServerAdded, &subject, class, at, "added");
        }
    }
}

fn compare(pair: &Pair, old: &Server, new: &Server, out: &mut Collector) {
    let Server {
        name,
        url: _, // what pairs them
        docs,
        variables,
        operations,
        pointer,
    } = new;
    let at = At::Both(&old.pointer, pointer);
    let subject = subject(new, pair.is_choice);
    out.docs((&old.docs, docs), &subject, at);
    let rust = match (pair.was_choice, pair.is_choice) {
        (true, true) if old.name != *name => Some((Rust::Major, "its type was renamed")),
        (true, false) => Some((
            Rust::Major,
            "no longer has a type: there is no other to choose",
        )),
        (false, true) => Some((Rust::Minor, "has a type: there is another to choose")),
        (true, true) | (false, false) => None,
    };
    if let Some((rust, what)) = rust {
        out.add(
            ChangeCode::ServerRenamed,
            &subject,
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
    for before in &old.variables {
        match variables.iter().find(|other| other.wire == before.wire) {
            Some(now) => variable(before, now, &subject, at, out),
            None => {
                let what = format!("removed variable `{}`", before.wire);
                let class = (Wire::BreaksRequests, Rust::Major);
                out.add(ChangeCode::ServerVariableChanged, &subject, class, at, what);
            }
        }
    }
    for now in variables {
        if !old.variables.iter().any(|other| other.wire == now.wire) {
            let what = format!("added variable `{}`", now.wire);
            let class = (Wire::Compatible, Rust::Minor);
            out.add(ChangeCode::ServerVariableChanged, &subject, class, at, what);
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
