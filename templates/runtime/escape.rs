//! Percent-encoding of text that goes into a URL or a form body.

use std::fmt;
use std::io;

/// Which bytes stand for themselves, and how a space is written.
pub(super) struct Alphabet {
    safe: [bool; 256],
    space: &'static [u8],
}

/// Path segments and query components: everything but the unreserved characters of RFC 3986,
/// section 2.3, is encoded.
pub(super) static URL: Alphabet = Alphabet::alphanumeric_and(b"-._~", b"%20");

/// Form bodies: the `application/x-www-form-urlencoded` percent-encode set of the WHATWG URL
/// standard.
pub(super) static FORM: Alphabet = Alphabet::alphanumeric_and(b"*-._", b"+");

/// Header values: written as they are; [`http::HeaderValue`] checks them.
pub(super) static HEADER: Alphabet = Alphabet {
    safe: [true; 256],
    space: b" ",
};

impl Alphabet {
    const fn alphanumeric_and(punctuation: &[u8], space: &'static [u8]) -> Self {
        let mut safe = [false; 256];
        let mut byte = 0;
        while byte < 128 {
            safe[byte] = (byte as u8).is_ascii_alphanumeric();
            byte += 1;
        }
        let mut index = 0;
        while index < punctuation.len() {
            safe[punctuation[index] as usize] = true;
            index += 1;
        }
        Self { safe, space }
    }

    /// Appends `text` to `out`, a run of safe bytes at a time.
    pub(super) fn push(&self, out: &mut Vec<u8>, text: &[u8]) {
        let mut rest = text;
        while let Some(run) = rest.iter().position(|&byte| !self.safe[usize::from(byte)]) {
            let (safe, unsafe_on) = rest.split_at(run);
            out.extend_from_slice(safe);
            match unsafe_on {
                [b' ', after @ ..] => {
                    out.extend_from_slice(self.space);
                    rest = after;
                }
                [byte, after @ ..] => {
                    out.extend_from_slice(&[b'%', hex(byte >> 4), hex(byte & 15)]);
                    rest = after;
                }
                [] => return,
            }
        }
        out.extend_from_slice(rest);
    }
}

const fn hex(nibble: u8) -> u8 {
    if nibble < 10 {
        b'0' + nibble
    } else {
        b'A' + nibble - 10
    }
}

/// A writer that encodes what passes through it, so that formatted values need no buffer of their
/// own.
pub(super) struct Escape<'a> {
    pub(super) out: &'a mut Vec<u8>,
    pub(super) alphabet: &'static Alphabet,
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
