//! The rules that a schema sets to its values: those that are checked before sending, and those that nothing checks.

use super::Lowering;
use super::schema::{Position, Site};
use super::schemas::{Bound, Facts};
use crate::base::markdown;
use crate::base::pointer::Pointer;
use crate::model::api::{Limit, NoteKind, Type};

impl<'d> Lowering<'d> {
    /// Returns the rules of a schema that are checked before a value is sent, and notes the others; `held` are those on
    /// each item or value that it holds. What only comes out of a response has none.
    pub(super) fn limits(
        &mut self,
        facts: &Facts<'d>,
        ty: &Type,
        held: Vec<Limit>,
        site: Site<'_>,
    ) -> Vec<Limit> {
        if site.position == Position::Json {
            return Vec::new();
        }
        let held = (!held.is_empty()).then_some(Limit::Each(held));
        let mut limits = Vec::from_iter(held);
        let mut noted: Vec<String> = Vec::new();
        match ty {
            Type::String | Type::JsonString => {
                let ends = between(facts.min_length, facts.max_length);
                limits.extend(ends.map(|(min, max)| Limit::Length(min, max)));
                let patterns = facts.patterns.iter().map(|pattern| markdown::code(pattern));
                noted.extend(patterns.map(|pattern| format!("pattern {pattern}")));
            }
            Type::Integer(_) | Type::F64 => {
                limits.extend(of_number(facts, ty));
                let step = facts.multiple_of;
                noted.extend(step.map(|step| format!("a multiple of {step}")));
                let listed = facts.values.iter().map(|listed| listed.value.to_string());
                let listed: Vec<String> = listed.collect();
                noted.extend((!listed.is_empty()).then(|| format!("one of {}", listed.join(", "))));
            }
            Type::List(_) => {
                let ends = between(facts.min_items, facts.max_items);
                limits.extend(ends.map(|(min, max)| Limit::Items(min, max)));
                noted.extend(facts.unique_items.then(|| "no item twice".to_owned()));
            }
            _ => {}
        }
        for rule in noted {
            let message = format!("`{}`: {rule}", site.field);
            self.note(NoteKind::NotEnforced, &Pointer::to(&facts.pointer), message);
        }
        limits
    }
}

/// The two ends of a count, if it has any that rules something out.
fn between(min: Option<usize>, max: Option<usize>) -> Option<(usize, usize)> {
    let ends = (min.unwrap_or(0), max.unwrap_or(usize::MAX));
    (ends != (0, usize::MAX) && ends.0 <= ends.1).then_some(ends)
}

/// The ends of a number; an end that is left out of whole numbers is moved by one.
pub(super) fn of_number(facts: &Facts<'_>, ty: &Type) -> Vec<Limit> {
    let is_whole = *ty != Type::F64;
    let step = |bound: Bound| f64::from(u8::from(is_whole && bound.exclusive));
    let min = facts
        .minimum
        .map(|bound| (bound.value + step(bound), bound.exclusive && !is_whole));
    let max = facts
        .maximum
        .map(|bound| (bound.value - step(bound), bound.exclusive && !is_whole));
    if min.zip(max).is_some_and(|((min, _), (max, _))| min > max) {
        return Vec::new();
    }
    let closed = |end: Option<(f64, bool)>| end.filter(|(_, is_open)| !is_open);
    let open = |end: Option<(f64, bool)>| end.filter(|(_, is_open)| *is_open);
    let ends = (closed(min), closed(max));
    let range = (ends != (None, None)).then(|| {
        let min = ends.0.map_or(f64::NEG_INFINITY, |(min, _)| min);
        Limit::Range(min, ends.1.map_or(f64::INFINITY, |(max, _)| max))
    });
    let above = open(min).map(|(min, _)| Limit::Above(min));
    let below = open(max).map(|(max, _)| Limit::Below(max));
    [range, above, below].into_iter().flatten().collect()
}
