//! A server that replies as a test tells it to, and both clients to ask it.

use cratewright_runtime::{Client, Config, Credentials, Limits, Retry, blocking};
use std::future::Future;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A request that the server received: the head, and the body where it was read.
#[derive(Debug, Clone)]
pub struct Request {
    pub head: String,
    pub body: Vec<u8>,
}

impl Request {
    /// Returns the path and the query.
    pub fn target(&self) -> &str {
        self.head.split(' ').nth(1).unwrap_or_default()
    }

    /// Returns the value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// A server on a port of its own, which remembers what it received.
pub struct Server {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
}

type Handler = dyn Fn(usize, &Request, &mut TcpStream) + Send + Sync;

impl Server {
    /// Calls `respond` for each request, with its number.
    pub fn new(respond: impl Fn(usize, &Request, &mut TcpStream) + Send + Sync + 'static) -> Self {
        Self::with_reader(read_request, respond)
    }

    /// Reads requests in another way.
    pub fn with_reader(
        read: fn(&TcpStream) -> Option<Request>,
        respond: impl Fn(usize, &Request, &mut TcpStream) + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let requests = Arc::new(Mutex::new(Vec::new()));
        let record = Arc::clone(&requests);
        let respond: Arc<Handler> = Arc::new(respond);
        thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let (record, respond) = (Arc::clone(&record), Arc::clone(&respond));
                thread::spawn(move || {
                    if let Some(request) = read(&stream) {
                        let number = {
                            let mut record = record.lock().expect("no thread panics here");
                            record.push(request.clone());
                            record.len() - 1
                        };
                        respond(number, &request, &mut stream);
                    }
                });
            }
        });
        Self { address, requests }
    }

    /// Replies one request after the other.
    pub fn script(responses: Vec<String>) -> Self {
        Self::new(move |number, _, stream| {
            let response = responses.get(number).or(responses.last());
            write(stream, response.map_or("", String::as_str));
        })
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().expect("no thread panics here").clone()
    }

    pub fn targets(&self) -> Vec<String> {
        let requests = self.requests().into_iter();
        requests
            .map(|request| request.target().to_owned())
            .collect()
    }

    /// Returns both clients, which send each request once and wait for no more than two seconds.
    pub fn clients(&self) -> (Client, blocking::Client) {
        let config = self.config();
        (
            Client::with_transport(config.clone(), cratewright_runtime::HyperTransport::new()),
            blocking::Client::with_transport(config, blocking::UreqTransport::default()),
        )
    }

    pub fn config(&self) -> Config {
        let mut limits = Limits::default();
        limits.timeout = Duration::from_secs(2);
        limits.idle_timeout = Duration::from_secs(2);
        Config::new(Credentials::none())
            .with_base_url(&self.url())
            .expect("a URL")
            .with_retry(Retry::never())
            .with_limits(limits)
    }
}

fn read_request(stream: &TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(stream);
    let head = read_head(&mut reader)?;
    let mut request = Request {
        head,
        body: Vec::new(),
    };
    let length = request
        .header("content-length")
        .map_or(0, |length| length.parse().unwrap_or(0));
    request.body.resize(length, 0);
    reader.read_exact(&mut request.body).ok()?;
    Some(request)
}

/// Reads the lines of a head.
pub fn read_head(reader: &mut impl BufRead) -> Option<String> {
    let mut head = String::new();
    loop {
        let length = reader.read_line(&mut head).ok()?;
        if length == 0 {
            return None;
        }
        if head.ends_with("\r\n\r\n") {
            return Some(head);
        }
    }
}

pub fn write(stream: &mut TcpStream, text: &str) {
    // A client may be gone.
    let _ = stream.write_all(text.as_bytes());
}

/// Returns a complete response.
pub fn response(status: &str, headers: &[&str], body: &str) -> String {
    let mut text = format!("HTTP/1.1 {status}\r\n");
    for header in headers {
        text.push_str(header);
        text.push_str("\r\n");
    }
    format!(
        "{text}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

pub fn json(body: &str) -> String {
    response("200 OK", &["Content-Type: application/json"], body)
}

/// Runs a future of the asynchronous client.
pub fn run<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(future)
}
