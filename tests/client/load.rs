//! Many requests at once: none lost, none doubled, memory flat.

use crate::support::{memory, run, run_alone};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::thread;
use twilio_flex::runtime::decode::{Mismatch, Node};
use twilio_flex::{Client, Credentials, Decode, Encoder, Meta, Operation, blocking};

const CONCURRENCY: usize = 64;

struct Numbered(i64);

struct Echo {
    number: i64,
}

impl Decode for Echo {
    fn decode(node: Node<'_>) -> Result<Self, Mismatch> {
        let [number] = node.members(&["number"])?;
        Ok(Self {
            number: number.required()?,
        })
    }
}

impl Operation for Numbered {
    type Output = Echo;

    const META: Meta = Meta::new("Numbered", "POST", "https://example.com", "/{Number}");

    fn encode(&self, request: &mut Encoder<'_>) {
        request.path(&self.0).form();
    }
}

/// A server that keeps connections open and counts how often it sees each number.
fn start(size: usize) -> (String, Arc<Vec<AtomicU32>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let seen: Arc<Vec<AtomicU32>> = Arc::new((0..size).map(|_| AtomicU32::new(0)).collect());
    let counts = Arc::clone(&seen);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let counts = Arc::clone(&counts);
            thread::spawn(move || serve(stream, &counts));
        }
    });
    (url, seen)
}

fn serve(stream: TcpStream, counts: &[AtomicU32]) -> Option<()> {
    stream.set_nodelay(true).ok()?;
    let mut writer = stream.try_clone().ok()?;
    let mut lines = BufReader::new(stream).lines();
    loop {
        let first = lines.next()?.ok()?;
        let number: usize = first.split(['/', ' ']).nth(2)?.parse().ok()?;
        while !lines.next()?.ok()?.is_empty() {}
        counts.get(number)?.fetch_add(1, Ordering::Relaxed);
        let body = format!("{{\"number\": {number}}}");
        let length = body.len();
        write!(
            writer,
            "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .ok()?;
    }
}

fn assert_once(seen: &[AtomicU32]) {
    for (number, count) in seen.iter().enumerate() {
        assert_eq!(count.load(Ordering::Relaxed), 1, "request {number}");
    }
}

fn assert_flat(before: Option<usize>) {
    if let (Some(before), Some(after)) = (before, memory("VmRSS")) {
        println!("memory: {before} KiB at a tenth, {after} KiB at the end");
        assert!(
            after < before + 16 * 1024,
            "from {before} KiB to {after} KiB"
        );
    }
}

fn flood(size: usize) {
    let (url, seen) = start(size);
    let client = Client::builder(Credentials::none())
        .base_url(url)
        .build()
        .expect("a client");
    let next = Arc::new(AtomicUsize::new(0));
    let early = run(async {
        let mut workers = Vec::new();
        for _ in 0..CONCURRENCY {
            let (client, next) = (client.clone(), Arc::clone(&next));
            workers.push(tokio::spawn(async move {
                let mut early = None;
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= size {
                        return early;
                    }
                    if number == size / 10 {
                        early = memory("VmRSS");
                    }
                    let number = i64::try_from(number).expect("a number");
                    let echo = client.send(Numbered(number)).await.expect("a success");
                    assert_eq!(echo.data.number, number);
                }
            }));
        }
        let mut early = None;
        for worker in workers {
            early = early.or(worker.await.expect("no panic"));
        }
        early
    });
    assert_once(&seen);
    assert_flat(early);
}

fn flood_blocking(size: usize) {
    let (url, seen) = start(size);
    let client = blocking::Client::builder(Credentials::none()).base_url(url);
    let client = client.build().expect("a client");
    let next = AtomicUsize::new(0);
    let early = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..CONCURRENCY {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= size {
                        return;
                    }
                    if number == size / 10 {
                        early.store(memory("VmRSS").unwrap_or_default(), Ordering::Relaxed);
                    }
                    let number = i64::try_from(number).expect("a number");
                    let echo = client.send(Numbered(number)).expect("a success");
                    assert_eq!(echo.data.number, number);
                }
            });
        }
    });
    assert_once(&seen);
    assert_flat(Some(early.into_inner()).filter(|early| *early > 0));
}

#[test]
fn a_thousand_requests() {
    run_alone("load::floods_of_a_thousand", |_| {});
}

#[test]
#[ignore = "another test runs it, in a process of its own"]
fn floods_of_a_thousand() {
    flood(1000);
    flood_blocking(1000);
}

#[test]
#[ignore = "takes a while without optimisation"]
fn ten_thousand_requests() {
    flood(10_000);
    flood_blocking(10_000);
}
