//! Servers that redirect, stall, send too much, or are not there.

use super::{not_sent, outcome_of, refused, update_channel};
use crate::support::{PATIENCE, Reply, Server, Settings, at_once, run, send_with_both};
use std::net::TcpListener;
use std::time::{Duration, Instant};
use twilio_flex::{Client, Credentials, Error, SendErrorKind, blocking};

#[test]
fn a_redirect_is_not_followed() {
    let elsewhere = Server::start(Reply::json("200 OK", "{}"));
    for status in [
        "301 Moved Permanently",
        "302 Found",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        let location = format!("Location: {}/stolen", elsewhere.url());
        let error = refused(Reply::with_headers(status, &[&location], ""));
        assert!(error.status().is_redirection());
        assert!(error.headers().contains_key("location"));
    }
    assert_eq!(elsewhere.requests(), [""; 0]);
}

#[test]
fn a_server_that_stalls_is_given_up_on() {
    let settings = Settings {
        timeout: PATIENCE,
        ..Settings::default()
    };
    let stalls = [
        "",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{",
    ];
    at_once(stalls, |sent| {
        let start = Instant::now();
        assert_eq!(
            not_sent(Reply::Stall(sent.into()), settings),
            SendErrorKind::Timeout
        );
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "{:?}",
            start.elapsed()
        );
    });
}

#[test]
fn a_body_beyond_the_limit_is_not_read_on() {
    let settings = Settings {
        max_response_size: 1000,
        ..Settings::default()
    };
    for head in [
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999\r\n\r\n",
        "HTTP/1.1 500 Oh\r\nTransfer-Encoding: chunked\r\n\r\nffffff\r\n",
    ] {
        assert_eq!(
            not_sent(Reply::Endless(head.into()), settings),
            SendErrorKind::TooLarge,
            "{head}"
        );
    }
    let exactly = format!("{:<1000}", "{}");
    let outcome = outcome_of(Reply::json("200 OK", &exactly), settings, &update_channel());
    assert_eq!(outcome.expect("a success").body().len(), 1000);
}

#[test]
fn broken_connections_and_garbage() {
    for reply in [
        Reply::Reset,
        Reply::Bytes(Vec::new()),
        Reply::Endless(b"HTTP/1.1 200 OK\r\nX: ".to_vec()),
        Reply::Bytes(b"SSH-2.0-OpenSSH_9.9\r\n".to_vec()),
        Reply::Bytes(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n".to_vec()),
    ] {
        assert_eq!(not_sent(reply, Settings::default()), SendErrorKind::Broken);
    }
}

#[test]
fn a_closed_port_is_no_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    for outcome in send_with_both(&url, Settings::default(), &update_channel()) {
        let Err(Error::Send(error)) = outcome else {
            panic!("connected: {outcome:?}");
        };
        assert_eq!(
            (error.kind(), error.is_connect()),
            (SendErrorKind::Connect, true)
        );
    }
}

#[test]
fn a_plain_server_is_no_tls_server() {
    let server = Server::start(Reply::Blunt(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec()));
    let url = server.url().replace("http:", "https:");
    for outcome in send_with_both(&url, Settings::default(), &update_channel()) {
        let Err(Error::Send(error)) = outcome else {
            panic!("connected: {outcome:?}");
        };
        assert!(matches!(
            error.kind(),
            SendErrorKind::Connect | SendErrorKind::Broken
        ));
    }
}

#[test]
fn the_blocking_client_works_inside_a_runtime() {
    let server = Server::start(Reply::json("200 OK", "{}"));
    let builder = blocking::Client::builder(Credentials::none()).base_url(server.url());
    let client = builder.build().expect("a client");
    run(async { client.send(update_channel()) }).expect("a success");
}

#[test]
fn the_future_outlives_the_client_and_moves_between_threads() {
    let server = Server::start(Reply::json("200 OK", "{}"));
    let builder = Client::builder(Credentials::none()).base_url(server.url());
    let future = builder.build().expect("a client").send(update_channel());
    let thread = std::thread::spawn(move || run(future));
    thread.join().expect("no panic").expect("a success");
}
