//! Searching bytes, eight at a time.

const ONES: u64 = u64::MAX / 0xFF;
const HIGH_BITS: u64 = ONES << 7;

/// Returns the offset, from `at` on, of the first byte that may not be in a string as it is: a quote, a backslash or a
/// control character. It is the length of the text when there is none.
#[inline]
pub(crate) fn special(text: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = text.get(at..).and_then(<[u8]>::first_chunk) {
        let found = special_bytes(u64::from_le_bytes(*chunk));
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | ..0x20);
    let rest = text.get(at..).unwrap_or_default();
    at + rest.iter().position(is_special).unwrap_or(rest.len())
}

/// Returns the offset of the first carriage return or line feed.
#[cfg(feature = "streams")]
pub(crate) fn line_end(text: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(chunk) = text.get(at..).and_then(<[u8]>::first_chunk) {
        let chunk = u64::from_le_bytes(*chunk);
        let zero = |bytes: u64| bytes.wrapping_sub(ONES) & !bytes;
        let found =
            zero(chunk ^ (ONES * u64::from(b'\n'))) | zero(chunk ^ (ONES * u64::from(b'\r')));
        let found = found & HIGH_BITS;
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    let rest = text.get(at..).unwrap_or_default();
    let found = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
    found.map(|offset| at + offset)
}

/// Sets the high bit of the first special byte; bytes above it may be marked as well, those below are not.
#[inline]
fn special_bytes(chunk: u64) -> u64 {
    let zero = |bytes: u64| bytes.wrapping_sub(ONES) & !bytes;
    let quotes = zero(chunk ^ (ONES * u64::from(b'"')));
    let backslashes = zero(chunk ^ (ONES * u64::from(b'\\')));
    let controls = chunk.wrapping_sub(ONES * 0x20) & !chunk;
    (quotes | backslashes | controls) & HIGH_BITS
}

#[cfg(test)]
mod tests {
    #[cfg(feature = "streams")]
    use super::line_end;
    use super::special;

    #[cfg(feature = "streams")]
    #[test]
    fn finds_the_first_end_of_a_line_at_every_offset() {
        for line_end_byte in [b'\n', b'\r'] {
            for byte in [0, 0x09, 0x0B, 0x0C, 0x0E, 0x8A, 0x8D, 0xFF] {
                for length in 0..40 {
                    assert_eq!(line_end(&vec![byte; length]), None);
                    for at in 0..length {
                        let mut text = vec![byte; length];
                        text[at] = line_end_byte;
                        text[length - 1] = b'\n';
                        assert_eq!(line_end(&text), Some(at));
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
