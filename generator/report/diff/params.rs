//! Which parameters of two versions are the same, and those that were added or removed.

use super::change::{Rust, Wire};
use super::code::ChangeCode;
use super::collector::{At, Collector};
use super::operation::Pair;
use super::param::{compare, is_choice, is_same_name, label, way};
use super::param_constants::constants;
use super::paths;
use super::rename::{Member, members_renamed};
use super::types::is_same_in_rust;
use crate::model::api::{Constructor, Location, Param};
use crate::report::type_name::type_name;

/// Compares the parameters: those of the path by their position, the others by their name on the wire, first where they are
/// sent in the same way; what is left may have another name.
pub(super) fn compare_all(pair: &Pair<'_, '_>, out: &mut Collector) {
    constants(pair, out);
    let mut old: Vec<(usize, &Param)> = pair.old.params.iter().enumerate().collect();
    let mut new: Vec<(usize, &Param)> = pair.new.params.iter().enumerate().collect();
    let mut pairs: Vec<(&Param, &Param)> = Vec::new();
    let mut take = |fits: &dyn Fn(&Param, &Param) -> bool| {
        old.retain(|(_, before)| {
            let found = new.iter().position(|(_, now)| fits(before, now));
            let found = found.map(|index| new.remove(index));
            pairs.extend(found.map(|(_, now)| (*before, now)));
            found.is_none()
        });
    };
    let before = paths::names(&pair.old.path);
    let now = paths::names(&pair.new.path);
    if before.len() == now.len() {
        take(&|old, new| {
            let position = |names: &[&str], param: &Param| {
                let is_in_path = way(param.location) == "path";
                names
                    .iter()
                    .position(|name| is_in_path && *name == param.wire)
            };
            let position_now = position(&now, new);
            position_now.is_some() && position(&before, old) == position_now
        });
    }
    take(&|old, new| is_same_name(old, new) && way(new.location) == way(old.location));
    take(&|old, new| new.wire == old.wire);
    let fits = |from: usize, to: usize| {
        let ((_, old), (_, new)) = (old[from], new[to]);
        way(old.location) == way(new.location)
            && old.location != Location::Body
            && old.required == new.required
            && is_same_in_rust(pair.ctx, &old.ty, &new.ty)
            || old.location == Location::Body
                && new.location == Location::Body
                && pair.old.body == pair.new.body
                && old.required == new.required
                && is_same_in_rust(pair.ctx, &old.ty, &new.ty)
    };
    let renamed = members_renamed(&members(&old), &members(&new), fits);
    for (from, to) in &renamed {
        pairs.push((old[*from].1, new[*to].1));
    }
    for (old, new) in pairs {
        compare(pair, old, new, out);
    }
    for (index, (_, old)) in old.into_iter().enumerate() {
        if renamed.iter().all(|(from, _)| *from != index) {
            removed(pair, old, out);
        }
    }
    for (index, (_, new)) in new.into_iter().enumerate() {
        if renamed.iter().all(|(_, to)| *to != index) {
            added(pair, new, out);
        }
    }
}

fn members<'p>(params: &[(usize, &'p Param)]) -> Vec<Member<'p>> {
    let members = params.iter().map(|(index, param)| Member {
        wire: &param.wire,
        docs: &param.docs,
        index: *index,
    });
    members.collect()
}

fn removed(pair: &Pair<'_, '_>, old: &Param, out: &mut Collector) {
    let path = paths::of_param(pair.old_module, pair.old, old);
    let subject = pair.subject().at(path);
    let what = format!("removed {}", label(old));
    let wire = if is_choice(old) {
        Wire::Unseen
    } else {
        Wire::BreaksRequests
    };
    let class = (wire, Rust::Major);
    let at = At::Old(&old.pointer);
    out.add(ChangeCode::ParameterRemoved, &subject, class, at, what);
}

fn added(pair: &Pair<'_, '_>, new: &Param, out: &mut Collector) {
    let (code, class, word) = if new.required {
        let class = (Wire::BreaksRequests, Rust::Major);
        (ChangeCode::RequiredParameterAdded, class, "required ")
    } else {
        let wire = if is_choice(new) {
            Wire::Unseen
        } else {
            Wire::Compatible
        };
        (ChangeCode::ParameterAdded, (wire, Rust::Minor), "")
    };
    let place = match (&pair.new.constructor, new.required) {
        (Constructor::Named(params), true) => format!(" in `{params}`"),
        (Constructor::Positional, true) => " as an argument of `new`".to_owned(),
        (_, false) => String::new(),
    };
    let what = format!(
        "added {word}{}, `{}`{place}",
        label(new),
        type_name(&new.ty)
    );
    let subject = pair
        .subject()
        .at(paths::of_param(pair.module, pair.new, new));
    out.add(code, &subject, class, At::New(&new.pointer), what);
}
