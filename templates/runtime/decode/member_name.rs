//! The names of members in paths, as JSONPath (RFC 9535) has them.

/// How many characters of a name a path shows, so that a hostile body cannot make paths long.
const SHOWN_CHARACTERS: usize = 64;

/// Adds a name to the path of the object that it is in.
pub(super) fn push_name(path: &mut String, name: &str) {
    if is_plain(name) {
        path.push('.');
        path.push_str(name);
        return;
    }
    path.push_str("['");
    for character in name.chars().take(SHOWN_CHARACTERS) {
        match character {
            '"' => path.push('"'),
            other => path.extend(other.escape_debug()),
        }
    }
    if name.chars().nth(SHOWN_CHARACTERS).is_some() {
        path.push('…');
    }
    path.push_str("']");
}

fn is_plain(name: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_';
    name.len() <= SHOWN_CHARACTERS
        && name.bytes().next().is_some_and(is_letter)
        && name
            .bytes()
            .all(|byte| is_letter(byte) || byte.is_ascii_digit())
}
