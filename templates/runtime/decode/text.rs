//! The text of a JSON string: its escapes, replaced by their characters.

/// The text of a string with escapes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unescaped {
    pub(super) text: String,
    /// Whether half a surrogate pair was replaced by U+FFFD.
    pub(super) has_lone_surrogate: bool,
}

/// Replaces the escapes between the quotes of a string, which are known to be sound.
pub(super) fn unescape(escaped: &str) -> Unescaped {
    let mut unescaped = Unescaped {
        text: String::with_capacity(escaped.len()),
        has_lone_surrogate: false,
    };
    let mut rest = escaped;
    while let Some((before, escape)) = rest.split_once('\\') {
        unescaped.text.push_str(before);
        rest = unescaped.push(escape);
    }
    unescaped.text.push_str(rest);
    unescaped
}

impl Unescaped {
    /// Adds the character of the escape whose backslash is before `escape`, and returns the text after it.
    fn push<'t>(&mut self, escape: &'t str) -> &'t str {
        let mut rest = escape.chars();
        let character = match rest.next() {
            Some('b') => '\u{8}',
            Some('f') => '\u{C}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => return self.push_unit(rest.as_str()),
            Some(other) => other,
            None => return "",
        };
        self.text.push(character);
        rest.as_str()
    }

    /// Adds the character whose UTF-16 code unit is the first of `text`, with the unit after it if both are a pair.
    fn push_unit<'t>(&mut self, text: &'t str) -> &'t str {
        let Some((first, rest)) = code_unit(text) else {
            return text;
        };
        let second = rest.strip_prefix("\\u").and_then(code_unit);
        if let (0xD800..0xDC00, Some((low @ 0xDC00..0xE000, after))) = (first, second) {
            let code_point = 0x1_0000 + (u32::from(first - 0xD800) << 10) + u32::from(low - 0xDC00);
            self.text.extend(char::from_u32(code_point));
            return after;
        }
        match char::from_u32(first.into()) {
            Some(character) => self.text.push(character),
            None => {
                self.text.push(char::REPLACEMENT_CHARACTER);
                self.has_lone_surrogate = true;
            }
        }
        rest
    }
}

/// Splits four hexadecimal digits off.
fn code_unit(text: &str) -> Option<(u16, &str)> {
    let (digits, rest) = text.split_at_checked(4)?;
    Some((u16::from_str_radix(digits, 16).ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::unescape;

    #[test]
    fn escapes_are_replaced() {
        for (escaped, text) in [
            ("", ""),
            (r#"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{C}\n\r\t"),
            (r"a\u00e4\u20aCz", "aä€z"),
            (r"\ud83d\uDE00!", "😀!"),
            (r"\\u0041", r"\u0041"),
        ] {
            let unescaped = unescape(escaped);
            assert_eq!(unescaped.text, text);
            assert!(!unescaped.has_lone_surrogate);
        }
    }

    #[test]
    fn halves_of_surrogate_pairs_are_replaced() {
        for (escaped, text) in [
            (r"\ud83d", "\u{FFFD}"),
            (r"\ude00\ud83d", "\u{FFFD}\u{FFFD}"),
            (r"\ud83d\ud83d\ude00", "\u{FFFD}😀"),
            (r"\ud83d\n", "\u{FFFD}\n"),
            (r"\ud83dude00", "\u{FFFD}ude00"),
        ] {
            let unescaped = unescape(escaped);
            assert_eq!(unescaped.text, text);
            assert!(unescaped.has_lone_surrogate);
        }
    }
}
