//! Limits on time and size.

use std::time::Duration;

/// The limits on the time of a request and the size of its response.
///
/// ```text
/// timeout               60 s      from the call to its result, with all attempts and the pauses between them
/// attempt_timeout       30 s      one attempt, from connecting to the last byte of the response; without a value of its own,
///                                 a `timeout` of more than 60 s is the limit of an attempt as well
/// connect_timeout       10 s      the part of an attempt until the connection is established
/// max_response_size     16 MiB    the body of the response
/// idle_timeout          60 s      the pauses in a body that is streamed, which the first two do not limit
/// max_event_size        16 MiB    an event of a stream
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Limits {
    /// The time limit of a request, with all attempts and the pauses between them.
    ///
    /// In the limits given to a transport, it is the time that is left for the attempt.
    pub timeout: Duration,
    /// The time limit of an attempt, from connecting to the last byte of the response. `None` is 30 seconds, or all of
    /// `timeout` where that is more than 60 seconds.
    pub attempt_timeout: Option<Duration>,
    /// The time limit of connecting, including the TLS handshake.
    pub connect_timeout: Duration,
    /// The size limit of the body of a response, in bytes. Reading stops at the limit.
    pub max_response_size: usize,
    /// The time limit between two chunks of a body that is streamed, up or down.
    ///
    /// For streams, `timeout` and `attempt_timeout` limit the time until the head of the response is received.
    pub idle_timeout: Duration,
    /// The size limit of one event of a stream, in bytes.
    pub max_event_size: usize,
}

const DEFAULT_TIMEOUT: Duration = Duration::from_secs(60);

impl Limits {
    /// Returns the time limit of an attempt.
    pub fn time_of_attempt(&self) -> Duration {
        match self.attempt_timeout {
            Some(timeout) => timeout,
            None if self.timeout > DEFAULT_TIMEOUT => self.timeout,
            None => Duration::from_secs(30),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            timeout: DEFAULT_TIMEOUT,
            attempt_timeout: None,
            connect_timeout: Duration::from_secs(10),
            max_response_size: 16 * 1024 * 1024,
            idle_timeout: Duration::from_secs(60),
            max_event_size: 16 * 1024 * 1024,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Limits;
    use std::time::Duration;

    #[test]
    fn an_attempt_takes_all_of_a_long_timeout() {
        let mut limits = Limits::default();
        assert_eq!(limits.time_of_attempt(), Duration::from_secs(30));
        limits.timeout = Duration::from_secs(600);
        assert_eq!(limits.time_of_attempt(), Duration::from_secs(600));
        limits.attempt_timeout = Some(Duration::from_secs(5));
        assert_eq!(limits.time_of_attempt(), Duration::from_secs(5));
    }
}
