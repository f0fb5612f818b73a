//! Places in a JSON body.

use std::fmt::{self, Write as _};

/// How many characters of a name a path shows, so that a hostile body cannot make paths long.
const SHOWN_CHARACTERS: usize = 64;

/// A place in a JSON body, chained to the places that contain it. It displays as a JSONPath (RFC
/// 9535).
#[derive(Clone, Copy)]
pub(crate) enum Place<'a> {
    /// The whole body.
    Root,
    /// A member of an object.
    Key(&'a Place<'a>, &'a str),
    /// An element of an array.
    Index(&'a Place<'a>, usize),
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => f.write_char('$'),
            Self::Key(parent, key) if is_plain(key) => write!(f, "{parent}.{key}"),
            Self::Key(parent, key) => {
                write!(f, "{parent}['")?;
                for character in key.chars().take(SHOWN_CHARACTERS) {
                    write!(f, "{}", character.escape_debug())?;
                }
                if key.chars().nth(SHOWN_CHARACTERS).is_some() {
                    f.write_char('…')?;
                }
                f.write_str("']")
            }
            Self::Index(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}

fn is_plain(key: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_';
    key.len() <= SHOWN_CHARACTERS
        && key.bytes().next().is_some_and(is_letter)
        && key
            .bytes()
            .all(|byte| is_letter(byte) || byte.is_ascii_digit())
}
