//! A long text in two halves, read at once.
//!
//! A description is a map of a few keys, and most of it stands below one or two of them. So the text is cut before a key
//! of the second level, and the second half gets the line of the key that it stands below once more:
//!
//! ```text
//! openapi: 3.0.1          openapi: 3.0.1
//! paths:                  paths:
//!   /Channels: …            /Channels: …
//!   /Flows: …             -----
//!                         paths:
//!                           /Flows: …
//! ```
//!
//! Whatever is open at the cut, a quoted text, a list in brackets, keeps the first half from being read, and an alias of
//! the other half the second: then there is no value, and the text is to be read as a whole.

use crate::parallel::LONG;
use serde_json::{Map, Value};

/// A text, cut in two.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Halves<'t> {
    pub first: &'t str,
    /// The line of the key that the second half stands below, and the second half.
    pub second: String,
}

impl<'t> Halves<'t> {
    /// Cuts a long text near its middle; none where there is no place to cut it.
    pub(super) fn of(text: &'t str) -> Option<Self> {
        if text.len() < LONG {
            return None;
        }
        Self::cut_from(text, text.floor_char_boundary(text.len() / 2))
    }

    /// Cuts a text at the first place from `middle` on.
    pub(super) fn cut_from(text: &'t str, middle: usize) -> Option<Self> {
        let mut key = key_before(text, middle)?;
        let mut at = middle + text[middle..].find('\n')? + 1;
        while at < text.len() {
            let line = line_at(text, at);
            match indent(line) {
                Some(0) => key = at,
                Some(deep) if Some(deep) == indent_below(text, key) => {
                    return Some(Self {
                        first: &text[..at],
                        second: [line_at(text, key), &text[at..]].concat(),
                    });
                }
                _ => {}
            }
            at += line.len();
        }
        None
    }
}

/// Puts together what two halves were read as; none where it is not certain that the whole would be read so.
pub(super) fn joined(first: Value, second: Value) -> Option<Value> {
    let (Value::Object(mut whole), Value::Object(rest)) = (first, second) else {
        return None;
    };
    let mut rest = rest.into_iter();
    let (key, more) = rest.next()?;
    let (last, below) = whole.iter_mut().next_back()?;
    match (below, more) {
        _ if *last != key => return None,
        (Value::Object(entries), Value::Object(more)) => extend(entries, more)?,
        // The cut is before the first key below.
        (below @ Value::Null, more @ Value::Object(_)) => *below = more,
        _ => return None,
    }
    extend(&mut whole, rest)?;
    Some(Value::Object(whole))
}

/// Adds entries; none where one of them is there already.
fn extend(
    entries: &mut Map<String, Value>,
    more: impl IntoIterator<Item = (String, Value)>,
) -> Option<()> {
    more.into_iter()
        .try_for_each(|(key, value)| match entries.insert(key, value) {
            None => Some(()),
            Some(_) => None,
        })
}

/// Returns where the last line of a key at the first level begins; none in a text that does not begin with one.
fn key_before(text: &str, middle: usize) -> Option<usize> {
    let is_empty = |line: &str| matches!(line.trim_end(), "" | "---") || line.starts_with('#');
    let begins = text.split_inclusive('\n').find(|line| !is_empty(line))?;
    if indent(begins) != Some(0) || text.contains("\n---") || text.contains("\n...") {
        return None;
    }
    let mut end = middle;
    loop {
        let at = text[..end].rfind('\n').map_or(0, |newline| newline + 1);
        if indent(line_at(text, at)) == Some(0) {
            return Some(at);
        }
        end = at.checked_sub(1)?;
    }
}

/// Returns how far the keys below a key are indented; none where it has a value of another kind.
fn indent_below(text: &str, key: usize) -> Option<usize> {
    let line = line_at(text, key);
    if !line.trim_end().ends_with(':') {
        return None;
    }
    indent(line_at(text, key + line.len())).filter(|indent| *indent > 0)
}

fn line_at(text: &str, at: usize) -> &str {
    text[at..].split_inclusive('\n').next().unwrap_or_default()
}

/// Returns how many spaces stand before a key; none in a line that begins with something else.
fn indent(line: &str) -> Option<usize> {
    let key = line.trim_start_matches(' ');
    let begins_key = |c: char| c.is_alphanumeric() || matches!(c, '/' | '_' | '"' | '\'');
    key.starts_with(begins_key).then(|| line.len() - key.len())
}
