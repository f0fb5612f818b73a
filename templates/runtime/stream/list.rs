//! The records of a JSON list, split off while the list is received.

use super::super::decode::Kind;
use super::super::decode::grammar::{Found, is_whitespace};
use super::super::decode::value_end::{ValueEnd, is_after_value};
use super::frame::{Broken, Frame};
use super::place::Place;
use bytes::{Buf, Bytes};

/// The byte order mark that a text may begin with.
const BYTE_ORDER_MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];

/// Splits a list into its records, in whatever pieces it is received.
///
/// A record is what is between two commas of the list; whether that is JSON turns out when it is decoded.
#[derive(Debug)]
pub(super) struct List {
    place: Place,
    state: State,
    /// How many of the objects that lead to the list are open.
    level: usize,
    /// Whether the list was found.
    is_found: bool,
    value: ValueEnd,
    /// What was received of a record, or of the name of a member.
    text: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// At the beginning, with so many bytes of a byte order mark.
    Start { mark: usize },
    /// Before the list, or before an object that leads to it.
    Before,
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
    /// In the null that is in place of the list.
    Null,
    /// Before a record; `first` after the bracket.
    BeforeRecord { first: bool },
    /// In a record.
    Record,
    /// After a record.
    AfterRecord,
    /// After a member.
    AfterMember,
    /// After the whole value.
    Ended,
}

impl List {
    pub(super) fn new(place: Place) -> Self {
        Self {
            place,
            state: State::Start { mark: 0 },
            level: 0,
            is_found: false,
            value: ValueEnd::default(),
            text: Vec::new(),
        }
    }

    /// Parses a piece up to the end of a record, or all of it, and takes what was parsed off it.
    pub(super) fn next(
        &mut self,
        piece: &mut Bytes,
        max_size: usize,
    ) -> Result<Option<Frame>, Broken> {
        while let Some(byte) = piece.first() {
            match self.state {
                State::Name | State::Other | State::Null | State::Record => {
                    if let Some(frame) = self.inside(piece, max_size)? {
                        return Ok(Some(frame));
                    }
                }
                _ if is_whitespace(*byte) => piece.advance(1),
                _ => {
                    if self.between(*byte)? {
                        piece.advance(1);
                    }
                }
            }
        }
        Ok(None)
    }

    /// Checks that the response ended where its value does.
    pub(super) fn finish(&self) -> Result<(), Broken> {
        match self.state {
            State::Ended => Ok(()),
            // Nothing follows a response that is null.
            State::Null if self.level == 0 && self.text == b"null" => Ok(()),
            State::Start { .. } => malformed("expected a body, found nothing"),
            _ => malformed("the response ends before its list does"),
        }
    }

    /// Goes on inside of a name or a value, up to its end.
    fn inside(&mut self, piece: &mut Bytes, max_size: usize) -> Result<Option<Frame>, Broken> {
        let end = self.value.find(piece);
        let part = piece.split_to(end.unwrap_or(piece.len()));
        if self.state != State::Other {
            if self.text.len() + part.len() > max_size {
                return Err(Broken::TooLarge);
            }
            self.text.extend_from_slice(&part);
        }
        if end.is_none() {
            return Ok(None);
        }
        let text = std::mem::take(&mut self.text);
        match self.state {
            State::Record => {
                self.state = State::AfterRecord;
                return Ok(Some(Frame {
                    data: Bytes::from(text),
                    ..Frame::default()
                }));
            }
            State::Name => self.name(&text)?,
            State::Null if text != b"null" => {
                return malformed("expected null, found another value");
            }
            _ => self.state = self.after(),
        }
        Ok(None)
    }

    /// Takes the name of a member of an object that may lead to the list.
    fn name(&mut self, text: &[u8]) -> Result<(), Broken> {
        let name: Option<String> = serde_json::from_slice(text).ok();
        let wanted = self.level.checked_sub(1);
        let wanted = wanted.and_then(|index| self.place.names.get(index));
        let leads_to_list = name.is_some_and(|name| wanted.is_some_and(|wanted| name == *wanted));
        if leads_to_list && self.is_found {
            return malformed("found the member of the list more than once");
        }
        self.state = State::Colon { leads_to_list };
        Ok(())
    }

    /// Takes a byte between names and values, and returns whether it is done with: the first one of a value is not.
    fn between(&mut self, byte: u8) -> Result<bool, Broken> {
        let mut takes = true;
        let is_list_next = self.level == self.place.names.len();
        self.state = match (self.state, byte) {
            (State::Start { mark }, byte) if BYTE_ORDER_MARK.get(mark) == Some(&byte) => {
                State::Start { mark: mark + 1 }
            }
            (State::Start { mark: 0 | 3 }, _) => {
                takes = false;
                State::Before
            }
            (State::Before, b'[') if is_list_next => {
                self.is_found = true;
                State::BeforeRecord { first: true }
            }
            (State::Before, b'{') if !is_list_next => {
                self.level += 1;
                State::Member { first: true }
            }
            (State::Before, b'n') if self.place.may_be_absent => {
                self.is_found = true;
                takes = false;
                State::Null
            }
            (State::Before, byte) => {
                let expected = if is_list_next {
                    "an array"
                } else {
                    "an object"
                };
                let found = Kind::of_first(byte).map_or("what is not JSON", Kind::with_article);
                return malformed(format!("expected {expected}, found {found}"));
            }
            (State::Member { .. }, b'"') => {
                takes = false;
                State::Name
            }
            (State::Member { first: true } | State::AfterMember, b'}') => {
                self.level -= 1;
                if self.level == 0 && !self.is_found && !self.place.may_be_absent {
                    return malformed("the list is left out");
                }
                self.after()
            }
            (State::AfterMember, b',') => State::Member { first: false },
            (
                State::Colon {
                    leads_to_list: true,
                },
                b':',
            ) => State::Before,
            (
                State::Colon {
                    leads_to_list: false,
                },
                b':',
            ) => State::BeforeOther,
            (State::BeforeRecord { first: true } | State::AfterRecord, b']') => self.after(),
            (State::AfterRecord, b',') => State::BeforeRecord { first: false },
            (State::BeforeRecord { .. }, byte) if !is_after_value(byte) => {
                takes = false;
                State::Record
            }
            (State::BeforeOther, byte) if !is_after_value(byte) => {
                takes = false;
                State::Other
            }
            (state, byte) => return malformed(state.expected(byte)),
        };
        Ok(takes)
    }

    /// Returns the state after a value on the way.
    fn after(&self) -> State {
        if self.level == 0 {
            State::Ended
        } else {
            State::AfterMember
        }
    }
}

impl State {
    /// Returns the reason why this byte cannot be here.
    fn expected(self, byte: u8) -> String {
        let expected = match self {
            Self::Member { .. } => "the name of a member",
            Self::Colon { .. } => "`:`",
            Self::AfterRecord => "`,` or `]` after a record",
            Self::AfterMember => "`,` or `}`",
            Self::Ended => "the end",
            _ => "a value",
        };
        format!("expected {expected}, found {}", Found(Some(byte)))
    }
}

#[cold]
fn malformed<T>(reason: impl Into<String>) -> Result<T, Broken> {
    Err(Broken::Malformed(reason.into()))
}

#[cfg(test)]
mod tests {
    use super::{Broken, List, Place};
    use bytes::Bytes;

    type Path = &'static [&'static str];

    fn required(names: Path) -> Place {
        Place {
            names,
            may_be_absent: false,
        }
    }

    fn optional(names: Path) -> Place {
        Place {
            names,
            may_be_absent: true,
        }
    }

    /// Returns the records of a response in pieces of each size, which must make no difference, and what is wrong after them.
    fn split(place: Place, response: &[u8]) -> (Vec<String>, Option<Broken>) {
        let whole = split_pieces(place, response, response.len().max(1), 1000);
        for size in 1..response.len() {
            let pieces = split_pieces(place, response, size, 1000);
            assert_eq!(pieces, whole, "in pieces of {size}");
        }
        whole
    }

    fn split_pieces(
        place: Place,
        response: &[u8],
        size: usize,
        max_size: usize,
    ) -> (Vec<String>, Option<Broken>) {
        let mut list = List::new(place);
        let mut records = Vec::new();
        for piece in response.chunks(size) {
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

    fn records(place: Place, response: &str) -> Vec<String> {
        let (records, broken) = split(place, response.as_bytes());
        assert_eq!(broken, None, "{response}");
        records
    }

    fn reason(place: Place, response: &str) -> (usize, String) {
        match split(place, response.as_bytes()) {
            (records, Some(Broken::Malformed(reason))) => (records.len(), reason),
            other => panic!("{response}: {other:?}"),
        }
    }

    #[test]
    fn splits_values_of_every_kind() {
        let list = "\u{feff} [ {\"a\":[1,{}],\"b\":\"]},\"} ,\n[[],[]] , \"a\\\\\",\"\\\"]\" ,-1.5e3,true\t,null ] \n";
        assert_eq!(
            records(required(&[]), list),
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
        assert_eq!(records(required(&[]), "[]"), [""; 0]);
        assert_eq!(records(required(&[]), "[\r\n]"), [""; 0]);
        assert_eq!(records(required(&[]), "[1]"), ["1"]);
        let text = "\"\u{1f600} \\ud83d\"";
        assert_eq!(records(required(&[]), &format!("[{text}]")), [text]);
    }

    #[test]
    fn finds_a_list_inside_of_objects() {
        let ships =
            r#"{"meta": {"ships": [0], "n": "}"}, "count": 2, "ships": [1, 2], "more": [3]}"#;
        assert_eq!(records(required(&["ships"]), ships), ["1", "2"]);
        let inner =
            r#"{"ships": [0], "fleet" : {"a": "", "sh\u0069ps" : [{"id": 1}], "b": {}}, "c": 1}"#;
        assert_eq!(
            records(required(&["fleet", "ships"]), inner),
            [r#"{"id": 1}"#]
        );
    }

    #[test]
    fn a_list_may_be_left_out_or_null_where_that_is_allowed() {
        let inside: Path = &["fleet", "ships"];
        for none in [
            "{}",
            "null",
            r#"{"a":[1],"b":{}}"#,
            r#"{"fleet": null}"#,
            r#"{"fleet": {}}"#,
            r#"{"fleet": {"ships":null}, "a": 1}"#,
        ] {
            assert_eq!(records(optional(inside), none), [""; 0]);
            let (count, reason) = reason(required(inside), none);
            let is_known = reason == "the list is left out" || reason.ends_with(", found null");
            assert!(count == 0 && is_known, "{none}: {reason}");
        }
        assert_eq!(records(optional(&[]), " null "), [""; 0]);
        let wrong = "expected null, found another value";
        assert_eq!(reason(optional(&[]), "nil "), (0, wrong.to_owned()));
    }

    #[test]
    fn what_is_not_a_list_is_an_error() {
        for (found, kind) in [
            ("{}", "an object"),
            ("null", "null"),
            ("-1", "a number"),
            ("\"[\"", "a string"),
            ("true", "a boolean"),
            ("<html>", "what is not JSON"),
        ] {
            let expected = format!("expected an array, found {kind}");
            assert_eq!(reason(required(&[]), found), (0, expected.clone()));
            let inside = format!("{{\"ships\":{found}}}");
            assert_eq!(reason(required(&["ships"]), &inside), (0, expected));
        }
        let expected = "expected an object, found an array".to_owned();
        assert_eq!(reason(required(&["ships"]), "[1]"), (0, expected));
        let nothing = "expected a body, found nothing".to_owned();
        for empty in ["", " ", "\u{feff}"] {
            assert_eq!(reason(required(&[]), empty), (0, nothing.clone()));
        }
    }

    #[test]
    fn what_is_not_json_is_an_error_after_the_records_before_it() {
        for (found, before, expected) in [
            ("[,1]", 0, "a value, found `,`"),
            ("[1 2]", 1, "`,` or `]` after a record, found `2`"),
            ("[1,]", 1, "a value, found `]`"),
            ("[1,,2]", 1, "a value, found `,`"),
            ("[1}", 1, "`,` or `]` after a record, found `}`"),
            ("[{}:1]", 1, "`,` or `]` after a record, found `:`"),
            ("[1][2]", 1, "the end, found `[`"),
            ("[1]\u{e9}", 1, "the end, found another character"),
        ] {
            let expected = format!("expected {expected}");
            assert_eq!(reason(required(&[]), found), (before, expected), "{found}");
        }
        // Whether a record is JSON is seen when it is decoded.
        let odd = records(required(&[]), "[1\"a\",{\"a\"]]");
        assert_eq!(odd, ["1\"a\"", "{\"a\"]"]);
        for (found, expected) in [
            ("{,}", "the name of a member, found `,`"),
            ("{\"a\" 1}", "`:`, found `1`"),
            ("{\"a\":}", "a value, found `}`"),
            ("{\"a\":1 \"b\":2}", "`,` or `}`, found `\"`"),
            ("{\"a\":1,}", "the name of a member, found `}`"),
            ("{1:2}", "the name of a member, found `1`"),
        ] {
            let expected = format!("expected {expected}");
            assert_eq!(
                reason(required(&["ships"]), found),
                (0, expected),
                "{found}"
            );
        }
        for mark in [
            &b"\xEF["[..],
            b"\xBB\xBF[1]",
            b"\xEF\xBB\xBF\xEF\xBB\xBF[1]",
        ] {
            assert_eq!(split(required(&[]), mark).0, [""; 0]);
            assert!(split(required(&[]), mark).1.is_some());
        }
    }

    #[test]
    fn a_second_list_is_an_error() {
        let twice = "found the member of the list more than once".to_owned();
        let ships = r#"{"ships": [1], "ships": [2]}"#;
        assert_eq!(reason(required(&["ships"]), ships), (1, twice.clone()));
        let fleets = r#"{"fleet": {"ships": [1]}, "fleet": {"ships": [2]}}"#;
        assert_eq!(reason(required(&["fleet", "ships"]), fleets), (1, twice));
        let empty = r#"{"fleet": {}, "fleet": {"ships": [2]}}"#;
        assert_eq!(records(required(&["fleet", "ships"]), empty), ["2"]);
    }

    #[test]
    fn a_response_that_is_cut_off_is_an_error() {
        let whole = r#"{"fleet": {"ships": [{"id": "a"}, 12, "b"], "c": 1}}"#;
        for length in 1..whole.len() {
            let (records, reason) = reason(required(&["fleet", "ships"]), &whole[..length]);
            assert_eq!(reason, "the response ends before its list does");
            assert!(records <= 3);
        }
        assert_eq!(records(required(&["fleet", "ships"]), whole).len(), 3);
    }

    #[test]
    fn a_record_has_a_limit_and_what_is_beside_the_list_has_none() {
        let response = format!(
            "{{\"other\":\"{}\",\"ships\":[\"12345678\",1]}}",
            "x".repeat(99)
        );
        let response = response.as_bytes();
        for size in [1, 7, response.len()] {
            let (records, broken) = split_pieces(required(&["ships"]), response, size, 10);
            assert_eq!((records.len(), broken), (2, None));
            let (records, broken) = split_pieces(required(&["ships"]), response, size, 9);
            assert_eq!((records.len(), broken), (0, Some(Broken::TooLarge)));
        }
    }
}
