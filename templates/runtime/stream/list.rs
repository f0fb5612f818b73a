//! The records of a JSON list, split off while the list is received.

use super::super::decode::bytes::special;
use super::frame::{Broken, Frame};
use super::streamed::Path;
use bytes::{Buf, Bytes};

/// Splits a list into its records, in whatever pieces it is received.
///
/// A record is what is between two commas of the list; whether that is JSON turns out when it is decoded.
#[derive(Debug)]
pub(super) struct List {
    /// The names that lead to the list and that were not found yet.
    path: Path,
    state: State,
    value: Value,
    /// What was received of a record, or of the name of a member.
    text: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before the list, or before an object that leads to it.
    Before { is_root: bool },
    /// Before a member of such an object; `first` after the brace.
    Member { first: bool },
    /// In the name of a member.
    Name,
    /// After the name of a member; whether it leads to the list.
    Colon { leads_to_list: bool },
    /// Before the value of another member.
    BeforeOther,
    /// In the value of another member.
    Other,
    /// Before a record; `first` after the bracket.
    BeforeRecord { first: bool },
    /// In a record.
    Record,
    /// After a record, or after a member.
    After { is_record: bool },
    /// After the list.
    Ended,
}

impl List {
    pub(super) fn new(path: Path) -> Self {
        Self {
            path,
            state: State::Before { is_root: true },
            value: Value::default(),
            text: Vec::new(),
        }
    }

    /// Parses a piece up to the end of a record, or all of it, and takes what was parsed off it.
    pub(super) fn next(
        &mut self,
        piece: &mut Bytes,
        max_size: usize,
    ) -> Result<Option<Frame>, Broken> {
        while !piece.is_empty() {
            match self.state {
                State::Name | State::Other | State::Record => {
                    if let Some(frame) = self.inside(piece, max_size)? {
                        return Ok(Some(frame));
                    }
                }
                State::Ended => piece.clear(),
                _ => {
                    let is_blank = |byte: &u8| is_blank(*byte);
                    let blank = piece.iter().take_while(|byte| is_blank(byte)).count();
                    piece.advance(blank);
                    if let Some(byte) = piece.first() {
                        let takes = self.between(*byte)?;
                        piece.advance(usize::from(takes));
                    }
                }
            }
        }
        Ok(None)
    }

    /// Checks that the list ended before the response.
    pub(super) fn finish(&self) -> Result<(), Broken> {
        match self.state {
            State::Ended => Ok(()),
            _ => Err(Broken::Malformed("the response ends before its list does")),
        }
    }

    /// Goes on inside of a name or a value, up to its end.
    fn inside(&mut self, piece: &mut Bytes, max_size: usize) -> Result<Option<Frame>, Broken> {
        let end = self.value.end(piece);
        let (part, _) = piece.split_at(end.unwrap_or(piece.len()));
        let length = part.len();
        if self.state != State::Other {
            if self.text.len() + length > max_size {
                return Err(Broken::TooLarge);
            }
            self.text.extend_from_slice(part);
        }
        piece.advance(length);
        if end.is_none() {
            return Ok(None);
        }
        let text = std::mem::take(&mut self.text);
        let state = self.state;
        self.state = State::After {
            is_record: state == State::Record,
        };
        match state {
            State::Record => {
                return Ok(Some(Frame {
                    data: Bytes::from(text),
                    ..Frame::default()
                }));
            }
            State::Name => {
                let name: Option<String> = serde_json::from_slice(&text).ok();
                let leads_to_list = name.is_some_and(|name| self.path.first() == Some(&&*name));
                self.state = State::Colon { leads_to_list };
            }
            _ => {}
        }
        Ok(None)
    }

    /// Takes a byte between names and values, and returns whether it is done with: the first one of a value is not.
    fn between(&mut self, byte: u8) -> Result<bool, Broken> {
        let mut takes = true;
        self.state = match (self.state, byte) {
            (State::Before { .. }, b'[') if self.path.is_empty() => {
                State::BeforeRecord { first: true }
            }
            (State::Before { .. }, b'{') if !self.path.is_empty() => State::Member { first: true },
            // A byte order mark.
            (State::Before { is_root: true }, 0xEF | 0xBB | 0xBF) => self.state,
            // The list is null.
            (State::Before { is_root: false }, b'n') => State::Ended,
            (State::Before { .. }, _) => {
                return Err(Broken::Malformed(if self.path.is_empty() {
                    "expected a list, found another value"
                } else {
                    "expected an object with a list, found another value"
                }));
            }
            (State::Member { .. }, b'"') => {
                takes = false;
                self.value = Value::default();
                State::Name
            }
            // The list is left out.
            (State::Member { first: true } | State::After { is_record: false }, b'}') => {
                State::Ended
            }
            (State::After { is_record: false }, b',') => State::Member { first: false },
            (State::Colon { leads_to_list }, b':') if leads_to_list => {
                self.path = self.path.get(1..).unwrap_or_default();
                State::Before { is_root: false }
            }
            (State::Colon { .. }, b':') => State::BeforeOther,
            (State::BeforeRecord { first: true } | State::After { is_record: true }, b']') => {
                State::Ended
            }
            (State::After { is_record: true }, b',') => State::BeforeRecord { first: false },
            (State::BeforeRecord { .. } | State::BeforeOther, byte) if !is_structural(byte) => {
                takes = false;
                self.value = Value::default();
                if self.state == State::BeforeOther {
                    State::Other
                } else {
                    State::Record
                }
            }
            _ => return Err(Broken::Malformed("the response is not JSON")),
        };
        Ok(takes)
    }
}

/// Whether a byte may be between two values (RFC 8259, section 2).
fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// Whether a byte ends a value or separates two.
fn is_structural(byte: u8) -> bool {
    matches!(byte, b',' | b':' | b']' | b'}')
}

/// Finds the end of a value, in whatever pieces it is received.
#[derive(Debug, Default)]
struct Value {
    /// How many lists and objects are open.
    depth: usize,
    is_in_string: bool,
    is_escaped: bool,
}

impl Value {
    /// Returns where the value ends, if it does in these bytes; a number ends before the byte after it.
    fn end(&mut self, bytes: &[u8]) -> Option<usize> {
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
                b'}' | b']' => match self.depth {
                    0 => return Some(at),
                    1 => return Some(at + 1),
                    _ => self.depth -= 1,
                },
                byte if self.depth == 0 && (is_structural(*byte) || is_blank(*byte)) => {
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

#[cfg(test)]
mod tests {
    use super::{Broken, List, Path};
    use bytes::Bytes;

    /// Returns the records of a response in pieces of each size, which must make no difference, and what is wrong after them.
    fn split(path: Path, response: &str) -> (Vec<String>, Option<Broken>) {
        let whole = split_pieces(path, response, response.len().max(1), 1000);
        for size in 1..response.len() {
            assert_eq!(
                split_pieces(path, response, size, 1000),
                whole,
                "in pieces of {size}"
            );
        }
        whole
    }

    fn split_pieces(
        path: Path,
        response: &str,
        size: usize,
        max_size: usize,
    ) -> (Vec<String>, Option<Broken>) {
        let mut list = List::new(path);
        let mut records = Vec::new();
        for piece in response.as_bytes().chunks(size) {
            let mut piece = Bytes::copy_from_slice(piece);
            while !piece.is_empty() {
                match list.next(&mut piece, max_size) {
                    Ok(Some(frame)) => {
                        records.push(String::from_utf8_lossy(&frame.data).into_owned());
                    }
                    Ok(None) => {}
                    Err(broken) => return (records, Some(broken)),
                }
            }
        }
        (records, list.finish().err())
    }

    fn records(path: Path, response: &str) -> Vec<String> {
        let (records, broken) = split(path, response);
        assert_eq!(broken, None, "{response}");
        records
    }

    fn reason(path: Path, response: &str) -> (usize, &'static str) {
        match split(path, response) {
            (records, Some(Broken::Malformed(reason))) => (records.len(), reason),
            other => panic!("{response}: {other:?}"),
        }
    }

    #[test]
    fn splits_values_of_every_kind() {
        let list = "\u{feff} [ {\"a\":[1,{}],\"b\":\"]},\"} ,\n[[],[]] , \"a\\\\\",\"\\\"]\" ,-1.5e3,true\t,null ] \n";
        assert_eq!(
            records(&[], list),
            [
                "{\"a\":[1,{}],\"b\":\"]},\"}",
                "[[],[]]",
                "\"a\\\\\"",
                "\"\\\"]\"",
                "-1.5e3",
                "true",
                "null"
            ]
        );
        assert_eq!(records(&[], "[]"), [""; 0]);
        assert_eq!(records(&[], "[\r\n]"), [""; 0]);
        assert_eq!(records(&[], "[1]"), ["1"]);
        assert_eq!(
            records(&[], "[\"\u{1f600} \\ud83d\"]"),
            ["\"\u{1f600} \\ud83d\""]
        );
    }

    #[test]
    fn finds_a_list_inside_of_objects() {
        let ships =
            r#"{"meta": {"ships": [0], "n": "}"}, "count": 2, "ships": [1, 2], "more": [3]}"#;
        assert_eq!(records(&["ships"], ships), ["1", "2"]);
        let inner = r#"{"ships": [0], "fleet" : {"a": "", "sh\u0069ps" : [{"id": 1}]}}"#;
        assert_eq!(records(&["fleet", "ships"], inner), [r#"{"id": 1}"#]);
    }

    #[test]
    fn a_list_that_is_left_out_has_no_records() {
        for none in [
            "{}",
            "{\"a\":1}",
            "{\"a\":[1],\"b\":{}}",
            "{\"ships\": null}",
        ] {
            assert_eq!(records(&["ships"], none), [""; 0]);
        }
    }

    #[test]
    fn what_is_not_a_list_is_an_error() {
        let (other, object) = (
            "expected a list, found another value",
            "expected an object with a list, found another value",
        );
        for found in ["{}", "null", "1", "\"[\""] {
            assert_eq!(reason(&[], found), (0, other));
        }
        assert_eq!(reason(&["ships"], "[1]"), (0, object));
        assert_eq!(reason(&["ships"], "{\"ships\":{}}"), (0, other));
    }

    #[test]
    fn what_is_not_json_is_an_error_after_the_records_before_it() {
        let wrong = "the response is not JSON";
        for (found, before) in [
            ("[,1]", 0),
            ("[1 2]", 1),
            ("[1,]", 1),
            ("[1,,2]", 1),
            ("[1}", 1),
            ("[{}:1]", 1),
        ] {
            assert_eq!(reason(&[], found), (before, wrong), "{found}");
        }
        // Whether a record is JSON is seen when it is decoded.
        assert_eq!(records(&[], "[1\"a\",{\"a\"]]"), ["1\"a\"", "{\"a\"]"]);
        for found in [
            "{,}",
            "{\"a\" 1}",
            "{\"a\":}",
            "{\"a\":1 \"b\":2}",
            "{\"a\":1,}",
            "{1:2}",
        ] {
            assert_eq!(reason(&["ships"], found), (0, wrong), "{found}");
        }
    }

    #[test]
    fn a_list_that_is_cut_off_is_an_error() {
        let whole = r#"{"fleet": {"ships": [{"id": "a"}, 12, "b"]"#;
        let after = [0, 0, 1, 2, 3];
        for length in 0..whole.len() {
            let (records, reason) = reason(&["fleet", "ships"], &whole[..length]);
            assert_eq!(reason, "the response ends before its list does");
            assert!(after.contains(&records));
        }
        assert_eq!(records(&["fleet", "ships"], whole).len(), 3);
    }

    #[test]
    fn a_record_has_a_limit_and_what_is_beside_the_list_has_none() {
        let response = format!(
            "{{\"other\":\"{}\",\"ships\":[\"12345678\",1]}}",
            "x".repeat(99)
        );
        for size in [1, 7, response.len()] {
            let (records, broken) = split_pieces(&["ships"], &response, size, 10);
            assert_eq!((records.len(), broken), (2, None));
            let (records, broken) = split_pieces(&["ships"], &response, size, 9);
            assert_eq!((records.len(), broken), (0, Some(Broken::TooLarge)));
        }
    }
}
