//! Replies that take too long or too much: both clients give up in time, and keep little.

use crate::support::{
    PATIENCE, Reply, Server, Settings, at_once, memory, run, run_alone, send_with_both,
};
use std::io::Read;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use twilio_flex::{Client, Credentials, Encoder, Error, Meta, Operation, SendErrorKind, blocking};

#[derive(Debug, Clone, Copy)]
struct Get;

impl Operation for Get {
    type Output = serde_json::Value;

    const META: Meta = Meta::new("Get", "GET", "https://example.com", "/x");

    fn encode(&self, _: &mut Encoder<'_>) {}
}

/// Both clients' kind of failure, and that they needed no longer than `most` each.
fn failures(reply: &Reply, settings: Settings, most: Duration) -> [SendErrorKind; 2] {
    let server = Server::start(reply.clone());
    let begin = Instant::now();
    let kinds = send_with_both(&server.url(), settings, &Get).map(|outcome| match outcome {
        Err(Error::Send(error)) => error.kind(),
        other => panic!("an reply: {other:?}"),
    });
    assert!(
        begin.elapsed() < most * 2,
        "gave up after {:?}",
        begin.elapsed()
    );
    kinds
}

fn impatient() -> Settings {
    Settings {
        timeout: PATIENCE,
        ..Settings::default()
    }
}

/// What is a long time beside [`impatient`], even on a machine with other things to do.
const LONG: Duration = Duration::from_secs(20);

#[test]
fn slow_headers_and_slow_bodies() {
    let pause = Duration::from_millis(50);
    let slow_head = format!("HTTP/1.1 200 OK\r\nX-Long: {}\r\n\r\n", "x".repeat(200));
    let slow_body = format!("HTTP/1.1 200 OK\r\n\r\n[{}]", " ".repeat(200));
    at_once([slow_head, slow_body], |reply| {
        let reply = Reply::Drip(reply.into_bytes(), pause);
        assert_eq!(
            failures(&reply, impatient(), LONG),
            [SendErrorKind::Timeout; 2]
        );
    });
}

#[test]
fn nothing_at_every_point() {
    let whole = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n[1,2]";
    at_once([0, 9, 16, 30, 38, 40], |end| {
        let reply = Reply::Stall(whole[..end].to_vec());
        let kinds = failures(&reply, impatient(), LONG);
        assert_eq!(kinds, [SendErrorKind::Timeout; 2], "after {end} bytes");
    });
}

#[test]
fn endless_heads_are_cut_off() {
    for head in ["HTTP/1.1 200 OK\r\nX-Endless: ", "HTTP/1.1 "] {
        let kinds = failures(&Reply::Endless(head.into()), Settings::default(), LONG);
        assert!(
            kinds.iter().all(|kind| *kind != SendErrorKind::Timeout),
            "{kinds:?}"
        );
    }
    let many = format!("HTTP/1.1 200 OK\r\n{}\r\n", "X-Many: 1\r\n".repeat(100_000));
    let kinds = failures(&Reply::Bytes(many.into_bytes()), Settings::default(), LONG);
    assert_eq!(kinds, [SendErrorKind::Broken; 2]);
}

#[test]
fn endless_bodies_are_cut_off_at_the_limit() {
    let chunk = format!("1000\r\n{}\r\n", " ".repeat(0x1000));
    let chunked = format!(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{}",
        chunk.repeat(64)
    );
    for reply in [
        Reply::Endless(b"HTTP/1.1 200 OK\r\n\r\n".to_vec()),
        Reply::Endless(b"HTTP/1.1 500 Oh\r\n\r\n".to_vec()),
        Reply::Endless(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999\r\n\r\n".to_vec()),
        Reply::Bytes(chunked.into_bytes()),
    ] {
        let kinds = failures(&reply, Settings::default(), LONG);
        assert_eq!(kinds, [SendErrorKind::TooLarge; 2]);
    }
}

#[test]
fn an_announced_length_takes_no_memory() {
    run_alone("hostile_bytes::reads_of_an_announced_length", |_| {});
}

#[test]
#[ignore = "another test runs it, in a process of its own"]
fn reads_of_an_announced_length() {
    let settings = Settings {
        max_response_size: 4 << 30,
        ..impatient()
    };
    let before = memory("VmHWM");
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n[",
        2_u64 << 30
    );
    let kinds = failures(&Reply::Stall(head.into_bytes()), settings, LONG);
    assert_eq!(kinds, [SendErrorKind::Timeout; 2]);
    if let (Some(before), Some(after)) = (before, memory("VmHWM")) {
        assert!(
            after < before + 64 * 1024,
            "from {before} KiB to {after} KiB"
        );
    }
}

/// Nobody asked for a compressed body; it is not inflated.
#[test]
fn compressed_bodies_stay_compressed() {
    let bomb = "\u{1f}a bomb".repeat(50);
    for encoding in ["gzip", "deflate", "br", "zstd", "gzip, gzip"] {
        let encoding = format!("Content-Encoding: {encoding}");
        let server = Server::start(Reply::with_headers("200 OK", &[&encoding], &bomb));
        for outcome in send_with_both(&server.url(), Settings::default(), &Get) {
            match outcome {
                Err(Error::Decode(error)) => assert_eq!(error.body(), bomb.as_bytes()),
                other => panic!("decoded: {other:?}"),
            }
        }
        for request in server.requests() {
            assert!(
                !request.to_ascii_lowercase().contains("accept-encoding"),
                "{request}"
            );
        }
    }
}

#[test]
fn dropping_the_future_closes_the_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let accepted = Arc::new(AtomicBool::new(false));
    let is_accepted = Arc::clone(&accepted);
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        is_accepted.store(true, Ordering::Relaxed);
        let mut all = Vec::new();
        stream.read_to_end(&mut all).map(|_| all)
    });
    let client = Client::builder(Credentials::none())
        .base_url(url)
        .build()
        .expect("a client");
    let pause = Duration::from_millis(5);
    run(async {
        let sent = tokio::spawn(client.send(Get));
        while !accepted.load(Ordering::Relaxed) {
            tokio::time::sleep(pause).await;
        }
        assert!(!sent.is_finished(), "no reply ever comes");
        sent.abort();
        let begin = Instant::now();
        while !server.is_finished() && begin.elapsed() < LONG {
            tokio::time::sleep(pause).await;
        }
    });
    assert!(server.is_finished(), "the connection is still open");
    drop(server.join().expect("no panic"));
}

#[test]
fn the_blocking_client_works_on_the_threads_of_a_runtime() {
    let server = Server::script(vec![Reply::json("500 Oh", "1"), Reply::json("200 OK", "2")]);
    let client = blocking::Client::builder(Credentials::none()).base_url(server.url());
    let client = client.build().expect("a client");
    let value = run(async move { tokio::spawn(async move { client.send(Get) }).await });
    assert_eq!(value.expect("no panic").expect("a success").data, 2);
}
