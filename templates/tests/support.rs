//! Helpers of the tests.

use bytes::Bytes;
use {{crate}}::{Config, Credentials, Operation};
use serde::Serialize;
use serde_json::Value;
use std::error::Error;

/// A request, or why it cannot be built from the example.
pub type Built<T> = Result<T, Box<dyn Error>>;

/// Replaces the servers of the description.
const BASE_URL: &str = "https://api.example.com";

/// Asserts the method and the path with the query of a request, and its body.
#[allow(dead_code)]
pub fn assert_request(request: Built<impl Operation>, target: &str, body: &str) {
    let (method_and_path, sent) = sent(request);
    assert_eq!(method_and_path, target);
    match (serde_json::from_str::<Value>(&sent), serde_json::from_str::<Value>(body)) {
        (Ok(sent), Ok(body)) => assert!(same(&sent, &body), "sent {sent}, expected {body}"),
        _ => assert_eq!(sent, body),
    }
}

/// Whether two JSON values are the same, with numbers compared by value: 1 is 1.0.
fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Object(left), Value::Object(right)) => {
            let same_member = |(key, value)| right.get(key).is_some_and(|other| same(value, other));
            left.len() == right.len() && left.iter().all(same_member)
        }
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.as_f64().zip(other.as_f64()).is_some_and(|(one, other)| close(one, other))
        }
        _ => left == right,
    }
}

/// Returns the method and the path of a request, and its body.
fn sent(request: Built<impl Operation>) -> (String, String) {
    let request = request.unwrap_or_else(|error| panic!("the example is not a request: {error}"));
    let credentials = Credentials::none();
    #[cfg(feature = "twilio")]
    let credentials = credentials.with_account_sid("AC0123456789abcdef0123456789abcdef");
    let config = Config::new(credentials)
        .with_base_url(BASE_URL)
        .unwrap_or_else(|error| panic!("{error}"));
    let request = request.to_request(&config).unwrap_or_else(|error| panic!("{error}"));
    let url = request.uri().to_string();
    let path = url.strip_prefix(BASE_URL).unwrap_or(&url);
    (format!("{} {path}", request.method()), String::from_utf8_lossy(request.body()).into_owned())
}

/// Asserts the method and the path with the query of a request.
#[allow(dead_code)]
pub fn assert_target(request: Built<impl Operation>, target: &str) {
    let (method_and_path, _) = sent(request);
    assert_eq!(method_and_path, target);
}

fn response(status: u16, body: &'static str) -> http::Response<Bytes> {
    let response = http::Response::builder().status(status);
    let response = response.body(Bytes::from_static(body.as_bytes()));
    response.unwrap_or_else(|error| panic!("{error}"))
}

/// Asserts that a response is decoded with exactly these deviations, and that no other value of the example is lost.
#[allow(dead_code)]
pub fn assert_response<O: Operation>(status: u16, body: &'static str, deviations: &[&str])
where
    O::Output: Serialize,
{
    let response = O::decode(response(status, body)).unwrap_or_else(|error| panic!("{error}"));
    let mut found: Vec<&str> = response.deviations().iter().map(|deviation| deviation.path()).collect();
    found.sort_unstable();
    let mut expected = deviations.to_vec();
    expected.sort_unstable();
    assert_eq!(found, expected);
    let example: Value = serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}"));
    let decoded = serde_json::to_value(response.data).unwrap_or_else(|error| panic!("{error}"));
    let mut lost = Vec::new();
    compare(&example, &decoded, "$", deviations, &mut lost);
    assert!(lost.is_empty(), "lost in decoding: {lost:?}");
}

/// Asserts that a response is an error, because its body does not match the description and cannot be decoded without it.
#[allow(dead_code)]
pub fn assert_not_decoded<O: Operation>(status: u16, body: &'static str) {
    assert!(O::decode(response(status, body)).is_err());
}

/// Asserts that a text response is returned as it is.
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
    let response = O::decode(response(status, body)).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(response.deviations(), []);
    serde_json::to_value(response.data).unwrap_or_else(|error| panic!("{error}"))
}

/// Collects the places of values of `example` that `decoded` does not have, other than the deviations. Members without a field
/// are ignored, and numbers and dates are compared by value.
fn compare(example: &Value, decoded: &Value, path: &str, deviations: &[&str], lost: &mut Vec<String>) {
    if deviations.contains(&path) {
        return;
    }
    match (example, decoded) {
        (Value::Object(example), Value::Object(decoded)) => {
            for (key, value) in example {
                if let Some(decoded) = decoded.get(key) {
                    compare(value, decoded, &member(path, key), deviations, lost);
                }
            }
        }
        (Value::Array(example), Value::Array(decoded)) => {
            let mut items: Vec<(String, &Value)> = example
                .iter()
                .enumerate()
                .map(|(index, item)| (format!("{path}[{index}]"), item))
                .collect();
            if items.len() != decoded.len() {
                items.retain(|(path, _)| !deviations.contains(&path.as_str()));
            }
            if items.len() > decoded.len() || decoded.len() > example.len() {
                lost.push(path.to_owned());
            }
            // Otherwise some of the deviations are of items that were kept.
            if items.len() != decoded.len() {
                return;
            }
            for ((path, example), decoded) in items.iter().zip(decoded) {
                compare(example, decoded, path, deviations, lost);
            }
        }
        _ if example == decoded || same_number(example, decoded) || same_instant(example, decoded) => {}
        _ => lost.push(path.to_owned()),
    }
}

/// Returns the path of a member as a deviation has it.
fn member(path: &str, key: &str) -> String {
    let is_plain = key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !key.starts_with(|c: char| c.is_ascii_digit());
    if is_plain && !key.is_empty() {
        format!("{path}.{key}")
    } else {
        format!("{path}['{}']", key.escape_debug().to_string().replace("\\\"", "\""))
    }
}

fn same_number(example: &Value, decoded: &Value) -> bool {
    let number = |value: &Value| match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    };
    number(example).zip(number(decoded)).is_some_and(|(example, decoded)| close(example, decoded))
}

/// Whether two numbers are the same but for the last digit, which `serde_json` reads by approximation.
fn close(left: f64, right: f64) -> bool {
    left == right || (left - right).abs() <= f64::EPSILON * left.abs()
}

fn same_instant(example: &Value, decoded: &Value) -> bool {
    let instant = |value: &Value| {
        let text = value.as_str()?;
        let instant = chrono::DateTime::parse_from_rfc3339(text).or_else(|_| chrono::DateTime::parse_from_rfc2822(text));
        instant.ok()
    };
    instant(example).is_some_and(|example| instant(decoded) == Some(example))
}

/// The value of personal and secret fields in the tests.
const CANARY: &str = "canary-8d1f";

/// Asserts that `Debug` does not show the canary.
#[allow(dead_code)]
pub fn assert_hidden(value: &impl std::fmt::Debug) {
    for shown in [format!("{value:?}"), format!("{value:#?}")] {
        assert!(!shown.contains(CANARY), "shown: {shown}");
    }
}

/// Asserts the same for a type that is decoded from JSON with the canary in it, and encoded with it.
#[allow(dead_code)]
pub fn assert_hidden_in<T: serde::de::DeserializeOwned + Serialize + std::fmt::Debug>(json: &str) {
    assert!(json.contains(CANARY), "the JSON does not contain the canary");
    let value: T = serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}"));
    assert_hidden(&value);
    let kept = serde_json::to_string(&value).unwrap_or_else(|error| panic!("{error}"));
    assert!(kept.contains(CANARY), "the value does not contain the canary");
}

/// A server that mocks the description, and the clients that the features turn on.
#[cfg(any(feature = "blocking", feature = "client"))]
pub struct Server {
    #[cfg(feature = "blocking")]
    blocking: {{crate}}::blocking::Client,
    #[cfg(feature = "client")]
    client: {{crate}}::Client,
    #[cfg(feature = "client")]
    runtime: tokio::runtime::Runtime,
    reads_lists: bool,
    rejected: Vec<String>,
}

#[cfg(any(feature = "blocking", feature = "client"))]
#[allow(dead_code)]
impl Server {
    /// Returns the server at `MOCK_SERVER_URL`.
    pub fn from_env() -> Self {
        let url = std::env::var("MOCK_SERVER_URL").unwrap_or_else(|_| panic!("MOCK_SERVER_URL is not set"));
        let credentials = {{credentials}};
        Self {
            #[cfg(feature = "blocking")]
            blocking: {
                let client = {{crate}}::blocking::Client::builder(credentials.clone()).base_url(&url).build();
                client.unwrap_or_else(|error| panic!("{error}"))
            },
            #[cfg(feature = "client")]
            client: {
                let client = {{crate}}::Client::builder(credentials).base_url(url).build();
                client.unwrap_or_else(|error| panic!("{error}"))
            },
            #[cfg(feature = "client")]
            runtime: {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                runtime.unwrap_or_else(|error| panic!("{error}"))
            },
            reads_lists: std::env::var_os("MOCK_SERVER_READS_LISTS").is_some(),
            rejected: Vec::new(),
        }
    }

    /// Sends a request with each client, and records whether the server accepts it.
    pub fn send<O: Operation>(&mut self, request: fn() -> Built<O>) {
        let request = || request().unwrap_or_else(|error| panic!("the example is not a request: {error}"));
        #[cfg(feature = "blocking")]
        if let Err(error) = self.blocking.send(request()) {
            self.rejected.push(format!("{} (blocking client): {error}", O::META.id));
        }
        #[cfg(feature = "client")]
        if let Err(error) = self.runtime.block_on(self.client.send(request())) {
            self.rejected.push(format!("{} (async client): {error}", O::META.id));
        }
    }

    /// Sends a form with a list, if the server decodes repeated keys as a list.
    pub fn send_list<O: Operation>(&mut self, request: fn() -> Built<O>) {
        if self.reads_lists {
            self.send(request);
        }
    }

    /// Asserts that the server accepted every request.
    pub fn assert_all_accepted(self) {
        assert!(self.rejected.is_empty(), "rejected:\n{}", self.rejected.join("\n"));
    }
}
