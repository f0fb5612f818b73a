//! The transports, with a server on this machine.

use bytes::Bytes;
use cratewright_runtime::blocking::{self, UreqTransport};
use cratewright_runtime::{
    HyperTransport, Limits, ReqwestTransport, SendError, SendErrorKind, Transport,
};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore, ServerConfig, ServerConnection, StreamOwned};
use std::future::Future;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

type Result = std::result::Result<http::Response<Bytes>, SendError>;

const RESPONSE: &[u8] =
    b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";

/// A private certificate authority, and the configuration of a server with a certificate of it.
struct Authority {
    certificate: CertificateDer<'static>,
    server: Arc<ServerConfig>,
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        let issuer = CertifiedIssuer::self_signed(params, key).expect("an authority");
        let key = KeyPair::generate().expect("a key");
        let params = CertificateParams::new(["localhost".to_owned()]).expect("a name");
        let certificate = params.signed_by(&key, &issuer).expect("a certificate");
        let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
        let server = ServerConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .expect("a configuration");
        Self {
            certificate: issuer.der().clone(),
            server: Arc::new(server),
        }
    }

    fn client_config(&self) -> ClientConfig {
        let mut roots = RootCertStore::empty();
        roots.add(self.certificate.clone()).expect("a certificate");
        ClientConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_root_certificates(roots)
            .with_no_client_auth()
    }
}

fn provider() -> Arc<rustls::crypto::CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

/// Starts a server that redirects every request; with TLS, if there is a configuration.
fn serve(tls: Option<Arc<ServerConfig>>) -> SocketAddr {
    fn respond(mut stream: impl Read + Write) {
        let mut request = Vec::new();
        let mut chunk = [0; 1024];
        while !request.windows(4).any(|end| end == b"\r\n\r\n") {
            match stream.read(&mut chunk) {
                Ok(length @ 1..) => request.extend_from_slice(&chunk[..length]),
                _ => return,
            }
        }
        let _ = stream.write_all(RESPONSE);
        let _ = stream.flush();
    }
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            match &tls {
                None => respond(stream),
                Some(config) => {
                    let connection = ServerConnection::new(Arc::clone(config)).expect("a server");
                    respond(StreamOwned::new(connection, stream));
                }
            }
        }
    });
    address
}

fn get(url: &str) -> http::Request<Bytes> {
    let request = http::Request::get(url).body(Bytes::new());
    request.expect("a request")
}

fn run<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(future)
}

fn send(transport: &impl Transport, url: &str) -> Result {
    run(transport.send(get(url), Limits::default()))
}

fn send_blocking(transport: &impl blocking::Transport, url: &str) -> Result {
    transport.send(get(url), Limits::default())
}

/// Asserts that the redirect is the response.
fn assert_received(result: Result) {
    let response = result.expect("a response");
    assert_eq!(
        (response.status().as_u16(), &response.body()[..]),
        (302, &b"ok"[..])
    );
}

#[test]
fn plain_http() {
    let url = format!("http://{}/a", serve(None));
    assert_received(send(&HyperTransport::new(), &url));
    assert_received(send_blocking(&UreqTransport::default(), &url));
}

#[test]
fn a_private_certificate_authority() {
    let authority = Authority::new();
    let port = serve(Some(Arc::clone(&authority.server))).port();
    let url = format!("https://localhost:{port}/a");
    let hyper = HyperTransport::new().with_tls_config(authority.client_config());
    assert_received(send(&hyper, &url));
    let certificate = Certificate::from_der(&authority.certificate).to_owned();
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::new_with_certs(&[certificate]))
        .build();
    let agent = ureq::Agent::config_builder().tls_config(tls).build();
    assert_received(send_blocking(&UreqTransport::new(agent.into()), &url));
}

#[test]
fn an_unknown_certificate_authority() {
    let authority = Authority::new();
    let port = serve(Some(Arc::clone(&authority.server))).port();
    let url = format!("https://localhost:{port}/a");
    let error = send(&HyperTransport::new(), &url).expect_err("no connection");
    assert!(error.is_connect(), "{error:?}");
    assert!(send_blocking(&UreqTransport::default(), &url).is_err());
}

/// This crate depends on reqwest without any feature, as a program may.
#[test]
fn the_callers_own_clients() {
    let url = format!("http://{}/a", serve(None));
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let client = client.build().expect("a client");
    assert_received(send(&ReqwestTransport::new(client), &url));
    // Creating a client does not panic: no feature of ours asks for TLS without a provider.
    drop(reqwest::Client::new());
    let agent = ureq::Agent::new_with_defaults();
    assert_received(send_blocking(&UreqTransport::new(agent), &url));
}

#[test]
fn urls_without_a_server() {
    for url in ["/a", "ftp://localhost/a"] {
        let error = send(&HyperTransport::new(), url).expect_err("no server");
        assert_eq!(error.kind(), SendErrorKind::Setup, "{url}");
    }
}

#[test]
fn no_limit_on_time() {
    let url = format!("http://{}/a", serve(None));
    let mut limits = Limits::default();
    limits.timeout = Duration::MAX;
    limits.connect_timeout = Duration::MAX;
    let hyper = HyperTransport::new().with_connect_timeout(Duration::MAX);
    assert_received(run(hyper.send(get(&url), limits)));
    let ureq = UreqTransport::default();
    assert_received(blocking::Transport::send(&ureq, get(&url), limits));
}

#[test]
fn nobody_listens() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/a", listener.local_addr().expect("an address"));
    drop(listener);
    for result in [
        send(&HyperTransport::new(), &url),
        send_blocking(&UreqTransport::default(), &url),
    ] {
        assert_eq!(
            result.expect_err("no server").kind(),
            SendErrorKind::Connect
        );
    }
}
