//! Which scalar a type and a format are, and which one has the values of several.

use super::facts::Facts;
use super::kind::Scalar;
use crate::model::api::IntegerType;

/// The scalar of strings in a format.
pub(super) fn text(format: Option<&str>) -> Scalar {
    match format {
        Some("date-time") => Scalar::DateTime,
        Some("date-time-rfc-2822") => Scalar::Rfc2822,
        Some("date") => Scalar::Date,
        Some("time") => Scalar::Time,
        Some("duration") => Scalar::Duration,
        Some("uuid") => Scalar::Uuid,
        Some("byte" | "base64") => Scalar::Base64,
        Some("binary") => Scalar::Binary,
        Some(_) | None => Scalar::String,
    }
}

/// The size of an integer: by its format (the OpenAPI format registry, and what schemars writes), or by its limits where
/// these are beyond `i64`.
pub(super) fn integer(facts: &Facts<'_>) -> IntegerType {
    /// 2^63, the first integer beyond `i64`.
    const BEYOND: f64 = 9_223_372_036_854_775_808.0;
    let reaches = |end: f64| facts.maximum.is_some_and(|maximum| maximum.value >= end);
    let is_positive = facts.minimum.is_none_or(|minimum| minimum.value >= 0.0);
    match facts.format {
        Some("int8") => IntegerType::I8,
        Some("int16") => IntegerType::I16,
        // Some say so of values that go on to 2^32.
        Some("int32") if !reaches(2_147_483_648.0) => IntegerType::I32,
        Some("uint8") => IntegerType::U8,
        Some("uint16") => IntegerType::U16,
        Some("uint32") => IntegerType::U32,
        Some("uint64" | "uint") => IntegerType::U64,
        Some(_) | None if reaches(BEYOND) && is_positive => IntegerType::U64,
        Some(_) | None => IntegerType::I64,
    }
}

/// A number is a float, unless its format says that it is whole.
pub(super) fn number(facts: &Facts<'_>) -> Scalar {
    match facts.format {
        Some("int8" | "int16" | "int32" | "int64" | "uint8" | "uint16" | "uint32" | "uint64") => {
            Scalar::Integer(integer(facts))
        }
        Some(_) | None => Scalar::Number,
    }
}

/// Returns the number type that has every value of the given ones; none where there is no such type.
pub(super) fn widest(numbers: Vec<Scalar>) -> Option<Scalar> {
    let mut widest = None;
    for number in numbers {
        widest = Some(match (widest, number) {
            (None, number) => number,
            (Some(Scalar::Integer(one)), Scalar::Integer(other)) => {
                Scalar::Integer(wider(one, other)?)
            }
            // A float does not have every integer of 64 bits.
            (Some(Scalar::Integer(integer)), Scalar::Number)
            | (Some(Scalar::Number), Scalar::Integer(integer))
                if is_beyond_float(integer) =>
            {
                return None;
            }
            (Some(_), _) => Scalar::Number,
        });
    }
    widest
}

fn wider(one: IntegerType, other: IntegerType) -> Option<IntegerType> {
    let holds = |outer: IntegerType, inner: IntegerType| {
        outer.range().0 <= inner.range().0 && inner.range().1 <= outer.range().1
    };
    let all = [one, other, IntegerType::I64];
    all.into_iter()
        .find(|outer| holds(*outer, one) && holds(*outer, other))
}

fn is_beyond_float(integer: IntegerType) -> bool {
    matches!(integer, IntegerType::I64 | IntegerType::U64)
}
