//! Event streams (HTML Living Standard, section 9.2.6).

use super::super::decode::bytes::line_end;
use super::frame::{Broken, Frame};
use bytes::{Buf, Bytes};
use std::time::Duration;

/// Parses an event stream, in whatever pieces it is received.
#[derive(Debug, Default)]
pub(super) struct EventStream {
    line: Vec<u8>,
    /// Whether the last byte was a carriage return, after which a line feed is no line of its own.
    after_cr: bool,
    /// Whether the first line was read, before which there may be a byte order mark.
    has_begun: bool,
    event: String,
    /// The lines of data so far.
    data: Option<Data>,
    retry: Option<Duration>,
    /// The id for the next event.
    id: String,
    /// The id of the last event that is complete: one that broke off is to be sent again.
    last_id: String,
}

/// The lines of data of an event.
#[derive(Debug)]
enum Data {
    /// One line, which is a part of the piece that it was received in.
    Line(Bytes),
    Lines(Vec<u8>),
}

impl EventStream {
    /// Continues a stream whose last id was this one.
    pub(super) fn after(last_id: String) -> Self {
        Self {
            id: last_id.clone(),
            last_id,
            ..Self::default()
        }
    }

    /// Parses a piece up to the end of an event, or all of it, and takes what was parsed off it.
    pub(super) fn next(
        &mut self,
        piece: &mut Bytes,
        max_size: usize,
    ) -> Result<Option<Frame>, Broken> {
        loop {
            self.skip_line_feed(piece);
            let Some(end) = line_end(piece) else { break };
            let line = &piece[..end];
            self.check_size(line, max_size)?;
            self.after_cr = piece.get(end) == Some(&b'\r');
            let frame = if self.line.is_empty() {
                self.take_line(line, piece)
            } else {
                let mut whole = std::mem::take(&mut self.line);
                whole.extend_from_slice(line);
                let whole = Bytes::from(whole);
                self.take_line(&whole, &whole)
            };
            piece.advance(end + 1);
            if frame.is_some() {
                return Ok(frame);
            }
        }
        self.check_size(piece, max_size)?;
        self.line.extend_from_slice(piece);
        piece.clear();
        Ok(None)
    }

    /// Skips the line feed that ends a line together with a carriage return before it.
    fn skip_line_feed(&mut self, piece: &mut Bytes) {
        if self.after_cr && !piece.is_empty() {
            self.after_cr = false;
            if piece.starts_with(b"\n") {
                piece.advance(1);
            }
        }
    }

    /// Checks the size of the event with the next part of a line.
    fn check_size(&self, part: &[u8], max_size: usize) -> Result<(), Broken> {
        let data = match &self.data {
            Some(Data::Line(data)) => data.len(),
            Some(Data::Lines(data)) => data.len(),
            None => 0,
        };
        if self.line.len() + part.len() + data > max_size {
            return Err(Broken::TooLarge);
        }
        Ok(())
    }

    /// Parses a line, which is a part of `piece`, and returns the event that it completes.
    fn take_line(&mut self, line: &[u8], piece: &Bytes) -> Option<Frame> {
        let mut line = line;
        if !std::mem::replace(&mut self.has_begun, true) {
            line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
        }
        if line.is_empty() {
            return self.complete();
        }
        let (field, value) = match line.iter().position(|byte| *byte == b':') {
            Some(colon) => {
                let value = &line[colon + 1..];
                (&line[..colon], value.strip_prefix(b" ").unwrap_or(value))
            }
            None => (line, [].as_slice()),
        };
        self.set(field, value, piece);
        None
    }

    /// Sets a field; one without a name is a comment.
    fn set(&mut self, field: &[u8], value: &[u8], piece: &Bytes) {
        match field {
            b"event" => self.event = text(value),
            b"data" => {
                self.data = Some(match self.data.take() {
                    None => Data::Line(piece.slice_ref(value)),
                    Some(data) => {
                        let mut lines = match data {
                            Data::Line(line) => line.to_vec(),
                            Data::Lines(lines) => lines,
                        };
                        lines.push(b'\n');
                        lines.extend_from_slice(value);
                        Data::Lines(lines)
                    }
                });
            }
            b"id" if !value.contains(&0) => self.id = text(value),
            b"retry" if !value.is_empty() && value.iter().all(u8::is_ascii_digit) => {
                self.retry = text(value).parse().ok().map(Duration::from_millis);
            }
            _ => {}
        }
    }

    /// Returns the event of the lines so far.
    fn complete(&mut self) -> Option<Frame> {
        let event = std::mem::take(&mut self.event);
        self.last_id.clone_from(&self.id);
        // Without data there is no event, although the wait counts.
        let data = self.data.take()?;
        Some(Frame {
            event,
            data: match data {
                Data::Line(line) => line,
                Data::Lines(lines) => lines.into(),
            },
            id: self.id.clone(),
            retry: self.retry.take(),
        })
    }

    /// Returns the id of the last complete event that had one.
    pub(super) fn last_id(&self) -> &str {
        &self.last_id
    }

    /// Takes the wait before the next connection that was set since the last event.
    pub(super) fn take_retry(&mut self) -> Option<Duration> {
        self.retry.take()
    }
}

/// The stream is UTF-8; other bytes are replaced. Those of data are replaced when it is decoded.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{Broken, EventStream, Frame};
    use bytes::Bytes;
    use std::time::Duration;

    const MAX: usize = 1000;

    /// Parses a stream in pieces of each size, which must make no difference.
    fn parse(stream: &str) -> Vec<(String, String, String)> {
        let whole = parse_in_pieces(stream, stream.len().max(1));
        for size in 1..stream.len() {
            assert_eq!(parse_in_pieces(stream, size), whole, "in pieces of {size}");
        }
        let shown = |frame: Frame| {
            let data = String::from_utf8_lossy(&frame.data).into_owned();
            (frame.event, data, frame.id)
        };
        whole.into_iter().map(shown).collect()
    }

    fn parse_in_pieces(stream: &str, size: usize) -> Vec<Frame> {
        let mut parser = EventStream::default();
        let pieces = stream.as_bytes().chunks(size);
        let frames = pieces.flat_map(|piece| push(&mut parser, piece, MAX).expect("small events"));
        frames.collect()
    }

    /// Returns the events that a piece completes.
    fn push(parser: &mut EventStream, piece: &[u8], max_size: usize) -> Result<Vec<Frame>, Broken> {
        let mut piece = Bytes::copy_from_slice(piece);
        let frames = std::iter::from_fn(|| parser.next(&mut piece, max_size).transpose());
        frames.collect()
    }

    fn data(stream: &str) -> Vec<String> {
        parse(stream).into_iter().map(|(_, data, _)| data).collect()
    }

    /// The examples of the HTML Living Standard, section 9.2.6.
    #[test]
    fn parses_the_examples_of_the_standard() {
        let stocks = "data: YHOO\ndata: +2\ndata: 10\n\n";
        assert_eq!(data(stocks), ["YHOO\n+2\n10"]);
        let stream = ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n";
        let event = |data: &str, id: &str| (String::new(), data.to_owned(), id.to_owned());
        // The third is incomplete.
        assert_eq!(
            parse(stream),
            [event("first event", "1"), event("second event", "")]
        );
        let complete = format!("{stream}\n");
        assert_eq!(
            parse(&complete),
            [
                event("first event", "1"),
                event("second event", ""),
                event(" third event", "")
            ],
        );
        assert_eq!(data("data\n\ndata\ndata\n\ndata:"), ["", "\n"]);
        assert_eq!(data("data:test\n\ndata: test\n\n"), ["test", "test"]);
        let typed = "event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\nevent: add\ndata: 113411\n\n";
        let types: Vec<String> = parse(typed)
            .into_iter()
            .map(|(event, _, _)| event)
            .collect();
        assert_eq!(types, ["add", "remove", "add"]);
    }

    #[test]
    fn lines_end_with_cr_lf_or_both() {
        for end in ["\n", "\r", "\r\n"] {
            let stream = format!("data: a{end}data: b{end}{end}data: c{end}{end}");
            assert_eq!(data(&stream), ["a\nb", "c"], "{end:?}");
        }
        assert_eq!(data("data: a\r\ndata: b\n\r\ndata: c\r\r"), ["a\nb", "c"]);
        assert_eq!(data("\r\n\r\ndata: a\r\n\r\n"), ["a"]);
    }

    #[test]
    fn a_byte_order_mark_is_skipped_once() {
        assert_eq!(data("\u{feff}data: a\n\n"), ["a"]);
        assert_eq!(data("\u{feff}\u{feff}data: a\n\n"), [""; 0]);
        assert_eq!(data("data: \u{feff}a\n\n"), ["\u{feff}a"]);
    }

    /// As in web-platform-tests, eventsource/format-*.
    #[test]
    fn fields_are_read_to_the_letter() {
        assert_eq!(data("data: a\ndata : b\nData: c\n data: d\n\n"), ["a"]);
        assert_eq!(data("data:a\u{0}\n\n"), ["a\u{0}"]);
        assert_eq!(data(":ok\ndata: a\n:\n\n"), ["a"]);
        assert_eq!(data("data: ok…\n\n"), ["ok…"]);
        assert_eq!(data("data:a: b\n\n"), ["a: b"]);
        let ids = |stream| -> Vec<String> {
            let events = parse(stream).into_iter();
            events.map(|(_, _, id)| id).collect()
        };
        assert_eq!(
            ids("id: 1\ndata: a\n\ndata: b\n\nid: 2\u{0}3\ndata: c\n\nid:\ndata: d\n\n"),
            ["1", "1", "1", ""]
        );
        assert_eq!(parse("event: a\n\ndata: b\n\n")[0].0, "");
    }

    #[test]
    fn an_event_that_breaks_off_has_no_id_yet() {
        let mut parser = EventStream::after("0".to_owned());
        let mut last_id_after = |piece: &[u8]| {
            push(&mut parser, piece, MAX).expect("small events");
            parser.last_id().to_owned()
        };
        assert_eq!(last_id_after(b"id: 1\ndata: a\n"), "0");
        assert_eq!(last_id_after(b"\nid: 2\n"), "1");
        // One without data is complete as well.
        assert_eq!(last_id_after(b"\nid: 3\ndata: b"), "2");
    }

    #[test]
    fn the_wait_is_digits() {
        let retry = |value: &str| {
            let stream = format!("retry: {value}\ndata: a\n\n");
            parse_in_pieces(&stream, 3)[0].retry
        };
        assert_eq!(retry("10000"), Some(Duration::from_secs(10)));
        for other in ["", "1s", "-1", "1.5", "1 "] {
            assert_eq!(retry(other), None, "{other:?}");
        }
    }

    #[test]
    fn an_event_has_a_limit() {
        let mut parser = EventStream::default();
        for _ in 0..100 {
            let small = push(&mut parser, b"data: 0123456789\n\n", 16);
            assert_eq!(small.map(|frames| frames.len()), Ok(1));
        }
        assert_eq!(push(&mut parser, b"data: 0123456789", 16), Ok(vec![]));
        assert_eq!(push(&mut parser, b"0", 16), Err(Broken::TooLarge));
        let mut parser = EventStream::default();
        let small = push(&mut parser, b"data: 0123\ndata: 5678\n", 16);
        assert_eq!(small, Ok(vec![]));
        assert_eq!(push(&mut parser, b"data: 012\n", 16), Err(Broken::TooLarge));
    }

    #[test]
    fn other_bytes_than_utf_8_are_replaced() {
        let mut parser = EventStream::default();
        let stream = b"event: a\xFFb\ndata: a\xFFb\xC3";
        assert_eq!(push(&mut parser, stream, MAX), Ok(vec![]));
        let frames = push(&mut parser, b"\xA9\n\n", MAX).expect("a small event");
        assert_eq!(frames[0].event, "a\u{fffd}b");
        assert_eq!(frames[0].data, b"a\xFFb\xC3\xA9".as_slice());
    }
}
