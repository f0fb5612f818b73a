//! The mock transport.

use super::super::auth::Credentials;
use super::super::client::{Config, Operation};
use super::super::decode::Decoding;
use super::super::error::Error;
use super::super::transport::{BoxFuture, Limits, SendError, SendErrorKind, Transport, blocking};
#[cfg(feature = "twilio")]
use super::recorded_request::ANY_ACCOUNT;
use super::recorded_request::RecordedRequest;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};
use http::{Response, StatusCode};
use serde::Serialize;
use serde_json::Value;
use std::collections::VecDeque;
use std::fmt;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A transport for both clients that sends nothing: it compares every request with the expected ones, and returns prepared
/// responses.
///
/// An unexpected request fails with an error that shows the difference; [`verify`](Self::verify) reports it as well, and
/// the expected requests that were not sent. Clones share their state: a test keeps one and passes another to a client.
///
/// It has its own clock, which does not wait: pauses between attempts and delayed responses take no time, but count towards
/// the timeouts.
#[derive(Clone, Default)]
pub struct MockTransport {
    state: Arc<Mutex<State>>,
}

type SendResult = Result<Response<Bytes>, SendError>;

struct State {
    expected: Vec<(RecordedRequest, Prepared)>,
    prepared: VecDeque<Prepared>,
    requests: Vec<http::Request<Bytes>>,
    unexpected: Vec<String>,
    now: Instant,
}

struct Prepared {
    delay: Duration,
    result: SendResult,
}

impl Default for State {
    fn default() -> Self {
        Self {
            expected: Vec::new(),
            prepared: VecDeque::new(),
            requests: Vec::new(),
            unexpected: Vec::new(),
            now: Instant::now(),
        }
    }
}

impl MockTransport {
    /// Creates a transport that expects no request.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Expects a request once, with its method, path, query, own headers and body. The server, the credential and the
    /// headers of the client are not compared.
    ///
    /// Expected requests may be sent in any order.
    pub fn expect<O: Operation>(&self, operation: &O) -> Expectation<'_, O> {
        #[cfg(not(feature = "twilio"))]
        let credentials = Credentials::none();
        #[cfg(feature = "twilio")]
        let credentials = Credentials::none().with_account_sid(ANY_ACCOUNT);
        // The server is not compared, and a description may name none.
        let request = Config::new(credentials)
            .with_base_url("http://mock")
            .map_err(Error::from)
            .and_then(|config| operation.to_request(&config))
            .map(|request| RecordedRequest::new(&request))
            .map_err(|error| error.to_string());
        Expectation {
            mock: self,
            request,
            delay: Duration::ZERO,
            operation: PhantomData,
        }
    }

    /// Returns a status and a JSON body for the next request that is not expected.
    pub fn respond(&self, status: StatusCode, body: impl Into<Bytes>) -> &Self {
        self.respond_with(response(status, body.into()))
    }

    /// Returns a response for the next request that is not expected.
    pub fn respond_with(&self, response: Response<Bytes>) -> &Self {
        self.prepare(Duration::ZERO, Ok(response))
    }

    /// Returns an error for the next request that is not expected.
    pub fn fail(&self, error: SendError) -> &Self {
        self.prepare(Duration::ZERO, Err(error))
    }

    /// Returns the requests so far, one per attempt.
    pub fn requests(&self) -> Vec<http::Request<Bytes>> {
        self.state().requests.clone()
    }

    /// Asserts that all expected requests were sent, and no others.
    ///
    /// # Panics
    /// Panics with a report otherwise.
    #[track_caller]
    pub fn verify(&self) {
        let state = self.state();
        let missing = state.expected.iter();
        let missing = missing.map(|(request, _)| format!("expected, but not sent:\n{request}"));
        let problems: Vec<_> = state.unexpected.iter().cloned().chain(missing).collect();
        assert!(problems.is_empty(), "{}", problems.join("\n"));
    }

    fn prepare(&self, delay: Duration, result: SendResult) -> &Self {
        self.state().prepared.push_back(Prepared { delay, result });
        self
    }

    fn execute(&self, request: http::Request<Bytes>, limits: Limits) -> SendResult {
        let mut state = self.state();
        let sent = RecordedRequest::new(&request);
        state.requests.push(request);
        let expected = state
            .expected
            .iter()
            .position(|(one, _)| one.matches(&sent));
        let prepared = match expected {
            Some(index) => state.expected.remove(index).1,
            None => match state.prepared.pop_front() {
                Some(prepared) => prepared,
                None => return Err(state.unexpected_request(&sent)),
            },
        };
        state.now += prepared.delay.min(limits.timeout);
        if prepared.delay >= limits.timeout {
            return Err(SendError::new(SendErrorKind::Timeout));
        }
        match prepared.result {
            Ok(response) if response.body().len() > limits.max_response_size => {
                Err(SendError::new(SendErrorKind::TooLarge))
            }
            result => result,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn unexpected_request(&mut self, sent: &RecordedRequest) -> SendError {
        let text = match self.expected.first() {
            Some((expected, _)) => format!(
                "unexpected request (`-`: the next expected one, `+`: the sent one):\n{}",
                expected.diff(sent)
            ),
            None => format!("unexpected request, and no response is left:\n{sent}"),
        };
        self.unexpected.push(text.clone());
        SendError::with_source(SendErrorKind::Setup, UnexpectedRequest(text))
    }
}

/// An expected request, whose response is still to be set.
#[must_use = "an expectation needs a response"]
pub struct Expectation<'a, O> {
    mock: &'a MockTransport,
    /// The request, or why it cannot be built.
    request: Result<RecordedRequest, String>,
    delay: Duration,
    operation: PhantomData<fn() -> O>,
}

impl<'a, O: Operation> Expectation<'a, O> {
    /// Delays the response, on the clock of the transport.
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Responds with the status 200 and data of the operation's output type.
    ///
    /// # Panics
    /// Panics when the data cannot be written as JSON, or the request cannot be built.
    #[track_caller]
    pub fn respond(self, data: &O::Output) -> &'a MockTransport
    where
        O::Output: Serialize,
    {
        let text = serde_json::to_value(data);
        match (O::META.decoding, text) {
            (Decoding::Text, Ok(Value::String(text))) => {
                self.respond_with(Response::new(text.into()))
            }
            (Decoding::Bytes, Ok(Value::Array(bytes))) => {
                let bytes = bytes.iter().filter_map(Value::as_u64);
                let bytes = bytes.filter_map(|byte| u8::try_from(byte).ok());
                self.respond_with(Response::new(bytes.collect()))
            }
            _ => self.respond_json(StatusCode::OK, data),
        }
    }

    /// Responds with a status and a JSON body, such as that of an error.
    ///
    /// # Panics
    /// Panics when the body cannot be written as JSON, or the request cannot be built.
    #[track_caller]
    pub fn respond_json(
        self,
        status: StatusCode,
        body: &(impl Serialize + ?Sized),
    ) -> &'a MockTransport {
        let text = serde_json::to_vec(body);
        assert!(
            text.is_ok(),
            "the response cannot be written as JSON: {text:?}"
        );
        self.set_result(Ok(response(status, text.unwrap_or_default().into())))
    }

    /// Responds with an HTTP response.
    ///
    /// # Panics
    /// Panics when the expected request cannot be built.
    #[track_caller]
    pub fn respond_with(self, response: Response<Bytes>) -> &'a MockTransport {
        self.set_result(Ok(response))
    }

    /// Fails with an error.
    ///
    /// # Panics
    /// Panics when the expected request cannot be built.
    #[track_caller]
    pub fn fail(self, error: SendError) -> &'a MockTransport {
        self.set_result(Err(error))
    }

    #[track_caller]
    fn set_result(self, result: SendResult) -> &'a MockTransport {
        let delay = self.delay;
        assert!(
            self.request.is_ok(),
            "the expected request cannot be built: {:?}",
            self.request.err()
        );
        if let Ok(request) = self.request {
            let prepared = Prepared { delay, result };
            self.mock.state().expected.push((request, prepared));
        }
        self.mock
    }
}

impl<O> fmt::Debug for Expectation<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Expectation")
            .field("delay", &self.delay)
            .finish_non_exhaustive()
    }
}

/// An unexpected request. `Debug` shows its message, so that a failing `unwrap` does.
struct UnexpectedRequest(String);

impl fmt::Debug for UnexpectedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for UnexpectedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for UnexpectedRequest {}

fn response(status: StatusCode, body: Bytes) -> Response<Bytes> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}

impl Transport for MockTransport {
    fn send(
        &self,
        request: http::Request<Bytes>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<Response<Bytes>, SendError>> {
        Box::pin(async move { self.execute(request, limits) })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move { self.state().now += duration })
    }

    fn now(&self) -> Instant {
        self.state().now
    }
}

impl blocking::Transport for MockTransport {
    fn send(
        &self,
        request: http::Request<Bytes>,
        limits: Limits,
    ) -> Result<Response<Bytes>, SendError> {
        self.execute(request, limits)
    }

    fn sleep(&self, duration: Duration) {
        self.state().now += duration;
    }

    fn now(&self) -> Instant {
        self.state().now
    }
}

impl fmt::Debug for MockTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        f.debug_struct("MockTransport")
            .field("expected", &state.expected.len())
            .field("responses", &state.prepared.len())
            .field("requests", &state.requests.len())
            .finish_non_exhaustive()
    }
}
