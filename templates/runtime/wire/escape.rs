//! Percent-encoding of text that goes into a URL or a form body.

use std::fmt;
use std::io;

/// How many bytes are encoded at a time.
const CHUNK: usize = 16;

/// The encoding of each byte: up to three bytes, followed by their number.
pub(crate) struct Alphabet {
    codes: [[u8; 4]; 256],
}

/// Path segments and query components: everything but the unreserved characters of RFC 3986,
/// section 2.3, is encoded.
pub(crate) static URL: Alphabet = Alphabet::alphanumeric_and(b"-._~", *b"%20", 3);

/// Form bodies: the `application/x-www-form-urlencoded` percent-encode set of the WHATWG URL
/// standard.
pub(crate) static FORM: Alphabet = Alphabet::alphanumeric_and(b"*-._", *b"+\0\0", 1);

/// Header values: written as they are; [`http::HeaderValue`] checks them.
pub(crate) static HEADER: Alphabet = {
    let mut codes = [[0; 4]; 256];
    let mut byte = 0;
    while byte < codes.len() {
        codes[byte] = [byte as u8, 0, 0, 1];
        byte += 1;
    }
    Alphabet { codes }
};

/// What `allowReserved` leaves as it is besides the unreserved characters (RFC 6570, section 3.2.3), except `#`, which
/// would end the query.
pub(super) static RESERVED: Alphabet =
    Alphabet::alphanumeric_and(b"-._~:/?[]@!$&'()*+,;=", *b"%20", 3);

/// The same in a path, which `?` would end and in which brackets are not allowed (RFC 3986, section 3.3).
pub(super) static RESERVED_IN_PATH: Alphabet =
    Alphabet::alphanumeric_and(b"-._~:/@!$&'()*+,;=", *b"%20", 3);

/// Cookies: everything but what RFC 6265, section 4.1.1, allows in a value is encoded, and so are the characters that
/// separate and encode values.
pub(crate) static COOKIE: Alphabet =
    Alphabet::alphanumeric_and(b"-._~!#$&'()*+/:<=>?@[]^`{|}", *b"%20", 3);

/// Appends a text whose reserved and percent-encoded characters are left as they are.
pub(super) fn push_reserved(out: &mut Vec<u8>, alphabet: &Alphabet, text: &str) {
    let mut rest = text.as_bytes();
    while let Some(at) = rest.iter().position(|byte| *byte == b'%') {
        let (before, from) = rest.split_at(at);
        alphabet.push(out, before);
        let digits = from.get(1..3);
        let is_encoded = digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        out.extend_from_slice(if is_encoded { b"%" } else { b"%25" });
        rest = from.get(1..).unwrap_or_default();
    }
    alphabet.push(out, rest);
}

impl Alphabet {
    /// Returns what a space is written as.
    pub(super) fn space(&self) -> &'static str {
        let [first, .., width] = self.codes[usize::from(b' ')];
        match (first, width) {
            (b'+', 1) => "+",
            (_, 1) => " ",
            _ => "%20",
        }
    }

    const fn alphanumeric_and(punctuation: &[u8], [a, b, c]: [u8; 3], width: u8) -> Self {
        let mut codes = [[0; 4]; 256];
        let mut index = 0;
        while index < codes.len() {
            let byte = index as u8;
            codes[index] = if byte.is_ascii_alphanumeric() {
                [byte, 0, 0, 1]
            } else {
                [b'%', hex(byte >> 4), hex(byte & 15), 3]
            };
            index += 1;
        }
        let mut index = 0;
        while index < punctuation.len() {
            codes[punctuation[index] as usize] = [punctuation[index], 0, 0, 1];
            index += 1;
        }
        codes[b' ' as usize] = [a, b, c, width];
        Self { codes }
    }

    /// Appends `text` to `out`: unencoded text at once, and the rest in chunks, without a branch
    /// for each byte.
    pub(crate) fn push(&self, out: &mut Vec<u8>, text: &[u8]) {
        let code = |byte: u8| self.codes[usize::from(byte)];
        let is_plain = |&byte: &u8| {
            let [first, .., width] = code(byte);
            width == 1 && first == byte
        };
        let plain = text.iter().take_while(|byte| is_plain(byte)).count();
        let (plain, rest) = text.split_at(plain);
        if !plain.is_empty() {
            out.extend_from_slice(plain);
        }
        if let [byte] = *rest {
            let [text @ .., width] = code(byte);
            return out.extend_from_slice(text.get(..usize::from(width)).unwrap_or_default());
        }
        for chunk in rest.chunks(CHUNK) {
            let mut encoded = [0; 3 * CHUNK + 1];
            let mut length = 0;
            for &byte in chunk {
                let code = code(byte);
                if let Some(place) = encoded[length..].first_chunk_mut() {
                    *place = code;
                }
                length += usize::from(code[3]);
            }
            out.extend_from_slice(&encoded[..length]);
        }
    }
}

const fn hex(nibble: u8) -> u8 {
    if nibble < 10 {
        b'0' + nibble
    } else {
        b'A' + nibble - 10
    }
}

/// A writer that encodes what is written to it, so that formatted values need no buffer of their own.
pub(crate) struct Escape<'a> {
    pub(crate) out: &'a mut Vec<u8>,
    pub(crate) alphabet: &'static Alphabet,
}

impl fmt::Write for Escape<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.alphabet.push(self.out, text.as_bytes());
        Ok(())
    }
}

impl io::Write for Escape<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.alphabet.push(self.out, bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Alphabet, FORM, HEADER, URL};

    fn encoded(alphabet: &Alphabet, text: &[u8]) -> String {
        let mut bytes = Vec::new();
        alphabet.push(&mut bytes, text);
        String::from_utf8(bytes).expect("ASCII")
    }

    /// Every byte, alone and after others, as the definition of the set has it.
    #[test]
    fn each_byte_is_encoded_as_its_set_defines() {
        for byte in 0..=u8::MAX {
            let percent = format!("%{byte:02X}");
            let plain = char::from(byte).to_string();
            let is_word = byte.is_ascii_alphanumeric();
            let url = if is_word || b"-._~".contains(&byte) {
                plain.clone()
            } else {
                percent.clone()
            };
            let form = match byte {
                b' ' => "+".to_owned(),
                _ if is_word || b"*-._".contains(&byte) => plain,
                _ => percent,
            };
            for before in ["", "a", "a b c d e f g h i j k "] {
                let text = [before.as_bytes(), &[byte]].concat();
                let begin = encoded(&URL, before.as_bytes());
                assert_eq!(encoded(&URL, &text), format!("{begin}{url}"));
                let begin = encoded(&FORM, before.as_bytes());
                assert_eq!(encoded(&FORM, &text), format!("{begin}{form}"));
            }
        }
    }

    #[test]
    fn headers_are_written_as_they_are() {
        assert_eq!(encoded(&HEADER, b"a b/c%;"), "a b/c%;");
    }
}
