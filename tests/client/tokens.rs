//! Waiting for an access token: nobody waits for a request that is not polled, and everybody keeps their own time limit.

use crate::support::run;
use bytes::Bytes;
use cratewright_runtime::{
    BoxFuture, Client, ClientCredentials, Config, Credentials, Encoder, Error, Limits, Meta,
    Operation, Options, SendError, SendErrorKind, Transport, blocking,
};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

#[derive(Debug, Clone, Copy)]
struct Get;

impl Operation for Get {
    type Output = ();

    const META: Meta = Meta::new("Get", "GET", "https://api.example.com", "/x");

    fn encode(&self, _: &mut Encoder<'_>) {}
}

/// A server whose token URL responds when a test says so, and a clock that a test sets.
#[derive(Clone)]
struct TokenServer {
    state: Arc<(Mutex<State>, Condvar)>,
}

struct State {
    now: Instant,
    token_status: Option<u16>,
    token_requests: usize,
    wakers: Vec<Waker>,
}

impl TokenServer {
    fn new() -> Self {
        let state = State {
            now: Instant::now(),
            token_status: None,
            token_requests: 0,
            wakers: Vec::new(),
        };
        Self {
            state: Arc::new((Mutex::new(state), Condvar::new())),
        }
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        let wakers = {
            let mut state = self.state.0.lock().expect("no panic");
            change(&mut state);
            std::mem::take(&mut state.wakers)
        };
        self.state.1.notify_all();
        wakers.into_iter().for_each(Waker::wake);
    }

    fn pass(&self, time: Duration) {
        self.change(|state| state.now += time);
    }

    fn respond(&self, status: u16) {
        self.change(|state| state.token_status = Some(status));
    }

    fn token_requests(&self) -> usize {
        self.state.0.lock().expect("no panic").token_requests
    }

    /// Waits, without blocking the thread, until there is a value.
    fn until<T>(&self, mut value: impl FnMut(&State) -> Option<T>) -> impl Future<Output = T> {
        poll_fn(move |context| {
            let mut state = self.state.0.lock().expect("no panic");
            match value(&state) {
                Some(value) => Poll::Ready(value),
                None => {
                    state.wakers.push(context.waker().clone());
                    Poll::Pending
                }
            }
        })
    }

    /// Returns the response, once there is one or the time is over.
    fn response(
        is_token: bool,
        state: &State,
        end: Instant,
    ) -> Option<Result<http::Response<Bytes>, SendError>> {
        let status = if is_token {
            state.token_status
        } else {
            Some(200)
        };
        if let Some(status) = status {
            let body = r#"{"access_token": "t", "token_type": "bearer", "expires_in": 600}"#;
            let response = http::Response::builder().status(status);
            return Some(Ok(response.body(body.into()).expect("a response")));
        }
        (state.now >= end).then(|| Err(SendError::new(SendErrorKind::Timeout)))
    }

    fn begin(&self, request: &http::Request<Bytes>, limits: Limits) -> (bool, Instant) {
        let is_token = request.uri().path() == "/token";
        let mut state = self.state.0.lock().expect("no panic");
        state.token_requests += usize::from(is_token);
        self.state.1.notify_all();
        (is_token, state.now + limits.timeout)
    }
}

impl Transport for TokenServer {
    fn send(
        &self,
        request: http::Request<Bytes>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, SendError>> {
        Box::pin(async move {
            let (is_token, end) = self.begin(&request, limits);
            self.until(|state| Self::response(is_token, state, end))
                .await
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        let end = Transport::now(self) + duration;
        Box::pin(self.until(move |state| (state.now >= end).then_some(())))
    }

    fn now(&self) -> Instant {
        self.state.0.lock().expect("no panic").now
    }
}

impl blocking::Transport for TokenServer {
    fn send(
        &self,
        request: http::Request<Bytes>,
        limits: Limits,
    ) -> Result<http::Response<Bytes>, SendError> {
        let (is_token, end) = self.begin(&request, limits);
        let mut state = self.state.0.lock().expect("no panic");
        loop {
            if let Some(result) = Self::response(is_token, &state, end) {
                return result;
            }
            state = self.state.1.wait(state).expect("no panic");
        }
    }

    fn sleep(&self, duration: Duration) {
        self.pass(duration);
    }

    fn now(&self) -> Instant {
        Transport::now(self)
    }
}

fn config() -> Config {
    let client = ClientCredentials::new("https://api.example.com/token", "id", "s3cret");
    Config::new(Credentials::client_credentials(client))
}

fn client() -> (TokenServer, Client) {
    let server = TokenServer::new();
    let client = Client::with_transport(config(), server.clone());
    (server, client)
}

type Sent = Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>;

fn send(client: &Client, timeout: u64) -> Sent {
    let options = Options::new().timeout(Duration::from_secs(timeout));
    let response = client.with(options).send(Get);
    Box::pin(async move { response.await.map(|_| ()) })
}

/// Polls a future once, and returns its output if it is ready.
fn poll(sent: &mut Sent) -> Option<Result<(), Error>> {
    let mut context = Context::from_waker(Waker::noop());
    match sent.as_mut().poll(&mut context) {
        Poll::Ready(result) => Some(result),
        Poll::Pending => None,
    }
}

fn kind(result: Option<Result<(), Error>>) -> Option<SendErrorKind> {
    match result?.expect_err("no response") {
        Error::Send(error) => Some(error.kind()),
        other => panic!("{other}"),
    }
}

#[test]
fn a_request_that_is_not_polled_holds_nobody_up() {
    let (server, client) = client();
    let (mut resting, mut other) = (send(&client, 60), send(&client, 60));
    assert!(poll(&mut resting).is_none());
    assert!(poll(&mut other).is_none());
    server.respond(200);
    assert!(poll(&mut other).is_some_and(|result| result.is_ok()));
    assert!(run(send(&client, 60)).is_ok());
    assert!(run(resting).is_ok());
    assert_eq!(server.token_requests(), 1);
}

#[test]
fn every_request_that_waits_is_woken() {
    let (server, client) = client();
    let mut resting = send(&client, 60);
    assert!(poll(&mut resting).is_none());
    run(async {
        let tasks: Vec<_> = (0..50).map(|_| tokio::spawn(send(&client, 60))).collect();
        tokio::task::yield_now().await;
        server.respond(200);
        for task in tasks {
            task.await.expect("no panic").expect("a response");
        }
    });
    assert_eq!(server.token_requests(), 1);
}

#[test]
fn every_request_keeps_its_own_time_limit() {
    let (server, client) = client();
    let (mut patient, mut hasty) = (send(&client, 20), send(&client, 2));
    assert!(poll(&mut patient).is_none());
    assert!(poll(&mut hasty).is_none());
    server.pass(Duration::from_secs(2));
    assert_eq!(kind(poll(&mut hasty)), Some(SendErrorKind::Timeout));
    assert!(poll(&mut patient).is_none());
    server.respond(200);
    assert!(poll(&mut patient).is_some_and(|result| result.is_ok()));
    assert_eq!(server.token_requests(), 1);
}

#[test]
fn the_time_limit_of_the_first_request_is_not_that_of_the_token() {
    let (server, client) = client();
    let (mut hasty, mut patient) = (send(&client, 2), send(&client, 20));
    assert!(poll(&mut hasty).is_none());
    assert!(poll(&mut patient).is_none());
    server.pass(Duration::from_secs(2));
    assert_eq!(kind(poll(&mut hasty)), Some(SendErrorKind::Timeout));
    drop(hasty);
    assert!(poll(&mut patient).is_none());
    server.respond(200);
    assert!(poll(&mut patient).is_some_and(|result| result.is_ok()));
    assert_eq!(server.token_requests(), 1);
}

#[test]
fn a_token_that_nobody_waits_for_is_not_fetched() {
    let (server, client) = client();
    let mut sent = send(&client, 60);
    assert!(poll(&mut sent).is_none());
    drop(sent);
    let mut next = send(&client, 60);
    assert!(poll(&mut next).is_none());
    assert_eq!(server.token_requests(), 2);
}

#[test]
fn blocking_requests_keep_their_own_time_limits() {
    let server = TokenServer::new();
    let client = blocking::Client::with_transport(config(), server.clone());
    std::thread::scope(|scope| {
        let patient = scope.spawn(|| client.send(Get));
        let hasty = client.with(Options::new().timeout(Duration::from_millis(1)));
        let error = hasty.send(Get).expect_err("no token");
        assert!(matches!(error, Error::Send(error) if error.is_timeout()));
        server.respond(200);
        patient.join().expect("no panic").expect("a response");
    });
    client.send(Get).expect("a response");
    assert_eq!(server.token_requests(), 1);
}

/// A transport that panics on the way to a token.
struct Panicking;

impl blocking::Transport for Panicking {
    fn send(&self, _: http::Request<Bytes>, _: Limits) -> Result<http::Response<Bytes>, SendError> {
        panic!("on purpose");
    }
}

#[test]
fn a_panic_on_the_way_to_a_token_is_an_error() {
    let client = blocking::Client::with_transport(config(), Panicking);
    let error = client.send(Get).expect_err("no token");
    assert!(matches!(error, Error::Send(error) if error.kind() == SendErrorKind::Token));
}
