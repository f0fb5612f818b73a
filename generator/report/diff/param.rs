//! The parameters of an operation, and the fields of its form.

use super::catalogue::Direction;
use super::change::{Rust, Wire};
use super::code::ChangeCode;
use super::collector::{At, Collector, Noun, Subject};
use super::operation::Pair;
use super::rename::{Member, members_renamed};
use super::types::{in_words, is_same_in_rust, type_change};
use super::{defaults, limits, paths, rules, style};
use crate::model::api::{ConstantParam, Constructor, Location, Param};
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

/// Whether two names are one to the service: case is no matter in those of headers.
fn is_same_name(old: &Param, new: &Param) -> bool {
    let are_headers = [old, new].map(|param| param.location == Location::Header);
    old.wire == new.wire || are_headers == [true, true] && old.wire.eq_ignore_ascii_case(&new.wire)
}

/// Compares what is sent without being asked for.
fn constants(pair: &Pair<'_, '_>, out: &mut Collector) {
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

fn members<'p>(params: &[(usize, &'p Param)]) -> Vec<Member<'p>> {
    let members = params.iter().map(|(index, param)| Member {
        wire: &param.wire,
        docs: &param.docs,
        index: *index,
    });
    members.collect()
}

fn way(location: Location) -> &'static str {
    match location {
        Location::Path | Location::Account => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
        Location::Body => "body",
    }
}

/// Whether it is no parameter of the description but the choice among the media types of the response.
fn is_choice(param: &Param) -> bool {
    param.location == Location::Header && param.pointer.ends_with("/responses")
}

/// A parameter in a sentence.
fn label(param: &Param) -> String {
    format!("{} parameter `{}`", way(param.location), param.wire)
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

fn compare(pair: &Pair<'_, '_>, old: &Param, new: &Param, out: &mut Collector) {
    let Param {
        name: _,  // by `renamed`
        clear: _, // by `requirement`
        wire: _,  // by `renamed`
        location,
        docs,
        ty,
        required: _, // by `requirement`
        sends_default,
        style,
        reserved,
        part: _, // by `request_body`, as an encoding
        limits,
        rules,
        default,
        sensitive,
        pointer,
    } = new;
    let at = At::Both(&old.pointer, pointer);
    let operation = pair.subject();
    let subject = Subject {
        noun: Noun::Parameter,
        label: format!("{} of {}", label(new), operation.label),
        ..operation.at(paths::of_param(pair.module, pair.new, new))
    };
    out.docs((&old.docs, docs), &subject, at);
    renamed(pair, (old, new), &subject, out);
    if way(old.location) != way(*location) {
        let what = format!(
            "moved from the {} to the {}",
            way(old.location),
            way(*location)
        );
        let class = (Wire::BreaksRequests, Rust::Patch);
        out.add(ChangeCode::ParameterMoved, &subject, class, at, what);
    }
    if let Some(class) = type_change(pair.ctx, (&old.ty, ty), Direction::REQUEST) {
        let what = in_words(&old.ty, ty);
        out.add(ChangeCode::ParameterTypeChanged, &subject, class, at, what);
    }
    let is_written_alike = old.style == *style && old.reserved == *reserved;
    let is_elsewhere = way(old.location) != way(*location)
        || pair.old.body != pair.new.body && *location == Location::Body;
    if !is_written_alike && !is_elsewhere {
        let class = (Wire::BreaksRequests, Rust::Patch);
        let what = format!(
            "style changed from {} to {}",
            style::in_words(&old.style, old.reserved),
            style::in_words(style, *reserved)
        );
        out.add(ChangeCode::ParameterStyleChanged, &subject, class, at, what);
    }
    sensitivity((old.sensitive, *sensitive), &subject, at, out);
    requirement(pair, (old, new), &subject, out);
    limits::compare(&subject, at, (&old.limits, limits), out);
    rules::compare(&subject, at, (&old.rules, rules), out);
    if old.sends_default != *sends_default && old.required == new.required {
        let what = if *sends_default {
            "the default is sent where there is no value"
        } else {
            "the default is no longer sent where there is no value"
        };
        let class = (Wire::Unseen, Rust::Patch);
        out.add(ChangeCode::DefaultValueChanged, &subject, class, at, what);
    }
    let values = (old.default.as_ref(), default.as_ref());
    let is_always_sent = |param: &Param| param.required || param.sends_default;
    let (direction, rust) = if is_always_sent(old) && is_always_sent(new) {
        // The service never takes its default; the crate does.
        (Direction::NONE, Rust::Patch)
    } else {
        (Direction::REQUEST, Rust::None)
    };
    if !(old.required && new.required) {
        defaults::compare(&subject, at, values, (direction, rust), out);
    }
}

pub(super) fn sensitivity(
    (old, new): (bool, bool),
    subject: &Subject,
    at: At<'_>,
    out: &mut Collector,
) {
    if old != new {
        let what = if new {
            "kept out of `Debug`"
        } else {
            "shown by `Debug`"
        };
        let class = (Wire::Unseen, Rust::Patch);
        out.add(ChangeCode::SensitivityChanged, subject, class, at, what);
    }
}

/// The name of a parameter in the path is not sent, and neither is the name of an argument seen by callers.
fn renamed(
    pair: &Pair<'_, '_>,
    (old, new): (&Param, &Param),
    subject: &Subject,
    out: &mut Collector,
) {
    let is_named = match (new.required, &pair.new.constructor) {
        (true, Constructor::Positional) => false,
        (true, Constructor::Named(_)) | (false, _) => true,
    };
    let rust = if is_named && old.name != new.name {
        Rust::Major
    } else {
        Rust::Patch
    };
    let at = At::Both(&old.pointer, &new.pointer);
    let is_in_path = way(old.location) == "path" && way(new.location) == "path";
    if old.wire != new.wire {
        let wire = if is_in_path || is_same_name(old, new) {
            Wire::Unseen
        } else {
            Wire::BreaksRequests
        };
        let subject = Subject {
            noun: Noun::Operation,
            ..pair.subject().at(subject.path.clone())
        };
        let what = format!("renamed {} to `{}`", label(old), new.wire);
        out.add(
            ChangeCode::ParameterRenamed,
            &subject,
            (wire, rust),
            at,
            what,
        );
    } else if old.name != new.name {
        let what = format!("renamed in Rust from `{}` to `{}`", old.name, new.name);
        let class = (Wire::Unseen, rust);
        out.add(ChangeCode::ParameterRenamed, subject, class, at, what);
    }
}

fn requirement(
    pair: &Pair<'_, '_>,
    (old, new): (&Param, &Param),
    subject: &Subject,
    out: &mut Collector,
) {
    let at = At::Both(&old.pointer, &new.pointer);
    match (old.required, new.required) {
        (true, true) => {}
        (false, true) => {
            let class = (Wire::BreaksRequests, Rust::Major);
            let what = "now required: an argument of `new` instead of a setter";
            out.add(ChangeCode::ParameterNowRequired, subject, class, at, what);
        }
        (true, false) => {
            let class = (Wire::Compatible, Rust::Major);
            let what = "now optional: a setter instead of an argument of `new`";
            out.add(ChangeCode::ParameterNowOptional, subject, class, at, what);
        }
        (false, false) => {
            let rust = match (&old.clear, &new.clear) {
                (None, None) => return,
                // Its name follows that of the parameter.
                (Some(one), Some(other)) if one == other || old.name != new.name => return,
                (None, Some(_)) => Rust::Minor,
                (Some(_), _) => Rust::Major,
            };
            let owner = super::catalogue::path((pair.module, &pair.new.name));
            let (path, what) = match (&old.clear, &new.clear) {
                (_, Some(clear)) => (
                    format!("{owner}::{clear}"),
                    format!("added method `{clear}`, which sends it empty"),
                ),
                (Some(clear), None) => {
                    let owner = super::catalogue::path((pair.old_module, &pair.old.name));
                    (
                        format!("{owner}::{clear}"),
                        format!("removed method `{clear}`, which sent it empty"),
                    )
                }
                (None, None) => return,
            };
            let at = match &new.clear {
                Some(_) => at,
                None => At::Old(&old.pointer),
            };
            let class = (Wire::Unseen, rust);
            out.add(
                ChangeCode::ClearMethodChanged,
                &subject.at(path),
                class,
                at,
                what,
            );
        }
    }
}
