//! What is sent without being asked for: parameters that have one possible value.

use super::change::{Rust, Wire};
use super::code::ChangeCode;
use super::collector::{At, Collector};
use super::operation::Pair;
use super::param::way;
use crate::model::api::ConstantParam;

/// Compares what is sent without being asked for.
pub(super) fn constants(pair: &Pair<'_, '_>, out: &mut Collector) {
    let subject = pair.subject();
    let (old, new) = (&pair.old.constants, &pair.new.constants);
    let is_same = |one: &ConstantParam, other: &ConstantParam| {
        one.wire == other.wire && way(one.location) == way(other.location)
    };
    for before in old {
        let shown = format!("{} parameter `{}`", way(before.location), before.wire);
        match new.iter().find(|other| is_same(before, other)) {
            None => {
                let what = format!("removed {shown}, always `{}`", before.value);
                let class = (Wire::BreaksRequests, Rust::Patch);
                let at = At::Both(&before.pointer, &pair.new.pointer);
                out.add(
                    ChangeCode::ConstantParameterRemoved,
                    &subject,
                    class,
                    at,
                    what,
                );
            }
            Some(ConstantParam {
                wire: _,     // what pairs them
                location: _, // what pairs them
                value,
                pointer,
            }) if before.value != *value => {
                let what = format!("{shown} is always `{value}`, was `{}`", before.value);
                let class = (Wire::BreaksRequests, Rust::Patch);
                let at = At::Both(&before.pointer, pointer);
                out.add(
                    ChangeCode::ConstantParameterChanged,
                    &subject,
                    class,
                    at,
                    what,
                );
            }
            Some(_) => {}
        }
    }
    for now in new {
        if !old.iter().any(|other| is_same(other, now)) {
            let what = format!(
                "added {} parameter `{}`, always `{}`",
                way(now.location),
                now.wire,
                now.value
            );
            let class = (Wire::BreaksRequests, Rust::Patch);
            let at = At::Both(&pair.old.pointer, &now.pointer);
            out.add(
                ChangeCode::ConstantParameterAdded,
                &subject,
                class,
                at,
                what,
            );
        }
    }
}
