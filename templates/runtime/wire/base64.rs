//! Base64 with padding (RFC 4648, section 4).

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Appends `bytes` in Base64.
pub(crate) fn push_base64(out: &mut String, bytes: &[u8]) {
    for chunk in bytes.chunks(3) {
        let group = chunk
            .iter()
            .fold(0_usize, |group, &byte| group << 8 | usize::from(byte))
            << (8 * (3 - chunk.len()));
        for position in 0..4 {
            let digit = ALPHABET[group >> (18 - 6 * position) & 63];
            out.push(if position > chunk.len() {
                '='
            } else {
                char::from(digit)
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::push_base64;

    /// The test vectors of RFC 4648, section 10.
    #[test]
    fn test_vectors() {
        for (text, expected) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            let mut encoded = String::new();
            push_base64(&mut encoded, text.as_bytes());
            assert_eq!(encoded, expected);
        }
    }
}
