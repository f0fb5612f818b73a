//! Enums: their values by what is on the wire.

use super::catalogue::{Direction, Key, path};
use super::change::{Rust, Wire};
use super::code::ChangeCode;
use super::collector::{At, Collector, Noun, Spot, Subject, spot};
use super::context::Context;
use super::types::{Width, renamed_key};
use crate::model::api::{Literal, OpenEnum, Variant};

/// Values that a sentence names; of more, it says how many there are.
const NAMED: usize = 8;

/// Both versions of an enum.
struct Pair {
    old_path: String,
    path: String,
    direction: Direction,
    /// Whether callers may match it without a wildcard in both versions.
    is_closed: bool,
}

impl Pair {
    fn subject(&self) -> Subject {
        Subject::item(Noun::Enum, self.path.clone())
    }
}

/// Compares two versions of an enum.
pub(super) fn compare<'a>(
    ctx: &Context<'a>,
    old_key: Key<'a>,
    (old, new): (&'a OpenEnum, &'a OpenEnum),
    out: &mut Collector,
) {
    let OpenEnum {
        name: _, // the key, or a rename
        docs,
        kind: _, // its values show whether they are strings or integers
        variants,
        is_closed,
        derives: _, // by `traits`
        pointer,
    } = new;
    let key = renamed_key(ctx, old_key);
    let before = ctx.before.direction(old_key);
    let pair = Pair {
        old_path: path(old_key),
        path: path(key),
        direction: before.or(ctx.after.direction(key)),
        is_closed: old.is_closed && *is_closed,
    };
    let at = At::Both(&old.pointer, pointer);
    out.docs((&old.docs, docs), &pair.subject(), at);
    if old.is_closed != *is_closed {
        let what = if *is_closed {
            "now closed: it takes no values that are not listed"
        } else {
            "no longer closed: it takes values that are not listed"
        };
        let class = (Wire::Unseen, Rust::Major);
        let code = ChangeCode::EnumOpennessChanged;
        out.add(code, &pair.subject(), class, at, what);
    }
    let mut respelled: Vec<&Literal> = Vec::new();
    let mut removed: Vec<&Variant> = Vec::new();
    for variant in &old.variants {
        let same = variants.iter().find(|other| other.wire == variant.wire);
        let namesake = variants.iter().find(|other| other.name == variant.name);
        match (same, namesake) {
            (Some(now), _) => compare_variants(&pair, variant, now, out),
            (None, Some(now)) => {
                respelled.push(&now.wire);
                respell(&pair, variant, now, out);
            }
            (None, None) => removed.push(variant),
        }
    }
    let is_known = |one: &&Variant| {
        old.variants.iter().any(|other| other.wire == one.wire) || respelled.contains(&&one.wire)
    };
    let added: Vec<&Variant> = variants.iter().filter(|one| !is_known(one)).collect();
    lists(&pair, &removed, &added, out);
}

fn lists(pair: &Pair, removed: &[&Variant], added: &[&Variant], out: &mut Collector) {
    if !removed.is_empty() {
        let spots = removed.iter().map(|one| {
            let path = format!("{}::{}", pair.old_path, one.name);
            spot(&path, At::Old(&one.pointer))
        });
        let class = (Width::NARROWER.on_wire(pair.direction), Rust::Major);
        let what = named("removed", removed);
        let spots: Vec<Spot> = spots.collect();
        out.push(
            ChangeCode::EnumValueRemoved,
            &pair.subject(),
            class,
            spots,
            what,
        );
    }
    if !added.is_empty() {
        let spots = added.iter().map(|one| {
            let path = format!("{}::{}", pair.path, one.name);
            spot(&path, At::New(&one.pointer))
        });
        let rust = if pair.is_closed {
            Rust::Major
        } else {
            Rust::Minor
        };
        let class = (Width::EXTENDED.on_wire(pair.direction), rust);
        let what = named("added", added);
        let spots: Vec<Spot> = spots.collect();
        out.push(
            ChangeCode::EnumValueAdded,
            &pair.subject(),
            class,
            spots,
            what,
        );
    }
}

/// The values in a sentence, and all of them to tell one cause from another.
fn named(verb: &str, variants: &[&Variant]) -> (String, String) {
    let values = |variants: &[&Variant]| {
        let values: Vec<String> = variants
            .iter()
            .map(|one| format!("`{}`", one.wire))
            .collect();
        values.join(", ")
    };
    let all = format!("{verb} {}", values(variants));
    match variants {
        [_] => (format!("{verb} value {}", values(variants)), all),
        _ if variants.len() <= NAMED => (format!("{verb} values {}", values(variants)), all),
        _ => {
            let shown = values(&variants[..NAMED]);
            let more = variants.len() - NAMED;
            let what = format!("{verb} {} values: {shown} and {more} more", variants.len());
            (what, all)
        }
    }
}

fn respell(pair: &Pair, old: &Variant, new: &Variant, out: &mut Collector) {
    let subject = Subject {
        label: format!("`{}::{}`", pair.path, new.name),
        ..pair.subject().at(format!("{}::{}", pair.path, new.name))
    };
    let what = format!("value changed from `{}` to `{}`", old.wire, new.wire);
    let class = (Width::OTHER.on_wire(pair.direction), Rust::Patch);
    let at = At::Both(&old.pointer, &new.pointer);
    out.add(ChangeCode::EnumValueRespelled, &subject, class, at, what);
}

fn compare_variants(pair: &Pair, old: &Variant, new: &Variant, out: &mut Collector) {
    let Variant {
        name,
        docs: _, // the documentation of a variant is its value
        wire,
        pointer,
    } = new;
    if old.name != *name {
        let subject = pair.subject().at(format!("{}::{name}", pair.path));
        let what = format!(
            "variant of `{wire}` renamed from `{}` to `{name}`",
            old.name
        );
        let class = (Wire::Unseen, Rust::Major);
        let at = At::Both(&old.pointer, pointer);
        out.add(ChangeCode::EnumValueRenamed, &subject, class, at, what);
    }
}
