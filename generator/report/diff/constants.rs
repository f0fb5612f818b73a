//! The members of structs that have one possible value: they are no fields, and are written and compared.

use super::change::{Rust, Wire};
use super::code::ChangeCode;
use super::collector::{At, Collector};
use super::model::Pair;
use super::tags::is_tagged;
use super::types::Width;
use crate::model::api::{Constant, Model};

pub(super) fn has(model: &Model, wire: &str) -> bool {
    model.constants.iter().any(|constant| constant.wire == wire)
}

pub(super) fn compare(pair: &Pair<'_, '_>, out: &mut Collector) {
    for constant in &pair.old.constants {
        let mut others = pair.new.constants.iter();
        match others.find(|other| other.wire == constant.wire) {
            Some(now) => changed(pair, constant, now, out),
            None => removed(pair, constant, out),
        }
    }
    for constant in &pair.new.constants {
        if !has(pair.old, &constant.wire) {
            added(pair, constant, out);
        }
    }
}

fn removed(pair: &Pair<'_, '_>, constant: &Constant, out: &mut Collector) {
    let subject = pair.subject();
    // A discriminator that says the same says it still.
    let is_tagged = is_tagged(&pair.ctx.after, pair.key, constant);
    let mut fields = pair.new.fields.iter();
    match fields.find(|field| field.wire == constant.wire) {
        Some(field) => {
            let what = format!(
                "`{}` may have other values than `{}`",
                constant.wire, constant.value
            );
            let wire = if is_tagged {
                Wire::Unseen
            } else {
                Width::EXTENDED.on_wire(pair.direction)
            };
            let class = (wire, Rust::Major);
            let subject = subject.at(format!("{}::{}", subject.owner, field.name));
            let at = At::Both(&constant.pointer, &field.pointer);
            out.add(ChangeCode::ConstantRemoved, &subject, class, at, what);
        }
        None => {
            let what = format!("removed `{}`, always `{}`", constant.wire, constant.value);
            let wire = if is_tagged {
                Wire::Unseen
            } else {
                Wire::breaking(pair.direction.sent, pair.direction.received)
            };
            let subject = subject.at(pair.old_path.clone());
            let at = At::Old(&constant.pointer);
            let class = (wire, Rust::Patch);
            out.add(ChangeCode::ConstantRemoved, &subject, class, at, what);
        }
    }
}

fn added(pair: &Pair<'_, '_>, constant: &Constant, out: &mut Collector) {
    let subject = pair.subject();
    // A discriminator that says the same said it before.
    let is_tagged = is_tagged(&pair.ctx.before, pair.old_key, constant);
    let mut fields = pair.old.fields.iter();
    match fields.find(|field| field.wire == constant.wire) {
        Some(field) => {
            let what = format!("`{}` is always `{}`", constant.wire, constant.value);
            let wire = if is_tagged {
                Wire::Unseen
            } else {
                Width::NARROWER.on_wire(pair.direction)
            };
            let class = (wire, Rust::Major);
            let subject = subject.at(format!("{}::{}", pair.old_path, field.name));
            let at = At::Both(&field.pointer, &constant.pointer);
            out.add(ChangeCode::ConstantAdded, &subject, class, at, what);
        }
        None => {
            let what = format!("added `{}`, always `{}`", constant.wire, constant.value);
            let wire = if is_tagged {
                Wire::Unseen
            } else {
                Wire::breaking(pair.direction.sent, false)
            };
            let at = At::New(&constant.pointer);
            let class = (wire, Rust::Patch);
            out.add(ChangeCode::ConstantAdded, &subject, class, at, what);
        }
    }
}

fn changed(pair: &Pair<'_, '_>, old: &Constant, new: &Constant, out: &mut Collector) {
    let Constant {
        name: _, // private to the crate
        wire,
        value,
        pointer,
    } = new;
    if old.value != *value {
        let what = format!("`{wire}` is always `{value}`, was `{}`", old.value);
        let class = (Width::OTHER.on_wire(pair.direction), Rust::Patch);
        let at = At::Both(&old.pointer, pointer);
        out.add(
            ChangeCode::ConstantChanged,
            &pair.subject(),
            class,
            at,
            what,
        );
    }
}
