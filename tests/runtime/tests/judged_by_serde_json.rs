//! Decoding, with `serde_json` as the judge: the same texts are JSON, and they have the same values.

use bytes::Bytes;
use cratewright_runtime::decode::{Decoded, Kind, Node, Undecodable, decode, decode_with};
use cratewright_runtime::model::samples::{Message, Tree};
use proptest::prelude::*;
use serde_json::{Map, Number, Value};
use std::fmt::Write as _;

/// What a text may have that `serde_json` refuses; each is a deviation.
const LENIENT: [&str; 6] = [
    "expected UTF-8, found other bytes; replaced by U+FFFD",
    "found half a surrogate pair in a name; replaced by U+FFFD",
    "found half a surrogate pair in a string; replaced by U+FFFD",
    "found arrays or objects nested too deeply; treated as null",
    "found a number that is too large; treated as a string",
    "expected a body, found nothing",
];

/// What is no deviation: a byte order mark, and one level of arrays and objects more.
fn is_accepted_in_silence(text: &[u8], error: &serde_json::Error) -> bool {
    text.starts_with(b"\xEF\xBB\xBF") || error.to_string().starts_with("recursion limit exceeded")
}

fn decoded(text: &[u8]) -> Result<Decoded<Value>, Undecodable> {
    decode(&Bytes::copy_from_slice(text))
}

/// Fails when a text is decoded in another way than `serde_json` does.
fn judge(text: &[u8]) -> Result<(), TestCaseError> {
    let ours = decoded(text);
    match (serde_json::from_slice::<Value>(text), ours) {
        (Ok(theirs), Ok(ours)) => {
            prop_assert!(
                are_equal(&theirs, &ours.value),
                "{theirs} is not {}",
                ours.value
            );
            for deviation in &ours.deviations {
                let reason = deviation.reason();
                let is_expected = reason.contains("more than once") || reason.contains("rounded");
                prop_assert!(is_expected, "{deviation}");
            }
        }
        (Ok(theirs), Err(error)) => prop_assert!(false, "{error}, which is {theirs}"),
        (Err(error), Ok(ours)) => {
            let is_lenient = is_accepted_in_silence(text, &error)
                || ours
                    .deviations
                    .iter()
                    .any(|deviation| LENIENT.contains(&deviation.reason()));
            prop_assert!(is_lenient, "{error}: {:?}", ours.deviations);
        }
        (Err(_), Err(_)) => {}
    }
    Ok(())
}

/// `serde_json` reads floats with an error of a few units in the last place, unless it is asked for more.
fn are_equal(theirs: &Value, ours: &Value) -> bool {
    match (theirs, ours) {
        (Value::Number(theirs), Value::Number(ours)) => are_equal_numbers(theirs, ours),
        (Value::Array(theirs), Value::Array(ours)) => {
            theirs.len() == ours.len() && theirs.iter().zip(ours).all(|(a, b)| are_equal(a, b))
        }
        (Value::Object(theirs), Value::Object(ours)) => {
            theirs.len() == ours.len()
                && theirs
                    .iter()
                    .all(|(name, a)| ours.get(name).is_some_and(|b| are_equal(a, b)))
        }
        (theirs, ours) => theirs == ours,
    }
}

fn are_equal_numbers(theirs: &Number, ours: &Number) -> bool {
    if theirs == ours {
        return true;
    }
    match (
        theirs.is_f64() && ours.is_f64(),
        theirs.as_f64(),
        ours.as_f64(),
    ) {
        (true, Some(a), Some(b)) => a.to_bits().abs_diff(b.to_bits()) <= 8,
        _ => false,
    }
}

/// JSON as nobody writes it: escapes, whitespace, long numbers, names that are there twice.
fn json() -> impl Strategy<Value = String> {
    let whitespace = || "[ \n\r\t]{0,2}";
    let string = || "\"([ -!#-\\[\\]-~äß€😀]|\\\\[\"\\\\/bfnrt]|\\\\u00[0-7][0-9a-fA-F]|\\\\ud83d\\\\uDE00|\\\\uD8[0-9a-f]{2}){0,12}\"";
    let scalar = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("false".to_owned()),
        "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?",
        "-?(0|[1-9][0-9]{0,4})",
        string(),
    ];
    scalar.prop_recursive(6, 64, 6, move |inner| {
        let item = (whitespace(), inner, whitespace())
            .prop_map(|(before, value, after)| before + &value + &after);
        let name = prop_oneof![
            Just("\"a\"".to_owned()),
            Just("\"\\u0061\"".to_owned()),
            string().prop_map(|name| name)
        ];
        let member = (whitespace(), name, whitespace(), item.clone())
            .prop_map(|(before, name, after, value)| format!("{before}{name}{after}:{value}"));
        prop_oneof![
            prop::collection::vec(item, 0..6).prop_map(|items| format!("[{}]", items.join(","))),
            prop::collection::vec(member, 0..6)
                .prop_map(|members| format!("{{{}}}", members.join(","))),
        ]
    })
}

/// A change of a text: where, how many bytes are taken out, and what is put in.
fn mutation() -> impl Strategy<Value = (prop::sample::Index, usize, Vec<u8>)> {
    let piece = prop_oneof![
        prop::sample::select(
            b"{}[]\",:\\ue0123456789-+.truefalsn \n\x00\x1f\x7f\x80\xc3\xed\xff".to_vec()
        )
        .prop_map(|byte| vec![byte]),
        Just(b"\\ud800".to_vec()),
        Just(b"1e999".to_vec()),
        prop::collection::vec(any::<u8>(), 0..4),
    ];
    (any::<prop::sample::Index>(), 0..4_usize, piece)
}

fn mutate(text: &str, mutations: &[(prop::sample::Index, usize, Vec<u8>)]) -> Vec<u8> {
    let mut text = text.as_bytes().to_vec();
    for (at, removed, piece) in mutations {
        let start = at.index(text.len() + 1);
        let end = (start + removed).min(text.len());
        text.splice(start..end, piece.iter().copied());
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_same_texts_have_the_same_values(text in json()) {
        judge(text.as_bytes())?;
    }

    #[test]
    fn the_same_mutated_texts_are_json(text in json(), mutations in prop::collection::vec(mutation(), 1..4)) {
        judge(&mutate(&text, &mutations))?;
    }

    #[test]
    fn the_same_bytes_are_json(bytes in prop::collection::vec(any::<u8>(), 0..12)) {
        judge(&bytes)?;
    }

    /// No body makes a type panic, and what is decoded is the same when it is written and decoded again.
    #[test]
    fn whatever_is_decoded_survives(text in message(), mutations in prop::collection::vec(mutation(), 0..3)) {
        let body = Bytes::from(mutate(&text, &mutations));
        if let Ok(first) = decode::<Message>(&body) {
            let text = serde_json::to_vec(&first.value).expect("the value can be written");
            let second = decode::<Message>(&text.into()).expect("the text can be decoded");
            prop_assert_eq!(first.value, second.value);
        }
        let _ = decode::<Tree>(&body);
    }

    #[test]
    fn numbers_keep_their_digits(digits in "-?(0|[1-9][0-9]{0,40})(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,5})?") {
        let body = Bytes::from(format!("[{digits}]"));
        let kept = decode_with(&body, |node| {
            let first = node.items().next().and_then(Node::number);
            first.map(str::to_owned).ok_or_else(|| node.mismatch("no number"))
        });
        prop_assert_eq!(kept.map(|decoded| decoded.value), Ok(digits.clone()));
        let text = decode::<Vec<String>>(&body).map(|decoded| decoded.value);
        prop_assert_eq!(text, Ok(vec![digits]));
    }

    /// The deviation of a value is at its place, and has the value.
    #[test]
    fn deviations_are_where_their_values_are(text in json()) {
        let body = Bytes::from(text);
        let noted = decode_with(&body, |node| {
            note_all(node);
            Ok(())
        });
        let value = decode::<Value>(&body).expect("the text is JSON").value;
        let mut paths = Vec::new();
        list_paths(&value, "$", &mut paths);
        for deviation in noted.expect("the text is JSON").deviations {
            if let Ok(at) = deviation.reason().parse::<usize>() {
                // What is there twice is found once in a tree.
                let known = paths.iter().filter(|(path, _)| path == deviation.path());
                for (_, value) in known {
                    prop_assert!(at > 0);
                    let is_same = &deviation.value() == value || body_has_duplicates(&body);
                    prop_assert!(is_same, "{deviation}: {value}");
                }
                let is_known = paths.iter().any(|(path, _)| path == deviation.path());
                prop_assert!(is_known || body_has_duplicates(&body), "{deviation}");
            }
        }
    }
}

fn body_has_duplicates(body: &Bytes) -> bool {
    let decoded = decode::<Value>(body).expect("the text is JSON");
    decoded
        .deviations
        .iter()
        .any(|deviation| deviation.reason().contains("more than once"))
}

fn note_all(node: Node<'_>) {
    node.note("1", "");
    node.items().for_each(note_all);
    node.entries().for_each(|(_, value)| note_all(value));
}

fn list_paths(value: &Value, path: &str, paths: &mut Vec<(String, Value)>) {
    paths.push((path.to_owned(), value.clone()));
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                list_paths(item, &format!("{path}[{index}]"), paths);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                let is_word = |text: &str| {
                    text.chars()
                        .all(|character| character.is_ascii_alphanumeric() || character == '_')
                };
                let mut inside = path.to_owned();
                if is_word(name)
                    && name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
                {
                    let _ = write!(inside, ".{name}");
                } else {
                    // As RFC 9535 has it: a double quote within single ones is itself.
                    let name = name.escape_debug().to_string().replace("\\\"", "\"");
                    let _ = write!(inside, "['{name}']");
                }
                list_paths(member, &inside, paths);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A message, some of whose members are of another type than they should be.
fn message() -> impl Strategy<Value = String> {
    let names = [
        "kind", "id", "title", "created", "score", "tags", "status", "priority", "figure", "data",
        "parent",
    ];
    let value = prop_oneof![
        json(),
        prop::sample::select(vec![
            "\"message\"",
            "12",
            "\"12\"",
            "5.0",
            "null",
            "\"2020-02-30T00:00:00Z\"",
            "\"2020-02-29T23:59:60.5+01:30\"",
            "[\"a\", null]",
            "\"open\"",
            "-1",
            r#"{"kind": "circle", "radius": 2}"#,
            r#"{"kind": "group", "figures": [{"kind": "circle"}, 1], "kind2": 1}"#,
            r#"{"kind": "other"}"#,
            "\"aGk=\"",
            "\"aGk\"",
            r#"{"id": 1, "kind": "message", "created": null, "tags": []}"#,
            r#"{"left": ["a", {"right": "b"}], "name": "c"}"#,
            "1.5",
            "\"true\"",
            "true",
        ])
        .prop_map(str::to_owned),
    ];
    let member = (prop::sample::select(names.to_vec()), value)
        .prop_map(|(name, value)| format!("\"{name}\": {value}"));
    prop::collection::vec(member, 0..14).prop_map(|members| {
        format!(
            r#"{{"id": 1, "kind": "message", "created": null, "tags": []{}{}}}"#,
            if members.is_empty() { "" } else { ", " },
            members.join(", ")
        )
    })
}

#[test]
fn texts_at_the_edges_are_judged_alike() {
    let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let texts = [
        "",
        " ",
        "[",
        "]",
        "\"",
        "-",
        "-0",
        "0.",
        "1e",
        "\u{FEFF}1",
        "nul",
        "truee",
        "{\"a\":1 \"b\":2}",
        "\"\\",
        "\"\\u",
        "[1,2",
    ];
    for text in texts.map(str::to_owned).into_iter().chain([
        deep(127),
        deep(128),
        deep(129),
        deep(100_000),
        "[".repeat(100_000),
    ]) {
        judge(text.as_bytes())
            .unwrap_or_else(|error| panic!("{error}: {}", text.get(..40).unwrap_or(&text)));
    }
}

#[test]
fn kinds_are_those_of_serde_json() {
    let text = Bytes::from_static(b"[null, true, 1, \"\", [], {}]");
    let kinds = decode_with(&text, |node| {
        Ok(node.items().map(Node::kind).collect::<Vec<_>>())
    });
    let expected = vec![
        Kind::Null,
        Kind::Bool,
        Kind::Number,
        Kind::String,
        Kind::List,
        Kind::Object,
    ];
    assert_eq!(kinds.map(|decoded| decoded.value), Ok(expected));
    let _: Map<String, Value> = decode(&Bytes::from_static(b"{}"))
        .expect("an object is a map")
        .value;
}

/// What mutations put into a body.
const PIECES: &[u8] = b"{}[]\",:\\u0d8 \x00\x80\xffetnf-.1";

/// `MUTATIONS` sets how many there are.
#[test]
fn mutated_bodies_do_not_panic() {
    let count: u64 = std::env::var("MUTATIONS")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(20_000);
    let seed = br#"{"kind":"message","id":1,"title":"a\u00e4\ud83d\ude00","created":"2020-02-29T23:59:60.5+01:30","score":1.5e3,
        "tags":["a","b"],"status":"open","priority":-1,"figure":{"kind":"group","figures":[{"kind":"circle","radius":2}],"x":{}},
        "data":"aGk=","parent":{"kind":"message","id":2,"created":null,"tags":[],"left":[[["x"]],{"right":"y","name":"z"}]}}"#;
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut random = move |bound: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap_or(0) % bound.max(1)
    };
    for _ in 0..count {
        let mut body = seed.to_vec();
        for _ in 0..=random(4) {
            let at = random(body.len());
            match random(4) {
                0 if body.len() > 1 => drop(body.remove(at)),
                1 => body.insert(at, PIECES[random(PIECES.len())]),
                2 => body[at] = PIECES[random(PIECES.len())],
                _ => body.truncate(at.max(1)),
            }
        }
        let body = Bytes::from(body);
        let message = decode::<Message>(&body);
        let tree = decode::<Tree>(&body);
        for deviation in message
            .into_iter()
            .flat_map(|decoded| decoded.deviations)
            .chain(tree.into_iter().flat_map(|decoded| decoded.deviations))
        {
            assert!(deviation.path().starts_with('$'));
            let _ = deviation.value();
        }
    }
}
