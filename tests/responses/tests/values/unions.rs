//! Unions: of objects with a tag, and of itself without one.

use crate::support::{JSON, data, decode};
use cratewright_responses::unions::figures::ListFigures;
use cratewright_responses::unions::models::{Figure, Tree};
use cratewright_responses::unions::tree::FetchTree;
use cratewright_responses::unions_together::berth::GetBerth;
use cratewright_responses::unions_together::fleet::GetFleet;
use cratewright_responses::unions_together::models::{Payment, Reach, Report, ValueModel, Vessel};
use cratewright_responses::unions_together::pass::GetPass;
use cratewright_responses::unions_together::payment::GetPayment;
use cratewright_responses::unions_together::reach::GetReach;
use cratewright_responses::unions_together::report::GetReport;
use cratewright_responses::unions_together::value::GetValue;
use cratewright_responses::unions_together::vessel::GetVessel;

#[test]
fn a_tag_selects_the_variant() {
    let body = r#"[
        {"kind": "circle", "id": 1, "radius": 2.5},
        {"kind": "label", "id": 2, "text": "a", "language": null},
        {"kind": "hexagon", "id": 3}
    ]"#;
    let figures = data::<ListFigures>(200, JSON, body);
    let [
        Figure::Circle(circle),
        Figure::Label(label),
        Figure::Unlisted(other),
    ] = figures.as_slice()
    else {
        panic!("{figures:?}");
    };
    assert_eq!((circle.radius, label.text.as_str()), (2.5, "a"));
    assert_eq!(other["kind"], "hexagon");
}

#[test]
fn a_union_of_itself_is_decoded_to_its_leaf() {
    let depth = 40;
    let body = r#"{"depth":1,"next":"#.repeat(depth) + r#""leaf""# + &"}".repeat(depth);
    let response = decode::<FetchTree>(200, JSON, body).expect("a tree");
    assert!(response.deviations().is_empty());
    let (mut levels, mut tree) = (0, &response.data);
    while let Tree::Root(root) = tree {
        (levels, tree) = (levels + 1, &root.next);
    }
    assert_eq!((levels, tree), (depth, &Tree::Text("leaf".to_owned())));
}

#[test]
fn two_unions_hold_at_once() {
    let response = decode::<GetPayment>(200, JSON, r#"{"iban": "x", "phone": "y"}"#);
    let response = response.expect("a payment");
    assert!(response.deviations().is_empty());
    let Payment::AccountPhone(both) = &response.data else {
        panic!("{:?}", response.data);
    };
    assert_eq!((both.iban.as_str(), both.phone.as_str()), ("x", "y"));
    let one = data::<GetPayment>(200, JSON, r#"{"card": "x"}"#);
    assert!(matches!(one, Payment::Unlisted(_)));
}

#[test]
fn unions_of_each_other_have_the_same_values() {
    let number = data::<GetValue>(200, JSON, "1");
    assert_eq!(number, ValueModel::Integer(1));
    let text = data::<GetValue>(200, JSON, "\"a\"");
    assert_eq!(text, ValueModel::Text("a".to_owned()));
}

#[test]
fn a_schema_with_subtypes_may_be_itself() {
    let tug = data::<GetVessel>(200, JSON, r#"{"kind": "tug", "pull": 3}"#);
    assert!(matches!(tug, Vessel::Tug(tug) if tug.pull == 3));
    let own = data::<GetVessel>(200, JSON, r#"{"kind": "vessel", "name": "Anna"}"#);
    assert!(matches!(own, Vessel::Base(own) if own.name.as_deref() == Some("Anna")));
    let other = data::<GetVessel>(200, JSON, r#"{"kind": "barge"}"#);
    assert!(matches!(other, Vessel::Unlisted(_)));
}

#[test]
fn several_alternatives_hold_at_once() {
    let Reach { email, phone, .. } = data::<GetReach>(200, JSON, r#"{"email": "a", "phone": "b"}"#);
    assert_eq!((email.as_deref(), phone.as_deref()), (Some("a"), Some("b")));
}

#[test]
fn schemas_that_agree_about_a_property_stay_variants() {
    let body = r#"{"kind": "out", "vessel": "a", "to": "b"}"#;
    let Report::Departure(departure) = data::<GetReport>(200, JSON, body) else {
        panic!("not a departure");
    };
    let departure = (departure.kind, departure.vessel, departure.to);
    assert_eq!(departure, ("out".into(), "a".into(), "b".into()));
}

#[test]
fn schemas_that_only_add_properties_hold_at_once() {
    let body = r#"{"number": 1, "volts": 230, "litres": 40}"#;
    let berth = data::<GetBerth>(200, JSON, body);
    assert_eq!(
        (berth.number, berth.volts, berth.litres),
        (1, Some(230), Some(40))
    );
}

#[test]
fn alternatives_of_another_type_than_the_rest_are_none() {
    let fleet = data::<GetFleet>(200, JSON, r#"{"result": [{"volts": 230}]}"#);
    assert_eq!(fleet.result[0].volts, Some(230));
}

#[test]
fn what_every_alternative_requires_is_required() {
    let pass = data::<GetPass>(200, JSON, r#"{"ship": "Anna", "pier": "3"}"#);
    assert_eq!(
        (pass.ship.as_str(), pass.pier.as_deref(), pass.until),
        ("Anna", Some("3"), None)
    );
}
