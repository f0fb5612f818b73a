//! Searching bytes, eight at a time.

const ONES: u64 = u64::MAX / 0xFF;
const HIGH_BITS: u64 = ONES << 7;

/// Returns the offset, from `at` on, of the first byte that may not be in a string as it is: a quote, a backslash or a
/// control character. It is the length of the text when there is none.
#[inline]
pub(crate) fn special(text: &[u8], at: usize) -> usize {
    first(text, at, special_bytes, |byte| {
        matches!(byte, b'"' | b'\\' | ..0x20)
    })
}

/// Returns the offset of the first carriage return or line feed.
#[cfg(feature = "streams")]
pub(crate) fn line_end(text: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        // Few bytes of a text are as small as these two, and one comparison is faster than two.
        at = first(
            text,
            at,
            |chunk| below(chunk, b'\r' + 1),
            |byte| byte <= b'\r',
        );
        match text.get(at)? {
            b'\n' | b'\r' => return Some(at),
            _ => at += 1,
        }
    }
}

/// Returns the offset of the first byte that is this one.
#[cfg(feature = "streams")]
pub(crate) fn find(text: &[u8], byte: u8) -> Option<usize> {
    let at = first(text, 0, |chunk| equal(chunk, byte), |one| one == byte);
    Some(at).filter(|at| *at < text.len())
}

/// Returns the offset, from `at` on, of the first byte that is one of some, otherwise the length of the text. `marks` sets the
/// high bit of the first of them among eight; bytes above it may be marked as well, those below are not.
#[inline]
fn first(
    text: &[u8],
    mut at: usize,
    marks: impl Fn(u64) -> u64,
    is_one: impl Fn(u8) -> bool,
) -> usize {
    while let Some(chunk) = text.get(at..).and_then(<[u8]>::first_chunk) {
        let found = marks(u64::from_le_bytes(*chunk)) & HIGH_BITS;
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = text.get(at..).unwrap_or_default();
    at + rest
        .iter()
        .position(|byte| is_one(*byte))
        .unwrap_or(rest.len())
}

#[inline]
fn special_bytes(chunk: u64) -> u64 {
    // With this bit turned, a quote is the byte after the control characters, and those are still these.
    below(chunk ^ (ONES * 0x02), 0x21) | equal(chunk, b'\\')
}

/// Marks the bytes that are below this one.
#[inline]
fn below(chunk: u64, byte: u8) -> u64 {
    chunk.wrapping_sub(ONES * u64::from(byte)) & !chunk
}

/// Marks the bytes that are this one.
#[inline]
fn equal(chunk: u64, byte: u8) -> u64 {
    let zeros = chunk ^ (ONES * u64::from(byte));
    zeros.wrapping_sub(ONES) & !zeros
}

#[cfg(test)]
mod tests {
    use super::special;
    #[cfg(feature = "streams")]
    use super::{find, line_end};

    #[cfg(feature = "streams")]
    #[test]
    fn finds_the_first_end_of_a_line_at_every_offset() {
        for line_end_byte in [b'\n', b'\r'] {
            for byte in [0, 0x09, 0x0B, 0x0C, 0x0E, 0x8A, 0x8D, 0xFF] {
                for length in 0..40 {
                    assert_eq!(line_end(&vec![byte; length]), None);
                    assert_eq!(find(&vec![byte; length], line_end_byte), None);
                    for at in 0..length {
                        let mut text = vec![byte; length];
                        text[at] = line_end_byte;
                        text[length - 1] = b'\n';
                        assert_eq!(line_end(&text), Some(at));
                        assert_eq!(find(&text, text[at]), Some(at));
                    }
                }
            }
        }
    }

    #[test]
    fn finds_the_first_special_byte_at_every_offset() {
        for special_byte in [b'"', b'\\', 0, 0x1F, b'\n'] {
            for length in 0..40 {
                for at in 0..length {
                    let mut text = vec![b' '; length];
                    text[at] = special_byte;
                    assert_eq!(special(&text, 0), at);
                    assert_eq!(special(&text, at), at);
                    assert_eq!(special(&text, at + 1), length);
                }
            }
        }
    }

    #[test]
    fn passes_over_every_other_byte() {
        for byte in (0x20..=0xFF).filter(|byte| !matches!(byte, b'"' | b'\\')) {
            for neighbour in [0x20, 0x21, 0x80, 0xFF] {
                let text = [
                    byte, neighbour, byte, byte, neighbour, byte, byte, byte, neighbour, byte,
                ];
                assert_eq!(
                    special(&text, 0),
                    text.len(),
                    "{byte:#x} beside {neighbour:#x}"
                );
            }
        }
    }
}
