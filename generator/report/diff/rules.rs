//! Rules on values that nothing checks.

use super::catalogue::Direction;
use super::change::Rust;
use super::code::ChangeCode;
use super::collector::{At, Collector, Subject};
use super::limits;
use super::types::{Wider, Width};
use crate::model::api::Rule;
use std::mem;

/// How much of the value of a keyword is shown, in characters.
const LONGEST_VALUE: usize = 80;

/// Compares the rules of a value: each kind of rule is a change of its own.
pub(super) fn compare(
    subject: &Subject,
    at: At<'_>,
    (old, new): (&[Rule], &[Rule]),
    direction: Direction,
    out: &mut Collector,
) {
    let (each_before, old): (Vec<&Rule>, Vec<&Rule>) = old.iter().partition(|rule| is_each(rule));
    let (each_after, new): (Vec<&Rule>, Vec<&Rule>) = new.iter().partition(|rule| is_each(rule));
    let lost: Vec<&Rule> = old
        .iter()
        .filter(|rule| !new.contains(rule))
        .copied()
        .collect();
    let mut gained: Vec<&Rule> = new
        .iter()
        .filter(|rule| !old.contains(rule))
        .copied()
        .collect();
    for rule in lost {
        let namesake = gained.iter().position(|other| is_namesake(other, rule));
        let now = namesake.map(|index| gained.remove(index));
        let what = match now {
            Some(now) => format!("rule changed: {}, was {}", in_words(now), in_words(rule)),
            None => format!("rule removed: {}", in_words(rule)),
        };
        let direction = direction_of(rule, direction);
        add(subject, at, (width(Some(rule), now), direction), what, out);
    }
    for rule in gained {
        let what = format!("rule added: {}", in_words(rule));
        let direction = direction_of(rule, direction);
        add(subject, at, (width(None, Some(rule)), direction), what, out);
    }
    let (before, after) = (inside(&each_before), inside(&each_after));
    if !before.is_empty() || !after.is_empty() {
        let subject = Subject {
            label: format!("each value of {}", subject.label),
            ..subject.clone()
        };
        compare(&subject, at, (before, after), direction, out);
    }
}

/// Returns the rules that are no limits where values are sent.
pub(super) fn without_limits(rules: &[Rule]) -> Vec<Rule> {
    let rules = rules.iter().filter_map(|rule| match rule {
        Rule::Limits(_) | Rule::Pattern(_) => None,
        Rule::Each(rules) => {
            let rules = without_limits(rules);
            (!rules.is_empty()).then_some(Rule::Each(rules))
        }
        rule => Some(rule.clone()),
    });
    rules.collect()
}

/// In which direction a rule matters: whoever reads an object takes properties that are not described.
fn direction_of(rule: &Rule, direction: Direction) -> Direction {
    Direction {
        received: direction.received && !matches!(rule, Rule::Closed(_)),
        ..direction
    }
}

fn add(
    subject: &Subject,
    at: At<'_>,
    (width, direction): (Width, Direction),
    what: String,
    out: &mut Collector,
) {
    if direction == Direction::NONE {
        return;
    }
    let code = match (width.narrower, width.wider) {
        (false, Wider::No) => return,
        (true, Wider::No) => ChangeCode::RuleAdded,
        (false, Wider::Values | Wider::Form) => ChangeCode::RuleRemoved,
        (true, Wider::Values | Wider::Form) => ChangeCode::RuleChanged,
    };
    let class = (width.on_wire(direction), Rust::None);
    out.add(code, subject, class, at, what);
}

/// Whether two rules are of one kind.
fn is_namesake(one: &Rule, other: &Rule) -> bool {
    match (one, other) {
        (Rule::Keyword(one, _), Rule::Keyword(other, _)) => one == other,
        (one, other) => mem::discriminant(one) == mem::discriminant(other),
    }
}

fn is_each(rule: &Rule) -> bool {
    matches!(rule, Rule::Each(_))
}

fn inside<'r>(rules: &[&'r Rule]) -> &'r [Rule] {
    match rules.first() {
        Some(Rule::Each(inner)) => inner,
        _ => &[],
    }
}

fn width(old: Option<&Rule>, new: Option<&Rule>) -> Width {
    match (old, new) {
        (None, None) => Width::SAME,
        (None, Some(_)) => Width::NARROWER,
        (Some(_), None) => Width::WIDER,
        (Some(Rule::Limits(old)), Some(Rule::Limits(new))) => limits::width(old, new),
        (Some(Rule::Listed(old)), Some(Rule::Listed(new))) => Width::new(
            old.iter().any(|value| !new.contains(value)),
            new.iter().any(|value| !old.contains(value)),
        ),
        (Some(Rule::Closed(old)), Some(Rule::Closed(new))) => Width::new(
            old.iter().any(|name| !new.contains(name)),
            new.iter().any(|name| !old.contains(name)),
        ),
        (Some(_), Some(_)) => Width::OTHER,
    }
}

fn in_words(rule: &Rule) -> String {
    match rule {
        Rule::Pattern(pattern) => format!("pattern `{pattern}`"),
        Rule::Format(format) => format!("format `{format}`"),
        Rule::Listed(values) => format!("one of {}", values.join(", ")),
        Rule::Not => "`not`".to_owned(),
        Rule::Closed(names) if names.is_empty() => "no additional properties".to_owned(),
        Rule::Closed(names) => {
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            format!(
                "additional properties only with names that match {}",
                names.join(" or ")
            )
        }
        Rule::Keyword(keyword, value) => {
            let shown: String = value.chars().take(LONGEST_VALUE).collect();
            let rest = if shown.len() < value.len() { "…" } else { "" };
            format!("`{keyword}: {shown}{rest}`")
        }
        Rule::Limits(limits) => limits::in_words(limits).unwrap_or_default(),
        Rule::Each(inner) => {
            let inner: Vec<String> = inner.iter().map(in_words).collect();
            format!("each value: {}", inner.join(" and "))
        }
    }
}
