//! A transport for tests: it compares requests with expectations and returns prepared responses.

mod mock_transport;
mod recorded_request;

pub use self::mock_transport::{Expectation, MockTransport};
