//! The span of a request, with the feature `tracing`.

use super::super::decode::Deviation;
use super::super::error::Error;
use super::super::transport::{SendError, SendErrorKind};
use super::super::wire::Meta;
use http::{Request, Response};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use tracing::field::Empty;
use tracing::instrument::{Instrument, Instrumented};
use tracing::{Span, debug, info_span, warn};

/// The span of one request, with all its attempts.
///
/// Its fields have the names of the OpenTelemetry semantic conventions for HTTP clients, where these define one. It has no
/// query, header or body.
pub(crate) struct Trace {
    span: Span,
    begin: Instant,
    retries: AtomicU32,
}

impl Trace {
    pub(crate) fn start<B>(meta: &Meta, request: &Request<B>) -> Self {
        let uri = request.uri();
        let usual_port = if uri.scheme_str() == Some("http") {
            80
        } else {
            443
        };
        let span = info_span!(
            "request",
            otel.name = format_args!("{} {}", request.method(), meta.path),
            otel.kind = "client",
            otel.status_code = Empty,
            operation = meta.id,
            http.request.method = request.method().as_str(),
            url.template = meta.path,
            server.address = uri.host().unwrap_or_default(),
            server.port = uri.port_u16().unwrap_or(usual_port),
            http.response.status_code = Empty,
            http.request.resend_count = Empty,
            "error.type" = Empty,
            attempt = 1,
            duration_ms = Empty,
        );
        Self {
            span,
            begin: Instant::now(),
            retries: AtomicU32::new(0),
        }
    }

    /// Returns a trace without a span, for what belongs to several requests.
    #[cfg(feature = "oauth")]
    pub(crate) fn none() -> Self {
        Self {
            span: Span::none(),
            begin: Instant::now(),
            retries: AtomicU32::new(0),
        }
    }

    pub(crate) fn enclose<F: Future>(&self, future: F) -> Instrumented<F> {
        future.instrument(self.span.clone())
    }

    /// Records that the request is sent again, and why.
    pub(crate) fn retry<B>(
        &self,
        attempt: u32,
        pause: Duration,
        result: &Result<Response<B>, SendError>,
    ) {
        let retries = self.retries.fetch_add(1, Ordering::Relaxed) + 1;
        let reason = error_type(result.as_ref());
        let pause_ms = milliseconds(pause);
        self.span.record("attempt", retries + 1);
        self.span.record("http.request.resend_count", retries);
        self.span.in_scope(|| {
            debug!(attempt, pause_ms, "error.type" = reason, "sending again");
        });
    }

    /// Records the result of the request.
    pub(crate) fn finish<B>(&self, result: Result<&Response<B>, &SendError>) {
        let duration = milliseconds(self.begin.elapsed());
        self.span.record("duration_ms", duration);
        if let Ok(response) = result {
            let status = response.status().as_u16();
            self.span.record("http.response.status_code", status);
        }
        if let Some(reason) = error_type(result) {
            self.fail(&reason);
        }
    }

    /// Warns of deviations from the description: the place and the reason, but not the value.
    pub(crate) fn deviations(&self, operation: &'static str, deviations: &[Deviation]) {
        if deviations.is_empty() {
            return;
        }
        self.span.in_scope(|| {
            for deviation in deviations {
                let (path, reason) = (deviation.path(), deviation.reason());
                warn!(
                    operation,
                    path, reason, "the response does not match the description"
                );
            }
        });
    }

    /// Records that a response was received which is not a success.
    pub(crate) fn fail_with(&self, error: &Error) {
        if let Error::Decode(_) = error {
            self.fail("decode");
        }
    }

    fn fail(&self, reason: &str) {
        self.span.record("error.type", reason);
        self.span.record("otel.status_code", "ERROR");
    }
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// Returns the kind of failure: the status, or the kind of the error.
fn error_type<B>(result: Result<&Response<B>, &SendError>) -> Option<String> {
    let kind = match result.map(Response::status) {
        Ok(status) if status.is_client_error() || status.is_server_error() => {
            return Some(status.as_str().to_owned());
        }
        Ok(_) => return None,
        Err(error) => error.kind(),
    };
    let name = match kind {
        SendErrorKind::Setup => "setup",
        SendErrorKind::Token => "token",
        SendErrorKind::RequestBody => "request_body",
        SendErrorKind::Connect => "connect",
        SendErrorKind::ConnectTimeout => "connect_timeout",
        SendErrorKind::Timeout => "timeout",
        SendErrorKind::TooLarge | SendErrorKind::EventTooLarge => "too_large",
        SendErrorKind::Broken => "broken",
    };
    Some(name.to_owned())
}
