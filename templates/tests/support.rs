//! What the tests compare with.

use bytes::Bytes;
use {{crate}}::{Config, Credentials, Operation};
use serde::Serialize;
use serde_json::Value;
use std::error::Error;

/// A request, or why the example does not make one.
pub type Made<T> = Result<T, Box<dyn Error>>;

/// Stands for the server of the description, whatever its operations name.
const BASE_URL: &str = "https://api.example.com";

/// Asserts that a request is sent to `target`, a method and a path with its query, with the body `body`.
#[allow(dead_code)]
pub fn assert_request(made: Made<impl Operation>, target: &str, body: &str) {
    let (method_and_path, sent) = sent(made);
    assert_eq!(method_and_path, target);
    match (serde_json::from_str::<Value>(&sent), serde_json::from_str::<Value>(body)) {
        (Ok(sent), Ok(body)) => assert_eq!(sent, body),
        _ => assert_eq!(sent, body),
    }
}

/// Returns the method and path that a request is sent with, and its body.
fn sent(made: Made<impl Operation>) -> (String, String) {
    let request = made.unwrap_or_else(|error| panic!("the example makes no request: {error}"));
    let config = Config::new(Credentials::none().with_account_sid("AC0123456789abcdef0123456789abcdef"))
        .with_base_url(BASE_URL)
        .unwrap_or_else(|error| panic!("{error}"));
    let request = request.to_request(&config).unwrap_or_else(|error| panic!("{error}"));
    let url = request.uri().to_string();
    let path = url.strip_prefix(BASE_URL).unwrap_or(&url);
    (format!("{} {path}", request.method()), String::from_utf8_lossy(request.body()).into_owned())
}

/// Asserts that a request is sent to `target`, with any body.
#[allow(dead_code)]
pub fn assert_target(made: Made<impl Operation>, target: &str) {
    let (method_and_path, _) = sent(made);
    assert_eq!(method_and_path, target);
}

/// Asserts that a response decodes with these deviations and no other, and keeps every value of the example.
#[allow(dead_code)]
pub fn assert_response<O: Operation>(status: u16, body: &'static str, deviations: &[&str])
where
    O::Output: Serialize,
{
    let response = http::Response::builder()
        .status(status)
        .body(Bytes::from_static(body.as_bytes()))
        .unwrap_or_else(|error| panic!("{error}"));
    let response = O::decode(response).unwrap_or_else(|error| panic!("{error}"));
    let mut found: Vec<&str> = response.deviations().iter().map(|deviation| deviation.path()).collect();
    found.sort_unstable();
    let mut expected = deviations.to_vec();
    expected.sort_unstable();
    assert_eq!(found, expected);
    let example: Value = serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}"));
    let decoded = serde_json::to_value(response.into_inner()).unwrap_or_else(|error| panic!("{error}"));
    let mut lost = Vec::new();
    compare(&example, &decoded, "$", &mut lost);
    lost.retain(|path| !deviations.iter().any(|deviation| path.starts_with(deviation)));
    assert!(lost.is_empty(), "lost in decoding: {lost:?}");
}

/// Asserts that a response of text is taken as it is.
#[allow(dead_code)]
pub fn assert_text<O: Operation>(status: u16, body: &'static str)
where
    O::Output: Serialize,
{
    assert_eq!(decoded::<O>(status, body), Value::from(body));
}

/// Asserts that a response without a body is decoded.
#[allow(dead_code)]
pub fn assert_empty<O: Operation>(status: u16)
where
    O::Output: Serialize,
{
    assert_eq!(decoded::<O>(status, ""), Value::Null);
}

fn decoded<O: Operation>(status: u16, body: &'static str) -> Value
where
    O::Output: Serialize,
{
    let response = http::Response::builder().status(status).body(Bytes::from_static(body.as_bytes()));
    let response = response.unwrap_or_else(|error| panic!("{error}"));
    let response = O::decode(response).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(response.deviations(), []);
    serde_json::to_value(response.into_inner()).unwrap_or_else(|error| panic!("{error}"))
}

/// Collects where `decoded` lacks a value that `example` has. Null counts as absent, a key that no field is for is left
/// out, and a number or a date may be written in another form.
fn compare(example: &Value, decoded: &Value, path: &str, lost: &mut Vec<String>) {
    match (example, decoded) {
        (Value::Object(example), Value::Object(decoded)) => {
            for (key, value) in example {
                if let Some(decoded) = decoded.get(key) {
                    compare(value, decoded, &format!("{path}.{key}"), lost);
                }
            }
        }
        (Value::Array(example), Value::Array(decoded)) if example.len() == decoded.len() => {
            for (index, (example, decoded)) in example.iter().zip(decoded).enumerate() {
                compare(example, decoded, &format!("{path}[{index}]"), lost);
            }
        }
        _ if example == decoded || same_number(example, decoded) || same_instant(example, decoded) => {}
        _ => lost.push(path.to_owned()),
    }
}

fn same_number(example: &Value, decoded: &Value) -> bool {
    let number = |value: &Value| match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    };
    number(example).is_some_and(|example| number(decoded) == Some(example))
}

fn same_instant(example: &Value, decoded: &Value) -> bool {
    let instant = |value: &Value| {
        let text = value.as_str()?;
        let instant = chrono::DateTime::parse_from_rfc3339(text).or_else(|_| chrono::DateTime::parse_from_rfc2822(text));
        instant.ok()
    };
    instant(example).is_some_and(|example| instant(decoded) == Some(example))
}

/// What the tests plant where something personal or secret stands.
const CANARY: &str = "canary-8d1f";

/// Asserts that a value does not show the canary that it holds.
#[allow(dead_code)]
pub fn assert_hidden(value: &impl std::fmt::Debug) {
    for shown in [format!("{value:?}"), format!("{value:#?}")] {
        assert!(!shown.contains(CANARY), "shown: {shown}");
    }
}

/// The same for a type, made of JSON that holds the canary; it has to come back out of it.
#[allow(dead_code)]
pub fn assert_hidden_in<T: serde::de::DeserializeOwned + Serialize + std::fmt::Debug>(json: &str) {
    assert!(json.contains(CANARY), "there is nothing to hide");
    let value: T = serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}"));
    assert_hidden(&value);
    let kept = serde_json::to_string(&value).unwrap_or_else(|error| panic!("{error}"));
    assert!(kept.contains(CANARY), "the value does not hold the canary");
}

/// A server that mocks the description.
#[cfg(feature = "blocking")]
pub struct Server {
    client: {{crate}}::blocking::Client,
    reads_lists: bool,
    refused: Vec<String>,
}

#[cfg(feature = "blocking")]
#[allow(dead_code)]
impl Server {
    /// Reaches the server that `MOCK_SERVER_URL` names.
    pub fn from_env() -> Self {
        let url = std::env::var("MOCK_SERVER_URL").unwrap_or_else(|_| panic!("MOCK_SERVER_URL is not set"));
        let credentials = Credentials::auth_token("AC0123456789abcdef0123456789abcdef", "token");
        let client = {{crate}}::blocking::Client::builder(credentials).base_url(url).build();
        Self {
            client: client.unwrap_or_else(|error| panic!("{error}")),
            reads_lists: std::env::var_os("MOCK_SERVER_READS_LISTS").is_some(),
            refused: Vec::new(),
        }
    }

    /// Sends a request, and notes whether the server takes it.
    pub fn accepts<O: Operation>(&mut self, made: Made<O>) {
        let request = made.unwrap_or_else(|error| panic!("the example makes no request: {error}"));
        if let Err(error) = self.client.send(request) {
            self.refused.push(format!("{}: {error}", O::META.id));
        }
    }

    /// The same for a form with a list, where the server is known to read a repeated key as one.
    pub fn accepts_lists(&mut self, made: Made<impl Operation>) {
        if self.reads_lists {
            self.accepts(made);
        }
    }

    /// Asserts that the server took every request so far.
    pub fn assert_nothing_refused(self) {
        assert!(self.refused.is_empty(), "refused:\n{}", self.refused.join("\n"));
    }
}
