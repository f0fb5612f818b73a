//! JSON lines, and JSON text sequences (RFC 7464).

use super::frame::{Frame, TooLarge};
use bytes::Bytes;
use std::collections::VecDeque;

/// The byte before each text of a sequence.
pub(super) const RECORD_SEPARATOR: u8 = 0x1E;

/// Splits a stream at a byte, in whatever pieces it is received.
#[derive(Debug)]
pub(super) struct Sequence {
    separator: u8,
    text: Vec<u8>,
}

impl Sequence {
    pub(super) fn new(separator: u8) -> Self {
        Self {
            separator,
            text: Vec::new(),
        }
    }

    /// Parses the next piece, and appends the texts that it completes.
    pub(super) fn push(
        &mut self,
        piece: &[u8],
        max_size: usize,
        frames: &mut VecDeque<Frame>,
    ) -> Result<(), TooLarge> {
        let mut rest = piece;
        while let Some(end) = rest.iter().position(|byte| *byte == self.separator) {
            self.text.extend_from_slice(&rest[..end]);
            rest = &rest[end + 1..];
            self.check_size(max_size)?;
            self.finish(frames);
        }
        self.text.extend_from_slice(rest);
        self.check_size(max_size)
    }

    /// Appends the last text, which nothing follows.
    pub(super) fn finish(&mut self, frames: &mut VecDeque<Frame>) {
        let text = std::mem::take(&mut self.text);
        let data = Bytes::from(text);
        let data = data.slice_ref(data.trim_ascii());
        if !data.is_empty() {
            frames.push_back(Frame {
                data,
                ..Frame::default()
            });
        }
    }

    fn check_size(&self, max_size: usize) -> Result<(), TooLarge> {
        if self.text.len() > max_size {
            return Err(TooLarge);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{RECORD_SEPARATOR, Sequence, TooLarge};
    use std::collections::VecDeque;

    fn parse(separator: u8, stream: &[u8]) -> Vec<String> {
        let pieces = |size: usize| {
            let mut parser = Sequence::new(separator);
            let mut frames = VecDeque::new();
            for piece in stream.chunks(size) {
                assert_eq!(parser.push(piece, 1000, &mut frames), Ok(()));
            }
            parser.finish(&mut frames);
            let texts = frames.into_iter();
            let texts = texts.map(|frame| String::from_utf8_lossy(&frame.data).into_owned());
            texts.collect::<Vec<_>>()
        };
        let whole = pieces(stream.len());
        for size in 1..stream.len() {
            assert_eq!(pieces(size), whole);
        }
        whole
    }

    #[test]
    fn splits_lines() {
        assert_eq!(
            parse(b'\n', b"{\"a\":1}\r\n\n  2 \n[3]"),
            ["{\"a\":1}", "2", "[3]"]
        );
    }

    /// The texts of a sequence may have lines (RFC 7464, section 2.1).
    #[test]
    fn splits_sequences() {
        let stream = b"\x1E{\n \"a\": 1\n}\n\x1E\x1E2\n";
        assert_eq!(parse(RECORD_SEPARATOR, stream), ["{\n \"a\": 1\n}", "2"]);
    }

    #[test]
    fn a_text_has_a_limit() {
        let mut parser = Sequence::new(b'\n');
        let mut frames = VecDeque::new();
        assert_eq!(
            parser.push(b"01234567\n01234567\n0123", 8, &mut frames),
            Ok(())
        );
        assert_eq!(parser.push(b"45678", 8, &mut frames), Err(TooLarge));
        assert_eq!(frames.len(), 2);
    }
}
