//! Errors that an API returns.

use super::super::auth::{Secrets, shown};
use super::super::decode::charset::{Text, charset, essence};
use super::super::decode::{Decode, decode};
use super::super::retry::retry_after;
use super::brief::{brief, plain};
use super::request_id::request_id;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use serde_json::Value;
use std::fmt;
use std::time::Duration;

/// The longest text that counts as the message of an error, in bytes.
const MAX_TEXT: usize = 1000;

/// The members that are messages.
const MESSAGES: [&str; 9] = [
    "message",
    "detail",
    "error_description",
    "error_message",
    "msg",
    "description",
    "reason",
    "faultstring",
    "title",
];

/// An error that the API returned: its status, headers and body.
///
/// [`typed`](Self::typed) decodes the body as the type that the description has for it. The other accessors find what they
/// return in these formats, at the top of the body or in a member such as `error`, `errors[0]`, `status` or `fault`:
///
/// | format | members |
/// |---|---|
/// | a code and a message | `code`, `message`, `more_info`, `status`, `details`, in snake case or camel case |
/// | an error object | `error.code`, `error.type`, `error.message`, `error.reason` |
/// | a list of errors | `errors[0].code`, `errors[0].message`, `errors[0].detail` |
/// | RFC 9457, problem details | `type`, `title`, `status`, `detail`, `instance`, `errors` |
/// | SCIM (RFC 7644, section 3.12) | `status` as a string, `scimType`, `detail` |
/// | OAuth 2.0 (RFC 6749, section 5.2) | `error`, `error_description`, `error_uri` |
///
/// For empty, HTML and other bodies, they return `None`; [`body`](Self::body) is always there. `Debug` and `Display` show
/// the status, the code and the beginning of the message, but neither headers nor the body. A credential that the server
/// repeats in its message is redacted.
#[derive(Clone)]
pub struct ApiError {
    operation: &'static str,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    /// The members that say what the error is, by their names without `_`.
    brief: Box<Value>,
    shown: Box<Shown>,
}

/// The part of the body that `Debug` and `Display` show.
#[derive(Clone)]
struct Shown {
    code: Option<String>,
    message: Option<String>,
}

impl ApiError {
    /// Creates the error of an operation from a response; for tests of error handling, and for other HTTP stacks.
    pub fn new(operation: &'static str, response: http::Response<impl Into<Bytes>>) -> Self {
        Self::of(operation, response.map(Into::into))
    }

    fn of(operation: &'static str, response: http::Response<Bytes>) -> Self {
        let (head, body) = response.into_parts();
        let mut error = Self {
            operation,
            status: head.status,
            brief: Box::new(brief_of(&head.headers, &body)),
            headers: head.headers,
            body,
            shown: Box::new(Shown {
                code: None,
                message: None,
            }),
        };
        error.show(&shown);
        error
    }

    /// Removes the credentials of the request from the message.
    pub(crate) fn redact(&mut self, secrets: &Secrets) {
        self.show(&|text| secrets.redact(text));
    }

    fn show(&mut self, shown: &dyn Fn(&str) -> String) {
        let code = match self.code() {
            Some(code) => Some(code.to_string()),
            None => self.code_text().map(shown),
        };
        let message = self.message().map(shown);
        *self.shown = Shown { code, message };
    }

    /// Returns the id of the operation.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns the status of the response.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the unmodified body of the response.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Returns the id that the server gave the request, from headers such as `X-Request-Id` or from the body.
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers).or_else(|| self.text(&["request_id"]))
    }

    /// Returns the wait that the API requests before the next attempt, from the header `Retry-After`.
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(&self.headers)
    }

    /// Decodes the body as JSON, if it is JSON.
    pub fn json(&self) -> Option<Value> {
        self.decode()
    }

    /// Decodes the body as a type, as far as it can be.
    pub fn decode<T: Decode>(&self) -> Option<T> {
        decode(&self.body).ok().map(|decoded| decoded.value)
    }

    /// Returns the error code of the API as a number, which may also be a string of digits in the body.
    pub fn code(&self) -> Option<i64> {
        self.integer(&["code", "error_code"])
    }

    /// Returns the error code of the API as text, such as `invalid_grant` or `uniqueness` of SCIM.
    ///
    /// It is `None` for a number, which [`code`](Self::code) returns.
    pub fn code_text(&self) -> Option<&str> {
        let own = self.text(&["code", "error_code", "scim_type"]);
        // A sentence is a message.
        let error = || self.top("error").filter(|error| !error.contains(' '));
        own.or_else(error).or_else(|| self.inner("type"))
    }

    /// Returns the error message.
    pub fn message(&self) -> Option<&str> {
        let list = || self.brief.get("errors")?.get(0)?.as_str();
        self.text(&MESSAGES)
            .or_else(|| self.top("error"))
            .or_else(list)
            .or_else(|| self.inner("error"))
    }

    /// Returns the URL of a page about the error.
    pub fn more_info(&self) -> Option<&str> {
        self.text(&["more_info", "error_uri", "documentation_url", "help_url"])
    }

    /// Returns the HTTP status in the body, which is a number or a string there.
    pub fn body_status(&self) -> Option<i64> {
        self.integer(&["status", "http_status_code", "status_code"])
    }

    /// Decodes the details of the error, whose format depends on the code.
    pub fn details(&self) -> Option<Value> {
        self.whole(&["details", "params"])
    }

    /// Returns whether the caller caused the error, according to the API.
    pub fn user_error(&self) -> Option<bool> {
        self.member(&["user_error"], Value::is_boolean)?.as_bool()
    }

    /// Returns the URI that identifies the kind of problem (RFC 9457, `type`).
    pub fn problem_type(&self) -> Option<&str> {
        self.top("type")
    }

    /// Returns the summary of the kind of problem (RFC 9457, `title`).
    pub fn title(&self) -> Option<&str> {
        self.top("title")
    }

    /// Returns the explanation of this occurrence of the problem (RFC 9457 and SCIM, `detail`).
    pub fn detail(&self) -> Option<&str> {
        self.top("detail")
    }

    /// Returns the URI that identifies this occurrence of the problem (RFC 9457, `instance`).
    pub fn instance(&self) -> Option<&str> {
        self.top("instance")
    }

    /// Decodes the list of individual problems (RFC 9457, `errors`).
    pub fn errors(&self) -> Option<Value> {
        self.whole(&["errors"])
    }

    fn top(&self, name: &str) -> Option<&str> {
        self.brief.get(name).and_then(Value::as_str)
    }

    /// Returns a member of the error object inside the body.
    fn inner(&self, name: &str) -> Option<&str> {
        let objects = self.objects();
        let mut inner = objects.iter().skip(1);
        inner.find_map(|object| object.get(name)?.as_str())
    }

    /// Returns the objects that may say what the error is: the body, and what is inside of it.
    fn objects(&self) -> Vec<&Value> {
        let body = first(&self.brief);
        let inside = members(
            body,
            &["error", "errors", "fault", "status", "detail", "details"],
        );
        let mut objects = vec![body];
        objects.extend(inside.iter().copied());
        for object in inside {
            let deeper = members(object, &["error", "errors", "detail"]);
            objects.extend(deeper.first());
        }
        objects
    }

    /// Returns the first member of these names that is of the right type, those of the outer objects first.
    fn member(&self, names: &[&str], is_right: fn(&Value) -> bool) -> Option<&Value> {
        let names: Vec<String> = names.iter().map(|name| plain(name)).collect();
        for object in self.objects() {
            for name in &names {
                match object.get(name) {
                    Some(value) if is_right(value) => return Some(value),
                    Some(_) | None => {}
                }
            }
        }
        None
    }

    fn text(&self, names: &[&str]) -> Option<&str> {
        let is_text = |value: &Value| value.as_str().is_some_and(|text| !text.is_empty());
        self.member(names, is_text)?.as_str()
    }

    fn integer(&self, names: &[&str]) -> Option<i64> {
        integer(self.member(names, |value| integer(value).is_some())?)
    }

    /// Decodes the first of the members of the body that is present and not null.
    fn whole(&self, names: &[&str]) -> Option<Value> {
        let body = self.json()?;
        let find = |object: &Value| {
            let mut members = names.iter().filter_map(|name| object.get(name));
            members.find(|value| !value.is_null()).cloned()
        };
        find(&body).or_else(|| find(body.get("error")?))
    }
}

/// Returns the first element of a list of errors, or the error.
fn first(value: &Value) -> &Value {
    value.get(0).unwrap_or(value)
}

/// Returns the members of these names that an object has.
fn members<'a>(object: &'a Value, names: &[&str]) -> Vec<&'a Value> {
    let members = names.iter().filter_map(|name| object.get(name));
    members.map(first).collect()
}

/// Returns what the accessors read: the known members of JSON, or a short text as a message.
fn brief_of(headers: &HeaderMap, body: &Bytes) -> Value {
    let media_type = headers.get(CONTENT_TYPE);
    let media_type = media_type.and_then(|media_type| media_type.to_str().ok());
    let is_text = media_type.is_some_and(|one| essence(one).eq_ignore_ascii_case("text/plain"));
    if is_text && body.len() <= MAX_TEXT && !body.starts_with(b"{") {
        let Text { text, problem: _ } = Text::read(body, charset(media_type));
        let text = text.trim();
        return if text.is_empty() {
            Value::Null
        } else {
            serde_json::json!({ "message": text })
        };
    }
    brief(body)
}

fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::String(text) => text.trim().parse().ok(),
        other => other.as_i64(),
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Shown { code, message } = &*self.shown;
        f.debug_struct("ApiError")
            .field("operation", &self.operation)
            .field("status", &self.status)
            .field("code", code)
            .field("message", message)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Shown { code, message } = &*self.shown;
        write!(f, "{} failed: {}", self.operation, self.status)?;
        if let Some(code) = code {
            write!(f, ", code {code}")?;
        }
        match message {
            Some(message) => write!(f, ": {message}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ApiError {}

#[cfg(test)]
mod tests {
    use super::ApiError;
    use http::Response;

    fn error(status: u16, body: &'static str) -> ApiError {
        let response = Response::builder().status(status).body(body);
        ApiError::new("FetchPet", response.expect("a response"))
    }

    #[test]
    fn formats_of_errors() {
        let coded = error(
            404,
            r#"{"code": 20404, "message": "not found", "status": 404}"#,
        );
        assert_eq!(
            (coded.code(), coded.message(), coded.body_status()),
            (Some(20404), Some("not found"), Some(404))
        );
        let problem = error(
            409,
            r#"{"type": "/conflict", "title": "Conflict", "detail": "too old", "errors": []}"#,
        );
        assert_eq!(
            (problem.problem_type(), problem.title(), problem.message()),
            (Some("/conflict"), Some("Conflict"), Some("too old"))
        );
        let oauth = error(
            400,
            r#"{"error": "invalid_grant", "error_description": "expired"}"#,
        );
        assert_eq!(
            (oauth.code_text(), oauth.message()),
            (Some("invalid_grant"), Some("expired"))
        );
        let scim = error(
            409,
            r#"{"status": "409", "scimType": "uniqueness", "detail": "taken"}"#,
        );
        assert_eq!(
            (scim.code_text(), scim.body_status()),
            (Some("uniqueness"), Some(409))
        );
    }

    #[test]
    fn the_message_has_the_status_and_what_the_body_tells() {
        let coded = error(404, r#"{"code": "20404", "message": "not\nfound"}"#);
        assert_eq!(
            coded.to_string(),
            "FetchPet failed: 404 Not Found, code 20404: not found"
        );
        for body in ["", "<html>", "[1]", "null"] {
            let other = error(502, body);
            assert_eq!(other.to_string(), "FetchPet failed: 502 Bad Gateway");
            assert_eq!(other.body(), body);
        }
    }
}
