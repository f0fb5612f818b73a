//! A parameter of an operation, or a field of its form.

use super::catalogue::Direction;
use super::change::{Rust, Wire};
use super::code::ChangeCode;
use super::collector::{At, Collector, Noun, Subject};
use super::operation::Pair;
use super::types::{in_words, type_change};
use super::{defaults, limits, paths, rules, style};
use crate::model::api::{Location, Param};

/// Whether two names are one to the service: case is no matter in those of headers.
pub(super) fn is_same_name(old: &Param, new: &Param) -> bool {
    let are_headers = [old, new].map(|param| param.location == Location::Header);
    old.wire == new.wire || are_headers == [true, true] && old.wire.eq_ignore_ascii_case(&new.wire)
}

/// Where a parameter is sent, in words.
pub(super) fn way(location: Location) -> &'static str {
    match location {
        Location::Path | Location::Account => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
        Location::Body => "body",
    }
}

/// Whether it is no parameter of the description but the choice among the media types of the response.
pub(super) fn is_choice(param: &Param) -> bool {
    param.location == Location::Header && param.pointer.ends_with("/responses")
}

/// A parameter in a sentence.
pub(super) fn label(param: &Param) -> String {
    format!("{} parameter `{}`", way(param.location), param.wire)
}

/// Compares a parameter in two versions.
pub(super) fn compare(pair: &Pair<'_, '_>, old: &Param, new: &Param, out: &mut Collector) {
    let Param {
        name: _,  // by `renamed`
        clear: _, // by `requirement`
        wire: _,  // by `renamed`
        location,
        docs,
        ty,
        required: _,      // by `requirement`
        sends_default: _, // by `requirement`
        style: _,         // by `style_changed`
        reserved: _,      // by `style_changed`
        part: _,          // by `request_body`, as an encoding
        limits,
        rules,
        default: _, // by `default_changed`
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
        // Callers read the field of a parameter, unless it is an argument for the path.
        let rust = match (pair.old.is_unnamed(old), pair.new.is_unnamed(new)) {
            (false, true) => Rust::Major,
            (true, false) => Rust::Minor,
            (true, true) | (false, false) => Rust::Patch,
        };
        let class = (Wire::BreaksRequests, rust);
        out.add(ChangeCode::ParameterMoved, &subject, class, at, what);
    }
    if let Some(class) = type_change(pair.ctx, (&old.ty, ty), Direction::REQUEST) {
        let what = in_words(&old.ty, ty);
        out.add(ChangeCode::ParameterTypeChanged, &subject, class, at, what);
    }
    style_changed(pair, (old, new), &subject, out);
    sensitivity((old.sensitive, *sensitive), &subject, at, out);
    requirement(pair, (old, new), &subject, out);
    limits::compare(&subject, at, (&old.limits, limits), Direction::REQUEST, out);
    rules::compare(&subject, at, (&old.rules, rules), Direction::REQUEST, out);
    default_changed((old, new), &subject, out);
}

/// How a parameter is written; where it is sent elsewhere, that is another difference.
fn style_changed(
    pair: &Pair<'_, '_>,
    (old, new): (&Param, &Param),
    subject: &Subject,
    out: &mut Collector,
) {
    let is_written_alike = old.style == new.style && old.reserved == new.reserved;
    let is_elsewhere = way(old.location) != way(new.location)
        || pair.old.body != pair.new.body && new.location == Location::Body;
    if !is_written_alike && !is_elsewhere {
        let class = (Wire::BreaksRequests, Rust::Patch);
        let what = format!(
            "style changed from {} to {}",
            style::in_words(&old.style, old.reserved),
            style::in_words(&new.style, new.reserved)
        );
        let at = At::Both(&old.pointer, &new.pointer);
        out.add(ChangeCode::ParameterStyleChanged, subject, class, at, what);
    }
}

fn default_changed((old, new): (&Param, &Param), subject: &Subject, out: &mut Collector) {
    let at = At::Both(&old.pointer, &new.pointer);
    let values = (old.default.as_ref(), new.default.as_ref());
    let is_always_sent = |param: &Param| param.required || param.sends_default;
    let (direction, rust) = if is_always_sent(old) && is_always_sent(new) {
        // The service never takes its default; the crate does.
        (Direction::NONE, Rust::Patch)
    } else {
        (Direction::REQUEST, Rust::None)
    };
    if !(old.required && new.required) {
        defaults::compare(subject, at, values, (direction, rust), out);
    }
}

/// Compares whether a value is kept out of `Debug`.
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

/// The name of a parameter in the path is not sent, and where it is an argument of `new`, callers do not see it either.
fn renamed(
    pair: &Pair<'_, '_>,
    (old, new): (&Param, &Param),
    subject: &Subject,
    out: &mut Collector,
) {
    let rust = if !pair.old.is_unnamed(old) && old.name != new.name {
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

/// Compares whether requests have to have a parameter that the crate sends with its default where there is no value.
fn always_sent((old, new): (&Param, &Param), subject: &Subject, at: At<'_>, out: &mut Collector) {
    let (code, wire, what) = match (old.sends_default, new.sends_default) {
        (true, true) | (false, false) => return,
        (false, true) => (
            ChangeCode::ParameterNowRequired,
            Wire::BreaksRequests,
            "now required: the default is sent where there is no value",
        ),
        (true, false) => (
            ChangeCode::ParameterNowOptional,
            Wire::Compatible,
            "now optional: the default is no longer sent where there is no value",
        ),
    };
    out.add(code, subject, (wire, Rust::Patch), at, what);
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
            let wire = if old.sends_default {
                Wire::Unseen
            } else {
                Wire::BreaksRequests
            };
            let class = (wire, Rust::Major);
            let what = "now required: an argument of `new` instead of a setter";
            out.add(ChangeCode::ParameterNowRequired, subject, class, at, what);
        }
        (true, false) => {
            let wire = if new.sends_default {
                Wire::Unseen
            } else {
                Wire::Compatible
            };
            let class = (wire, Rust::Major);
            let what = "now optional: a setter instead of an argument of `new`";
            out.add(ChangeCode::ParameterNowOptional, subject, class, at, what);
        }
        (false, false) => {
            always_sent((old, new), subject, at, out);
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
