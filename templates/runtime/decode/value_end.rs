//! Where a value ends, without reading what is in it.

use super::bytes::special;
use super::grammar::is_whitespace;

/// Finds the end of a value, in whatever pieces it is received, and then that of the next one.
#[derive(Debug, Default)]
pub(crate) struct ValueEnd {
    /// How many lists and objects are open.
    depth: usize,
    is_in_string: bool,
    is_escaped: bool,
}

impl ValueEnd {
    /// Returns where the value ends, if it does in these bytes; a number ends before the byte after it.
    pub(crate) fn find(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            if self.is_in_string {
                at = self.string_end(bytes, at)?;
                if self.depth == 0 {
                    return Some(at);
                }
                continue;
            }
            match byte {
                b'"' => self.is_in_string = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' if self.depth > 0 => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        return Some(at + 1);
                    }
                }
                byte if self.depth == 0 && (is_after_value(*byte) || is_whitespace(*byte)) => {
                    return Some(at);
                }
                _ => {}
            }
            at += 1;
        }
        None
    }

    /// Returns the offset after the quote that ends a string.
    fn string_end(&mut self, bytes: &[u8], mut at: usize) -> Option<usize> {
        if std::mem::take(&mut self.is_escaped) {
            at += 1;
        }
        loop {
            at = special(bytes, at);
            match bytes.get(at)? {
                b'"' => {
                    self.is_in_string = false;
                    return Some(at + 1);
                }
                b'\\' if at + 1 == bytes.len() => {
                    self.is_escaped = true;
                    return None;
                }
                b'\\' => at += 2,
                _ => at += 1,
            }
        }
    }
}

/// Whether a byte can be only after a value or a name.
pub(crate) fn is_after_value(byte: u8) -> bool {
    matches!(byte, b',' | b':' | b']' | b'}')
}
