//! Rules on values that are checked before they are sent: tightened, loosened, or both.

use super::catalogue::Travels;
use super::change::{At, Collector, Rust};
use super::types::Width;
use crate::model::api::Limit;

/// What is checked is what is sent.
const SENT: Travels = Travels {
    sent: true,
    received: false,
};

/// Compares the limits of the value called `name`, which stands at `path`.
pub(super) fn compare(
    name: &str,
    path: &str,
    at: At<'_>,
    (old, new): (&[Limit], &[Limit]),
    out: &mut Collector<'_>,
) {
    let change = width(old, new);
    if change == Width::default() {
        return;
    }
    let code = match (change.narrower, change.wider) {
        (true, true) => "limit-changed",
        (true, false) => "limit-tightened",
        (false, _) => "limit-loosened",
    };
    let message = match (in_words(old), in_words(new)) {
        (Some(before), Some(after)) => {
            format!("{name} is limited to {after}, and was to {before}")
        }
        (None, Some(after)) => format!("{name} is limited to {after} now"),
        (Some(before), None) => format!("{name} is no longer limited to {before}"),
        (None, None) => return,
    };
    out.add(code, path, (change.on_wire(SENT), Rust::Patch), at, message);
}

/// What may be, of every kind of limit; a kind that is not there leaves all open.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Bounds {
    length: (usize, usize),
    items: (usize, usize),
    /// A number, and whether it is itself left out.
    least: (f64, bool),
    most: (f64, bool),
}

impl Bounds {
    fn of(limits: &[Limit]) -> Self {
        let mut bounds = Self {
            length: (0, usize::MAX),
            items: (0, usize::MAX),
            least: (f64::NEG_INFINITY, false),
            most: (f64::INFINITY, false),
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
                Limit::MultipleOf(_) | Limit::Pattern(..) | Limit::Unique | Limit::Each(_) => {}
            }
        }
        bounds
    }
}

fn width(old: &[Limit], new: &[Limit]) -> Width {
    let (before, after) = (Bounds::of(old), Bounds::of(new));
    let own = ends(before.length, after.length)
        .and(ends(before.items, after.items))
        .and(Width::of(
            before.least < after.least,
            before.least > after.least,
        ))
        .and(Width::of(
            lowered(before.most) > lowered(after.most),
            lowered(before.most) < lowered(after.most),
        ));
    match (each(old), each(new)) {
        ([], []) => own,
        (old, new) => own.and(width(old, new)),
    }
}

/// A highest value that is left out is lower than one that is not.
fn lowered((most, is_left_out): (f64, bool)) -> (f64, bool) {
    (most, !is_left_out)
}

fn ends((old_min, old_max): (usize, usize), (min, max): (usize, usize)) -> Width {
    Width::of(
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

fn in_words(limits: &[Limit]) -> Option<String> {
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
