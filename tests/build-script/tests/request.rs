//! What the build script generated, used as any crate.

use port::harbour::ship::{Status, UpdateShip};
use port::harbour::{Config, Credentials, Operation, SidError};
use serde_json::json;

type Outcome = Result<(), Box<dyn std::error::Error>>;

#[test]
fn a_request_is_encoded() -> Outcome {
    let sid = "SH0123456789abcdef0123456789abcdef".parse()?;
    let request = UpdateShip::new(sid, Status::AtSea).cargo(json!(["tea"]));
    let request = request.to_request(&Config::new(Credentials::none()))?;
    assert_eq!(request.method(), http::Method::POST);
    let uri = "https://harbour.example.com/Ships/SH0123456789abcdef0123456789abcdef";
    assert_eq!(request.uri(), uri);
    assert_eq!(request.body(), "Status=at-sea&Cargo=%5B%22tea%22%5D");
    Ok(())
}

#[test]
fn a_response_is_decoded() -> Outcome {
    let body = r#"{"status": "adrift", "launched": "Thu, 30 Jul 2015 20:00:00 +0000"}"#;
    let ship = UpdateShip::decode(http::Response::new(body.into()))?;
    assert_eq!(ship.data.status, Some(Status::from("adrift")));
    assert_eq!(
        ship.data.launched.map(|date| date.0.timestamp()),
        Some(1_438_286_400)
    );
    assert_eq!(ship.deviations(), []);
    Ok(())
}

#[test]
fn another_sid_is_refused() {
    let parsed: Result<port::harbour::Sid<port::harbour::sids::Sh>, SidError> =
        "BE0123456789abcdef0123456789abcdef".parse();
    assert!(parsed.is_err());
}
