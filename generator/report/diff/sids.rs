//! The kinds of SID, and their aliases.

use super::change::{Rust, Wire};
use super::code::ChangeCode;
use super::collector::{At, Collector, Noun, Subject};
use crate::model::api::{SidAlias, SidKind};
use crate::model::names::Name;
use std::collections::BTreeMap;

fn subject(name: &Name, label: String) -> Subject {
    Subject {
        label,
        ..Subject::item(Noun::Sid, format!("sids::{name}"))
    }
}

pub(super) fn kinds(
    old: &BTreeMap<Name, SidKind>,
    new: &BTreeMap<Name, SidKind>,
    out: &mut Collector,
) {
    for (name, kind) in old {
        let subject = subject(name, format!("`Sid<{name}>`"));
        let Some(now) = new.get(name) else {
            let class = (Wire::Unseen, Rust::Major);
            let at = At::Old(&kind.pointer);
            out.add(ChangeCode::SidKindRemoved, &subject, class, at, "removed");
            continue;
        };
        let SidKind {
            pattern,
            prefixes,
            digits,
            pointer,
        } = now;
        // The name says which prefixes and digits there are; their order and spelling are left.
        if kind.pattern != *pattern || kind.prefixes != *prefixes || kind.digits != *digits {
            let what = format!("pattern respelled from `{}` to `{pattern}`", kind.pattern);
            let class = (Wire::Unseen, Rust::Patch);
            let at = At::Both(&kind.pointer, pointer);
            out.add(ChangeCode::SidPatternRespelled, &subject, class, at, what);
        }
    }
    for (name, kind) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
        let subject = subject(name, format!("`Sid<{name}>`"));
        let class = (Wire::Unseen, Rust::Minor);
        let at = At::New(&kind.pointer);
        out.add(ChangeCode::SidKindAdded, &subject, class, at, "added");
    }
}

pub(super) fn aliases(
    old: &BTreeMap<Name, SidAlias>,
    new: &BTreeMap<Name, SidAlias>,
    out: &mut Collector,
) {
    for (name, alias) in old {
        let subject = subject(name, format!("`sids::{name}`"));
        let Some(now) = new.get(name) else {
            let what = format!("removed, an alias of `Sid<{}>`", alias.kind);
            let class = (Wire::Unseen, Rust::Major);
            let at = At::Old(&alias.pointer);
            out.add(ChangeCode::SidAliasRemoved, &subject, class, at, what);
            continue;
        };
        let SidAlias {
            kind,
            model,
            pointer,
        } = now;
        let at = At::Both(&alias.pointer, pointer);
        if alias.kind != *kind {
            let what = format!("changed from `Sid<{}>` to `Sid<{kind}>`", alias.kind);
            let class = (Wire::Unseen, Rust::Major);
            out.add(ChangeCode::SidAliasChanged, &subject, class, at, what);
        } else if alias.model != *model {
            let subject = Subject {
                noun: Noun::Place,
                ..subject
            };
            let class = (Wire::Unseen, Rust::Patch);
            out.add(
                ChangeCode::DocsChanged,
                &subject,
                class,
                at,
                "description changed",
            );
        }
    }
    for (name, alias) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
        let what = format!("added, an alias of `Sid<{}>`", alias.kind);
        let class = (Wire::Unseen, Rust::Minor);
        let subject = subject(name, format!("`sids::{name}`"));
        let at = At::New(&alias.pointer);
        out.add(ChangeCode::SidAliasAdded, &subject, class, at, what);
    }
}
