//! Getting a description by URL, within limits.

use crate::base::source::{ReadError, join_url, origin_of_url};
use std::io::Read as _;
use std::time::Duration;
use ureq::http::header::LOCATION;
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body};

/// How long the connection, and how long the whole, may take.
const CONNECT: Duration = Duration::from_secs(10);
const WHOLE: Duration = Duration::from_mins(1);
/// Redirects that are followed.
const REDIRECTS: usize = 5;

/// Gets what is at a URL: of `https://`, or of `http://` on this machine.
///
/// Redirects are followed within the same host only, so that who wrote the URL knows where the description is from.
pub(super) fn get(url: &str, largest: u64) -> Result<Vec<u8>, ReadError> {
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::PlatformVerifier)
        .build();
    let agent: Agent = Agent::config_builder()
        .tls_config(tls)
        .timeout_connect(Some(CONNECT))
        .timeout_global(Some(timeout()))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .user_agent(concat!("cratewright/", env!("CARGO_PKG_VERSION")))
        .accept("application/yaml, application/json;q=0.9, */*;q=0.1")
        .build()
        .into();
    let mut at = url.to_owned();
    for _ in 0..=REDIRECTS {
        check_scheme(&at)?;
        let response = agent
            .get(&at)
            .call()
            .map_err(|error| unreachable(url, &error))?;
        let status = response.status();
        if status.is_redirection() {
            at = redirected(url, &at, &response)?;
            continue;
        }
        if !status.is_success() {
            let message = format!("cannot get `{url}`: the server responded with status {status}");
            return Err(ReadError::new("url-unreachable", message));
        }
        return body(url, response.into_body(), largest);
    }
    let message = format!("cannot get `{url}`: more than {REDIRECTS} redirects");
    Err(ReadError::new("url-unreachable", message))
}

/// The time for the whole, which a test can shorten.
fn timeout() -> Duration {
    let set = std::env::var("CRATEWRIGHT_TIMEOUT_SECONDS").ok();
    let set = set.and_then(|seconds| seconds.parse().ok());
    set.map_or(WHOLE, Duration::from_secs)
}

fn check_scheme(url: &str) -> Result<(), ReadError> {
    let origin = origin_of_url(url);
    let host = origin.split_once("://").map_or("", |(_, host)| host);
    let host = match host.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let is_local = matches!(host, "localhost" | "127.0.0.1" | "::1");
    if origin.starts_with("https://") || is_local {
        return Ok(());
    }
    let message = format!("cannot get `{url}`: anyone on the way can change what `http://` sends");
    Err(ReadError::new("url-unreachable", message).help("use the `https://` URL"))
}

fn redirected(
    url: &str,
    at: &str,
    response: &ureq::http::Response<Body>,
) -> Result<String, ReadError> {
    let location = response.headers().get(LOCATION);
    let Some(location) = location.and_then(|location| location.to_str().ok()) else {
        let message = format!("cannot get `{url}`: a redirect without a `Location`");
        return Err(ReadError::new("url-unreachable", message));
    };
    let next = join_url(at, location);
    if origin_of_url(&next) != origin_of_url(url) {
        let message = format!("cannot get `{url}`: it redirects to another host, `{next}`");
        return Err(ReadError::new("url-redirected", message)
            .help("if that is where the description belongs, name that URL"));
    }
    Ok(next)
}

fn body(url: &str, mut body: Body, largest: u64) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    let mut reader = body.as_reader().take(largest + 1);
    reader.read_to_end(&mut bytes).map_err(|error| {
        ReadError::new("url-unreachable", format!("cannot get `{url}`: {error}"))
    })?;
    if bytes.len() as u64 > largest {
        let message = format!("`{url}` has more than {} MiB", largest >> 20);
        return Err(ReadError::new("too-large", message));
    }
    Ok(bytes)
}

fn unreachable(url: &str, error: &ureq::Error) -> ReadError {
    let message = format!("cannot get `{url}`: {error}");
    let fault = ReadError::new("url-unreachable", message);
    match error {
        ureq::Error::Timeout(_) => fault.help(format!(
            "a description has {} seconds to arrive",
            timeout().as_secs()
        )),
        _ => fault,
    }
}
