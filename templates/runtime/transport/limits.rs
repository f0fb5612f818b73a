//! Limits on time and size.

use std::time::Duration;

/// The limits on the time of a request and the size of its response.
///
/// ```text
/// timeout               60 s      from the call to its result, with all attempts and the pauses between them
/// attempt_timeout       30 s      one attempt, from connecting to the last byte of the response
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
    /// The time limit of an attempt, from connecting to the last byte of the response.
    pub attempt_timeout: Duration,
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

impl Default for Limits {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(60),
            attempt_timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            max_response_size: 16 * 1024 * 1024,
            idle_timeout: Duration::from_secs(60),
            max_event_size: 16 * 1024 * 1024,
        }
    }
}
