//! Values with faults at any place, which only the generator and the crate have to agree about.

use crate::fault::remove;
use crate::random::Random;
use serde_json::{Value, json};

/// Values made of one value.
const WILD: usize = 3;
/// Faults of one value, at most.
const FAULTS: usize = 3;

/// Returns a few values with one to three faults each.
pub fn wild(value: &Value, random: &mut Random) -> Vec<Value> {
    let others = others();
    let mut made = Vec::new();
    for _ in 0..WILD {
        let mut value = value.clone();
        for _ in 0..=random.below(FAULTS) {
            let places = places(&value);
            let place = random.choose(&places).clone();
            if random.once_in(4) {
                remove(&mut value, &place);
            } else if let Some(slot) = value.pointer_mut(&place) {
                *slot = random.choose(&others).clone();
            }
        }
        made.push(value);
    }
    made
}

/// Every place in a value, as JSON pointers.
fn places(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), value)];
    while let Some((pointer, value)) = open.pop() {
        match value {
            Value::Object(members) => open.extend(members.iter().map(|(name, value)| {
                let name = name.replace('~', "~0").replace('/', "~1");
                (format!("{pointer}/{name}"), value)
            })),
            Value::Array(elements) => {
                let elements = elements.iter().enumerate();
                open.extend(elements.map(|(index, value)| (format!("{pointer}/{index}"), value)));
            }
            _ => {}
        }
        found.push(pointer);
    }
    found
}

/// Values that are of some type or format, nearly of one, or of none.
fn others() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!("True"),
        json!("false"),
        json!(0),
        json!(-1),
        json!(300),
        json!(5.0),
        json!(0.5),
        json!(1e3),
        json!(1e300),
        json!(-0.0),
        json!(u64::MAX),
        json!(9_007_199_254_740_993_i64),
        json!("7"),
        json!("-7.50"),
        json!("1e3"),
        json!(" 1"),
        json!("01"),
        json!(""),
        json!("text"),
        json!("\u{10ffff}"),
        json!([]),
        json!([null, 1, "a", {}]),
        json!({}),
        json!({"type": "a", "kind": 1, "id": null}),
        json!("2024-02-29"),
        json!("2023-02-29"),
        json!("2024-02-29T10:05:08Z"),
        json!("2024-02-29 10:05:08.1234567891+01:30"),
        json!("2024-02-29T10:05:60"),
        json!("10:05:08"),
        json!("10:05:08+25:00"),
        json!("P3Y6M4DT12H30M5.5S"),
        json!("P1DT"),
        json!("Thu, 30 Jul 2015 20:00:00 +0000"),
        json!("67e55044-10b1-426f-9247-bb680e5fe0c8"),
        json!("67E5504410B1426F9247BB680E5FE0C8"),
        json!("{67e55044-10b1-426f-9247-bb680e5fe0c8}"),
        json!("urn:uuid:67e55044-10b1-426f-9247-bb680e5fe0c8"),
        json!("urn:uuid:67e5504410b1426f9247bb680e5fe0c8"),
        json!("YWJj"),
    ]
}
