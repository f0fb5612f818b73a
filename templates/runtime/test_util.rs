//! A transport for tests: it records requests, compares them with what is expected, and answers.

use super::blocking;
use super::config::{Config, Limits};
use super::credentials::Credentials;
use super::error::{SendError, SendErrorKind};
use super::operation::{Decoding, Operation};
use super::sent::{ANY_ACCOUNT, Sent};
use super::transport::{BoxFuture, Transport};
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

/// A transport for both clients that sends nothing: it compares every request with those that are
/// expected, and answers with what was prepared.
///
/// A request that is not expected fails, and its error shows how it differs;
/// [`verify`](Self::verify) reports it, too, along with what was expected and never came. Clones share
/// everything, so that a test keeps one and gives the other to a client.
///
/// Its clock does not wait: pauses between attempts and delayed answers take no time, and count
/// against the timeouts all the same.
#[derive(Clone, Default)]
pub struct MockTransport {
    state: Arc<Mutex<State>>,
}

type Outcome = Result<Response<Bytes>, SendError>;

struct State {
    expected: Vec<(Sent, Prepared)>,
    prepared: VecDeque<Prepared>,
    requests: Vec<http::Request<Bytes>>,
    surprises: Vec<String>,
    now: Instant,
}

struct Prepared {
    delay: Duration,
    outcome: Outcome,
}

impl Default for State {
    fn default() -> Self {
        Self {
            expected: Vec::new(),
            prepared: VecDeque::new(),
            requests: Vec::new(),
            surprises: Vec::new(),
            now: Instant::now(),
        }
    }
}

impl MockTransport {
    /// Makes a transport that expects nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Expects a request, once: its method, path, query, own headers and body. The server, the
    /// credential and the other headers are left to the client.
    ///
    /// What is expected may come in any order.
    pub fn expect<O: Operation>(&self, operation: &O) -> Expectation<'_, O> {
        let config = Config::new(Credentials::none().with_account_sid(ANY_ACCOUNT));
        let sent = operation
            .to_request(&config)
            .map(|request| Sent::of(&request))
            .map_err(|error| error.to_string());
        Expectation {
            mock: self,
            sent,
            delay: Duration::ZERO,
            of: PhantomData,
        }
    }

    /// Answers the next request that is not expected with a status and a body, whatever it is.
    pub fn answer(&self, status: StatusCode, body: impl Into<Bytes>) -> &Self {
        self.answer_with(response(status, body.into()))
    }

    /// Answers the next request that is not expected with a response, whatever it is.
    pub fn answer_with(&self, response: Response<Bytes>) -> &Self {
        self.prepare(Duration::ZERO, Ok(response))
    }

    /// Lets the next request that is not expected fail, whatever it is.
    pub fn fail(&self, error: SendError) -> &Self {
        self.prepare(Duration::ZERO, Err(error))
    }

    /// Returns the requests so far, one for each attempt.
    pub fn requests(&self) -> Vec<http::Request<Bytes>> {
        self.state().requests.clone()
    }

    /// Asserts that everything expected came, and nothing else did.
    ///
    /// # Panics
    /// Panics with a readable report otherwise: this is for tests.
    #[track_caller]
    pub fn verify(&self) {
        let state = self.state();
        let missing = state.expected.iter();
        let missing = missing.map(|(sent, _)| format!("expected, and never sent:\n{sent}"));
        let problems: Vec<_> = state.surprises.iter().cloned().chain(missing).collect();
        assert!(problems.is_empty(), "{}", problems.join("\n"));
    }

    fn prepare(&self, delay: Duration, outcome: Outcome) -> &Self {
        self.state().prepared.push_back(Prepared { delay, outcome });
        self
    }

    fn exchange(&self, request: http::Request<Bytes>, limits: Limits) -> Outcome {
        let mut state = self.state();
        let sent = Sent::of(&request);
        state.requests.push(request);
        let expected = state
            .expected
            .iter()
            .position(|(one, _)| one.is_met_by(&sent));
        let prepared = match expected {
            Some(index) => state.expected.remove(index).1,
            None => match state.prepared.pop_front() {
                Some(prepared) => prepared,
                None => return Err(state.surprise(&sent)),
            },
        };
        state.now += prepared.delay.min(limits.timeout);
        if prepared.delay >= limits.timeout {
            return Err(SendError::new(SendErrorKind::Timeout));
        }
        match prepared.outcome {
            Ok(response) if response.body().len() > limits.max_response_size => {
                Err(SendError::new(SendErrorKind::TooLarge))
            }
            outcome => outcome,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn surprise(&mut self, sent: &Sent) -> SendError {
        let text = match self.expected.first() {
            Some((expected, _)) => format!(
                "not expected (`-` is what was expected next, `+` what was sent):\n{}",
                expected.diff(sent)
            ),
            None => format!("not expected, and the mock transport has no answer left:\n{sent}"),
        };
        self.surprises.push(text.clone());
        SendError::with_source(SendErrorKind::Setup, Surprise(text))
    }
}

/// A request that is expected, and has no answer yet.
#[must_use = "an expectation needs an answer"]
pub struct Expectation<'a, O> {
    mock: &'a MockTransport,
    /// The request, or why it cannot be built.
    sent: Result<Sent, String>,
    delay: Duration,
    of: PhantomData<fn() -> O>,
}

impl<'a, O: Operation> Expectation<'a, O> {
    /// Lets the answer come after a while, on the clock of the transport.
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Answers 200 with a value of the operation's own type.
    ///
    /// # Panics
    /// Panics when the value cannot be written as JSON, or the request not be built: this is for
    /// tests.
    #[track_caller]
    pub fn answer(self, value: &O::Output) -> &'a MockTransport
    where
        O::Output: Serialize,
    {
        let text = serde_json::to_value(value);
        match (O::META.decoding, text) {
            (Decoding::Text, Ok(Value::String(text))) => self.answer_with(Response::new(text.into())),
            (Decoding::Bytes, Ok(Value::Array(bytes))) => {
                let bytes = bytes.iter().filter_map(Value::as_u64);
                let bytes = bytes.filter_map(|byte| u8::try_from(byte).ok());
                self.answer_with(Response::new(bytes.collect()))
            }
            _ => self.answer_json(StatusCode::OK, value),
        }
    }

    /// Answers with a status and a JSON body, such as what the API says when it refuses.
    ///
    /// # Panics
    /// Panics when the body cannot be written as JSON, or the request not be built: this is for
    /// tests.
    #[track_caller]
    pub fn answer_json(
        self,
        status: StatusCode,
        body: &(impl Serialize + ?Sized),
    ) -> &'a MockTransport {
        let text = serde_json::to_vec(body);
        assert!(
            text.is_ok(),
            "the answer cannot be written as JSON: {text:?}"
        );
        self.settle(Ok(response(status, text.unwrap_or_default().into())))
    }

    /// Answers with a response.
    ///
    /// # Panics
    /// Panics when the expected request cannot be built: this is for tests.
    #[track_caller]
    pub fn answer_with(self, response: Response<Bytes>) -> &'a MockTransport {
        self.settle(Ok(response))
    }

    /// Lets the request fail.
    ///
    /// # Panics
    /// Panics when the expected request cannot be built: this is for tests.
    #[track_caller]
    pub fn fail(self, error: SendError) -> &'a MockTransport {
        self.settle(Err(error))
    }

    #[track_caller]
    fn settle(self, outcome: Outcome) -> &'a MockTransport {
        let delay = self.delay;
        assert!(
            self.sent.is_ok(),
            "the expected request cannot be built: {:?}",
            self.sent.err()
        );
        if let Ok(sent) = self.sent {
            let prepared = Prepared { delay, outcome };
            self.mock.state().expected.push((sent, prepared));
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

/// A request that was not expected. Its `Debug` is its text, so that a failing `unwrap` shows it.
struct Surprise(String);

impl fmt::Debug for Surprise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Surprise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Surprise {}

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
        Box::pin(async move { self.exchange(request, limits) })
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
        self.exchange(request, limits)
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
            .field("answers", &state.prepared.len())
            .field("requests", &state.requests.len())
            .finish_non_exhaustive()
    }
}
