//! What becomes of values that match their description, and of values that do not.

mod scalars;
mod times;

use bytes::Bytes;
use cratewright_runtime::decode::{Decode, Decoded, RecordError, Undecodable, decode, decode_with};
use cratewright_runtime::model::samples::{Circle, Figure, Group, Message, Priority, Status, Tree};
use cratewright_runtime::model::{Base64, Encode, Field, JsonWriter};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Debug;

fn read<T: Decode>(text: &str) -> Result<Decoded<T>, Undecodable> {
    decode(&Bytes::copy_from_slice(text.as_bytes()))
}

/// Decodes a value that matches its description.
fn clean<T: Decode + Debug>(text: &str) -> T {
    let decoded = read(text).expect("the value can be decoded");
    assert_eq!(decoded.deviations, [], "{text}");
    decoded.value
}

/// Decodes a value, and returns it with its deviations.
fn noted<T: Decode + Debug>(text: &str) -> (T, Vec<String>) {
    let decoded = read(text).expect("the value can be decoded");
    (
        decoded.value,
        decoded.deviations.iter().map(ToString::to_string).collect(),
    )
}

fn refused<T: Decode + Debug>(text: &str) -> String {
    read::<T>(text)
        .expect_err("the value cannot be decoded")
        .to_string()
}

fn written<T: Encode>(value: &T) -> String {
    let mut json = JsonWriter::new();
    value.encode(&mut json);
    String::from_utf8(json.finish().expect("the value can be written")).expect("JSON is UTF-8")
}

const MESSAGE: &str = r#"{"kind":"message","id":1,"title":"a","created":"2020-02-29T12:00:00Z","score":1.5,"tags":["x"],"status":"open","priority":-1,"figure":{"kind":"circle","radius":2},"data":"aGk=","parent":{"kind":"message","id":2,"created":null,"score":null,"tags":[]}}"#;

#[test]
fn a_value_that_matches_is_written_as_it_was() {
    let message: Message = clean(MESSAGE);
    assert_eq!(message.status, Some(Status::Open));
    assert_eq!(message.priority, Some(Priority::Low));
    assert_eq!(message.data, Some(Base64::from(&b"hi"[..])));
    let parent = message.parent.as_ref().expect("there is a parent");
    assert_eq!(
        (parent.created, parent.score, parent.title.clone()),
        (None, Field::Null, None)
    );
    assert_eq!(written(&message), MESSAGE);
}

#[test]
fn order_whitespace_and_escapes_of_names_make_no_difference() {
    let (message, notes) = noted::<Message>(
        " { \"\\u0074ags\" :\n[ ] , \"created\": null, \"unknown\": [1, {}], \"id\": 7e0, \"kind\":\"message\" } ",
    );
    assert_eq!((message.id, notes), (7, vec![]));
}

#[test]
fn members_that_do_not_match_are_salvaged() {
    let text = r#"{"id": "7", "title": 1.50, "tags": null, "status": {"a": [1]}, "figure": null, "score": "x", "data": "aGk", "kind": "m", "id": "8"}"#;
    let (message, notes) = noted::<Message>(text);
    assert_eq!(
        (message.id, message.title.as_deref(), message.tags.len()),
        (8, Some("1.50"), 0)
    );
    assert_eq!(
        (message.status, message.figure, message.score),
        (None, None, Field::Absent)
    );
    assert_eq!(
        notes,
        [
            "$: the required member `created` is missing; treated as null",
            "$.title: expected a string, found a number; treated as a string",
            "$.tags: expected an array, found null; treated as empty",
            "$.status: expected a string, found an object; treated as missing",
            "$.figure: expected a value of one of the variants, found null; treated as missing",
            "$.score: expected a number, found a string; treated as missing",
            "$.kind: expected `message`, found another value",
            "$.id: found a member more than once; the last one is used",
            "$.id: expected an integer, found a string; treated as a number",
        ]
    );
}

#[test]
fn a_deviation_has_the_value_as_it_is_in_the_body() {
    let decoded: Decoded<Message> =
        read(r#"{"id":1,"kind":"message","created":null,"tags":[{"a" : "}]"},"b"]}"#)
            .expect("the value can be decoded");
    let deviation = &decoded.deviations[0];
    assert_eq!(
        (deviation.path(), deviation.reason()),
        ("$.tags[0]", "expected a string, found an object; left out")
    );
    assert_eq!(
        (&deviation.raw()[..], deviation.value()),
        (&br#"{"a" : "}]"}"#[..], json!({"a": "}]"}))
    );
    assert_eq!(decoded.value.tags, ["b"]);
    assert!(!format!("{deviation:?}").contains("}]"));
}

#[test]
fn a_required_member_that_does_not_match_is_the_mismatch_of_its_struct() {
    assert_eq!(
        refused::<Message>("{}"),
        "the required member `id` is missing at $"
    );
    assert_eq!(
        refused::<Message>(r#"{"id": null}"#),
        "expected an integer, found null at $.id"
    );
    assert_eq!(
        refused::<Message>(r#"{"id": 1, "tags": {}}"#),
        "expected an array, found an object at $.tags"
    );
    assert_eq!(
        refused::<Message>("[]"),
        "expected an object, found an array at $"
    );
    let (message, notes) = noted::<Message>(
        r#"{"kind":"message","id":1,"created":null,"tags":[],"parent":{"id":2,"title":3,"parent":{"id":[]}}}"#,
    );
    assert_eq!(message.parent.expect("there is a parent").parent, None);
    assert_eq!(notes.len(), 5, "{notes:?}");
    assert_eq!(
        notes[3],
        "$.parent.title: expected a string, found a number; treated as a string"
    );
    assert_eq!(
        notes[4],
        "$.parent.parent: expected an integer, found an array at $.parent.parent.id; treated as missing"
    );
}

#[test]
fn a_body_that_is_not_json_says_where() {
    assert_eq!(
        refused::<Message>("{\"a\":\n tru}"),
        "expected a value, found `t` at line 2, column 2; the body is not JSON at $"
    );
    assert_eq!(
        refused::<Message>(""),
        "expected a body, found nothing at $"
    );
    let (value, notes) = noted::<Group>(" \n");
    assert_eq!(
        (value.figures.len(), notes),
        (0, vec!["$: expected a body, found nothing".to_owned()])
    );
    let replaced = decode::<String>(&Bytes::from_static(b"\xEF\xBB\xBF\"a\xFF\""))
        .expect("the value can be decoded");
    assert_eq!(replaced.value, "a\u{FFFD}");
    assert_eq!(replaced.deviations[0].raw().len(), 7);
}

#[test]
fn lists_and_maps_keep_what_can_be_decoded() {
    assert_eq!(
        clean::<Vec<Option<i64>>>("[1, null, 3]"),
        [Some(1), None, Some(3)]
    );
    let (list, notes) = noted::<Vec<i64>>("[1, null, [], 3]");
    assert_eq!((list, notes.len()), (vec![1, 3], 2));
    let (map, notes) =
        noted::<BTreeMap<String, Option<i64>>>(r#"{"a": 1, "b": null, "c": "x", "a": 2}"#);
    assert_eq!(
        map,
        BTreeMap::from([("a".to_owned(), Some(2)), ("b".to_owned(), None)])
    );
    assert_eq!(notes.len(), 2);
    assert_eq!(clean::<(i64, Option<String>)>("[1, null]"), (1, None));
    assert_eq!(noted::<(i64, Option<String>)>("[1]").1.len(), 1);
    assert_eq!(
        noted::<(i64,)>("[1, 2]").1,
        ["$: found more elements than expected; left out"]
    );
    assert!(read::<(i64, i64)>("[1]").is_err());
    assert_eq!(
        written(&(1_i64, "a".to_owned(), Some(true), None::<bool>)),
        r#"[1,"a",true,null]"#
    );
}

#[test]
fn deviations_are_listed_up_to_a_bound() {
    let text = format!("[{}1]", "\"\",".repeat(5000));
    let (list, notes) = noted::<Vec<i64>>(&text);
    assert_eq!((list, notes.len()), (vec![1], 1001));
    assert_eq!(
        notes[999],
        "$[999]: expected an integer, found a string; left out"
    );
    assert_eq!(
        notes[1000],
        "$: further deviations after the first 1000 are not listed"
    );
}

#[test]
fn a_tag_binds() {
    let figure: Figure = clean(r#"{"figures": [], "kind": "group", "more": 1}"#);
    assert_eq!(
        written(&figure),
        r#"{"kind":"group","figures":[],"more":1}"#
    );
    let (figure, notes) = noted::<Figure>(r#"{"kind": "circle", "radius": "9"}"#);
    assert_eq!(figure, Figure::Circle(Box::new(circle(9.0))));
    assert_eq!(
        notes,
        ["$.radius: expected a number, found a string; treated as a number"]
    );
    let (figure, notes) = noted::<Figure>(r#"{"kind": "circle", "figures": []}"#);
    assert_eq!(
        figure,
        Figure::Unlisted(json!({"kind": "circle", "figures": []}))
    );
    assert_eq!(
        notes,
        ["$: the required member `radius` is missing; kept as an unlisted value"]
    );
    for unknown in [
        r#"{"kind":"square","radius":1}"#,
        r#"{"radius":1}"#,
        r#"{"kind":1}"#,
        "{}",
    ] {
        let figure: Figure = clean(unknown);
        assert_eq!(written(&figure), unknown);
    }
    let (figure, notes) = noted::<Figure>("5");
    assert_eq!((figure, notes.len()), (Figure::Unlisted(json!(5)), 1));
    let escaped: Figure = clean(r#"{"k\u0069nd": "circl\u0065", "radius": 1}"#);
    assert_eq!(escaped, Figure::Circle(Box::new(circle(1.0))));
}

fn circle(radius: f64) -> Circle {
    clean(&format!(r#"{{"kind":"circle","radius":{radius}}}"#))
}

#[test]
fn a_request_leaves_out_what_only_responses_have() {
    let message: Message = clean(MESSAGE);
    let mut json = JsonWriter::for_request();
    message.encode(&mut json);
    let text =
        String::from_utf8(json.finish().expect("the value can be written")).expect("JSON is UTF-8");
    assert_eq!(
        text,
        MESSAGE.replace("\"id\":1,", "").replace("\"id\":2,", "")
    );
}

#[test]
fn what_json_cannot_express_is_refused() {
    for number in [f64::NAN, f64::INFINITY] {
        let mut json = JsonWriter::new();
        vec![1.0, number].encode(&mut json);
        assert_eq!(
            json.finish().map_err(|error| error.to_string()),
            Err("a number is not finite, which JSON cannot express".to_owned())
        );
    }
}

#[test]
fn serdes_traits_are_strict() {
    let message: Message = serde_json::from_str(MESSAGE).expect("the message matches");
    assert_eq!(
        serde_json::to_value(&message).expect("the message can be written"),
        serde_json::from_str::<Value>(MESSAGE).expect("it is JSON")
    );
    let error =
        serde_json::from_str::<Message>(r#"{"id":1,"kind":"message","created":null,"tags":[1]}"#)
            .expect_err("a tag is no string");
    assert_eq!(
        error.to_string(),
        "$.tags[0]: expected a string, found a number; treated as a string"
    );
    assert_eq!(
        serde_json::to_string(&Status::Open).expect("it is text"),
        "\"open\""
    );
}

#[test]
fn records_are_decoded_each_for_itself() {
    let body = Bytes::from_static(br#"{"records": [{"kind":"circle","radius":1}, {"kind":"circle"}, 3, {"kind":"circle","radius":"2"}]}"#);
    let decoded = decode_with(&body, |node| {
        let records = node
            .get("records")
            .ok_or_else(|| node.mismatch("no records"))?;
        records.records::<Circle>()
    });
    let decoded = decoded.expect("there is a list");
    let [Ok(first), Err(second), Err(third), Ok(fourth)] = &decoded.value[..] else {
        panic!("{:?}", decoded.value);
    };
    assert_eq!((first.radius, fourth.radius), (1.0, 2.0));
    assert_eq!(
        second.to_string(),
        "a record cannot be decoded: the required member `radius` is missing at $.records[1]"
    );
    assert_eq!(second.value(), json!({"kind": "circle"}));
    assert_eq!(
        (third.path(), RecordError::value(third)),
        ("$.records[2]", json!(3))
    );
    assert_eq!(decoded.deviations.len(), 1);
}

#[test]
fn a_recursive_union_is_decoded_in_one_pass() {
    let mut deep = "\"leaf\"".to_owned();
    for level in 0..40 {
        deep = match level % 3 {
            0 => format!(r#"{{"left":{deep},"name":"n"}}"#),
            1 => format!(r#"{{"right":{deep}}}"#),
            _ => format!("[{deep}]"),
        };
    }
    assert_eq!(written(&clean::<Tree>(&deep)), deep);
    let wide = format!("[{}]", vec![deep.as_str(); 10_000].join(","));
    assert_eq!(written(&clean::<Tree>(&wide)), wide);
    let bottom = format!("{}5{}", r#"{"left":"#.repeat(100), "}".repeat(100));
    let (tree, notes) = noted::<Tree>(&bottom);
    assert_eq!((written(&tree), notes.len()), (bottom, 1));
}

/// Threads have 2 MiB of stack, unless they ask for more.
#[test]
fn nesting_does_not_overflow_the_stack() {
    for depth in [127, 128, 1000] {
        let level = r#"{"kind":"message","id":1,"created":null,"tags":[]"#;
        let text = level.to_owned()
            + &format!(r#","parent":{level}"#).repeat(depth - 1)
            + &"}".repeat(depth);
        let message: Decoded<Message> = read(&text).expect("the value can be decoded");
        let levels =
            std::iter::successors(Some(&message.value), |message| message.parent.as_deref());
        // The list of the last level is one level deeper.
        assert_eq!(
            (levels.count(), message.deviations.is_empty()),
            (depth.min(128), depth <= 127)
        );
        let lists = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let tree: Decoded<Tree> = read(&lists).expect("the value can be decoded");
        assert_eq!(tree.deviations.is_empty(), depth <= 128);
        assert_eq!(
            read::<Value>(&lists)
                .expect("it is JSON")
                .deviations
                .is_empty(),
            depth <= 128
        );
    }
}
