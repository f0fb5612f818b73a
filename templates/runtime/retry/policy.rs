//! When a request is sent again, and after which pause.

use super::super::transport::{SendError, SendErrorKind};
use super::after::retry_after;
use super::attempt::{Attempt, RetryRule};
use http::{HeaderMap, Method, StatusCode};
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::time::Duration;

/// The headers whose value is the key of one execution.
const IDEMPOTENCY_KEYS: [&str; 2] = ["idempotency-key", "x-idempotency-key"];

/// When a request is sent again: the number of attempts, and the pauses between them.
///
/// | result of an attempt | sent again |
/// |---|---|
/// | no connection was established | always |
/// | 429 Too Many Requests | always: the API did not execute the request |
/// | 503 Service Unavailable with `Retry-After` | always: the API asks for it |
/// | another 5xx status; a timeout; a broken connection | if the request is idempotent |
/// | any other response; a response beyond the size limit | never |
///
/// Requests with the methods GET, HEAD, OPTIONS, TRACE, PUT, DELETE and QUERY are idempotent (RFC 9110, section 9.2.2), and so
/// are those with a header `Idempotency-Key` or `X-Idempotency-Key`, and those that the caller marks with
/// [`Options::idempotent`](super::super::Options::idempotent). The server executes any other request, such as a POST, at
/// most once. [`ClientBuilder::retry_if`](super::super::ClientBuilder::retry_if) sets another rule.
///
/// Each pause is random between zero and a bound, which begins at [`backoff`](Self::backoff) and doubles up to
/// [`max_backoff`](Self::max_backoff). It is not shorter than `Retry-After`, in seconds or as a date. A pause that would
/// exceed the [timeout](super::super::Limits::timeout) is not started: the last result is returned at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Retry {
    /// The maximum number of attempts, 3 by default.
    pub attempts: u32,
    /// The bound of the first pause, 500 ms by default.
    pub backoff: Duration,
    /// The maximum bound of a pause, 8 s by default.
    pub max_backoff: Duration,
}

impl Default for Retry {
    fn default() -> Self {
        Self {
            attempts: 3,
            backoff: Duration::from_millis(500),
            max_backoff: Duration::from_secs(8),
        }
    }
}

impl Retry {
    /// Sends every request once.
    #[must_use]
    pub fn never() -> Self {
        Self::attempts(1)
    }

    /// Sends a request up to `attempts` times, with the default pauses.
    #[must_use]
    pub fn attempts(attempts: u32) -> Self {
        Self {
            attempts,
            ..Self::default()
        }
    }

    /// Sets the bound of the first pause and the highest bound.
    #[must_use]
    pub fn with_backoff(mut self, first: Duration, highest: Duration) -> Self {
        self.backoff = first;
        self.max_backoff = highest;
        self
    }

    /// Returns the pause before the next attempt, or `None` when there is none.
    pub(crate) fn pause<B>(
        &self,
        attempts_made: u32,
        is_idempotent: bool,
        result: &Result<http::Response<B>, SendError>,
        rule: Option<&RetryRule>,
    ) -> Option<Duration> {
        if attempts_made >= self.attempts {
            return None;
        }
        let requested = match result {
            Ok(response) => retry_after(response.headers()),
            Err(_) => None,
        };
        let is_retried = is_retried(is_idempotent, requested, result);
        let again = rule.map_or(is_retried, |rule| {
            rule(&Attempt {
                number: attempts_made,
                is_idempotent,
                is_retried,
                result: match result {
                    Ok(response) => Ok((response.status(), response.headers())),
                    Err(error) => Err(error),
                },
            })
        });
        again.then(|| {
            self.jitter(attempts_made)
                .max(requested.unwrap_or_default())
        })
    }

    fn jitter(&self, attempts_made: u32) -> Duration {
        let doublings = attempts_made.saturating_sub(1).min(31);
        let bound = self.backoff.saturating_mul(1 << doublings);
        bound.min(self.max_backoff).mul_f64(random_share())
    }
}

/// Returns whether a request is sent again without a rule of the caller.
fn is_retried<B>(
    is_idempotent: bool,
    requested: Option<Duration>,
    result: &Result<http::Response<B>, SendError>,
) -> bool {
    match result {
        Ok(response) => match response.status() {
            StatusCode::TOO_MANY_REQUESTS => true,
            StatusCode::SERVICE_UNAVAILABLE => is_idempotent || requested.is_some(),
            status => is_idempotent && status.is_server_error(),
        },
        Err(error) => match error.kind() {
            SendErrorKind::Connect | SendErrorKind::ConnectTimeout => true,
            SendErrorKind::Timeout | SendErrorKind::Broken => is_idempotent,
            SendErrorKind::Setup
            | SendErrorKind::Token
            | SendErrorKind::RequestBody
            | SendErrorKind::TooLarge
            | SendErrorKind::EventTooLarge => false,
        },
    }
}

/// Returns whether a request has a key by which the service tells that it was executed already.
pub(crate) fn has_idempotency_key(headers: &HeaderMap) -> bool {
    IDEMPOTENCY_KEYS
        .iter()
        .any(|name| headers.contains_key(*name))
}

/// Returns whether requests with this method are idempotent (RFC 9110, section 9.2.2, and the method QUERY).
pub(crate) fn is_idempotent(method: &Method) -> bool {
    matches!(
        *method,
        Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE | Method::PUT | Method::DELETE
    ) || method.as_str() == "QUERY"
}

/// Returns a random number from 0 to 1, from the random keys of the hash maps of the standard library.
fn random_share() -> f64 {
    let bits = RandomState::new().build_hasher().finish() >> 32;
    f64::from(u32::try_from(bits).unwrap_or_default()) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Retry, SendError, SendErrorKind, is_idempotent};
    use bytes::Bytes;
    use http::{Method, StatusCode};
    use std::sync::Arc;
    use std::time::Duration;

    fn response(
        status: u16,
        retry_after: Option<&str>,
    ) -> Result<http::Response<Bytes>, SendError> {
        let mut response = http::Response::builder().status(status);
        if let Some(retry_after) = retry_after {
            response = response.header("retry-after", retry_after);
        }
        Ok(response.body(Bytes::new()).expect("a response"))
    }

    /// Returns whether a result is retried: of a request that is not idempotent, and of one that is.
    fn is_retried(result: &Result<http::Response<Bytes>, SendError>) -> (bool, bool) {
        let retry = Retry::default();
        let is_retried = |is_idempotent| retry.pause(1, is_idempotent, result, None).is_some();
        (is_retried(false), is_retried(true))
    }

    #[test]
    fn responses_are_retried_where_that_is_safe() {
        for (status, retry_after, expected) in [
            (200, None, (false, false)),
            (404, None, (false, false)),
            (408, None, (false, false)),
            (429, None, (true, true)),
            (500, None, (false, true)),
            (503, None, (false, true)),
            (503, Some("1"), (true, true)),
            (504, Some("1"), (false, true)),
        ] {
            let result = response(status, retry_after);
            assert_eq!(is_retried(&result), expected, "{status}");
        }
    }

    #[test]
    fn errors_are_retried_where_that_is_safe() {
        for (kind, expected) in [
            (SendErrorKind::Setup, (false, false)),
            (SendErrorKind::Token, (false, false)),
            (SendErrorKind::Connect, (true, true)),
            (SendErrorKind::ConnectTimeout, (true, true)),
            (SendErrorKind::Timeout, (false, true)),
            (SendErrorKind::TooLarge, (false, false)),
            (SendErrorKind::EventTooLarge, (false, false)),
            (SendErrorKind::Broken, (false, true)),
        ] {
            assert_eq!(is_retried(&Err(SendError::new(kind))), expected, "{kind:?}");
        }
    }

    #[test]
    fn pauses_are_bounded_and_at_least_what_the_server_requests() {
        let second = Duration::from_secs(1);
        let retry = Retry::attempts(9).with_backoff(second, 4 * second);
        let pause = |made, result| retry.pause(made, true, result, None);
        let unavailable = response(503, None);
        for (made, bound) in [(1, 1), (2, 2), (3, 4), (8, 4)] {
            let pause = pause(made, &unavailable).expect("a pause");
            assert!(pause <= bound * second, "{pause:?} after {made}");
        }
        assert_eq!(pause(9, &unavailable), None);
        let pause = pause(1, &response(503, Some("30"))).expect("a pause");
        assert_eq!(pause, 30 * second);
    }

    #[test]
    fn a_rule_decides_within_the_number_of_attempts() {
        let rule: super::RetryRule = Arc::new(|attempt| {
            attempt.is_retried() || attempt.status() == Some(StatusCode::CONFLICT)
        });
        let retry = Retry::default();
        for (made, status, expected) in [
            (1, 409, true),
            (2, 429, true),
            (1, 500, false),
            (3, 409, false),
        ] {
            let result = response(status, None);
            let pause = retry.pause(made, false, &result, Some(&rule));
            assert_eq!(pause.is_some(), expected, "{status} after {made}");
        }
    }

    #[test]
    fn methods_are_idempotent_as_http_defines_them() {
        for method in [Method::GET, Method::PUT, Method::DELETE, Method::HEAD] {
            assert!(is_idempotent(&method), "{method}");
        }
        for method in [Method::POST, Method::PATCH, Method::CONNECT] {
            assert!(!is_idempotent(&method), "{method}");
        }
    }
}
