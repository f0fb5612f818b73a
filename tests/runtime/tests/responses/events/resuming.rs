//! Streams that are cut or stall.

use super::{Chat, Chunk, HEAD, deltas, read};
use crate::server::{Request, Server, run, write};
use cratewright_runtime::{Error, Event, Limits, SendErrorKind};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

/// A server whose connections break after each event, and which goes on after the last event that was received.
fn breaking(cut: fn(&mut TcpStream)) -> Server {
    Server::new(move |_, request: &Request, stream| {
        let last: u32 = request
            .header("last-event-id")
            .map_or(0, |id| id.parse().unwrap_or(0));
        if last == 3 {
            write(
                stream,
                "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n",
            );
            return;
        }
        write(
            stream,
            HEAD.replace("Connection: close", "Transfer-Encoding: chunked")
                .as_str(),
        );
        let next = last + 1;
        let event = format!(
            "retry: 10\nid: {next}\ndata: {{\"delta\":\"{next}\"}}\n\ndata: {{\"delta\":\"cut"
        );
        write(stream, &format!("{:x}\r\n{event}\r\n", event.len()));
        cut(stream);
    })
}

#[test]
fn a_stream_is_resumed_where_it_was_cut() {
    let server = breaking(|_| ());
    let (client, blocking) = server.clients();
    let events = run(async {
        let mut events = client
            .stream(Chat::default())
            .await
            .expect("a stream")
            .resume(2);
        let mut all = Vec::new();
        while let Some(event) = events.next().await {
            all.push(event.map_err(|error| error.to_string()));
        }
        assert_eq!(events.last_event_id(), Some("3"));
        all
    });
    assert_eq!(deltas(&events), ["1", "2", "3"]);
    let ids: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.header("last-event-id").map(str::to_owned))
        .collect();
    assert_eq!(
        ids,
        [
            None,
            Some("1".to_owned()),
            Some("2".to_owned()),
            Some("3".to_owned())
        ]
    );
    let same = blocking
        .stream(Chat::default())
        .expect("a stream")
        .resume(2);
    let same: Vec<_> = same
        .map(|event| event.map_err(|error| error.to_string()))
        .collect();
    assert_eq!(deltas(&same), ["1", "2", "3"]);
}

#[test]
fn a_cut_is_an_error_unless_resuming_is_asked_for() {
    let server = breaking(|_| ());
    let events = read::<Chat>(&server);
    let [Ok(_), Err(error)] = events.as_slice() else {
        panic!("{events:?}");
    };
    assert!(error.contains("connection broke"), "{error}");
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn a_server_that_is_gone_ends_the_attempts() {
    let server = Server::new(|number, _, stream| {
        if number == 0 {
            write(stream, HEAD);
            write(stream, "retry: 1\nid: 1\ndata: {\"delta\":\"a\"}\n\n");
        }
    });
    let (_, blocking) = server.clients();
    let events = blocking
        .stream(Chat::default())
        .expect("a stream")
        .resume(3);
    let events: Vec<_> = events
        .map(|event| event.map_err(|error| error.to_string()))
        .collect();
    assert_eq!(events.len(), 2, "{events:?}");
    assert!(events[1].is_err());
    assert_eq!(server.requests().len(), 4);
}

/// A silent server is left after the idle timeout, however long the stream was.
#[test]
fn idle_time_has_a_limit_and_the_whole_has_none() {
    let server = Server::new(|_, _, stream| {
        write(stream, HEAD);
        for _ in 0..10 {
            write(stream, "data: {\"delta\":\"a\"}\n\n");
            thread::sleep(Duration::from_millis(100));
        }
        thread::sleep(Duration::from_secs(5));
    });
    let mut limits = Limits::default();
    limits.timeout = Duration::from_millis(500);
    limits.attempt_timeout = Some(Duration::from_millis(500));
    limits.idle_timeout = Duration::from_millis(300);
    let config = server.config().with_limits(limits);
    let client = cratewright_runtime::Client::with_transport(
        config.clone(),
        cratewright_runtime::HyperTransport::new(),
    );
    let begin = Instant::now();
    let check = |events: Vec<Result<Event<Chunk>, Error>>| {
        assert_eq!(events.len(), 11, "{events:?}");
        let Some(Err(Error::Send(error))) = events.last() else {
            panic!("{events:?}");
        };
        assert_eq!(error.kind(), SendErrorKind::Timeout);
    };
    check(run(async {
        let mut events = client.stream(Chat::default()).await.expect("a stream");
        let mut all = Vec::new();
        while let Some(event) = events.next().await {
            all.push(event);
        }
        all
    }));
    let blocking = cratewright_runtime::blocking::Client::with_transport(
        config,
        cratewright_runtime::blocking::UreqTransport::default(),
    );
    check(
        blocking
            .stream(Chat::default())
            .expect("a stream")
            .collect(),
    );
    assert!(begin.elapsed() < Duration::from_secs(5));
}
