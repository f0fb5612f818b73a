//! Requests that the service sends.

use cratewright_runtime::decode::{Decode, Mismatch, Node};
use cratewright_runtime::{Decoding, Webhook};

#[derive(Debug, Clone, PartialEq)]
struct Message {
    from: String,
    num_media: Option<i64>,
}

impl Decode for Message {
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        let [from, num_media] = node.members(&["From", "NumMedia"])?;
        Ok(Self {
            from: from.required()?,
            num_media: num_media.optional(),
        })
    }
}

struct Incoming;

impl Webhook for Incoming {
    type Payload = Message;

    const NAME: &'static str = "incoming";
    const METHOD: &'static str = "POST";
}

struct IncomingForm;

impl Webhook for IncomingForm {
    type Payload = Message;

    const NAME: &'static str = "incoming form";
    const METHOD: &'static str = "POST";
    const DECODING: Decoding = Decoding::Form;
}

fn request(method: &str, body: &'static str) -> http::Request<&'static [u8]> {
    let request = http::Request::builder()
        .method(method)
        .header("webhook-id", "w1");
    request.body(body.as_bytes()).expect("a request")
}

#[test]
fn decodes_json_and_forms() {
    let expected = Message {
        from: "+1555".to_owned(),
        num_media: Some(2),
    };
    let json = Incoming::decode(&request("POST", r#"{"From":"+1555","NumMedia":2,"New":1}"#))
        .expect("a webhook");
    assert_eq!(json.payload, expected);
    assert_eq!(json.headers()["webhook-id"], "w1");
    assert_eq!(json.deviations(), []);
    let form =
        IncomingForm::decode(&request("POST", "From=%2B1555&NumMedia=2")).expect("a webhook");
    assert_eq!(form.deviations(), []);
    assert_eq!(form.into_payload(), expected);
}

#[test]
fn other_requests_are_errors() {
    let error = Incoming::decode(&request("GET", "{}")).expect_err("another method");
    assert_eq!(error.reason(), "expected the method POST");
    let error = Incoming::decode(&request("POST", "{}")).expect_err("no sender");
    assert_eq!(error.webhook(), "incoming");
    assert!(error.reason().contains("From"), "{error}");
    assert!(Incoming::decode(&request("POST", "<xml>")).is_err());
}
