//! Which variant of a union the runtime selects for a value (`templates/runtime/decode/best.rs`, `tag.rs`).

use super::rank::{DECISIVE, Rank};
use super::text::has_uuid_hyphens;
use super::{iso8601, number, rfc3339};
use crate::model::api::{
    Alternative, Format, JsonKind, Literal, Selection, Shape, ShapeMember, Union,
};
use serde_json::{Map, Value};
use std::cmp::Reverse;

/// What is selected.
pub(super) enum Selected<'u> {
    Alternative(&'u Alternative),
    /// A variant that the description does not list.
    Unlisted,
    /// No variant has values of this type.
    None,
}

pub(super) fn select<'u>(union: &'u Union, value: &Value) -> Selected<'u> {
    selected(&union.selection, union, value)
}

fn selected<'u>(selection: &Selection, union: &'u Union, value: &Value) -> Selected<'u> {
    match selection {
        Selection::Alternative(index) => match union.alternatives.get(*index) {
            Some(alternative) => Selected::Alternative(alternative),
            None => Selected::Unlisted,
        },
        Selection::Kind(arms) => {
            let kind = kind_of(value);
            match arms.iter().find(|(expected, _)| *expected == kind) {
                Some((_, selection)) => selected(selection, union, value),
                None => Selected::None,
            }
        }
        Selection::Tag {
            path,
            arms,
            missing,
        } => {
            let tag = path.iter().try_fold(value, |object, name| object.get(name));
            let Some(tag) = tag else {
                return match missing {
                    Some(selection) => selected(selection, union, value),
                    None => Selected::Unlisted,
                };
            };
            let arm = arms
                .iter()
                .find(|(tags, _)| tags.iter().any(|one| is_literal(one, tag)));
            match arm {
                Some((_, selection)) => selected(selection, union, value),
                None => Selected::Unlisted,
            }
        }
        Selection::Shape(candidates) => {
            let found = candidates
                .iter()
                .filter_map(|index| union.alternatives.get(*index))
                .enumerate();
            let ranked = found
                .filter_map(|(index, one)| Some(((rank(&one.shape, value)?, Reverse(index)), one)));
            match ranked.max_by_key(|(rank, _)| *rank) {
                Some((_, alternative)) => Selected::Alternative(alternative),
                None => Selected::None,
            }
        }
    }
}

/// Whether a value is the one that a description names.
pub(super) fn is_literal(literal: &Literal, value: &Value) -> bool {
    match (literal, value) {
        (Literal::Text(expected), Value::String(text)) => expected == text,
        (Literal::Integer(expected), Value::Number(number)) => {
            number::integer(&number.to_string()) == Ok((*expected).into())
        }
        (Literal::Bool(expected), Value::Bool(value)) => expected == value,
        _ => false,
    }
}

fn kind_of(value: &Value) -> JsonKind {
    match value {
        Value::Null => JsonKind::Null,
        Value::Bool(_) => JsonKind::Bool,
        Value::Number(_) => JsonKind::Number,
        Value::String(_) => JsonKind::String,
        Value::Array(_) => JsonKind::List,
        Value::Object(_) => JsonKind::Object,
    }
}

/// Returns how well a value is of a shape; `None` when it is of another type, or has another value than a pinned one.
fn rank(shape: &Shape, value: &Value) -> Option<Rank> {
    if !has_type(shape, value) {
        return None;
    }
    let mut found = rank_alone(shape, value)?;
    found.listed_values += listed(&shape.values, value)?;
    if !shape.any_of.is_empty() {
        found = found.and(
            shape
                .any_of
                .iter()
                .filter_map(|one| rank(one, value))
                .max()?,
        );
    }
    Some(found)
}

fn rank_alone(shape: &Shape, value: &Value) -> Option<Rank> {
    match value {
        Value::Object(entries) => {
            let allows_other = |value: &Value| match &shape.items {
                Some(items) => has_type(items, value),
                None => !shape.closed,
            };
            // What alternatives have in common is in each of them.
            let members = if shape.any_of.is_empty() {
                shape.members.as_slice()
            } else {
                &[]
            };
            rank_members(members, entries, allows_other)
        }
        Value::Array(elements) => rank_list(shape.items.as_deref(), elements),
        Value::String(text) => Some(rank_text(shape.format, text)),
        Value::Number(number) => Some(rank_text(shape.format, &number.to_string())),
        Value::Null | Value::Bool(_) => Some(Rank::EXACT),
    }
}

/// Returns how well the value of a member is of a shape; `None` when it has another value than a pinned one.
fn rank_member(shape: &Shape, value: &Value) -> Option<Rank> {
    let listed_values = listed(&shape.values, value)?;
    if !has_type(shape, value) {
        return Some(Rank::MISMATCH);
    }
    let mut found = match value {
        Value::Object(_) => rank_alone(shape, value)?,
        _ => rank_alone(shape, value).unwrap_or(Rank::MISMATCH),
    };
    found.listed_values += listed_values;
    if !shape.any_of.is_empty() {
        let ranks = shape.any_of.iter().filter_map(|one| rank(one, value));
        found = found.and(ranks.max().unwrap_or(Rank::MISMATCH));
    }
    Some(found)
}

fn rank_list(items: Option<&Shape>, elements: &[Value]) -> Option<Rank> {
    let Some(shape) = items else {
        return Some(Rank::EXACT);
    };
    let mut elements = elements
        .iter()
        .filter(|element| !element.is_null())
        .take(DECISIVE);
    let Some(first) = elements.next() else {
        return Some(Rank::EXACT);
    };
    let mut least = rank(shape, first)?;
    for element in elements {
        match rank(shape, element) {
            Some(rank) => least = least.min(rank),
            None => least.mismatches.0 += 1,
        }
    }
    Some(least)
}

fn rank_members(
    members: &[ShapeMember],
    entries: &Map<String, Value>,
    allows_other: impl Fn(&Value) -> bool,
) -> Option<Rank> {
    let mut found = Rank::EXACT;
    let mut required = 0;
    for (key, value) in entries {
        match members.iter().find(|member| member.wire == *key) {
            Some(member) => {
                found.known_members += 1;
                required += usize::from(member.required);
                found = found.and(rank_member(&member.shape, value)?);
            }
            None => found.mismatches.0 += u32::from(!allows_other(value)),
        }
    }
    let all_required = members.iter().filter(|member| member.required).count();
    found.has_all_required &= required >= all_required;
    Some(found)
}

fn rank_text(format: Option<Format>, text: &str) -> Rank {
    match format.map(|format| is_of_format(format, text)) {
        None => Rank::EXACT,
        Some(false) => Rank::MISMATCH,
        Some(true) => Rank {
            formats: 1,
            ..Rank::EXACT
        },
    }
}

fn is_of_format(format: Format, text: &str) -> bool {
    match format {
        Format::DateTime => {
            rfc3339::date_time(text).is_some_and(|(_, flaws)| flaws == rfc3339::Flaws::default())
        }
        Format::Date => rfc3339::date(text).is_some(),
        Format::Time => matches!(rfc3339::time_of_day(text), Some((_, Some(_)))),
        Format::Duration => iso8601::duration(text).is_some(),
        Format::Uuid => has_uuid_hyphens(text),
        Format::Integer(integer) => {
            let (least, most) = integer.range();
            let number = number::integer(text);
            number.is_ok_and(|number| (least..=most).contains(&number))
        }
    }
}

/// Whether a value is of one of the types of a shape.
fn has_type(shape: &Shape, value: &Value) -> bool {
    let kind = kind_of(value);
    let is_whole = |value: &Value| match value {
        Value::Number(number) => number::is_integer(&number.to_string()),
        _ => true,
    };
    shape.kinds.is_empty()
        || (shape.kinds.contains(&kind) && (!shape.is_integer || is_whole(value)))
}

/// Returns 1 for a listed value and 0 for another; `None` for one that is not allowed.
fn listed(values: &[Literal], value: &Value) -> Option<u32> {
    let is_listed = values.iter().any(|literal| is_literal(literal, value));
    match values {
        [] => Some(0),
        [_] => is_listed.then_some(1),
        _ => Some(u32::from(is_listed)),
    }
}
