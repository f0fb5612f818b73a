//! Responses that are not JSON, and responses that differ by status.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use serde_json::{Value, json};
use twilio_flex::runtime::decode::{Body, FromBody, Mismatch, Node};
use twilio_flex::{
    Config, Credentials, Decode, Decoded, Decoding, Deviation, Encoder, Error, Meta, Operation,
    Response, Undecodable,
};

#[derive(Debug, Clone, PartialEq)]
struct Ship {
    name: String,
    crew: Option<i64>,
}

impl Decode for Ship {
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        let [name, crew] = node.members(&["name", "crew"])?;
        Ok(Self {
            name: name.required()?,
            crew: crew.optional_or_null(),
        })
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Output {
    Ok(Box<Ship>),
    Created(String),
    Accepted(Bytes),
    NoContent,
    Undeclared(Value),
}

impl FromBody for Output {
    fn from_body(body: Body<'_>) -> Result<Decoded<Self>, Undecodable> {
        match body.status() {
            200 => body.json(Self::Ok),
            201 => body.text(Self::Created),
            202 => body.bytes(Self::Accepted),
            204 => body.empty(Self::NoContent),
            _ => body.undeclared(Self::Undeclared),
        }
    }
}

macro_rules! operation {
    ($name:ident -> $output:ty, $accept:literal, $decoding:ident) => {
        struct $name;

        impl Operation for $name {
            type Output = $output;

            const META: Meta = {
                let mut meta =
                    Meta::new(stringify!($name), "GET", "https://example.com", "/Ships/1");
                meta.accept = $accept;
                meta.decoding = Decoding::$decoding;
                meta
            };

            fn encode(&self, _: &mut Encoder<'_>) {}
        }
    };
}

operation!(FetchShip -> Output, "application/json, text/plain", Json);
operation!(FetchLabel -> String, "text/plain", Text);
operation!(FetchPlan -> Bytes, "application/pdf", Bytes);

fn replied<O: Operation>(status: u16, body: &[u8]) -> Result<Response<O::Output>, Error> {
    let body = Bytes::copy_from_slice(body);
    let response = http::Response::builder().status(status).body(body);
    O::decode(response.expect("a response"))
}

fn output(status: u16, body: &str) -> Output {
    let response = replied::<FetchShip>(status, body.as_bytes()).expect("a success");
    assert_eq!(response.body(), body);
    response.into_data()
}

#[test]
fn the_status_says_what_an_answer_is() {
    let ship = Ship {
        name: "Ada".to_owned(),
        crew: None,
    };
    assert_eq!(output(200, r#"{"name": "Ada"}"#), Output::Ok(ship.into()));
    assert_eq!(output(201, "\"no 1\""), Output::Created("\"no 1\"".into()));
    assert_eq!(output(202, "%PDF"), Output::Accepted("%PDF".into()));
    for body in ["", "{}", "<html>"] {
        assert_eq!(output(204, body), Output::NoContent);
    }
}

#[test]
fn a_status_that_is_not_declared_is_a_success_that_keeps_its_json() {
    let ship = json!({"name": "Ada"});
    assert_eq!(output(206, r#"{"name": "Ada"}"#), Output::Undeclared(ship));
    for body in ["", "<html>"] {
        assert_eq!(output(299, body), Output::Undeclared(Value::Null));
    }
    assert!(matches!(
        replied::<FetchShip>(404, b"{}"),
        Err(Error::Api(_))
    ));
}

#[test]
fn json_of_one_status_is_salvaged_like_any_other() {
    let response = replied::<FetchShip>(200, br#"{"name": "Ada", "crew": "many"}"#);
    let response = response.expect("a success");
    let deviations = response.deviations().iter().map(Deviation::path);
    assert_eq!(deviations.collect::<Vec<_>>(), ["$.crew"]);
    assert!(matches!(
        replied::<FetchShip>(200, b"[]"),
        Err(Error::Decode(_))
    ));
}

#[test]
fn text_is_taken_as_it_is() {
    for body in ["", "no 1", "\"no 1\"", "{}", " öl\n"] {
        let response = replied::<FetchLabel>(200, body.as_bytes()).expect("a success");
        assert_eq!(
            (response.data.as_str(), response.deviations()),
            (body, &[][..])
        );
    }
    let response = replied::<FetchLabel>(200, b"caf\xE9").expect("a success");
    assert_eq!(response.data, "caf\u{FFFD}");
    assert_eq!(response.deviations().len(), 1);
    assert_eq!(response.body(), &b"caf\xE9"[..]);
}

#[test]
fn bytes_are_taken_as_they_are() {
    for body in [&b""[..], b"\xFF\x00", b"{}"] {
        let response = replied::<FetchPlan>(200, body).expect("a success");
        assert_eq!((&*response.data, response.deviations()), (body, &[][..]));
    }
}

#[test]
fn the_media_type_is_asked_for() {
    fn accept<O: Operation>(operation: &O) -> String {
        let config = Config::new(Credentials::none());
        let request = operation.to_request(&config).expect("a request");
        let accept = request.headers()[ACCEPT].to_str().expect("text");
        accept.to_owned()
    }
    assert_eq!(accept(&FetchShip), "application/json, text/plain");
    assert_eq!(accept(&FetchPlan), "application/pdf");
}

#[test]
fn json_is_sent_as_the_media_type_that_it_has() {
    struct Patch(&'static str);

    impl Operation for Patch {
        type Output = ();
        const META: Meta = Meta::new("Patch", "PATCH", "https://example.com", "/Ships/1");

        fn encode(&self, request: &mut Encoder<'_>) {
            request.json_as(self.0, &json!({"name": null}));
        }
    }

    let config = Config::new(Credentials::none());
    let request = Patch("application/merge-patch+json").to_request(&config);
    let request = request.expect("a request");
    assert_eq!(
        request.headers()[CONTENT_TYPE],
        "application/merge-patch+json"
    );
    assert_eq!(request.body(), r#"{"name":null}"#);
    let refusal = Patch("a\nb").to_request(&config).expect_err("no header");
    let expected = "cannot build Patch: the body `a\nb` is not a media type";
    assert_eq!(refusal.to_string(), expected);
}

#[test]
fn a_mock_answers_in_the_form_of_the_operation() {
    use twilio_flex::blocking::Client;
    use twilio_flex::test_util::MockTransport;

    let mock = MockTransport::new();
    mock.expect(&FetchLabel).respond(&"no 1".to_owned());
    mock.expect(&FetchPlan)
        .respond(&Bytes::from_static(b"%PDF"));
    let client = Client::with_transport(Config::new(Credentials::none()), mock.clone());
    assert_eq!(client.send(FetchLabel).expect("a label").data, "no 1");
    assert_eq!(client.send(FetchPlan).expect("a plan").data, "%PDF");
    mock.verify();
}
