//! What an API says when it refuses a request.

use super::retry_after::retry_after;
use super::secrets::{Secrets, shown};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::Value;
use std::fmt;
use std::time::Duration;

/// What the API said when it refused a request: status, headers and body, and what the body means.
///
/// Each accessor knows the names that the shapes in use give to the same thing:
///
/// | shape | recognised by |
/// |---|---|
/// | Twilio | `code`, `message`, `more_info` or `moreInfo`, `status`, `details` |
/// | Twilio, newer services | `code`, `message`, `httpStatusCode`, `params`, `userError`, or the same in snake case |
/// | RFC 9457, problem details | `type`, `title`, `status`, `detail`, `instance`, `errors` |
/// | SCIM (RFC 7644, section 3.12) | `status` as a string, `scimType`, `detail` |
/// | OAuth 2.0 (RFC 6749, section 5.2) | `error`, `error_description`, `error_uri` |
///
/// Empty, HTML and other bodies leave every accessor at `None` but [`body`](Self::body). `Debug`
/// and `Display` show the status, the code and the beginning of the message, no headers and no body.
/// When the server repeats the credential that it was sent, they do not.
#[derive(Clone)]
pub struct ApiError {
    operation: &'static str,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    json: Option<Value>,
    shown: Box<Shown>,
}

/// What `Debug` and `Display` show of the body.
#[derive(Clone)]
struct Shown {
    code: Option<String>,
    message: Option<String>,
}

impl ApiError {
    #[inline]
    pub(super) fn new(operation: &'static str, response: http::Response<Bytes>) -> Self {
        let (head, body) = response.into_parts();
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

    /// Takes the credentials of the request out of what is shown.
    #[inline]
    pub(super) fn conceal(&mut self, secrets: &Secrets) {
        self.show(|text| secrets.conceal(text));
    }

    fn show(&mut self, shown: impl Fn(&str) -> String) {
        let code = match self.code() {
            Some(code) => Some(code.to_string()),
            None => self.code_text().map(&shown),
        };
        let message = self.message().map(&shown);
        *self.shown = Shown { code, message };
    }

    /// Returns the id of the operation that was refused.
    #[inline]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns the status of the response.
    #[inline]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers of the response.
    #[inline]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the body of the response as it came.
    #[inline]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Returns how long the API asks to wait before the next attempt, by its header `Retry-After`.
    #[inline]
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(&self.headers)
    }

    /// Returns the body as JSON, when it is JSON.
    #[inline]
    pub fn json(&self) -> Option<&Value> {
        self.json.as_ref()
    }

    /// Returns the error code of the API as a number, also when it came as a string of digits.
    #[inline]
    pub fn code(&self) -> Option<i64> {
        integer(self.member(&["code"])?)
    }

    /// Returns the error code of the API as it was written, such as `invalid_grant` or SCIM's
    /// `uniqueness`.
    ///
    /// It is `None` for a code that came as a number; [`code`](Self::code) has that.
    #[inline]
    pub fn code_text(&self) -> Option<&str> {
        self.text(&["code", "error", "scimType"])
    }

    /// Returns what went wrong, in words.
    #[inline]
    pub fn message(&self) -> Option<&str> {
        self.text(&["message", "detail", "error_description", "title"])
    }

    /// Returns the address of a page about the error.
    #[inline]
    pub fn more_info(&self) -> Option<&str> {
        self.text(&["more_info", "moreInfo", "error_uri"])
    }

    /// Returns the HTTP status that the body repeats, be it as a number or as a string.
    #[inline]
    pub fn body_status(&self) -> Option<i64> {
        integer(self.member(&["status", "httpStatusCode", "http_status_code"])?)
    }

    /// Returns the particulars of the error, whose form depends on the code.
    #[inline]
    pub fn details(&self) -> Option<&Value> {
        self.member(&["details", "params"])
    }

    /// Returns whether the API holds the caller to be the cause.
    #[inline]
    pub fn user_error(&self) -> Option<bool> {
        self.member(&["userError", "user_error"])?.as_bool()
    }

    /// Returns the URI that identifies the kind of problem (RFC 9457, `type`).
    #[inline]
    pub fn problem_type(&self) -> Option<&str> {
        self.text(&["type"])
    }

    /// Returns the summary of the kind of problem (RFC 9457, `title`).
    #[inline]
    pub fn title(&self) -> Option<&str> {
        self.text(&["title"])
    }

    /// Returns the explanation of this occurrence of the problem (RFC 9457 and SCIM, `detail`).
    #[inline]
    pub fn detail(&self) -> Option<&str> {
        self.text(&["detail"])
    }

    /// Returns the URI that identifies this occurrence of the problem (RFC 9457, `instance`).
    #[inline]
    pub fn instance(&self) -> Option<&str> {
        self.text(&["instance"])
    }

    /// Returns the list of single problems (RFC 9457, `errors`).
    #[inline]
    pub fn errors(&self) -> Option<&Value> {
        self.member(&["errors"])
    }

    /// Returns the first of the members that is there and not null.
    #[inline]
    fn member(&self, names: &[&str]) -> Option<&Value> {
        let body = self.json.as_ref()?;
        names
            .iter()
            .filter_map(|name| body.get(name))
            .find(|value| !value.is_null())
    }

    #[inline]
    fn text(&self, names: &[&str]) -> Option<&str> {
        let body = self.json.as_ref()?;
        names
            .iter()
            .filter_map(|name| body.get(name))
            .find_map(Value::as_str)
    }
}

#[inline]
fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::String(text) => text.trim().parse().ok(),
        other => other.as_i64(),
    }
}

impl fmt::Debug for ApiError {
    #[inline]
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
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Shown { code, message } = &*self.shown;
        write!(f, "{} was refused: {}", self.operation, self.status)?;
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
