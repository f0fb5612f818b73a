//! Bodies that are not held in memory, and compressed ones.

use crate::server::{Request, Server, json, read_head, response, run, write};
use cratewright_runtime::{Encoder, Error, Meta, Operation, RequestBody, SendErrorKind};
use std::io::{BufReader, Read};
use std::net::TcpStream;

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

#[test]
fn a_file_is_sent_again_in_another_attempt() {
    let mut path = std::env::temp_dir();
    path.push(format!("cratewright-upload-{}", std::process::id()));
    std::fs::write(&path, b"content").expect("a file");
    let server = Server::new(|number, request, stream| {
        let body = String::from_utf8_lossy(&request.body).into_owned();
        let status = if number % 2 == 0 {
            "503 Later"
        } else {
            "200 OK"
        };
        write(
            stream,
            &response(status, &["Retry-After: 0"], &format!("\"{body}\"")),
        );
    });
    let config = server
        .config()
        .with_retry(cratewright_runtime::Retry::attempts(2));
    let client = cratewright_runtime::blocking::Client::with_transport(
        config,
        cratewright_runtime::blocking::UreqTransport::default(),
    );
    let body = RequestBody::from_file(&path).expect("a file");
    let response = client.upload(Put, body).expect("a response");
    assert_eq!(response.data, "content");
    // What can be read once is sent once.
    let once = RequestBody::from_reader(std::io::Cursor::new("once"), Some(4));
    let error = client.upload(Put, once).expect_err("an error");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    assert_eq!(server.requests().len(), 3);
    std::fs::remove_file(&path).expect("the file");
    assert!(RequestBody::from_file(&path).is_err());
}

#[test]
fn a_body_that_cannot_be_read_is_an_error() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }
    let server = counting();
    let (client, blocking) = server.clients();
    let error =
        run(client.upload(Put, RequestBody::from_reader(Broken, Some(10)))).expect_err("an error");
    let Error::Send(error) = error else {
        panic!("{error}");
    };
    assert_eq!(error.kind(), SendErrorKind::RequestBody);
    let error = blocking
        .upload(Put, RequestBody::from_reader(Broken, Some(10)))
        .expect_err("an error");
    assert!(matches!(error, Error::Send(_)), "{error}");
}

#[test]
fn an_error_and_a_cut_of_a_download_are_errors() {
    let refusal = response(
        "404 Not Found",
        &["Content-Type: application/json"],
        r#"{"detail":"no such file"}"#,
    );
    let cut = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\nhalf".to_owned();
    for status in [404, 200] {
        let server = Server::script(vec![if status == 404 {
            refusal.clone()
        } else {
            cut.clone()
        }]);
        let (client, blocking) = server.clients();
        if status == 404 {
            for error in [
                run(client.download(Get)).err(),
                blocking.download(Get).err(),
            ] {
                let Some(Error::Api(error)) = error else {
                    panic!("an error of the API");
                };
                assert_eq!(error.message(), Some("no such file"));
            }
            continue;
        }
        run(async {
            let mut download = client.download(Get).await.expect("a head");
            assert_eq!(
                download.chunk().await.and_then(Result::ok).as_deref(),
                Some(&b"half"[..])
            );
            assert!(matches!(download.chunk().await, Some(Err(Error::Send(_)))));
        });
        let mut download = blocking.download(Get).expect("a head");
        assert!(download.copy_to(&mut Vec::new()).is_err());
    }
}

#[cfg(feature = "gzip")]
#[test]
fn compressed_bodies_are_decompressed() {
    use std::io::Write;

    let server = Server::new(|_, request, stream| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder
            .write_all(br#"{"a":"compressed"}"#)
            .expect("a vector takes all");
        let body = encoder.finish().expect("a vector takes all");
        assert_eq!(request.header("accept-encoding"), Some("gzip"));
        let length = body.len();
        write(
            stream,
            &format!(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
            ),
        );
        let _ = stream.write_all(&body);
    });
    let (client, blocking) = server.clients();
    let expected = serde_json::json!({"a": "compressed"});
    assert_eq!(run(client.send(Get)).expect("a response").data, expected);
    assert_eq!(blocking.send(Get).expect("a response").data, expected);
    let mut text = String::new();
    blocking
        .download(Get)
        .expect("a response")
        .read_to_string(&mut text)
        .expect("text");
    assert_eq!(text, r#"{"a":"compressed"}"#);
    let mut limits = *server.config().limits();
    limits.max_response_size = 10;
    let config = server.config().with_limits(limits);
    let client = cratewright_runtime::blocking::Client::with_transport(
        config,
        cratewright_runtime::blocking::UreqTransport::default(),
    );
    assert!(client.send(Get).is_err());
}
