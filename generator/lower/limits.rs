//! The rules that a schema sets to its values: those that are checked before sending, and those that nothing checks.

use super::Lowering;
use super::schema::{Position, Site};
use super::shape::Shape;
use crate::base::markdown;
use crate::model::api::{Limit, NoteKind, Type};

impl<'d> Lowering<'d> {
    /// Returns the rules of a schema that are checked before a value is sent, and notes the others; `held` are those on
    /// each item or value that it holds. What only comes out of a response has none.
    pub(super) fn limits(
        &mut self,
        shape: &Shape<'d>,
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
                let ends = between(shape.min_length, shape.max_length);
                limits.extend(ends.map(|(min, max)| Limit::Length(min, max)));
                let pattern = shape.pattern.map(markdown::code);
                noted.extend(pattern.map(|pattern| format!("pattern {pattern}")));
            }
            Type::I32 | Type::I64 | Type::F64 => {
                limits.extend(of_number(shape, ty));
                let step = shape.multiple_of;
                noted.extend(step.map(|step| format!("a multiple of {step}")));
                let listed = shape.listed_others();
                noted.extend((!listed.is_empty()).then(|| format!("one of {}", listed.join(", "))));
            }
            Type::List(_) => {
                let ends = between(shape.min_items, shape.max_items);
                limits.extend(ends.map(|(min, max)| Limit::Items(min, max)));
                noted.extend(shape.unique_items.then(|| "no item twice".to_owned()));
            }
            _ => {}
        }
        for rule in noted {
            let message = format!("`{}`: {rule}", site.field);
            self.note(NoteKind::NotEnforced, site.pointer, message);
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
pub(super) fn of_number(shape: &Shape<'_>, ty: &Type) -> Vec<Limit> {
    let is_whole = *ty != Type::F64;
    let step = |is_exclusive: bool| f64::from(u8::from(is_whole && is_exclusive));
    let (min_is_open, max_is_open) = (
        shape.exclusive_minimum && !is_whole,
        shape.exclusive_maximum && !is_whole,
    );
    let min = shape
        .minimum
        .map(|limit| limit + step(shape.exclusive_minimum));
    let max = shape
        .maximum
        .map(|limit| limit - step(shape.exclusive_maximum));
    if min.zip(max).is_some_and(|(min, max)| min > max) {
        return Vec::new();
    }
    let closed = (min.filter(|_| !min_is_open), max.filter(|_| !max_is_open));
    let range = (closed != (None, None)).then(|| {
        let min = closed.0.unwrap_or(f64::NEG_INFINITY);
        Limit::Range(min, closed.1.unwrap_or(f64::INFINITY))
    });
    let above = min.filter(|_| min_is_open).map(Limit::Above);
    let below = max.filter(|_| max_is_open).map(Limit::Below);
    [range, above, below].into_iter().flatten().collect()
}
