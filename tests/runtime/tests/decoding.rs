//! What becomes of values that match their description, and of values that do not.

use bytes::Bytes;
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};
use cratewright_runtime::decode::{Decode, Decoded, RecordError, Undecodable, decode, decode_with};
use cratewright_runtime::model::samples::{Circle, Figure, Group, Message, Priority, Status, Tree};
use cratewright_runtime::model::{Base64, Duration, Encode, Field, JsonWriter, Rfc2822, Time};
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
fn integers_have_the_range_of_their_type() {
    assert_eq!(
        clean::<Vec<u64>>("[18446744073709551615, 0, 1e3, 5.0]"),
        [u64::MAX, 0, 1000, 5]
    );
    assert_eq!(clean::<Vec<i8>>("[-128, 127]"), [-128, 127]);
    for text in [
        "128", "-129", "1e99", "1.5", "\"1.5\"", "\" 1\"", "true", "null",
    ] {
        assert!(read::<i8>(text).is_err(), "{text}");
    }
    assert!(read::<u8>("-1").is_err());
    assert_eq!(
        noted::<u8>("\"12\""),
        (
            12,
            vec!["$: expected an integer, found a string; treated as a number".to_owned()]
        )
    );
}

#[test]
fn floats_are_not_rounded_in_silence() {
    assert_eq!(
        clean::<Vec<f64>>("[0.1, 1e3, 5, 0.30000000000000004]"),
        [0.1, 1000.0, 5.0, 0.1 + 0.2]
    );
    let (_, notes) = noted::<f64>("0.12345678901234567890123");
    assert_eq!(
        notes,
        ["$: found a number with more digits than a 64-bit float has; rounded"]
    );
    let (value, notes) = noted::<Value>("[123456789012345678901234, 1e999]");
    assert_eq!(value, json!([1.234_567_890_123_456_8e23, "1e999"]));
    assert_eq!(notes.len(), 2);
    assert!(read::<f64>("1e999").is_err());
}

#[test]
fn booleans_are_found_in_strings() {
    assert!(clean::<bool>("true"));
    for (text, value) in [
        ("\"true\"", true),
        ("\"True\"", true),
        ("\"false\"", false),
        ("\"False\"", false),
    ] {
        assert_eq!(
            noted::<bool>(text),
            (
                value,
                vec!["$: expected a boolean, found a string; treated as a boolean".to_owned()]
            )
        );
    }
    assert!(read::<bool>("\"yes\"").is_err());
    assert!(read::<bool>("1").is_err());
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
fn numbers_are_written_in_their_shortest_form() {
    for (number, text) in [
        (50.0, "50"),
        (0.0, "0"),
        (-0.0, "-0.0"),
        (0.1, "0.1"),
        (-2.0, "-2"),
        (9_007_199_254_740_991.0, "9007199254740991"),
    ] {
        assert_eq!(written(&number), text);
    }
    for number in [1e16, 1e300, 5e-324] {
        assert_eq!(written(&number).parse(), Ok(number));
    }
    assert_eq!(written(&vec![u64::MAX]), "[18446744073709551615]");
    assert_eq!(written(&"a\"\\\n\u{1}ä".to_owned()), r#""a\"\\\n\u0001ä""#);
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
fn enums_keep_what_is_not_listed() {
    let status: Status = clean("\"closed\"");
    assert_eq!(
        (status.as_str(), status == "closed", written(&status)),
        ("closed", true, "\"closed\"".to_owned())
    );
    assert_eq!("open".parse(), Ok(Status::Open));
    let mut statuses = ["open", "other", "in-progress", "a"].map(Status::from);
    statuses.sort();
    assert_eq!(
        statuses.map(|status| status.to_string()),
        ["a", "in-progress", "open", "other"]
    );
    let (status, notes) = noted::<Status>("5");
    assert_eq!((status.as_str(), notes.len()), ("5", 1));
    let priority: Priority = clean("3.0");
    assert_eq!(
        (priority, written(&priority)),
        (Priority::Unlisted(3), "3".to_owned())
    );
    assert_eq!(Priority::Unlisted(1), Priority::High);
    assert!(read::<Priority>("1.5").is_err());
}

fn date_times(text: &str) -> Vec<String> {
    let (values, _) = noted::<Vec<DateTime<FixedOffset>>>(text);
    values.iter().map(written).collect()
}

#[test]
fn instants_keep_their_offset() {
    let texts = [
        "2020-02-29T23:59:60Z",
        "2020-02-29T12:00:00.5+01:30",
        "0000-01-01T00:00:00.123456789-00:01",
        "9999-12-31T23:59:59Z",
    ];
    for text in texts {
        let json = format!("\"{text}\"");
        assert_eq!(written(&clean::<DateTime<FixedOffset>>(&json)), json);
    }
    assert_eq!(
        date_times(r#"["2020-02-29t12:00:00.500z", "2020-02-29T12:00:00+00:00"]"#),
        ["\"2020-02-29T12:00:00.5Z\"", "\"2020-02-29T12:00:00Z\""]
    );
    let (_, notes) = noted::<Vec<DateTime<FixedOffset>>>(
        r#"["2020-02-29 12:00:00", "2020-02-29T12:00:00.1234567891Z"]"#,
    );
    assert_eq!(
        notes,
        [
            "$[0]: expected `T` between a date and its time, found a space; treated as `T`",
            "$[0]: expected a date and time with an offset, found none; treated as UTC",
            "$[1]: found a date and time with more digits than nanoseconds; rounded down",
        ]
    );
    for text in [
        "2020-02-30T00:00:00Z",
        "2020-02-29",
        "2020-02-29T24:00:00Z",
        "2020-02-29T12:00:00+24:00",
        "2020-02-29T12:00:00Zz",
        "２020-02-29T12:00:00Z",
        "",
    ] {
        assert!(
            read::<DateTime<FixedOffset>>(&format!("\"{text}\"")).is_err(),
            "{text}"
        );
    }
}

#[test]
fn dates_times_and_durations_keep_their_text() {
    assert_eq!(
        written(&clean::<NaiveDate>("\"2020-02-29\"")),
        "\"2020-02-29\""
    );
    for text in ["2020-2-29", "2021-02-29", "20200229", "2020-02-29 "] {
        assert!(read::<NaiveDate>(&format!("\"{text}\"")).is_err(), "{text}");
    }
    for text in ["10:05:08Z", "10:05:08.500+01:00", "23:59:60z", "10:05:08"] {
        let json = format!("\"{text}\"");
        assert_eq!(written(&clean::<Time>(&json)), json);
    }
    let time: Time = "10:05:08.5-01:00".parse().expect("it is a time");
    assert_eq!(
        Time::new(
            time.to_naive_time(),
            time.offset().expect("it has an offset")
        ),
        time
    );
    assert_eq!(Time::from(NaiveTime::MIN).as_str(), "00:00:00");
    for text in ["10:05", "24:00:00Z", "10:05:08+1:00", "10:05:08.Z", ""] {
        assert!(text.parse::<Time>().is_err(), "{text}");
    }
    for text in [
        "P3Y6M4DT12H30M5S",
        "PT1.5S",
        "P2W",
        "PT0S",
        "-PT5M",
        "P1D",
        "PT36H",
        "PT1,25H",
    ] {
        let json = format!("\"{text}\"");
        assert_eq!(written(&clean::<Duration>(&json)), json);
    }
    for text in [
        "P", "PT", "P1", "1D", "P1DT", "P1S", "PT1D", "P1D2Y", "P1Y1Y", "P.5D", "PD", "",
    ] {
        assert!(text.parse::<Duration>().is_err(), "{text}");
    }
    for (text, milliseconds) in [
        ("PT1.5S", Some(1500)),
        ("P1DT1H", Some(90_000_000)),
        ("P1W", Some(604_800_000)),
        ("PT0.25M", Some(15_000)),
        ("P1M", None),
        ("-PT1S", None),
    ] {
        let duration: Duration = text.parse().expect("it is a duration");
        assert_eq!(
            duration.to_std(),
            milliseconds.map(std::time::Duration::from_millis),
            "{text}"
        );
    }
    assert_eq!(
        Duration::from(std::time::Duration::from_millis(1500)).as_str(),
        "PT1.5S"
    );
    assert_eq!(
        Duration::from(std::time::Duration::from_secs(100)).as_str(),
        "PT100S"
    );
}

#[test]
fn e_mail_dates_keep_their_text() {
    let json = "\"Thu, 30 Jul 2015 20:00:00 +0000\"";
    let date: Rfc2822 = clean(json);
    assert_eq!(written(&date), json);
    assert_eq!(date.into_inner().timestamp(), 1_438_286_400);
    assert!(read::<Rfc2822>("\"2015-07-30\"").is_err());
}

#[test]
fn bytes_are_base64() {
    for (text, bytes) in [
        ("", &b""[..]),
        ("AA==", b"\0"),
        ("AAE=", b"\0\x01"),
        ("+/8A", b"\xFB\xFF\0"),
        ("aGVsbG8=", b"hello"),
    ] {
        let base64: Base64 = clean(&format!("\"{text}\""));
        assert_eq!(base64.to_bytes().as_deref(), Ok(bytes));
        assert_eq!(base64.to_string(), text);
        assert_eq!(Base64::from(bytes), base64);
    }
    for (text, bytes) in [
        ("AA", &b"\0"[..]),
        ("-_8A", b"\xFB\xFF\0"),
        ("aGVs\\r\\nbG8=", b"hello"),
        ("AB==", b"\0"),
        ("AAE==", b"\0\x01"),
    ] {
        let json = format!("\"{text}\"");
        let base64: Base64 = clean(&json);
        assert_eq!(base64.to_bytes().as_deref(), Ok(bytes), "{text}");
        assert_eq!(written(&base64), json);
    }
    // What is not Base64 is not lost.
    for text in ["A", "A===", "AAAA====", "A*==", "=AAA", "AA=A"] {
        let base64: Base64 = clean(&format!("\"{text}\""));
        assert!(base64.to_bytes().is_err(), "{text}");
        assert_eq!(base64.as_str(), text);
        assert!(text.parse::<Base64>().is_err());
    }
}

#[test]
fn uuids_are_written_with_hyphens() {
    let json = "\"67e55044-10b1-426f-9247-bb680e5fe0c8\"";
    assert_eq!(written(&clean::<uuid::Uuid>(json)), json);
    assert_eq!(
        noted::<uuid::Uuid>("\"67e5504410b1426f9247bb680e5fe0c8\"")
            .1
            .len(),
        1
    );
    assert!(read::<uuid::Uuid>("\"67e55044-10b1\"").is_err());
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
