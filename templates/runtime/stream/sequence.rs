//! JSON lines, and JSON text sequences (RFC 7464).

use super::super::decode::bytes::find;
use super::frame::{Broken, Frame};
use bytes::{Buf, Bytes};

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

    /// Parses a piece up to the end of a text, or all of it, and takes what was parsed off it.
    pub(super) fn next(
        &mut self,
        piece: &mut Bytes,
        max_size: usize,
    ) -> Result<Option<Frame>, Broken> {
        while let Some(end) = find(piece, self.separator) {
            self.text.extend_from_slice(&piece[..end]);
            piece.advance(end + 1);
            self.check_size(max_size)?;
            let frame = self.finish();
            if frame.is_some() {
                return Ok(frame);
            }
        }
        self.text.extend_from_slice(piece);
        piece.clear();
        self.check_size(max_size)?;
        Ok(None)
    }

    /// Returns the text so far.
    pub(super) fn finish(&mut self) -> Option<Frame> {
        let text = self.text.trim_ascii();
        let frame = (!text.is_empty()).then(|| Frame {
            data: Bytes::copy_from_slice(text),
            ..Frame::default()
        });
        self.text.clear();
        frame
    }

    fn check_size(&self, max_size: usize) -> Result<(), Broken> {
        if self.text.len() > max_size {
            return Err(Broken::TooLarge);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Broken, Frame, RECORD_SEPARATOR, Sequence};
    use bytes::Bytes;

    fn parse(separator: u8, stream: &[u8]) -> Vec<String> {
        let pieces = |size: usize| {
            let mut parser = Sequence::new(separator);
            let mut frames = Vec::new();
            for piece in stream.chunks(size) {
                frames.extend(push(&mut parser, piece, 1000).0);
            }
            frames.extend(parser.finish());
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

    /// Returns the texts that a piece completes, and the error after them.
    fn push(parser: &mut Sequence, piece: &[u8], max_size: usize) -> (Vec<Frame>, Option<Broken>) {
        let mut piece = Bytes::copy_from_slice(piece);
        let mut frames = Vec::new();
        loop {
            match parser.next(&mut piece, max_size) {
                Ok(Some(frame)) => frames.push(frame),
                Ok(None) => return (frames, None),
                Err(error) => return (frames, Some(error)),
            }
        }
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
        let (frames, error) = push(&mut parser, b"01234567\n01234567\n0123", 8);
        assert_eq!((frames.len(), error), (2, None));
        let (frames, error) = push(&mut parser, b"4567\n0\n012345678\n", 8);
        assert_eq!((frames.len(), error), (2, Some(Broken::TooLarge)));
    }
}
