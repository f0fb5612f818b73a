//! Whether a text is of a format, for the shapes of variants that differ in nothing else.

use super::super::decode::number::integer;

/// Whether a text is an instant of RFC 3339.
pub fn date_time(text: &str) -> bool {
    super::date_time::is_date_time(text)
}

/// Whether a text is a date of RFC 3339.
pub fn date(text: &str) -> bool {
    super::date_time::is_date(text)
}

/// Whether a text is a time of RFC 3339 with an offset.
pub fn time(text: &str) -> bool {
    super::time::is_time(text)
}

/// Whether a text is a duration of ISO 8601.
pub fn duration(text: &str) -> bool {
    super::duration::is_duration(text)
}

/// Whether a text is Base64 with padding.
pub fn base64(text: &str) -> bool {
    super::base64::is_base64(text)
}

/// Whether a text is a UUID with hyphens.
pub fn uuid(text: &str) -> bool {
    let groups = text.split('-').map(str::len);
    groups.eq([8, 4, 4, 4, 12])
        && text
            .bytes()
            .all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

macro_rules! integers {
    ($($name:ident: $type:ty,)*) => {$(
        /// Whether the digits of a number are those of an integer of this type; `1.0` is one, too.
        #[inline]
        pub fn $name(digits: &str) -> bool {
            integer(digits).is_ok_and(|value| <$type>::try_from(value).is_ok())
        }
    )*};
}

integers! {
    int8: i8,
    int16: i16,
    int32: i32,
    int64: i64,
    uint8: u8,
    uint16: u16,
    uint32: u32,
    uint64: u64,
}

#[cfg(test)]
mod tests {
    use super::{int64, uint8};

    #[test]
    fn a_fraction_of_zeros_is_none() {
        for (digits, expected) in [("7", true), ("7.0", true), ("7.5", false), ("300.0", false)] {
            assert_eq!(uint8(digits), expected, "{digits}");
        }
        assert!(int64("-7.00"));
    }
}
