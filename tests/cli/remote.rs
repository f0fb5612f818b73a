//! Descriptions from standard input and from URLs, got from a server on this machine.

use crate::project::{CONFIG, HARBOUR, Project, Ran};
use std::collections::HashMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What a server responds with.
#[derive(Clone)]
enum Response {
    Text(String),
    Redirect(String),
    Status(u16),
    /// So many bytes, sent without their length.
    Endless(usize),
    /// Nothing, for longer than anyone waits.
    Silence,
}

/// A server, what it responds with by path, and the paths that it was asked for.
struct Server {
    url: String,
    responses: Arc<Mutex<HashMap<String, Response>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self {
            url: format!("http://{}", listener.local_addr().unwrap()),
            responses: Arc::default(),
            asked: Arc::default(),
        };
        let (responses, asked) = (Arc::clone(&server.responses), Arc::clone(&server.asked));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let path = path_of(&stream);
                asked.lock().unwrap().push(path.clone());
                let response = responses.lock().unwrap().get(&path).cloned();
                thread::spawn(move || respond(stream, response.unwrap_or(Response::Status(404))));
            }
        });
        server
    }

    fn serve(&self, path: &str, response: Response) {
        self.responses
            .lock()
            .unwrap()
            .insert(path.to_owned(), response);
    }

    fn asked(&self) -> usize {
        self.asked.lock().unwrap().len()
    }
}

fn path_of(stream: &TcpStream) -> String {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next().unwrap().unwrap();
    assert!(first.starts_with("GET "), "{first}");
    while lines.next().is_some_and(|line| !line.unwrap().is_empty()) {}
    first.split(' ').nth(1).unwrap().to_owned()
}

fn respond(mut stream: TcpStream, response: Response) {
    // The other side may have had enough.
    let _ = match response {
        Response::Text(text) => write!(
            stream,
            "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{text}",
            text.len()
        ),
        Response::Redirect(location) => write!(
            stream,
            "HTTP/1.1 302 Found\r\nlocation: {location}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        ),
        Response::Status(status) => write!(
            stream,
            "HTTP/1.1 {status} No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        ),
        Response::Endless(bytes) => {
            let _ = write!(stream, "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n");
            let block = vec![b' '; 1 << 16];
            (0..bytes / block.len()).try_for_each(|_| stream.write_all(&block))
        }
        Response::Silence => {
            thread::sleep(Duration::from_secs(20));
            Ok(())
        }
    };
}

/// A project whose description is at a URL.
struct Remote {
    project: Project,
    server: Server,
}

impl Remote {
    fn new() -> Self {
        let (project, server) = (Project::new(), Server::new());
        server.serve("/v1/harbour.yaml", Response::Text(HARBOUR.to_owned()));
        let spec = format!("{}/v1/harbour.yaml", server.url);
        let config = CONFIG.replace("spec/harbour.yaml", &spec);
        project.put("cratewright.toml", &config);
        fs::remove_file(project.path("spec/harbour.yaml")).unwrap();
        Self { project, server }
    }

    fn run(&self, args: &[&str]) -> Ran {
        let mut command = self.project.command(args);
        command
            .env("CRATEWRIGHT_CACHE", self.project.path("cache"))
            .env("CRATEWRIGHT_TIMEOUT_SECONDS", "5")
            .env("NO_PROXY", "127.0.0.1");
        self.without_port(Ran::of(&command.output().unwrap()))
    }

    fn without_port(&self, ran: Ran) -> Ran {
        let url = |text: String| text.replace(&self.server.url, "http://SERVER");
        Ran {
            stdout: url(ran.stdout),
            stderr: url(ran.stderr),
            ..ran
        }
    }
}

#[test]
fn a_description_at_a_url_is_pinned() {
    let remote = Remote::new();
    let unpinned = remote.run(&["check"]);
    assert_eq!(unpinned.status, 2);
    assert_eq!(remote.run(&["generate"]).status, 0);
    let lock = remote.project.get("cratewright.lock");
    assert!(lock.contains("/v1/harbour.yaml\"\nsha256 = \""), "{lock}");
    let asked = remote.server.asked();
    assert_eq!(remote.run(&["check"]).status, 0);
    assert_eq!(remote.server.asked(), asked, "the cache has what is pinned");

    let changed = HARBOUR.replace("Fetches a ship.", "Gets a ship.");
    remote
        .server
        .serve("/v1/harbour.yaml", Response::Text(changed));
    assert_eq!(remote.run(&["check"]).status, 0, "the pin holds");
    fs::remove_dir_all(remote.project.path("cache")).unwrap();
    let refused = remote.run(&["generate"]);
    assert_eq!(refused.status, 2);
    let fetched = remote.run(&["fetch"]);
    let again = remote.run(&["fetch"]);
    assert_eq!(remote.run(&["check"]).status, 1);
    assert_eq!(remote.run(&["generate"]).status, 0);
    assert_ne!(remote.project.get("cratewright.lock"), lock);
    insta::assert_snapshot!(
        [unpinned, refused, fetched, again]
            .map(|ran| ran.shown())
            .concat()
    );
}

#[test]
fn what_is_pinned_is_kept_when_the_new_cannot_be_generated_from() {
    let remote = Remote::new();
    assert_eq!(remote.run(&["generate"]).status, 0);
    let lock = remote.project.get("cratewright.lock");
    remote
        .server
        .serve("/v1/harbour.yaml", Response::Text("openapi: [".to_owned()));
    assert_eq!(remote.run(&["fetch"]).status, 2);
    assert_eq!(remote.project.get("cratewright.lock"), lock);
    assert_eq!(remote.run(&["check"]).status, 0);
}

#[test]
fn references_by_url_are_followed_and_pinned() {
    let remote = Remote::new();
    let (before, schema) = HARBOUR.split_once("    harbour.v1.ship:\n").unwrap();
    remote.server.serve(
        "/schemas/ship.yaml",
        Response::Text(format!("components:\n  schemas:\n    Ship:\n{schema}")),
    );
    for reference in [
        "../schemas/ship.yaml".to_owned(),
        "/schemas/ship.yaml".to_owned(),
        format!("{}/schemas/ship.yaml", remote.server.url),
    ] {
        let reference = format!("{reference}#/components/schemas/Ship");
        let spec = before.replace("#/components/schemas/harbour.v1.ship", &reference);
        remote
            .server
            .serve("/v1/harbour.yaml", Response::Text(spec));
        let ran = remote.run(&["fetch"]);
        assert_eq!(ran.status, 0, "{}", ran.shown());
        assert_eq!(remote.run(&["generate"]).status, 0);
        let lock = remote.project.get("cratewright.lock");
        assert_eq!(lock.matches("sha256").count(), 2, "{lock}");
    }
    // From a file, too; a file may not lead from the network to this machine.
    let url = format!(
        "{}/schemas/ship.yaml#/components/schemas/Ship",
        remote.server.url
    );
    let spec = before.replace("#/components/schemas/harbour.v1.ship", &url);
    remote.project.put("spec/harbour.yaml", &spec);
    remote.project.put("cratewright.toml", CONFIG);
    let ran = remote.run(&["generate", "--force"]);
    assert_eq!(ran.status, 0, "{}", ran.shown());
}

#[test]
fn what_cannot_be_got_is_refused() {
    let remote = Remote::new();
    let serve = |response| remote.server.serve("/v1/harbour.yaml", response);
    let mut shown = String::new();
    for response in [
        Response::Status(500),
        Response::Redirect("https://elsewhere.example/harbour.yaml".to_owned()),
        Response::Redirect("/v1/harbour.yaml".to_owned()),
        Response::Endless(65 << 20),
        Response::Silence,
        Response::Text(String::new()),
    ] {
        serve(response);
        let ran = remote.run(&["generate"]);
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""));
        shown += &ran.stderr;
    }
    serve(Response::Redirect("/v2/harbour.yaml".to_owned()));
    remote
        .server
        .serve("/v2/harbour.yaml", Response::Text(HARBOUR.to_owned()));
    assert_eq!(remote.run(&["generate"]).status, 0, "on the same host");
    let plain = remote.run(&[
        "generate",
        "--spec",
        "http://example.com/x.yaml",
        "--out",
        "x",
    ]);
    shown += &plain.stderr;
    remote.project.put("cratewright.lock", "<<<<<<< HEAD\n");
    shown += &remote.run(&["generate"]).stderr;
    insta::assert_snapshot!(shown);
}

#[test]
fn an_argument_can_be_a_url() {
    let remote = Remote::new();
    let url = format!("{}/v1/harbour.yaml", remote.server.url);
    let ran = remote.run(&["generate", "--spec", &url, "--out", "harbour"]);
    assert_eq!(ran.status, 0, "{}", ran.shown());
    assert!(!remote.project.path("cratewright.lock").exists());
    remote.project.put("old.yaml", HARBOUR);
    let diff = remote.run(&["diff", "old.yaml", &url]);
    assert_eq!(diff.stdout, "Nothing changes for callers.\n");
    fs::remove_file(remote.project.path("cratewright.toml")).unwrap();
    let init = remote.run(&["init", "--spec", &url]);
    assert_eq!(init.status, 0, "{}", init.shown());
    assert_eq!(remote.run(&["generate"]).status, 0);
    assert!(remote.project.path("cratewright.lock").exists());
}

#[test]
fn standard_input_is_a_description() {
    let project = Project::new();
    let run = |args: &[&str], text: &[u8]| {
        let mut command = project.command(args);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(text).unwrap();
        Ran::of(&child.wait_with_output().unwrap())
    };
    let args = ["generate", "--spec", "-", "--out", "harbour"];
    let ran = run(&args, HARBOUR.as_bytes());
    assert_eq!(ran.status, 0, "{}", ran.shown());
    assert_eq!(project.run(&["generate"]).status, 0);
    assert_eq!(
        project.get("harbour/src/lib.rs"),
        project.get("generated/src/lib.rs")
    );
    let wrong = run(&args, b"openapi: [\n");
    assert!(wrong.stderr.starts_with("<stdin>:"), "{}", wrong.stderr);
    let empty = run(&args, b"");
    assert_eq!((wrong.status, empty.status), (2, 2));
}
