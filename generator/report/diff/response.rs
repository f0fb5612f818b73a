//! What an operation returns: the type of its output, its pages, and how the body is decoded.

use super::catalogue::{Direction, Key, path};
use super::change::{Rust, Wire};
use super::code::ChangeCode;
use super::collector::{At, Collector, Noun, Subject};
use super::context::Context;
use super::operation::Pair;
use super::types::{in_words, is_same_in_rust, type_change};
use crate::model::api::{Answer, Answers, Member, NextPage, Paging, Reading};
use crate::model::names::Name;
use crate::report::type_name::type_name;

pub(super) fn compare(pair: &Pair<'_, '_>, out: &mut Collector) {
    output(pair, out);
    format(pair, out);
    paging(pair, out);
}

fn output(pair: &Pair<'_, '_>, out: &mut Collector) {
    let (old_at, at) = (responses(&pair.old.pointer), responses(&pair.new.pointer));
    let at = At::Both(&old_at, &at);
    let subject = Subject {
        noun: Noun::Response,
        label: format!("response of {}", pair.subject().label),
        ..pair.subject()
    };
    let (class, what) = match (&pair.old.output, &pair.new.output) {
        (None, None) => return,
        (None, Some(ty)) => {
            let what = format!("was empty and is a `{}`", type_name(ty));
            ((Wire::Compatible, Rust::Major), what)
        }
        (Some(ty), None) => {
            let what = format!("was a `{}` and is empty", type_name(ty));
            ((Wire::BreaksResponses, Rust::Major), what)
        }
        (Some(old), Some(new)) => match type_change(pair.ctx, (old, new), Direction::RESPONSE) {
            Some(class) => (class, in_words(old, new)),
            None => return,
        },
    };
    out.add(ChangeCode::ResponseTypeChanged, &subject, class, at, what);
}

fn responses(operation: &str) -> String {
    format!("{operation}/responses")
}

/// What is requested, and how the body is decoded where its type does not show it.
fn format(pair: &Pair<'_, '_>, out: &mut Collector) {
    let (old, new) = (pair.old, pair.new);
    let (old_at, at) = (responses(&old.pointer), responses(&new.pointer));
    let at = At::Both(&old_at, &at);
    if old.accepts != new.accepts {
        let gains = new.accepts.iter().any(|one| !old.accepts.contains(one));
        let shown = |statuses: &[u16]| {
            let statuses: Vec<String> = statuses.iter().map(ToString::to_string).collect();
            if statuses.is_empty() {
                "2xx".to_owned()
            } else {
                statuses.join(", ")
            }
        };
        let what = format!(
            "successful statuses changed from {} to {}",
            shown(&old.accepts),
            shown(&new.accepts)
        );
        let class = (Wire::breaking(false, gains), Rust::Patch);
        out.add(
            ChangeCode::ResponseStatusesChanged,
            &pair.subject(),
            class,
            at,
            what,
        );
    }
    if old.accept != new.accept {
        let what = format!("`Accept` changed from `{}` to `{}`", old.accept, new.accept);
        let class = (Wire::Compatible, Rust::Patch);
        out.add(ChangeCode::AcceptChanged, &pair.subject(), class, at, what);
    }
    let is_same_output = match (&old.output, &new.output) {
        (Some(old), Some(new)) => is_same_in_rust(pair.ctx, old, new),
        (None, None) => true,
        (None, Some(_)) | (Some(_), None) => false,
    };
    if old.reading != new.reading && is_same_output {
        let what = decoded((old.reading, new.reading));
        let class = (Wire::BreaksResponses, Rust::Patch);
        out.add(
            ChangeCode::ResponseFormatChanged,
            &pair.subject(),
            class,
            at,
            what,
        );
    }
}

fn decoded((old, new): (Reading, Reading)) -> String {
    let word = |reading: Reading| match reading {
        Reading::Empty => "nothing",
        Reading::Json => "JSON",
        Reading::Text => "text",
        Reading::Bytes => "bytes",
    };
    format!("response body changed from {} to {}", word(old), word(new))
}

fn paging(pair: &Pair<'_, '_>, out: &mut Collector) {
    let subject = pair.subject();
    let mut add = |code, rust, what: String| {
        out.add(code, &subject, (Wire::Unseen, rust), pair.at(), what);
    };
    match (&pair.old.paging, &pair.new.paging) {
        (None, None) => {}
        (None, Some(_)) => {
            let what = "can be read page by page".to_owned();
            add(ChangeCode::PagingAdded, Rust::Minor, what);
        }
        (Some(_), None) => {
            let what = "can no longer be read page by page".to_owned();
            add(ChangeCode::PagingRemoved, Rust::Major, what);
        }
        (Some(old), Some(new)) => {
            let Paging {
                items,
                item,
                page_size,
                next,
            } = new;
            if !is_same_in_rust(pair.ctx, &old.item, item) {
                let what = format!("records: {}", in_words(&old.item, item));
                add(ChangeCode::PagingItemChanged, Rust::Major, what);
            }
            let is_same = old.items.name == items.name
                && old.page_size == *page_size
                && is_same_way(&old.next, next);
            if !is_same {
                let what = "pages are requested in another way".to_owned();
                add(ChangeCode::PagingChanged, Rust::Patch, what);
            }
        }
    }
}

fn is_same_way(old: &NextPage, new: &NextPage) -> bool {
    let names = |members: &[Member]| -> Vec<Name> {
        let members = members.iter();
        let name = |member: &Member| {
            let Member {
                name,
                optional: _, // its type is compared as that of a field
            } = member;
            name.clone()
        };
        members.map(name).collect()
    };
    match (old, new) {
        (NextPage::Url(old), NextPage::Url(new)) => names(old) == names(new),
        (NextPage::Token(one, old), NextPage::Token(other, new)) => {
            one == other && names(old) == names(new)
        }
        (NextPage::Index(one, old), NextPage::Index(other, new)) => {
            one == other && old.name == new.name
        }
        (NextPage::Url(_) | NextPage::Token(..) | NextPage::Index(..), _) => false,
    }
}

/// Compares two versions of the responses that differ by status.
pub(super) fn compare_by_status(
    ctx: &Context<'_>,
    (old, new): (&Answers, &Answers),
    key: Key<'_>,
    out: &mut Collector,
) {
    let Answers {
        name: _,      // the key, or a rename
        operation: _, // compared as such
        answers,
        pointer: _, // the place
    } = new;
    let owner = path(key);
    let subject = Subject::item(Noun::Response, owner.clone());
    for response in &old.answers {
        let now = answers
            .iter()
            .find(|other| other.statuses == response.statuses);
        let Some(now) = now else {
            let what = format!("removed `{}`", response.name);
            let class = (Wire::BreaksResponses, Rust::Major);
            let subject = subject.at(format!("{owner}::{}", response.name));
            let at = At::Old(&response.pointer);
            out.add(ChangeCode::ResponseRemoved, &subject, class, at, what);
            continue;
        };
        compare_responses(ctx, (response, now), &owner, out);
    }
    for response in answers {
        let mut others = old.answers.iter();
        if !others.any(|other| other.statuses == response.statuses) {
            let what = format!("added `{}`", response.name);
            let class = (Wire::ExtendsResponses, Rust::Minor);
            let subject = subject.at(format!("{owner}::{}", response.name));
            let at = At::New(&response.pointer);
            out.add(ChangeCode::ResponseAdded, &subject, class, at, what);
        }
    }
}

fn compare_responses(
    ctx: &Context<'_>,
    (old, new): (&Answer, &Answer),
    owner: &str,
    out: &mut Collector,
) {
    let Answer {
        name,
        docs,
        statuses: _, // what pairs them
        ty,
        reading,
        pointer,
    } = new;
    let at = At::Both(&old.pointer, pointer);
    let subject = Subject {
        owner: owner.to_owned(),
        ..Subject::item(Noun::Response, format!("{owner}::{name}"))
    };
    out.docs((&old.docs, docs), &subject, at);
    if old.name != *name {
        let what = format!("renamed from `{}`", old.name);
        let class = (Wire::Unseen, Rust::Major);
        out.add(ChangeCode::ResponseRenamed, &subject, class, at, what);
    }
    let change = match (&old.ty, ty) {
        (None, None) => None,
        (Some(old), Some(new)) => type_change(ctx, (old, new), Direction::RESPONSE)
            .map(|class| (class, in_words(old, new))),
        (None, Some(ty)) => Some((
            (Wire::Compatible, Rust::Major),
            format!("was empty and has a `{}`", type_name(ty)),
        )),
        (Some(ty), None) => Some((
            (Wire::BreaksResponses, Rust::Major),
            format!("had a `{}` and is empty", type_name(ty)),
        )),
    };
    let is_same = change.is_none();
    if let Some((class, what)) = change {
        out.add(ChangeCode::ResponseTypeChanged, &subject, class, at, what);
    }
    if old.reading != *reading && is_same {
        let what = decoded((old.reading, *reading));
        let class = (Wire::BreaksResponses, Rust::Patch);
        out.add(ChangeCode::ResponseFormatChanged, &subject, class, at, what);
    }
}
