//! Errors that an API returns.

use super::super::auth::{Secrets, shown};
use super::super::retry::retry_after;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::Value;
use std::fmt;
use std::time::Duration;

/// An error that the API returned: its status, headers and body.
///
/// The accessors know the names of the members in these formats:
///
/// | format | members |
/// |---|---|
/// | a code and a message | `code`, `message`, `more_info` or `moreInfo`, `status`, `details` |
/// | the same with parameters | `code`, `message`, `httpStatusCode`, `params`, `userError`, or the same in snake case |
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
    json: Option<Value>,
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
        let (head, body) = response.into_parts();
        let body = body.into();
        let json = serde_json::from_slice(&body).ok();
        let mut error = Self {
            operation,
            status: head.status,
            headers: head.headers,
            body,
            json,
            shown: Box::new(Shown {
                code: None,
                message: None,
            }),
        };
        error.show(shown);
        error
    }

    /// Removes the credentials of the request from the message.
    pub(crate) fn redact(&mut self, secrets: &Secrets) {
        self.show(|text| secrets.redact(text));
    }

    fn show(&mut self, shown: impl Fn(&str) -> String) {
        let code = match self.code() {
            Some(code) => Some(code.to_string()),
            None => self.code_text().map(&shown),
        };
        let message = self.message().map(&shown);
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

    /// Returns the wait that the API requests before the next attempt, from the header `Retry-After`.
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(&self.headers)
    }

    /// Returns the body as JSON, if it is JSON.
    pub fn json(&self) -> Option<&Value> {
        self.json.as_ref()
    }

    /// Returns the error code of the API as a number, which may also be a string of digits in the body.
    pub fn code(&self) -> Option<i64> {
        integer(self.member(&["code"])?)
    }

    /// Returns the error code of the API as text, such as `invalid_grant` or `uniqueness` of SCIM.
    ///
    /// It is `None` for a number, which [`code`](Self::code) returns.
    pub fn code_text(&self) -> Option<&str> {
        self.text(&["code", "error", "scimType"])
    }

    /// Returns the error message.
    pub fn message(&self) -> Option<&str> {
        self.text(&["message", "detail", "error_description", "title"])
    }

    /// Returns the URL of a page about the error.
    pub fn more_info(&self) -> Option<&str> {
        self.text(&["more_info", "moreInfo", "error_uri"])
    }

    /// Returns the HTTP status in the body, which is a number or a string there.
    pub fn body_status(&self) -> Option<i64> {
        integer(self.member(&["status", "httpStatusCode", "http_status_code"])?)
    }

    /// Returns the details of the error, whose format depends on the code.
    pub fn details(&self) -> Option<&Value> {
        self.member(&["details", "params"])
    }

    /// Returns whether the caller caused the error, according to the API.
    pub fn user_error(&self) -> Option<bool> {
        self.member(&["userError", "user_error"])?.as_bool()
    }

    /// Returns the URI that identifies the kind of problem (RFC 9457, `type`).
    pub fn problem_type(&self) -> Option<&str> {
        self.text(&["type"])
    }

    /// Returns the summary of the kind of problem (RFC 9457, `title`).
    pub fn title(&self) -> Option<&str> {
        self.text(&["title"])
    }

    /// Returns the explanation of this occurrence of the problem (RFC 9457 and SCIM, `detail`).
    pub fn detail(&self) -> Option<&str> {
        self.text(&["detail"])
    }

    /// Returns the URI that identifies this occurrence of the problem (RFC 9457, `instance`).
    pub fn instance(&self) -> Option<&str> {
        self.text(&["instance"])
    }

    /// Returns the list of individual problems (RFC 9457, `errors`).
    pub fn errors(&self) -> Option<&Value> {
        self.member(&["errors"])
    }

    /// Returns the first of the members that is present and not null.
    fn member(&self, names: &[&str]) -> Option<&Value> {
        let body = self.json.as_ref()?;
        names
            .iter()
            .filter_map(|name| body.get(name))
            .find(|value| !value.is_null())
    }

    fn text(&self, names: &[&str]) -> Option<&str> {
        let body = self.json.as_ref()?;
        names
            .iter()
            .filter_map(|name| body.get(name))
            .find_map(Value::as_str)
    }
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
