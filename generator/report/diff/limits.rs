//! Limits of values, which are checked before they are sent: tightened, loosened, or both.

use super::catalogue::Direction;
use super::change::Rust;
use super::code::ChangeCode;
use super::collector::{At, Collector, Subject};
use super::types::{Wider, Width};
use crate::model::api::Limit;

/// Compares the limits of a value. What is checked is what is sent: the limits of what is only received are rules.
pub(super) fn compare(
    subject: &Subject,
    at: At<'_>,
    (old, new): (&[Limit], &[Limit]),
    direction: Direction,
    out: &mut Collector,
) {
    let change = width(old, new);
    let code = match (change.narrower, change.wider) {
        (false, Wider::No) => return,
        (true, Wider::No) => ChangeCode::LimitTightened,
        (true, Wider::Values | Wider::Form) => ChangeCode::LimitChanged,
        (false, Wider::Values | Wider::Form) => ChangeCode::LimitLoosened,
    };
    let what = match (in_words(old), in_words(new)) {
        (Some(before), Some(after)) => format!("limited to {after}, was {before}"),
        (None, Some(after)) => format!("limited to {after}"),
        (Some(before), None) => format!("no longer limited to {before}"),
        (None, None) => return,
    };
    let class = (change.on_wire(direction), Rust::Patch);
    out.add(code, subject, class, at, what);
}

/// What may be, of every kind of limit; a kind that is not there leaves all open.
#[derive(Debug, Clone, PartialEq)]
struct Bounds<'l> {
    length: (usize, usize),
    items: (usize, usize),
    /// A number, and whether it is itself left out.
    least: (f64, bool),
    most: (f64, bool),
    step: Option<f64>,
    patterns: Vec<&'l str>,
    unique: bool,
}

impl<'l> Bounds<'l> {
    fn new(limits: &'l [Limit]) -> Self {
        let mut bounds = Self {
            length: (0, usize::MAX),
            items: (0, usize::MAX),
            least: (f64::NEG_INFINITY, false),
            most: (f64::INFINITY, false),
            step: None,
            patterns: Vec::new(),
            unique: false,
        };
        for limit in limits {
            match limit {
                Limit::Length(min, max) => bounds.length = (*min, *max),
                Limit::Items(min, max) => bounds.items = (*min, *max),
                Limit::Range(min, max) => {
                    bounds.least = (*min, false);
                    bounds.most = (*max, false);
                }
                Limit::Above(min) => bounds.least = (*min, true),
                Limit::Below(max) => bounds.most = (*max, true),
                Limit::MultipleOf(step) => bounds.step = Some(*step),
                Limit::Pattern(_, pattern) => bounds.patterns.push(&pattern.source),
                Limit::Unique => bounds.unique = true,
                Limit::Each(_) => {}
            }
        }
        bounds
    }
}

/// What a change of limits does to the values.
pub(super) fn width(old: &[Limit], new: &[Limit]) -> Width {
    let (before, after) = (Bounds::new(old), Bounds::new(new));
    let own = ends(before.length, after.length)
        .and(ends(before.items, after.items))
        .and(Width::new(
            before.least < after.least,
            before.least > after.least,
        ))
        .and(Width::new(
            lowered(before.most) > lowered(after.most),
            lowered(before.most) < lowered(after.most),
        ));
    let is_in = |these: &[&str], others: &[&str]| these.iter().all(|one| others.contains(one));
    let own = own
        .and(steps(before.step, after.step))
        .and(Width::new(
            !is_in(&after.patterns, &before.patterns),
            !is_in(&before.patterns, &after.patterns),
        ))
        .and(Width::new(
            after.unique && !before.unique,
            before.unique && !after.unique,
        ));
    match (each(old), each(new)) {
        ([], []) => own,
        (old, new) => own.and(width(old, new)),
    }
}

fn steps(old: Option<f64>, new: Option<f64>) -> Width {
    let is_multiple = |one: f64, of: f64| (one / of).fract() == 0.0;
    match (old, new) {
        (None, None) => Width::SAME,
        (None, Some(_)) => Width::NARROWER,
        (Some(_), None) => Width::WIDER,
        (Some(old), Some(new)) => Width::new(!is_multiple(old, new), !is_multiple(new, old)),
    }
}

/// A highest value that is left out is lower than one that is not.
fn lowered((most, is_left_out): (f64, bool)) -> (f64, bool) {
    (most, !is_left_out)
}

fn ends((old_min, old_max): (usize, usize), (min, max): (usize, usize)) -> Width {
    Width::new(
        min > old_min || max < old_max,
        min < old_min || max > old_max,
    )
}

fn each(limits: &[Limit]) -> &[Limit] {
    let inner = limits.iter().find_map(|limit| match limit {
        Limit::Each(inner) => Some(inner.as_slice()),
        Limit::Length(..)
        | Limit::Range(..)
        | Limit::Above(_)
        | Limit::Below(_)
        | Limit::Items(..)
        | Limit::MultipleOf(_)
        | Limit::Pattern(..)
        | Limit::Unique => None,
    });
    inner.unwrap_or_default()
}

pub(super) fn in_words(limits: &[Limit]) -> Option<String> {
    let count = |min: usize, max: usize, noun: &str| match (min, max) {
        (min, usize::MAX) => format!("at least {min} {noun}"),
        (0, max) => format!("at most {max} {noun}"),
        (min, max) => format!("{min} to {max} {noun}"),
    };
    let words: Vec<String> = limits
        .iter()
        .map(|limit| match limit {
            Limit::Length(min, max) => count(*min, *max, "characters"),
            Limit::Items(min, max) => count(*min, *max, "items"),
            Limit::Range(min, max) if max.is_infinite() => format!("values of at least {min}"),
            Limit::Range(min, max) if min.is_infinite() => format!("values of at most {max}"),
            Limit::Range(min, max) => format!("values from {min} to {max}"),
            Limit::Above(min) => format!("values above {min}"),
            Limit::Below(max) => format!("values below {max}"),
            Limit::MultipleOf(step) => format!("multiples of {step}"),
            Limit::Pattern(_, pattern) => format!("texts that match `{}`", pattern.source),
            Limit::Unique => "no item twice".to_owned(),
            Limit::Each(inner) => {
                format!(
                    "items that each have {}",
                    in_words(inner).unwrap_or_default()
                )
            }
        })
        .collect();
    (!words.is_empty()).then(|| words.join(" and "))
}
