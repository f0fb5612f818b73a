//! Decoding without a server: what is salvaged from a body that deviates from its type, and what is
//! noted.

use serde_json::{Value, json};
use std::fmt::Debug;
use std::time::{Duration, Instant};
use twilio_flex::interaction::{Interaction, UpdateInteraction};
use twilio_flex::runtime::decode::{FromBody, Mismatch, Node};
use twilio_flex::{Decode, Deviation, Encoder, Meta, Operation, Response};

/// Decodes a body as the output of an operation, without a server.
fn decoded<T: FromBody + Debug>(body: &str) -> Response<T> {
    struct Get<T>(std::marker::PhantomData<T>);
    impl<T: FromBody> Operation for Get<T> {
        type Output = T;
        const META: Meta = Meta::new("Get", "GET", "https://example.com", "/");
        fn encode(&self, _: &mut Encoder<'_>) {}
    }
    Get::decode(http::Response::new(body.to_owned().into())).expect("a success")
}

/// The deviations in the order of their places, which is not always that of the body.
fn listed(deviations: &[Deviation]) -> Vec<String> {
    let mut listed: Vec<_> = deviations.iter().map(ToString::to_string).collect();
    listed.sort();
    listed
}

#[test]
fn an_operation_without_output_takes_any_body() {
    for body in ["", "{\"sid\": 1}", "<html>", "null"] {
        let response = decoded::<()>(body);
        assert_eq!(listed(response.deviations()), [""; 0]);
        assert_eq!(response.body(), body);
    }
}

#[test]
fn an_untyped_output_takes_any_json() {
    assert_eq!(decoded::<Value>("[1, null]").data, json!([1, null]));
    let empty = decoded::<Value>("");
    assert_eq!((&empty.data, empty.deviations().len()), (&Value::Null, 1));
}

#[test]
fn lossless_conversions_keep_the_value_and_are_noted() {
    #[derive(Debug, PartialEq)]
    struct Odd {
        flag: bool,
        count: i64,
        small: i32,
        price: f64,
        text: String,
        list: Vec<i64>,
        word: Option<String>,
    }
    impl Decode for Odd {
        fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
            let [flag, count, small, price, text, list, word] =
                node.members(&["flag", "count", "small", "price", "text", "list", "word"])?;
            Ok(Self {
                flag: flag.required()?,
                count: count.required()?,
                small: small.required()?,
                price: price.required()?,
                text: text.required()?,
                list: list.required()?,
                word: word.optional(),
            })
        }
    }
    let response = decoded::<Odd>(
        r#"{"flag": "true", "count": 3.0, "small": "-7", "price": "0.50", "text": 12,
            "list": ["1", "x", 2, null], "word": false}"#,
    );
    let expected = Odd {
        flag: true,
        count: 3,
        small: -7,
        price: 0.5,
        text: "12".into(),
        list: vec![1, 2],
        word: Some("false".into()),
    };
    assert_eq!(response.data, expected);
    let mut places: Vec<_> = response.deviations().iter().map(Deviation::path).collect();
    places.sort_unstable();
    assert_eq!(
        places,
        [
            "$.flag",
            "$.list[0]",
            "$.list[1]",
            "$.list[3]",
            "$.price",
            "$.small",
            "$.text",
            "$.word"
        ]
    );
}

#[test]
fn what_is_required_fails_one_level_further_out() {
    #[derive(Debug)]
    struct Page {
        records: Vec<Record>,
        best: Option<Record>,
    }
    impl Decode for Page {
        fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
            let [records, best] = node.members(&["records", "best"])?;
            Ok(Self {
                records: records.required()?,
                best: best.optional(),
            })
        }
    }
    #[derive(Debug)]
    struct Record {
        id: i64,
        note: Option<i64>,
    }
    impl Decode for Record {
        fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
            let [id, remark] = node.members(&["id", "note"])?;
            Ok(Self {
                id: id.required()?,
                note: remark.optional(),
            })
        }
    }
    let page = decoded::<Page>(
        r#"{"records": [{"id": 1, "note": "x"}, {"note": "secret"}, {"id": {}, "note": []}, {"id": 2}],
            "best": {"id": "secret", "note": "secret"}}"#,
    );
    assert_eq!(
        page.data
            .records
            .iter()
            .map(|record| record.id)
            .collect::<Vec<_>>(),
        [1, 2]
    );
    assert!(page.data.best.is_none() && page.data.records[0].note.is_none());
    let found = listed(page.deviations());
    assert_eq!(
        found,
        [
            "$.best: expected an integer, found a string at $.best.id; treated as missing",
            "$.records[0].note: expected an integer, found a string; treated as missing",
            "$.records[1]: the required member `id` is missing; left out",
            "$.records[2]: expected an integer, found an object at $.records[2].id; left out",
        ]
    );
}

#[test]
fn a_name_that_comes_twice_is_noted() {
    let interaction = decoded::<Interaction>(r#"{"url": "a", "url": "b"}"#);
    assert_eq!(interaction.data.url.as_deref(), Some("b"));
    assert_eq!(
        listed(interaction.deviations()),
        ["$.url: found a member more than once; the last one is used"]
    );
}

#[test]
fn sound_json_that_serde_json_refuses_is_fixed() {
    let cut = decoded::<Value>(r#"["\ud83d", "\ud83e\udd80 \udd80\ud83e\"]", "\\\ud83d"]"#);
    assert_eq!(
        cut.data,
        json!(["\u{FFFD}", "🦀 \u{FFFD}\u{FFFD}\"]", "\\\u{FFFD}"])
    );
    assert_eq!(
        listed(cut.deviations()),
        [0, 1, 2].map(|item| format!(
            "$[{item}]: found half a surrogate pair in a string; replaced by U+FFFD"
        ))
    );
    let deep = format!(
        "{{\"sid\": \"KD{}\", \"channel\": {}\"]\"{}}}",
        "1".repeat(32),
        "[".repeat(200),
        "]".repeat(200)
    );
    let interaction = decoded::<Interaction>(&deep);
    assert!(interaction.data.sid.is_some() && interaction.data.channel.is_some());
    assert_eq!(
        listed(interaction.deviations()),
        [format!(
            "$.channel{}: found arrays or objects nested too deeply; treated as null",
            "[0]".repeat(127)
        )]
    );
    let body = &b"\xEF\xBB\xBF{\"url\": \"\xFF\"}"[..];
    let response = UpdateInteraction::decode(http::Response::new(body.into())).expect("a success");
    assert_eq!(response.data.url.as_deref(), Some("\u{FFFD}"));
    assert_eq!(
        listed(response.deviations()),
        ["$: expected UTF-8, found other bytes; replaced by U+FFFD"]
    );
}

#[test]
fn nothing_of_a_hostile_body_takes_long_or_much() {
    let deep = format!(
        "{{\"channel\": {}{}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    let many = format!(
        "{{\"links\": {{{}\"z\": 1}}}}",
        "\"k\": [], ".repeat(100_000)
    );
    let start = Instant::now();
    let wide = decoded::<Vec<i64>>(&format!("[{}1]", "true,".repeat(200_000)));
    assert_eq!((wide.data.len(), wide.deviations().len()), (1, 1001));
    decoded::<Interaction>(&many);
    assert_eq!(decoded::<Interaction>(&deep).deviations().len(), 1);
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{:?}",
        start.elapsed()
    );
}
