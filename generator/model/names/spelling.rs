//! Spellings, before their case is converted.

use std::borrow::Cow;

/// Whether the case conversion would change nothing: most names of fields are written as Rust's are.
pub(super) fn is_snake_case(spelling: &str) -> bool {
    spelling.split('_').all(|word| {
        !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    })
}

/// Writes out what the case conversion would drop: comparison signs at the end of a parameter (`DateCreated<`), a leading
/// plus or minus, and every character outside ASCII.
pub(super) fn spell_out(spelling: &str) -> Cow<'_, str> {
    let is_plain = |byte| matches!(byte, b'_' | b'-' | b'.' | b' ') || byte.is_ascii_alphanumeric();
    if spelling.starts_with(|first: char| first.is_ascii_alphanumeric())
        && spelling.bytes().all(is_plain)
    {
        return Cow::Borrowed(spelling);
    }
    let has_letters = spelling.chars().any(char::is_alphanumeric);
    let (stem, comparison) = match spelling.trim_end_matches('=') {
        stem if has_letters && stem.ends_with('<') => (stem.trim_end_matches('<'), " before"),
        stem if has_letters && stem.ends_with('>') => (stem.trim_end_matches('>'), " after"),
        _ => (spelling, ""),
    };
    let (sign, stem) = match stem.as_bytes() {
        [b'+', second, ..] if second.is_ascii_alphanumeric() => ("plus ", &stem[1..]),
        [b'-', second, ..] if second.is_ascii_digit() => ("minus ", &stem[1..]),
        _ => ("", stem),
    };
    let mut text = String::from(sign);
    for character in stem.chars() {
        if character.is_ascii() {
            text.push(character);
        } else {
            text.push_str(&format!("u{:x} ", u32::from(character)));
        }
    }
    if !text.chars().any(|c| c.is_ascii_alphanumeric()) {
        text = stem
            .chars()
            .map(|c| symbol(c).map_or_else(|| format!("u{:x} ", u32::from(c)), str::to_owned))
            .collect();
    }
    if text.trim().is_empty() {
        "empty".clone_into(&mut text);
    }
    Cow::Owned(text + comparison)
}

/// Writes out every symbol but those that only separate words.
pub(super) fn with_symbols(spelling: &str) -> Cow<'_, str> {
    let is_word = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
    let mut text = String::new();
    let mut before = None;
    let mut rest = spelling.chars();
    while let Some(character) = rest.next() {
        let separates = matches!(character, '_' | '-' | '.' | ' ')
            && is_word(before)
            && is_word(rest.clone().next());
        match symbol(character) {
            Some(word) if !separates => {
                text.push(' ');
                text.push_str(word);
            }
            Some(_) | None => text.push(character),
        }
        before = Some(character);
    }
    if text == spelling {
        return Cow::Borrowed(spelling);
    }
    Cow::Owned(text)
}

/// The word for a symbol that stands alone, as in an enum of operators.
fn symbol(character: char) -> Option<&'static str> {
    Some(match character {
        '*' => "star ",
        '+' => "plus ",
        '-' => "minus ",
        '/' => "slash ",
        '=' => "equal ",
        '<' => "less ",
        '>' => "greater ",
        '!' => "not ",
        '&' => "and ",
        '|' => "or ",
        '%' => "percent ",
        '.' => "dot ",
        ',' => "comma ",
        '#' => "hash ",
        '$' => "dollar ",
        '@' => "at ",
        '?' => "question ",
        '_' => "underscore ",
        ' ' => "space ",
        _ => return None,
    })
}
