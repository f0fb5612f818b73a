//! A local HTTP server that replies as a test tells it to, and both clients to ask it.

pub mod clock;

use std::env;
use std::fs;
use std::future::Future;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;
use twilio_flex::{
    Client, ClientBuilder, Credentials, Error, Operation, Response, Retry, Sid, SidKind, blocking,
};

pub const ACCOUNT: &str = "AC00000000000000000000000000000001";
pub const TOKEN: &str = "an auth token";

/// What the server does once it has read a request.
#[derive(Clone)]
pub enum Reply {
    /// Writes these bytes and closes the connection.
    Bytes(Vec<u8>),
    /// Writes these bytes and then nothing more, until the client leaves.
    Stall(Vec<u8>),
    /// Writes these bytes and then a body without an end.
    Endless(Vec<u8>),
    /// Writes these bytes and closes the connection, whatever it has read.
    Blunt(Vec<u8>),
    /// Closes the connection with the request unread, which resets it.
    Reset,
    /// Writes these bytes one at a time, with a pause after each.
    Drip(Vec<u8>, Duration),
}

impl Reply {
    /// A complete response with a JSON body.
    pub fn json(status: &str, body: &str) -> Self {
        Self::with_headers(status, &["Content-Type: application/json"], body)
    }

    /// A complete response.
    pub fn with_headers(status: &str, headers: &[&str], body: &str) -> Self {
        let headers = headers
            .iter()
            .fold(String::new(), |all, header| all + header + "\r\n");
        let length = body.len();
        Self::Bytes(
            format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}")
                .into_bytes(),
        )
    }
}

/// How a server finds its reply.
enum Plan {
    /// One reply after the other; the last one again and again.
    Script(Vec<Reply>),
    /// By what the request says.
    ByRequest(Box<dyn Fn(&str) -> Reply + Send + Sync>),
}

/// A server on a port of its own, which remembers what it read.
pub struct Server {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Replies every request alike.
    pub fn start(reply: Reply) -> Self {
        Self::script(vec![reply])
    }

    /// Replies one request after the other; the last reply goes on.
    pub fn script(replies: Vec<Reply>) -> Self {
        Self::run(Plan::Script(replies))
    }

    /// Replies by what the request says.
    pub fn by_request(reply: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        Self::run(Plan::ByRequest(Box::new(reply)))
    }

    /// Listens at an address, if that is free, and replies every request alike.
    pub fn at(address: SocketAddr, reply: Reply) -> Option<Self> {
        let listener = TcpListener::bind(address).ok()?;
        Some(Self::serve_from(listener, Plan::Script(vec![reply])))
    }

    fn run(plan: Plan) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        Self::serve_from(listener, plan)
    }

    fn serve_from(listener: TcpListener, plan: Plan) -> Self {
        let address = listener.local_addr().expect("an address");
        let requests = Arc::new(Mutex::new(Vec::new()));
        let record = Arc::clone(&requests);
        let plan = Arc::new(plan);
        thread::spawn(move || {
            for (index, stream) in listener.incoming().flatten().enumerate() {
                let (plan, record) = (Arc::clone(&plan), Arc::clone(&record));
                thread::spawn(move || serve(stream, index, &plan, &record));
            }
        });
        Self { address, requests }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests so far, each with its head and body.
    pub fn requests(&self) -> Vec<String> {
        self.requests
            .lock()
            .expect("no test thread panics while it holds this")
            .clone()
    }
}

fn serve(mut stream: TcpStream, index: usize, plan: &Plan, record: &Mutex<Vec<String>>) {
    let scripted = match plan {
        Plan::Script(replies) => replies.get(index).or(replies.last()).cloned(),
        Plan::ByRequest(_) => None,
    };
    match &scripted {
        Some(Reply::Reset) => {
            drop(stream.read(&mut [0]));
            return;
        }
        Some(Reply::Blunt(bytes)) => {
            drop(stream.read(&mut [0; 4096]));
            drop(stream.write_all(bytes));
            return;
        }
        _ => {}
    }
    let request = read_request(&mut stream);
    let reply = match (scripted, plan) {
        (Some(reply), _) => reply,
        (None, Plan::ByRequest(reply)) => reply(&request),
        (None, Plan::Script(_)) => return,
    };
    record
        .lock()
        .expect("no test thread panics while it holds this")
        .push(request);
    write_reply(&mut stream, &reply);
}

fn write_reply(stream: &mut TcpStream, reply: &Reply) {
    match reply {
        Reply::Bytes(bytes) => drop(stream.write_all(bytes)),
        Reply::Stall(bytes) => {
            drop(stream.write_all(bytes));
            while stream.read(&mut [0; 64]).is_ok_and(|read| read > 0) {}
        }
        Reply::Endless(bytes) => {
            let mut alive = stream.write_all(bytes).is_ok();
            while alive {
                alive = stream.write_all(&[b' '; 4096]).is_ok();
            }
        }
        Reply::Drip(bytes, pause) => {
            for byte in bytes {
                if stream.write_all(&[*byte]).is_err() {
                    return;
                }
                thread::sleep(*pause);
            }
        }
        Reply::Blunt(_) | Reply::Reset => {}
    }
}

fn read_request(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut chunk = [0; 1024];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let head_and_body = text.split_once("\r\n\r\n");
        if head_and_body.is_some_and(|(head, body)| body.len() >= content_length(head)) {
            return text;
        }
        match stream.read(&mut chunk) {
            Ok(read @ 1..) => bytes.extend_from_slice(&chunk[..read]),
            _ => return text,
        }
    }
}

fn content_length(head: &str) -> usize {
    let lines = head.lines().filter_map(|line| line.split_once(':'));
    let mut lengths = lines.filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    lengths
        .next()
        .map_or(0, |(_, value)| value.trim().parse().expect("a number"))
}

/// The settings that a test gives both clients, which send every request once.
#[derive(Clone, Copy)]
pub struct Settings {
    pub timeout: Duration,
    pub max_response_size: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(30),
            max_response_size: 64 * 1024,
        }
    }
}

impl Settings {
    fn apply<T: ?Sized>(self, builder: ClientBuilder<T>, url: &str) -> ClientBuilder<T> {
        builder
            .base_url(url)
            .timeout(self.timeout)
            .retry(Retry::never())
            .max_response_size(self.max_response_size)
    }
}

/// Sends the same request with both clients and returns both outcomes, the asynchronous one first.
pub fn send_with_both<O: Operation + Clone>(
    url: &str,
    settings: Settings,
    operation: &O,
) -> [Result<Response<O::Output>, Error>; 2] {
    let credentials = || Credentials::auth_token(ACCOUNT, TOKEN);
    let client = settings
        .apply(Client::builder(credentials()), url)
        .build()
        .expect("valid settings");
    let blocking = settings
        .apply(blocking::Client::builder(credentials()), url)
        .build()
        .expect("valid settings");
    [
        run(client.send(operation.clone())),
        blocking.send(operation.clone()),
    ]
}

/// Returns the version of the generated crate, as its manifest has it.
pub fn version() -> &'static str {
    let manifest = include_str!("../../../generated/Cargo.toml");
    let mut lines = manifest.lines();
    let version = lines.find_map(|line| line.strip_prefix("version = "));
    version.expect("a version").trim_matches('"')
}

/// Runs a future to its end.
pub fn run<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(future)
}

/// How long clients wait for servers that never reply. The transports have no clock but the real one; the outcome is the same however
/// busy the machine is.
pub const PATIENCE: Duration = Duration::from_millis(200);

/// Runs a check for every case on a thread of its own: most of the time they wait.
pub fn at_once<T: Send>(cases: impl IntoIterator<Item = T>, check: impl Fn(T) + Sync) {
    thread::scope(|scope| {
        for case in cases {
            scope.spawn(|| check(case));
        }
    });
}

/// Runs an ignored test of this binary in a process of its own, where memory and environment are not shared with other tests.
///
/// `test` is its path in this crate; `prepare` may change the command. Returns what the process wrote.
pub fn run_alone(test: &str, prepare: impl FnOnce(&mut Command)) -> Output {
    let mut command = Command::new(env::current_exe().expect("this test"));
    command.args(["--exact", test, "--ignored", "--nocapture"]);
    prepare(&mut command);
    let output = command.output().expect("a process");
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{test}: {printed}");
    assert!(
        printed.contains("1 passed"),
        "there is no ignored test {test}: {printed}"
    );
    output
}

/// Returns a figure of this process in KiB, such as `VmRSS`, where the system tells it.
pub fn memory(figure: &str) -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let lines = status.lines().filter_map(|line| line.split_once(':'));
    let (_, value) = lines.into_iter().find(|(name, _)| *name == figure)?;
    value.split_whitespace().next()?.parse().ok()
}

/// A SID of the kind with these two letters, of which all digits are the same.
pub fn sid<K: SidKind>(prefix: &str, digit: char) -> Sid<K> {
    format!("{prefix}{}", digit.to_string().repeat(32))
        .parse()
        .expect("a SID")
}
