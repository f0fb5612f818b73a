//! What large bodies cost in memory.

#![cfg(target_os = "linux")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "responses/server.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod server;

use cratewright_runtime::decode::{Decode, Mismatch, Node};
use cratewright_runtime::{
    ApiError, Encoder, EventContent, Meta, Operation, RequestBody, Streamed, Streaming,
};
use futures_core::Stream;
use server::{Request, Server, json, read_head, run, write};
use std::io::{BufReader, Read, Write};
use std::net::TcpStream;
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll};

#[derive(Debug, Clone, Copy)]
struct Get;

impl Operation for Get {
    type Output = serde_json::Value;

    const META: Meta = Meta::new("Get", "GET", "https://api.example.com", "/file");

    fn encode(&self, _: &mut Encoder<'_>) {}
}

#[derive(Debug, Clone, Copy)]
struct Put;

impl Operation for Put {
    type Output = serde_json::Value;

    const META: Meta = Meta::new("Put", "PUT", "https://api.example.com", "/file");

    fn encode(&self, _: &mut Encoder<'_>) {}
}

const MEGABYTE: u64 = 1024 * 1024;

/// The size of a large body: what would not fit, were it held in memory. `LARGE_BODY` sets it in MB.
fn large() -> u64 {
    let size = std::env::var("LARGE_BODY").ok();
    size.and_then(|size| size.parse().ok()).unwrap_or(300) * MEGABYTE
}

/// How much more memory may be used meanwhile.
const ALLOWED: u64 = 48 * MEGABYTE;

/// One at a time, because the memory is that of the process.
static MEASURING: Mutex<()> = Mutex::new(());

/// Returns by how much the memory of this process grew at most meanwhile, in bytes.
fn growth(measured: impl FnOnce()) -> u64 {
    // It makes the peak the current size.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let before = peak_memory();
    measured();
    peak_memory().saturating_sub(before)
}

fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.and_then(|peak| peak.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok());
    peak.unwrap_or(0) * 1024
}

fn serve_large(_: usize, _: &Request, stream: &mut TcpStream) {
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        large()
    );
    write(stream, &head);
    let piece = vec![b'x'; MEGABYTE as usize];
    for _ in 0..large() / MEGABYTE {
        if stream.write_all(&piece).is_err() {
            return;
        }
    }
}

/// Reads a body of any size, and puts its length in the place of its content.
fn count_body(stream: &TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(stream);
    let head = read_head(&mut reader)?;
    let request = Request {
        head,
        body: Vec::new(),
    };
    let mut size = 0;
    if let Some(length) = request.header("content-length") {
        let length = length.parse().ok()?;
        size = std::io::copy(&mut reader.take(length), &mut std::io::sink()).ok()?;
    } else if request.header("transfer-encoding") == Some("chunked") {
        loop {
            let mut line = String::new();
            std::io::BufRead::read_line(&mut reader, &mut line).ok()?;
            let length = u64::from_str_radix(line.trim(), 16).ok()?;
            let mut chunk = reader.by_ref().take(length + 2);
            std::io::copy(&mut chunk, &mut std::io::sink()).ok()?;
            size += length;
            if length == 0 {
                break;
            }
        }
    }
    Some(Request {
        body: size.to_string().into_bytes(),
        ..request
    })
}

fn counting() -> Server {
    Server::with_reader(count_body, |_, request, stream| {
        let size = String::from_utf8_lossy(&request.body).into_owned();
        write(stream, &json(&format!("{{\"size\":{size}}}")));
    })
}

/// A stream of chunks that are made while they are sent.
struct Made(u64);

impl Stream for Made {
    type Item = Result<Vec<u8>, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(left) = self.0.checked_sub(MEGABYTE) else {
            return Poll::Ready(None);
        };
        self.0 = left;
        Poll::Ready(Some(Ok(vec![b'y'; MEGABYTE as usize])))
    }
}

#[test]
fn a_large_body_is_received_at_flat_memory() {
    let _alone = MEASURING.lock();
    let server = Server::new(serve_large);
    let (client, blocking) = server.clients();
    let growth = growth(|| {
        run(async {
            let mut download = client.download(Get).await.expect("a response");
            assert_eq!(download.length(), Some(large()));
            let mut size = 0;
            while let Some(chunk) = download.chunk().await {
                size += chunk.expect("a chunk").len() as u64;
                assert_eq!(download.received(), size);
            }
            assert_eq!(size, large());
        });
        let mut download = blocking.download(Get).expect("a response");
        let mut first = [0; 10];
        download.read_exact(&mut first).expect("the beginning");
        assert_eq!(&first, b"xxxxxxxxxx");
        let rest = download.copy_to(&mut std::io::sink()).expect("the rest");
        assert_eq!(rest, large() - 10);
        assert_eq!(download.received(), large());
    });
    assert!(growth < ALLOWED, "{growth} bytes more");
}

#[test]
fn a_large_body_is_sent_at_flat_memory() {
    let _alone = MEASURING.lock();
    let server = counting();
    let (client, blocking) = server.clients();
    let growth = growth(|| {
        let reader = || std::io::repeat(b'z').take(large());
        for body in [
            RequestBody::from_reader(reader(), Some(large())),
            RequestBody::from_reader(reader(), None),
            RequestBody::from_stream(Made(large()), Some(large())),
        ] {
            let progress = body.progress();
            let response = run(client.upload(Put, body)).expect("a response");
            assert_eq!(response.data["size"], large());
            assert_eq!(progress.sent(), large());
        }
        for length in [Some(large()), None] {
            let body = RequestBody::from_reader(reader(), length);
            let progress = body.progress();
            let response = blocking.upload(Put, body).expect("a response");
            assert_eq!(response.data["size"], large());
            assert_eq!(progress.sent(), large());
        }
        let announced: Vec<bool> = server
            .requests()
            .iter()
            .map(|request| request.header("content-length").is_some())
            .collect();
        assert_eq!(announced, [true, false, true, true, false]);
    });
    assert!(growth < ALLOWED, "{growth} bytes more");
}

#[derive(Debug, Clone, PartialEq)]
struct Chunk {
    delta: String,
}

impl Decode for Chunk {
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        let [delta] = node.members(&["delta"])?;
        Ok(Self {
            delta: delta.required()?,
        })
    }
}

impl Streamed for Get {
    type Event = Chunk;

    const STREAMING: Streaming =
        Streaming::event_stream("text/event-stream", EventContent::Json, &[]);
}

/// 200 MB of events at flat memory.
#[test]
fn memory_stays_flat() {
    let _alone = MEASURING.lock();
    let server = Server::new(|_, _, stream| {
        write(
            stream,
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n",
        );
        let event = format!("data: {{\"delta\":\"{}\"}}\n\n", "x".repeat(1000)).repeat(100);
        for _ in 0..2000 {
            write(stream, &event);
        }
    });
    let (_, blocking) = server.clients();
    let growth = growth(|| {
        let events = blocking.stream(Get).expect("a stream");
        let count = events
            .inspect(|event| assert!(event.is_ok(), "{event:?}"))
            .count();
        assert_eq!(count, 200_000);
    });
    assert!(growth < 64 * 1024 * 1024, "{growth} bytes more");
}

/// Half as much as the body.
#[test]
fn a_large_error_costs_little_memory() {
    let _alone = MEASURING.lock();
    const SIZE: usize = 16 * 1024 * 1024;
    let bodies = [
        format!("[{}0]", "0,".repeat(SIZE / 2)),
        format!("[{}0]", "{\"\":0},".repeat(SIZE / 7)),
        format!(
            "{{\"errors\":[{}0],\"message\":\"found\"}}",
            "{\"message\":\"a\"},".repeat(SIZE / 16)
        ),
    ];
    for body in bodies {
        let body = bytes::Bytes::from(body);
        let growth = growth(|| {
            let response = http::Response::builder().status(400);
            let response = response.body(body).expect("a response");
            let error = ApiError::new("Get", response);
            let shown = format!(
                "{error} {error:?} {:?} {:?}",
                error.message(),
                error.code_text()
            );
            assert!(shown.len() < 1000);
        });
        assert!(growth < 8 * MEGABYTE, "{growth} bytes more");
    }
}

#[derive(Debug)]
struct Num {
    big: Option<i64>,
    list: Vec<i64>,
}

impl Decode for Num {
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        let [big, list] = node.members(&["big", "list"])?;
        Ok(Self {
            big: big.optional(),
            list: list.optional().unwrap_or_default(),
        })
    }
}

/// A response that does not match its description takes at most four times its size.
#[test]
fn a_large_response_that_does_not_match_costs_at_most_four_times_its_size() {
    let _alone = MEASURING.lock();
    const SIZE: usize = 16 * 1024 * 1024;
    let bodies = [
        format!("{{\"big\":\"1\",\"x\":[{}0]}}", "0,".repeat(SIZE / 2)),
        format!(
            "{{\"big\":\"1\",\"x\":[{}0]}}",
            "{\"\":0},".repeat(SIZE / 7)
        ),
        format!(
            "{{\"big\":\"1\",\"x\":{}0{}}}",
            "[".repeat(SIZE / 2),
            "]".repeat(SIZE / 2)
        ),
        format!("{{\"big\":\"1\",\"s\":\"{}\"}}", "\\ud800".repeat(SIZE / 6)),
        format!(
            "{{\"big\":\"1\",\"list\":[{}0]}}",
            "\"x\",".repeat(SIZE / 4)
        ),
        format!(
            "{{\"big\":\"1\",\"list\":{{{}\"a\":0}}}}",
            "\"a\":{},".repeat(SIZE / 7)
        ),
    ];
    for (index, body) in bodies.into_iter().enumerate() {
        let body = bytes::Bytes::from(body);
        let growth = growth(|| {
            let decoded = cratewright_runtime::decode::decode::<Num>(&body).expect("salvaged");
            assert_eq!(decoded.value.big, Some(1));
            assert!(decoded.value.list.len() < 2);
            assert!(!decoded.deviations.is_empty());
        });
        // The first body takes all of four times its size, and what is measured are whole pages, of up to 2 MiB each.
        assert!(
            growth < (4 * 16 + 4) * MEGABYTE,
            "{growth} bytes more for body {index}"
        );
    }
}
