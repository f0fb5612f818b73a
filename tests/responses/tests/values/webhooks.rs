//! Webhooks and callbacks.

use cratewright_responses::Webhook;
use cratewright_responses::callbacks::subscriptions::{SubscribeOnEnd, SubscribeOnEvent};
use cratewright_responses::webhooks::webhooks_resource::{Ping, ShipArrived, ShipLeft};

fn request(method: &str, body: &'static str) -> http::Request<&'static str> {
    let request = http::Request::builder().method(method);
    request.body(body).expect("a request")
}

#[test]
fn payloads_have_types() {
    let arrival = ShipArrived::decode(&request(
        "POST",
        r#"{"ship": "Anna", "at": "2026-01-02T03:04:05Z"}"#,
    ))
    .expect("a webhook");
    assert_eq!(arrival.payload.ship, "Anna");
    assert_eq!(arrival.payload.at.timestamp(), 1_767_323_045);
    let left = ShipLeft::decode(&request("POST", "Ship=Anna+B&Berth=7")).expect("a webhook");
    assert_eq!(
        (left.payload.ship.as_str(), left.payload.berth),
        ("Anna B", Some(7))
    );
    Ping::decode(&request("GET", "")).expect("a webhook");
    assert!(Ping::decode(&request("POST", "")).is_err());
    assert_eq!(
        (ShipArrived::NAME, ShipArrived::METHOD),
        ("ship.arrived", "POST")
    );
}

#[test]
fn callbacks_have_types() {
    let event = SubscribeOnEvent::decode(&request("POST", r#"{"id": 7}"#)).expect("a callback");
    assert_eq!(event.payload.id, 7);
    SubscribeOnEnd::decode(&request("DELETE", "")).expect("a callback");
}
