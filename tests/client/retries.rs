//! What is sent again, how often, and when both clients give up: counted at a server, or by a clock that does not wait.

mod retry_after;

use crate::support::clock::{timed, with_both};
use crate::support::{Reply, Server, run};
use http::StatusCode;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use twilio_flex::test_util::MockTransport;
use twilio_flex::{
    BoxFuture, Client, Config, Credentials, Encoder, Error, Limits, Meta, Operation, Options,
    Response, Retry, SendError, SendErrorKind, Transport, blocking,
};

/// An operation of each method.
macro_rules! operation {
    ($name:ident, $method:ident) => {
        #[derive(Debug, Clone, Copy)]
        struct $name;

        impl Operation for $name {
            type Output = ();

            const META: Meta = Meta::new(
                stringify!($name),
                stringify!($method),
                "https://example.com",
                "/x",
            );

            fn encode(&self, request: &mut Encoder<'_>) {
                if Self::META.method == "POST" {
                    request.form().field("A", &"b");
                }
            }
        }
    };
}

operation!(Get, GET);
operation!(Put, PUT);
operation!(Delete, DELETE);
operation!(Post, POST);
operation!(Patch, PATCH);

/// Three attempts, almost without pauses.
fn quick() -> Retry {
    Retry::attempts(3).with_backoff(Duration::from_millis(2), Duration::from_millis(4))
}

fn clients(url: &str) -> (Client, blocking::Client) {
    (
        Client::builder(Credentials::none())
            .base_url(url)
            .retry(quick())
            .attempt_timeout(Duration::from_secs(5))
            .build()
            .expect("a client"),
        blocking::Client::builder(Credentials::none())
            .base_url(url)
            .retry(quick())
            .attempt_timeout(Duration::from_secs(5))
            .build()
            .expect("a client"),
    )
}

/// Sends with both clients to a server of its own each, and returns how many requests each server
/// read, which must be the same, and the first outcome.
fn send<O: Operation + Copy>(
    replies: &[Reply],
    options: &Options,
    operation: O,
) -> (usize, Result<Response<O::Output>, Error>) {
    let servers = [(); 2].map(|()| Server::script(replies.to_vec()));
    let outcomes = [
        run(clients(&servers[0].url())
            .0
            .with(options.clone())
            .send(operation)),
        clients(&servers[1].url())
            .1
            .with(options.clone())
            .send(operation),
    ];
    let counts = servers.map(|server| server.requests().len());
    assert_eq!(
        counts[0],
        counts[1],
        "the clients differ: {:?}",
        outcomes[1].as_ref().err()
    );
    let shown = |outcome: &Result<Response<O::Output>, Error>| match outcome {
        Ok(response) => response.status().to_string(),
        Err(Error::Send(error)) => format!("{:?}", error.kind()),
        Err(error) => error.to_string(),
    };
    assert_eq!(
        shown(&outcomes[0]),
        shown(&outcomes[1]),
        "the clients differ"
    );
    let [first, _] = outcomes;
    (counts[0], first)
}

fn reply(status: &str) -> Reply {
    Reply::json(status, "{}")
}

/// A request read, and no reply.
fn cut() -> Reply {
    Reply::Bytes(Vec::new())
}

/// How often both clients send an operation to a server that gives this status to all requests.
fn attempts<O: Operation + Copy>(status: u16, options: &Options, operation: O) -> [usize; 2] {
    let status = StatusCode::from_u16(status).expect("a status");
    with_both(|mock, client| {
        for _ in 0..5 {
            mock.respond(status, "{}");
        }
        drop(client.send(options, operation));
        mock.requests().len()
    })
}

#[test]
fn a_5xx_storm_repeats_what_is_idempotent() {
    for status in [500, 502, 503, 504, 599] {
        let none = Options::new();
        assert_eq!(attempts(status, &none, Get), [3; 2], "GET, {status}");
        assert_eq!(attempts(status, &none, Put), [3; 2], "PUT, {status}");
        assert_eq!(attempts(status, &none, Delete), [3; 2], "DELETE, {status}");
        assert_eq!(attempts(status, &none, Patch), [1; 2], "PATCH, {status}");
        assert_eq!(attempts(status, &none, Post), [1; 2], "POST, {status}");
        let repeatable = Options::new().idempotent();
        assert_eq!(attempts(status, &repeatable, Post), [3; 2], "{status}");
        let once = Options::new().retry(Retry::never());
        assert_eq!(attempts(status, &once, Get), [1; 2], "{status}");
    }
}

#[test]
fn what_is_repeated_may_succeed() {
    let (count, outcome) = send(
        &[reply("500 Oh"), cut(), reply("200 OK")],
        &Options::new(),
        Get,
    );
    assert_eq!(count, 3);
    outcome.expect("a success");
}

#[test]
fn a_refusal_is_not_repeated() {
    for status in [400, 401, 403, 404, 409, 302] {
        assert_eq!(attempts(status, &Options::new(), Get), [1; 2], "{status}");
    }
}

#[test]
fn a_post_goes_out_once_whatever_becomes_of_it() {
    let whole = b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"a\": \"bcdefghijklm\"}";
    let mut cuts: Vec<Reply> = (0..whole.len() - 1)
        .step_by(7)
        .map(|end| Reply::Bytes(whole[..end].to_vec()))
        .collect();
    cuts.push(Reply::Bytes(b"garbage garbage\r\n\r\n".to_vec()));
    cuts.push(Reply::Bytes(
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n".to_vec(),
    ));
    for reply in cuts {
        let (count, outcome) = send(std::slice::from_ref(&reply), &Options::new(), Post);
        assert_eq!(count, 1);
        assert!(matches!(outcome, Err(Error::Send(_))), "{outcome:?}");
    }
    let (count, _) = send(&[cut()], &Options::new(), Get);
    assert_eq!(count, 3, "a GET is sent again");
}

#[test]
fn a_timeout_repeats_a_get_and_no_post() {
    let options = Options::new().attempt_timeout(Duration::from_millis(300));
    timed(|mock, client| {
        mock.expect(&Post)
            .after(Duration::from_secs(1))
            .respond_json(StatusCode::OK, &());
        let outcome = client.send(&options, Post);
        assert!(outcome.is_err_and(|error| error.is_timeout()));
        assert_eq!(mock.requests().len(), 1);
    });
    timed(|mock, client| {
        mock.expect(&Get)
            .after(Duration::from_secs(1))
            .respond_json(StatusCode::OK, &());
        mock.respond(StatusCode::OK, "{}");
        client.send(&options, Get).expect("a success");
        assert_eq!(mock.requests().len(), 2);
    });
}

#[test]
fn the_total_timeout_ends_it_all() {
    let options = Options::new()
        .timeout(Duration::from_millis(700))
        .attempt_timeout(Duration::from_millis(300))
        .retry(Retry::attempts(100).with_backoff(Duration::ZERO, Duration::ZERO));
    let elapsed = timed(|mock, client| {
        for _ in 0..100 {
            mock.expect(&Get)
                .after(Duration::from_secs(1))
                .respond_json(StatusCode::OK, &());
        }
        let outcome = client.send(&options, Get);
        assert!(outcome.is_err_and(|error| error.is_timeout()));
        assert_eq!(
            mock.requests().len(),
            3,
            "300 ms, 300 ms, and the 100 ms that are left"
        );
    });
    assert_eq!(elapsed, [Duration::from_millis(700); 2]);
}

/// A transport that never connects, with the clock of the mock.
struct Unconnected(MockTransport, Arc<AtomicUsize>);

impl Transport for Unconnected {
    fn send(
        &self,
        _: http::Request<bytes::Bytes>,
        _: Limits,
    ) -> BoxFuture<'_, Result<http::Response<bytes::Bytes>, SendError>> {
        self.1.fetch_add(1, Ordering::Relaxed);
        Box::pin(async { Err(SendError::new(SendErrorKind::Connect)) })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Transport::sleep(&self.0, duration)
    }

    fn now(&self) -> Instant {
        Transport::now(&self.0)
    }
}

#[test]
fn a_connection_never_made_is_tried_again_with_any_method() {
    let attempts = Arc::new(AtomicUsize::new(0));
    let transport = Unconnected(MockTransport::new(), Arc::clone(&attempts));
    let client = Client::with_transport(Config::new(Credentials::none()), transport);
    let outcome = run(client.send(Post));
    assert!(matches!(outcome, Err(Error::Send(error)) if error.is_connect()));
    assert_eq!(attempts.load(Ordering::Relaxed), 3);
}

#[test]
fn a_server_that_comes_up_late_is_found() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let retry =
        Retry::attempts(200).with_backoff(Duration::from_millis(50), Duration::from_millis(100));
    let client = blocking::Client::builder(Credentials::none())
        .base_url(format!("http://{address}"))
        .retry(retry)
        .build()
        .expect("a client");
    let late = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(200));
        Server::at(address, reply("200 OK"))
    });
    let outcome = client.send(Post);
    let Some(server) = late.join().expect("no panic") else {
        return; // The port is taken by now.
    };
    outcome.expect("a success");
    assert_eq!(server.requests().len(), 1);
}

/// Pauses are drawn between nothing and a bound that doubles.
#[test]
fn pauses_are_jittered_and_bounded() {
    let mut pauses = Vec::new();
    for _ in 0..50 {
        let transport = MockTransport::new();
        for _ in 0..6 {
            transport.fail(SendError::new(SendErrorKind::Connect));
        }
        let retry = Retry::attempts(6).with_backoff(Duration::from_secs(1), Duration::from_secs(4));
        let config = Config::new(Credentials::none()).with_retry(retry);
        let client = blocking::Client::with_transport(config, transport.clone());
        let begin = Transport::now(&transport);
        client.send(Post).expect_err("no connection");
        assert_eq!(transport.requests().len(), 6);
        pauses.push(Transport::now(&transport) - begin);
    }
    let most = Duration::from_secs(1 + 2 + 4 + 4 + 4);
    assert!(pauses.iter().all(|pause| *pause <= most), "{pauses:?}");
    pauses.sort();
    assert!(pauses[0] < most / 2 && pauses[49] > most / 2, "{pauses:?}");
    pauses.dedup();
    assert!(pauses.len() > 40, "{pauses:?}");
}

/// The timer that transports have unless they bring one, without any runtime.
#[test]
fn a_transport_without_a_timer_waits_on_a_thread() {
    struct Plain;
    impl Transport for Plain {
        fn send(
            &self,
            _: http::Request<bytes::Bytes>,
            _: Limits,
        ) -> BoxFuture<'_, Result<http::Response<bytes::Bytes>, SendError>> {
            Box::pin(async { Err(SendError::new(SendErrorKind::Connect)) })
        }
    }
    let begin = Instant::now();
    run(Plain.sleep(Duration::from_millis(30)));
    assert!(begin.elapsed() >= Duration::from_millis(30));
}
