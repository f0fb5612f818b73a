//! Text in the charset that a media type names.

use std::borrow::Cow;

/// The characters of windows-1252 from 0x80 to 0x9F, which differ from ISO 8859-1.
const WINDOWS_1252: [char; 32] = [
    '\u{20ac}', '\u{81}', '\u{201a}', '\u{192}', '\u{201e}', '\u{2026}', '\u{2020}', '\u{2021}',
    '\u{2c6}', '\u{2030}', '\u{160}', '\u{2039}', '\u{152}', '\u{8d}', '\u{17d}', '\u{8f}',
    '\u{90}', '\u{2018}', '\u{2019}', '\u{201c}', '\u{201d}', '\u{2022}', '\u{2013}', '\u{2014}',
    '\u{2dc}', '\u{2122}', '\u{161}', '\u{203a}', '\u{153}', '\u{9d}', '\u{17e}', '\u{178}',
];

/// A text, and what was wrong with it.
pub(crate) struct Text {
    pub(crate) text: String,
    pub(crate) problem: Option<&'static str>,
}

/// Returns a media type without its parameters.
pub(crate) fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// Returns the charset that a media type names.
pub(crate) fn charset(media_type: Option<&str>) -> Option<&str> {
    let mut parameters = media_type?.split(';').skip(1);
    parameters.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_charset = name.trim().eq_ignore_ascii_case("charset");
        is_charset.then(|| value.trim().trim_matches('"'))
    })
}

impl Text {
    /// Reads a text. A byte order mark counts before the charset, as the Encoding Standard has it.
    pub(crate) fn read(bytes: &[u8], charset: Option<&str>) -> Self {
        if let Some(bytes) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
            return Self::utf_8(bytes);
        }
        if let Some(bytes) = bytes.strip_prefix(b"\xFE\xFF") {
            return Self::utf_16(bytes, u16::from_be_bytes);
        }
        if let Some(bytes) = bytes.strip_prefix(b"\xFF\xFE") {
            return Self::utf_16(bytes, u16::from_le_bytes);
        }
        match charset.unwrap_or("utf-8").to_ascii_lowercase().as_str() {
            "utf-8" | "utf8" | "" => Self::utf_8(bytes),
            "utf-16" | "utf-16le" => Self::utf_16(bytes, u16::from_le_bytes),
            "utf-16be" => Self::utf_16(bytes, u16::from_be_bytes),
            "us-ascii" | "ascii" | "iso-8859-1" | "iso8859-1" | "latin1" | "windows-1252"
            | "cp1252" | "x-cp1252" => Self::windows_1252(bytes),
            _ => Self {
                problem: Some("found a charset that is not supported; read as UTF-8"),
                ..Self::utf_8(bytes)
            },
        }
    }

    fn utf_8(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let problem = matches!(text, Cow::Owned(_))
            .then_some("expected UTF-8, found other bytes; replaced by U+FFFD");
        Self {
            text: text.into_owned(),
            problem,
        }
    }

    fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Self {
        let pairs = bytes.chunks_exact(2);
        let is_odd = !pairs.remainder().is_empty();
        let units = pairs.map(|pair| unit([pair[0], pair[1]]));
        let mut is_replaced = is_odd;
        let text = char::decode_utf16(units).map(|unit| {
            unit.unwrap_or_else(|_| {
                is_replaced = true;
                char::REPLACEMENT_CHARACTER
            })
        });
        Self {
            text: text.collect(),
            problem: is_replaced
                .then_some("expected UTF-16, found other bytes; replaced by U+FFFD"),
        }
    }

    fn windows_1252(bytes: &[u8]) -> Self {
        let text = bytes.iter().map(|&byte| match byte {
            0x80..=0x9F => WINDOWS_1252[usize::from(byte - 0x80)],
            byte => char::from(byte),
        });
        Self {
            text: text.collect(),
            problem: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Text, charset, essence};

    fn read(bytes: &[u8], media_type: &str) -> String {
        Text::read(bytes, charset(Some(media_type))).text
    }

    #[test]
    fn reads_text_in_its_charset() {
        assert_eq!(read(b"caf\xC3\xA9", "text/plain"), "café");
        assert_eq!(
            read(b"caf\xE9 \x80", "text/plain; charset=ISO-8859-1"),
            "café €"
        );
        assert_eq!(read(b"a\0\xAC\x20", "text/csv;charset=\"utf-16le\""), "a€");
        assert_eq!(read(b"\xFE\xFF\0a", "text/csv; charset=utf-8"), "a");
        assert_eq!(read(b"\xEF\xBB\xBFa", "text/csv; charset=latin1"), "a");
    }

    #[test]
    fn says_what_is_wrong_with_a_text() {
        let problem = |bytes: &[u8], charset| Text::read(bytes, Some(charset)).problem;
        assert!(problem(b"\xFF", "utf-8").is_some());
        assert!(problem(b"\0\xD8", "utf-16le").is_some());
        assert!(problem(b"a", "utf-16le").is_some());
        assert!(problem(b"a", "koi8-r").is_some());
        assert!(problem(b"a", "UTF8").is_none());
    }

    #[test]
    fn finds_the_charset_among_parameters() {
        assert_eq!(charset(Some("text/a; b=c; Charset = x")), Some("x"));
        assert_eq!(charset(Some("text/a")), None);
        assert_eq!(essence(" text/a ; charset=b"), "text/a");
    }
}
