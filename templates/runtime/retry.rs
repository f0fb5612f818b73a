//! When a request is sent again, and after how long.

use super::error::{SendError, SendErrorKind};
use super::retry_after::retry_after;
use bytes::Bytes;
use http::{Method, StatusCode};
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::time::Duration;

/// When a request is sent again: how often, and with which pauses.
///
/// | what happened | sent again |
/// |---|---|
/// | no connection came about | always |
/// | 429 Too Many Requests | always: the API refused to look at it |
/// | 503 Service Unavailable with `Retry-After` | always: the API asks for it |
/// | other 5xx statuses; time ran out; the connection broke | when that is harmless |
/// | any other answer; an answer that is too long | never |
///
/// Harmless is what HTTP calls idempotent (RFC 9110, section 9.2.2): GET, HEAD, OPTIONS, TRACE, PUT
/// and DELETE; and any request whose caller says so with
/// [`Options::repeatable`](super::options::Options::repeatable). So the server carries out a POST
/// at most once.
///
/// The pause before each repetition is drawn between nothing and a bound that begins at
/// [`backoff`](Self::backoff) and doubles up to [`max_backoff`](Self::max_backoff). `Retry-After`, in
/// seconds or as a date, makes it longer. A pause that would not end before the
/// [timeout](super::config::Limits::timeout) is not begun: the last outcome is returned at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Retry {
    /// How often a request is sent at most: 3 times, unless set.
    pub attempts: u32,
    /// The bound of the first pause: 500 ms, unless set.
    pub backoff: Duration,
    /// The highest bound of a pause: 8 s, unless set.
    pub max_backoff: Duration,
}

impl Default for Retry {
    #[inline]
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
    #[inline]
    pub fn never() -> Self {
        Self::attempts(1)
    }

    /// Sends a request up to `attempts` times, with the default pauses.
    #[must_use]
    #[inline]
    pub fn attempts(attempts: u32) -> Self {
        Self {
            attempts,
            ..Self::default()
        }
    }

    /// Sets the bound of the first pause and the highest bound.
    #[must_use]
    #[inline]
    pub fn with_backoff(mut self, first: Duration, highest: Duration) -> Self {
        self.backoff = first;
        self.max_backoff = highest;
        self
    }

    /// Returns how long to wait before the request is sent again, or `None` when the outcome is the
    /// last one.
    #[inline]
    pub(super) fn pause(
        &self,
        attempts_made: u32,
        harmless: bool,
        outcome: &Result<http::Response<Bytes>, SendError>,
    ) -> Option<Duration> {
        if attempts_made >= self.attempts {
            return None;
        }
        let asked = match outcome {
            Ok(response) => retry_after(response.headers()),
            Err(_) => None,
        };
        let again = match outcome {
            Ok(response) => match response.status() {
                StatusCode::TOO_MANY_REQUESTS => true,
                StatusCode::SERVICE_UNAVAILABLE => harmless || asked.is_some(),
                status => harmless && status.is_server_error(),
            },
            Err(error) => match error.kind() {
                SendErrorKind::Connect | SendErrorKind::ConnectTimeout => true,
                SendErrorKind::Timeout | SendErrorKind::Broken => harmless,
                SendErrorKind::Setup | SendErrorKind::Token | SendErrorKind::TooLarge => false,
            },
        };
        again.then(|| self.jitter(attempts_made).max(asked.unwrap_or_default()))
    }

    #[inline]
    fn jitter(&self, attempts_made: u32) -> Duration {
        let doublings = attempts_made.saturating_sub(1).min(31);
        let bound = self.backoff.saturating_mul(1 << doublings);
        bound.min(self.max_backoff).mul_f64(random_share())
    }
}

/// Tells whether sending a request of this method twice does the same as sending it once.
#[inline]
pub(super) fn is_idempotent(method: &Method) -> bool {
    matches!(
        *method,
        Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE | Method::PUT | Method::DELETE
    )
}

/// Returns a number from 0 to 1 out of the random keys that the standard library gives its hash
/// maps.
#[inline]
fn random_share() -> f64 {
    let bits = RandomState::new().build_hasher().finish() >> 32;
    f64::from(u32::try_from(bits).unwrap_or_default()) / f64::from(u32::MAX)
}
