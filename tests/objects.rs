//! What `json_object!` declares is read and written as serde's derive does it.

use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use twilio_flex::{Field, json_object};

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

#[derive(Debug, PartialEq)]
struct OursWithRest {
    id: Option<i64>,
    others: BTreeMap<String, Value>,
}

json_object! {
    OursWithRest {
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
        prop_assert_eq!(through::<OursWithRest>(&text), through::<DerivedWithRest>(&text));
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
