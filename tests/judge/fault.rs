//! Values with one fault, and what is expected of them.

use crate::place::{Place, places};
use crate::random::Random;
use serde_json::{Map, Value, json};

/// Faults made of one value.
const FAULTS: usize = 3;

/// What is wrong with a value at one place.
#[derive(Clone)]
pub struct Fault {
    /// A JSON pointer to the place.
    pub pointer: String,
    pub expected: Expected,
}

/// What a decoder has to make of a fault.
#[derive(Clone)]
pub enum Expected {
    /// The value is a new one of those that a description lists: no deviation, and it comes back.
    Kept,
    /// One deviation, of the place at this path (RFC 9535) or of what contains it; everything else comes back.
    Deviation(String),
    /// One deviation, and this instead of what was sent.
    Converted(String, Value),
}

/// Returns a few values with one fault each.
pub fn faults(
    description: &Value,
    schema: &Value,
    value: &Value,
    random: &mut Random,
) -> Vec<(Value, Fault)> {
    let places = places(description, schema, value);
    let mut made = Vec::new();
    if places.is_empty() {
        return made;
    }
    for _ in 0..FAULTS {
        let place = random.choose(&places);
        let kinds = kinds(place);
        if kinds.is_empty() {
            continue;
        }
        let kind = random.choose(&kinds);
        if let Some(faulty) = apply(kind, place, value) {
            made.push(faulty);
        }
    }
    made
}

/// What can be done to a value.
enum Kind {
    /// The value is replaced.
    Replace(Value, Expectation),
    /// The member is removed.
    Remove,
}

enum Expectation {
    Kept,
    Deviation,
    Converted(Value),
}

fn kinds(place: &Place<'_>) -> Vec<Kind> {
    use Expectation::{Converted, Deviation, Kept};
    let schema = place.schema;
    let mut kinds = Vec::new();
    let Some(typ) = single_type(schema) else {
        return kinds;
    };
    let is_listed = schema.contains_key("enum") || schema.contains_key("const");
    let is_plain = !is_listed && !schema.contains_key("format");
    match typ {
        "string" => {
            kinds.push(Kind::Replace(json!({"fault": [1]}), Deviation));
            if is_plain {
                kinds.push(Kind::Replace(json!(true), Converted(json!("true"))));
                kinds.push(Kind::Replace(json!(0.125), Converted(json!("0.125"))));
            }
            let listed = schema.get("enum").and_then(Value::as_array);
            if listed.is_some_and(|listed| listed.len() > 1 && listed.iter().all(Value::is_string))
            {
                kinds.push(Kind::Replace(json!("no value that is listed"), Kept));
            }
        }
        "integer" if !is_listed => {
            kinds.push(Kind::Replace(json!("fault"), Deviation));
            kinds.push(Kind::Replace(json!(0.5), Deviation));
            kinds.push(Kind::Replace(json!("7"), Converted(json!(7))));
        }
        "number" if !is_listed => {
            kinds.push(Kind::Replace(json!("fault"), Deviation));
            if is_plain {
                kinds.push(Kind::Replace(json!("-7.5"), Converted(json!(-7.5))));
                let beyond = json!(9_007_199_254_740_993_i64);
                kinds.push(Kind::Replace(
                    beyond,
                    Converted(json!(9_007_199_254_740_992_i64)),
                ));
            }
        }
        "boolean" if !is_listed => {
            kinds.push(Kind::Replace(json!("fault"), Deviation));
            kinds.push(Kind::Replace(json!("True"), Converted(json!(true))));
        }
        "array" => kinds.push(Kind::Replace(json!("fault"), Deviation)),
        "object" => kinds.push(Kind::Replace(json!(["fault"]), Deviation)),
        _ => return kinds,
    }
    if !place.is_nullable {
        kinds.push(Kind::Replace(Value::Null, Deviation));
    }
    if place.is_required {
        kinds.push(Kind::Remove);
    }
    kinds
}

/// Returns the only type of a schema, but for null.
fn single_type(schema: &Map<String, Value>) -> Option<&str> {
    match schema.get("type")? {
        Value::String(typ) => Some(typ),
        Value::Array(types) => {
            let mut types = types.iter().filter_map(Value::as_str);
            let mut types = types.by_ref().filter(|typ| *typ != "null");
            types.next().filter(|_| types.next().is_none())
        }
        _ => None,
    }
}

fn apply(kind: &Kind, place: &Place<'_>, value: &Value) -> Option<(Value, Fault)> {
    let mut value = value.clone();
    let expected = match kind {
        Kind::Replace(with, expectation) => {
            *value.pointer_mut(&place.pointer)? = with.clone();
            match expectation {
                Expectation::Kept => Expected::Kept,
                Expectation::Deviation => Expected::Deviation(place.path.clone()),
                Expectation::Converted(back) => {
                    Expected::Converted(place.path.clone(), back.clone())
                }
            }
        }
        Kind::Remove => {
            remove(&mut value, &place.pointer)?;
            Expected::Deviation(place.parent.clone())
        }
    };
    let pointer = place.pointer.clone();
    Some((value, Fault { pointer, expected }))
}

/// Takes out what is at a place.
pub fn remove(value: &mut Value, pointer: &str) -> Option<Value> {
    let (parent, name) = pointer.rsplit_once('/')?;
    match value.pointer_mut(parent)? {
        Value::Object(members) => members.remove(&name.replace("~1", "/").replace("~0", "~")),
        Value::Array(elements) => {
            let index: usize = name.parse().ok()?;
            (index < elements.len()).then(|| elements.remove(index))
        }
        _ => None,
    }
}
