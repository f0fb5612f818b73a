//! What `json_object!` declares is read and written as serde's derive does it.

use crate as runtime;
use crate::{Encoder, Field, Meta, Operation, Response};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

#[derive(Debug, PartialEq)]
struct Ours {
    id: i64,
    name: Option<String>,
    type_: Option<Vec<String>>,
    note: Option<bool>,
    state: Field<i64>,
    inner: Option<Box<Ours>>,
}

json_object! {
    Ours {
        id: required = "id",
        name: nullable = "Name",
        type_: nullable = "type",
        note: optional = "note",
        state: optional = "state",
        inner: nullable = "inner",
    }
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Derived {
    id: i64,
    #[serde(rename = "Name")]
    name: Option<String>,
    #[serde(rename = "type")]
    type_: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<bool>,
    #[serde(default, skip_serializing_if = "Field::is_unset")]
    state: Field<i64>,
    inner: Option<Box<Derived>>,
}

#[derive(Debug, PartialEq, Default)]
struct OursOrNothing {
    name: Option<String>,
    note: Option<bool>,
    state: Field<i64>,
    inner: Option<Box<OursOrNothing>>,
}

json_object! {
    OursOrNothing: Default {
        name: nullable = "Name",
        note: optional = "note",
        state: optional = "state",
        inner: nullable = "inner",
    }
}

#[derive(Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct DerivedOrNothing {
    #[serde(rename = "Name")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<bool>,
    #[serde(skip_serializing_if = "Field::is_unset")]
    state: Field<i64>,
    inner: Option<Box<DerivedOrNothing>>,
}

#[derive(Debug, PartialEq)]
struct OursWithOneAndRest {
    id: i64,
    others: BTreeMap<String, Value>,
}

json_object! {
    OursWithOneAndRest {
        id: required = "id",
        ..others: any
    }
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct DerivedWithOneAndRest {
    id: i64,
    #[serde(flatten)]
    others: BTreeMap<String, Value>,
}

#[derive(Debug, PartialEq, Default)]
struct OursWithRest {
    id: Option<i64>,
    others: BTreeMap<String, Value>,
}

json_object! {
    OursWithRest: Default {
        id: nullable = "id",
        ..others: any
    }
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct DerivedWithRest {
    id: Option<i64>,
    #[serde(flatten)]
    others: BTreeMap<String, Value>,
}

/// Reads a text, and writes what was read; or says why not, without the name of the type.
fn through<T: Serialize + for<'de> Deserialize<'de>>(text: &str) -> Result<String, String> {
    let plain = |error: serde_json::Error| error.to_string().replace("Derived", "Ours");
    let read: T = serde_json::from_str(text).map_err(plain)?;
    serde_json::to_string(&read).map_err(plain)
}

fn members() -> impl Strategy<Value = Vec<(&'static str, Value)>> {
    let names = prop::sample::select(vec!["id", "Name", "type", "note", "state", "name", "", "x"]);
    let values = prop::sample::select(vec![
        json!(null),
        json!(1),
        json!(true),
        json!("a"),
        json!(["a", "b"]),
        json!({"id": 2}),
    ]);
    prop::collection::vec((names, values), 0..8)
}

fn text(members: &[(&str, Value)]) -> String {
    let members = members.iter();
    let members: Vec<String> = members
        .map(|(name, value)| format!("{}: {value}", json!(name)))
        .collect();
    format!("{{{}}}", members.join(", "))
}

proptest! {
    #[test]
    fn members_in_any_order_once_or_twice(members in members()) {
        let text = text(&members);
        prop_assert_eq!(through::<Ours>(&text), through::<Derived>(&text));
        let nested = format!(r#"{{"id": 0, "inner": {text}}}"#);
        prop_assert_eq!(through::<Ours>(&nested), through::<Derived>(&nested));
        prop_assert_eq!(through::<OursOrNothing>(&text), through::<DerivedOrNothing>(&text));
        prop_assert_eq!(through::<OursWithRest>(&text), through::<DerivedWithRest>(&text));
        prop_assert_eq!(
            through::<OursWithOneAndRest>(&text),
            through::<DerivedWithOneAndRest>(&text)
        );
    }
}

#[test]
fn nothing_else_is_an_object() {
    for text in ["null", "1", "\"id\"", "{", "{\"id\" 1}", "{\"id\": 1}}", ""] {
        assert_eq!(through::<Ours>(text), through::<Derived>(text), "{text}");
    }
    // The derived implementation takes a list for the fields in their order.
    assert!(through::<Ours>("[1, null, null, null, null, null]").is_err());
}

#[test]
fn every_other_member_is_kept_once() -> serde_json::Result<()> {
    let whole = json!({"id": 1, "b": null, "a": {"c": [1]}});
    let read: OursWithRest = serde_json::from_value(whole.clone())?;
    assert_eq!(serde_json::to_value(&read)?, whole);
    let others: Map<String, Value> = read.others.into_iter().collect();
    assert_eq!(Value::from(others), json!({"a": {"c": [1]}, "b": null}));
    Ok(())
}

macro_rules! wide {
    ($($field:ident = $wire:literal,)*) => {
        #[derive(Debug, PartialEq, Default)]
        struct Wide {
            $($field: Option<i64>,)*
        }

        json_object! {
            Wide: Default {
                $($field: nullable = $wire,)*
            }
        }

        const NAMES: &[&str] = &[$($wire),*];
    };
}

wide! {
    a0 = "a0", a1 = "a1", a2 = "a2", a3 = "a3", a4 = "a4", a5 = "a5", a6 = "a6",
    a7 = "a7", a8 = "a8", a9 = "a9", b0 = "b0", b1 = "b1", b2 = "b2", b3 = "b3",
    b4 = "b4", b5 = "b5", b6 = "b6", b7 = "b7", b8 = "b8", b9 = "b9", c0 = "c0",
    c1 = "c1", c2 = "c2", c3 = "c3", c4 = "c4", c5 = "c5", c6 = "c6", c7 = "c7",
    c8 = "c8", c9 = "c9", d0 = "d0", d1 = "d1", d2 = "d2", d3 = "d3", d4 = "d4",
    d5 = "d5", d6 = "d6", d7 = "d7", d8 = "d8", d9 = "d9", e0 = "e0", e1 = "e1",
    e2 = "e2", e3 = "e3", e4 = "e4", e5 = "e5", e6 = "e6", e7 = "e7", e8 = "e8",
    e9 = "e9", f0 = "f0", f1 = "f1", f2 = "f2", f3 = "f3", f4 = "f4", f5 = "f5",
    f6 = "f6", f7 = "f7", f8 = "f8", f9 = "f9", g0 = "g0", g1 = "g1", g2 = "g2",
    g3 = "g3", g4 = "g4", g5 = "g5", g6 = "g6", g7 = "g7", g8 = "g8", g9 = "g9",
}

#[test]
fn more_members_than_a_word_has_bits() -> serde_json::Result<()> {
    let members: Vec<(&str, Value)> = NAMES.iter().copied().zip((0..).map(Value::from)).collect();
    let whole = text(&members);
    let read: Wide = serde_json::from_str(&whole)?;
    assert_eq!((read.a0, read.g4, read.g9), (Some(0), Some(64), Some(69)));
    let written = serde_json::to_value(&read)?;
    assert_eq!(written, serde_json::from_str::<Value>(&whole)?);
    for member in &members {
        let twice = [members.as_slice(), std::slice::from_ref(member)].concat();
        let error = serde_json::from_str::<Wide>(&text(&twice)).err();
        let error = error.map(|error| error.to_string()).unwrap_or_default();
        let expected = format!("duplicate field `{}`", member.0);
        assert!(error.starts_with(&expected), "{error}");
    }
    Ok(())
}

fn decoded<T: serde::de::DeserializeOwned>(body: &'static str) -> Response<T> {
    struct Get<T>(std::marker::PhantomData<T>);
    impl<T: serde::de::DeserializeOwned> Operation for Get<T> {
        type Output = T;
        const META: Meta = Meta::new("Get", http::Method::GET, "https://example.com", "/");
        fn encode(&self, _: &mut Encoder<'_>) {}
    }
    Get::decode(http::Response::new(body.into())).expect("a success")
}

#[test]
fn additional_properties_that_do_not_match_are_left_out_one_by_one() {
    #[derive(Debug, PartialEq)]
    struct Part {
        count: Option<i64>,
    }

    json_object! {
        Part {
            count: nullable = "count",
        }
    }

    #[derive(Debug, PartialEq)]
    struct Whole {
        id: i64,
        part: Option<Box<Whole>>,
        rest: BTreeMap<String, Part>,
    }

    json_object! {
        Whole {
            id: required = "id",
            part: nullable = "part",
            ..rest: typed
        }
    }

    let part = |count| Part { count };
    let response: Response<Whole> = decoded(r#"{"id": 1, "a": {"count": 1}, "b": null}"#);
    assert_eq!(
        response.data.rest,
        BTreeMap::from([("a".into(), part(Some(1)))])
    );
    assert_eq!(response.deviations(), []);

    let body = r#"{
        "id": 1,
        "a": {"count": 1},
        "b": "many",
        "c d": {"count": "many"},
        "part": {"id": 2, "e": 3, "f": {"count": "4"}}
    }"#;
    let response: Response<Whole> = decoded(body);
    let rest = [("a", Some(1)), ("c d", None)].map(|(key, count)| (key.into(), part(count)));
    assert_eq!(response.data.rest, BTreeMap::from(rest));
    let inner = response.data.part.as_ref().expect("a part");
    assert_eq!(inner.rest, BTreeMap::from([("f".into(), part(Some(4)))]));
    let mut deviations: Vec<_> = response
        .deviations()
        .iter()
        .map(ToString::to_string)
        .collect();
    deviations.sort();
    assert_eq!(
        deviations,
        [
            "$.b: expected struct Part, found a string",
            "$.part.e: expected struct Part, found an integer",
            "$['c d'].count: expected i64, found a string",
        ]
    );
}
