//! Numbers, exactly: integers however they are written, and whether a float has all digits of its text.

/// More decimal digits than the exact value of any `f64` has.
const MOST_DIGITS_OF_A_FLOAT: usize = 800;

/// A number of this many decimal digits is a normal `f64` of its own.
const DIGITS_OF_EVERY_FLOAT: usize = 15;

/// Why a number is no integer of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotInteger {
    /// It has a fraction.
    Fraction,
    /// It is too large for any type of integer.
    Range,
}

/// Returns the value of a JSON number that is an integer, also when it is written as `5.0` or `1e3`.
#[inline]
pub(crate) fn integer(text: &str) -> Result<i128, NotInteger> {
    match text.parse::<i64>() {
        Ok(value) => Ok(value.into()),
        Err(_) => Decimal::of(text).to_integer(),
    }
}

/// Whether a JSON number is an integer, of whatever size.
pub(super) fn is_integer(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte == b'-' || byte.is_ascii_digit())
        || Decimal::of(text).to_integer() != Err(NotInteger::Fraction)
}

/// A floating-point number, and whether it differs from its text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Float {
    pub(super) value: f64,
    pub(super) is_rounded: bool,
}

/// Returns the nearest `f64` of a JSON number; `None` when the number is too large.
///
/// It counts as rounded when it has another text, written with as many digits.
#[inline]
pub(super) fn float(text: &str) -> Option<Float> {
    let value: f64 = text.parse().ok().filter(|value: &f64| value.is_finite())?;
    let is_exact = text.len() <= DIGITS_OF_EVERY_FLOAT && value.is_normal();
    Some(Float {
        value,
        is_rounded: !is_exact && is_rounded(text, value),
    })
}

#[cold]
fn is_rounded(text: &str, value: f64) -> bool {
    let source = Decimal::of(text);
    match source.digits.len() {
        0 => false,
        ..=DIGITS_OF_EVERY_FLOAT if value.is_normal() => false,
        MOST_DIGITS_OF_A_FLOAT.. => true,
        digits => Decimal::of(&format!("{value:.*e}", digits - 1)) != source,
    }
}

/// A number as `0.digits × 10^exponent`.
#[derive(Debug, PartialEq, Eq)]
struct Decimal {
    is_negative: bool,
    /// Without zeros at either end.
    digits: String,
    exponent: i64,
}

impl Decimal {
    fn of(text: &str) -> Self {
        let (is_negative, text) = match text.strip_prefix('-') {
            Some(text) => (true, text),
            None => (false, text),
        };
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let mut digits = String::with_capacity(mantissa.len());
        digits.push_str(whole);
        digits.push_str(fraction);
        let significant = digits.trim_start_matches('0');
        let zeros = digits.len() - significant.len();
        let digits = significant.trim_end_matches('0').to_owned();
        let point = length(whole.len()) - length(zeros);
        Self {
            is_negative: is_negative && !digits.is_empty(),
            exponent: if digits.is_empty() {
                0
            } else {
                exponent_of(exponent).saturating_add(point)
            },
            digits,
        }
    }

    fn to_integer(&self) -> Result<i128, NotInteger> {
        let zeros = self.exponent.saturating_sub(length(self.digits.len()));
        let zeros = u32::try_from(zeros).map_err(|_| match zeros {
            ..0 => NotInteger::Fraction,
            0.. => NotInteger::Range,
        })?;
        if self.digits.is_empty() {
            return Ok(0);
        }
        let digits: Option<i128> = self.digits.parse().ok();
        let scale = 10_i128.checked_pow(zeros);
        let value = digits
            .zip(scale)
            .and_then(|(digits, scale)| digits.checked_mul(scale));
        match value {
            Some(value) if self.is_negative => Ok(-value),
            Some(value) => Ok(value),
            None => Err(NotInteger::Range),
        }
    }
}

fn length(digits: usize) -> i64 {
    i64::try_from(digits).unwrap_or(i64::MAX)
}

/// Returns an exponent, or one that is as good as any other that is too large.
fn exponent_of(text: &str) -> i64 {
    const TOO_LARGE: i64 = i64::MAX / 4;
    match (text.parse(), text.starts_with('-')) {
        (Ok(exponent), _) => i64::clamp(exponent, -TOO_LARGE, TOO_LARGE),
        (Err(_), true) => -TOO_LARGE,
        (Err(_), false) => TOO_LARGE,
    }
}

#[cfg(test)]
mod tests {
    use super::{NotInteger, float, integer, is_integer};

    #[test]
    fn integers_are_read_however_they_are_written() {
        for (text, value) in [
            ("0", 0),
            ("-0", 0),
            ("0.0", 0),
            ("0e999999999999999999999", 0),
            ("5.0", 5),
            ("-5.00", -5),
            ("1e3", 1000),
            ("1.5E+1", 15),
            ("1200e-2", 12),
            ("0.00012e5", 12),
            ("18446744073709551615", 18_446_744_073_709_551_615),
            ("-9223372036854775808", -9_223_372_036_854_775_808),
        ] {
            assert_eq!(integer(text), Ok(value), "{text}");
            assert!(is_integer(text), "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_integers() {
        for text in ["0.5", "1e-1", "123.456", "1e-99999999999999999999", "12e-2"] {
            assert_eq!(integer(text), Err(NotInteger::Fraction), "{text}");
            assert!(!is_integer(text), "{text}");
        }
        let long = "9".repeat(100);
        for text in ["1e99", "1e99999999999999999999", long.as_str()] {
            assert_eq!(integer(text), Err(NotInteger::Range), "{text}");
            assert!(is_integer(text), "{text}");
        }
    }

    #[test]
    fn floats_say_when_digits_are_lost() {
        for exact in [
            "0.1",
            "-0.0",
            "1e3",
            "123456789012345",
            "9007199254740993.0e0",
            "0.30000000000000004",
            "0.10000000000000001",
            "5e-324",
            "4.9e-324",
            "1.7976931348623157e308",
            "100000000000000000000000",
            "0.0000000000000000000000000000",
        ] {
            let is_lost = exact.starts_with("9007");
            assert_eq!(
                float(exact).map(|float| float.is_rounded),
                Some(is_lost),
                "{exact}"
            );
        }
        let long = format!("0.{}", "3".repeat(2000));
        for lost in [
            "0.1234567890123456789",
            "12345678901234567890",
            "1e-400",
            "1.23456789e-320",
            long.as_str(),
        ] {
            assert_eq!(
                float(lost).map(|float| float.is_rounded),
                Some(true),
                "{lost}"
            );
        }
        assert_eq!(float("1e400"), None);
    }
}
